set lock_timeout = '5s';
-- lint:ignore index-not-concurrent: it has ten rows
create index thing_code on thing (code);
