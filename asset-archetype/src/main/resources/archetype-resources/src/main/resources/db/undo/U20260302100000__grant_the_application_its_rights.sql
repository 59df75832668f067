-- Take back: Grant the application its rights
--
-- revision: 20260302100000

do $$
begin
  if to_regclass('flyway_schema_history') is not null then
    revoke select on flyway_schema_history from asset_tracker_app;
  end if;
end
$$;

alter default privileges in schema public
  revoke select, insert, update, delete on tables from asset_tracker_app;

revoke select on asset_overview, overdue_maintenance, audit_log from asset_tracker_app;
revoke select, insert, update, delete
  on assets, assignments, categories, locations, maintenance, people
  from asset_tracker_app;
revoke usage on schema public from asset_tracker_app;

-- As it is by default.
do $$
begin
  if current_setting('server_version_num')::integer < 150000 then
    grant create on schema public to public;
  end if;
end
$$;

-- The role stays: other databases of this server may use it. When none does any more, an
-- administrator runs: drop role asset_tracker_app.
