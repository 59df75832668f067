-- pair: containers/enum-loses-a-value-in-a-typed-table-and-a-column

-- up
ALTER TABLE public.notes NOT OF;
-- after a commit
--   rewrites public.notes
--   blocks with ACCESS EXCLUSIVE on public.notes
ALTER TABLE public.notes ALTER COLUMN m TYPE text;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE text;
ALTER TYPE public.note ALTER ATTRIBUTE m TYPE text;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
DROP TYPE public.mood_old;
ALTER TYPE public.note ALTER ATTRIBUTE m TYPE public.mood;
--   fails if this finds rows: SELECT * FROM public.notes WHERE m::text NOT IN ('sad', 'glad')
--   rewrites public.notes
--   blocks with ACCESS EXCLUSIVE on public.notes
ALTER TABLE public.notes ALTER COLUMN m TYPE public.mood USING m::public.mood;
--   fails if this finds rows: SELECT * FROM public.t WHERE (n).m::text NOT IN ('sad', 'glad')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE public.note USING n::public.note;
-- after a commit
ALTER TABLE public.notes OF public.note;

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: containers/enum-loses-a-value-under-everything-at-once

-- up
ALTER TABLE public.t ALTER COLUMN b DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT c;
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.b, constraint public.t.c, index public.t_b, index public.t_u, view public.v, materialized view public.m, function public.f(public.big), domain public.big would be missing between two transactions
DROP INDEX public.t_b;
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.b, constraint public.t.c, index public.t_b, index public.t_u, view public.v, materialized view public.m, function public.f(public.big), domain public.big would be missing between two transactions
DROP INDEX public.t_u;
DROP VIEW public.v;
DROP MATERIALIZED VIEW public.m;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN b TYPE text;
DROP FUNCTION public.f(public.big);
DROP DOMAIN public.big;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'l');
DROP TYPE public.size_old;
CREATE DOMAIN public.big AS public.size
    CONSTRAINT big_check CHECK (VALUE <> 's'::public.size);
--   fails if this finds rows: SELECT * FROM public.t WHERE b::text NOT IN ('s', 'l')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN b TYPE public.big USING b::public.big;
ALTER TABLE public.t ALTER COLUMN b SET DEFAULT 'l'::public.size;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((b)::public.size > 's'::public.size)
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.b, constraint public.t.c, index public.t_b, index public.t_u, view public.v, materialized view public.m, function public.f(public.big), domain public.big would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT c CHECK ((b)::public.size > 's'::public.size);
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: default of column public.t.b, constraint public.t.c, index public.t_b, index public.t_u, view public.v, materialized view public.m, function public.f(public.big), domain public.big would be missing between two transactions
CREATE INDEX t_b ON public.t (b) WHERE ((b)::public.size > 's'::public.size);
--   scans public.t
--   blocks with SHARE on public.t
--   fails if this finds rows: SELECT b FROM public.t WHERE b IS NOT NULL GROUP BY b HAVING count(*) > 1
--   no online form: default of column public.t.b, constraint public.t.c, index public.t_b, index public.t_u, view public.v, materialized view public.m, function public.f(public.big), domain public.big would be missing between two transactions
CREATE UNIQUE INDEX t_u ON public.t (b);
CREATE FUNCTION public.f(x public.big)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$select x::text$function$;
CREATE VIEW public.v AS
SELECT t.b,
    public.f(t.b) AS t
   FROM public.t;
CREATE MATERIALIZED VIEW public.m AS
SELECT t.b,
    count(*) AS count
   FROM public.t
  GROUP BY t.b;

-- down
ALTER TYPE public.size ADD VALUE 'm' AFTER 's';

-- pair: containers/domain-becomes-a-composite

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
-- after a commit
DROP DOMAIN public.amount;
CREATE TYPE public.amount AS (
    n integer
);

-- down
DROP TYPE public.amount;
CREATE DOMAIN public.amount AS integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE a IS NOT NULL AND NOT CASE WHEN a::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN a::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.t.a
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount USING a::public.amount;

-- pair: containers/domain-becomes-not-null-under-an-array

-- up
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.a, index public.t_a would be missing between two transactions
DROP INDEX public.t_a;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
--   fails if this finds rows: SELECT * FROM public.t WHERE b IS NULL
ALTER DOMAIN public.amount SET NOT NULL;
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE e IS NULL)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount[] USING a::text::public.amount[];
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT '{1}'::public.amount[];
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: default of column public.t.a, index public.t_a would be missing between two transactions
CREATE INDEX t_a ON public.t USING gin (a);

-- down
ALTER DOMAIN public.amount DROP NOT NULL;

-- pair: containers/domain-check-changes-under-a-domain

-- up
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= '-10'::integer);
ALTER DOMAIN public.small DROP CONSTRAINT s;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::integer < 10)
ALTER DOMAIN public.small ADD CONSTRAINT s CHECK ((VALUE)::integer < 10);

-- down
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= 0);
ALTER DOMAIN public.small DROP CONSTRAINT s;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::integer < 9)
ALTER DOMAIN public.small ADD CONSTRAINT s CHECK ((VALUE)::integer < 9);

-- pair: containers/composite-gains-loses-and-changes-attributes-under-a-column

-- up
--   loses data: attribute public.spot.gone
ALTER TYPE public.spot DROP ATTRIBUTE gone;
-- after a commit
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE y TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
-- after a commit
ALTER TYPE public.spot ADD ATTRIBUTE label text;

-- down
--   loses data: attribute public.spot.label
ALTER TYPE public.spot DROP ATTRIBUTE label;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE y TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE (s).y IS NOT NULL AND NOT CASE WHEN (s).y::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).y::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
ALTER TYPE public.spot ADD ATTRIBUTE gone text;

-- pair: containers/composite-changes-under-partitions

-- up
--   blocks with ACCESS EXCLUSIVE on public.t_1
--   no online form: index public.t_1_x would be missing between two transactions
DROP INDEX public.t_1_x;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
--   scans public.t_1
--   blocks with SHARE on public.t_1
--   no online form: index public.t_1_x would be missing between two transactions
CREATE INDEX t_1_x ON public.t_1 (((s).x));

-- down
--   blocks with ACCESS EXCLUSIVE on public.t_1
--   no online form: index public.t_1_x would be missing between two transactions
DROP INDEX public.t_1_x;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE (s).x IS NOT NULL AND NOT CASE WHEN (s).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
--   scans public.t_1
--   blocks with SHARE on public.t_1
--   no online form: index public.t_1_x would be missing between two transactions
CREATE INDEX t_1_x ON public.t_1 (((s).x));

-- pair: containers/composite-changes-under-a-key-with-default

-- up
ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u DROP CONSTRAINT u_s_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT ROW((0)::bigint, 0)::public.spot;
--   fails if this finds rows: SELECT s FROM public.t WHERE s IS NOT NULL GROUP BY s HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.s, constraint public.u.u_s_fkey, constraint public.t.t_pkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (s);
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE public.spot USING s::public.spot;
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.s IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.s = t.s)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
--   no online form: default of column public.t.s, constraint public.u.u_s_fkey, constraint public.t.t_pkey would be missing between two transactions
ALTER TABLE public.u ADD CONSTRAINT u_s_fkey FOREIGN KEY (s) REFERENCES public.t(s);

-- down
ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u DROP CONSTRAINT u_s_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE (s).x IS NOT NULL AND NOT CASE WHEN (s).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT ROW(0, 0)::public.spot;
--   fails if this finds rows: SELECT s FROM public.t WHERE s IS NOT NULL GROUP BY s HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.s, constraint public.u.u_s_fkey, constraint public.t.t_pkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (s);
--   fails if this finds rows: SELECT * FROM public.u WHERE (s).x IS NOT NULL AND NOT CASE WHEN (s).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE public.spot USING s::public.spot;
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.s IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.s = t.s)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
--   no online form: default of column public.t.s, constraint public.u.u_s_fkey, constraint public.t.t_pkey would be missing between two transactions
ALTER TABLE public.u ADD CONSTRAINT u_s_fkey FOREIGN KEY (s) REFERENCES public.t(s);

-- pair: containers/enum-loses-a-value-under-children

-- up
DROP VIEW public.kids;
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN g TYPE text;
DROP DOMAIN public.good;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
DROP TYPE public.mood_old;
CREATE DOMAIN public.good AS public.mood
    CONSTRAINT good_check CHECK (VALUE <> 'sad'::public.mood);
--   can fail on existing rows: column public.base.g: a value may be none of public.mood, or not permitted in public.good
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN g TYPE public.good USING g::public.good;
CREATE VIEW public.kids AS
SELECT kid.g
   FROM public.kid;
-- after a commit
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.kid_g_replaced') IS NULL AND pg_catalog.to_regclass('public.kid_g') IS NOT NULL THEN
    ALTER INDEX public.kid_g RENAME TO kid_g_replaced;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.kid_g') AND NOT indisvalid) THEN
    ALTER INDEX public.kid_g RENAME TO kid_g_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.kid_g_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.kid_g') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.kid_g')
      AND indrelid = 'public.kid'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (g)')) = 'USING btree (g)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.kid_g is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.kid_g')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS kid_g ON public.kid (g);
DROP INDEX CONCURRENTLY IF EXISTS public.kid_g_replaced;
RESET lock_timeout;

-- down
--   no online form: domain constraint public.good.good_check is missing until it is made again, since PostgreSQL wants a commit before that
ALTER DOMAIN public.good DROP CONSTRAINT good_check;
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';
-- after a commit
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (g <> 'ok'::public.mood)
ALTER DOMAIN public.good ADD CONSTRAINT good_check CHECK (VALUE <> 'ok'::public.mood);

-- pair: containers/type-of-parent-column-changes-under-a-view-of-the-child

-- up
DROP VIEW public.kids;
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN name TYPE text;
CREATE VIEW public.kids AS
SELECT grandkid.name
   FROM public.grandkid;
-- after a commit
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.kid_name_replaced') IS NULL AND pg_catalog.to_regclass('public.kid_name') IS NOT NULL THEN
    ALTER INDEX public.kid_name RENAME TO kid_name_replaced;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.kid_name') AND NOT indisvalid) THEN
    ALTER INDEX public.kid_name RENAME TO kid_name_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.kid_name_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.kid_name') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.kid_name')
      AND indrelid = 'public.kid'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (name) WHERE (name <> ''x''::text)')) = 'USING btree (name) WHERE (name <> ''x''::text)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.kid_name is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.kid_name')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS kid_name ON public.kid (name) WHERE (name <> 'x'::text);
DROP INDEX CONCURRENTLY IF EXISTS public.kid_name_replaced;
RESET lock_timeout;

-- down
DROP VIEW public.kids;
--   fails if this finds rows: SELECT * FROM public.base WHERE length(rtrim(name::text, ' ')) > 10
--   loses data: column public.base.name of the rows that this finds: SELECT * FROM public.base WHERE length(name::text) > 10 AND length(rtrim(name::text, ' ')) <= 10
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN name TYPE character varying(10);
CREATE VIEW public.kids AS
SELECT grandkid.name
   FROM public.grandkid;
-- after a commit
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.kid_name_replaced') IS NULL AND pg_catalog.to_regclass('public.kid_name') IS NOT NULL THEN
    ALTER INDEX public.kid_name RENAME TO kid_name_replaced;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.kid_name') AND NOT indisvalid) THEN
    ALTER INDEX public.kid_name RENAME TO kid_name_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.kid_name_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.kid_name') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.kid_name')
      AND indrelid = 'public.kid'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (name) WHERE ((name)::text <> ''x''::text)')) = 'USING btree (name) WHERE ((name)::text <> ''x''::text)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.kid_name is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.kid_name')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS kid_name ON public.kid (name) WHERE ((name)::text <> 'x'::text);
DROP INDEX CONCURRENTLY IF EXISTS public.kid_name_replaced;
RESET lock_timeout;

-- pair: containers/collation-changes-under-columns-and-domains

-- up
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.a, index public.t_a, domain public.word, collation public.german would be missing between two transactions
DROP INDEX public.t_a;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN many TYPE text,
  ALTER COLUMN w TYPE text;
DROP DOMAIN public.word;
DROP COLLATION public.german;
CREATE COLLATION public.german (provider = icu, locale = 'de-AT');
CREATE DOMAIN public.word AS text COLLATE public.german;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE character varying(20) COLLATE public.german,
  ALTER COLUMN many TYPE public.word[] USING many::text::public.word[],
  ALTER COLUMN w TYPE public.word USING w::public.word;
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT 'x'::character varying;
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: default of column public.t.a, index public.t_a, domain public.word, collation public.german would be missing between two transactions
CREATE INDEX t_a ON public.t (a);

-- down
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: default of column public.t.a, index public.t_a, domain public.word, collation public.german would be missing between two transactions
DROP INDEX public.t_a;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN many TYPE text,
  ALTER COLUMN w TYPE text;
DROP DOMAIN public.word;
DROP COLLATION public.german;
CREATE COLLATION public.german (provider = icu, locale = 'de-DE');
CREATE DOMAIN public.word AS text COLLATE public.german;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE character varying(20) COLLATE public.german,
  ALTER COLUMN many TYPE public.word[] USING many::text::public.word[],
  ALTER COLUMN w TYPE public.word USING w::public.word;
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT 'x'::character varying;
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: default of column public.t.a, index public.t_a, domain public.word, collation public.german would be missing between two transactions
CREATE INDEX t_a ON public.t (a);

