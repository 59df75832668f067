-- Block
--
-- revision: 20260102000000
-- revises:  20260101000000
-- transaction: none

do $$ begin execute 'drop table thing'; commit; end $$;
