-- Take back: Add audit trail
--
-- revision: 20260204110000

drop trigger people_audit on people;
drop trigger maintenance_audit on maintenance;
drop trigger locations_audit on locations;
drop trigger assignments_audit on assignments;
drop trigger assets_audit on assets;
drop function write_audit_log();

-- The trail is lost.
drop table audit_log;
