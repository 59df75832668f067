create table thing (id bigint, code text);
create index on thing (id);
