-- The other kinds of objects, each made, changed and taken away.

-- pair: extension-comes
-- to
create extension citext;
create table t (c citext);

-- pair: extension-moves
-- both
create schema tools;
-- from
create extension pg_trgm;
-- to
create extension pg_trgm schema tools;

-- pair: extension-with-comment
-- both
create table t (id int);
-- to
create extension hstore;
comment on extension hstore is 'ours';

-- pair: extension-that-cannot-move
-- both
create schema one;
create schema two;
-- from
create extension xml2 schema one;
-- to
create extension xml2 schema two;

-- pair: schemas
-- from
create schema old;
create table old.t (id int);
-- to
create schema fresh;
create table fresh.t (id int);
comment on schema fresh is 'new one';

-- pair: schema-named-in-a-view
-- to
create schema zone;
create view counted as select count(*) as n from pg_class where relnamespace = 'zone'::regnamespace;

-- pair: language
-- to
create language plx handler plpgsql_call_handler;

-- pair: trusted-language-with-validator
-- from
create language plx handler plpgsql_call_handler;
-- to
create trusted language plx handler plpgsql_call_handler validator plpgsql_validator;

-- pair: language-with-function
-- to
create language plx handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator;
create function f() returns int language plx as 'begin return 1; end';
comment on language plx is 'like plpgsql';

-- pair: wrapper-and-server
-- to
create foreign data wrapper nothing;
create server far type 'x' version '1' foreign data wrapper nothing options (host 'h');
create user mapping for clerk server far options (name 'n');
create foreign table ft (id int) server far options (t 'x');

-- pair: wrapper-options
-- from
create foreign data wrapper nothing options (a '1', b '2');
create server far version '1' foreign data wrapper nothing options (host 'h');
create user mapping for public server far options (name 'n');
-- to
create foreign data wrapper nothing options (a '2', c '3');
create server far version '2' foreign data wrapper nothing options (port '1');
create user mapping for public server far options (name 'm', pass 'p');

-- pair: server-changes-its-type
-- from
create foreign data wrapper nothing;
create server far type 'x' foreign data wrapper nothing;
create foreign table ft (id int) server far;
create user mapping for boss server far;
-- to
create foreign data wrapper nothing;
create server far type 'y' foreign data wrapper nothing;
create foreign table ft (id int, n text not null) server far;

-- pair: foreign-table-columns
-- both
create foreign data wrapper nothing;
create server far foreign data wrapper nothing;
-- from
create foreign table ft (id int options (c 'x'), v text default 'd') server far;
-- to
create foreign table ft (id bigint options (c 'y'), v text, constraint pos check (id > 0)) server far options (a 'b');

-- pair: collations
-- from
create collation c1 (locale = 'C');
create table t (a text collate c1);
-- to
create collation c1 (locale = 'POSIX');
create table t (a text collate c1);
-- rows
insert into t values ('x');

-- pair: collation-comes-to-a-column
-- both
create collation c1 (locale = 'C');
-- from
create table t (a text);
create index on t (a);
-- to
create table t (a text collate c1);
create index on t (a);
-- rows
insert into t values ('x');

-- pair: collation-renamed-by-hand
-- from
create collation c1 (locale = 'C');
-- to
create collation c2 (locale = 'C');
comment on collation c2 is 'bytes';

-- pair: enum-comes-and-grows
-- from
create type a as enum ('x');
create table t (v a);
-- to
create type a as enum ('w', 'x', 'y');
create type b as enum ();
create table t (v a, w b);

-- pair: domain-not-null-and-default
-- from
create domain d as text;
create table t (v d);
-- to
create domain d as text default 'x' not null constraint short check (length(value) < 5);
create table t (v d);

-- pair: composite-comments
-- from
create type c as (a int, b text);
-- to
create type c as (a int, b text collate "C");
comment on type c is 'two';
comment on column c.a is 'first';

-- pair: range-types
-- from
create type r as range (subtype = float8);
-- to
create type r as range (subtype = float8, subtype_diff = float8mi);

-- pair: sequences
-- from
create sequence a increment 2 cache 5;
create sequence b as smallint;
-- to
create sequence a increment 3 cycle;
create sequence b as int start 10 owned by none;

-- pair: sequence-owner
-- both
create table t (id int, n int);
create sequence s;
-- from
alter sequence s owned by t.id;
-- to
alter sequence s owned by t.n;

-- pair: sequence-owner-goes
-- both
create table t (id int);
create sequence s;
-- from
alter sequence s owned by t.id;

-- pair: text-search-parser
-- to
create text search parser p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
create text search configuration c (parser = p);

-- pair: text-search-parser-changes
-- from
create text search parser p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
-- to
create text search parser p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);

-- pair: text-search-parser-goes-with-comment
-- from
create text search parser p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
comment on text search parser p is 'words';

-- pair: text-search-template
-- to
create text search template tp (init = dsimple_init, lexize = dsimple_lexize);
create text search dictionary d (template = tp);

-- pair: text-search-template-changes
-- from
create text search template tp (lexize = dsimple_lexize);
-- to
create text search template tp (init = dsimple_init, lexize = dsimple_lexize);

-- pair: text-search-template-under-dictionary
-- from
create text search template tp (init = dsimple_init, lexize = dsimple_lexize);
-- to
create text search template tq (init = dsimple_init, lexize = dsimple_lexize);
create text search dictionary d (template = tq);
create text search configuration c (copy = simple);
alter text search configuration c alter mapping for asciiword with d, simple;

-- pair: text-search-dictionary
-- from
create text search dictionary d (template = simple);
create text search configuration c (copy = simple);
alter text search configuration c alter mapping for word with d;
-- to
create text search dictionary d (template = simple, accept = false);
create text search configuration c (copy = simple);
alter text search configuration c alter mapping for word with d, simple;
alter text search configuration c drop mapping for email;

-- pair: functions-change-their-shape
-- from
create function f(a int) returns int language sql as 'select a';
create function g(a int, b int default 2) returns int language sql as 'select a';
create procedure p(inout a int) language plpgsql as $$ begin a := 1; end $$;
-- to
create function f(b int) returns int language sql as 'select b';
create function g(a int, b int) returns int language sql as 'select a';
create procedure p(inout a int, b text) language plpgsql as $$ begin a := 2; end $$;

-- pair: function-settings
-- from
create function f() returns int language sql stable as 'select 1';
-- to
create function f() returns int language sql immutable strict parallel safe security definer set search_path = '' cost 5 as 'select 1';

-- pair: procedure-and-function-swap
-- from
create function f() returns void language sql as 'select 1';
-- to
create procedure f() language sql as 'select 1';

-- pair: aggregates
-- from
create aggregate total(int) (sfunc = int4pl, stype = int);
create view v as select total(n) as s from (values (1)) x(n);
-- to
create aggregate total(int) (sfunc = int4pl, stype = int, initcond = '5');
create view v as select total(n) as s from (values (1)) x(n);

-- pair: aggregate-comes-with-comment
-- to
create aggregate most(int) (sfunc = int4larger, stype = int);
comment on aggregate most(int) is 'largest';

-- pair: operators
-- from
create operator ==== (function = int4eq, leftarg = int, rightarg = int);
-- to
create operator ==== (function = int4eq, leftarg = int, rightarg = int, commutator = ====);
create operator !!!! (function = int4um, rightarg = int);

-- pair: operator-in-a-view
-- to
create function near(int, int) returns bool language sql immutable as 'select abs($1 - $2) < 3';
create operator ~~~ (function = near, leftarg = int, rightarg = int);
create view v as select 1 operator(public.~~~) 2 as n;
comment on operator ~~~ (int, int) is 'near';

-- pair: operator-class
-- to
create operator family fam using btree;
create operator class cls for type int using btree family fam as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(int, int);
create table t (n int);
create index on t (n cls);

-- pair: operator-family-members
-- both
create operator family fam using btree;
-- to
alter operator family fam using btree add operator 1 < (int4, int8), operator 2 <= (int4, int8), operator 3 = (int4, int8), operator 4 >= (int4, int8), operator 5 > (int4, int8), function 1 btint48cmp(int4, int8);

-- pair: operator-family-loses-a-member
-- both
create operator family fam using hash;
-- from
alter operator family fam using hash add operator 1 = (int4, int4), function 1 hashint4(int4);
-- to
alter operator family fam using hash add operator 1 = (int4, int4);

-- pair: operator-class-changes
-- both
create operator family fam using btree;
-- from
create operator class cls for type int using btree family fam as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(int, int);
-- to
create operator class cls for type int using btree family fam as operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 btint4cmp(int, int);

-- pair: operator-class-under-an-index-goes
-- from
create operator class rev for type int using hash as operator 1 =, function 1 hashint4(int);
create table t (n int);
create index t_n on t using hash (n rev);
-- to
create table t (n int);
create index t_n on t using hash (n);

-- pair: access-method
-- to
create access method heap2 type table handler heap_tableam_handler;
create table t (id int) using heap2;

-- pair: access-method-of-a-table
-- since: 15
-- both
create access method heap2 type table handler heap_tableam_handler;
-- from
create table t (id int);
-- to
create table t (id int) using heap2;
-- rows
insert into t values (1);

-- pair: access-method-for-indexes
-- to
create access method bt type index handler bthandler;
comment on access method bt is 'again';

-- pair: casts
-- to
create type c as (n int);
create function to_c(int) returns c language sql immutable as 'select row($1)::c';
create cast (int as c) with function to_c(int) as assignment;

-- pair: cast-context
-- both
create type c as (n int);
create function to_c(int) returns c language sql immutable as 'select row($1)::c';
-- from
create cast (int as c) with function to_c(int);
-- to
create cast (int as c) with function to_c(int) as implicit;

-- pair: cast-without-function
-- to
create domain d as int;
create type e as enum ('a');
create cast (e as text) with inout as assignment;
comment on cast (e as text) is 'name';

-- pair: conversions
-- to
create conversion conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;

-- pair: default-conversion
-- from
create conversion conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
-- to
create default conversion conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;

-- pair: conversion-goes
-- from
create conversion conv for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;
comment on conversion conv is 'back';

-- pair: transforms
-- to
create transform for int language sql (from sql with function prsd_lextype(internal), to sql with function int4recv(internal));

-- pair: transform-one-way
-- from
create transform for int language sql (from sql with function prsd_lextype(internal), to sql with function int4recv(internal));
-- to
create transform for int language sql (from sql with function prsd_lextype(internal));

-- pair: transform-goes
-- from
create transform for bigint language sql (from sql with function prsd_lextype(internal));
comment on transform for bigint language sql is 'x';

-- pair: replica-identity
-- from
create table t (id int primary key, n int not null);
create unique index t_n on t (n);
-- to
create table t (id int primary key, n int not null);
create unique index t_n on t (n);
alter table t replica identity using index t_n;

-- pair: replica-identity-full
-- both
create table t (id int primary key);
create table u (id int);
-- from
alter table t replica identity nothing;
-- to
alter table t replica identity full;
alter table u replica identity full;

-- pair: replica-identity-over-a-column-type
-- from
create table t (n int not null);
create unique index t_n on t (n);
alter table t replica identity using index t_n;
-- to
create table t (n bigint not null);
create unique index t_n on t (n);
alter table t replica identity using index t_n;
-- rows
insert into t values (1);

-- pair: statistics
-- both
create table t (a int, b int, c int);
-- from
create statistics s (ndistinct) on a, b from t;
-- to
create statistics s (ndistinct, dependencies) on a, b, c from t;
comment on statistics s is 'three';

-- pair: statistics-over-a-column-type
-- from
create table t (a int, b int);
create statistics s on a, b from t;
alter statistics s set statistics 50;
-- to
create table t (a bigint, b int);
create statistics s on a, b from t;
alter statistics s set statistics 50;
-- rows
insert into t values (1, 2);

-- pair: rules
-- both
create table t (id int);
create view v as select id from t;
-- from
create rule r as on insert to v do instead insert into t values (new.id);
-- to
create rule r as on insert to v do instead insert into t values (new.id + 1);
create rule none as on delete to t do instead nothing;

-- pair: rule-disabled
-- both
create table t (id int);
create table l (id int);
create rule r as on update to t do also insert into l values (new.id);
-- to
alter table t disable rule r;
comment on rule r on t is 'off';

-- pair: triggers
-- both
create table t (id int, n int);
create function f() returns trigger language plpgsql as $$ begin return new; end $$;
-- from
create trigger a before update of n on t for each row execute function f('x');
create trigger b after insert on t for each statement execute function f();
-- to
create trigger a before update of id, n on t for each row when (old.n <> new.n) execute function f('y');
create trigger b after insert on t referencing new table as added for each statement execute function f();
alter table t enable always trigger b;

-- pair: event-trigger
-- both
create function e() returns event_trigger language plpgsql as $$ begin end $$;
-- to
create event trigger watch on ddl_command_end when tag in ('CREATE FUNCTION') execute function e();

-- pair: event-trigger-disabled
-- both
create function e() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger watch on sql_drop execute function e();
-- to
alter event trigger watch disable;
comment on event trigger watch is 'asleep';

-- pair: event-trigger-changes
-- both
create function e() returns event_trigger language plpgsql as $$ begin end $$;
-- from
create event trigger watch on sql_drop execute function e();
-- to
create event trigger watch on ddl_command_start execute function e();

-- pair: publications
-- since: 15
-- both
create table a (id int primary key, v text);
create table b (id int primary key);
create schema s;
-- from
create publication p for table a;
-- to
create publication p for table a (id) where (id > 5), b with (publish = 'insert');

-- pair: publication-of-a-schema
-- since: 15
-- both
create schema s;
create table s.a (id int primary key);
-- to
create publication p for tables in schema s;

-- pair: publication-of-two-schemas
-- since: 15
-- both
create schema s;
create schema r;
create publication p for tables in schema s with (publish_via_partition_root = true);
-- to
alter publication p add tables in schema r;
create publication everything for all tables;

-- pair: publication-schema-goes
-- since: 15
-- both
create schema s;
create table t (id int primary key, n int);
-- from
create publication p for tables in schema s;
-- to
create publication p for table t;

-- pair: publication-over-a-column-type
-- since: 15
-- from
create table a (id int primary key, v int);
create publication p for table a where (v > 5);
-- to
create table a (id int primary key, v bigint);
create publication p for table a where (v > 5);

-- pair: subscription
-- to
create subscription sub connection 'dbname=none' publication p with (connect = false, slot_name = none);

-- pair: subscription-changes
-- from
create subscription sub connection 'dbname=none' publication p with (connect = false, slot_name = none);
-- to
create subscription sub connection 'dbname=other' publication p, q with (connect = false, slot_name = none, synchronous_commit = 'off');

-- pair: subscription-goes
-- since: 14
-- from
create subscription sub connection 'dbname=none' publication p with (connect = false, slot_name = none, binary = true);
comment on subscription sub is 'far';

-- pair: materialized-views
-- both
create table t (id int, n int);
-- from
create materialized view m as select id from t;
create index on m (id);
-- to
create materialized view m with (fillfactor = 80) as select id, n from t;
create unique index on m (id);
comment on materialized view m is 'copy';

-- pair: materialized-view-over-a-view
-- from
create view v as select 1 as n;
create materialized view m as select n from v;
-- to
create view v as select 1::bigint as n;
create materialized view m as select n from v with no data;

-- pair: materialized-view-becomes-a-view
-- from
create materialized view m as select 1 as n;
-- to
create view m as select 1 as n;

-- pair: views
-- both
create table t (id int, n int);
-- from
create view v as select id from t;
-- to
create view v with (security_barrier = true) as select id, n from t where n > 1 with local check option;
alter view v alter n set default 5;

-- pair: view-loses-a-column
-- both
create table t (id int, n int);
-- from
create view v as select id, n from t;
create view w as select id from v;
-- to
create view v as select id from t;
create view w as select id from v;

-- pair: comments-everywhere
-- both
create table t (id int constraint k primary key, n int);
create index i on t (n);
create function f(int) returns int language sql as 'select 1';
-- from
comment on table t is 'old';
-- to
comment on table t is 'it''s new';
comment on column t.n is E'two\nlines';
comment on constraint k on t is 'key';
comment on index i is 'by n';
comment on function f(int) is 'one';

-- pair: constraints
-- from
create table a (id int, n int);
create table b (id int primary key);
-- to
create table a (id int constraint a_u unique deferrable initially deferred, n int);
create table b (id int primary key);
alter table a add constraint a_b foreign key (n) references b on delete cascade not valid;
alter table a add constraint a_c check (n > 0) not valid;

-- pair: exclusion
-- from
create table a (r int4range);
-- to
create table a (r int4range, constraint no_two exclude using gist (r with &&) where (not isempty(r)));

-- pair: constraint-validated
-- from
create table a (n int);
alter table a add constraint pos check (n > 0) not valid;
-- to
create table a (n int constraint pos check (n > 0));
-- rows
insert into a values (1);

-- pair: indexes
-- both
create table t (a int, b text, c jsonb);
-- from
create index i on t (a);
create index j on t (b);
-- to
create index i on t (a desc nulls last) include (b) where a > 1;
create index j on t (b text_pattern_ops) with (fillfactor = 70);
create index k on t using gin (c jsonb_path_ops);
create unique index l on t (lower(b), a);

-- pair: table-options
-- from
create table t (id int, v text) with (fillfactor = 70);
-- to
create table t (id int, v text) with (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
alter table t alter v set storage external;
alter table t alter v set (n_distinct = 5);

-- pair: identities
-- from
create table t (a int, b bigint generated always as identity);
-- to
create table t (a int generated by default as identity (start 10 increment 5), b bigint generated by default as identity);

-- pair: defaults
-- from
create table t (a int default 1, b text default 'x', c timestamptz);
-- to
create table t (a int, b text default 'it''s', c timestamptz default now());

-- pair: wrapper-with-validator
-- from
create foreign data wrapper nothing;
-- to
create foreign data wrapper nothing validator postgresql_fdw_validator;
comment on foreign data wrapper nothing is 'none';

-- pair: collation-goes-from-an-index
-- from
create collation c1 (locale = 'C');
create table t (a text);
create index t_a on t (a collate c1);
-- to
create table t (a text);
create index t_a on t (a);

-- pair: composite-becomes-another
-- from
create type c as (a int, b text);
create function f(c) returns int language sql as 'select ($1).a';
-- to
create type d as (a bigint);
create function f(d) returns bigint language sql as 'select ($1).a';

-- pair: foreign-table-becomes-a-table
-- both
create foreign data wrapper nothing;
create server far foreign data wrapper nothing;
-- from
create foreign table ft (id int) server far;
-- to
create table ft (id int);

-- pair: operator-family-goes
-- from
create operator family fam using btree;
comment on operator family fam using btree is 'of mine';

-- pair: operator-family-gains-support
-- both
create operator family fam using btree;
-- from
alter operator family fam using btree add function 1 (int4, int4) btint4cmp(int4, int4);
-- to
alter operator family fam using btree add function 1 (int4, int4) btint4cmp(int4, int4), function 2 (int4, int4) btint4sortsupport(internal);

-- pair: access-method-changes-its-handler
-- from
create access method bt type index handler bthandler;
-- to
create access method bt type index handler hashhandler;

-- pair: replica-identity-goes
-- from
create table t (id int not null);
create unique index t_id on t (id);
alter table t replica identity using index t_id;
-- to
create table t (id int not null);

-- pair: statistics-go
-- from
create table t (a int, b int);
create statistics s on a, b from t;
comment on statistics s is 'of t';
-- to
create table t (a int);

-- pair: rule-of-a-view-with-another-column
-- from
create table t (id int);
create view v as select id from t;
create rule r as on delete to v do instead delete from t where id = old.id;
-- to
create table t (id int, n int);
create view v as select n, id from t;
create rule r as on delete to v do instead delete from t where id = old.id;

-- pair: publication-table-goes
-- both
create table a (id int primary key);
create table b (id int primary key);
-- from
create publication p for table a, b;
-- to
create publication p for table b;

-- pair: publication-goes
-- both
create table a (id int primary key);
-- from
create publication p for table a with (publish = 'insert, delete');

-- pair: sequences-with-all-that-can-be-said
-- from
create sequence stays;
-- to
create sequence stays;
create sequence up as int increment 5 minvalue 10 maxvalue 1000 start 20 cache 7 cycle;
create sequence down increment -2 minvalue -500 maxvalue 99 start 99;
create sequence small as smallint minvalue -5;

-- pair: ranges-with-all-that-can-be-said
-- both
create collation plain from "C";
-- from
create table t (a int);
-- to
create table t (a int);
create type names_range as range (subtype = text, subtype_opclass = text_pattern_ops, collation = plain);
create type far as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = fars);
