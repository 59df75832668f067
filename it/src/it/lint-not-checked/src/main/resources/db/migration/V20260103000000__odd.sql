select 1;
alter tabel thing add a int;
select 2;
