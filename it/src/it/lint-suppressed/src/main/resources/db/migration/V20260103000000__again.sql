set lock_timeout = '5s';
-- lint:ignore index-not-concurrent
create index thing_again on thing (code);
