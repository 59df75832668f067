alter table assets add column name text;
