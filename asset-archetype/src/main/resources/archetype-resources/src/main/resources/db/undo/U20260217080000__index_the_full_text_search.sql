-- Take back: Index the full-text search
--
-- revision: 20260217080000
-- transaction: none

drop index concurrently assets_search_idx;
