-- Names that are given: what had the old name has the new one, with its rows and all that refers to it.

-- pair: schema-with-all-that-is-in-it
-- rename: SCHEMA app -> shop
-- both
create table public.audit (at timestamptz default now(), what text);
-- from
create schema app;
create type app.state as enum ('new', 'done');
create domain app.amount as numeric(10, 2) check (value >= 0);
create type app.pair as (x int, s app.state);
create type app.span as range (subtype = int);
create sequence app.numbers start 100;
create table app.person (id serial primary key, name text not null, s app.state default 'new', p app.pair);
create table app.orders (
  id int primary key default nextval('app.numbers'),
  person int references app.person,
  total app.amount not null default 0,
  during app.span,
  check (total < 1000000)
);
create index on app.orders (person) where total > 0;
create function app.is_new(app.state) returns boolean immutable language sql return $1 = 'new'::app.state;
create function app.note() returns trigger language plpgsql as $$ begin insert into public.audit (what) values (tg_op); return new; end $$;
create trigger noted after insert on app.orders for each row execute function app.note();
alter table app.person enable row level security;
create policy seen on app.person using (app.is_new(s));
create view app.totals as select person, sum(total) as total from app.orders group by person;
create materialized view app.kept as select id, name from app.person;
create unique index on app.kept (id);
create statistics app.both on person, total from app.orders;
create aggregate app.last_one (int) (sfunc = int4larger, stype = int);
create table public.refers (person int references app.person (id), s app.state);
create view public.outside as select name, app.is_new(s) as fresh from app.person;
comment on table app.orders is 'what was ordered';
comment on column app.orders.total is 'in euros';
grant usage on schema app to clerk;
grant select on app.person to clerk;
alter default privileges in schema app grant select on tables to clerk;
-- to
create schema shop;
create type shop.state as enum ('new', 'done');
create domain shop.amount as numeric(10, 2) check (value >= 0);
create type shop.pair as (x int, s shop.state);
create type shop.span as range (subtype = int);
create sequence shop.numbers start 100;
create table shop.person (id serial primary key, name text not null, s shop.state default 'new', p shop.pair);
create table shop.orders (
  id int primary key default nextval('shop.numbers'),
  person int references shop.person,
  total shop.amount not null default 0,
  during shop.span,
  check (total < 1000000)
);
create index on shop.orders (person) where total > 0;
create function shop.is_new(shop.state) returns boolean immutable language sql return $1 = 'new'::shop.state;
create function shop.note() returns trigger language plpgsql as $$ begin insert into public.audit (what) values (tg_op); return new; end $$;
create trigger noted after insert on shop.orders for each row execute function shop.note();
alter table shop.person enable row level security;
create policy seen on shop.person using (shop.is_new(s));
create view shop.totals as select person, sum(total) as total from shop.orders group by person;
create materialized view shop.kept as select id, name from shop.person;
create unique index on shop.kept (id);
create statistics shop.both on person, total from shop.orders;
create aggregate shop.last_one (int) (sfunc = int4larger, stype = int);
create table public.refers (person int references shop.person (id), s shop.state);
create view public.outside as select name, shop.is_new(s) as fresh from shop.person;
comment on table shop.orders is 'what was ordered';
comment on column shop.orders.total is 'in euros';
grant usage on schema shop to clerk;
grant select on shop.person to clerk;
alter default privileges in schema shop grant select on tables to clerk;
-- rows
insert into app.person (name, p) values ('a', row (1, 'done')), ('b', null);
insert into app.orders (person, total) values (1, 5), (1, 7);
insert into refers values (1, 'done');

-- pair: schema-with-partitions-publications-and-operators
-- rename: SCHEMA app -> shop
-- from
create schema app;
create table app.log (id int, d date, v text, primary key (id, d)) partition by range (d);
create table app.log_25 partition of app.log for values from ('2025-01-01') to ('2026-01-01');
create table public.log_26 partition of app.log for values from ('2026-01-01') to ('2027-01-01');
create index on app.log (v);
create table app.base (a int);
create table app.child (b int) inherits (app.base);
create table public.child (c int) inherits (app.base);
create publication wide for tables in schema app;
create publication narrow for table app.base;
create type app.box as (x int);
create function app.bigger(app.box, app.box) returns boolean immutable language sql return ($1).x > ($2).x;
create operator app.>>> (leftarg = app.box, rightarg = app.box, function = app.bigger);
create function app.as_int(app.box) returns int immutable language sql return ($1).x;
create cast (app.box as int) with function app.as_int(app.box) as assignment;
create procedure app.clean(app.box[], before date) language sql begin atomic delete from app.log where d < before; end;
create collation app.german from "C";
create text search dictionary app.simple (template = pg_catalog.simple);
create text search configuration app.plain (copy = pg_catalog.simple);
alter text search configuration app.plain alter mapping for asciiword with app.simple;
-- to
create schema shop;
create table shop.log (id int, d date, v text, primary key (id, d)) partition by range (d);
create table shop.log_25 partition of shop.log for values from ('2025-01-01') to ('2026-01-01');
create table public.log_26 partition of shop.log for values from ('2026-01-01') to ('2027-01-01');
create index on shop.log (v);
create table shop.base (a int);
create table shop.child (b int) inherits (shop.base);
create table public.child (c int) inherits (shop.base);
create publication wide for tables in schema shop;
create publication narrow for table shop.base;
create type shop.box as (x int);
create function shop.bigger(shop.box, shop.box) returns boolean immutable language sql return ($1).x > ($2).x;
create operator shop.>>> (leftarg = shop.box, rightarg = shop.box, function = shop.bigger);
create function shop.as_int(shop.box) returns int immutable language sql return ($1).x;
create cast (shop.box as int) with function shop.as_int(shop.box) as assignment;
create procedure shop.clean(shop.box[], before date) language sql begin atomic delete from shop.log where d < before; end;
create collation shop.german from "C";
create text search dictionary shop.simple (template = pg_catalog.simple);
create text search configuration shop.plain (copy = pg_catalog.simple);
alter text search configuration shop.plain alter mapping for asciiword with shop.simple;
-- rows
insert into app.log values (1, '2025-05-05', 'x'), (2, '2026-05-05', 'y');
insert into app.base values (1);
insert into app.child values (2, 3);
insert into public.child values (4, 5);

-- pair: schema-and-what-is-in-it
-- rename: SCHEMA app -> shop
-- rename: ENUM shop.state -> shop.status
-- rename: TABLE shop.items -> shop.products
-- rename: COLUMN shop.products.s -> shop.products.status
-- rename: VALUE shop.status.new -> shop.status.fresh
-- from
create schema app;
create type app.state as enum ('new', 'done');
create table app.items (id serial primary key, s app.state not null default 'new');
create index on app.items (s) where s <> 'new';
create view app.open as select id from app.items where s = 'new';
-- to
create schema shop;
create type shop.status as enum ('fresh', 'done');
create table shop.products (id serial primary key, status shop.status not null default 'fresh');
create index on shop.products (status) where status <> 'fresh';
create view shop.open as select id from shop.products where status = 'fresh';
-- rows
insert into app.items (s) values ('new'), ('done');

-- pair: schema-with-a-name-that-needs-quotes
-- rename: SCHEMA My App -> select
-- from
create schema "My App";
create table "My App"."Big Table" ("Id" serial primary key, "a""b" int check ("a""b" > 0));
create view public.v as select "a""b" from "My App"."Big Table";
-- to
create schema "select";
create table "select"."Big Table" ("Id" serial primary key, "a""b" int check ("a""b" > 0));
create view public.v as select "a""b" from "select"."Big Table";
-- rows
insert into "My App"."Big Table" ("a""b") values (1), (2);

-- pair: table-with-all-that-refers-to-it
-- rename: TABLE public.person -> public.people
-- both
create function stop() returns trigger language plpgsql as $$ begin return null; end $$;
-- from
create table person (id bigint generated by default as identity primary key, name text unique, boss bigint references person, check (name <> ''));
create index on person (lower(name)) where boss is not null;
create table refers (id int, p bigint references person on delete cascade);
create table likes (like person);
create view names as select id, name from person;
create view whole as select p from person p;
create materialized view counted as select count(*) as n from person;
create function named(person) returns text immutable language sql return ($1).name;
create function all_of() returns setof person stable language sql begin atomic select * from person; end;
create trigger stopped before delete on person for each row when (old.name = 'x') execute function stop();
create rule kept as on delete to person where old.id = 1 do instead nothing;
alter table person enable row level security;
create policy own on person using (boss = (select max(p.id) from person p));
create policy of_other on refers using (exists (select from person where person.id = refers.p));
create statistics person_stats on name, boss from person;
create publication names_out for table person;
comment on table person is 'who';
comment on column person.name is 'first and last';
grant select (name) on person to clerk;
grant all on person to boss;
alter table person replica identity full;
-- to
create table people (id bigint generated by default as identity primary key, name text unique, boss bigint references people, check (name <> ''));
create index on people (lower(name)) where boss is not null;
create table refers (id int, p bigint references people on delete cascade);
create table likes (like people);
create view names as select id, name from people;
create view whole as select p from people p;
create materialized view counted as select count(*) as n from people;
create function named(people) returns text immutable language sql return ($1).name;
create function all_of() returns setof people stable language sql begin atomic select * from people; end;
create trigger stopped before delete on people for each row when (old.name = 'x') execute function stop();
create rule kept as on delete to people where old.id = 1 do instead nothing;
alter table people enable row level security;
create policy own on people using (boss = (select max(p.id) from people p));
create policy of_other on refers using (exists (select from people where people.id = refers.p));
create statistics person_stats on name, boss from people;
create publication names_out for table people;
comment on table people is 'who';
comment on column people.name is 'first and last';
grant select (name) on people to clerk;
grant all on people to boss;
alter table people replica identity full;
-- rows
insert into person (name) values ('a'), ('b');
insert into person (name, boss) values ('c', 1);
insert into refers values (1, 1);

-- pair: table-moves-to-another-schema-and-is-renamed
-- rename: TABLE public.person -> old.people
-- both
create schema old;
create function stop() returns trigger language plpgsql as $$ begin return null; end $$;
-- from
create table person (id serial primary key, name text unique, big bigint generated always as identity);
create index named on person (lower(name));
create table refers (p int references person, n int default nextval('person_id_seq'));
create trigger stopped before delete on person for each row execute function stop();
create statistics stats on id, name from person;
create view names as select name from person;
comment on index named is 'found by';
grant select on sequence person_id_seq to clerk;
-- to
create table old.people (id serial primary key, name text unique, big bigint generated always as identity);
create index named on old.people (lower(name));
create table refers (p int references old.people, n int default nextval('old.people_id_seq'));
create trigger stopped before delete on old.people for each row execute function stop();
create statistics stats on id, name from old.people;
create view names as select name from old.people;
comment on index old.named is 'found by';
grant select on sequence old.people_id_seq to clerk;
-- rows
insert into person (name) values ('a'), ('b');
insert into refers (p) values (1);

-- pair: table-moves-only
-- rename: TABLE public.t -> old.t
-- both
create schema old;
create type mood as enum ('low', 'high');
-- from
create table t (id serial primary key, m mood default 'low', exclude using btree (id with =));
create table u (id int references t (id));
-- to
create table old.t (id serial primary key, m mood default 'low', exclude using btree (id with =));
create table u (id int references old.t (id));
-- rows
insert into t (m) values ('high'), (default);
insert into u values (2);

-- pair: names-that-move-up-one
-- rename: TABLE public.b -> public.c
-- rename: TABLE public.a -> public.b
-- from
create table a (x int primary key);
create table b (y int primary key, x int references a);
-- to
create table b (x int primary key);
create table c (y int primary key, x int references b);
-- rows
insert into a values (1), (2);
insert into b values (10, 1);

-- pair: columns-that-move-up-one
-- rename: COLUMN public.t.b -> public.t.c
-- rename: COLUMN public.t.a -> public.t.b
-- from
create table t (a int, b int, check (a < b));
create index on t (a, b);
-- to
create table t (b int, c int, check (b < c));
create index on t (b, c);
-- rows
insert into t values (1, 2), (3, 4);

-- pair: partitioned-table-and-its-partitions
-- rename: TABLE public.log -> public.journal
-- rename: TABLE public.log_25 -> public.journal_25
-- rename: TABLE public.log_26 -> old.journal_26
-- rename: COLUMN public.journal.v -> public.journal.said
-- rename: COLUMN public.journal.d -> public.journal.day
-- both
create schema old;
-- from
create table log (id int, d date not null, v text, unique (id, d)) partition by range (d);
create table log_25 partition of log for values from ('2025-01-01') to ('2026-01-01');
create table log_26 partition of log for values from ('2026-01-01') to ('2027-01-01');
create index on log (v, d);
-- to
create table journal (id int, day date not null, said text, unique (id, day)) partition by range (day);
create table journal_25 partition of journal for values from ('2025-01-01') to ('2026-01-01');
create table old.journal_26 partition of journal for values from ('2026-01-01') to ('2027-01-01');
create index on journal (said, day);
-- rows
insert into log values (1, '2025-02-02', 'x'), (2, '2026-02-02', 'y');

-- pair: partition-by-expression-of-a-renamed-column
-- rename: COLUMN public.log.name -> public.log.title
-- from
create table log (name text, n int check (n > 0)) partition by list (lower(name));
create table log_a partition of log for values in ('a');
create table log_rest partition of log default;
-- to
create table log (title text, n int check (n > 0)) partition by list (lower(title));
create table log_a partition of log for values in ('a');
create table log_rest partition of log default;
-- rows
insert into log values ('A', 1), ('b', 2);

-- pair: parent-and-column-that-children-inherit
-- rename: TABLE public.base -> public.root
-- rename: COLUMN public.root.a -> public.root.key
-- from
create table base (a int not null, b text default 'x', constraint positive check (a > 0));
create table child (c int) inherits (base);
create table grandchild (d int) inherits (child);
create index on child (a);
create view seen as select a, c from child;
-- to
create table root (key int not null, b text default 'x', constraint positive check (key > 0));
create table child (c int) inherits (root);
create table grandchild (d int) inherits (child);
create index on child (key);
create view seen as select key as a, c from child;
-- rows
insert into base values (1, 'p');
insert into child values (2, 'q', 20);
insert into grandchild values (3, 'r', 30, 300);

-- pair: column-with-all-that-refers-to-it
-- rename: COLUMN public.t.n -> public.t.amount
-- both
create function stop() returns trigger language plpgsql as $$ begin return new; end $$;
-- from
create table t (
  id int primary key, n int unique, m int generated always as (n * 2) stored, n2 int default 5,
  constraint small check (n < 1000 and n <> n2),
  constraint apart exclude using btree (n with =) where (n > 10)
);
create index by_n on t ((n + 1)) include (id) where n > 0;
create index brought on t (id) include (n);
create table refers (r int references t (n));
create trigger noted before update of n on t for each row when (old.n <> new.n) execute function stop();
alter table t enable row level security;
create policy shown on t using (n > 1 and t.n < 5000);
create rule changed as on update to t where new.n < 0 do instead nothing;
create statistics stats on n, n2 from t;
create publication part for table t (id, n) where (n > 0 and id > 0);
create view seen as select n, n2 from t where n > 3;
create materialized view kept as select max(n) as n from t;
create function of_row(t) returns int immutable language sql return ($1).n;
comment on column t.n is 'how many';
grant select (n) on t to clerk;
alter table t alter n set statistics 500;
-- to
create table t (
  id int primary key, amount int unique, m int generated always as (amount * 2) stored, n2 int default 5,
  constraint small check (amount < 1000 and amount <> n2),
  constraint apart exclude using btree (amount with =) where (amount > 10)
);
create index by_n on t ((amount + 1)) include (id) where amount > 0;
create index brought on t (id) include (amount);
create table refers (r int references t (amount));
create trigger noted before update of amount on t for each row when (old.amount <> new.amount) execute function stop();
alter table t enable row level security;
create policy shown on t using (amount > 1 and t.amount < 5000);
create rule changed as on update to t where new.amount < 0 do instead nothing;
create statistics stats on amount, n2 from t;
create publication part for table t (id, amount) where (amount > 0 and id > 0);
create view seen as select amount as n, n2 from t where amount > 3;
create materialized view kept as select max(amount) as n from t;
create function of_row(t) returns int immutable language sql return ($1).amount;
comment on column t.amount is 'how many';
grant select (amount) on t to clerk;
alter table t alter amount set statistics 500;
-- rows
insert into t (id, n) values (1, 100), (2, 200);
insert into refers values (100);

-- pair: column-called-as-its-table-and-as-others
-- rename: COLUMN public.note.note -> public.note.text
-- from
create table other (note text, n int check (n > 0 or note is null));
create table note (note text not null default 'note', other int, check (note <> 'note.note'));
create index note_note on note (lower(note.note), other);
create view v as select note.note, other.note as n2 from note join other on other.note = note.note;
create function note(text) returns text immutable language sql return 'note'::text || $1;
create index on note (note(note));
-- to
create table other (note text, n int check (n > 0 or note is null));
create table note (text text not null default 'note', other int, check (text <> 'note.note'));
create index note_note on note (lower(note.text), other);
create view v as select note.text as note, other.note as n2 from note join other on other.note = note.text;
create function note(text) returns text immutable language sql return 'note'::text || $1;
create index on note (note(text));
-- rows
insert into note values ('a', 1);
insert into other values ('a', 1);

-- pair: serial-and-identity-columns
-- rename: COLUMN public.t.a -> public.t.id
-- rename: COLUMN public.t.b -> public.t.number
-- from
create table t (a serial primary key, b bigint generated by default as identity (start 10), c int);
-- to
create table t (id serial primary key, number bigint generated by default as identity (start 10), c int);
-- rows
insert into t (c) values (1), (2);

-- pair: columns-of-kinds-of-names
-- rename: COLUMN public.T.Old Name -> public.T.new name
-- rename: COLUMN public.T.select -> public.T.from
-- from
create table "T" ("Old Name" text check ("Old Name" <> 'Old Name'), "select" int not null default 1, primary key ("select"));
-- to
create table "T" ("new name" text check ("new name" <> 'Old Name'), "from" int not null default 1, primary key ("from"));
-- rows
insert into "T" values ('a', 2);

-- pair: table-renamed-and-changed
-- rename: TABLE public.t -> public.u
-- rename: COLUMN public.u.a -> public.u.x
-- rename: COLUMN public.u.b -> public.u.y
-- from
create table t (id int, a int, b text, gone int, c varchar(10));
create index on t (a);
create view v as select a, b from t;
-- to
create table u (id bigint not null, x bigint default 7, y text not null default '', c varchar(20), added int default 3, unique (x));
create index on u (x);
create view v as select x, y, added from u;
-- rows
insert into t values (1, 10, 'p', 100, 'c'), (2, 20, 'q', 200, 'd');

-- pair: enum-with-all-that-uses-it
-- rename: ENUM public.state -> public.status
-- from
create type state as enum ('new', 'open', 'done');
create domain early as state check (value <> 'done'::state);
create type stamped as (s state, at date);
create function is_open(s state) returns boolean immutable language sql return s = 'open'::state;
create function pick(state[], other state default 'new') returns state immutable language sql return $1[1];
create table t (id int, s state not null default 'new', many state[] default '{new,open}', e early, x stamped,
  text_of text generated always as (case s when 'new'::state then 'n' else 'o' end) stored,
  check (s <> 'done'::state or id > 0));
create index on t (s) where s in ('new', 'open');
create table parts (s state, n int) partition by list (s);
create table parts_new partition of parts for values in ('new');
create view seen as select id, s::text as word from t where s >= 'open'::state;
alter table t enable row level security;
create policy open_only on t using (s = 'open'::state);
create cast (state as int) with inout;
-- to
create type status as enum ('new', 'open', 'done');
create domain early as status check (value <> 'done'::status);
create type stamped as (s status, at date);
create function is_open(s status) returns boolean immutable language sql return s = 'open'::status;
create function pick(status[], other status default 'new') returns status immutable language sql return $1[1];
create table t (id int, s status not null default 'new', many status[] default '{new,open}', e early, x stamped,
  text_of text generated always as (case s when 'new'::status then 'n' else 'o' end) stored,
  check (s <> 'done'::status or id > 0));
create index on t (s) where s in ('new', 'open');
create table parts (s status, n int) partition by list (s);
create table parts_new partition of parts for values in ('new');
create view seen as select id, s::text as word from t where s >= 'open'::status;
alter table t enable row level security;
create policy open_only on t using (s = 'open'::status);
create cast (status as int) with inout;
-- rows
insert into t (id, s, e, x) values (1, 'open', 'new', row ('done', '2026-01-01')), (2, 'done', null, null);
insert into parts values ('new', 1);

-- pair: enum-moves-to-another-schema
-- rename: ENUM public.state -> kinds.state
-- both
create schema kinds;
-- from
create type state as enum ('new', 'done');
create function f(state[]) returns state immutable language sql return $1[1];
create table t (s state default 'new', l state[]);
-- to
create type kinds.state as enum ('new', 'done');
create function f(kinds.state[]) returns kinds.state immutable language sql return $1[1];
create table t (s kinds.state default 'new', l kinds.state[]);
-- rows
insert into t values ('done', '{new,done}');

-- pair: enum-values-with-what-compares-them
-- rename: VALUE public.state.new -> public.state.it's new
-- rename: VALUE public.state.done -> public.state.closed
-- from
create type state as enum ('new', 'open', 'done');
create table t (id int, s state default 'new', l state[] default '{new}', check (s <> 'done'::state));
create index on t (id) where s = 'new'::state;
create view v as select id from t where s = 'done'::state;
create table parts (s state) partition by list (s);
create table parts_new partition of parts for values in ('new');
-- to
create type state as enum ('it''s new', 'open', 'closed');
create table t (id int, s state default 'it''s new', l state[] default '{"it''s new"}', check (s <> 'closed'::state));
create index on t (id) where s = 'it''s new'::state;
create view v as select id from t where s = 'closed'::state;
create table parts (s state) partition by list (s);
create table parts_new partition of parts for values in ('it''s new');

-- pair: domain-with-its-checks
-- rename: DOMAIN public.amount -> public.money_amount
-- from
create domain amount as numeric check (value > 0) constraint small check (value < 1000) default 1;
create domain tiny as amount check (value < 10);
create type priced as (a amount);
create table t (a amount not null, l amount[], p priced, x tiny, check (a <> 5));
create function doubled(amount) returns amount immutable language sql return $1 * 2;
create view v as select a::amount as a from t;
comment on domain amount is 'what it costs';
-- to
create domain money_amount as numeric check (value > 0) constraint small check (value < 1000) default 1;
create domain tiny as money_amount check (value < 10);
create type priced as (a money_amount);
create table t (a money_amount not null, l money_amount[], p priced, x tiny, check (a <> 5));
create function doubled(money_amount) returns money_amount immutable language sql return $1 * 2;
create view v as select a::money_amount as a from t;
comment on domain money_amount is 'what it costs';
-- rows
insert into t values (1, '{2,3}', row (4), 6);

-- pair: composite-and-attributes
-- rename: COMPOSITE_TYPE public.point3 -> public.place
-- rename: ATTRIBUTE public.place.x -> public.place.east
-- rename: ATTRIBUTE public.place.y -> public.place.north
-- from
create type point3 as (x int, y int, z int);
create table t (id int, p point3, l point3[], check ((p).x > 0));
create index on t (((p).y));
create view v as select (p).x, (p).z from t;
create function far(point3) returns boolean immutable language sql return ($1).x > 100;
create type outer_one as (a point3);
-- to
create type place as (east int, north int, z int);
create table t (id int, p place, l place[], check ((p).east > 0));
create index on t (((p).north));
create view v as select (p).east as x, (p).z from t;
create function far(place) returns boolean immutable language sql return ($1).east > 100;
create type outer_one as (a place);
-- rows
insert into t values (1, row (1, 2, 3), array[row (4, 5, 6)::point3]);

-- pair: range-type
-- rename: RANGE_TYPE public.hours -> public.span
-- from
create type hours as range (subtype = int4, multirange_type_name = many_hours);
create table t (h hours, m many_hours, exclude using gist (h with &&));
create function longest(hours) returns int immutable language sql return upper($1) - lower($1);
-- to
create type span as range (subtype = int4, multirange_type_name = many_hours);
create table t (h span, m many_hours, exclude using gist (h with &&));
create function longest(span) returns int immutable language sql return upper($1) - lower($1);
-- rows
insert into t values ('[1,5)', '{[1,2)}'), ('[6,9)', null);

-- pair: function-with-all-that-calls-it
-- rename: FUNCTION public.code(text) -> public.short_code(text)
-- from
create function code(text) returns text immutable language sql return lower($1);
create function code(int) returns text immutable language sql return $1::text;
create table t (id int, c text default code('A'), g text generated always as (code(c)) stored, check (code(c) <> ''));
create index on t (code(c));
create view v as select code(c) as code, code(id) as by_id from t;
alter table t enable row level security;
create policy p on t using (code(c) = 'x');
create function calls(text) returns text immutable language sql return code($1) || code(1);
comment on function code(text) is 'in short';
grant execute on function code(text) to clerk;
-- to
create function short_code(text) returns text immutable language sql return lower($1);
create function code(int) returns text immutable language sql return $1::text;
create table t (id int, c text default short_code('A'), g text generated always as (short_code(c)) stored, check (short_code(c) <> ''));
create index on t (short_code(c));
create view v as select short_code(c) as code, code(id) as by_id from t;
alter table t enable row level security;
create policy p on t using (short_code(c) = 'x');
create function calls(text) returns text immutable language sql return short_code($1) || code(1);
comment on function short_code(text) is 'in short';
grant execute on function short_code(text) to clerk;
-- rows
insert into t (id) values (1), (2);

-- pair: trigger-function-moves
-- rename: FUNCTION public.stop() -> hooks.halt()
-- both
create schema hooks;
create table t (a int);
-- from
create function stop() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger stopped before insert on t for each row execute function stop();
-- to
create function hooks.halt() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger stopped before insert on t for each row execute function hooks.halt();
-- rows
insert into t values (1);

-- pair: procedure-and-aggregate
-- rename: PROCEDURE public.clean(integer) -> public.tidy(integer)
-- rename: AGGREGATE public.most(integer) -> public.largest(integer)
-- from
create procedure clean(int) language sql begin atomic select $1; end;
create aggregate most (int) (sfunc = int4larger, stype = int);
create table t (a int);
create view v as select most(a) as m from t;
-- to
create procedure tidy(int) language sql begin atomic select $1; end;
create aggregate largest (int) (sfunc = int4larger, stype = int);
create table t (a int);
create view v as select largest(a) as m from t;

-- pair: function-with-a-renamed-type-among-its-arguments
-- rename: DOMAIN public.code -> public.short_code
-- rename: FUNCTION public.f(public.short_code) -> public.g(public.short_code)
-- from
create domain code as text;
create function f(code) returns int immutable language sql return length($1);
create table t (a code, n int generated always as (f(a)) stored);
-- to
create domain short_code as text;
create function g(short_code) returns int immutable language sql return length($1);
create table t (a short_code, n int generated always as (g(a)) stored);
-- rows
insert into t values ('abc');

-- pair: bodies-that-name-the-table-as-text
-- rename: TABLE public.person -> public.people
-- from
create table person (id int, name text);
create function counted() returns bigint stable language sql as 'select count(*) from person';
create function first_one() returns text stable language plpgsql as $$ begin return (select name from person limit 1); end $$;
-- to
create table people (id int, name text);
create function counted() returns bigint stable language sql as 'select count(*) from people';
create function first_one() returns text stable language plpgsql as $$ begin return (select name from people limit 1); end $$;
-- rows
insert into person values (1, 'a');

-- pair: sequence-that-defaults-call
-- rename: SEQUENCE public.numbers -> counts.tickets
-- both
create schema counts;
-- from
create sequence numbers start 50 increment 5;
create table a (id int default nextval('numbers'), v text);
create table b (id int default nextval('numbers'::regclass) + 1, v text);
grant usage on sequence numbers to clerk;
-- to
create sequence counts.tickets start 50 increment 5;
create table a (id int default nextval('counts.tickets'), v text);
create table b (id int default nextval('counts.tickets'::regclass) + 1, v text);
grant usage on sequence counts.tickets to clerk;
-- rows
insert into a (v) values ('x'), ('y');
insert into b (v) values ('z');

-- pair: sequence-of-a-column
-- rename: SEQUENCE public.numbers -> public.tickets
-- from
create table a (id int primary key, v text);
create sequence numbers owned by a.id;
alter table a alter id set default nextval('numbers');
-- to
create table a (id int primary key, v text);
create sequence tickets owned by a.id;
alter table a alter id set default nextval('tickets');
-- rows
insert into a (v) values ('x'), ('y');

-- pair: views-over-views
-- rename: VIEW public.open_items -> report.still_open
-- rename: MATERIALIZED_VIEW public.kept -> report.snapshot
-- both
create schema report;
create table items (id int primary key, open boolean);
create function stop() returns trigger language plpgsql as $$ begin return null; end $$;
-- from
create view open_items as select id from items where open;
create view of_view as select o.id from open_items o join items using (id);
create trigger into_view instead of insert on open_items for each row execute function stop();
create rule never as on delete to open_items do instead nothing;
create materialized view kept as select id from open_items;
create unique index kept_id on kept (id);
create view of_kept as select kept.id from kept;
comment on view open_items is 'to do';
comment on materialized view kept is 'as of the last refresh';
grant select on open_items to clerk;
grant select on kept to clerk;
-- to
create view report.still_open as select id from items where open;
create view of_view as select o.id from report.still_open o join items using (id);
create trigger into_view instead of insert on report.still_open for each row execute function stop();
create rule never as on delete to report.still_open do instead nothing;
create materialized view report.snapshot as select id from report.still_open;
create unique index kept_id on report.snapshot (id);
create view of_kept as select snapshot.id from report.snapshot;
comment on view report.still_open is 'to do';
comment on materialized view report.snapshot is 'as of the last refresh';
grant select on report.still_open to clerk;
grant select on report.snapshot to clerk;

-- pair: column-of-a-view
-- rename: COLUMN public.items.open -> public.items.is_open
-- both
create table other (a int);
-- from
create table items (id int primary key, open boolean);
create view v as select id, open from items;
create view w as select v.open from v where v.open;
-- to
create table items (id int primary key, is_open boolean);
create view v as select id, is_open from items;
create view w as select v.is_open from v where v.is_open;
-- rows
insert into items values (1, true);

-- pair: parts-by-name
-- rename: CONSTRAINT public.t.t_check -> public.t.positive
-- rename: CONSTRAINT public.t.t_pkey -> public.t.key_of_t
-- rename: CONSTRAINT public.r.r_a_fkey -> public.r.of_t
-- rename: INDEX public.t_b_idx -> public.found_by_b
-- rename: TRIGGER public.t.old_trigger -> public.t.new_trigger
-- rename: POLICY public.t.old_policy -> public.t.new_policy
-- rename: STATISTICS public.old_stats -> public.new_stats
-- both
create function stop() returns trigger language plpgsql as $$ begin return new; end $$;
-- from
create table t (a int primary key, b int, constraint t_check check (a > 0));
create table r (a int references t);
create index on t (b);
create trigger old_trigger before insert on t for each row execute function stop();
alter table t enable row level security;
create policy old_policy on t using (a > 1);
create statistics old_stats on a, b from t;
comment on constraint t_check on t is 'c';
comment on trigger old_trigger on t is 't';
comment on policy old_policy on t is 'p';
comment on index t_b_idx is 'i';
alter table t cluster on t_b_idx;
alter table t replica identity using index t_pkey;
-- to
create table t (a int, b int, constraint positive check (a > 0), constraint key_of_t primary key (a));
create table r (a int, constraint of_t foreign key (a) references t);
create index found_by_b on t (b);
create trigger new_trigger before insert on t for each row execute function stop();
alter table t enable row level security;
create policy new_policy on t using (a > 1);
create statistics new_stats on a, b from t;
comment on constraint positive on t is 'c';
comment on trigger new_trigger on t is 't';
comment on policy new_policy on t is 'p';
comment on index found_by_b is 'i';
alter table t cluster on found_by_b;
alter table t replica identity using index key_of_t;
-- rows
insert into t values (1, 2);
insert into r values (1);

-- pair: parts-by-name-that-change-too
-- rename: CONSTRAINT public.t.small -> public.t.large
-- rename: POLICY public.t.old_policy -> public.t.new_policy
-- rename: INDEX public.by_a -> public.by_b
-- rename: TRIGGER public.t.old_trigger -> public.t.new_trigger
-- both
create function stop() returns trigger language plpgsql as $$ begin return new; end $$;
-- from
create table t (a int, b int, constraint small check (a < 10));
create index by_a on t (a);
alter table t enable row level security;
create policy old_policy on t using (a > 1);
create trigger old_trigger before insert on t for each row execute function stop();
-- to
create table t (a int, b int, constraint large check (a < 100));
create index by_b on t (b);
alter table t enable row level security;
create policy new_policy on t using (a > 2);
create trigger new_trigger before insert or update on t for each row execute function stop();
-- rows
insert into t values (1, 2);

-- pair: partitioned-index-and-constraint-by-name
-- rename: INDEX public.log_v_idx -> public.said
-- rename: CONSTRAINT public.log.log_pkey -> public.log.key_of_log
-- from
create table log (id int, d int, v text, primary key (id, d)) partition by range (d);
create table log_1 partition of log for values from (0) to (10);
create index on log (v);
-- to
create table log (id int, d int, v text, constraint key_of_log primary key (id, d)) partition by range (d);
create table log_1 partition of log for values from (0) to (10);
create index said on log (v);
-- rows
insert into log values (1, 1, 'a');

-- pair: collation-and-text-search
-- rename: COLLATION public.plain -> public.bytes
-- rename: TEXT_SEARCH_CONFIGURATION public.words -> public.terms
-- rename: TEXT_SEARCH_DICTIONARY public.simple_one -> public.simple_two
-- from
create collation plain from "C";
create text search dictionary simple_one (template = pg_catalog.simple);
create text search configuration words (copy = pg_catalog.simple);
alter text search configuration words alter mapping for asciiword with simple_one;
create table t (a text collate plain, b text);
create index on t (b collate plain);
create index on t using gin (to_tsvector('words', b));
create view v as select a collate plain as a from t;
-- to
create collation bytes from "C";
create text search dictionary simple_two (template = pg_catalog.simple);
create text search configuration terms (copy = pg_catalog.simple);
alter text search configuration terms alter mapping for asciiword with simple_two;
create table t (a text collate bytes, b text);
create index on t (b collate bytes);
create index on t using gin (to_tsvector('terms', b));
create view v as select a collate bytes as a from t;
-- rows
insert into t values ('a', 'b');

-- pair: foreign-table-and-its-column
-- rename: FOREIGN_TABLE public.far -> public.away
-- rename: COLUMN public.away.a -> public.away.x
-- both
create foreign data wrapper nothing;
create server nowhere foreign data wrapper nothing;
-- from
create foreign table far (a int not null, b text) server nowhere options (name 'x');
create view v as select a, b from far;
comment on foreign table far is 'elsewhere';
-- to
create foreign table away (x int not null, b text) server nowhere options (name 'x');
create view v as select x as a, b from away;
comment on foreign table away is 'elsewhere';

-- pair: several-of-all-kinds-at-once
-- rename: ENUM public.mood -> kinds.feeling
-- rename: DOMAIN public.word -> kinds.term
-- rename: TABLE public.person -> public.people
-- rename: TABLE public.entry -> public.note
-- rename: VIEW public.open_entries -> public.open_notes
-- rename: FUNCTION public.glad(kinds.feeling) -> public.happy(kinds.feeling)
-- rename: SEQUENCE public.entry_numbers -> public.note_numbers
-- rename: COLUMN public.people.nick -> public.people.name
-- rename: COLUMN public.note.person -> public.note.author
-- rename: COLUMN public.note.m -> public.note.feeling
-- both
create schema kinds;
-- from
create type mood as enum ('low', 'high');
create domain word as text check (value <> '');
create function glad(mood) returns boolean immutable language sql return $1 = 'high'::mood;
create sequence entry_numbers;
create table person (id serial primary key, nick word not null);
create table entry (id int primary key default nextval('entry_numbers'), person int references person, m mood default 'low', said word);
create index on entry (person, m) where glad(m);
create view open_entries as select e.id, p.nick from entry e join person p on p.id = e.person where not glad(e.m);
-- to
create type kinds.feeling as enum ('low', 'high');
create domain kinds.term as text check (value <> '');
create function happy(kinds.feeling) returns boolean immutable language sql return $1 = 'high'::kinds.feeling;
create sequence note_numbers;
create table people (id serial primary key, name kinds.term not null);
create table note (id int primary key default nextval('note_numbers'), author int references people, feeling kinds.feeling default 'low', said kinds.term);
create index on note (author, feeling) where happy(feeling);
create view open_notes as select e.id, p.name as nick from note e join people p on p.id = e.author where not happy(e.feeling);
-- rows
insert into person (nick) values ('a'), ('b');
insert into entry (person, m, said) values (1, 'high', 'x'), (2, 'low', 'y');

-- pair: typed-table-and-its-type
-- rename: COMPOSITE_TYPE public.row_of_t -> public.shape
-- rename: ATTRIBUTE public.shape.a -> public.shape.x
-- from
create type row_of_t as (a int, b text);
create table t of row_of_t (a with options not null);
create index on t (a);
-- to
create type shape as (x int, b text);
create table t of shape (x with options not null);
create index on t (x);
-- rows
insert into t values (1, 'p');

-- pair: constraints-of-a-typed-table-change
-- from
create type shape as (a int, b text);
create table t of shape (primary key (a), constraint small check (a < 10));
-- to
create type shape as (a int, b text);
create table t of shape (constraint key_of_t primary key (a), constraint few check (a < 10));
-- rows
insert into t values (1, 'p');

-- pair: foreign-keys-with-columns-of-one-name
-- rename: COLUMN public.parent.id -> public.parent.nr
-- rename: COLUMN public.tree.id -> public.tree.nr
-- from
create table parent (id int primary key, more int);
create table child (id int references parent (id), more int);
create table tree (id int primary key, above int references tree (id));
-- to
create table parent (nr int primary key, more int);
create table child (id int references parent (nr), more int);
create table tree (nr int primary key, above int references tree (nr));
-- rows
insert into parent values (1, 2);
insert into child values (1, 3);
insert into tree values (1, null), (2, 1);

-- pair: column-called-as-a-type-or-a-function
-- rename: COLUMN public.t.text -> public.t.lower
-- rename: COLUMN public.t.zone -> public.t.text
-- from
create table t (text text, zone timestamp with time zone, a int, constraint low check (lower(text) <> 'text'), constraint late check (zone > 'epoch'::timestamp with time zone));
create index on t (lower(text), (a::text));
-- to
create table t (lower text, text timestamp with time zone, a int, constraint low check (lower(lower) <> 'text'), constraint late check (text > 'epoch'::timestamp with time zone));
create index on t (lower(lower), (a::text));
-- rows
insert into t values ('x', now(), 1);

-- pair: constraint-and-its-column-of-one-name
-- rename: COLUMN public.t.key -> public.t.unique_key
-- from
create table t (key int, constraint key check (key > 0), primary key (key));
-- to
create table t (unique_key int, constraint key check (unique_key > 0), primary key (unique_key));
-- rows
insert into t values (1);

-- pair: operators-and-casts-of-a-renamed-type
-- rename: COMPOSITE_TYPE public.box2 -> public.chest
-- rename: FUNCTION public.bigger(public.chest, public.chest) -> public.larger(public.chest, public.chest)
-- from
create type box2 as (x int);
create function bigger(box2, box2) returns boolean immutable language sql return ($1).x > ($2).x;
create operator >>> (leftarg = box2, rightarg = box2, function = bigger);
create function as_int(box2) returns int immutable language sql return ($1).x;
create cast (box2 as int) with function as_int(box2);
create aggregate first_of (box2) (sfunc = array_append, stype = box2[]);
-- to
create type chest as (x int);
create function larger(chest, chest) returns boolean immutable language sql return ($1).x > ($2).x;
create operator >>> (leftarg = chest, rightarg = chest, function = larger);
create function as_int(chest) returns int immutable language sql return ($1).x;
create cast (chest as int) with function as_int(chest);
create aggregate first_of (chest) (sfunc = array_append, stype = chest[]);

-- pair: function-moves-away-from-a-type-of-its-name
-- rename: FUNCTION old.code(old.code) -> kinds.size(old.code)
-- from
create schema old;
create schema kinds;
create domain old.code as text;
create function old.code(old.code) returns int immutable language sql return length($1);
-- to
create schema old;
create schema kinds;
create domain old.code as text;
create function kinds.size(old.code) returns int immutable language sql return length($1);
