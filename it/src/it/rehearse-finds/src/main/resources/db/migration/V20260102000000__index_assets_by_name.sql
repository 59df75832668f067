create index assets_name_idx on assets (name);
