set lock_timeout = '5s';
select 1;  create index thing_code on thing (code);
