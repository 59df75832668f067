-- Types that change while something uses them.

-- pair: enum-loses-a-value-in-an-array
-- from
create type mood as enum ('sad', 'ok', 'glad');
create table t (id int, m mood[]);
-- to
create type mood as enum ('sad', 'glad');
create table t (id int, m mood[]);
-- rows
insert into t values (1, '{sad,glad}'), (2, null);

-- pair: enum-loses-a-value-in-a-domain
-- from
create type mood as enum ('sad', 'ok', 'glad');
create domain good as mood check (value <> 'sad');
create table t (id int, m good);
-- to
create type mood as enum ('sad', 'glad');
create domain good as mood check (value <> 'sad');
create table t (id int, m good);
-- rows
insert into t values (1, 'glad');

-- pair: enum-loses-a-value-in-a-composite
-- from
create type mood as enum ('sad', 'ok', 'glad');
create type note as (m mood, at date);
create table t (id int, n note);
-- to
create type mood as enum ('sad', 'glad');
create type note as (m mood, at date);
create table t (id int, n note);
-- rows
insert into t values (1, row('glad', '2026-01-01')::note);

-- pair: enum-loses-a-value-in-a-composite-array
-- from
create type mood as enum ('sad', 'ok', 'glad');
create type note as (m mood, at date);
create table t (id int, n note[]);
-- to
create type mood as enum ('sad', 'glad');
create type note as (m mood, at date);
create table t (id int, n note[]);
-- rows
insert into t values (1, array[row('glad', '2026-01-01')::note]);

-- pair: enum-loses-a-value-in-a-partition-key
-- from
create type land as enum ('at', 'de', 'xx');
create table city (l land, name text) partition by list (l);
create table city_at partition of city for values in ('at');
-- to
create type land as enum ('at', 'de');
create table city (l land, name text) partition by list (l);
create table city_at partition of city for values in ('at');
-- rows
insert into city values ('at', 'Wien');

-- pair: enum-reorders
-- from
create type size as enum ('m', 's', 'l');
create table t (id int, s size default 'm');
create index on t (s);
-- to
create type size as enum ('s', 'm', 'l');
create table t (id int, s size default 'm');
create index on t (s);
-- rows
insert into t values (1, 'l');

-- pair: enum-loses-a-value-in-a-key-and-a-view
-- from
create type size as enum ('s', 'm', 'l');
create table t (s size primary key, n int);
create view v as select n from t where s <> 's';
-- to
create type size as enum ('s', 'l');
create table t (s size primary key, n int);
create view v as select n from t where s <> 's';
-- rows
insert into t values ('l', 2);

-- pair: enum-array-becomes-text-array
-- from
create type size as enum ('s', 'm', 'l');
create table t (id int, s size[]);
-- to
create table t (id int, s text[]);
-- rows
insert into t values (1, '{s,l}');

-- pair: enum-becomes-text
-- from
create type size as enum ('s', 'm', 'l');
create table t (id int, s size default 's');
-- to
create table t (id int, s text default 's');
-- rows
insert into t values (1, 'l');

-- pair: enum-value-added-and-used-in-a-check-text
-- from
create type size as enum ('s', 'm');
create table t (s size, constraint c check (s::text <> 'x'));
-- to
create type size as enum ('s', 'm', 'l');
create table t (s size, constraint c check (s::text <> 'l'));

-- pair: enum-value-added-and-used-in-a-default
-- from
create type size as enum ('s', 'm');
create table t (s size default 's');
-- to
create type size as enum ('s', 'm', 'l');
create table t (s size default 'l');

-- pair: domain-changes-its-base
-- from
create domain amount as int check (value >= 0);
create table t (id int, a amount);
-- to
create domain amount as bigint check (value >= 0);
create table t (id int, a amount);
-- rows
insert into t values (1, 5);

-- pair: domain-changes-its-base-under-an-array
-- from
create domain amount as int check (value >= 0);
create table t (id int, a amount[]);
-- to
create domain amount as bigint check (value >= 0);
create table t (id int, a amount[]);
-- rows
insert into t values (1, '{5,6}');

-- pair: domain-changes-its-base-under-a-composite
-- from
create domain amount as int;
create type price as (a amount, currency text);
create table t (id int, p price);
-- to
create domain amount as numeric;
create type price as (a amount, currency text);
create table t (id int, p price);
-- rows
insert into t values (1, row(5, 'EUR')::price);

-- pair: domain-changes-its-base-under-a-domain
-- from
create domain amount as int;
create domain positive as amount check (value > 0);
create table t (id int, p positive);
-- to
create domain amount as bigint;
create domain positive as amount check (value > 0);
create table t (id int, p positive);
-- rows
insert into t values (1, 7);

-- pair: domain-check-changes
-- from
create domain amount as int constraint c check (value >= 0);
create table t (id int, a amount);
-- to
create domain amount as int constraint c check (value >= -10);
create table t (id int, a amount);
-- rows
insert into t values (1, 7);

-- pair: domain-check-changes-under-an-array
-- from
create domain amount as int constraint c check (value >= 0);
create table t (id int, a amount[]);
-- to
create domain amount as int constraint c check (value >= -10);
create table t (id int, a amount[]);
-- rows
insert into t values (1, '{7}');

-- pair: domain-check-changes-under-a-composite
-- from
create domain amount as int constraint c check (value >= 0);
create type price as (a amount, n text);
create table t (id int, p price);
-- to
create domain amount as int constraint c check (value >= -10);
create type price as (a amount, n text);
create table t (id int, p price);
-- rows
insert into t values (1, row(7, 'x')::price);

-- pair: domain-check-comes-under-a-domain-array
-- from
create domain amount as int;
create domain many as amount[];
create table t (id int, m many);
-- to
create domain amount as int constraint c check (value >= -10);
create domain many as amount[];
create table t (id int, m many);
-- rows
insert into t values (1, '{7}');

-- pair: domain-becomes-not-null-under-a-composite
-- from
create domain amount as int;
create type price as (a amount, n text);
create table t (id int, p price);
-- to
create domain amount as int not null;
create type price as (a amount, n text);
create table t (id int, p price);
-- rows
insert into t values (1, row(7, 'x')::price);

-- pair: typed-table-gets-an-attribute
-- from
create type part as (id int, name text);
create table parts of part;
-- to
create type part as (id int, name text, size int);
create table parts of part;
-- rows
insert into parts values (1, 'a');

-- pair: typed-table-loses-an-attribute
-- from
create type part as (id int, name text, size int);
create table parts of part;
-- to
create type part as (id int, name text);
create table parts of part;
-- rows
insert into parts values (1, 'a', 3);

-- pair: typed-table-attribute-changes-its-type
-- from
create type part as (id int, name varchar(10));
create table parts of part (primary key (id));
-- to
create type part as (id bigint, name text);
create table parts of part (primary key (id));
-- rows
insert into parts values (1, 'a');

-- pair: composite-attribute-added-under-a-column
-- from
create type spot as (x int, y int);
create table t (id int, s spot);
-- to
create type spot as (x int, y int, z int);
create table t (id int, s spot);
-- rows
insert into t values (1, row(1, 2)::spot);

-- pair: composite-attribute-changes-type-under-a-column
-- from
create type spot as (x int, y int);
create table t (id int, s spot, many spot[]);
-- to
create type spot as (x bigint, y int);
create table t (id int, s spot, many spot[]);
-- rows
insert into t values (1, row(1, 2)::spot, array[row(3, 4)::spot]);

-- pair: type-change-keeps-storage-and-statistics
-- from
create table t (id int, body varchar(10));
alter table t alter body set storage external;
alter table t alter body set statistics 200;
-- to
create table t (id int, body text);
alter table t alter body set storage external;
alter table t alter body set statistics 200;
-- rows
insert into t values (1, 'x');

-- pair: type-change-keeps-compression
-- since: 14
-- from
create table t (id int, body varchar(10) compression pglz);
-- to
create table t (id int, body text compression pglz);
-- rows
insert into t values (1, 'x');

-- pair: storage-of-a-partitioned-column
-- from
create table t (id int, body varchar(10)) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
alter table t_1 alter body set storage external;
-- to
create table t (id int, body varchar(20)) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
alter table t_1 alter body set storage external;
-- rows
insert into t values (1, 'x');

-- pair: identity-with-a-higher-lowest-value
-- from
create table t (id int generated always as identity, n int);
-- to
create table t (id int generated always as identity (minvalue 100 start 100), n int);

-- pair: identity-with-a-lower-highest-value
-- from
create table t (id int generated always as identity (start 500), n int);
-- to
create table t (id int generated always as identity (maxvalue 90 start 5), n int);

-- pair: sequence-with-a-higher-lowest-value
-- from
create sequence s;
-- to
create sequence s minvalue 20 start 30;

-- pair: sequence-goes-down
-- from
create sequence s start 5;
-- to
create sequence s increment -1 minvalue -100 maxvalue -1 start -1;

-- pair: base-type
-- to
create type label;
create function label_in(cstring) returns label language internal immutable strict as 'textin';
create function label_out(label) returns cstring language internal immutable strict as 'textout';
create type label (input = label_in, output = label_out, internallength = variable);
create table t (l label);

-- pair: base-type-without-use
-- to
create type label;
create function label_in(cstring) returns label language internal immutable strict as 'textin';
create function label_out(label) returns cstring language internal immutable strict as 'textout';
create type label (input = label_in, output = label_out, internallength = variable);

-- pair: base-type-with-comment
-- to
create type label;
create function label_in(cstring) returns label language internal immutable strict as 'int4in';
create function label_out(label) returns cstring language internal immutable strict as 'int4out';
create type label (input = label_in, output = label_out, like = int4);
comment on type label is 'a number';

-- pair: shell-type
-- to
create type label;

-- pair: range-over-a-domain
-- to
create domain hour as int check (value between 0 and 24);
create type hours as range (subtype = int);
create table t (h hours, at hour);

-- pair: range-changes-its-subtype
-- from
create type span as range (subtype = int);
create table t (id int, s span);
-- to
create type span as range (subtype = bigint);
create table t (id int, s span);
-- rows
insert into t values (1, '[1,5)');

-- pair: typed-table-attribute-becomes-what-needs-an-expression
-- from
create type part as (id text, host inet);
create table parts of part (id primary key, host default '10.0.0.1');
create view hosts as select host from parts;
-- to
create type part as (id int, host text);
create table parts of part (id primary key, host default '10.0.0.1');
create view hosts as select host from parts;
-- rows
insert into parts values ('7', '10.0.0.2');

-- pair: storage-that-goes-with-the-type
-- both
create type mood as enum ('low', 'high');
create domain amount as numeric check (value > 0);
-- from
create table t (a text, b text, c amount, d numeric, e text);
alter table t alter a set storage external, alter b set storage plain, alter c set storage external;
alter table t alter d set storage plain, alter e set storage external;
-- to
create table t (a mood, b text, c amount, d numeric, e varchar(10));
alter table t alter e set storage main;
-- rows
insert into t values ('low', 'x', 1, 2, 'e');
