-- pair: types/enum-loses-a-value-in-an-array

-- up
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT m::text FROM public.t WHERE m::text[] && ARRAY['ok']
ALTER TABLE public.t ALTER COLUMN m TYPE public.mood[] USING m::text[]::public.mood[];
DROP TYPE public.mood_old;

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: types/enum-loses-a-value-in-a-domain

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN m TYPE text;
DROP DOMAIN public.good;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
DROP TYPE public.mood_old;
CREATE DOMAIN public.good AS public.mood
    CONSTRAINT good_check CHECK (VALUE <> 'sad'::public.mood);
--   fails if this finds rows: SELECT * FROM public.t WHERE m::text NOT IN ('sad', 'glad')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN m TYPE public.good USING m::public.good;

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: types/enum-loses-a-value-in-a-composite

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE text;
ALTER TYPE public.note ALTER ATTRIBUTE m TYPE text;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
DROP TYPE public.mood_old;
ALTER TYPE public.note ALTER ATTRIBUTE m TYPE public.mood;
--   fails if this finds rows: SELECT * FROM public.t WHERE (n).m::text NOT IN ('sad', 'glad')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE public.note USING n::public.note;

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: types/enum-loses-a-value-in-a-composite-array

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE text;
ALTER TYPE public.note ALTER ATTRIBUTE m TYPE text;
ALTER TYPE public.mood RENAME TO mood_old;
CREATE TYPE public.mood AS ENUM ('sad', 'glad');
DROP TYPE public.mood_old;
ALTER TYPE public.note ALTER ATTRIBUTE m TYPE public.mood;
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(n) e WHERE (e).m::text NOT IN ('sad', 'glad'))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN n TYPE public.note[] USING n::text::public.note[];

-- down
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';

-- pair: types/enum-loses-a-value-in-a-partition-key

-- up
ALTER TABLE public.city DETACH PARTITION public.city_at;
DROP TABLE public.city;
ALTER TYPE public.land RENAME TO land_old;
CREATE TYPE public.land AS ENUM ('at', 'de');
--   rewrites public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
--   fails if this finds rows: SELECT l::text FROM public.city_at WHERE l::text IN ('xx')
ALTER TABLE public.city_at ALTER COLUMN l TYPE public.land USING l::text::public.land;
DROP TYPE public.land_old;
CREATE TABLE public.city (
    l public.land,
    name text
) PARTITION BY LIST (l);
--   scans public.city_at
--   fails if this finds rows: SELECT * FROM public.city_at WHERE (l IN ('at')) IS NOT TRUE
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at');

-- down
ALTER TYPE public.land ADD VALUE 'xx';

-- pair: types/enum-reorders

-- up
ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'm', 'l');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.size USING s::text::public.size;
DROP TYPE public.size_old;
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'm'::public.size;

-- down
ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('m', 's', 'l');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.size USING s::text::public.size;
DROP TYPE public.size_old;
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'm'::public.size;

-- pair: types/enum-loses-a-value-in-a-key-and-a-view

-- up
DROP VIEW public.v;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'l');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT s::text FROM public.t WHERE s::text IN ('m')
ALTER TABLE public.t ALTER COLUMN s TYPE public.size USING s::text::public.size;
DROP TYPE public.size_old;
CREATE VIEW public.v AS
SELECT t.n
   FROM public.t
  WHERE (t.s <> 's'::public.size);

-- down
ALTER TYPE public.size ADD VALUE 'm' AFTER 's';

-- pair: types/enum-array-becomes-text-array

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text[] USING s::text[];
DROP TYPE public.size;

-- down
CREATE TYPE public.size AS ENUM ('s', 'm', 'l');
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(s) e WHERE e::text NOT IN ('s', 'm', 'l'))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.size[] USING s::public.size[];

-- pair: types/enum-becomes-text

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 's'::text;
DROP TYPE public.size;

-- down
ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT;
CREATE TYPE public.size AS ENUM ('s', 'm', 'l');
--   fails if this finds rows: SELECT * FROM public.t WHERE s::text NOT IN ('s', 'm', 'l')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.size USING s::public.size;
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 's'::public.size;

-- pair: types/enum-value-added-and-used-in-a-check-text

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TYPE public.size ADD VALUE 'l';
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::text <> 'l'::text)
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT c CHECK ((s)::text <> 'l'::text);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'm');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT s::text FROM public.t WHERE s::text IN ('l')
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::text <> 'x'::text)
--   scans public.t
ALTER TABLE public.t
  ALTER COLUMN s TYPE public.size USING s::text::public.size,
  ADD CONSTRAINT c CHECK ((s)::text <> 'x'::text);
DROP TYPE public.size_old;

-- pair: types/enum-value-added-and-used-in-a-default

-- up
ALTER TYPE public.size ADD VALUE 'l';
-- after a commit
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'l'::public.size;

-- down
ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'm');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT s::text FROM public.t WHERE s::text IN ('l')
ALTER TABLE public.t ALTER COLUMN s TYPE public.size USING s::text::public.size;
DROP TYPE public.size_old;
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 's'::public.size;

-- pair: types/domain-changes-its-base

-- up
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount USING a::text::public.amount;
DROP DOMAIN public.amount_old;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a >= 0)
ALTER DOMAIN public.amount ADD CONSTRAINT amount_check CHECK (VALUE >= 0);

-- down
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS integer;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE a IS NOT NULL AND NOT CASE WHEN a::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN a::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount USING a::text::public.amount;
DROP DOMAIN public.amount_old;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a >= 0)
ALTER DOMAIN public.amount ADD CONSTRAINT amount_check CHECK (VALUE >= 0);

-- pair: types/domain-changes-its-base-under-an-array

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS bigint;
DROP DOMAIN public.amount_old;
--   can fail on existing rows: domain constraint public.amount.amount_check: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT amount_check CHECK (VALUE >= 0);
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount[] USING a::text::public.amount[];

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS integer;
DROP DOMAIN public.amount_old;
--   can fail on existing rows: domain constraint public.amount.amount_check: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT amount_check CHECK (VALUE >= 0);
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE e IS NOT NULL AND NOT CASE WHEN e::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN e::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount[] USING a::text::public.amount[];

-- pair: types/domain-changes-its-base-under-a-composite

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
ALTER TYPE public.price ALTER ATTRIBUTE a TYPE text;
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS numeric;
DROP DOMAIN public.amount_old;
ALTER TYPE public.price ALTER ATTRIBUTE a TYPE public.amount;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.price USING p::public.price;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
ALTER TYPE public.price ALTER ATTRIBUTE a TYPE text;
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS integer;
DROP DOMAIN public.amount_old;
ALTER TYPE public.price ALTER ATTRIBUTE a TYPE public.amount;
--   fails if this finds rows: SELECT * FROM public.t WHERE (p).a IS NOT NULL AND NOT CASE WHEN (p).a::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (p).a::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.price USING p::public.price;

-- pair: types/domain-changes-its-base-under-a-domain

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
DROP DOMAIN public.positive;
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS bigint;
DROP DOMAIN public.amount_old;
CREATE DOMAIN public.positive AS public.amount
    CONSTRAINT positive_check CHECK ((VALUE)::bigint > 0);
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((p)::bigint > 0)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.positive USING p::public.positive;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
DROP DOMAIN public.positive;
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS integer;
DROP DOMAIN public.amount_old;
CREATE DOMAIN public.positive AS public.amount
    CONSTRAINT positive_check CHECK ((VALUE)::integer > 0);
--   can fail on existing rows: column public.t.p: a bigint may be no integer, or not permitted in public.positive
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.positive USING p::public.positive;

-- pair: types/domain-check-changes

-- up
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a >= '-10'::integer)
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= '-10'::integer);

-- down
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a >= 0)
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= 0);

-- pair: types/domain-check-changes-under-an-array

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= '-10'::integer);
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE NOT (e >= '-10'::integer))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount[] USING a::text::public.amount[];

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= 0);
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE NOT (e >= 0))
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount[] USING a::text::public.amount[];

-- pair: types/domain-check-changes-under-a-composite

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= '-10'::integer);
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((p).a >= '-10'::integer)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.price USING p::public.price;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
ALTER DOMAIN public.amount DROP CONSTRAINT c;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= 0);
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((p).a >= 0)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.price USING p::public.price;

-- pair: types/domain-check-comes-under-a-domain-array

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN m TYPE text;
--   can fail on existing rows: domain constraint public.amount.c: a value may not satisfy it
ALTER DOMAIN public.amount ADD CONSTRAINT c CHECK (VALUE >= '-10'::integer);
--   can fail on existing rows: column public.t.m: in an array a value may not be permitted in public.amount, or not permitted in public.many
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN m TYPE public.many USING m::public.many;

-- down
ALTER DOMAIN public.amount DROP CONSTRAINT c;

-- pair: types/domain-becomes-not-null-under-a-composite

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE text;
--   can fail on existing rows: domain public.amount: a row may have no value
ALTER DOMAIN public.amount SET NOT NULL;
--   fails if this finds rows: SELECT * FROM public.t WHERE (p).a IS NULL
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN p TYPE public.price USING p::public.price;

-- down
ALTER DOMAIN public.amount DROP NOT NULL;

-- pair: types/typed-table-gets-an-attribute

-- up
ALTER TYPE public.part ADD ATTRIBUTE size integer CASCADE;

-- down
--   loses data: attribute public.part.size
--   loses data: column public.parts.size
ALTER TYPE public.part DROP ATTRIBUTE size CASCADE;

-- pair: types/typed-table-loses-an-attribute

-- up
--   loses data: attribute public.part.size
--   loses data: column public.parts.size
ALTER TYPE public.part DROP ATTRIBUTE size CASCADE;

-- down
ALTER TYPE public.part ADD ATTRIBUTE size integer CASCADE;

-- pair: types/typed-table-attribute-changes-its-type

-- up
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TYPE public.part ALTER ATTRIBUTE id TYPE bigint CASCADE;
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TYPE public.part ALTER ATTRIBUTE name TYPE text CASCADE;

-- down
--   fails if this finds rows: SELECT * FROM public.parts WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TYPE public.part ALTER ATTRIBUTE id TYPE integer CASCADE;
--   fails if this finds rows: SELECT * FROM public.parts WHERE length(rtrim(name::text, ' ')) > 10
--   loses data: column public.parts.name of the rows that this finds: SELECT * FROM public.parts WHERE length(name::text) > 10 AND length(rtrim(name::text, ' ')) <= 10
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TYPE public.part ALTER ATTRIBUTE name TYPE character varying(10) CASCADE;

-- pair: types/composite-attribute-added-under-a-column

-- up
ALTER TYPE public.spot ADD ATTRIBUTE z integer;

-- down
--   loses data: attribute public.spot.z
ALTER TYPE public.spot DROP ATTRIBUTE z;

-- pair: types/composite-attribute-changes-type-under-a-column

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE text,
  ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE public.spot[] USING many::text::public.spot[],
  ALTER COLUMN s TYPE public.spot USING s::public.spot;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN many TYPE text,
  ALTER COLUMN s TYPE text;
ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(many) e WHERE (e).x IS NOT NULL AND NOT CASE WHEN (e).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (e).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END)
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE (s).x IS NOT NULL AND NOT CASE WHEN (s).x::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN (s).x::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
ALTER TABLE public.t
  ALTER COLUMN many TYPE public.spot[] USING many::text::public.spot[],
  ALTER COLUMN s TYPE public.spot USING s::public.spot;

-- pair: types/type-change-keeps-storage-and-statistics

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE text;
ALTER TABLE public.t ALTER COLUMN body SET STORAGE EXTERNAL;

-- down
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(body::text, ' ')) > 10
--   loses data: column public.t.body of the rows that this finds: SELECT * FROM public.t WHERE length(body::text) > 10 AND length(rtrim(body::text, ' ')) <= 10
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE character varying(10);
ALTER TABLE public.t ALTER COLUMN body SET STORAGE EXTERNAL;

-- pair: types/type-change-keeps-compression

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE text;
ALTER TABLE public.t ALTER COLUMN body SET COMPRESSION pglz;

-- down
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(body::text, ' ')) > 10
--   loses data: column public.t.body of the rows that this finds: SELECT * FROM public.t WHERE length(body::text) > 10 AND length(rtrim(body::text, ' ')) <= 10
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE character varying(10);
ALTER TABLE public.t ALTER COLUMN body SET COMPRESSION pglz;

-- pair: types/storage-of-a-partitioned-column

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE character varying(20);
ALTER TABLE public.t_1 ALTER COLUMN body SET STORAGE EXTERNAL;

-- down
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(body::text, ' ')) > 10
--   loses data: column public.t.body of the rows that this finds: SELECT * FROM public.t WHERE length(body::text) > 10 AND length(rtrim(body::text, ' ')) <= 10
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE character varying(10);
ALTER TABLE public.t_1 ALTER COLUMN body SET STORAGE EXTERNAL;

-- pair: types/identity-with-a-higher-lowest-value

-- up
SELECT setval('public.t_id_seq', 100, false) FROM public.t_id_seq WHERE last_value < 100;
ALTER TABLE public.t ALTER COLUMN id SET MINVALUE 100 SET START WITH 100;

-- down
ALTER TABLE public.t ALTER COLUMN id SET MINVALUE 1 SET START WITH 1;

-- pair: types/identity-with-a-lower-highest-value

-- up
--   loses data: the position of identity of column public.t.id above 90
SELECT setval('public.t_id_seq', 5, false) FROM public.t_id_seq WHERE last_value > 90;
ALTER TABLE public.t ALTER COLUMN id SET MAXVALUE 90 SET START WITH 5;

-- down
ALTER TABLE public.t ALTER COLUMN id SET MAXVALUE 2147483647 SET START WITH 500;

-- pair: types/sequence-with-a-higher-lowest-value

-- up
SELECT setval('public.s', 30, false) FROM public.s WHERE last_value < 20;
ALTER SEQUENCE public.s MINVALUE 20 START WITH 30;

-- down
ALTER SEQUENCE public.s MINVALUE 1 START WITH 1;

-- pair: types/sequence-goes-down

-- up
ALTER SEQUENCE public.s INCREMENT BY -1 MINVALUE -100 MAXVALUE -1 START WITH -1 RESTART;

-- down
ALTER SEQUENCE public.s INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 5 RESTART;

-- pair: types/base-type

-- up
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
CREATE TABLE public.t (
    l public.label
);

-- down
--   loses data: all rows of table public.t
DROP TABLE public.t;
DROP TYPE public.label CASCADE;

-- pair: types/base-type-without-use

-- up
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

-- down
DROP TYPE public.label CASCADE;

-- pair: types/base-type-with-comment

-- up
CREATE TYPE public.label;
CREATE FUNCTION public.label_in(cstring)
 RETURNS public.label
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4in$function$;
CREATE FUNCTION public.label_out(public.label)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4out$function$;
CREATE TYPE public.label (
    INPUT = public.label_in,
    OUTPUT = public.label_out,
    INTERNALLENGTH = 4,
    PASSEDBYVALUE,
    ALIGNMENT = int4,
    STORAGE = plain,
    CATEGORY = 'U'
);
COMMENT ON TYPE public.label IS 'a number';

-- down
DROP TYPE public.label CASCADE;

-- pair: types/shell-type

-- up
CREATE TYPE public.label;

-- down
DROP TYPE public.label;

-- pair: types/range-over-a-domain

-- up
CREATE DOMAIN public.hour AS integer
    CONSTRAINT hour_check CHECK ((VALUE >= 0) AND (VALUE <= 24));
CREATE TYPE public.hours AS RANGE (subtype = integer, multirange_type_name = public.hours_multirange);
CREATE TABLE public.t (
    h public.hours,
    at public.hour
);

-- down
--   loses data: all rows of table public.t
DROP TABLE public.t;
DROP DOMAIN public.hour;
DROP TYPE public.hours;

-- pair: types/range-changes-its-subtype

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
DROP TYPE public.span;
CREATE TYPE public.span AS RANGE (subtype = bigint, multirange_type_name = public.span_multirange);
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.span USING s::public.span;

-- down
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text;
DROP TYPE public.span;
CREATE TYPE public.span AS RANGE (subtype = integer, multirange_type_name = public.span_multirange);
--   fails if this finds rows: SELECT * FROM public.t WHERE lower(s) IS NOT NULL AND NOT CASE WHEN lower(s)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN lower(s)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END OR upper(s) IS NOT NULL AND NOT CASE WHEN upper(s)::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN upper(s)::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE public.span USING s::public.span;

-- pair: types/typed-table-attribute-becomes-what-needs-an-expression

-- up
ALTER TABLE public.parts ALTER COLUMN host DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TABLE public.parts DROP CONSTRAINT parts_pkey;
DROP VIEW public.hosts;
ALTER TABLE public.parts NOT OF;
ALTER TYPE public.part ALTER ATTRIBUTE host TYPE text;
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TABLE public.parts ALTER COLUMN host TYPE text USING abbrev(host);
ALTER TABLE public.parts OF public.part;
ALTER TABLE public.parts NOT OF;
ALTER TYPE public.part ALTER ATTRIBUTE id TYPE integer;
--   fails if this finds rows: SELECT * FROM public.parts WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.parts.id
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TABLE public.parts ALTER COLUMN id TYPE integer USING id::integer;
ALTER TABLE public.parts OF public.part;
ALTER TABLE public.parts ALTER COLUMN host SET DEFAULT '10.0.0.1'::text;
--   fails if this finds rows: SELECT id FROM public.parts WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TABLE public.parts ADD CONSTRAINT parts_pkey PRIMARY KEY (id);
CREATE VIEW public.hosts AS
SELECT parts.host
   FROM public.parts;

-- down
ALTER TABLE public.parts ALTER COLUMN host DROP DEFAULT;
DROP VIEW public.hosts;
ALTER TABLE public.parts NOT OF;
ALTER TYPE public.part ALTER ATTRIBUTE host TYPE inet;
--   can fail on existing rows: column public.parts.host: a text may be no inet
--   loses data: column public.parts.host
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TABLE public.parts ALTER COLUMN host TYPE inet USING host::inet;
ALTER TABLE public.parts OF public.part;
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TYPE public.part ALTER ATTRIBUTE id TYPE text CASCADE;
ALTER TABLE public.parts ALTER COLUMN host SET DEFAULT '10.0.0.1'::inet;
CREATE VIEW public.hosts AS
SELECT parts.host
   FROM public.parts;

-- pair: types/storage-that-goes-with-the-type

-- up
ALTER TABLE public.t ALTER COLUMN b SET STORAGE EXTENDED;
ALTER TABLE public.t ALTER COLUMN c SET STORAGE MAIN;
ALTER TABLE public.t ALTER COLUMN d SET STORAGE MAIN;
--   fails if this finds rows: SELECT * FROM public.t WHERE a::text NOT IN ('low', 'high')
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(e::text, ' ')) > 10
--   loses data: column public.t.e of the rows that this finds: SELECT * FROM public.t WHERE length(e::text) > 10 AND length(rtrim(e::text, ' ')) <= 10
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.mood USING a::public.mood,
  ALTER COLUMN e TYPE character varying(10);
ALTER TABLE public.t ALTER COLUMN e SET STORAGE MAIN;

-- down
ALTER TABLE public.t ALTER COLUMN b SET STORAGE PLAIN;
ALTER TABLE public.t ALTER COLUMN c SET STORAGE EXTERNAL;
ALTER TABLE public.t ALTER COLUMN d SET STORAGE PLAIN;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN e TYPE text;
ALTER TABLE public.t ALTER COLUMN a SET STORAGE EXTERNAL;
ALTER TABLE public.t ALTER COLUMN e SET STORAGE EXTERNAL;

