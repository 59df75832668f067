-- Take back: Add full-text search
--
-- revision: 20260216140000

alter table assets drop column search;
