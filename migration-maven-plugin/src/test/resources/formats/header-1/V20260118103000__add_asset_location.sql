-- Add asset location
--
-- revision: 20260118103000
-- revises:  20260110091500, 20260111091500
-- depends:  billing
-- labels:   stock, places
-- created:  2026-01-18T10:30:00Z
-- transaction: none
-- rerun: safe

CREATE INDEX CONCURRENTLY assets_location_idx ON assets (location_id);
