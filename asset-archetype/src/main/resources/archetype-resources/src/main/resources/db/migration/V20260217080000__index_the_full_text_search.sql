-- Index the full-text search
--
-- revision: 20260217080000
-- revises:  20260216140000
-- transaction: none
-- created:  2026-02-17T08:00:00Z

-- Nobody has to wait while it is built. If it fails half-way, drop the invalid index first.
create index concurrently assets_search_idx on assets using gin (search);
