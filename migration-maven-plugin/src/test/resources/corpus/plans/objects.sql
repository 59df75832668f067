-- pair: objects/extension-comes

-- up
CREATE EXTENSION citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';
CREATE TABLE public.t (
    c public.citext
);

-- down
--   loses data: all rows of table public.t
DROP TABLE public.t;
DROP EXTENSION citext;

-- pair: objects/extension-moves

-- up
ALTER EXTENSION pg_trgm SET SCHEMA tools;

-- down
ALTER EXTENSION pg_trgm SET SCHEMA public;

-- pair: objects/extension-with-comment

-- up
CREATE EXTENSION hstore WITH SCHEMA public;
COMMENT ON EXTENSION hstore IS 'ours';

-- down
DROP EXTENSION hstore;

-- pair: objects/extension-that-cannot-move

-- up
DROP EXTENSION xml2;
CREATE EXTENSION xml2 WITH SCHEMA two;
COMMENT ON EXTENSION xml2 IS 'XPath querying and XSLT';

-- down
DROP EXTENSION xml2;
CREATE EXTENSION xml2 WITH SCHEMA one;
COMMENT ON EXTENSION xml2 IS 'XPath querying and XSLT';

-- pair: objects/schemas

-- up
--   loses data: all rows of table old.t
DROP TABLE old.t;
DROP SCHEMA old;
CREATE SCHEMA fresh;
CREATE TABLE fresh.t (
    id integer
);
COMMENT ON SCHEMA fresh IS 'new one';

-- down
--   loses data: all rows of table fresh.t
DROP TABLE fresh.t;
DROP SCHEMA fresh;
CREATE SCHEMA old;
CREATE TABLE old.t (
    id integer
);

-- pair: objects/schema-named-in-a-view

-- up
CREATE SCHEMA zone;
CREATE VIEW public.counted AS
SELECT count(*) AS n
   FROM pg_class
  WHERE (pg_class.relnamespace = ('zone'::regnamespace)::oid);

-- down
DROP VIEW public.counted;
DROP SCHEMA zone;

-- pair: objects/language

-- up
CREATE LANGUAGE plx HANDLER plpgsql_call_handler;

-- down
DROP LANGUAGE plx;

-- pair: objects/trusted-language-with-validator

-- up
DROP LANGUAGE plx;
CREATE TRUSTED LANGUAGE plx HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator;

-- down
DROP LANGUAGE plx;
CREATE LANGUAGE plx HANDLER plpgsql_call_handler;

-- pair: objects/language-with-function

-- up
CREATE LANGUAGE plx HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
COMMENT ON LANGUAGE plx IS 'like plpgsql';
CREATE FUNCTION public.f()
 RETURNS integer
 LANGUAGE plx
AS $function$begin return 1; end$function$;

-- down
DROP FUNCTION public.f();
DROP LANGUAGE plx;

-- pair: objects/wrapper-and-server

-- up
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER far TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER nothing OPTIONS (host 'h');
CREATE USER MAPPING FOR clerk SERVER far OPTIONS (name 'n');
CREATE FOREIGN TABLE public.ft (
    id integer
)
SERVER far OPTIONS (t 'x');

-- down
DROP USER MAPPING FOR clerk SERVER far;
--   loses data: all rows of foreign table public.ft
DROP FOREIGN TABLE public.ft;
DROP SERVER far;
DROP FOREIGN DATA WRAPPER nothing;

-- pair: objects/wrapper-options

-- up
ALTER FOREIGN DATA WRAPPER nothing OPTIONS (DROP b, SET a '2', ADD c '3');
ALTER SERVER far OPTIONS (DROP host, ADD port '1');
ALTER SERVER far VERSION '2';
ALTER USER MAPPING FOR PUBLIC SERVER far OPTIONS (SET name 'm', ADD pass 'p');

-- down
ALTER FOREIGN DATA WRAPPER nothing OPTIONS (DROP c, SET a '1', ADD b '2');
ALTER SERVER far OPTIONS (DROP port, ADD host 'h');
ALTER SERVER far VERSION '1';
ALTER USER MAPPING FOR PUBLIC SERVER far OPTIONS (DROP pass, SET name 'n');

-- pair: objects/server-changes-its-type

-- up
DROP USER MAPPING FOR boss SERVER far;
--   loses data: all rows of foreign table public.ft
DROP FOREIGN TABLE public.ft;
DROP SERVER far;
CREATE SERVER far TYPE 'y' FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE public.ft (
    id integer,
    n text NOT NULL
)
SERVER far;

-- down
--   loses data: all rows of foreign table public.ft
DROP FOREIGN TABLE public.ft;
DROP SERVER far;
CREATE SERVER far TYPE 'x' FOREIGN DATA WRAPPER nothing;
CREATE USER MAPPING FOR boss SERVER far;
CREATE FOREIGN TABLE public.ft (
    id integer
)
SERVER far;

-- pair: objects/foreign-table-columns

-- up
ALTER TABLE public.ft ALTER COLUMN v DROP DEFAULT;
ALTER FOREIGN TABLE public.ft OPTIONS (ADD a 'b');
--   rewrites public.ft
--   blocks with ACCESS EXCLUSIVE on public.ft
ALTER TABLE public.ft ALTER COLUMN id TYPE bigint;
ALTER TABLE public.ft ALTER COLUMN id OPTIONS (SET c 'y');
--   fails if this finds rows: SELECT * FROM public.ft WHERE NOT (id > 0)
--   scans public.ft
--   blocks with ACCESS EXCLUSIVE on public.ft
ALTER TABLE public.ft ADD CONSTRAINT pos CHECK (id > 0);

-- down
--   blocks with ACCESS EXCLUSIVE on public.ft
ALTER TABLE public.ft DROP CONSTRAINT pos;
ALTER FOREIGN TABLE public.ft OPTIONS (DROP a);
--   fails if this finds rows: SELECT * FROM public.ft WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.ft
--   blocks with ACCESS EXCLUSIVE on public.ft
ALTER TABLE public.ft ALTER COLUMN id TYPE integer;
ALTER TABLE public.ft ALTER COLUMN id OPTIONS (SET c 'x');
ALTER TABLE public.ft ALTER COLUMN v SET DEFAULT 'd'::text;

-- pair: objects/collations

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
DROP COLLATION public.c1;
CREATE COLLATION public.c1 (provider = libc, locale = 'POSIX');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text COLLATE public.c1;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
DROP COLLATION public.c1;
CREATE COLLATION public.c1 (provider = libc, locale = 'C');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text COLLATE public.c1;

-- pair: objects/collation-comes-to-a-column

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text COLLATE public.c1;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- pair: objects/collation-renamed-by-hand

-- up
DROP COLLATION public.c1;
CREATE COLLATION public.c2 (provider = libc, locale = 'C');
COMMENT ON COLLATION public.c2 IS 'bytes';

-- down
DROP COLLATION public.c2;
CREATE COLLATION public.c1 (provider = libc, locale = 'C');

-- pair: objects/enum-comes-and-grows

-- up
ALTER TYPE public.a ADD VALUE 'w' BEFORE 'x';
ALTER TYPE public.a ADD VALUE 'y';
CREATE TYPE public.b AS ENUM ();
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD COLUMN w public.b;

-- down
--   loses data: column public.t.w
ALTER TABLE public.t DROP COLUMN w;
DROP TYPE public.b;
ALTER TYPE public.a RENAME TO a_old;
CREATE TYPE public.a AS ENUM ('x');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT v::text FROM public.t WHERE v::text IN ('w', 'y')
ALTER TABLE public.t ALTER COLUMN v TYPE public.a USING v::text::public.a;
DROP TYPE public.a_old;

-- pair: objects/domain-not-null-and-default

-- up
ALTER DOMAIN public.d SET DEFAULT 'x'::text;
--   fails if this finds rows: SELECT * FROM public.t WHERE v IS NULL
ALTER DOMAIN public.d SET NOT NULL;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (length(v) < 5)
ALTER DOMAIN public.d ADD CONSTRAINT short CHECK (length(VALUE) < 5);

-- down
ALTER DOMAIN public.d DROP CONSTRAINT short;
ALTER DOMAIN public.d DROP DEFAULT;
ALTER DOMAIN public.d DROP NOT NULL;

-- pair: objects/composite-comments

-- up
COMMENT ON COLUMN public.c.a IS 'first';
ALTER TYPE public.c ALTER ATTRIBUTE b TYPE text COLLATE pg_catalog."C";
COMMENT ON TYPE public.c IS 'two';

-- down
COMMENT ON COLUMN public.c.a IS NULL;
COMMENT ON TYPE public.c IS NULL;
ALTER TYPE public.c ALTER ATTRIBUTE b TYPE text;

-- pair: objects/range-types

-- up
DROP TYPE public.r;
CREATE TYPE public.r AS RANGE (subtype = double precision, subtype_diff = float8mi, multirange_type_name = public.r_multirange);

-- down
DROP TYPE public.r;
CREATE TYPE public.r AS RANGE (subtype = double precision, multirange_type_name = public.r_multirange);

-- pair: objects/sequences

-- up
ALTER SEQUENCE public.a INCREMENT BY 3 CACHE 1 CYCLE;
ALTER SEQUENCE public.b AS integer MINVALUE 1 MAXVALUE 2147483647 START WITH 10;

-- down
ALTER SEQUENCE public.a INCREMENT BY 2 CACHE 5 NO CYCLE;
ALTER SEQUENCE public.b AS smallint MINVALUE 1 MAXVALUE 32767 START WITH 1;

-- pair: objects/sequence-owner

-- up
ALTER SEQUENCE public.s OWNED BY public.t.n;

-- down
ALTER SEQUENCE public.s OWNED BY public.t.id;

-- pair: objects/sequence-owner-goes

-- up
ALTER SEQUENCE public.s OWNED BY NONE;

-- down
ALTER SEQUENCE public.s OWNED BY public.t.id;

-- pair: objects/text-search-parser

-- up
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
CREATE TEXT SEARCH CONFIGURATION public.c (parser = public.p);

-- down
DROP TEXT SEARCH CONFIGURATION public.c;
DROP TEXT SEARCH PARSER public.p;

-- pair: objects/text-search-parser-changes

-- up
DROP TEXT SEARCH PARSER public.p;
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);

-- down
DROP TEXT SEARCH PARSER public.p;
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

-- pair: objects/text-search-parser-goes-with-comment

-- up
DROP TEXT SEARCH PARSER public.p;

-- down
CREATE TEXT SEARCH PARSER public.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
COMMENT ON TEXT SEARCH PARSER public.p IS 'words';

-- pair: objects/text-search-template

-- up
CREATE TEXT SEARCH TEMPLATE public.tp (init = dsimple_init, lexize = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY public.d (template = public.tp);

-- down
DROP TEXT SEARCH DICTIONARY public.d;
DROP TEXT SEARCH TEMPLATE public.tp;

-- pair: objects/text-search-template-changes

-- up
DROP TEXT SEARCH TEMPLATE public.tp;
CREATE TEXT SEARCH TEMPLATE public.tp (init = dsimple_init, lexize = dsimple_lexize);

-- down
DROP TEXT SEARCH TEMPLATE public.tp;
CREATE TEXT SEARCH TEMPLATE public.tp (lexize = dsimple_lexize);

-- pair: objects/text-search-template-under-dictionary

-- up
DROP TEXT SEARCH TEMPLATE public.tp;
CREATE TEXT SEARCH TEMPLATE public.tq (init = dsimple_init, lexize = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY public.d (template = public.tq);
CREATE TEXT SEARCH CONFIGURATION public.c (parser = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR asciihword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR asciiword WITH public.d, simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR float WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR hword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR hword_asciipart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR hword_part WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR int WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR uint WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR word WITH simple;

-- down
DROP TEXT SEARCH CONFIGURATION public.c;
DROP TEXT SEARCH DICTIONARY public.d;
DROP TEXT SEARCH TEMPLATE public.tq;
CREATE TEXT SEARCH TEMPLATE public.tp (init = dsimple_init, lexize = dsimple_lexize);

-- pair: objects/text-search-dictionary

-- up
ALTER TEXT SEARCH DICTIONARY public.d (accept = 'false');
ALTER TEXT SEARCH CONFIGURATION public.c DROP MAPPING FOR email;
ALTER TEXT SEARCH CONFIGURATION public.c ALTER MAPPING FOR word WITH public.d, simple;

-- down
ALTER TEXT SEARCH DICTIONARY public.d (accept);
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.c ALTER MAPPING FOR word WITH public.d;

-- pair: objects/functions-change-their-shape

-- up
DROP FUNCTION public.f(integer);
DROP FUNCTION public.g(integer, integer);
DROP PROCEDURE public.p(integer);
CREATE FUNCTION public.f(b integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select b$function$;
CREATE FUNCTION public.g(a integer, b integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select a$function$;
CREATE PROCEDURE public.p(INOUT a integer, IN b text)
 LANGUAGE plpgsql
AS $procedure$ begin a := 2; end $procedure$;

-- down
DROP FUNCTION public.f(integer);
DROP PROCEDURE public.p(integer, text);
CREATE FUNCTION public.f(a integer)
 RETURNS integer
 LANGUAGE sql
AS $function$select a$function$;
CREATE OR REPLACE FUNCTION public.g(a integer, b integer DEFAULT 2)
 RETURNS integer
 LANGUAGE sql
AS $function$select a$function$;
CREATE PROCEDURE public.p(INOUT a integer)
 LANGUAGE plpgsql
AS $procedure$ begin a := 1; end $procedure$;

-- pair: objects/function-settings

-- up
CREATE OR REPLACE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT SECURITY DEFINER COST 5
 SET search_path TO ''
AS $function$select 1$function$;

-- down
CREATE OR REPLACE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$select 1$function$;

-- pair: objects/procedure-and-function-swap

-- up
DROP FUNCTION public.f();
CREATE PROCEDURE public.f()
 LANGUAGE sql
AS $procedure$select 1$procedure$;

-- down
DROP PROCEDURE public.f();
CREATE FUNCTION public.f()
 RETURNS void
 LANGUAGE sql
AS $function$select 1$function$;

-- pair: objects/aggregates

-- up
DROP VIEW public.v;
DROP AGGREGATE public.total(integer);
CREATE AGGREGATE public.total(integer) (
    sfunc = int4pl,
    stype = integer,
    initcond = '5'
);
CREATE VIEW public.v AS
SELECT public.total(x.n) AS s
   FROM ( VALUES (1)) x(n);

-- down
DROP VIEW public.v;
DROP AGGREGATE public.total(integer);
CREATE AGGREGATE public.total(integer) (
    sfunc = int4pl,
    stype = integer
);
CREATE VIEW public.v AS
SELECT public.total(x.n) AS s
   FROM ( VALUES (1)) x(n);

-- pair: objects/aggregate-comes-with-comment

-- up
CREATE AGGREGATE public.most(integer) (
    sfunc = int4larger,
    stype = integer
);
COMMENT ON AGGREGATE public.most(integer) IS 'largest';

-- down
DROP AGGREGATE public.most(integer);

-- pair: objects/operators

-- up
DROP OPERATOR public.==== (integer, integer);
CREATE OPERATOR public.!!!! (
    function = int4um,
    rightarg = integer
);
CREATE OPERATOR public.==== (
    function = int4eq,
    leftarg = integer,
    rightarg = integer,
    commutator = OPERATOR(public.====)
);

-- down
DROP OPERATOR public.!!!! (NONE, integer);
DROP OPERATOR public.==== (integer, integer);
CREATE OPERATOR public.==== (
    function = int4eq,
    leftarg = integer,
    rightarg = integer
);

-- pair: objects/operator-in-a-view

-- up
CREATE FUNCTION public.near(integer, integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select abs($1 - $2) < 3$function$;
CREATE OPERATOR public.~~~ (
    function = public.near,
    leftarg = integer,
    rightarg = integer
);
COMMENT ON OPERATOR public.~~~ (integer, integer) IS 'near';
CREATE VIEW public.v AS
SELECT (1 OPERATOR(public.~~~) 2) AS n;

-- down
DROP VIEW public.v;
DROP OPERATOR public.~~~ (integer, integer);
DROP FUNCTION public.near(integer, integer);

-- pair: objects/operator-class

-- up
CREATE TABLE public.t (
    n integer
);
CREATE OPERATOR FAMILY public.fam USING btree;
CREATE OPERATOR CLASS public.cls FOR TYPE integer USING btree FAMILY public.fam AS
    FUNCTION 1 (integer, integer) btint4cmp(integer,integer),
    OPERATOR 1 <(integer,integer),
    OPERATOR 2 <=(integer,integer),
    OPERATOR 3 =(integer,integer),
    OPERATOR 4 >=(integer,integer),
    OPERATOR 5 >(integer,integer);
CREATE INDEX t_n_idx ON public.t (n public.cls);

-- down
--   loses data: all rows of table public.t
DROP TABLE public.t;
DROP OPERATOR CLASS public.cls USING btree;
DROP OPERATOR FAMILY public.fam USING btree;

-- pair: objects/operator-family-members

-- up
ALTER OPERATOR FAMILY public.fam USING btree ADD FUNCTION 1 (integer, bigint) btint48cmp(integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree ADD OPERATOR 1 <(integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree ADD OPERATOR 2 <=(integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree ADD OPERATOR 3 =(integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree ADD OPERATOR 4 >=(integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree ADD OPERATOR 5 >(integer,bigint);

-- down
ALTER OPERATOR FAMILY public.fam USING btree DROP FUNCTION 1 (integer, bigint);
ALTER OPERATOR FAMILY public.fam USING btree DROP OPERATOR 1 (integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree DROP OPERATOR 2 (integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree DROP OPERATOR 3 (integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree DROP OPERATOR 4 (integer,bigint);
ALTER OPERATOR FAMILY public.fam USING btree DROP OPERATOR 5 (integer,bigint);

-- pair: objects/operator-family-loses-a-member

-- up
ALTER OPERATOR FAMILY public.fam USING hash DROP FUNCTION 1 (integer, integer);

-- down
ALTER OPERATOR FAMILY public.fam USING hash ADD FUNCTION 1 (integer, integer) hashint4(integer);

-- pair: objects/operator-class-changes

-- up
DROP OPERATOR CLASS public.cls USING btree;
CREATE OPERATOR CLASS public.cls FOR TYPE integer USING btree FAMILY public.fam AS
    FUNCTION 1 (integer, integer) btint4cmp(integer,integer),
    OPERATOR 1 >(integer,integer),
    OPERATOR 2 >=(integer,integer),
    OPERATOR 3 =(integer,integer),
    OPERATOR 4 <=(integer,integer),
    OPERATOR 5 <(integer,integer);

-- down
DROP OPERATOR CLASS public.cls USING btree;
CREATE OPERATOR CLASS public.cls FOR TYPE integer USING btree FAMILY public.fam AS
    FUNCTION 1 (integer, integer) btint4cmp(integer,integer),
    OPERATOR 1 <(integer,integer),
    OPERATOR 2 <=(integer,integer),
    OPERATOR 3 =(integer,integer),
    OPERATOR 4 >=(integer,integer),
    OPERATOR 5 >(integer,integer);

-- pair: objects/operator-class-under-an-index-goes

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.t_n;
DROP OPERATOR CLASS public.rev USING hash;
DROP OPERATOR FAMILY public.rev USING hash;
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX t_n ON public.t USING hash (n);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.t_n;
CREATE OPERATOR CLASS public.rev FOR TYPE integer USING hash AS
    FUNCTION 1 (integer, integer) hashint4(integer),
    OPERATOR 1 =(integer,integer);
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX t_n ON public.t USING hash (n public.rev);

-- pair: objects/access-method

-- up
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE public.t (
    id integer
) USING heap2;

-- down
--   loses data: all rows of table public.t
DROP TABLE public.t;
DROP ACCESS METHOD heap2;

-- pair: objects/access-method-of-a-table

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t SET ACCESS METHOD heap2;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t SET ACCESS METHOD heap;

-- pair: objects/access-method-for-indexes

-- up
CREATE ACCESS METHOD bt TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD bt IS 'again';

-- down
DROP ACCESS METHOD bt;

-- pair: objects/casts

-- up
CREATE TYPE public.c AS (
    n integer
);
SET LOCAL check_function_bodies = off;
CREATE FUNCTION public.to_c(integer)
 RETURNS public.c
 LANGUAGE sql
 IMMUTABLE
AS $function$select row($1)::c$function$;
SET LOCAL check_function_bodies = on;
CREATE CAST (integer AS public.c) WITH FUNCTION public.to_c(integer) AS ASSIGNMENT;
SELECT pg_catalog.fmgr_sql_validator(CAST('public.to_c(integer)' AS pg_catalog.regprocedure));

-- down
DROP CAST (integer AS public.c);
DROP FUNCTION public.to_c(integer);
DROP TYPE public.c;

-- pair: objects/cast-context

-- up
DROP CAST (integer AS public.c);
CREATE CAST (integer AS public.c) WITH FUNCTION public.to_c(integer) AS IMPLICIT;

-- down
DROP CAST (integer AS public.c);
CREATE CAST (integer AS public.c) WITH FUNCTION public.to_c(integer);

-- pair: objects/cast-without-function

-- up
CREATE TYPE public.e AS ENUM ('a');
CREATE DOMAIN public.d AS integer;
CREATE CAST (public.e AS text) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (public.e AS text) IS 'name';

-- down
DROP DOMAIN public.d;
DROP CAST (public.e AS text);
DROP TYPE public.e;

-- pair: objects/conversions

-- up
CREATE CONVERSION public.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

-- down
DROP CONVERSION public.conv;

-- pair: objects/default-conversion

-- up
DROP CONVERSION public.conv;
CREATE DEFAULT CONVERSION public.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

-- down
DROP CONVERSION public.conv;
CREATE CONVERSION public.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

-- pair: objects/conversion-goes

-- up
DROP CONVERSION public.conv;

-- down
CREATE CONVERSION public.conv FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION public.conv IS 'back';

-- pair: objects/transforms

-- up
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));

-- down
DROP TRANSFORM FOR integer LANGUAGE sql;

-- pair: objects/transform-one-way

-- up
DROP TRANSFORM FOR integer LANGUAGE sql;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));

-- down
DROP TRANSFORM FOR integer LANGUAGE sql;
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));

-- pair: objects/transform-goes

-- up
DROP TRANSFORM FOR bigint LANGUAGE sql;

-- down
CREATE TRANSFORM FOR bigint LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
COMMENT ON TRANSFORM FOR bigint LANGUAGE sql IS 'x';

-- pair: objects/replica-identity

-- up
ALTER TABLE public.t REPLICA IDENTITY USING INDEX t_n;

-- down
ALTER TABLE public.t REPLICA IDENTITY DEFAULT;

-- pair: objects/replica-identity-full

-- up
ALTER TABLE public.t REPLICA IDENTITY FULL;
ALTER TABLE public.u REPLICA IDENTITY FULL;

-- down
ALTER TABLE public.u REPLICA IDENTITY DEFAULT;
ALTER TABLE public.t REPLICA IDENTITY NOTHING;

-- pair: objects/replica-identity-over-a-column-type

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE bigint;

-- down
--   fails if this finds rows: SELECT * FROM public.t WHERE n NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE integer;

-- pair: objects/statistics

-- up
DROP STATISTICS public.s;
CREATE STATISTICS public.s (ndistinct, dependencies) ON a, b, c FROM public.t;
COMMENT ON STATISTICS public.s IS 'three';

-- down
DROP STATISTICS public.s;
CREATE STATISTICS public.s (ndistinct) ON a, b FROM public.t;

-- pair: objects/statistics-over-a-column-type

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;
ALTER STATISTICS public.s SET STATISTICS 50;

-- down
--   fails if this finds rows: SELECT * FROM public.t WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE integer;
ALTER STATISTICS public.s SET STATISTICS 50;

-- pair: objects/rules

-- up
CREATE RULE "none" AS
    ON DELETE TO public.t DO INSTEAD NOTHING;
CREATE OR REPLACE RULE r AS
    ON INSERT TO public.v DO INSTEAD  INSERT INTO public.t (id)
  VALUES ((new.id + 1));

-- down
DROP RULE "none" ON public.t;
CREATE OR REPLACE RULE r AS
    ON INSERT TO public.v DO INSTEAD  INSERT INTO public.t (id)
  VALUES (new.id);

-- pair: objects/rule-disabled

-- up
ALTER TABLE public.t DISABLE RULE r;
COMMENT ON RULE r ON public.t IS 'off';

-- down
COMMENT ON RULE r ON public.t IS NULL;
ALTER TABLE public.t ENABLE RULE r;

-- pair: objects/triggers

-- up
CREATE OR REPLACE TRIGGER a BEFORE UPDATE OF id, n ON public.t FOR EACH ROW WHEN ((old.n <> new.n)) EXECUTE FUNCTION public.f('y');
CREATE OR REPLACE TRIGGER b AFTER INSERT ON public.t REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.f();
ALTER TABLE public.t ENABLE ALWAYS TRIGGER b;

-- down
CREATE OR REPLACE TRIGGER a BEFORE UPDATE OF n ON public.t FOR EACH ROW EXECUTE FUNCTION public.f('x');
CREATE OR REPLACE TRIGGER b AFTER INSERT ON public.t FOR EACH STATEMENT EXECUTE FUNCTION public.f();
ALTER TABLE public.t ENABLE TRIGGER b;

-- pair: objects/event-trigger

-- up
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE FUNCTION') EXECUTE FUNCTION public.e();

-- down
DROP EVENT TRIGGER watch;

-- pair: objects/event-trigger-disabled

-- up
ALTER EVENT TRIGGER watch DISABLE;
COMMENT ON EVENT TRIGGER watch IS 'asleep';

-- down
COMMENT ON EVENT TRIGGER watch IS NULL;
ALTER EVENT TRIGGER watch ENABLE;

-- pair: objects/event-trigger-changes

-- up
DROP EVENT TRIGGER watch;
CREATE EVENT TRIGGER watch ON ddl_command_start EXECUTE FUNCTION public.e();

-- down
DROP EVENT TRIGGER watch;
CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION public.e();

-- pair: objects/publications

-- up
ALTER PUBLICATION p DROP TABLE public.a;
ALTER PUBLICATION p SET (publish = 'insert');
ALTER PUBLICATION p ADD TABLE ONLY public.a (id) WHERE ((id > 5));
ALTER PUBLICATION p ADD TABLE ONLY public.b;

-- down
ALTER PUBLICATION p DROP TABLE public.a;
ALTER PUBLICATION p DROP TABLE public.b;
ALTER PUBLICATION p SET (publish = 'insert, update, delete, truncate');
ALTER PUBLICATION p ADD TABLE ONLY public.a;

-- pair: objects/publication-of-a-schema

-- up
CREATE PUBLICATION p;
ALTER PUBLICATION p ADD TABLES IN SCHEMA s;

-- down
DROP PUBLICATION p;

-- pair: objects/publication-of-two-schemas

-- up
CREATE PUBLICATION everything FOR ALL TABLES;
ALTER PUBLICATION p ADD TABLES IN SCHEMA r;

-- down
DROP PUBLICATION everything;
ALTER PUBLICATION p DROP TABLES IN SCHEMA r;

-- pair: objects/publication-schema-goes

-- up
ALTER PUBLICATION p DROP TABLES IN SCHEMA s;
ALTER PUBLICATION p ADD TABLE ONLY public.t;

-- down
ALTER PUBLICATION p DROP TABLE public.t;
ALTER PUBLICATION p ADD TABLES IN SCHEMA s;

-- pair: objects/publication-over-a-column-type

-- up
ALTER PUBLICATION p DROP TABLE public.a;
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN v TYPE bigint;
ALTER PUBLICATION p ADD TABLE ONLY public.a WHERE ((v > 5));

-- down
ALTER PUBLICATION p DROP TABLE public.a;
--   fails if this finds rows: SELECT * FROM public.a WHERE v NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN v TYPE integer;
ALTER PUBLICATION p ADD TABLE ONLY public.a WHERE ((v > 5));

-- pair: objects/subscription

-- up
CREATE SUBSCRIPTION sub CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false, slot_name = NONE);

-- down
--   loses data: the position of subscription sub
DROP SUBSCRIPTION sub;

-- pair: objects/subscription-changes

-- up
ALTER SUBSCRIPTION sub CONNECTION 'dbname=other';
ALTER SUBSCRIPTION sub SET PUBLICATION p, q WITH (refresh = false);

-- down
ALTER SUBSCRIPTION sub CONNECTION 'dbname=none';
ALTER SUBSCRIPTION sub SET PUBLICATION p WITH (refresh = false);

-- pair: objects/subscription-goes

-- up
--   loses data: the position of subscription sub
DROP SUBSCRIPTION sub;

-- down
CREATE SUBSCRIPTION sub CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false, slot_name = NONE, binary = 'true');
COMMENT ON SUBSCRIPTION sub IS 'far';

-- pair: objects/materialized-views

-- up
DROP MATERIALIZED VIEW public.m;
CREATE MATERIALIZED VIEW public.m WITH (fillfactor=80) AS
SELECT t.id,
    t.n
   FROM public.t;
CREATE UNIQUE INDEX m_id_idx ON public.m (id);
COMMENT ON MATERIALIZED VIEW public.m IS 'copy';

-- down
DROP MATERIALIZED VIEW public.m;
CREATE MATERIALIZED VIEW public.m AS
SELECT t.id
   FROM public.t;
CREATE INDEX m_id_idx ON public.m (id);

-- pair: objects/materialized-view-over-a-view

-- up
DROP MATERIALIZED VIEW public.m;
DROP VIEW public.v;
CREATE VIEW public.v AS
SELECT (1)::bigint AS n;
CREATE MATERIALIZED VIEW public.m AS
SELECT v.n
   FROM public.v;

-- down
DROP MATERIALIZED VIEW public.m;
DROP VIEW public.v;
CREATE VIEW public.v AS
SELECT 1 AS n;
CREATE MATERIALIZED VIEW public.m AS
SELECT v.n
   FROM public.v;

-- pair: objects/materialized-view-becomes-a-view

-- up
DROP MATERIALIZED VIEW public.m;
CREATE VIEW public.m AS
SELECT 1 AS n;

-- down
DROP VIEW public.m;
CREATE MATERIALIZED VIEW public.m AS
SELECT 1 AS n;

-- pair: objects/views

-- up
CREATE OR REPLACE VIEW public.v WITH (check_option=local, security_barrier=true) AS
SELECT t.id,
    t.n
   FROM public.t
  WHERE (t.n > 1);
ALTER VIEW public.v ALTER COLUMN n SET DEFAULT 5;

-- down
DROP VIEW public.v;
CREATE VIEW public.v AS
SELECT t.id
   FROM public.t;

-- pair: objects/view-loses-a-column

-- up
DROP VIEW public.w;
DROP VIEW public.v;
CREATE VIEW public.v AS
SELECT t.id
   FROM public.t;
CREATE VIEW public.w AS
SELECT v.id
   FROM public.v;

-- down
CREATE OR REPLACE VIEW public.v AS
SELECT t.id,
    t.n
   FROM public.t;

-- pair: objects/comments-everywhere

-- up
COMMENT ON COLUMN public.t.n IS 'two
lines';
COMMENT ON CONSTRAINT k ON public.t IS 'key';
COMMENT ON INDEX public.i IS 'by n';
COMMENT ON TABLE public.t IS 'it''s new';
COMMENT ON FUNCTION public.f(integer) IS 'one';

-- down
COMMENT ON COLUMN public.t.n IS NULL;
COMMENT ON CONSTRAINT k ON public.t IS NULL;
COMMENT ON INDEX public.i IS NULL;
COMMENT ON FUNCTION public.f(integer) IS NULL;
COMMENT ON TABLE public.t IS 'old';

-- pair: objects/constraints

-- up
--   blocks with SHARE ROW EXCLUSIVE on public.a
ALTER TABLE public.a ADD CONSTRAINT a_b FOREIGN KEY (n) REFERENCES public.b(id) ON DELETE CASCADE NOT VALID;
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ADD CONSTRAINT a_c CHECK (n > 0) NOT VALID;
--   fails if this finds rows: SELECT id FROM public.a WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ADD CONSTRAINT a_u UNIQUE (id) DEFERRABLE INITIALLY DEFERRED;

-- down
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a DROP CONSTRAINT a_b;
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a DROP CONSTRAINT a_c;
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a DROP CONSTRAINT a_u;

-- pair: objects/exclusion

-- up
--   fails if this finds rows: SELECT a.*, b.* FROM (SELECT tableoid AS t, ctid AS r, r AS k1 FROM public.a WHERE ((NOT isempty(r)))) a JOIN (SELECT tableoid AS t, ctid AS r, r AS k1 FROM public.a WHERE ((NOT isempty(r)))) b ON (a.t, a.r) < (b.t, b.r) AND a.k1 && b.k1
--   scans public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ADD CONSTRAINT no_two EXCLUDE USING gist (r WITH &&) WHERE ((NOT isempty(r)));

-- down
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a DROP CONSTRAINT no_two;

-- pair: objects/constraint-validated

-- up
--   fails if this finds rows: SELECT * FROM public.a WHERE NOT (n > 0)
--   scans public.a
ALTER TABLE public.a VALIDATE CONSTRAINT pos;

-- down
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ADD CONSTRAINT pos CHECK (n > 0) NOT VALID;

-- pair: objects/indexes

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.i;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.j;
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX i ON public.t (a DESC NULLS LAST) INCLUDE (b) WHERE (a > 1);
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX j ON public.t (b text_pattern_ops) WITH (fillfactor='70');
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX k ON public.t USING gin (c jsonb_path_ops);
--   scans public.t
--   blocks with SHARE on public.t
--   fails if this finds rows: SELECT lower(b), a FROM public.t WHERE lower(b) IS NOT NULL AND a IS NOT NULL GROUP BY lower(b), a HAVING count(*) > 1
CREATE UNIQUE INDEX l ON public.t (lower(b), a);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.i;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.j;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.k;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.l;
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX i ON public.t (a);
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX j ON public.t (b);

-- pair: objects/table-options

-- up
ALTER TABLE public.t SET (autovacuum_enabled=false, fillfactor=80, toast.autovacuum_enabled=false);
ALTER TABLE public.t ALTER COLUMN v SET STORAGE EXTERNAL;
ALTER TABLE public.t ALTER COLUMN v SET (n_distinct=5);

-- down
ALTER TABLE public.t RESET (autovacuum_enabled, toast.autovacuum_enabled);
ALTER TABLE public.t SET (fillfactor=70);
ALTER TABLE public.t ALTER COLUMN v SET STORAGE EXTENDED;
ALTER TABLE public.t ALTER COLUMN v RESET (n_distinct);

-- pair: objects/identities

-- up
--   fails if this finds rows: SELECT * FROM public.t WHERE a IS NULL
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;
ALTER TABLE public.t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY 5 START WITH 10);
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, last_value), false) FROM public.t_a_seq;
ALTER TABLE public.t ALTER COLUMN b SET GENERATED BY DEFAULT;

-- down
ALTER TABLE public.t ALTER COLUMN a DROP IDENTITY;
ALTER TABLE public.t ALTER COLUMN a DROP NOT NULL;
ALTER TABLE public.t ALTER COLUMN b SET GENERATED ALWAYS;

-- pair: objects/defaults

-- up
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
ALTER TABLE public.t ALTER COLUMN b SET DEFAULT 'it''s'::text;
ALTER TABLE public.t ALTER COLUMN c SET DEFAULT now();

-- down
ALTER TABLE public.t ALTER COLUMN c DROP DEFAULT;
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT 1;
ALTER TABLE public.t ALTER COLUMN b SET DEFAULT 'x'::text;

-- pair: objects/wrapper-with-validator

-- up
ALTER FOREIGN DATA WRAPPER nothing VALIDATOR postgresql_fdw_validator;
COMMENT ON FOREIGN DATA WRAPPER nothing IS 'none';

-- down
COMMENT ON FOREIGN DATA WRAPPER nothing IS NULL;
ALTER FOREIGN DATA WRAPPER nothing NO VALIDATOR;

-- pair: objects/collation-goes-from-an-index

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.t_a;
DROP COLLATION public.c1;
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX t_a ON public.t (a);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.t_a;
CREATE COLLATION public.c1 (provider = libc, locale = 'C');
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX t_a ON public.t (a COLLATE public.c1);

-- pair: objects/composite-becomes-another

-- up
DROP FUNCTION public.f(public.c);
DROP TYPE public.c;
CREATE TYPE public.d AS (
    a bigint
);
CREATE FUNCTION public.f(public.d)
 RETURNS bigint
 LANGUAGE sql
AS $function$select ($1).a$function$;

-- down
DROP FUNCTION public.f(public.d);
DROP TYPE public.d;
CREATE TYPE public.c AS (
    a integer,
    b text
);
CREATE FUNCTION public.f(public.c)
 RETURNS integer
 LANGUAGE sql
AS $function$select ($1).a$function$;

-- pair: objects/foreign-table-becomes-a-table

-- up
--   loses data: all rows of foreign table public.ft
DROP FOREIGN TABLE public.ft;
CREATE TABLE public.ft (
    id integer
);

-- down
--   loses data: all rows of table public.ft
DROP TABLE public.ft;
CREATE FOREIGN TABLE public.ft (
    id integer
)
SERVER far;

-- pair: objects/operator-family-goes

-- up
DROP OPERATOR FAMILY public.fam USING btree;

-- down
CREATE OPERATOR FAMILY public.fam USING btree;
COMMENT ON OPERATOR FAMILY public.fam USING btree IS 'of mine';

-- pair: objects/operator-family-gains-support

-- up
ALTER OPERATOR FAMILY public.fam USING btree ADD FUNCTION 2 (integer, integer) btint4sortsupport(internal);

-- down
ALTER OPERATOR FAMILY public.fam USING btree DROP FUNCTION 2 (integer, integer);

-- pair: objects/access-method-changes-its-handler

-- up
DROP ACCESS METHOD bt;
CREATE ACCESS METHOD bt TYPE INDEX HANDLER hashhandler;

-- down
DROP ACCESS METHOD bt;
CREATE ACCESS METHOD bt TYPE INDEX HANDLER bthandler;

-- pair: objects/replica-identity-goes

-- up
ALTER TABLE public.t REPLICA IDENTITY DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.t_id;

-- down
--   scans public.t
--   blocks with SHARE on public.t
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX t_id ON public.t (id);
ALTER TABLE public.t REPLICA IDENTITY USING INDEX t_id;

-- pair: objects/statistics-go

-- up
DROP STATISTICS public.s;
--   loses data: column public.t.b
ALTER TABLE public.t DROP COLUMN b;

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD COLUMN b integer;
CREATE STATISTICS public.s ON a, b FROM public.t;
COMMENT ON STATISTICS public.s IS 'of t';

-- pair: objects/rule-of-a-view-with-another-column

-- up
DROP VIEW public.v;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD COLUMN n integer;
CREATE VIEW public.v AS
SELECT t.n,
    t.id
   FROM public.t;
CREATE RULE r AS
    ON DELETE TO public.v DO INSTEAD  DELETE FROM public.t
  WHERE (t.id = old.id);

-- down
DROP VIEW public.v;
--   loses data: column public.t.n
ALTER TABLE public.t DROP COLUMN n;
CREATE VIEW public.v AS
SELECT t.id
   FROM public.t;
CREATE RULE r AS
    ON DELETE TO public.v DO INSTEAD  DELETE FROM public.t
  WHERE (t.id = old.id);

-- pair: objects/publication-table-goes

-- up
ALTER PUBLICATION p DROP TABLE public.a;

-- down
ALTER PUBLICATION p ADD TABLE ONLY public.a;

-- pair: objects/publication-goes

-- up
DROP PUBLICATION p;

-- down
CREATE PUBLICATION p WITH (publish = 'insert, delete');
ALTER PUBLICATION p ADD TABLE ONLY public.a;

-- pair: objects/sequences-with-all-that-can-be-said

-- up
CREATE SEQUENCE public.down INCREMENT BY -2 MINVALUE -500 MAXVALUE 99;
CREATE SEQUENCE public.small AS smallint MINVALUE -5;
CREATE SEQUENCE public.up AS integer INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000 START WITH 20 CACHE 7 CYCLE;

-- down
--   loses data: the position of sequence public.down
DROP SEQUENCE public.down;
--   loses data: the position of sequence public.small
DROP SEQUENCE public.small;
--   loses data: the position of sequence public.up
DROP SEQUENCE public.up;

-- pair: objects/ranges-with-all-that-can-be-said

-- up
CREATE TYPE public.far AS RANGE (subtype = double precision, subtype_diff = float8mi, multirange_type_name = public.fars);
CREATE TYPE public.names_range AS RANGE (subtype = text, subtype_opclass = pg_catalog.text_pattern_ops, collation = public.plain, multirange_type_name = public.names_multirange);

-- down
DROP TYPE public.far;
DROP TYPE public.names_range;

