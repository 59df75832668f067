create table assets (id integer primary key, name text, pieces integer not null);
insert into assets
  select i, case when i % 400 > 0 then 'Asset ' || i end, i from generate_series(1, 1000) i;
