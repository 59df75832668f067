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
DROP INDEX CONCURRENTLY IF EXISTS public.crate_area;
RESET lock_timeout;
-- after a commit
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
DROP INDEX CONCURRENTLY IF EXISTS public.big_boxes;
RESET lock_timeout;
-- after a commit
DROP FUNCTION public.big(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;

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
DROP VIEW public.areas;
-- after a commit
DROP INDEX CONCURRENTLY IF EXISTS public.crate_area_idx;
RESET lock_timeout;
-- after a commit
DROP FUNCTION public.area(public.crate);
--   loses data: all rows of table public.crate
DROP TABLE public.crate;

-- pair: order/key-moves-to-another-column

-- up
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (code)')) = 'USING btree (code)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (code);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;

-- down
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (id);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: order/key-moves-with-foreign-key

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_code_key;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.r
ALTER TABLE public.r DROP CONSTRAINT r_t_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.r.r_t_fkey, constraint public.t.t_pkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_id_key UNIQUE (id);
--   fails if this finds rows: SELECT * FROM public.r t WHERE (t.t IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t)
--   scans public.r
--   blocks with SHARE ROW EXCLUSIVE on public.r
--   no online form: constraint public.r.r_t_fkey, constraint public.t.t_pkey would be missing between two transactions
ALTER TABLE public.r ADD CONSTRAINT r_t_fkey FOREIGN KEY (t) REFERENCES public.t(id);
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.r.r_t_fkey, constraint public.t.t_pkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (code);

-- down
--   blocks with ACCESS EXCLUSIVE on public.r
ALTER TABLE public.r DROP CONSTRAINT r_t_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_id_key;
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.r.r_t_fkey would be missing between two transactions
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.r.r_t_fkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
--   fails if this finds rows: SELECT * FROM public.r t WHERE (t.t IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t)
--   scans public.r
--   blocks with SHARE ROW EXCLUSIVE on public.r
--   no online form: constraint public.r.r_t_fkey would be missing between two transactions
ALTER TABLE public.r ADD CONSTRAINT r_t_fkey FOREIGN KEY (t) REFERENCES public.t(id);
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_code_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_code_key RENAME TO t_code_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_code_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_code_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_code_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (code)')) = 'USING btree (code)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_code_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_code_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_code_key ON public.t (code);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_code_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_code_key UNIQUE USING INDEX t_code_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: order/key-moves-and-the-old-column-may-be-null

-- up
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (uid)')) = 'USING btree (uid)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT uid FROM public.t WHERE uid IS NOT NULL GROUP BY uid HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (uid);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;
-- after a commit
ALTER TABLE public.t ALTER COLUMN id DROP NOT NULL;

-- down
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_id_not_null_check') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_id_not_null_check CHECK (id IS NOT NULL) NOT VALID;
  END IF;
END
$$;
--   scans public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE id IS NULL
ALTER TABLE public.t VALIDATE CONSTRAINT t_id_not_null_check;
ALTER TABLE public.t ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_id_not_null_check;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (id);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: order/key-moves-to-a-column-that-may-be-null

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_uid_key;
ALTER TABLE public.t ADD CONSTRAINT t_uid_not_null_check CHECK (uid IS NOT NULL) NOT VALID;
-- after a commit
--   scans public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE uid IS NULL
ALTER TABLE public.t VALIDATE CONSTRAINT t_uid_not_null_check;
ALTER TABLE public.t ALTER COLUMN uid SET NOT NULL;
ALTER TABLE public.t DROP CONSTRAINT t_uid_not_null_check;
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_id_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_id_key RENAME TO t_id_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_id_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_id_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_id_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_id_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_id_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_id_key ON public.t (id);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_id_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_id_key UNIQUE USING INDEX t_id_key;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (uid)')) = 'USING btree (uid)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT uid FROM public.t WHERE uid IS NOT NULL GROUP BY uid HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (uid);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_id_key;
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (id);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;
-- after a commit
ALTER TABLE public.t ALTER COLUMN uid DROP NOT NULL;
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_uid_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_uid_key RENAME TO t_uid_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_uid_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_uid_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_uid_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (uid)')) = 'USING btree (uid)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_uid_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_uid_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT uid FROM public.t WHERE uid IS NOT NULL GROUP BY uid HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_uid_key ON public.t (uid);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_uid_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_uid_key UNIQUE USING INDEX t_uid_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: order/key-moves-below-foreign-keys

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_code_key;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u DROP CONSTRAINT u_t_id_fkey;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.u.u_t_id_fkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_id_key UNIQUE (id);
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.u.u_t_id_fkey would be missing between two transactions
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.u.u_t_id_fkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (code);
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.t_id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t_id)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
--   no online form: constraint public.u.u_t_id_fkey would be missing between two transactions
ALTER TABLE public.u ADD CONSTRAINT u_t_id_fkey FOREIGN KEY (t_id) REFERENCES public.t(id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u DROP CONSTRAINT u_t_id_fkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT t_id_key;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: constraint public.t.t_pkey, constraint public.u.u_t_id_fkey would be missing between two transactions
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
--   fails if this finds rows: SELECT * FROM public.u t WHERE (t.t_id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.t_id)
--   scans public.u
--   blocks with SHARE ROW EXCLUSIVE on public.u
--   no online form: constraint public.t.t_pkey, constraint public.u.u_t_id_fkey would be missing between two transactions
ALTER TABLE public.u ADD CONSTRAINT u_t_id_fkey FOREIGN KEY (t_id) REFERENCES public.t(id);
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_code_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_code_key RENAME TO t_code_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_code_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_code_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_code_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (code)')) = 'USING btree (code)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_code_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_code_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT code FROM public.t WHERE code IS NOT NULL GROUP BY code HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_code_key ON public.t (code);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_code_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_code_key UNIQUE USING INDEX t_code_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: order/key-gets-a-column-and-loses-one

-- up
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a, b)')) = 'USING btree (a, b)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT a, b FROM public.t WHERE a IS NOT NULL AND b IS NOT NULL GROUP BY a, b HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (a, b);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;
-- after a commit
ALTER TABLE public.t ALTER COLUMN c DROP NOT NULL;

-- down
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_c_not_null_check') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_c_not_null_check CHECK (c IS NOT NULL) NOT VALID;
  END IF;
END
$$;
--   scans public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE c IS NULL
ALTER TABLE public.t VALIDATE CONSTRAINT t_c_not_null_check;
ALTER TABLE public.t ALTER COLUMN c SET NOT NULL;
ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_c_not_null_check;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey_new RENAME TO t_pkey_new_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_new_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey_new')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a, c)')) = 'USING btree (a, c)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey_new is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey_new')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT a, c FROM public.t WHERE a IS NOT NULL AND c IS NOT NULL GROUP BY a, c HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey_new ON public.t (a, c);
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.t_pkey_new') IS NOT NULL THEN
    ALTER TABLE public.t DROP CONSTRAINT IF EXISTS t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;
  END IF;
END
$$;
RESET lock_timeout;

