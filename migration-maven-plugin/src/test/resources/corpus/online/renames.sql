-- pair: renames/table-renamed-and-changed

-- up
ALTER TABLE public.t RENAME TO u;
ALTER TABLE public.u RENAME COLUMN b TO y;
--   loses data: column public.u.gone
ALTER TABLE public.u DROP COLUMN gone;
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ADD COLUMN added integer DEFAULT 3;
ALTER TABLE public.u ADD CONSTRAINT u_y_not_null_check CHECK (y IS NOT NULL) NOT VALID;
ALTER TABLE public.u ALTER COLUMN y SET DEFAULT ''::text;
-- after a commit
--   scans public.u
--   fails if this finds rows: SELECT * FROM public.u WHERE y IS NULL
ALTER TABLE public.u VALIDATE CONSTRAINT u_y_not_null_check;
ALTER TABLE public.u ALTER COLUMN y SET NOT NULL;
ALTER TABLE public.u DROP CONSTRAINT u_y_not_null_check;
-- after a commit
ALTER TABLE public.u RENAME COLUMN a TO x;
ALTER INDEX public.t_a_idx RENAME TO u_x_idx;
DROP VIEW public.v;
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u
  ALTER COLUMN c TYPE character varying(20),
  ALTER COLUMN id TYPE bigint,
  ALTER COLUMN x TYPE bigint;
CREATE VIEW public.v AS
SELECT u.x,
    u.y,
    u.added
   FROM public.u;
-- after a commit
ALTER TABLE public.u ADD CONSTRAINT u_id_not_null_check CHECK (id IS NOT NULL) NOT VALID;
ALTER TABLE public.u ALTER COLUMN x SET DEFAULT 7;
-- after a commit
--   scans public.u
--   fails if this finds rows: SELECT * FROM public.u WHERE id IS NULL
ALTER TABLE public.u VALIDATE CONSTRAINT u_id_not_null_check;
ALTER TABLE public.u ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.u DROP CONSTRAINT u_id_not_null_check;
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.u_x_key') AND NOT indisvalid) THEN
    ALTER INDEX public.u_x_key RENAME TO u_x_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.u_x_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.u_x_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.u_x_key')
      AND indrelid = 'public.u'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (x)')) = 'USING btree (x)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.u_x_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.u_x_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT x FROM public.u WHERE x IS NOT NULL GROUP BY x HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS u_x_key ON public.u (x);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.u'::pg_catalog.regclass AND conname = 'u_x_key') THEN
    ALTER TABLE public.u ADD CONSTRAINT u_x_key UNIQUE USING INDEX u_x_key;
  END IF;
END
$$;
RESET lock_timeout;

-- down
ALTER TABLE public.u RENAME COLUMN y TO b;
ALTER TABLE public.u RENAME COLUMN x TO a;
ALTER TABLE public.u RENAME TO t;
ALTER INDEX public.u_x_idx RENAME TO t_a_idx;
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
ALTER TABLE public.t ALTER COLUMN b DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT u_x_key;
DROP VIEW public.v;
ALTER TABLE public.t ALTER COLUMN b DROP NOT NULL;
--   fails if this finds rows: SELECT * FROM public.t WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(c::text, ' ')) > 10
--   loses data: column public.t.c of the rows that this finds: SELECT * FROM public.t WHERE length(c::text) > 10 AND length(rtrim(c::text, ' ')) <= 10
--   fails if this finds rows: SELECT * FROM public.t WHERE id NOT BETWEEN -2147483648 AND 2147483647
ALTER TABLE public.t
  ALTER COLUMN a TYPE integer,
  ALTER COLUMN c TYPE character varying(10),
  ALTER COLUMN id TYPE integer;
ALTER TABLE public.t ALTER COLUMN id DROP NOT NULL;
CREATE VIEW public.v AS
SELECT t.a,
    t.b
   FROM public.t;
--   loses data: column public.t.added
ALTER TABLE public.t DROP COLUMN added;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD COLUMN gone integer;

-- pair: renames/parts-by-name-that-change-too

-- up
ALTER TABLE public.t RENAME CONSTRAINT small TO large;
ALTER POLICY old_policy ON public.t RENAME TO new_policy;
ALTER INDEX public.by_a RENAME TO by_b;
ALTER TRIGGER old_trigger ON public.t RENAME TO new_trigger;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT large;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT large CHECK (a < 100) NOT VALID;
CREATE OR REPLACE TRIGGER new_trigger BEFORE INSERT OR UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.stop();
--   changes access: policy public.t.new_policy: USING is now (a > 2), and was (a > 1)
ALTER POLICY new_policy ON public.t USING (a > 2);
-- after a commit
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 100)
--   scans public.t
ALTER TABLE public.t VALIDATE CONSTRAINT large;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.by_b;
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: index public.by_b would be missing between two transactions
CREATE INDEX by_b ON public.t (b);

-- down
ALTER TRIGGER new_trigger ON public.t RENAME TO old_trigger;
ALTER INDEX public.by_b RENAME TO by_a;
ALTER POLICY new_policy ON public.t RENAME TO old_policy;
ALTER TABLE public.t RENAME CONSTRAINT large TO small;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT small;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.by_a;
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: index public.by_a would be missing between two transactions
CREATE INDEX by_a ON public.t (a);
CREATE OR REPLACE TRIGGER old_trigger BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.stop();
--   changes access: policy public.t.old_policy: USING is now (a > 1), and was (a > 2)
ALTER POLICY old_policy ON public.t USING (a > 1);
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.t
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 'small') THEN
    ALTER TABLE public.t ADD CONSTRAINT small CHECK (a < 10) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 10)
--   scans public.t
ALTER TABLE public.t VALIDATE CONSTRAINT small;
RESET lock_timeout;

-- pair: renames/constraints-of-a-typed-table-change

-- up
ALTER INDEX public.t_pkey RENAME TO key_of_t;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT small;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT few CHECK (a < 10) NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 10)
--   scans public.t
ALTER TABLE public.t VALIDATE CONSTRAINT few;

-- down
ALTER INDEX public.key_of_t RENAME TO t_pkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT few;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.t
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 'small') THEN
    ALTER TABLE public.t ADD CONSTRAINT small CHECK (a < 10) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 10)
--   scans public.t
ALTER TABLE public.t VALIDATE CONSTRAINT small;
RESET lock_timeout;

