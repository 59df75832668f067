-- Take back: Create assets
--
-- revision: 20260106103000

drop table assets;
drop function set_updated_at();
drop type asset_status;
