-- pair: order/default-calls-function-over-its-table

-- up
CREATE TABLE public.queue (
    id integer,
    place integer
);
CREATE FUNCTION public.last_place()
 RETURNS integer
 LANGUAGE sql
BEGIN ATOMIC
 SELECT COALESCE(max(queue.place), 0) AS "coalesce"
    FROM public.queue;
END;
ALTER TABLE public.queue ALTER COLUMN place SET DEFAULT (public.last_place() + 1);

-- down
ALTER TABLE public.queue ALTER COLUMN place DROP DEFAULT;
DROP FUNCTION public.last_place();
--   loses data: all rows of table public.queue
DROP TABLE public.queue;

-- pair: order/check-calls-function-of-the-row

-- up
CREATE TABLE public.crate (
    w integer,
    h integer
);
CREATE FUNCTION public.fits(public.crate)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).w * ($1).h < 100$function$;
--   blocks with ACCESS EXCLUSIVE on public.crate
ALTER TABLE public.crate ADD CONSTRAINT fits CHECK (public.fits(crate.*));

-- down
--   blocks with ACCESS EXCLUSIVE on public.crate
ALTER TABLE public.crate DROP CONSTRAINT fits;
DROP FUNCTION public.fits(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;

-- pair: order/index-calls-function-of-the-row

-- up
CREATE TABLE public.crate (
    w integer,
    h integer
);
CREATE FUNCTION public.area(public.crate)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).w * ($1).h$function$;
CREATE INDEX crate_area ON public.crate (public.area(crate.*));

-- down
--   blocks with ACCESS EXCLUSIVE on public.crate
DROP INDEX public.crate_area;
DROP FUNCTION public.area(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;

-- pair: order/index-condition-calls-function-of-the-row

-- up
CREATE TABLE public.crate (
    w integer,
    h integer
);
CREATE FUNCTION public.big(public.crate)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).w > 10$function$;
CREATE INDEX big_boxes ON public.crate (h) WHERE public.big(crate.*);

-- down
--   blocks with ACCESS EXCLUSIVE on public.crate
DROP INDEX public.big_boxes;
DROP FUNCTION public.big(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;

-- pair: order/trigger-condition-calls-function-of-the-row

-- up
CREATE TABLE public.crate (
    w integer,
    h integer
);
CREATE FUNCTION public.is_odd(public.crate)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).w % 2 = 1$function$;
CREATE FUNCTION public.noop()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin return new; end $function$;
CREATE TRIGGER watch BEFORE UPDATE ON public.crate FOR EACH ROW WHEN (public.is_odd(new.*)) EXECUTE FUNCTION public.noop();

-- down
DROP TRIGGER watch ON public.crate;
DROP FUNCTION public.is_odd(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;
DROP FUNCTION public.noop();

-- pair: order/rule-calls-function-of-the-row

-- up
CREATE TABLE public.crate (
    w integer,
    h integer
);
CREATE TABLE public.seen (
    n integer
);
CREATE FUNCTION public.width(public.crate)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).w$function$;
CREATE RULE remember AS
    ON DELETE TO public.crate DO  INSERT INTO public.seen (n)  SELECT public.width(old.*) AS width;

-- down
DROP RULE remember ON public.crate;
--   loses data: all rows of table public.seen
DROP TABLE public.seen;
DROP FUNCTION public.width(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;

-- pair: order/statistics-call-function-of-the-row

-- up
CREATE TABLE public.crate (
    w integer,
    h integer
);
CREATE FUNCTION public.area(integer, integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select $1 * $2$function$;
CREATE STATISTICS public.crate_area ON w, public.area(w, h) FROM public.crate;

-- down
--   loses data: all rows of table public.crate
DROP TABLE public.crate;
DROP FUNCTION public.area(integer, integer);

-- pair: order/generated-column-calls-function

-- up
CREATE FUNCTION public.half(integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select $1 / 2$function$;
CREATE TABLE public.crate (
    w integer,
    h integer GENERATED ALWAYS AS (public.half(w)) STORED
);

-- down
--   loses data: all rows of table public.crate
DROP TABLE public.crate;
DROP FUNCTION public.half(integer);

-- pair: order/view-and-index-over-function-of-the-row

-- up
CREATE TABLE public.crate (
    w integer,
    h integer
);
CREATE FUNCTION public.area(b public.crate)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select (b).w * (b).h$function$;
CREATE INDEX crate_area_idx ON public.crate (public.area(crate.*));
CREATE VIEW public.areas AS
SELECT public.area(crate.*) AS a
   FROM public.crate;

-- down
--   blocks with ACCESS EXCLUSIVE on public.crate
DROP INDEX public.crate_area_idx;
DROP VIEW public.areas;
DROP FUNCTION public.area(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;

-- pair: order/default-of-another-tables-row

-- up
CREATE TABLE public.setting (
    key text,
    value integer
);
CREATE TRIGGER t BEFORE INSERT ON public.setting FOR EACH ROW WHEN ((new.value > 0)) EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE FUNCTION public.setting_of(k text)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
AS $function$ begin return (select value from setting where key = k); end $function$;
CREATE TABLE public.item (
    id integer,
    price integer DEFAULT public.setting_of('price'::text)
);

-- down
--   loses data: all rows of table public.item
DROP TABLE public.item;
DROP FUNCTION public.setting_of(text);
--   loses data: all rows of table public.setting
DROP TABLE public.setting;

-- pair: order/capitals-in-sql-body

-- up
CREATE FUNCTION public.z_base(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select $1 + 1$function$;
CREATE FUNCTION public.a_top(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT Z_Base($1) * 2$function$;

-- down
DROP FUNCTION public.a_top(integer);
DROP FUNCTION public.z_base(integer);

-- pair: order/quoted-name-in-sql-body

-- up
CREATE TABLE public."Odd Table" (
    id integer
);
CREATE FUNCTION public.a_count()
 RETURNS bigint
 LANGUAGE sql
AS $function$select count(*) from "Odd Table"$function$;
CREATE FUNCTION public."z Quoted"()
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;
CREATE FUNCTION public.b_calls()
 RETURNS integer
 LANGUAGE sql
AS $function$select "z Quoted"()$function$;

-- down
DROP FUNCTION public.a_count();
--   loses data: all rows of table public.Odd Table
DROP TABLE public."Odd Table";
DROP FUNCTION public.b_calls();
DROP FUNCTION public."z Quoted"();

-- pair: order/operator-in-sql-body

-- up
CREATE FUNCTION public.z_near(integer, integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select abs($1 - $2) < 2$function$;
CREATE OPERATOR public.~~~ (
    function = public.z_near,
    leftarg = integer,
    rightarg = integer
);
CREATE FUNCTION public.a_near(integer)
 RETURNS boolean
 LANGUAGE sql
AS $function$select $1 ~~~ 5$function$;

-- down
DROP FUNCTION public.a_near(integer);
DROP OPERATOR public.~~~ (integer, integer);
DROP FUNCTION public.z_near(integer, integer);

-- pair: order/cast-in-sql-body

-- up
CREATE TYPE public.z_cents AS (
    n bigint
);
SET LOCAL check_function_bodies = off;
CREATE FUNCTION public.z_cents(integer)
 RETURNS public.z_cents
 LANGUAGE sql
 IMMUTABLE
AS $function$select row($1 * 100)::z_cents$function$;
SET LOCAL check_function_bodies = on;
CREATE CAST (integer AS public.z_cents) WITH FUNCTION public.z_cents(integer);
CREATE FUNCTION public.a_price(integer)
 RETURNS bigint
 LANGUAGE sql
AS $function$select ($1::z_cents).n$function$;
SELECT pg_catalog.fmgr_sql_validator(CAST('public.z_cents(integer)' AS pg_catalog.regprocedure));

-- down
DROP FUNCTION public.a_price(integer);
DROP CAST (integer AS public.z_cents);
DROP FUNCTION public.z_cents(integer);
DROP TYPE public.z_cents;

-- pair: order/regproc-in-default

-- up
CREATE FUNCTION public.z_handler(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;
CREATE TABLE public.a_job (
    id integer,
    run regprocedure DEFAULT 'public.z_handler(integer)'
);

-- down
--   loses data: all rows of table public.a_job
DROP TABLE public.a_job;
DROP FUNCTION public.z_handler(integer);

-- pair: order/regoper-in-view

-- up
CREATE FUNCTION public.z_plus(integer, integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select $1 + $2$function$;
CREATE OPERATOR public.@+@ (
    function = public.z_plus,
    leftarg = integer,
    rightarg = integer
);
CREATE VIEW public.a_ops AS
SELECT (('public.@+@(integer,integer)'::regoperator)::oid > (0)::oid) AS op;

-- down
DROP VIEW public.a_ops;
DROP OPERATOR public.@+@ (integer, integer);
DROP FUNCTION public.z_plus(integer, integer);

-- pair: order/regclass-in-check

-- up
CREATE TABLE public.z_kind (
    id integer
);
CREATE TABLE public.a_ref (
    t regclass CHECK ((t)::oid <> ('public.z_kind'::regclass)::oid)
);

-- down
--   loses data: all rows of table public.a_ref
DROP TABLE public.a_ref;
--   loses data: all rows of table public.z_kind
DROP TABLE public.z_kind;

-- pair: order/regnamespace-in-view

-- up
CREATE SCHEMA z_side;
CREATE VIEW public.a_side AS
SELECT count(*) AS count
   FROM pg_class
  WHERE (pg_class.relnamespace = ('z_side'::regnamespace)::oid);

-- down
DROP VIEW public.a_side;
DROP SCHEMA z_side;

-- pair: order/regtype-in-default

-- up
CREATE TYPE public.z_mood AS ENUM ('ok');
CREATE TABLE public.a_t (
    id integer,
    t regtype DEFAULT 'public.z_mood'
);

-- down
--   loses data: all rows of table public.a_t
DROP TABLE public.a_t;
DROP TYPE public.z_mood;

-- pair: order/nextval-by-name-in-default

-- up
CREATE SEQUENCE public.z_numbers;
CREATE TABLE public.a_order (
    id bigint DEFAULT nextval('public.z_numbers'::regclass)
);

-- down
--   loses data: all rows of table public.a_order
DROP TABLE public.a_order;
--   loses data: the position of sequence public.z_numbers
DROP SEQUENCE public.z_numbers;

-- pair: order/functions-that-call-one-another

-- up
SET LOCAL check_function_bodies = off;
CREATE FUNCTION public.odd(n integer)
 RETURNS boolean
 LANGUAGE sql
AS $function$select n <> 0 and even(n - 1)$function$;
SET LOCAL check_function_bodies = on;
CREATE FUNCTION public.even(n integer)
 RETURNS boolean
 LANGUAGE sql
AS $function$select n = 0 or odd(n - 1)$function$;
SELECT pg_catalog.fmgr_sql_validator(CAST('public.odd(integer)' AS pg_catalog.regprocedure));

-- down
DROP FUNCTION public.odd(integer);
DROP FUNCTION public.even(integer);

-- pair: order/new-column-in-sql-body

-- up
--   blocks with ACCESS EXCLUSIVE on public.stock
ALTER TABLE public.stock ADD COLUMN amount integer;
CREATE OR REPLACE FUNCTION public.a_total()
 RETURNS bigint
 LANGUAGE sql
AS $function$select sum(amount) from stock$function$;

-- down
--   loses data: column public.stock.amount
ALTER TABLE public.stock DROP COLUMN amount;
CREATE OR REPLACE FUNCTION public.a_total()
 RETURNS bigint
 LANGUAGE sql
AS $function$select count(*) from stock$function$;

-- pair: order/chain-of-four-in-reverse

-- up
CREATE FUNCTION public.f4(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select $1$function$;
CREATE FUNCTION public.f3(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select F4($1)$function$;
CREATE FUNCTION public.f2(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select "f3"($1)$function$;
CREATE FUNCTION public.f1(integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select f2($1)$function$;

-- down
DROP FUNCTION public.f1(integer);
DROP FUNCTION public.f2(integer);
DROP FUNCTION public.f3(integer);
DROP FUNCTION public.f4(integer);

-- pair: order/text-search-configuration-in-body

-- up
CREATE TEXT SEARCH CONFIGURATION public.z_plain (parser = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR asciihword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR asciiword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR float WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR hword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR hword_asciipart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR hword_part WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR int WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR uint WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.z_plain ADD MAPPING FOR word WITH simple;
CREATE FUNCTION public.a_vector(text)
 RETURNS tsvector
 LANGUAGE sql
AS $function$ select to_tsvector('z_plain', $1) $function$;

-- down
DROP FUNCTION public.a_vector(text);
DROP TEXT SEARCH CONFIGURATION public.z_plain;

-- pair: order/procedure-called-in-body

-- up
CREATE TABLE public.z_log (
    t text
);
CREATE PROCEDURE public.z_write(IN text)
 LANGUAGE sql
AS $procedure$insert into Z_LOG values ($1)$procedure$;
CREATE PROCEDURE public.a_write()
 LANGUAGE sql
AS $procedure$ call Z_Write('x') $procedure$;

-- down
DROP PROCEDURE public.a_write();
DROP PROCEDURE public.z_write(text);
--   loses data: all rows of table public.z_log
DROP TABLE public.z_log;

-- pair: order/aggregate-in-body

-- up
CREATE TABLE public.t (
    n integer
);
CREATE AGGREGATE public.z_sum(integer) (
    sfunc = int4pl,
    stype = integer,
    initcond = '0'
);
CREATE FUNCTION public.a_sum()
 RETURNS integer
 LANGUAGE sql
AS $function$select Z_Sum(n) from t$function$;

-- down
DROP FUNCTION public.a_sum();
--   loses data: all rows of table public.t
DROP TABLE public.t;
DROP AGGREGATE public.z_sum(integer);

-- pair: order/view-over-function-over-view

-- up
CREATE VIEW public.z_base AS
SELECT 1 AS n;
CREATE FUNCTION public.m_read()
 RETURNS SETOF public.z_base
 LANGUAGE sql
 STABLE
AS $function$select * from z_base$function$;
CREATE VIEW public.a_top AS
SELECT m_read.n
   FROM public.m_read() m_read(n);

-- down
DROP VIEW public.a_top;
DROP FUNCTION public.m_read();
DROP VIEW public.z_base;

-- pair: order/two-foreign-keys-that-cross

-- up
CREATE TABLE public.b (
    id integer PRIMARY KEY,
    a integer
);
CREATE TABLE public.a (
    id integer PRIMARY KEY,
    b integer,
    CONSTRAINT a_b FOREIGN KEY (b) REFERENCES public.b(id)
);
--   blocks with SHARE ROW EXCLUSIVE on public.b
ALTER TABLE public.b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a) REFERENCES public.a(id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a DROP CONSTRAINT a_b;
--   loses data: all rows of table public.b
DROP TABLE public.b;
--   loses data: all rows of table public.a
DROP TABLE public.a;

-- pair: order/key-moves-to-another-column

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (code);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

-- pair: order/key-moves-with-foreign-key

-- up
--   blocks with ACCESS EXCLUSIVE on public.r
ALTER TABLE public.r DROP CONSTRAINT r_t_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_code_key;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_id_key UNIQUE (id);
--   fails if this finds rows: SELECT * FROM public.r t WHERE (t.t IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t)
--   scans public.r
--   blocks with SHARE ROW EXCLUSIVE on public.r
ALTER TABLE public.r ADD CONSTRAINT r_t_fkey FOREIGN KEY (t) REFERENCES public.t(id);
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (code);

-- down
--   blocks with ACCESS EXCLUSIVE on public.r
ALTER TABLE public.r DROP CONSTRAINT r_t_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_id_key;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_code_key UNIQUE (code);
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
--   fails if this finds rows: SELECT * FROM public.r t WHERE (t.t IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t)
--   scans public.r
--   blocks with SHARE ROW EXCLUSIVE on public.r
ALTER TABLE public.r ADD CONSTRAINT r_t_fkey FOREIGN KEY (t) REFERENCES public.t(id);

-- pair: order/table-and-view-swap-names

-- up
DROP VIEW public.y;
--   loses data: all rows of table public.x
DROP TABLE public.x;
CREATE TABLE public.y (
    id integer
);
CREATE VIEW public.x AS
SELECT y.id
   FROM public.y;

-- down
DROP VIEW public.x;
--   loses data: all rows of table public.y
DROP TABLE public.y;
CREATE TABLE public.x (
    id integer
);
CREATE VIEW public.y AS
SELECT x.id
   FROM public.x;

-- pair: order/sequence-default-and-owner-in-a-ring

-- up
CREATE SEQUENCE public.numbers;
CREATE TABLE public.t (
    id integer DEFAULT nextval('public.numbers'::regclass),
    n integer
);
ALTER SEQUENCE public.numbers OWNED BY public.t.n;

-- down
--   loses data: all rows of table public.t
DROP TABLE public.t;

-- pair: order/domain-check-calls-function-over-table

-- up
CREATE TABLE public.allowed (
    v text
);
CREATE FUNCTION public.is_allowed(text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$ begin return exists (select from allowed where v = $1); end $function$;
CREATE DOMAIN public.word AS text
    CONSTRAINT word_check CHECK (public.is_allowed(VALUE));
CREATE TABLE public.sentence (
    w public.word
);

-- down
--   loses data: all rows of table public.sentence
DROP TABLE public.sentence;
DROP DOMAIN public.word;
DROP FUNCTION public.is_allowed(text);
--   loses data: all rows of table public.allowed
DROP TABLE public.allowed;

-- pair: order/sql-bodies-in-literals-of-every-kind

-- up
CREATE SCHEMA "Odd Place";
CREATE TABLE "Odd Place"."Mixed" (
    id integer
);
CREATE FUNCTION "Odd Place".plus(integer, integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select $1 + $2$function$;
CREATE FUNCTION public.a1()
 RETURNS oid
 LANGUAGE sql
AS $function$ select '"Odd Place"."Mixed"'::regclass::oid $function$;
CREATE FUNCTION public.a3()
 RETURNS oid
 LANGUAGE sql
AS $function$ select '"Odd Place"'::regnamespace::oid $function$;
CREATE FUNCTION public.a5()
 RETURNS bigint
 LANGUAGE sql
AS $function$ select COUNT(*) from "Odd Place"."Mixed" $function$;
CREATE OPERATOR public.<+> (
    function = "Odd Place".plus,
    leftarg = integer,
    rightarg = integer
);
CREATE FUNCTION public.a2()
 RETURNS oid
 LANGUAGE sql
AS $function$ select 'public.<+>'::regoper::oid $function$;
CREATE FUNCTION public.a4()
 RETURNS integer
 LANGUAGE sql
AS $function$ select 1 operator(public.<+>) 2 $function$;
CREATE VIEW public.w AS
SELECT public.a1() AS a,
    public.a4() AS b;

-- down
DROP FUNCTION public.a2();
DROP FUNCTION public.a3();
DROP FUNCTION public.a5();
DROP VIEW public.w;
DROP FUNCTION public.a1();
--   loses data: all rows of table Odd Place.Mixed
DROP TABLE "Odd Place"."Mixed";
DROP FUNCTION public.a4();
DROP OPERATOR public.<+> (integer, integer);
DROP FUNCTION "Odd Place".plus(integer, integer);
DROP SCHEMA "Odd Place";

-- pair: order/ring-of-sql-functions-and-a-table

-- up
SET LOCAL check_function_bodies = off;
CREATE FUNCTION public.pong(n integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select case when n > 0 then ping(n - 1) else 0 end$function$;
SET LOCAL check_function_bodies = on;
CREATE FUNCTION public.ping(n integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select case when n > 0 then pong(n - 1) else 0 end$function$;
CREATE TABLE public.t (
    n integer DEFAULT public.ping(2) CHECK (public.pong(n) = 0)
);
CREATE FUNCTION public.zing()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$begin return ping(3); end$function$;
SELECT pg_catalog.fmgr_sql_validator(CAST('public.pong(integer)' AS pg_catalog.regprocedure));

-- down
--   loses data: all rows of table public.t
DROP TABLE public.t;
DROP FUNCTION public.zing();
DROP FUNCTION public.pong(integer);
DROP FUNCTION public.ping(integer);

-- pair: order/materialized-view-over-whole-rows-whose-column-changes

-- up
DROP MATERIALIZED VIEW public.m;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN val TYPE bigint;
CREATE MATERIALIZED VIEW public.m AS
SELECT t.*::public.t AS t
   FROM public.t;

-- down
DROP MATERIALIZED VIEW public.m;
--   fails if this finds rows: SELECT * FROM public.t WHERE val NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN val TYPE integer;
CREATE MATERIALIZED VIEW public.m AS
SELECT t.*::public.t AS t
   FROM public.t;

-- pair: order/key-moves-and-the-old-column-may-be-null

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
ALTER TABLE public.t ALTER COLUMN id DROP NOT NULL;
--   fails if this finds rows: SELECT uid FROM public.t WHERE uid IS NOT NULL GROUP BY uid HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (uid);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT * FROM public.t WHERE id IS NULL
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN id SET NOT NULL;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

-- pair: order/key-moves-to-a-column-that-may-be-null

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_uid_key;
--   fails if this finds rows: SELECT * FROM public.t WHERE uid IS NULL
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN uid SET NOT NULL;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_id_key UNIQUE (id);
--   fails if this finds rows: SELECT uid FROM public.t WHERE uid IS NOT NULL GROUP BY uid HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (uid);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_id_key;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
ALTER TABLE public.t ALTER COLUMN uid DROP NOT NULL;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
--   fails if this finds rows: SELECT uid FROM public.t WHERE uid IS NOT NULL GROUP BY uid HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_uid_key UNIQUE (uid);

-- pair: order/key-moves-below-foreign-keys

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_code_key;
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u DROP CONSTRAINT u_t_id_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_id_key UNIQUE (id);
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (code);
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.t_id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t_id)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
ALTER TABLE public.u ADD CONSTRAINT u_t_id_fkey FOREIGN KEY (t_id) REFERENCES public.t(id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u DROP CONSTRAINT u_t_id_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_id_key;
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_code_key UNIQUE (code);
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.t_id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t_id)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
ALTER TABLE public.u ADD CONSTRAINT u_t_id_fkey FOREIGN KEY (t_id) REFERENCES public.t(id);

-- pair: order/key-gets-a-column-and-loses-one

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
ALTER TABLE public.t ALTER COLUMN c DROP NOT NULL;
--   fails if this finds rows: SELECT a, b FROM public.t WHERE a IS NOT NULL AND b IS NOT NULL GROUP BY a, b HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (a, b);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT * FROM public.t WHERE c IS NULL
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN c SET NOT NULL;
--   fails if this finds rows: SELECT a, c FROM public.t WHERE a IS NOT NULL AND c IS NOT NULL GROUP BY a, c HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (a, c);

