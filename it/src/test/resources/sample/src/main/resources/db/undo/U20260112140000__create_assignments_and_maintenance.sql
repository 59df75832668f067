-- Take back: Create assignments and maintenance
--
-- revision: 20260112140000

drop view asset_overview;
drop table maintenance;
drop type maintenance_kind;
drop table assignments;
drop extension btree_gist;
