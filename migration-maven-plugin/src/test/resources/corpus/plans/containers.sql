-- pair: containers/enum-loses-a-value-in-a-range

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN r TYPE text;
DROP TYPE public.sizes;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'l');
DROP TYPE public.size_old;
CREATE TYPE public.sizes AS RANGE (subtype = public.size, multirange_type_name = public.sizes_multirange);
--   fails if this finds rows: SELECT * FROM public.t WHERE lower(r)::text NOT IN ('s', 'l') OR upper(r)::text NOT IN ('s', 'l')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN r TYPE public.sizes USING r::public.sizes;

-- down
ALTER TYPE public.size ADD VALUE 'm' AFTER 's';

-- pair: containers/enum-loses-a-value-in-a-domain-over-an-array

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN more TYPE text,
  ALTER COLUMN r TYPE text;
DROP DOMAIN public.sizes;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'l');
DROP TYPE public.size_old;
CREATE DOMAIN public.sizes AS public.size[]
    CONSTRAINT sizes_check CHECK (cardinality(VALUE) < 5);
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(more) e WHERE EXISTS (SELECT FROM unnest(e) e WHERE e::text NOT IN ('s', 'l')))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(r) e WHERE e::text NOT IN ('s', 'l'))
ALTER TABLE public.t
  ALTER COLUMN more TYPE public.sizes[] USING more::text::public.sizes[],
  ALTER COLUMN r TYPE public.sizes USING r::public.sizes;

-- down
ALTER TYPE public.size ADD VALUE 'm' AFTER 's';

-- pair: containers/enum-loses-a-value-in-a-domain-in-a-composite

-- up
DROP VIEW public.v;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN g TYPE text,
  ALTER COLUMN n TYPE text;
ALTER TYPE public.note ALTER ATTRIBUTE g TYPE text;
DROP DOMAIN public.good;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT m::text FROM public.t WHERE m::text IN ('ok')
ALTER TABLE public.t ALTER COLUMN m TYPE public.mood USING m::text::public.mood;
DROP TYPE public.mood_old;
CREATE DOMAIN public.good AS public.mood
    CONSTRAINT good_check CHECK (VALUE <> 'sad'::public.mood);
ALTER TYPE public.note ALTER ATTRIBUTE g TYPE public.good;
--   fails if this finds rows: SELECT * FROM public.t WHERE g::text NOT IN ('sad', 'glad')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE (n).g::text NOT IN ('sad', 'glad')
ALTER TABLE public.t
  ALTER COLUMN g TYPE public.good USING g::public.good,
  ALTER COLUMN n TYPE public.note USING n::public.note;
CREATE VIEW public.v AS
SELECT t.id,
    (t.n).at AS at
   FROM public.t;

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: containers/enum-loses-a-value-in-a-typed-table-and-a-column

-- up
ALTER TABLE public.notes NOT OF;
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
ALTER TABLE public.notes OF public.note;

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: containers/enum-loses-a-value-under-everything-at-once

-- up
ALTER TABLE public.t ALTER COLUMN b DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT c;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.t_b;
--   blocks with ACCESS EXCLUSIVE on public.t
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
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((b)::public.size > 's'::public.size)
--   scans public.t
ALTER TABLE public.t
  ALTER COLUMN b TYPE public.big USING b::public.big,
  ADD CONSTRAINT c CHECK ((b)::public.size > 's'::public.size);
ALTER TABLE public.t ALTER COLUMN b SET DEFAULT 'l'::public.size;
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX t_b ON public.t (b) WHERE ((b)::public.size > 's'::public.size);
--   scans public.t
--   blocks with SHARE on public.t
--   fails if this finds rows: SELECT b FROM public.t WHERE b IS NOT NULL GROUP BY b HAVING count(*) > 1
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

-- pair: containers/enum-in-a-domain-becomes-a-domain

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE text,
  ALTER COLUMN s TYPE text;
DROP TYPE public.size;
CREATE DOMAIN public.size AS text
    CONSTRAINT size_check CHECK (VALUE = ANY (ARRAY['s'::text, 'l'::text]));
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(many) e WHERE NOT (e = ANY (ARRAY['s'::text, 'l'::text])))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (s = ANY (ARRAY['s'::text, 'l'::text]))
ALTER TABLE public.t
  ALTER COLUMN many TYPE public.size[] USING many::text::public.size[],
  ALTER COLUMN s TYPE public.size USING s::public.size;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE text,
  ALTER COLUMN s TYPE text;
DROP DOMAIN public.size;
CREATE TYPE public.size AS ENUM ('s', 'l');
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(many) e WHERE e::text NOT IN ('s', 'l'))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE s::text NOT IN ('s', 'l')
ALTER TABLE public.t
  ALTER COLUMN many TYPE public.size[] USING many::text::public.size[],
  ALTER COLUMN s TYPE public.size USING s::public.size;

-- pair: containers/domain-becomes-a-composite

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
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

-- pair: containers/domain-changes-its-base-in-a-range

-- up
DROP FUNCTION public.less(public.hour, public.hour);
ALTER DOMAIN public.hour RENAME TO hour_old;
CREATE DOMAIN public.hour AS bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN all_of TYPE public.hour[] USING all_of::text[]::public.hour[],
  ALTER COLUMN at TYPE public.hour USING at::text::public.hour;
DROP DOMAIN public.hour_old;
CREATE FUNCTION public.less(a public.hour, b public.hour)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE
AS $function$select (a - b)::float8$function$;

-- down
DROP FUNCTION public.less(public.hour, public.hour);
ALTER DOMAIN public.hour RENAME TO hour_old;
CREATE DOMAIN public.hour AS integer;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(all_of) e WHERE e IS NOT NULL AND NOT CASE WHEN e::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN e::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END)
--   fails if this finds rows: SELECT * FROM public.t WHERE at IS NOT NULL AND NOT CASE WHEN at::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN at::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
ALTER TABLE public.t
  ALTER COLUMN all_of TYPE public.hour[] USING all_of::text[]::public.hour[],
  ALTER COLUMN at TYPE public.hour USING at::text::public.hour;
DROP DOMAIN public.hour_old;
CREATE FUNCTION public.less(a public.hour, b public.hour)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE
AS $function$select (a - b)::float8$function$;

-- pair: containers/domain-changes-its-base-two-domains-deep

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN b TYPE text,
  ALTER COLUMN c TYPE text,
  ALTER COLUMN d TYPE text,
  ALTER COLUMN e TYPE text;
ALTER TYPE public.d ALTER ATTRIBUTE x TYPE text;
ALTER TYPE public.d ALTER ATTRIBUTE y TYPE text;
DROP DOMAIN public.c;
DROP DOMAIN public.b;
ALTER DOMAIN public.a RENAME TO a_old;
CREATE DOMAIN public.a AS bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.a USING a::text::public.a;
DROP DOMAIN public.a_old;
--   can fail on existing rows: domain constraint public.a.a_check: a value may not satisfy it
ALTER DOMAIN public.a ADD CONSTRAINT a_check CHECK (VALUE > 0);
CREATE DOMAIN public.b AS public.a
    CONSTRAINT b_check CHECK ((VALUE)::bigint < 100);
CREATE DOMAIN public.c AS public.b[];
ALTER TYPE public.d ALTER ATTRIBUTE x TYPE public.c;
ALTER TYPE public.d ALTER ATTRIBUTE y TYPE public.b;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((b)::bigint < 100) OR NOT (b > 0)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   can fail on existing rows: column public.t.c: in an array a value may not be permitted in public.b, or not permitted in public.c
--   can fail on existing rows: column public.t.d: in x in an array a value may not be permitted in public.b, or not permitted in public.c, in y a value may not be permitted in public.b
--   can fail on existing rows: column public.t.e: in an array in x in an array a value may not be permitted in public.b, or not permitted in public.c, in y a value may not be permitted in public.b
ALTER TABLE public.t
  ALTER COLUMN b TYPE public.b USING b::public.b,
  ALTER COLUMN c TYPE public.c USING c::public.c,
  ALTER COLUMN d TYPE public.d USING d::public.d,
  ALTER COLUMN e TYPE public.d[] USING e::text::public.d[];

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN b TYPE text,
  ALTER COLUMN c TYPE text,
  ALTER COLUMN d TYPE text,
  ALTER COLUMN e TYPE text;
ALTER TYPE public.d ALTER ATTRIBUTE x TYPE text;
ALTER TYPE public.d ALTER ATTRIBUTE y TYPE text;
DROP DOMAIN public.c;
DROP DOMAIN public.b;
ALTER DOMAIN public.a RENAME TO a_old;
CREATE DOMAIN public.a AS integer;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE a IS NOT NULL AND NOT CASE WHEN a::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN a::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
ALTER TABLE public.t ALTER COLUMN a TYPE public.a USING a::text::public.a;
DROP DOMAIN public.a_old;
--   can fail on existing rows: domain constraint public.a.a_check: a value may not satisfy it
ALTER DOMAIN public.a ADD CONSTRAINT a_check CHECK (VALUE > 0);
CREATE DOMAIN public.b AS public.a
    CONSTRAINT b_check CHECK ((VALUE)::integer < 100);
CREATE DOMAIN public.c AS public.b[];
ALTER TYPE public.d ALTER ATTRIBUTE x TYPE public.c;
ALTER TYPE public.d ALTER ATTRIBUTE y TYPE public.b;
--   can fail on existing rows: column public.t.b: a bigint may be no integer, or not permitted in public.b
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   can fail on existing rows: column public.t.c: in an array a bigint may be no integer, or not permitted in public.b, or not permitted in public.c
--   can fail on existing rows: column public.t.d: in x in an array a bigint may be no integer, or not permitted in public.b, or not permitted in public.c, in y a bigint may be no integer, or not permitted in public.b
--   can fail on existing rows: column public.t.e: in an array in x in an array a bigint may be no integer, or not permitted in public.b, or not permitted in public.c, in y a bigint may be no integer, or not permitted in public.b
ALTER TABLE public.t
  ALTER COLUMN b TYPE public.b USING b::public.b,
  ALTER COLUMN c TYPE public.c USING c::public.c,
  ALTER COLUMN d TYPE public.d USING d::public.d,
  ALTER COLUMN e TYPE public.d[] USING e::text::public.d[];

-- pair: containers/domain-changes-its-collation-under-an-array

-- up
ALTER DOMAIN public.word RENAME TO word_old;
CREATE DOMAIN public.word AS text COLLATE pg_catalog."C";
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN one TYPE public.word USING one::text::public.word,
  ALTER COLUMN w TYPE public.word[] USING w::text[]::public.word[];
DROP DOMAIN public.word_old;

-- down
ALTER DOMAIN public.word RENAME TO word_old;
CREATE DOMAIN public.word AS text;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN one TYPE public.word USING one::text::public.word,
  ALTER COLUMN w TYPE public.word[] USING w::text[]::public.word[];
DROP DOMAIN public.word_old;

-- pair: containers/domain-becomes-not-null-under-an-array

-- up
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
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
CREATE INDEX t_a ON public.t USING gin (a);

-- down
ALTER DOMAIN public.amount DROP NOT NULL;

-- pair: containers/domain-check-changes-under-composite-array-and-range

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= ('-10'::integer)::numeric);
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(p) e WHERE NOT ((e).a >= ('-10'::integer)::numeric))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.price[] USING p::text::public.price[];

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= (0)::numeric);
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(p) e WHERE NOT ((e).a >= (0)::numeric))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.price[] USING p::text::public.price[];

-- pair: containers/domain-check-changes-under-a-domain

-- up
ALTER DOMAIN public.amount DROP CONSTRAINT c;
ALTER DOMAIN public.small DROP CONSTRAINT s;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= '-10'::integer);
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::integer < 10)
ALTER DOMAIN public.small ADD CONSTRAINT s CHECK ((VALUE)::integer < 10);

-- down
ALTER DOMAIN public.amount DROP CONSTRAINT c;
ALTER DOMAIN public.small DROP CONSTRAINT s;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= 0);
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::integer < 9)
ALTER DOMAIN public.small ADD CONSTRAINT s CHECK ((VALUE)::integer < 9);

-- pair: containers/domain-check-calls-a-function-that-changes

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
DROP FUNCTION public.ok(integer);
CREATE FUNCTION public.ok(x integer, y integer DEFAULT 0)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select x > y$function$;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (public.ok(b))
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (public.ok(VALUE));
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount[] USING a::text::public.amount[];

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
DROP FUNCTION public.ok(integer, integer);
CREATE FUNCTION public.ok(x integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select x > 0$function$;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (public.ok(b))
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (public.ok(VALUE));
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount[] USING a::text::public.amount[];

-- pair: containers/composite-in-a-composite-changes

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN i TYPE text,
  ALTER COLUMN many TYPE text,
  ALTER COLUMN o TYPE text;
ALTER TYPE public.inner_part ALTER ATTRIBUTE x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN i TYPE public.inner_part USING i::public.inner_part,
  ALTER COLUMN many TYPE public.outer_part[] USING many::text::public.outer_part[],
  ALTER COLUMN o TYPE public.outer_part USING o::public.outer_part;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN i TYPE text,
  ALTER COLUMN many TYPE text,
  ALTER COLUMN o TYPE text;
ALTER TYPE public.inner_part ALTER ATTRIBUTE x TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE (i).x IS NOT NULL AND NOT CASE WHEN (i).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (i).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(many) e WHERE ((e).i).x IS NOT NULL AND NOT CASE WHEN ((e).i).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN ((e).i).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END)
--   fails if this finds rows: SELECT * FROM public.t WHERE ((o).i).x IS NOT NULL AND NOT CASE WHEN ((o).i).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN ((o).i).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
ALTER TABLE public.t
  ALTER COLUMN i TYPE public.inner_part USING i::public.inner_part,
  ALTER COLUMN many TYPE public.outer_part[] USING many::text::public.outer_part[],
  ALTER COLUMN o TYPE public.outer_part USING o::public.outer_part;

-- pair: containers/composite-changes-under-a-domain

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE public.near USING n::public.near;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE (n).x IS NOT NULL AND NOT CASE WHEN (n).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (n).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE public.near USING n::public.near;

-- pair: containers/composite-gains-loses-and-changes-attributes-under-a-column

-- up
--   loses data: attribute public.spot.gone
ALTER TYPE public.spot DROP ATTRIBUTE gone;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE y TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
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
CREATE INDEX t_1_x ON public.t_1 (((s).x));

-- down
--   blocks with ACCESS EXCLUSIVE on public.t_1
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
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (s);
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE public.spot USING s::public.spot;
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.s IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.s = t.s)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
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
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (s);
--   fails if this finds rows: SELECT * FROM public.u WHERE (s).x IS NOT NULL AND NOT CASE WHEN (s).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE public.spot USING s::public.spot;
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.s IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.s = t.s)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
ALTER TABLE public.u ADD CONSTRAINT u_s_fkey FOREIGN KEY (s) REFERENCES public.t(s);

-- pair: containers/composite-changes-under-a-kept-view-of-rows

-- up
DROP MATERIALIZED VIEW public.m;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
CREATE MATERIALIZED VIEW public.m AS
SELECT ROW((1)::bigint, 2)::public.spot AS s;

-- down
DROP MATERIALIZED VIEW public.m;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE (s).x IS NOT NULL AND NOT CASE WHEN (s).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.spot USING s::public.spot;
CREATE MATERIALIZED VIEW public.m AS
SELECT ROW(1, 2)::public.spot AS s;

-- pair: containers/row-of-a-table-as-a-column

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE text,
  ALTER COLUMN p TYPE text;
--   rewrites public.part
--   blocks with ACCESS EXCLUSIVE on public.part
ALTER TABLE public.part ALTER COLUMN x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE public.part[] USING many::text::public.part[],
  ALTER COLUMN p TYPE public.part USING p::public.part;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE text,
  ALTER COLUMN p TYPE text;
--   fails if this finds rows: SELECT * FROM public.part WHERE x NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.part
--   blocks with ACCESS EXCLUSIVE on public.part
ALTER TABLE public.part ALTER COLUMN x TYPE integer;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE public.part[] USING many::text::public.part[],
  ALTER COLUMN p TYPE public.part USING p::public.part;

-- pair: containers/row-of-a-table-with-an-enum-as-a-column

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
--   rewrites public.part
--   blocks with ACCESS EXCLUSIVE on public.part
--   fails if this finds rows: SELECT m::text FROM public.part WHERE m::text IN ('ok')
ALTER TABLE public.part ALTER COLUMN m TYPE public.mood USING m::text::public.mood;
DROP TYPE public.mood_old;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.part USING p::public.part;

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: containers/range-changes-its-subtype-with-multirange

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN m TYPE text,
  ALTER COLUMN s TYPE text;
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE text;
ALTER TYPE public.stay ALTER ATTRIBUTE s TYPE text;
DROP TYPE public.span;
CREATE TYPE public.span AS RANGE (subtype = bigint, multirange_type_name = public.span_multirange);
ALTER TYPE public.stay ALTER ATTRIBUTE s TYPE public.span;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.span[] USING a::text::public.span[],
  ALTER COLUMN m TYPE public.span_multirange USING m::public.span_multirange,
  ALTER COLUMN s TYPE public.span USING s::public.span;
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE public.stay USING s::public.stay;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN m TYPE text,
  ALTER COLUMN s TYPE text;
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE text;
ALTER TYPE public.stay ALTER ATTRIBUTE s TYPE text;
DROP TYPE public.span;
CREATE TYPE public.span AS RANGE (subtype = integer, multirange_type_name = public.span_multirange);
ALTER TYPE public.stay ALTER ATTRIBUTE s TYPE public.span;
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE lower(e) IS NOT NULL AND NOT CASE WHEN lower(e)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN lower(e)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END OR upper(e) IS NOT NULL AND NOT CASE WHEN upper(e)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN upper(e)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE lower(s) IS NOT NULL AND NOT CASE WHEN lower(s)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN lower(s)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END OR upper(s) IS NOT NULL AND NOT CASE WHEN upper(s)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN upper(s)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.span[] USING a::text::public.span[],
  ALTER COLUMN m TYPE public.span_multirange USING m::public.span_multirange,
  ALTER COLUMN s TYPE public.span USING s::public.span;
--   fails if this finds rows: SELECT * FROM public.u WHERE lower((s).s) IS NOT NULL AND NOT CASE WHEN lower((s).s)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN lower((s).s)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END OR upper((s).s) IS NOT NULL AND NOT CASE WHEN upper((s).s)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN upper((s).s)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ALTER COLUMN s TYPE public.stay USING s::public.stay;

-- pair: containers/enum-loses-a-value-under-children

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
DROP INDEX public.kid_g;
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
--   scans public.kid
--   blocks with SHARE on public.kid
CREATE INDEX kid_g ON public.kid (g);
CREATE VIEW public.kids AS
SELECT kid.g
   FROM public.kid;

-- down
ALTER DOMAIN public.good DROP CONSTRAINT good_check;
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';
-- after a commit
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (g <> 'ok'::public.mood)
ALTER DOMAIN public.good ADD CONSTRAINT good_check CHECK (VALUE <> 'ok'::public.mood);

-- pair: containers/type-of-parent-column-changes-under-a-view-of-the-child

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
DROP INDEX public.kid_name;
DROP VIEW public.kids;
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN name TYPE text;
--   scans public.kid
--   blocks with SHARE on public.kid
CREATE INDEX kid_name ON public.kid (name) WHERE (name <> 'x'::text);
CREATE VIEW public.kids AS
SELECT grandkid.name
   FROM public.grandkid;

-- down
--   blocks with ACCESS EXCLUSIVE on public.kid
DROP INDEX public.kid_name;
DROP VIEW public.kids;
--   fails if this finds rows: SELECT * FROM public.base WHERE length(rtrim(name::text, ' ')) > 10
--   loses data: column public.base.name of the rows that this finds: SELECT * FROM public.base WHERE length(name::text) > 10 AND length(rtrim(name::text, ' ')) <= 10
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN name TYPE character varying(10);
--   scans public.kid
--   blocks with SHARE on public.kid
CREATE INDEX kid_name ON public.kid (name) WHERE ((name)::text <> 'x'::text);
CREATE VIEW public.kids AS
SELECT grandkid.name
   FROM public.grandkid;

-- pair: containers/storage-and-compression-of-what-is-carried-over

-- up
ALTER DOMAIN public.word RENAME TO word_old;
CREATE DOMAIN public.word AS text;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN one TYPE public.word USING one::text::public.word;
ALTER TABLE public.t ALTER COLUMN one SET COMPRESSION pglz;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN w TYPE public.word[] USING w::text[]::public.word[];
ALTER TABLE public.t ALTER COLUMN w SET STORAGE EXTERNAL;
DROP DOMAIN public.word_old;

-- down
ALTER DOMAIN public.word RENAME TO word_old;
CREATE DOMAIN public.word AS character varying(10);
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(one::text, ' ')) > 10
--   loses data: column public.t.one of the rows that this finds: SELECT * FROM public.t WHERE length(one::text) > 10 AND length(rtrim(one::text, ' ')) <= 10
ALTER TABLE public.t ALTER COLUMN one TYPE public.word USING one::text::public.word;
ALTER TABLE public.t ALTER COLUMN one SET COMPRESSION pglz;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(w) e WHERE length(rtrim(e::text, ' ')) > 10)
--   loses data: column public.t.w of the rows that this finds: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(w) e WHERE length(e::text) > 10 AND length(rtrim(e::text, ' ')) <= 10)
ALTER TABLE public.t ALTER COLUMN w TYPE public.word[] USING w::text[]::public.word[];
ALTER TABLE public.t ALTER COLUMN w SET STORAGE EXTERNAL;
DROP DOMAIN public.word_old;

-- pair: containers/generated-column-over-a-composite

-- up
ALTER TABLE public.t DROP COLUMN sum;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN s TYPE public.spot USING s::public.spot,
  ADD COLUMN sum integer GENERATED ALWAYS AS (((s).x + (s).y)) STORED;

-- down
ALTER TABLE public.t DROP COLUMN sum;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE (s).x IS NOT NULL AND NOT CASE WHEN (s).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN s TYPE public.spot USING s::public.spot,
  ADD COLUMN sum integer GENERATED ALWAYS AS (((s).x + (s).y)) STORED;

-- pair: containers/base-type-in-a-table-with-functions

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD COLUMN more public.label[] DEFAULT '{}';
CREATE FUNCTION public.twice(x public.label)
 RETURNS text
 LANGUAGE sql
AS $function$select x::text || x::text$function$;

-- down
--   loses data: column public.t.more
ALTER TABLE public.t DROP COLUMN more;
DROP FUNCTION public.twice(public.label);

-- pair: containers/base-type-changes

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN l TYPE text,
  ALTER COLUMN many TYPE text;
DROP TYPE public.label CASCADE;
CREATE TYPE public.label;
CREATE FUNCTION public.label_in(cstring)
 RETURNS public.label
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textin$function$;
CREATE FUNCTION public.label_out(public.label)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textout$function$;
CREATE TYPE public.label (
    INPUT = public.label_in,
    OUTPUT = public.label_out,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended,
    CATEGORY = 'S'
);
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN l TYPE public.label USING l::public.label,
  ALTER COLUMN many TYPE public.label[] USING many::text::public.label[];

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN l TYPE text,
  ALTER COLUMN many TYPE text;
DROP TYPE public.label CASCADE;
CREATE TYPE public.label;
CREATE FUNCTION public.label_in(cstring)
 RETURNS public.label
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textin$function$;
CREATE FUNCTION public.label_out(public.label)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textout$function$;
CREATE TYPE public.label (
    INPUT = public.label_in,
    OUTPUT = public.label_out,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = plain,
    CATEGORY = 'U'
);
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN l TYPE public.label USING l::public.label,
  ALTER COLUMN many TYPE public.label[] USING many::text::public.label[];

-- pair: containers/shell-becomes-a-base-type

-- up
CREATE FUNCTION public.label_in(cstring)
 RETURNS public.label
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textin$function$;
CREATE FUNCTION public.label_out(public.label)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textout$function$;
CREATE TYPE public.label (
    INPUT = public.label_in,
    OUTPUT = public.label_out,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = plain,
    CATEGORY = 'U'
);

-- down
DROP TYPE public.label CASCADE;
CREATE TYPE public.label;

-- pair: containers/type-of-parent-column-changes-under-policy-and-trigger-of-the-child

-- up
DROP TRIGGER told ON public.kid;
DROP POLICY p ON public.kid;
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN name TYPE text;
CREATE TRIGGER told AFTER UPDATE OF name ON public.kid FOR EACH ROW EXECUTE FUNCTION public.tell();
CREATE POLICY p ON public.kid USING (name IS NOT NULL);

-- down
DROP TRIGGER told ON public.kid;
DROP POLICY p ON public.kid;
--   fails if this finds rows: SELECT * FROM public.base WHERE length(rtrim(name::text, ' ')) > 10
--   loses data: column public.base.name of the rows that this finds: SELECT * FROM public.base WHERE length(name::text) > 10 AND length(rtrim(name::text, ' ')) <= 10
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN name TYPE character varying(10);
CREATE TRIGGER told AFTER UPDATE OF name ON public.kid FOR EACH ROW EXECUTE FUNCTION public.tell();
CREATE POLICY p ON public.kid USING (name IS NOT NULL);

-- pair: containers/shell-type-comes-and-another-goes

-- up
DROP TYPE public.one;
CREATE TYPE public.two;

-- down
DROP TYPE public.two;
CREATE TYPE public.one;

-- pair: containers/collation-changes-under-columns-and-domains

-- up
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
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
CREATE INDEX t_a ON public.t (a);

-- down
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
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
CREATE INDEX t_a ON public.t (a);

