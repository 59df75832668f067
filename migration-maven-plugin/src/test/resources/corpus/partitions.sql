-- Partitioned tables: attaching, detaching, keys and indexes of parents, parents that go.

-- pair: attach-a-table-without-index
-- both
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
-- from
create table log_26 (id int, d date);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log_26 values (1, '2026-03-01');

-- pair: attach-a-table-with-the-index
-- both
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
-- from
create table log_26 (id int, d date);
create index log_26_d_idx on log_26 (d);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log_26 values (1, '2026-03-01');

-- pair: attach-a-table-with-the-index-under-another-name
-- both
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
create table log_26 (id int, d date);
create index by_day on log_26 (d);
-- to
alter table log attach partition log_26 for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log_26 values (1, '2026-03-01');

-- pair: attach-a-table-with-two-equal-indexes
-- both
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
create table log_26 (id int, d date);
create index one on log_26 (d);
create index two on log_26 (d);
-- to
alter table log attach partition log_26 for values from ('2026-01-01') to ('2027-01-01');

-- pair: attach-a-table-without-the-primary-key
-- both
create table log (id int, d date, primary key (id, d)) partition by range (d);
-- from
create table log_26 (id int not null, d date not null);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log_26 values (1, '2026-03-01');

-- pair: attach-a-table-with-the-primary-key
-- both
create table log (id int, d date, primary key (id, d)) partition by range (d);
create table log_26 (id int, d date, primary key (id, d));
-- to
alter table log attach partition log_26 for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log_26 values (1, '2026-03-01');

-- pair: attach-a-table-with-unique-index-for-unique-constraint
-- both
create table log (id int, d date, constraint log_u unique (id, d)) partition by range (d);
-- from
create table log_26 (id int, d date);
create unique index log_26_id_d_key on log_26 (id, d);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');

-- pair: attach-nullable-columns
-- both
create table log (id int not null, d date) partition by range (d);
-- from
create table log_26 (id int, d date);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log_26 values (1, '2026-03-01');

-- pair: attach-with-checks-and-default
-- both
create table log (id int default 7 check (id > 0), d date) partition by range (d);
-- from
create table log_26 (id int, d date);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');

-- pair: attach-other-columns-order
-- both
create table log (id int, d date, t text) partition by range (d);
create table log_26 (t text, d date, id int);
-- to
alter table log attach partition log_26 for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log_26 values ('t', '2026-03-01', 3);

-- pair: detach-and-keep
-- both
create table log (id int, d date) partition by range (d);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date);
-- rows
insert into log values (1, '2026-03-01');

-- pair: detach-and-lose-the-index
-- both
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
create index log_id on log (id);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date);
create index log_26_id_idx on log_26 (id);
-- rows
insert into log values (1, '2026-03-01');

-- pair: detach-and-lose-the-primary-key
-- both
create table log (id int, d date, primary key (id, d)) partition by range (d);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int not null, d date not null);
-- rows
insert into log values (1, '2026-03-01');

-- pair: detach-and-drop-a-column
-- both
create table log (id int, d date, note text) partition by range (d);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date);
-- rows
insert into log values (1, '2026-03-01');

-- pair: detach-with-foreign-key
-- both
create table kind (id int primary key);
create table log (id int references kind, d date) partition by range (d);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date);
-- rows
insert into kind values (1);
insert into log values (1, '2026-03-01');

-- pair: detach-with-trigger
-- both
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create table log (id int, d date) partition by range (d);
create trigger touched before insert on log for each row execute function touch();
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date);

-- pair: bounds-change
-- both
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2028-01-01');
-- rows
insert into log values (1, '2026-03-01');

-- pair: moves-to-another-parent
-- both
create table hot (id int, d date) partition by range (d);
create table cold (id int, d date) partition by range (d);
create index hot_d on hot (d);
-- from
create table log_26 partition of hot for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 partition of cold for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into hot values (1, '2026-03-01');

-- pair: default-partition-comes
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_rest partition of log default;

-- pair: list-partition-gains-a-value
-- from
create table city (land text, name text) partition by list (land);
create table city_a partition of city for values in ('at', 'ar');
-- to
create table city (land text, name text) partition by list (land);
create table city_a partition of city for values in ('at', 'ar', 'au');
-- rows
insert into city values ('at', 'Graz');

-- pair: hash-partitions
-- to
create table h (id int primary key, v text) partition by hash (id);
create table h_0 partition of h for values with (modulus 2, remainder 0);
create table h_1 partition of h for values with (modulus 2, remainder 1);

-- pair: parent-key-made-with-only
-- since: 13
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
alter table only log add constraint log_key unique (id, d);

-- pair: parent-index-made-with-only
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create index log_id on only log (id);

-- pair: two-indexes-over-the-same-columns
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create index log_plain on log (id);
create index log_some on log (id) where id > 10;

-- pair: second-index-over-the-same-columns
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
create index log_plain on log (id);
-- to
create index log_down on log (id desc);

-- pair: new-partition-of-parent-with-two-like-indexes
-- both
create table log (id int, d date) partition by range (d);
create index log_plain on log (id);
create index log_some on log (id) where id > 10;
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');

-- pair: whole-tree-with-like-indexes
-- to
create table log (id int, d date) partition by range (d);
create index log_a on log (id);
create index log_b on log (id) include (d);
create index log_c on log (id desc);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01') partition by list (id);
create table log_26_1 partition of log_26 for values in (1);

-- pair: index-on-expression-of-partitions
-- both
create table log (t text, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create index on log (lower(t));
create index on log (lower(t), upper(t));

-- pair: unique-constraint-added-to-the-tree
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
create unique index log_26_old on log_26 (id, d);
-- to
alter table log add constraint log_u unique (id, d);
-- rows
insert into log values (1, '2026-03-01');

-- pair: partition-stays-while-its-parent-goes
-- from
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date);
-- rows
insert into log values (1, '2026-03-01');

-- pair: partition-stays-while-its-parent-with-index-goes
-- from
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date);
-- rows
insert into log values (1, '2026-03-01');

-- pair: partition-stays-with-index-while-its-parent-goes
-- from
create table log (id int, d date, primary key (id, d)) partition by range (d);
create index log_d on log (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 (id int, d date, primary key (id, d));
create index log_26_d_idx on log_26 (d);
-- rows
insert into log values (1, '2026-03-01');

-- pair: parent-becomes-plain
-- from
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log (id int, d date);
create table log_26 (id int, d date);
-- rows
insert into log values (1, '2026-03-01');

-- pair: parent-with-unique-index-becomes-plain
-- from
create table log (id int, d date) partition by range (d);
create unique index log_u on log (id, d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log (id int, d date);
create unique index log_u on log (id, d);
create table log_26 (id int, d date);
-- rows
insert into log values (1, '2026-03-01');

-- pair: parent-becomes-plain-and-the-index-stays-below
-- from
create table log (id int, d date) partition by range (d);
create index log_d on log (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log (id int, d date);
create index log_d on log (d);
create table log_26 (id int, d date);
create index log_26_d_idx on log_26 (d);
-- rows
insert into log values (1, '2026-03-01');

-- pair: parent-with-trigger-becomes-plain
-- both
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
-- from
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
create trigger touched before update on log for each row execute function touch();
-- to
create table log (id int, d date);
create table log_26 (id int, d date);
create trigger touched before update on log_26 for each row execute function touch();
-- rows
insert into log values (1, '2026-03-01');

-- pair: key-column-becomes-bigint
-- from
create table item (id int, v text) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
create table item_2 partition of item for values from (100) to (200);
-- to
create table item (id bigint, v text) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
create table item_2 partition of item for values from (100) to (200);
-- rows
insert into item values (1, 'a'), (101, 'b');

-- pair: key-column-with-primary-key-becomes-bigint
-- from
create table item (id int primary key, v text) partition by hash (id);
create table item_0 partition of item for values with (modulus 1, remainder 0);
create index item_v on item (v);
-- to
create table item (id bigint primary key, v text) partition by hash (id);
create table item_0 partition of item for values with (modulus 1, remainder 0);
create index item_v on item (v);
-- rows
insert into item values (1, 'a'), (101, 'b');

-- pair: key-column-becomes-longer-text
-- from
create table item (land varchar(2), v text) partition by list (land);
create table item_at partition of item for values in ('at');
-- to
create table item (land varchar(10), v text) partition by list (land);
create table item_at partition of item for values in ('at');
-- rows
insert into item values ('at', 'a');

-- pair: other-column-of-the-tree-changes-its-type
-- from
create table item (id int, v int) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
create index item_v on item (v);
-- to
create table item (id int, v bigint) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
create index item_v on item (v);
-- rows
insert into item values (1, 5);

-- pair: column-added-to-the-tree
-- from
create table item (id int) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
-- to
create table item (id int, note text not null default 'n' check (note <> '')) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
-- rows
insert into item values (1);

-- pair: column-dropped-from-the-tree-with-index
-- from
create table item (id int, note text) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
create index on item (note);
-- to
create table item (id int) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
-- rows
insert into item values (1, 'x');

-- pair: own-default-and-check-of-a-partition
-- both
create table item (id int, v int default 1) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
-- to
alter table item_1 alter v set default 2;
alter table item_1 add constraint small check (v < 10);
alter table item_1 alter v set not null;

-- pair: subpartitions-come
-- from
create table item (id int, land text) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
-- to
create table item (id int, land text) partition by range (id);
create table item_1 partition of item for values from (0) to (100) partition by list (land);
create table item_1_at partition of item_1 for values in ('at');

-- pair: foreign-key-to-a-partitioned-table
-- both
create table item (id int primary key) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
create table ref (item int);
-- to
alter table ref add constraint ref_item foreign key (item) references item;
-- rows
insert into item values (1);
insert into ref values (1);

-- pair: partition-goes-while-keys-refer-to-the-parent
-- both
create table item (id int primary key) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
create table ref (item int references item);
-- from
create table item_2 partition of item for values from (100) to (200);
-- rows
insert into item values (1);
insert into ref values (1);

-- pair: not-null-of-the-tree
-- since: 13
-- from
create table item (id int, v int) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
-- to
create table item (id int not null, v int not null) partition by range (id);
create table item_1 partition of item for values from (0) to (100);
-- rows
insert into item values (1, 2);

-- pair: partition-by-expression
-- from
create table item (t text) partition by list (lower(t));
create table item_a partition of item for values in ('a');
-- to
create table item (t text, n int) partition by list (lower(t));
create table item_a partition of item for values in ('a', 'b');
-- rows
insert into item values ('A');

-- pair: new-enum-value-in-a-bound
-- from
create type land as enum ('at', 'de');
create table item (l land) partition by list (l);
create table item_at partition of item for values in ('at');
-- to
create type land as enum ('at', 'de', 'ch');
create table item (l land) partition by list (l);
create table item_at partition of item for values in ('at');
create table item_ch partition of item for values in ('ch');
-- rows
insert into item values ('at');

-- pair: renamed-partitioned-table
-- rename: TABLE public.log -> public.journal
-- from
create table log (id int, d date) partition by range (d);
create index log_d_idx on log (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table journal (id int, d date) partition by range (d);
create index log_d_idx on journal (d);
create table log_26 partition of journal for values from ('2026-01-01') to ('2027-01-01');
-- rows
insert into log values (1, '2026-03-01');

-- pair: hash-key-becomes-bigint
-- from
create table t (id int, n text) partition by hash (id);
create table t_0 partition of t for values with (modulus 2, remainder 0);
create table t_1 partition of t for values with (modulus 2, remainder 1);
-- to
create table t (id bigint, n text) partition by hash (id);
create table t_0 partition of t for values with (modulus 2, remainder 0);
create table t_1 partition of t for values with (modulus 2, remainder 1);
-- rows
insert into t select i, 'x' from generate_series(1, 9) i;

-- pair: list-key-becomes-an-enum
-- from
create table city (l text, name text) partition by list (l);
create table city_at partition of city for values in ('at');
create table city_rest partition of city default;
-- to
create type land as enum ('at', 'de');
create table city (l land, name text) partition by list (l);
create table city_at partition of city for values in ('at');
create table city_rest partition of city default;
-- rows
insert into city values ('at', 'Wien'), ('de', 'Ulm');

-- pair: key-of-two-levels-changes-its-type
-- from
create table t (a int, b int, n text) partition by range (a);
create table t_1 partition of t for values from (0) to (10) partition by range (b);
create table t_1_1 partition of t_1 for values from (0) to (10);
create table t_2 partition of t for values from (10) to (20);
-- to
create table t (a bigint, b bigint, n text) partition by range (a);
create table t_1 partition of t for values from (0) to (10) partition by range (b);
create table t_1_1 partition of t_1 for values from (0) to (10);
create table t_2 partition of t for values from (10) to (20);
-- rows
insert into t values (1, 2, 'x'), (11, 12, 'y');

-- pair: key-of-the-second-level-changes-its-type
-- from
create table t (a int, b int, n text) partition by range (a);
create table t_1 partition of t for values from (0) to (10) partition by range (b);
create table t_1_1 partition of t_1 for values from (0) to (10);
-- to
create table t (a int, b bigint, n text) partition by range (a);
create table t_1 partition of t for values from (0) to (10) partition by range (b);
create table t_1_1 partition of t_1 for values from (0) to (10);
-- rows
insert into t values (1, 2, 'x');

-- pair: key-becomes-bigint-under-everything
-- from
create table t (id int not null, n text default 'd', constraint t_pk primary key (id), constraint pos check (id >= 0)) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
create table t_rest partition of t default;
create index t_n on t (n);
create table ref (id int references t);
create view v as select id from t;
create function tell() returns trigger language plpgsql as 'begin return new; end';
create trigger told after insert on t for each row execute function tell();
grant select on t to clerk;
comment on table t is 'things';
alter table t enable row level security;
create policy p on t using (id > 0);
-- to
create table t (id bigint not null, n text default 'd', constraint t_pk primary key (id), constraint pos check (id >= 0)) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
create table t_rest partition of t default;
create index t_n on t (n);
create table ref (id bigint references t);
create view v as select id from t;
create function tell() returns trigger language plpgsql as 'begin return new; end';
create trigger told after insert on t for each row execute function tell();
grant select on t to clerk;
comment on table t is 'things';
alter table t enable row level security;
create policy p on t using (id > 0);
-- rows
insert into t values (1, 'x'), (100, 'y');
insert into ref values (1), (100);

-- pair: serial-key-becomes-bigint
-- from
create table t (id serial, n text) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
-- to
create table t (id bigserial, n text) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
-- rows
insert into t (n) values ('x'), ('y');

-- pair: domain-key-changes-its-base
-- from
create domain num as int;
create table t (id num, n text) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
-- to
create domain num as bigint;
create table t (id num, n text) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
-- rows
insert into t values (1, 'x');

-- pair: enum-loses-a-value-in-a-range-key
-- from
create type size as enum ('s', 'm', 'l', 'xl');
create table t (s size, n int) partition by range (s);
create table t_small partition of t for values from ('s') to ('l');
create table t_big partition of t for values from ('l') to (maxvalue);
create view v as select n from t where s > 's';
-- to
create type size as enum ('s', 'l', 'xl');
create table t (s size, n int) partition by range (s);
create table t_small partition of t for values from ('s') to ('l');
create table t_big partition of t for values from ('l') to (maxvalue);
create view v as select n from t where s > 's';
-- rows
insert into t values ('s', 1), ('xl', 2);

-- pair: expression-key-of-a-column-that-changes
-- from
create table t (name varchar(10), n int) partition by list (lower(name));
create table t_a partition of t for values in ('a');
-- to
create table t (name text, n int) partition by list (lower(name));
create table t_a partition of t for values in ('a');
-- rows
insert into t values ('A', 1);

-- pair: attach-where-the-generated-name-is-taken
-- both
create table t_1 (id int, d date);
create index t_1_d_idx on t_1 (id);
-- from
create table t (id int, d date) partition by range (id);
create index on t (d);
-- to
create table t (id int, d date) partition by range (id);
create index on t (d);
alter table t attach partition t_1 for values from (0) to (10);
-- rows
insert into t_1 values (1, '2026-01-01');

-- pair: detach-with-key-and-foreign-key-from-it
-- both
create table kind (id int primary key);
create table t (id int, k int references kind, primary key (id)) partition by range (id);
create table t_2 partition of t for values from (10) to (20);
-- from
create table t_1 partition of t for values from (0) to (10);
-- to
create table t_1 (id int, k int references kind, primary key (id));
-- rows
insert into kind values (1);
insert into t values (1, 1), (11, 1);

-- pair: detach-while-a-key-refers-to-the-partition
-- both
create table t (id int primary key) partition by range (id);
-- from
create table t_1 partition of t for values from (0) to (10);
create table ref (id int references t_1);
-- to
create table t_1 (id int primary key);
create table ref (id int references t_1);
-- rows
insert into t values (1);
insert into ref values (1);

-- pair: only-key-with-children-of-other-names
-- from
create table t (id int, n int) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
alter table t_1 add constraint one_pk primary key (id);
-- to
create table t (id int, n int) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
alter table t_1 add constraint one_pk primary key (id);
alter table only t add constraint all_pk primary key (id);
alter index all_pk attach partition one_pk;
-- rows
insert into t values (1, 2);

-- pair: two-new-enum-values-in-bounds-and-a-check
-- from
create type land as enum ('at', 'de');
create table city (l land, name text) partition by list (l);
create table city_at partition of city for values in ('at');
-- to
create type land as enum ('at', 'ch', 'de', 'it');
create table city (l land, name text, constraint c check (l <> 'it' or name <> '')) partition by list (l);
create table city_at partition of city for values in ('at', 'ch');
create table city_it partition of city for values in ('it');
-- rows
insert into city values ('at', 'Wien');

-- pair: new-partition-without-the-index-that-is-only-the-parents
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- from
create index log_id on only log (id);
-- to
create table log_27 partition of log for values from ('2027-01-01') to ('2028-01-01');
create index log_id on only log (id);

-- pair: new-partition-of-a-parent-whose-index-becomes-only-its-own
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- from
create index log_id on log (id);
-- to
create table log_27 partition of log for values from ('2027-01-01') to ('2028-01-01');
create index log_26_id_idx on log_26 (id);
create index log_id on only log (id);
alter index log_id attach partition log_26_id_idx;
-- rows
insert into log values (1, '2026-02-03');

-- pair: attach-a-table-below-an-index-that-is-only-the-parents
-- both
create table log (id int, d date) partition by range (d);
-- from
create index log_id on log (id);
create table log_27 (id int, d date);
-- to
create table log_27 partition of log for values from ('2027-01-01') to ('2028-01-01');
create index log_id on only log (id);
-- rows
insert into log_27 values (1, '2027-02-03');

-- pair: tree-with-only-at-each-level
-- to
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01') partition by list (id);
create table log_26_1 partition of log_26 for values in (1);
create table log_26_2 partition of log_26 for values in (2);
create index log_26_2_id on log_26_2 (id);
create index log_26_id on only log_26 (id);
create index log_id on only log (id);
alter index log_26_id attach partition log_26_2_id;
alter index log_id attach partition log_26_id;

-- pair: deepest-partition-comes-without-the-index
-- both
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01') partition by list (id);
create table log_26_1 partition of log_26 for values in (1);
-- from
create index log_id on log (id);
-- to
create table log_26_2 partition of log_26 for values in (2);
create index log_26_1_id_idx on log_26_1 (id);
create index log_26_id_idx on only log_26 (id);
create index log_id on only log (id);
alter index log_26_id_idx attach partition log_26_1_id_idx;
alter index log_id attach partition log_26_id_idx;
-- rows
insert into log values (1, '2026-02-03');

-- pair: only-keys-of-a-new-tree
-- to
create table log (id int not null, d date not null) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
create table log_27 (id int not null, d date not null, constraint own primary key (id, d));
alter table log attach partition log_27 for values from ('2027-01-01') to ('2028-01-01');
alter table only log add constraint log_pk primary key (id, d);
alter table only log add constraint log_u unique (d);
alter index log_pk attach partition own;

-- pair: new-partition-below-an-only-key
-- both
create table log (id int not null, d date not null) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- from
alter table only log add constraint log_pk primary key (id, d);
-- to
create table log_27 partition of log for values from ('2027-01-01') to ('2028-01-01');
alter table only log add constraint log_pk primary key (id, d);

-- pair: tree-with-indexes-that-differ-in-order-only
-- to
create table log (id int, d date) partition by range (d);
create index log_up on log (id);
create index log_down on log (id desc);
create index log_first on log (id nulls first);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');

-- pair: new-partition-of-indexes-that-differ-in-order-only
-- both
create table log (id int, d date) partition by range (d);
create index log_up on log (id);
create index log_down on log (id desc);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');

-- pair: attach-a-table-with-indexes-that-differ-in-order-only
-- both
create table log (id int, d date) partition by range (d);
create index log_up on log (id);
create index log_down on log (id desc);
-- from
create table log_26 (id int, d date);
create index log_26_a on log_26 (id desc);
create index log_26_b on log_26 (id);
-- to
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
alter index log_26_id_idx rename to log_26_b;
alter index log_26_id_idx1 rename to log_26_a;
-- rows
insert into log_26 values (1, '2026-02-03');

-- pair: bound-of-a-partition-with-indexes-that-differ-in-order-only
-- both
create table log (id int, d date) partition by range (d);
create index log_up on log (id);
create index log_down on log (id desc);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create table log_26 partition of log for values from ('2025-01-01') to ('2027-01-01');
-- rows
insert into log values (1, '2026-02-03');

-- pair: index-of-a-parent-with-a-foreign-partition
-- both
create foreign data wrapper nowhere;
create server far foreign data wrapper nowhere;
create table log (id int, d date) partition by range (d);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
create foreign table log_25 partition of log for values from ('2025-01-01') to ('2026-01-01') server far;
-- to
create index log_id on log (id);

-- pair: tree-gets-a-level-and-indexes-that-differ-in-order-only
-- both
create table log (id int, d date) partition by range (d);
-- from
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
-- to
create index log_up on log (id);
create index log_down on log (id desc);
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01') partition by list (id);
create table log_26_1 partition of log_26 for values in (1);

-- pair: partitioned-tables-that-refer-to-each-other-get-other-parents
-- from
create table item (foo varchar(255), bar text, constraint item_u unique (foo)) partition by list (foo);
create table item_1 partition of item for values in ('foo_1');
create table ref (foo varchar(255), bar text, constraint ref_u unique (foo), constraint ref_item foreign key (foo) references item (foo)) partition by list (foo);
create table ref_1 partition of ref for values in ('foo_1');
alter table item add constraint item_ref foreign key (foo) references ref (foo);
-- to
create table item_new (foo varchar(255), bar text, constraint item_u unique (foo)) partition by list (foo);
create table item_1 partition of item_new for values in ('foo_1');
create table ref_new (foo varchar(255), bar text, constraint ref_u unique (foo), constraint ref_item foreign key (foo) references item_new (foo)) partition by list (foo);
create table ref_1 partition of ref_new for values in ('foo_1');
alter table item_new add constraint item_ref foreign key (foo) references ref_new (foo);

-- pair: key-becomes-a-date-and-no-row-is-asked
-- from
create table t (x int, y int) partition by range (x);
create table t_1 partition of t for values from (1) to (5);
-- to
create table t (x date, y int) partition by range (x);
create table t_1 partition of t for values from ('2020-01-01') to ('2021-01-01');

-- pair: primary-key-of-a-tree
-- both
create table log (id int not null, d date not null, s text) partition by range (d);
create table log_25 partition of log for values from ('2025-01-01') to ('2026-01-01');
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01') partition by range (id);
create table log_26_1 partition of log_26 for values from (1) to (100);
-- to
alter table log add primary key (id, d);
-- rows
insert into log values (1, '2025-05-05'), (1, '2026-05-05');

-- pair: unique-key-with-names-of-its-own
-- both
create table log (id int not null, d date not null, s text) partition by range (d);
create table log_25 partition of log for values from ('2025-01-01') to ('2026-01-01');
create table log_rest partition of log default;
-- to
alter table log add constraint one_a_day unique (id, d) deferrable initially deferred;
alter index log_25_id_d_key rename to one_a_day_25;
-- rows
insert into log values (1, '2025-05-05'), (1, '2026-05-05');

-- pair: key-of-a-tree-moves
-- both
create table log (id int not null, n int not null, d date not null) partition by range (d);
create table log_25 partition of log for values from ('2025-01-01') to ('2026-01-01');
-- from
alter table log add primary key (id, d);
-- to
alter table log add primary key (n, d);
-- rows
insert into log values (1, 1, '2025-05-05');
