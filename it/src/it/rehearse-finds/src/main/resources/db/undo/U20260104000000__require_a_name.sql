alter table assets alter column name drop not null;
