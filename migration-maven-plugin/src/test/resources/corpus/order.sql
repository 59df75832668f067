-- What must come before what: circles, functions that call one another, texts that name something.

-- pair: default-calls-function-over-its-table
-- since: 14
-- to
create table queue (id int, place int);
create function last_place() returns int language sql begin atomic select coalesce(max(place), 0) from queue; end;
alter table queue alter place set default last_place() + 1;

-- pair: check-calls-function-of-the-row
-- to
create table crate (w int, h int);
create function fits(crate) returns bool language sql immutable as 'select ($1).w * ($1).h < 100';
alter table crate add constraint fits check (fits(crate.*));

-- pair: index-calls-function-of-the-row
-- to
create table crate (w int, h int);
create function area(crate) returns int language sql immutable as 'select ($1).w * ($1).h';
create index crate_area on crate (area(crate));

-- pair: index-condition-calls-function-of-the-row
-- to
create table crate (w int, h int);
create function big(crate) returns bool language sql immutable as 'select ($1).w > 10';
create index big_boxes on crate (h) where big(crate);

-- pair: trigger-condition-calls-function-of-the-row
-- to
create table crate (w int, h int);
create function is_odd(crate) returns bool language sql immutable as 'select ($1).w % 2 = 1';
create function noop() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger watch before update on crate for each row when (is_odd(new.*)) execute function noop();

-- pair: rule-calls-function-of-the-row
-- to
create table crate (w int, h int);
create table seen (n int);
create function width(crate) returns int language sql immutable as 'select ($1).w';
create rule remember as on delete to crate do also insert into seen select width(old.*);

-- pair: statistics-call-function-of-the-row
-- since: 14
-- to
create table crate (w int, h int);
create function area(int, int) returns int language sql immutable as 'select $1 * $2';
create statistics crate_area on (area(w, h)), w from crate;

-- pair: generated-column-calls-function
-- to
create function half(int) returns int language sql immutable as 'select $1 / 2';
create table crate (w int, h int generated always as (half(w)) stored);

-- pair: view-and-index-over-function-of-the-row
-- to
create table crate (w int, h int);
create function area(b crate) returns int language sql immutable as 'select (b).w * (b).h';
create view areas as select area(crate.*) as a from crate;
create index on crate (area(crate));

-- pair: default-of-another-tables-row
-- to
create table setting (key text, value int);
create function setting_of(k text) returns int language plpgsql stable as $$ begin return (select value from setting where key = k); end $$;
create table item (id int, price int default setting_of('price'));
create trigger t before insert on setting for each row when (new.value > 0) execute function suppress_redundant_updates_trigger();

-- pair: capitals-in-sql-body
-- to
create function z_base(int) returns int language sql as 'select $1 + 1';
create function a_top(int) returns int language sql as 'SELECT Z_Base($1) * 2';

-- pair: quoted-name-in-sql-body
-- to
create table "Odd Table" (id int);
create function a_count() returns bigint language sql as 'select count(*) from "Odd Table"';
create function "z Quoted"() returns int language sql as 'select 1';
create function b_calls() returns int language sql as 'select "z Quoted"()';

-- pair: operator-in-sql-body
-- to
create function z_near(int, int) returns bool language sql immutable as 'select abs($1 - $2) < 2';
create operator ~~~ (function = z_near, leftarg = int, rightarg = int);
create function a_near(int) returns bool language sql as 'select $1 ~~~ 5';

-- pair: cast-in-sql-body
-- to
create type z_cents as (n bigint);
create function z_cents(int) returns z_cents language sql immutable as 'select row($1 * 100)::z_cents';
create cast (int as z_cents) with function z_cents(int);
create function a_price(int) returns bigint language sql as 'select ($1::z_cents).n';

-- pair: regproc-in-default
-- to
create function z_handler(int) returns int language sql as 'select 1';
create table a_job (id int, run regprocedure default 'z_handler(int)'::regprocedure);

-- pair: regoper-in-view
-- to
create function z_plus(int, int) returns int language sql immutable as 'select $1 + $2';
create operator @+@ (function = z_plus, leftarg = int, rightarg = int);
create view a_ops as select '@+@(int,int)'::regoperator::oid > 0 as op;

-- pair: regclass-in-check
-- to
create table z_kind (id int);
create table a_ref (t regclass check (t <> 'z_kind'::regclass));

-- pair: regnamespace-in-view
-- to
create schema z_side;
create view a_side as select count(*) from pg_class where relnamespace = 'z_side'::regnamespace;

-- pair: regtype-in-default
-- to
create type z_mood as enum ('ok');
create table a_t (id int, t regtype default 'z_mood'::regtype);

-- pair: nextval-by-name-in-default
-- to
create sequence z_numbers;
create table a_order (id bigint default nextval('z_numbers'));

-- pair: functions-that-call-one-another
-- to
set check_function_bodies = off;
create function even(n int) returns bool language sql as 'select n = 0 or odd(n - 1)';
create function odd(n int) returns bool language sql as 'select n <> 0 and even(n - 1)';

-- pair: new-column-in-sql-body
-- from
create table stock (id int);
create function a_total() returns bigint language sql as 'select count(*) from stock';
-- to
create table stock (id int, amount int);
create function a_total() returns bigint language sql as 'select sum(amount) from stock';

-- pair: chain-of-four-in-reverse
-- to
create function f4(int) returns int language sql as 'select $1';
create function f3(int) returns int language sql as 'select F4($1)';
create function f2(int) returns int language sql as 'select "f3"($1)';
create function f1(int) returns int language sql as 'select f2($1)';

-- pair: text-search-configuration-in-body
-- to
create text search configuration z_plain (copy = simple);
create function a_vector(text) returns tsvector language sql as $$ select to_tsvector('z_plain', $1) $$;

-- pair: procedure-called-in-body
-- to
create table z_log (t text);
create procedure z_write(text) language sql as 'insert into Z_LOG values ($1)';
create procedure a_write() language sql as $$ call Z_Write('x') $$;

-- pair: aggregate-in-body
-- to
create aggregate z_sum(int) (sfunc = int4pl, stype = int, initcond = '0');
create table t (n int);
create function a_sum() returns int language sql as 'select Z_Sum(n) from t';

-- pair: view-over-function-over-view
-- to
create view z_base as select 1 as n;
create function m_read() returns setof z_base language sql stable as 'select * from z_base';
create view a_top as select n from m_read();

-- pair: two-foreign-keys-that-cross
-- to
create table a (id int primary key, b int);
create table b (id int primary key, a int references a);
alter table a add constraint a_b foreign key (b) references b;

-- pair: key-moves-to-another-column
-- from
create table t (id int primary key, code int not null);
-- to
create table t (id int not null, code int primary key);
-- rows
insert into t values (1, 10), (2, 20);

-- pair: key-moves-with-foreign-key
-- from
create table t (id int primary key, code int not null unique);
create table r (t int references t (id));
-- to
create table t (id int not null unique, code int primary key);
create table r (t int references t (id));
-- rows
insert into t values (1, 10);
insert into r values (1);

-- pair: table-and-view-swap-names
-- from
create table x (id int);
create view y as select id from x;
-- to
create table y (id int);
create view x as select id from y;

-- pair: sequence-default-and-owner-in-a-ring
-- to
create sequence numbers;
create table t (id int default nextval('numbers'), n int);
alter sequence numbers owned by t.n;

-- pair: domain-check-calls-function-over-table
-- to
create table allowed (v text);
create function is_allowed(text) returns bool language plpgsql stable as $$ begin return exists (select from allowed where v = $1); end $$;
create domain word as text check (is_allowed(value));
create table sentence (w word);

-- pair: sql-bodies-in-literals-of-every-kind
-- to
create schema "Odd Place";
create table "Odd Place"."Mixed" (id int);
create function "Odd Place".plus(int, int) returns int language sql as 'select $1 + $2';
create operator public.<+> (leftarg = int, rightarg = int, function = "Odd Place".plus);
create function a1() returns oid language sql as $$ select '"Odd Place"."Mixed"'::regclass::oid $$;
create function a2() returns oid language sql as $$ select 'public.<+>'::regoper::oid $$;
create function a3() returns oid language sql as $$ select '"Odd Place"'::regnamespace::oid $$;
create function a4() returns int language sql as $$ select 1 operator(public.<+>) 2 $$;
create function a5() returns bigint language sql as $$ select COUNT(*) from "Odd Place"."Mixed" $$;
create view w as select a1() as a, a4() as b;

-- pair: ring-of-sql-functions-and-a-table
-- to
set check_function_bodies = off;
create function ping(n int) returns int language sql as 'select case when n > 0 then pong(n - 1) else 0 end';
create function pong(n int) returns int language sql as 'select case when n > 0 then ping(n - 1) else 0 end';
create function zing() returns int language plpgsql as 'begin return ping(3); end';
create table t (n int default ping(2), check (pong(n) = 0));

-- pair: materialized-view-over-whole-rows-whose-column-changes
-- from
create table t (id int, val int);
create materialized view m as select t from t;
-- to
create table t (id int, val bigint);
create materialized view m as select t from t;

-- pair: key-moves-and-the-old-column-may-be-null
-- from
create table t (id int primary key, uid uuid not null);
-- to
create table t (id int, uid uuid primary key);
-- rows
insert into t values (1, '00000000-0000-4000-8000-000000000001'), (2, '00000000-0000-4000-8000-000000000002');

-- pair: key-moves-to-a-column-that-may-be-null
-- from
create table t (id int primary key, uid uuid unique);
-- to
create table t (id int not null unique, uid uuid primary key);
-- rows
insert into t values (1, '00000000-0000-4000-8000-000000000001'), (2, '00000000-0000-4000-8000-000000000002');

-- pair: key-moves-below-foreign-keys
-- from
create table t (id int primary key, code text not null unique);
create table u (t_id int references t (id));
-- to
create table t (id int not null unique, code text primary key);
create table u (t_id int references t (id));
-- rows
insert into t values (1, 'a'), (2, 'b');
insert into u values (1);

-- pair: key-gets-a-column-and-loses-one
-- from
create table t (a int, b int not null, c int, primary key (a, c));
-- to
create table t (a int, b int, c int, primary key (a, b));
-- rows
insert into t values (1, 1, 1), (2, 2, 2);
