-- Take back: Index what lists look for
--
-- revision: 20260316083000
-- transaction: none
-- rerun:    safe

SET lock_timeout = '10min';

DROP INDEX CONCURRENTLY IF EXISTS public.assets_kept_idx;

DROP INDEX CONCURRENTLY IF EXISTS public.assignments_of_person_idx;

RESET lock_timeout;
