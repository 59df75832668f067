-- pair: types/enum-array-becomes-text-array

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN s TYPE text[] USING s::text[];
-- after a commit
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
-- after a commit
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
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT c CHECK ((s)::text <> 'l'::text) NOT VALID;
ALTER TYPE public.size ADD VALUE 'l';
-- after a commit
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::text <> 'l'::text)
--   scans public.t
ALTER TABLE public.t VALIDATE CONSTRAINT c;

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT c;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'm');
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT s::text FROM public.t WHERE s::text IN ('l')
ALTER TABLE public.t ALTER COLUMN s TYPE public.size USING s::text::public.size;
DROP TYPE public.size_old;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.t
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 'c') THEN
    ALTER TABLE public.t ADD CONSTRAINT c CHECK ((s)::text <> 'x'::text) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT ((s)::text <> 'x'::text)
--   scans public.t
ALTER TABLE public.t VALIDATE CONSTRAINT c;
RESET lock_timeout;

-- pair: types/domain-changes-its-base

-- up
ALTER DOMAIN public.amount RENAME TO amount_old;
CREATE DOMAIN public.amount AS bigint;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE public.amount USING a::text::public.amount;
DROP DOMAIN public.amount_old;
-- after a commit
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

-- pair: types/typed-table-attribute-changes-its-type

-- up
--   rewrites public.parts
--   blocks with ACCESS EXCLUSIVE on public.parts
ALTER TYPE public.part ALTER ATTRIBUTE id TYPE bigint CASCADE;
-- after a commit
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

-- pair: types/storage-of-a-partitioned-column

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE character varying(20);
-- after a commit
ALTER TABLE public.t_1 ALTER COLUMN body SET STORAGE EXTERNAL;

-- down
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(body::text, ' ')) > 10
--   loses data: column public.t.body of the rows that this finds: SELECT * FROM public.t WHERE length(body::text) > 10 AND length(rtrim(body::text, ' ')) <= 10
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN body TYPE character varying(10);
ALTER TABLE public.t_1 ALTER COLUMN body SET STORAGE EXTERNAL;

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
--   no online form: default of column public.parts.host, constraint public.parts.parts_pkey, view public.hosts would be missing between two transactions
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
-- after a commit
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

