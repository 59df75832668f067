-- Merge categories and audit trail
--
-- revision: 20260209100000
-- revises:  20260203090000, 20260204110000
-- created:  2026-02-09T10:00:00Z

-- Two people worked on the same revision: one made the categories, the other the audit trail. This
-- one knows both.
create trigger categories_audit after insert or update or delete on categories
  for each row execute function write_audit_log();
