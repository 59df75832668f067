-- Types inside of types: what is stored is carried over, at any depth.

-- pair: enum-loses-a-value-in-a-range
-- from
create type size as enum ('s', 'm', 'l');
create type sizes as range (subtype = size);
create table t (id int, r sizes);
-- to
create type size as enum ('s', 'l');
create type sizes as range (subtype = size);
create table t (id int, r sizes);
-- rows
insert into t values (1, '[s,l)');

-- pair: enum-loses-a-value-in-a-domain-over-an-array
-- from
create type size as enum ('s', 'm', 'l');
create domain sizes as size[] check (cardinality(value) < 5);
create table t (id int, r sizes, more sizes[]);
-- to
create type size as enum ('s', 'l');
create domain sizes as size[] check (cardinality(value) < 5);
create table t (id int, r sizes, more sizes[]);
-- rows
insert into t values (1, '{s,l}', '{"{s,l}"}');

-- pair: enum-loses-a-value-in-a-domain-in-a-composite
-- from
create type mood as enum ('sad', 'ok', 'glad');
create domain good as mood check (value <> 'sad');
create type note as (g good, at date);
create table t (id int, n note, m mood, g good);
create view v as select id, (n).at from t;
-- to
create type mood as enum ('sad', 'glad');
create domain good as mood check (value <> 'sad');
create type note as (g good, at date);
create table t (id int, n note, m mood, g good);
create view v as select id, (n).at from t;
-- rows
insert into t values (1, row('glad', '2026-01-01')::note, 'sad', 'glad');

-- pair: enum-loses-a-value-in-a-typed-table-and-a-column
-- from
create type mood as enum ('sad', 'ok', 'glad');
create type note as (id int, m mood);
create table notes of note (primary key (id));
create table t (id int, n note);
-- to
create type mood as enum ('sad', 'glad');
create type note as (id int, m mood);
create table notes of note (primary key (id));
create table t (id int, n note);
-- rows
insert into notes values (1, 'glad');
insert into t values (1, row(7, 'sad')::note);

-- pair: enum-loses-a-value-under-everything-at-once
-- from
create type size as enum ('s', 'm', 'l');
create domain big as size check (value <> 's');
create table t (id int primary key, b big not null default 'l', constraint c check (b::size > 's'));
create index t_b on t (b) where b::size > 's';
create unique index t_u on t (b);
create function f(x big) returns text language sql immutable as 'select x::text';
create view v as select b, f(b) as t from t;
create materialized view m as select b, count(*) from t group by b;
grant select on t to clerk;
comment on column t.b is 'how big';
-- to
create type size as enum ('s', 'l');
create domain big as size check (value <> 's');
create table t (id int primary key, b big not null default 'l', constraint c check (b::size > 's'));
create index t_b on t (b) where b::size > 's';
create unique index t_u on t (b);
create function f(x big) returns text language sql immutable as 'select x::text';
create view v as select b, f(b) as t from t;
create materialized view m as select b, count(*) from t group by b;
grant select on t to clerk;
comment on column t.b is 'how big';
-- rows
insert into t values (1, 'l');

-- pair: enum-in-a-domain-becomes-a-domain
-- from
create type size as enum ('s', 'l');
create table t (id int, s size, many size[]);
-- to
create domain size as text check (value in ('s', 'l'));
create table t (id int, s size, many size[]);
-- rows
insert into t values (1, 's', '{l,s}');

-- pair: domain-becomes-a-composite
-- from
create domain amount as int;
create table t (id int, a amount);
-- to
create type amount as (n int);
create table t (id int, a text);
-- rows
insert into t values (1, 7);

-- pair: domain-changes-its-base-in-a-range
-- from
create domain hour as int;
create function less(a hour, b hour) returns float8 language sql immutable as 'select (a - b)::float8';
create type hours as range (subtype = int4);
create table t (id int, at hour, of hours, all_of hour[]);
-- to
create domain hour as bigint;
create function less(a hour, b hour) returns float8 language sql immutable as 'select (a - b)::float8';
create type hours as range (subtype = int4);
create table t (id int, at hour, of hours, all_of hour[]);
-- rows
insert into t values (1, 7, '[1,3)', '{1,2}');

-- pair: domain-changes-its-base-two-domains-deep
-- from
create domain a as int check (value > 0);
create domain b as a check (value < 100);
create domain c as b[];
create type d as (x c, y b);
create table t (id int, a a, b b, c c, d d, e d[]);
-- to
create domain a as bigint check (value > 0);
create domain b as a check (value < 100);
create domain c as b[];
create type d as (x c, y b);
create table t (id int, a a, b b, c c, d d, e d[]);
-- rows
insert into t values (1, 5, 6, '{7,8}', row('{9}', 10)::d, array[row('{11}', 12)::d]);

-- pair: domain-changes-its-collation-under-an-array
-- from
create domain word as text;
create table t (id int, w word[], one word);
-- to
create domain word as text collate "C";
create table t (id int, w word[], one word);
-- rows
insert into t values (1, '{a,b}', 'c');

-- pair: domain-becomes-not-null-under-an-array
-- from
create domain amount as int;
create table t (id int, a amount[] default '{1}', b amount not null default 4);
create index t_a on t using gin (a);
-- to
create domain amount as int not null;
create table t (id int, a amount[] default '{1}', b amount not null default 4);
create index t_a on t using gin (a);
-- rows
insert into t values (1, '{7}', 3);

-- pair: domain-check-changes-under-composite-array-and-range
-- from
create domain amount as numeric constraint c check (value >= 0);
create type price as (a amount, n text);
create type prices as range (subtype = numeric);
create table t (id int, p price[], r prices);
-- to
create domain amount as numeric constraint c check (value >= -10);
create type price as (a amount, n text);
create type prices as range (subtype = numeric);
create table t (id int, p price[], r prices);
-- rows
insert into t values (1, array[row(7, 'x, "y" (z)')::price, null], '[1,2)');

-- pair: domain-check-changes-under-a-domain
-- from
create domain amount as int constraint c check (value >= 0);
create domain small as amount constraint s check (value < 9);
create table t (id int, s small);
-- to
create domain amount as int constraint c check (value >= -10);
create domain small as amount constraint s check (value < 10);
create table t (id int, s small);
-- rows
insert into t values (1, 7);

-- pair: domain-check-calls-a-function-that-changes
-- from
create function ok(x int) returns boolean language sql immutable as 'select x > 0';
create domain amount as int constraint c check (ok(value));
create table t (id int, a amount[], b amount);
-- to
create function ok(x int, y int default 0) returns boolean language sql immutable as 'select x > y';
create domain amount as int constraint c check (ok(value));
create table t (id int, a amount[], b amount);
-- rows
insert into t values (1, '{7}', 8);

-- pair: composite-in-a-composite-changes
-- from
create type inner_part as (x int, y text);
create type outer_part as (i inner_part, n int);
create table t (id int, o outer_part, many outer_part[], i inner_part);
-- to
create type inner_part as (x bigint, y text);
create type outer_part as (i inner_part, n int);
create table t (id int, o outer_part, many outer_part[], i inner_part);
-- rows
insert into t values (1, row(row(1, 'a,"b'), 2)::outer_part, array[row(row(3, 'c'), 4)::outer_part], row(5, null)::inner_part);

-- pair: composite-changes-under-a-domain
-- from
create type spot as (x int, y int);
create domain near as spot check ((value).x < 10);
create table t (id int, n near);
-- to
create type spot as (x bigint, y int);
create domain near as spot check ((value).x < 10);
create table t (id int, n near);
-- rows
insert into t values (1, row(1, 2)::spot);

-- pair: composite-gains-loses-and-changes-attributes-under-a-column
-- from
create type spot as (gone text, x int, y int);
create table t (id int, s spot);
create function far(s spot) returns boolean language sql immutable as 'select (s).y > 5';
-- to
create type spot as (x int, y bigint, label text);
create table t (id int, s spot);
create function far(s spot) returns boolean language sql immutable as 'select (s).y > 5';
-- rows
insert into t values (1, row('g', 1, 2)::spot);

-- pair: composite-changes-under-partitions
-- from
create type spot as (x int, y int);
create table t (id int, s spot) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
create index t_1_x on t_1 (((s).x));
-- to
create type spot as (x bigint, y int);
create table t (id int, s spot) partition by range (id);
create table t_1 partition of t for values from (0) to (10);
create index t_1_x on t_1 (((s).x));
-- rows
insert into t values (1, row(1, 2)::spot);

-- pair: composite-changes-under-a-key-with-default
-- from
create type spot as (x int, y int);
create table t (s spot primary key default row(0, 0)::spot, n int);
create table u (s spot references t, m int);
-- to
create type spot as (x bigint, y int);
create table t (s spot primary key default row(0, 0)::spot, n int);
create table u (s spot references t, m int);
-- rows
insert into t values (row(1, 2)::spot, 3);
insert into u values (row(1, 2)::spot, 4);

-- pair: composite-changes-under-a-kept-view-of-rows
-- from
create type spot as (x int, y int);
create materialized view m as select row(1, 2)::spot as s;
create table t (id int, s spot);
-- to
create type spot as (x bigint, y int);
create materialized view m as select row(1, 2)::spot as s;
create table t (id int, s spot);
-- rows
insert into t values (1, row(1, 2)::spot);

-- pair: row-of-a-table-as-a-column
-- from
create table part (x int, y text);
create table t (id int, p part, many part[]);
-- to
create table part (x bigint, y text);
create table t (id int, p part, many part[]);
-- rows
insert into part values (1, 'a');
insert into t values (1, row(1, 'b')::part, array[row(2, 'c')::part]);

-- pair: row-of-a-table-with-an-enum-as-a-column
-- from
create type mood as enum ('sad', 'ok', 'glad');
create table part (x int, m mood);
create table t (id int, p part);
-- to
create type mood as enum ('sad', 'glad');
create table part (x int, m mood);
create table t (id int, p part);
-- rows
insert into part values (1, 'sad');
insert into t values (1, row(1, 'glad')::part);

-- pair: range-changes-its-subtype-with-multirange
-- since: 14
-- from
create type span as range (subtype = int);
create table t (id int, s span, m span_multirange, a span[]);
create type stay as (s span, n int);
create table u (id int, s stay);
-- to
create type span as range (subtype = bigint);
create table t (id int, s span, m span_multirange, a span[]);
create type stay as (s span, n int);
create table u (id int, s stay);
-- rows
insert into t values (1, '[1,5)', '{[1,2),[4,5)}', '{"[1,2)"}');
insert into u values (1, row('[3,4)', 5)::stay);

-- pair: enum-loses-a-value-under-children
-- from
create type mood as enum ('sad', 'ok', 'glad');
create domain good as mood check (value <> 'ok');
create table base (id int, g good);
create table kid (size int) inherits (base);
create index kid_g on kid (g);
create view kids as select g from kid;
-- to
create type mood as enum ('sad', 'glad');
create domain good as mood check (value <> 'sad');
create table base (id int, g good);
create table kid (size int) inherits (base);
create index kid_g on kid (g);
create view kids as select g from kid;
-- rows
insert into kid values (1, 'glad', 3);

-- pair: type-of-parent-column-changes-under-a-view-of-the-child
-- from
create table base (id int, name varchar(10));
create table kid (size int) inherits (base);
create table grandkid () inherits (kid);
create view kids as select name from grandkid;
create index kid_name on kid (name) where name <> 'x';
-- to
create table base (id int, name text);
create table kid (size int) inherits (base);
create table grandkid () inherits (kid);
create view kids as select name from grandkid;
create index kid_name on kid (name) where name <> 'x';
-- rows
insert into grandkid values (1, 'n', 2);

-- pair: storage-and-compression-of-what-is-carried-over
-- since: 14
-- from
create domain word as varchar(10);
create table t (id int, w word[], one word);
alter table t alter w set storage external;
alter table t alter one set compression pglz;
alter table t alter one set statistics 70;
-- to
create domain word as text;
create table t (id int, w word[], one word);
alter table t alter w set storage external;
alter table t alter one set compression pglz;
alter table t alter one set statistics 70;
-- rows
insert into t values (1, '{a}', 'b');

-- pair: generated-column-over-a-composite
-- from
create type spot as (x int, y int);
create table t (id int, s spot, sum int generated always as ((s).x + (s).y) stored);
-- to
create type spot as (x bigint, y int);
create table t (id int, s spot, sum int generated always as ((s).x + (s).y) stored);
-- rows
insert into t (id, s) values (1, row(1, 2)::spot);

-- pair: base-type-in-a-table-with-functions
-- both
create type label;
create function label_in(cstring) returns label language internal immutable strict as 'textin';
create function label_out(label) returns cstring language internal immutable strict as 'textout';
create type label (input = label_in, output = label_out, internallength = variable, storage = extended);
-- from
create table t (id int, l label);
-- to
create table t (id int, l label, more label[] default '{}');
create function twice(x label) returns text language sql as 'select x::text || x::text';
-- rows
insert into t values (1, 'a');

-- pair: base-type-changes
-- from
create type label;
create function label_in(cstring) returns label language internal immutable strict as 'textin';
create function label_out(label) returns cstring language internal immutable strict as 'textout';
create type label (input = label_in, output = label_out, internallength = variable);
create table t (id int, l label, many label[]);
-- to
create type label;
create function label_in(cstring) returns label language internal immutable strict as 'textin';
create function label_out(label) returns cstring language internal immutable strict as 'textout';
create type label (input = label_in, output = label_out, internallength = variable, storage = extended, category = 'S');
create table t (id int, l label, many label[]);
-- rows
insert into t values (1, 'a', '{b,c}');

-- pair: shell-becomes-a-base-type
-- from
create type label;
-- to
create type label;
create function label_in(cstring) returns label language internal immutable strict as 'textin';
create function label_out(label) returns cstring language internal immutable strict as 'textout';
create type label (input = label_in, output = label_out, internallength = variable);

-- pair: type-of-parent-column-changes-under-policy-and-trigger-of-the-child
-- from
create table base (id int, name varchar(10));
create table kid (size int) inherits (base);
create policy p on kid using (name is not null);
create function tell() returns trigger language plpgsql as 'begin return new; end';
create trigger told after update of name on kid for each row execute function tell();
-- to
create table base (id int, name text);
create table kid (size int) inherits (base);
create policy p on kid using (name is not null);
create function tell() returns trigger language plpgsql as 'begin return new; end';
create trigger told after update of name on kid for each row execute function tell();
-- rows
insert into kid values (1, 'n', 2);

-- pair: shell-type-comes-and-another-goes
-- from
create type one;
-- to
create type two;

-- pair: collation-changes-under-columns-and-domains
-- from
create collation german (provider = icu, locale = 'de-DE');
create domain word as text collate german;
create table t (id int, a varchar(20) collate german default 'x', w word, many word[]);
create index t_a on t (a);
-- to
create collation german (provider = icu, locale = 'de-AT');
create domain word as text collate german;
create table t (id int, a varchar(20) collate german default 'x', w word, many word[]);
create index t_a on t (a);
-- rows
insert into t values (1, 'a', 'b', '{c,d}');
