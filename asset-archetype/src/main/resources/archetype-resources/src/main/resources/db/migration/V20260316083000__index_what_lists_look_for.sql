-- Index what lists look for
--
-- revision: 20260316083000
-- revises:  20260309090000
-- created:  2026-03-16T08:30:00Z
-- transaction: none
-- rerun:    safe
-- generated: 5288b0a8

SET lock_timeout = '5s';

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.assets_kept_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.assets_kept_idx RENAME TO assets_kept_idx_invalid;
  END IF;
END
$$;

SET lock_timeout = '10min';

DROP INDEX CONCURRENTLY IF EXISTS public.assets_kept_idx_invalid;

SET lock_timeout = '5s';

DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.assets_kept_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.assets_kept_idx')
      AND indrelid = 'public.assets'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (id) WHERE (status <> ''retired''::public.asset_status)')) = 'USING btree (id) WHERE (status <> ''retired''::public.asset_status)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.assets_kept_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.assets_kept_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;

SET lock_timeout = '10min';

CREATE INDEX CONCURRENTLY IF NOT EXISTS assets_kept_idx ON public.assets (id) WHERE (status <> 'retired'::public.asset_status);

SET lock_timeout = '5s';

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.assignments_of_person_idx') AND NOT indisvalid) THEN
    ALTER INDEX public.assignments_of_person_idx RENAME TO assignments_of_person_idx_invalid;
  END IF;
END
$$;

SET lock_timeout = '10min';

DROP INDEX CONCURRENTLY IF EXISTS public.assignments_of_person_idx_invalid;

SET lock_timeout = '5s';

DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.assignments_of_person_idx') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.assignments_of_person_idx')
      AND indrelid = 'public.assignments'::pg_catalog.regclass
      AND NOT indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (person_id, assigned_at)')) = 'USING btree (person_id, assigned_at)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.assignments_of_person_idx is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.assignments_of_person_idx')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;

SET lock_timeout = '10min';

CREATE INDEX CONCURRENTLY IF NOT EXISTS assignments_of_person_idx ON public.assignments (person_id, assigned_at);

RESET lock_timeout;
