-- pair: objects/operator-class-under-an-index-goes

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: index public.t_n would be missing between two transactions
DROP INDEX public.t_n;
DROP OPERATOR CLASS public.rev USING hash;
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: index public.t_n would be missing between two transactions
CREATE INDEX t_n ON public.t USING hash (n);
-- after a commit
DROP OPERATOR FAMILY public.rev USING hash;

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: index public.t_n would be missing between two transactions
DROP INDEX public.t_n;
CREATE OPERATOR CLASS public.rev FOR TYPE integer USING hash AS
    FUNCTION 1 (integer, integer) hashint4(integer),
    OPERATOR 1 =(integer,integer);
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: index public.t_n would be missing between two transactions
CREATE INDEX t_n ON public.t USING hash (n public.rev);

-- pair: objects/statistics-over-a-column-type

-- up
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;
-- after a commit
ALTER STATISTICS public.s SET STATISTICS 50;

-- down
--   fails if this finds rows: SELECT * FROM public.t WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN a TYPE integer;
ALTER STATISTICS public.s SET STATISTICS 50;

-- pair: objects/publications

-- up
ALTER PUBLICATION p DROP TABLE public.a;
ALTER PUBLICATION p SET (publish = 'insert');
ALTER PUBLICATION p ADD TABLE ONLY public.a (id) WHERE ((id > 5));
ALTER PUBLICATION p ADD TABLE ONLY public.b;

-- down
ALTER PUBLICATION p DROP TABLE public.b;
ALTER PUBLICATION p DROP TABLE public.a;
ALTER PUBLICATION p SET (publish = 'insert, update, delete, truncate');
ALTER PUBLICATION p ADD TABLE ONLY public.a;

-- pair: objects/constraints

-- up
--   blocks with SHARE ROW EXCLUSIVE on public.a
ALTER TABLE public.a ADD CONSTRAINT a_b FOREIGN KEY (n) REFERENCES public.b(id) ON DELETE CASCADE NOT VALID;
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ADD CONSTRAINT a_c CHECK (n > 0) NOT VALID;
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.a_u') AND NOT indisvalid) THEN
    ALTER INDEX public.a_u RENAME TO a_u_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.a_u_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.a_u') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.a_u')
      AND indrelid = 'public.a'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.a_u is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.a_u')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id FROM public.a WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_u ON public.a (id);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.a'::pg_catalog.regclass AND conname = 'a_u') THEN
    ALTER TABLE public.a ADD CONSTRAINT a_u UNIQUE USING INDEX a_u DEFERRABLE INITIALLY DEFERRED;
  END IF;
END
$$;
RESET lock_timeout;

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
--   no online form: PostgreSQL builds an exclusion constraint only under its lock
ALTER TABLE public.a ADD CONSTRAINT no_two EXCLUDE USING gist (r WITH &&) WHERE ((NOT isempty(r)));

-- down
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a DROP CONSTRAINT no_two;

-- pair: objects/indexes

-- up
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.i_replaced') IS NULL AND pg_catalog.to_regclass('public.i') IS NOT NULL THEN
    ALTER INDEX public.i RENAME TO i_replaced;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.i') AND NOT indisvalid) THEN
    ALTER INDEX public.i RENAME TO i_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.i_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.i') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.i')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a DESC NULLS LAST) INCLUDE (b) WHERE (a > 1)')) = 'USING btree (a DESC NULLS LAST) INCLUDE (b) WHERE (a > 1)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.i is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.i')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (a DESC NULLS LAST) INCLUDE (b) WHERE (a > 1);
DROP INDEX CONCURRENTLY IF EXISTS public.i_replaced;
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.j_replaced') IS NULL AND pg_catalog.to_regclass('public.j') IS NOT NULL THEN
    ALTER INDEX public.j RENAME TO j_replaced;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.j') AND NOT indisvalid) THEN
    ALTER INDEX public.j RENAME TO j_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.j_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.j') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.j')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (b text_pattern_ops) WITH (fillfactor=''70'')')) = 'USING btree (b text_pattern_ops) WITH (fillfactor=''70'')')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.j is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.j')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS j ON public.t (b text_pattern_ops) WITH (fillfactor='70');
DROP INDEX CONCURRENTLY IF EXISTS public.j_replaced;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.k') AND NOT indisvalid) THEN
    ALTER INDEX public.k RENAME TO k_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.k_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.k') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.k')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING gin (c jsonb_path_ops)')) = 'USING gin (c jsonb_path_ops)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.k is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.k')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS k ON public.t USING gin (c jsonb_path_ops);
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.l') AND NOT indisvalid) THEN
    ALTER INDEX public.l RENAME TO l_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.l_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.l') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.l')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (lower(b), a)')) = 'USING btree (lower(b), a)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.l is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.l')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT lower(b), a FROM public.t WHERE lower(b) IS NOT NULL AND a IS NOT NULL GROUP BY lower(b), a HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS l ON public.t (lower(b), a);
RESET lock_timeout;

-- down
DROP INDEX CONCURRENTLY IF EXISTS public.k;
DROP INDEX CONCURRENTLY IF EXISTS public.l;
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.i_replaced') IS NULL AND pg_catalog.to_regclass('public.i') IS NOT NULL THEN
    ALTER INDEX public.i RENAME TO i_replaced;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.i') AND NOT indisvalid) THEN
    ALTER INDEX public.i RENAME TO i_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.i_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.i') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.i')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a)')) = 'USING btree (a)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.i is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.i')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (a);
DROP INDEX CONCURRENTLY IF EXISTS public.i_replaced;
DO $$
BEGIN
  IF pg_catalog.to_regclass('public.j_replaced') IS NULL AND pg_catalog.to_regclass('public.j') IS NOT NULL THEN
    ALTER INDEX public.j RENAME TO j_replaced;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.j') AND NOT indisvalid) THEN
    ALTER INDEX public.j RENAME TO j_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.j_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.j') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.j')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (b)')) = 'USING btree (b)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.j is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.j')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS j ON public.t (b);
DROP INDEX CONCURRENTLY IF EXISTS public.j_replaced;
RESET lock_timeout;

-- pair: objects/identities

-- up
ALTER TABLE public.t ADD CONSTRAINT t_a_not_null_check CHECK (a IS NOT NULL) NOT VALID;
ALTER TABLE public.t ALTER COLUMN b SET GENERATED BY DEFAULT;
-- after a commit
--   scans public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE a IS NULL
ALTER TABLE public.t VALIDATE CONSTRAINT t_a_not_null_check;
ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;
ALTER TABLE public.t DROP CONSTRAINT t_a_not_null_check;
-- after a commit
ALTER TABLE public.t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY (INCREMENT BY 5 START WITH 10);
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, last_value), false) FROM public.t_a_seq;

-- down
ALTER TABLE public.t ALTER COLUMN a DROP IDENTITY;
ALTER TABLE public.t ALTER COLUMN a DROP NOT NULL;
ALTER TABLE public.t ALTER COLUMN b SET GENERATED ALWAYS;

-- pair: objects/collation-goes-from-an-index

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: index public.t_a would be missing between two transactions
DROP INDEX public.t_a;
DROP COLLATION public.c1;
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: index public.t_a would be missing between two transactions
CREATE INDEX t_a ON public.t (a);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: index public.t_a would be missing between two transactions
DROP INDEX public.t_a;
CREATE COLLATION public.c1 (provider = libc, locale = 'C');
--   scans public.t
--   blocks with SHARE on public.t
--   no online form: index public.t_a would be missing between two transactions
CREATE INDEX t_a ON public.t (a COLLATE public.c1);

-- pair: objects/replica-identity-goes

-- up
ALTER TABLE public.t REPLICA IDENTITY DEFAULT;
-- after a commit
DROP INDEX CONCURRENTLY IF EXISTS public.t_id;
RESET lock_timeout;

-- down
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_id') AND NOT indisvalid) THEN
    ALTER INDEX public.t_id RENAME TO t_id_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_id_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_id') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_id')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_id is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_id')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_id ON public.t (id);
RESET lock_timeout;
-- after a commit
ALTER TABLE public.t REPLICA IDENTITY USING INDEX t_id;

-- pair: objects/rule-of-a-view-with-another-column

-- up
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD COLUMN n integer;
DROP VIEW public.v;
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

