-- Take back: Show overdue maintenance
--
-- revision: 20260223090000

drop view overdue_maintenance;
drop index assignments_open_idx;
drop index assets_purchased_on_idx;
drop index assets_name_idx;
