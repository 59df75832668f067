alter table assets drop column name;
