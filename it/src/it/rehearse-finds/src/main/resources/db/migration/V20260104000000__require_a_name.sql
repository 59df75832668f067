alter table assets alter column name set not null;
