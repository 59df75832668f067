alter table assets alter column pieces type integer;
