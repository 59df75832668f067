-- Take back: Merge categories and audit trail
--
-- revision: 20260209100000

drop trigger categories_audit on categories;
