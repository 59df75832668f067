-- pair: partitions/attach-a-table-without-index

-- up
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_d_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_d_idx RENAME TO log_26_d_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_d_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_d_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_d_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (d)')) = 'USING btree (d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_d_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_d_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_d_idx ON public.log_26 (d);
RESET lock_timeout;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;

-- pair: partitions/attach-a-table-without-the-primary-key

-- up
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_pkey') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_pkey RENAME TO log_26_pkey_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_pkey_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_pkey') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_pkey')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_pkey is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_pkey')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_26_pkey ON public.log_26 (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_26'::pg_catalog.regclass AND conname = 'log_26_pkey') THEN
    ALTER TABLE public.log_26 ADD CONSTRAINT log_26_pkey PRIMARY KEY USING INDEX log_26_pkey;
  END IF;
END
$$;
RESET lock_timeout;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_26_pkey;

-- pair: partitions/attach-a-table-with-unique-index-for-unique-constraint

-- up
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_d_key;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_key') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_d_key RENAME TO log_26_id_d_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_d_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_d_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_key')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_d_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_d_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_d_key ON public.log_26 (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_26'::pg_catalog.regclass AND conname = 'log_26_id_d_key') THEN
    ALTER TABLE public.log_26 ADD CONSTRAINT log_26_id_d_key UNIQUE USING INDEX log_26_id_d_key;
  END IF;
END
$$;
RESET lock_timeout;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_26_id_d_key;
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_key') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_d_key RENAME TO log_26_id_d_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_d_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_d_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_key')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_d_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_d_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_d_key ON public.log_26 (id, d);
RESET lock_timeout;

-- pair: partitions/attach-nullable-columns

-- up
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE id IS NULL
--   scans public.log_26
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ALTER COLUMN id SET NOT NULL;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
ALTER TABLE public.log_26 ALTER COLUMN id DROP NOT NULL;

-- pair: partitions/attach-with-checks-and-default

-- up
ALTER TABLE public.log_26 ALTER COLUMN id SET DEFAULT 7;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE NOT (id > 0)
--   scans public.log_26
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ADD CONSTRAINT log_id_check CHECK (id > 0);
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
ALTER TABLE public.log_26 ALTER COLUMN id DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_id_check;

-- pair: partitions/detach-and-lose-the-index

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;

-- down
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_d_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_d_idx RENAME TO log_26_d_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_d_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_d_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_d_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (d)')) = 'USING btree (d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_d_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_d_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_d_idx ON public.log_26 (d);
RESET lock_timeout;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-and-lose-the-primary-key

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_26_pkey;

-- down
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_pkey') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_pkey RENAME TO log_26_pkey_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_pkey_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_pkey') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_pkey')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_pkey is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_pkey')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_26_pkey ON public.log_26 (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_26'::pg_catalog.regclass AND conname = 'log_26_pkey') THEN
    ALTER TABLE public.log_26 ADD CONSTRAINT log_26_pkey PRIMARY KEY USING INDEX log_26_pkey;
  END IF;
END
$$;
RESET lock_timeout;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/moves-to-another-parent

-- up
ALTER TABLE public.hot DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.cold ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.cold DETACH PARTITION public.log_26;
--   scans public.log_26
--   blocks with SHARE on public.log_26
--   no online form: it runs between statements that share a transaction
CREATE INDEX log_26_d_idx ON public.log_26 (d);
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.hot ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-key-made-with-only

-- up
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
--   no online form: a partition has no key of its own that could be made first
ALTER TABLE ONLY public.log ADD CONSTRAINT log_key UNIQUE (id, d);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_key;

-- pair: partitions/parent-index-made-with-only

-- up
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: a partition of public.log has no index of its own that could be built first
CREATE INDEX log_id ON ONLY public.log (id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;

-- pair: partitions/two-indexes-over-the-same-columns

-- up
CREATE INDEX IF NOT EXISTS log_plain ON ONLY public.log (id);
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_idx RENAME TO log_26_id_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_idx ON public.log_26 (id);
ALTER INDEX public.log_plain ATTACH PARTITION public.log_26_id_idx;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_plain';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND NOT ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'CREATE INDEX ON ONLY ' || part::pg_catalog.regclass || ' (id)';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_plain is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
CREATE INDEX IF NOT EXISTS log_some ON ONLY public.log (id) WHERE (id > 10);
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx1') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_idx1 RENAME TO log_26_id_idx1_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_idx1_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_idx1') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx1')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id) WHERE (id > 10)')) = 'USING btree (id) WHERE (id > 10)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_idx1 is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_idx1')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_idx1 ON public.log_26 (id) WHERE (id > 10);
ALTER INDEX public.log_some ATTACH PARTITION public.log_26_id_idx1;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_some';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND NOT ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (id) WHERE (id > 10)')) = 'USING btree (id) WHERE (id > 10)'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'CREATE INDEX ON ONLY ' || part::pg_catalog.regclass || ' (id) WHERE (id > 10)';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_some is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_plain;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_some;

-- pair: partitions/second-index-over-the-same-columns

-- up
CREATE INDEX IF NOT EXISTS log_down ON ONLY public.log (id DESC);
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx1') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_idx1 RENAME TO log_26_id_idx1_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_idx1_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_idx1') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx1')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id DESC)')) = 'USING btree (id DESC)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_idx1 is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_idx1')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_idx1 ON public.log_26 (id DESC);
ALTER INDEX public.log_down ATTACH PARTITION public.log_26_id_idx1;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_down';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND NOT ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (id DESC)')) = 'USING btree (id DESC)'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'CREATE INDEX ON ONLY ' || part::pg_catalog.regclass || ' (id DESC)';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_down is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_down;

-- pair: partitions/new-partition-of-parent-with-two-like-indexes

-- up
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_id_idx ON public.log_26 (id);
CREATE INDEX log_26_id_idx1 ON public.log_26 (id) WHERE (id > 10);
-- after a commit
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;

-- pair: partitions/index-on-expression-of-partitions

-- up
CREATE INDEX IF NOT EXISTS log_lower_idx ON ONLY public.log (lower(t));
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_lower_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_lower_idx RENAME TO log_26_lower_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_lower_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_lower_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_lower_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (lower(t))')) = 'USING btree (lower(t))')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_lower_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_lower_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_lower_idx ON public.log_26 (lower(t));
ALTER INDEX public.log_lower_idx ATTACH PARTITION public.log_26_lower_idx;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_lower_idx';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND NOT ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (lower(t))')) = 'USING btree (lower(t))'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'CREATE INDEX ON ONLY ' || part::pg_catalog.regclass || ' (lower(t))';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_lower_idx is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
CREATE INDEX IF NOT EXISTS log_lower_upper_idx ON ONLY public.log (lower(t), upper(t));
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_lower_upper_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_lower_upper_idx RENAME TO log_26_lower_upper_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_lower_upper_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_lower_upper_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_lower_upper_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (lower(t), upper(t))')) = 'USING btree (lower(t), upper(t))')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_lower_upper_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_lower_upper_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_lower_upper_idx ON public.log_26 (lower(t), upper(t));
ALTER INDEX public.log_lower_upper_idx ATTACH PARTITION public.log_26_lower_upper_idx;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_lower_upper_idx';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND NOT ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (lower(t), upper(t))')) = 'USING btree (lower(t), upper(t))'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'CREATE INDEX ON ONLY ' || part::pg_catalog.regclass || ' (lower(t), upper(t))';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_lower_upper_idx is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_lower_idx;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_lower_upper_idx;

-- pair: partitions/unique-constraint-added-to-the-tree

-- up
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log'::pg_catalog.regclass AND conname = 'log_u') THEN
    ALTER TABLE ONLY public.log ADD CONSTRAINT log_u UNIQUE (id, d);
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_key') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_d_key RENAME TO log_26_id_d_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_d_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_d_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_key')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_d_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_d_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_d_key ON public.log_26 (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_26'::pg_catalog.regclass AND conname = 'log_26_id_d_key') THEN
    ALTER TABLE public.log_26 ADD CONSTRAINT log_26_id_d_key UNIQUE USING INDEX log_26_id_d_key;
  END IF;
END
$$;
ALTER INDEX public.log_u ATTACH PARTITION public.log_26_id_d_key;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_u';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)'
          AND EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'ALTER TABLE ' || part::pg_catalog.regclass || ' ADD UNIQUE (id, d)';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_u is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_u;

-- pair: partitions/partition-stays-while-its-parent-with-index-goes

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
DROP TABLE public.log;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;

-- down
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE INDEX log_d ON public.log (d);
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_d_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_d_idx RENAME TO log_26_d_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_d_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_d_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_d_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (d)')) = 'USING btree (d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_d_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_d_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_d_idx ON public.log_26 (d);
RESET lock_timeout;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-with-unique-index-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
DROP TABLE public.log;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_id_d_idx;
CREATE TABLE public.log (
    id integer,
    d date
);
CREATE UNIQUE INDEX log_u ON public.log (id, d);

-- down
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE UNIQUE INDEX log_u ON public.log (id, d);
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_d_idx RENAME TO log_26_id_d_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_d_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_d_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_d_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_d_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_d_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_d_idx ON public.log_26 (id, d);
RESET lock_timeout;
-- after a commit
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-with-trigger-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
);
CREATE TRIGGER touched BEFORE UPDATE ON public.log_26 FOR EACH ROW EXECUTE FUNCTION public.touch();

-- down
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE TRIGGER touched BEFORE UPDATE ON public.log FOR EACH ROW EXECUTE FUNCTION public.touch();
DROP TRIGGER touched ON public.log_26;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/column-added-to-the-tree

-- up
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ADD COLUMN note text DEFAULT 'n' NOT NULL;
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ADD CONSTRAINT item_note_check CHECK (note <> ''::text) NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.item WHERE NOT (note <> ''::text)
--   scans public.item
ALTER TABLE public.item VALIDATE CONSTRAINT item_note_check;

-- down
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item DROP CONSTRAINT item_note_check;
--   loses data: column public.item.note
ALTER TABLE public.item DROP COLUMN note;

-- pair: partitions/column-dropped-from-the-tree-with-index

-- up
--   blocks with ACCESS EXCLUSIVE on public.item
DROP INDEX public.item_note_idx;
--   loses data: column public.item.note
ALTER TABLE public.item DROP COLUMN note;

-- down
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ADD COLUMN note text;
-- after a commit
CREATE INDEX IF NOT EXISTS item_note_idx ON ONLY public.item (note);
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.item_1_note_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.item_1_note_idx RENAME TO item_1_note_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.item_1_note_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.item_1_note_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.item_1_note_idx')
      AND indrelid = 'public.item_1'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (note)')) = 'USING btree (note)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.item_1_note_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.item_1_note_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS item_1_note_idx ON public.item_1 (note);
ALTER INDEX public.item_note_idx ATTACH PARTITION public.item_1_note_idx;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.item_note_idx';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND NOT ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (note)')) = 'USING btree (note)'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'CREATE INDEX ON ONLY ' || part::pg_catalog.regclass || ' (note)';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.item_note_idx is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;

-- pair: partitions/own-default-and-check-of-a-partition

-- up
ALTER TABLE public.item_1 ADD CONSTRAINT item_1_v_not_null_check CHECK (v IS NOT NULL) NOT VALID;
ALTER TABLE public.item_1 ALTER COLUMN v SET DEFAULT 2;
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 ADD CONSTRAINT small CHECK (v < 10) NOT VALID;
-- after a commit
--   scans public.item_1
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE v IS NULL
ALTER TABLE public.item_1 VALIDATE CONSTRAINT item_1_v_not_null_check;
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE NOT (v < 10)
--   scans public.item_1
ALTER TABLE public.item_1 VALIDATE CONSTRAINT small;
ALTER TABLE public.item_1 ALTER COLUMN v SET NOT NULL;
ALTER TABLE public.item_1 DROP CONSTRAINT item_1_v_not_null_check;

-- down
ALTER TABLE public.item_1 ALTER COLUMN v SET DEFAULT 1;
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 DROP CONSTRAINT small;
ALTER TABLE public.item_1 ALTER COLUMN v DROP NOT NULL;

-- pair: partitions/foreign-key-to-a-partitioned-table

-- up
--   blocks with SHARE ROW EXCLUSIVE on public.ref
ALTER TABLE public.ref ADD CONSTRAINT ref_item FOREIGN KEY (item) REFERENCES public.item(id) NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.ref t WHERE (t.item IS NOT NULL) AND NOT EXISTS (SELECT FROM public.item r WHERE r.id = t.item)
--   scans public.ref
ALTER TABLE public.ref VALIDATE CONSTRAINT ref_item;

-- down
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref DROP CONSTRAINT ref_item;

-- pair: partitions/not-null-of-the-tree

-- up
ALTER TABLE public.item ADD CONSTRAINT item_id_not_null_check CHECK (id IS NOT NULL) NOT VALID;
ALTER TABLE public.item ADD CONSTRAINT item_v_not_null_check CHECK (v IS NOT NULL) NOT VALID;
-- after a commit
--   scans public.item
--   fails if this finds rows: SELECT * FROM public.item WHERE id IS NULL
ALTER TABLE public.item VALIDATE CONSTRAINT item_id_not_null_check;
--   scans public.item
--   fails if this finds rows: SELECT * FROM public.item WHERE v IS NULL
ALTER TABLE public.item VALIDATE CONSTRAINT item_v_not_null_check;
ALTER TABLE public.item ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.item DROP CONSTRAINT item_id_not_null_check;
ALTER TABLE public.item ALTER COLUMN v SET NOT NULL;
ALTER TABLE public.item DROP CONSTRAINT item_v_not_null_check;

-- down
ALTER TABLE public.item ALTER COLUMN id DROP NOT NULL;
ALTER TABLE public.item ALTER COLUMN v DROP NOT NULL;

-- pair: partitions/new-enum-value-in-a-bound

-- up
ALTER TYPE public.land ADD VALUE 'ch';
-- after a commit
CREATE TABLE public.item_ch PARTITION OF public.item FOR VALUES IN ('ch');

-- down
ALTER TABLE public.item DETACH PARTITION public.item_ch;
ALTER TABLE public.item DETACH PARTITION public.item_at;
DROP TABLE public.item;
--   loses data: all rows of table public.item_ch
DROP TABLE public.item_ch;
ALTER TYPE public.land RENAME TO land_old;
CREATE TYPE public.land AS ENUM ('at', 'de');
--   rewrites public.item_at
--   blocks with ACCESS EXCLUSIVE on public.item_at
--   fails if this finds rows: SELECT l::text FROM public.item_at WHERE l::text IN ('ch')
ALTER TABLE public.item_at ALTER COLUMN l TYPE public.land USING l::text::public.land;
DROP TYPE public.land_old;
CREATE TABLE public.item (
    l public.land
) PARTITION BY LIST (l);
--   scans public.item_at
--   fails if this finds rows: SELECT * FROM public.item_at WHERE (l IN ('at')) IS NOT TRUE
ALTER TABLE public.item ATTACH PARTITION public.item_at FOR VALUES IN ('at');

-- pair: partitions/list-key-becomes-an-enum

-- up
ALTER TABLE public.city DETACH PARTITION public.city_at;
ALTER TABLE public.city DETACH PARTITION public.city_rest;
DROP TABLE public.city;
CREATE TYPE public.land AS ENUM ('at', 'de');
CREATE TABLE public.city (
    l public.land,
    name text
) PARTITION BY LIST (l);
--   fails if this finds rows: SELECT * FROM public.city_at WHERE l::text NOT IN ('at', 'de')
--   rewrites public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at ALTER COLUMN l TYPE public.land USING l::public.land;
--   scans public.city_at
--   can fail on existing rows: a row of table public.city_at may lie outside of FOR VALUES IN ('at')
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at');
--   fails if this finds rows: SELECT * FROM public.city_rest WHERE l::text NOT IN ('at', 'de')
--   rewrites public.city_rest
--   blocks with ACCESS EXCLUSIVE on public.city_rest
ALTER TABLE public.city_rest ALTER COLUMN l TYPE public.land USING l::public.land;
--   scans public.city_rest
--   can fail on existing rows: a row of table public.city_rest may lie outside of DEFAULT
ALTER TABLE public.city ATTACH PARTITION public.city_rest DEFAULT;

-- down
ALTER TABLE public.city DETACH PARTITION public.city_at;
ALTER TABLE public.city DETACH PARTITION public.city_rest;
DROP TABLE public.city;
CREATE TABLE public.city (
    l text,
    name text
) PARTITION BY LIST (l);
--   rewrites public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at ALTER COLUMN l TYPE text;
--   scans public.city_at
--   can fail on existing rows: a row of table public.city_at may lie outside of FOR VALUES IN ('at')
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at');
--   rewrites public.city_rest
--   blocks with ACCESS EXCLUSIVE on public.city_rest
ALTER TABLE public.city_rest ALTER COLUMN l TYPE text;
--   scans public.city_rest
--   can fail on existing rows: a row of table public.city_rest may lie outside of DEFAULT
ALTER TABLE public.city ATTACH PARTITION public.city_rest DEFAULT;
DROP TYPE public.land;

-- pair: partitions/key-of-two-levels-changes-its-type

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;
-- after a commit
ALTER TABLE public.t_1 DETACH PARTITION public.t_1_1;
ALTER TABLE public.t DETACH PARTITION public.t_2;
DROP TABLE public.t;
DROP TABLE public.t_1;
CREATE TABLE public.t (
    a bigint,
    b bigint,
    n text
) PARTITION BY RANGE (a);
CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM ('0') TO ('10') PARTITION BY RANGE (b);
--   rewrites public.t_1_1
--   blocks with ACCESS EXCLUSIVE on public.t_1_1
ALTER TABLE public.t_1_1
  ALTER COLUMN a TYPE bigint,
  ALTER COLUMN b TYPE bigint;
--   scans public.t_1_1
--   can fail on existing rows: a row of table public.t_1_1 may lie outside of FOR VALUES FROM ('0') TO ('10')
ALTER TABLE public.t_1 ATTACH PARTITION public.t_1_1 FOR VALUES FROM ('0') TO ('10');
--   rewrites public.t_2
--   blocks with ACCESS EXCLUSIVE on public.t_2
ALTER TABLE public.t_2
  ALTER COLUMN a TYPE bigint,
  ALTER COLUMN b TYPE bigint;
--   scans public.t_2
--   can fail on existing rows: a row of table public.t_2 may lie outside of FOR VALUES FROM ('10') TO ('20')
ALTER TABLE public.t ATTACH PARTITION public.t_2 FOR VALUES FROM ('10') TO ('20');

-- down
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER TABLE public.t_1 DETACH PARTITION public.t_1_1;
ALTER TABLE public.t DETACH PARTITION public.t_2;
DROP TABLE public.t;
DROP TABLE public.t_1;
CREATE TABLE public.t (
    a integer,
    b integer,
    n text
) PARTITION BY RANGE (a);
CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
--   fails if this finds rows: SELECT * FROM public.t_1_1 WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1_1
--   blocks with ACCESS EXCLUSIVE on public.t_1_1
--   fails if this finds rows: SELECT * FROM public.t_1_1 WHERE b NOT BETWEEN -2147483648 AND 2147483647
ALTER TABLE public.t_1_1
  ALTER COLUMN a TYPE integer,
  ALTER COLUMN b TYPE integer;
--   scans public.t_1_1
--   can fail on existing rows: a row of table public.t_1_1 may lie outside of FOR VALUES FROM (0) TO (10)
ALTER TABLE public.t_1 ATTACH PARTITION public.t_1_1 FOR VALUES FROM (0) TO (10);
--   fails if this finds rows: SELECT * FROM public.t_2 WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_2
--   blocks with ACCESS EXCLUSIVE on public.t_2
--   fails if this finds rows: SELECT * FROM public.t_2 WHERE b NOT BETWEEN -2147483648 AND 2147483647
ALTER TABLE public.t_2
  ALTER COLUMN a TYPE integer,
  ALTER COLUMN b TYPE integer;
--   scans public.t_2
--   can fail on existing rows: a row of table public.t_2 may lie outside of FOR VALUES FROM (10) TO (20)
ALTER TABLE public.t ATTACH PARTITION public.t_2 FOR VALUES FROM (10) TO (20);

-- pair: partitions/key-becomes-bigint-under-everything

-- up
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref DROP CONSTRAINT ref_id_fkey;
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER TABLE public.t DETACH PARTITION public.t_rest;
DROP VIEW public.v;
DROP TABLE public.t;
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN id TYPE bigint;
CREATE TABLE public.t (
    id bigint NOT NULL,
    n text DEFAULT 'd',
    CONSTRAINT t_pk PRIMARY KEY (id),
    CONSTRAINT pos CHECK (id >= 0)
) PARTITION BY RANGE (id);
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
CREATE INDEX t_n ON public.t (n);
CREATE TRIGGER told AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.tell();
CREATE POLICY p ON public.t USING (id > 0);
COMMENT ON TABLE public.t IS 'things';
GRANT SELECT ON TABLE public.t TO clerk;
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE bigint;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM ('0') TO ('10')
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM ('0') TO ('10');
--   rewrites public.t_rest
--   blocks with ACCESS EXCLUSIVE on public.t_rest
ALTER TABLE public.t_rest ALTER COLUMN id TYPE bigint;
--   scans public.t_rest
--   can fail on existing rows: a row of table public.t_rest may lie outside of DEFAULT
ALTER TABLE public.t ATTACH PARTITION public.t_rest DEFAULT;
--   fails if this finds rows: SELECT * FROM public.ref t WHERE (t.id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.id)
--   scans public.ref
--   blocks with SHARE ROW EXCLUSIVE on public.ref
--   no online form: constraint public.ref.ref_id_fkey, view public.v, table public.t would be missing between two transactions
ALTER TABLE public.ref ADD CONSTRAINT ref_id_fkey FOREIGN KEY (id) REFERENCES public.t(id);
CREATE VIEW public.v AS
SELECT t.id
   FROM public.t;

-- down
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref DROP CONSTRAINT ref_id_fkey;
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER TABLE public.t DETACH PARTITION public.t_rest;
DROP VIEW public.v;
DROP TABLE public.t;
--   fails if this finds rows: SELECT * FROM public.ref WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN id TYPE integer;
CREATE TABLE public.t (
    id integer NOT NULL,
    n text DEFAULT 'd',
    CONSTRAINT t_pk PRIMARY KEY (id),
    CONSTRAINT pos CHECK (id >= 0)
) PARTITION BY RANGE (id);
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
CREATE INDEX t_n ON public.t (n);
CREATE TRIGGER told AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.tell();
CREATE POLICY p ON public.t USING (id > 0);
COMMENT ON TABLE public.t IS 'things';
GRANT SELECT ON TABLE public.t TO clerk;
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE integer;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM (0) TO (10)
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);
--   fails if this finds rows: SELECT * FROM public.t_rest WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_rest
--   blocks with ACCESS EXCLUSIVE on public.t_rest
ALTER TABLE public.t_rest ALTER COLUMN id TYPE integer;
--   scans public.t_rest
--   can fail on existing rows: a row of table public.t_rest may lie outside of DEFAULT
ALTER TABLE public.t ATTACH PARTITION public.t_rest DEFAULT;
--   fails if this finds rows: SELECT * FROM public.ref t WHERE (t.id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.id)
--   scans public.ref
--   blocks with SHARE ROW EXCLUSIVE on public.ref
--   no online form: constraint public.ref.ref_id_fkey, view public.v, table public.t would be missing between two transactions
ALTER TABLE public.ref ADD CONSTRAINT ref_id_fkey FOREIGN KEY (id) REFERENCES public.t(id);
CREATE VIEW public.v AS
SELECT t.id
   FROM public.t;

-- pair: partitions/serial-key-becomes-bigint

-- up
ALTER SEQUENCE public.t_id_seq OWNED BY NONE;
ALTER SEQUENCE public.t_id_seq AS bigint MINVALUE 1 MAXVALUE 9223372036854775807;
-- after a commit
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
CREATE TABLE public.t (
    id bigint DEFAULT nextval('public.t_id_seq'::regclass) NOT NULL,
    n text
) PARTITION BY RANGE (id);
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE bigint;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM ('0') TO ('10')
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM ('0') TO ('10');
-- after a commit
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

-- down
ALTER SEQUENCE public.t_id_seq OWNED BY NONE;
ALTER SEQUENCE public.t_id_seq AS integer MINVALUE 1 MAXVALUE 2147483647;
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
CREATE TABLE public.t (
    id integer DEFAULT nextval('public.t_id_seq'::regclass) NOT NULL,
    n text
) PARTITION BY RANGE (id);
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE integer;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM (0) TO (10)
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

-- pair: partitions/attach-where-the-generated-name-is-taken

-- up
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_1_d_idx1') AND NOT indisvalid) THEN
    ALTER INDEX public.t_1_d_idx1 RENAME TO t_1_d_idx1_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.t_1_d_idx1_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_1_d_idx1') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_1_d_idx1')
      AND indrelid = 'public.t_1'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (d)')) = 'USING btree (d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_1_d_idx1 is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_1_d_idx1')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS t_1_d_idx1 ON public.t_1 (d);
RESET lock_timeout;
-- after a commit
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= (0) AND (id) < (10)) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);

-- down
ALTER TABLE public.t DETACH PARTITION public.t_1;
--   blocks with ACCESS EXCLUSIVE on public.t_1
DROP INDEX public.t_1_d_idx1;

-- pair: partitions/detach-with-key-and-foreign-key-from-it

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 DROP CONSTRAINT t_k_fkey;
--   blocks with SHARE ROW EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ADD CONSTRAINT t_1_k_fkey FOREIGN KEY (k) REFERENCES public.kind(id) NOT VALID;
-- after a commit
--   fails if this finds rows: SELECT * FROM public.t_1 t WHERE (t.k IS NOT NULL) AND NOT EXISTS (SELECT FROM public.kind r WHERE r.id = t.k)
--   scans public.t_1
ALTER TABLE public.t_1 VALIDATE CONSTRAINT t_1_k_fkey;

-- down
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 DROP CONSTRAINT t_1_k_fkey;
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= (0) AND (id) < (10)) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);

-- pair: partitions/only-key-with-children-of-other-names

-- up
ALTER TABLE public.t ADD CONSTRAINT t_id_not_null_check CHECK (id IS NOT NULL) NOT VALID;
-- after a commit
--   scans public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE id IS NULL
ALTER TABLE public.t VALIDATE CONSTRAINT t_id_not_null_check;
ALTER TABLE public.t ALTER COLUMN id SET NOT NULL;
ALTER TABLE public.t DROP CONSTRAINT t_id_not_null_check;
-- after a commit
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   no online form: a partition has no key of its own that could be made first
ALTER TABLE public.t ADD CONSTRAINT all_pk PRIMARY KEY (id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT all_pk;
ALTER TABLE public.t ALTER COLUMN id DROP NOT NULL;
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id IS NULL
--   scans public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id SET NOT NULL;
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.one_pk') AND NOT indisvalid) THEN
    ALTER INDEX public.one_pk RENAME TO one_pk_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.one_pk_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.one_pk') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.one_pk')
      AND indrelid = 'public.t_1'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.one_pk is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.one_pk')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id FROM public.t_1 WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_pk ON public.t_1 (id);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t_1'::pg_catalog.regclass AND conname = 'one_pk') THEN
    ALTER TABLE public.t_1 ADD CONSTRAINT one_pk PRIMARY KEY USING INDEX one_pk;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: partitions/two-new-enum-values-in-bounds-and-a-check

-- up
ALTER TYPE public.land ADD VALUE 'ch' AFTER 'at';
ALTER TYPE public.land ADD VALUE 'it';
-- after a commit
ALTER TABLE public.city DETACH PARTITION public.city_at;
--   fails if this finds rows: SELECT * FROM public.city WHERE NOT ((l <> 'it'::public.land) OR (name <> ''::text))
--   scans public.city
--   blocks with ACCESS EXCLUSIVE on public.city
ALTER TABLE public.city ADD CONSTRAINT c CHECK ((l <> 'it'::public.land) OR (name <> ''::text));
--   fails if this finds rows: SELECT * FROM public.city_at WHERE NOT ((l <> 'it'::public.land) OR (name <> ''::text))
--   scans public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at ADD CONSTRAINT c CHECK ((l <> 'it'::public.land) OR (name <> ''::text));
--   scans public.city_at
--   fails if this finds rows: SELECT * FROM public.city_at WHERE (l IN ('at', 'ch')) IS NOT TRUE
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at', 'ch');
-- after a commit
CREATE TABLE public.city_it PARTITION OF public.city FOR VALUES IN ('it');

-- down
ALTER TABLE public.city DETACH PARTITION public.city_at;
--   blocks with ACCESS EXCLUSIVE on public.city
ALTER TABLE public.city DROP CONSTRAINT c;
ALTER TABLE public.city DETACH PARTITION public.city_it;
DROP TABLE public.city;
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at DROP CONSTRAINT c;
--   loses data: all rows of table public.city_it
DROP TABLE public.city_it;
ALTER TYPE public.land RENAME TO land_old;
CREATE TYPE public.land AS ENUM ('at', 'de');
--   rewrites public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
--   fails if this finds rows: SELECT l::text FROM public.city_at WHERE l::text IN ('ch', 'it')
ALTER TABLE public.city_at ALTER COLUMN l TYPE public.land USING l::text::public.land;
DROP TYPE public.land_old;
CREATE TABLE public.city (
    l public.land,
    name text
) PARTITION BY LIST (l);
--   scans public.city_at
--   fails if this finds rows: SELECT * FROM public.city_at WHERE (l IN ('at')) IS NOT TRUE
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at');

-- pair: partitions/new-partition-without-the-index-that-is-only-the-parents

-- up
CREATE TABLE public.log_27 PARTITION OF public.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: a partition of public.log has no index of its own that could be built first
CREATE INDEX log_id ON ONLY public.log (id);

-- down
--   loses data: all rows of table public.log_27
DROP TABLE public.log_27;

-- pair: partitions/new-partition-of-a-parent-whose-index-becomes-only-its-own

-- up
CREATE TABLE public.log_27 PARTITION OF public.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: a partition of public.log has no index of its own that could be built first
CREATE INDEX log_id ON ONLY public.log (id);
-- after a commit
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_id_idx RENAME TO log_26_id_idx_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_id_idx_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_id_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_id_idx')
      AND indrelid = 'public.log_26'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_id_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_id_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS log_26_id_idx ON public.log_26 (id);
RESET lock_timeout;
-- after a commit
ALTER INDEX public.log_id ATTACH PARTITION public.log_26_id_idx;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: a partition of public.log has no index of its own that could be built first
CREATE INDEX log_id ON public.log (id);
--   loses data: all rows of table public.log_27
DROP TABLE public.log_27;

-- pair: partitions/attach-a-table-below-an-index-that-is-only-the-parents

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log_27
--   fails if this finds rows: SELECT * FROM public.log_27 WHERE (d IS NOT NULL AND (d) >= ('2027-01-01') AND (d) < ('2028-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_27 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: a partition of public.log has no index of its own that could be built first
CREATE INDEX log_id ON ONLY public.log (id);

-- down
ALTER TABLE public.log DETACH PARTITION public.log_27;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: index public.log_id would be missing between two transactions
CREATE INDEX log_id ON public.log (id);

-- pair: partitions/deepest-partition-comes-without-the-index

-- up
CREATE TABLE public.log_26_2 PARTITION OF public.log_26 FOR VALUES IN (2);
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: index public.log_id would be missing between two transactions
CREATE INDEX log_id ON ONLY public.log (id);
--   scans public.log_26
--   blocks with SHARE on public.log_26
--   no online form: index public.log_id would be missing between two transactions
CREATE INDEX log_26_id_idx ON ONLY public.log_26 (id);
--   no online form: index public.log_id would be missing between two transactions
ALTER INDEX public.log_id ATTACH PARTITION public.log_26_id_idx;
--   scans public.log_26_1
--   blocks with SHARE on public.log_26_1
--   no online form: index public.log_id would be missing between two transactions
CREATE INDEX log_26_1_id_idx ON public.log_26_1 (id);
--   no online form: index public.log_id would be missing between two transactions
ALTER INDEX public.log_26_id_idx ATTACH PARTITION public.log_26_1_id_idx;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: a partition of public.log has no index of its own that could be built first
CREATE INDEX log_id ON public.log (id);
--   loses data: all rows of table public.log_26_2
DROP TABLE public.log_26_2;

-- pair: partitions/new-partition-below-an-only-key

-- up
CREATE TABLE public.log_27 PARTITION OF public.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
-- after a commit
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pk;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
--   no online form: a partition has no key of its own that could be made first
ALTER TABLE ONLY public.log ADD CONSTRAINT log_pk PRIMARY KEY (id, d);

-- down
--   loses data: all rows of table public.log_27
DROP TABLE public.log_27;

-- pair: partitions/new-partition-of-indexes-that-differ-in-order-only

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_up;
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_id_idx1 ON public.log_26 (id DESC);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: index public.log_up would be missing between two transactions
CREATE INDEX log_up ON ONLY public.log (id);
--   no online form: index public.log_up would be missing between two transactions
CREATE INDEX log_26_id_idx ON public.log_26 (id);
--   no online form: index public.log_up would be missing between two transactions
ALTER INDEX public.log_up ATTACH PARTITION public.log_26_id_idx;

-- down
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;

-- pair: partitions/attach-a-table-with-indexes-that-differ-in-order-only

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_up;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: index public.log_up would be missing between two transactions
CREATE INDEX log_up ON ONLY public.log (id);
--   no online form: index public.log_up would be missing between two transactions
ALTER INDEX public.log_up ATTACH PARTITION public.log_26_b;

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/index-of-a-parent-with-a-foreign-partition

-- up
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: a partition of public.log has no index of its own that could be built first
CREATE INDEX log_id ON public.log (id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;

-- pair: partitions/tree-gets-a-level-and-indexes-that-differ-in-order-only

-- up
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;
--   scans public.log
--   blocks with SHARE on public.log
--   no online form: table public.log_26 would be missing between two transactions
CREATE INDEX log_down ON public.log (id DESC);
--   no online form: table public.log_26 would be missing between two transactions
CREATE INDEX log_26_id_idx1 ON public.log_26 (id DESC);
--   no online form: table public.log_26 would be missing between two transactions
CREATE INDEX log_26_1_id_idx1 ON public.log_26_1 (id DESC);
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
) PARTITION BY LIST (id);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- after a commit
CREATE INDEX IF NOT EXISTS log_up ON ONLY public.log (id);
CREATE INDEX IF NOT EXISTS log_26_id_idx ON ONLY public.log_26 (id);
ALTER INDEX public.log_up ATTACH PARTITION public.log_26_id_idx;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_up';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND NOT ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (id)')) = 'USING btree (id)'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'CREATE INDEX ON ONLY ' || part::pg_catalog.regclass || ' (id)';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_up is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;
-- after a commit
CREATE TABLE public.log_26_1 (
    LIKE public.log_26 INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
-- after a commit
--   scans public.log_26_1
ALTER TABLE public.log_26 ATTACH PARTITION public.log_26_1 FOR VALUES IN (1);

-- down
--   loses data: all rows of table public.log_26_1
DROP TABLE public.log_26_1;
DROP TABLE public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_down;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_up;
CREATE TABLE public.log_26 PARTITION OF public.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/partitioned-tables-that-refer-to-each-other-get-other-parents

-- up
ALTER TABLE public.item DETACH PARTITION public.item_1;
ALTER TABLE public.ref DETACH PARTITION public.ref_1;
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item DROP CONSTRAINT item_ref;
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 DROP CONSTRAINT item_ref;
DROP TABLE public.ref;
--   blocks with ACCESS EXCLUSIVE on public.ref_1
ALTER TABLE public.ref_1 DROP CONSTRAINT ref_item;
DROP TABLE public.item;
CREATE TABLE public.ref_new (
    foo character varying(255),
    bar text,
    CONSTRAINT ref_u UNIQUE (foo)
) PARTITION BY LIST (foo);
CREATE TABLE public.item_new (
    foo character varying(255),
    bar text,
    CONSTRAINT item_u UNIQUE (foo),
    CONSTRAINT item_ref FOREIGN KEY (foo) REFERENCES public.ref_new(foo)
) PARTITION BY LIST (foo);
--   scans public.item_1
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.item_new ATTACH PARTITION public.item_1 FOR VALUES IN ('foo_1');
--   scans public.ref_1
--   fails if this finds rows: SELECT * FROM public.ref_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.ref_new ATTACH PARTITION public.ref_1 FOR VALUES IN ('foo_1');
-- after a commit
--   blocks with SHARE ROW EXCLUSIVE on public.ref_new
ALTER TABLE public.ref_new ADD CONSTRAINT ref_item FOREIGN KEY (foo) REFERENCES public.item_new(foo);

-- down
ALTER TABLE public.item_new DETACH PARTITION public.item_1;
ALTER TABLE public.ref_new DETACH PARTITION public.ref_1;
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 DROP CONSTRAINT item_ref;
--   blocks with ACCESS EXCLUSIVE on public.item_new
ALTER TABLE public.item_new DROP CONSTRAINT item_ref;
--   blocks with ACCESS EXCLUSIVE on public.ref_1
ALTER TABLE public.ref_1 DROP CONSTRAINT ref_item;
DROP TABLE public.ref_new;
DROP TABLE public.item_new;
CREATE TABLE public.ref (
    foo character varying(255),
    bar text,
    CONSTRAINT ref_u UNIQUE (foo)
) PARTITION BY LIST (foo);
CREATE TABLE public.item (
    foo character varying(255),
    bar text,
    CONSTRAINT item_u UNIQUE (foo),
    CONSTRAINT item_ref FOREIGN KEY (foo) REFERENCES public.ref(foo)
) PARTITION BY LIST (foo);
--   scans public.item_1
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.item ATTACH PARTITION public.item_1 FOR VALUES IN ('foo_1');
--   scans public.ref_1
--   fails if this finds rows: SELECT * FROM public.ref_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.ref ATTACH PARTITION public.ref_1 FOR VALUES IN ('foo_1');
--   blocks with SHARE ROW EXCLUSIVE on public.ref
ALTER TABLE public.ref ADD CONSTRAINT ref_item FOREIGN KEY (foo) REFERENCES public.item(foo);

-- pair: partitions/primary-key-of-a-tree

-- up
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log'::pg_catalog.regclass AND conname = 'log_pkey') THEN
    ALTER TABLE ONLY public.log ADD CONSTRAINT log_pkey PRIMARY KEY (id, d);
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_25_pkey') AND NOT indisvalid) THEN
    ALTER INDEX public.log_25_pkey RENAME TO log_25_pkey_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_25_pkey_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_25_pkey') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_25_pkey')
      AND indrelid = 'public.log_25'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_25_pkey is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_25_pkey')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_25_pkey ON public.log_25 (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_25'::pg_catalog.regclass AND conname = 'log_25_pkey') THEN
    ALTER TABLE public.log_25 ADD CONSTRAINT log_25_pkey PRIMARY KEY USING INDEX log_25_pkey;
  END IF;
END
$$;
ALTER INDEX public.log_pkey ATTACH PARTITION public.log_25_pkey;
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_26'::pg_catalog.regclass AND conname = 'log_26_pkey') THEN
    ALTER TABLE ONLY public.log_26 ADD CONSTRAINT log_26_pkey PRIMARY KEY (id, d);
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_26_1_pkey') AND NOT indisvalid) THEN
    ALTER INDEX public.log_26_1_pkey RENAME TO log_26_1_pkey_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_26_1_pkey_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_26_1_pkey') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_26_1_pkey')
      AND indrelid = 'public.log_26_1'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_26_1_pkey is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_26_1_pkey')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_26_1_pkey ON public.log_26_1 (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_26_1'::pg_catalog.regclass AND conname = 'log_26_1_pkey') THEN
    ALTER TABLE public.log_26_1 ADD CONSTRAINT log_26_1_pkey PRIMARY KEY USING INDEX log_26_1_pkey;
  END IF;
END
$$;
ALTER INDEX public.log_26_pkey ATTACH PARTITION public.log_26_1_pkey;
ALTER INDEX public.log_pkey ATTACH PARTITION public.log_26_pkey;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.log_pkey';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)'
          AND EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'ALTER TABLE ' || part::pg_catalog.regclass || ' ADD PRIMARY KEY (id, d)';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.log_pkey is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pkey;

-- pair: partitions/unique-key-with-names-of-its-own

-- up
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log'::pg_catalog.regclass AND conname = 'one_a_day') THEN
    ALTER TABLE ONLY public.log ADD CONSTRAINT one_a_day UNIQUE (id, d) DEFERRABLE INITIALLY DEFERRED;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.one_a_day_25') AND NOT indisvalid) THEN
    ALTER INDEX public.one_a_day_25 RENAME TO one_a_day_25_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.one_a_day_25_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.one_a_day_25') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.one_a_day_25')
      AND indrelid = 'public.log_25'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.one_a_day_25 is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.one_a_day_25')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_a_day_25 ON public.log_25 (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_25'::pg_catalog.regclass AND conname = 'one_a_day_25') THEN
    ALTER TABLE public.log_25 ADD CONSTRAINT one_a_day_25 UNIQUE USING INDEX one_a_day_25 DEFERRABLE INITIALLY DEFERRED;
  END IF;
END
$$;
ALTER INDEX public.one_a_day ATTACH PARTITION public.one_a_day_25;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.log_rest_id_d_key') AND NOT indisvalid) THEN
    ALTER INDEX public.log_rest_id_d_key RENAME TO log_rest_id_d_key_invalid;
  END IF;
END
$$;
DROP INDEX CONCURRENTLY IF EXISTS public.log_rest_id_d_key_invalid;
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.log_rest_id_d_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.log_rest_id_d_key')
      AND indrelid = 'public.log_rest'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.log_rest_id_d_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.log_rest_id_d_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS log_rest_id_d_key ON public.log_rest (id, d);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.log_rest'::pg_catalog.regclass AND conname = 'log_rest_id_d_key') THEN
    ALTER TABLE public.log_rest ADD CONSTRAINT log_rest_id_d_key UNIQUE USING INDEX log_rest_id_d_key DEFERRABLE INITIALLY DEFERRED;
  END IF;
END
$$;
ALTER INDEX public.one_a_day ATTACH PARTITION public.log_rest_id_d_key;
-- Partitions that the model does not know: while one gets its index, nobody can change its rows. One that is there already is taken.
DO $$
DECLARE
  whole constant pg_catalog.regclass := 'public.one_a_day';
  part pg_catalog.oid;
  above pg_catalog.oid;
  own pg_catalog.oid;
BEGIN
  LOOP
    -- PostgreSQL says names with their schema when no other one is searched.
    PERFORM pg_catalog.set_config('search_path', '', true);
    SELECT child.inhrelid, parent.indexrelid INTO part, above
      FROM pg_catalog.pg_partition_tree(whole) AS tree
      JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
      JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_index AS has
          JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
          WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
      ORDER BY tree.level, child.inhrelid LIMIT 1;
    EXIT WHEN NOT FOUND;
    FOR attempt IN 1..2 LOOP
      SELECT max(ready.indexrelid) INTO own
        FROM pg_catalog.pg_index AS ready
        JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
        WHERE ready.indrelid = part
          AND (ready.indisvalid OR relation.relkind = 'I')
          AND ready.indisunique
          AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length('USING btree (id, d)')) = 'USING btree (id, d)'
          AND EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
      EXIT WHEN own IS NOT NULL;
      EXECUTE 'ALTER TABLE ' || part::pg_catalog.regclass || ' ADD UNIQUE (id, d) DEFERRABLE INITIALLY DEFERRED';
    END LOOP;
    EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
    COMMIT;
  END LOOP;
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'public.one_a_day is not valid for the whole table',
      HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
  END IF;
END
$$;
RESET lock_timeout;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT one_a_day;

-- pair: partitions/key-of-a-tree-moves

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pkey;
--   fails if this finds rows: SELECT n, d FROM public.log WHERE n IS NOT NULL AND d IS NOT NULL GROUP BY n, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
--   no online form: a partition has no key of its own that could be made first
ALTER TABLE public.log ADD CONSTRAINT log_pkey PRIMARY KEY (n, d);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pkey;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
--   no online form: a partition has no key of its own that could be made first
ALTER TABLE public.log ADD CONSTRAINT log_pkey PRIMARY KEY (id, d);

