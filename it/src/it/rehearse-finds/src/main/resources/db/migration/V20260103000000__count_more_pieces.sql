alter table assets alter column pieces type bigint;
