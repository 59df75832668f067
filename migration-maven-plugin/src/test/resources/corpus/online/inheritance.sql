-- pair: inheritance/leaves-and-changes-a-column

-- up
ALTER TABLE public.kid NO INHERIT public.base;
--   loses data: column public.kid.name
ALTER TABLE public.kid DROP COLUMN name;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD COLUMN label text;
-- after a commit
--   rewrites public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ALTER COLUMN id TYPE bigint;

-- down
--   loses data: column public.kid.label
ALTER TABLE public.kid DROP COLUMN label;
--   fails if this finds rows: SELECT * FROM public.kid WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ALTER COLUMN id TYPE integer;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD COLUMN name text;
ALTER TABLE public.kid INHERIT public.base;

-- pair: inheritance/own-not-null-on-an-inherited-column

-- up
ALTER TABLE public.kid ADD CONSTRAINT kid_n_not_null_check CHECK (n IS NOT NULL) NOT VALID;
-- after a commit
--   scans public.kid
--   fails if this finds rows: SELECT * FROM public.kid WHERE n IS NULL
ALTER TABLE public.kid VALIDATE CONSTRAINT kid_n_not_null_check;
ALTER TABLE public.kid ALTER COLUMN n SET NOT NULL;
ALTER TABLE public.kid DROP CONSTRAINT kid_n_not_null_check;

-- down
ALTER TABLE public.kid ALTER COLUMN n DROP NOT NULL;

-- pair: inheritance/check-without-children

-- up
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT own CHECK (id > 0) NO INHERIT NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
ALTER TABLE public.base VALIDATE CONSTRAINT own;

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT own;

-- pair: inheritance/check-for-children-becomes-own

-- up
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NO INHERIT NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
ALTER TABLE public.base VALIDATE CONSTRAINT pos;

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.base
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.base'::pg_catalog.regclass AND conname = 'pos') THEN
    ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
ALTER TABLE public.base VALIDATE CONSTRAINT pos;
RESET lock_timeout;

-- pair: inheritance/check-of-child-changes

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT low;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD CONSTRAINT low CHECK (n > 10) NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (n > 10)
--   scans public.kid
ALTER TABLE public.kid VALIDATE CONSTRAINT low;

-- down
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT low;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.kid
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.kid'::pg_catalog.regclass AND conname = 'low') THEN
    ALTER TABLE public.kid ADD CONSTRAINT low CHECK (n > 0) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (n > 0)
--   scans public.kid
ALTER TABLE public.kid VALIDATE CONSTRAINT low;
RESET lock_timeout;

-- pair: inheritance/index-and-trigger-of-child

-- up
CREATE TRIGGER t BEFORE INSERT ON public.kid FOR EACH ROW EXECUTE FUNCTION public.touch();
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.kid_n') AND NOT indisvalid) THEN
    ALTER INDEX public.kid_n RENAME TO kid_n_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.kid_n_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.kid_n') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.kid_n')
      AND indrelid = 'public.kid'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (n)')) = 'USING btree (n)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.kid_n is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.kid_n')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS kid_n ON public.kid (n);
RESET lock_timeout;

-- down
DROP TRIGGER t ON public.kid;
-- after a commit
DROP INDEX CONCURRENTLY IF EXISTS public.kid_n;
RESET lock_timeout;

-- pair: inheritance/check-of-parent-that-the-child-has-already

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
ALTER TABLE public.base VALIDATE CONSTRAINT pos;

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.kid
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.kid'::pg_catalog.regclass AND conname = 'pos') THEN
    ALTER TABLE public.kid ADD CONSTRAINT pos CHECK (id > 0) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (id > 0)
--   scans public.kid
ALTER TABLE public.kid VALIDATE CONSTRAINT pos;
RESET lock_timeout;

-- pair: inheritance/middle-of-three-goes

-- up
ALTER TABLE public.leaf NO INHERIT public.mid;
--   blocks with ACCESS EXCLUSIVE on public.leaf
ALTER TABLE public.leaf DROP CONSTRAINT pos;
--   loses data: all rows of table public.mid
DROP TABLE public.mid;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
ALTER TABLE public.leaf INHERIT public.base;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
ALTER TABLE public.base VALIDATE CONSTRAINT pos;

-- down
ALTER TABLE public.leaf NO INHERIT public.base;
--   blocks with ACCESS EXCLUSIVE on public.leaf
ALTER TABLE public.leaf DROP CONSTRAINT pos;
CREATE TABLE public.mid (
    m integer
)
INHERITS (public.base);
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
ALTER TABLE public.leaf INHERIT public.mid;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.base
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.base'::pg_catalog.regclass AND conname = 'pos') THEN
    ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
ALTER TABLE public.base VALIDATE CONSTRAINT pos;
RESET lock_timeout;

-- pair: inheritance/no-inherit-and-back-with-a-local-check

-- up
ALTER TABLE public.kid NO INHERIT public.base;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NO INHERIT NOT VALID;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT small;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD CONSTRAINT small CHECK (id < 100) NO INHERIT NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
ALTER TABLE public.base VALIDATE CONSTRAINT pos;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (id < 100)
--   scans public.kid
ALTER TABLE public.kid VALIDATE CONSTRAINT small;

-- down
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT small;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.kid
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.kid'::pg_catalog.regclass AND conname = 'small') THEN
    ALTER TABLE public.kid ADD CONSTRAINT small CHECK (id < 100) NOT VALID;
  END IF;
END
$$;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (id < 100)
--   scans public.kid
ALTER TABLE public.kid VALIDATE CONSTRAINT small;
RESET lock_timeout;
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
ALTER TABLE public.kid INHERIT public.base;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
--   no online form: constraint public.base.pos would be missing between two transactions
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- pair: inheritance/not-null-of-the-second-parent

-- up
ALTER TABLE public.b ADD CONSTRAINT b_id_not_null_check CHECK (id IS NOT NULL) NOT VALID;
-- after a commit
--   scans public.b
--   fails if this finds rows: SELECT * FROM public.b WHERE id IS NULL
ALTER TABLE public.b VALIDATE CONSTRAINT b_id_not_null_check;
ALTER TABLE public.b ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.b DROP CONSTRAINT b_id_not_null_check;

-- down
ALTER TABLE public.b ALTER COLUMN id DROP NOT NULL;

-- pair: inheritance/own-keys-at-two-depths-when-the-parent-changes-type

-- up
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN id TYPE bigint;
-- after a commit
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN g TYPE bigint;

-- down
--   fails if this finds rows: SELECT * FROM public.base WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN id TYPE integer;
--   fails if this finds rows: SELECT * FROM public.ref WHERE g NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN g TYPE integer;

-- pair: inheritance/column-of-two-parents-changes-its-type

-- up
ALTER TABLE public.kid NO INHERIT public.b;
-- after a commit
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE bigint;
-- after a commit
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE bigint;
-- after a commit
ALTER TABLE public.kid INHERIT public.b;

-- down
ALTER TABLE public.kid NO INHERIT public.b;
--   fails if this finds rows: SELECT * FROM public.a WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE integer;
--   fails if this finds rows: SELECT * FROM public.b WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE integer;
ALTER TABLE public.kid INHERIT public.b;

-- pair: inheritance/column-of-three-parents-changes-its-type

-- up
ALTER TABLE public.kid NO INHERIT public.a;
ALTER TABLE public.kid NO INHERIT public.b;
-- after a commit
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE text;
-- after a commit
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE text;
-- after a commit
ALTER TABLE public.b ALTER COLUMN id SET DEFAULT '4'::text;
ALTER TABLE public.kid INHERIT public.b;
ALTER TABLE public.kid INHERIT public.a;
-- after a commit
--   rewrites public.z
--   blocks with ACCESS EXCLUSIVE on public.z
ALTER TABLE public.z ALTER COLUMN id TYPE text;
-- after a commit
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT '5'::text;

-- down
ALTER TABLE public.kid NO INHERIT public.a;
ALTER TABLE public.kid NO INHERIT public.b;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 4;
ALTER TABLE public.b ALTER COLUMN id DROP DEFAULT;
--   fails if this finds rows: SELECT * FROM public.a WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.a.id
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE integer USING id::integer;
--   fails if this finds rows: SELECT * FROM public.b WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.b.id
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE integer USING id::integer;
ALTER TABLE public.b ALTER COLUMN id SET DEFAULT 4;
--   fails if this finds rows: SELECT * FROM public.z WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.z.id
--   rewrites public.z
--   blocks with ACCESS EXCLUSIVE on public.z
ALTER TABLE public.z ALTER COLUMN id TYPE integer USING id::integer;
ALTER TABLE public.kid INHERIT public.b;
ALTER TABLE public.kid INHERIT public.a;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 5;

-- pair: inheritance/diamond-changes-a-type

-- up
ALTER TABLE public.kid NO INHERIT public.b;
ALTER TABLE public.kid INHERIT public.b;
-- after a commit
--   rewrites public.top
--   blocks with ACCESS EXCLUSIVE on public.top
ALTER TABLE public.top ALTER COLUMN id TYPE bigint;

-- down
ALTER TABLE public.kid NO INHERIT public.b;
--   fails if this finds rows: SELECT * FROM public.top WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.top
--   blocks with ACCESS EXCLUSIVE on public.top
ALTER TABLE public.top ALTER COLUMN id TYPE integer;
ALTER TABLE public.kid INHERIT public.b;

