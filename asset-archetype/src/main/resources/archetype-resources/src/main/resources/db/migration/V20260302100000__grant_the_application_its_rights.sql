-- Grant the application its rights
--
-- revision: 20260302100000
-- revises:  20260223090000
-- created:  2026-03-02T10:00:00Z

-- Whoever migrates owns the schema. The application works with the rows and nothing else: it logs
-- in as a member of this role (create role ... login in role asset_tracker_app).
--
-- A role belongs to the server, not to one database. So it may be here already: from another
-- database, or because an administrator made it for a migrating user who may not.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'asset_tracker_app') then
    create role asset_tracker_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then
    null; -- somebody else made it at the same moment
  when insufficient_privilege then
    raise exception 'The role asset_tracker_app does not exist, and % may not create it', current_user
      using hint = 'Let an administrator run: create role asset_tracker_app nologin';
end
$$;

-- Before PostgreSQL 15 everybody may create tables in this schema.
revoke create on schema public from public;

grant usage on schema public to asset_tracker_app;
grant select, insert, update, delete
  on assets, assignments, categories, locations, maintenance, people
  to asset_tracker_app;
grant select on asset_overview, overdue_maintenance, audit_log to asset_tracker_app;

-- Also on the tables of revisions to come.
alter default privileges in schema public
  grant select, insert, update, delete on tables to asset_tracker_app;

-- The application asks which revisions the database has. (There is no such table where a revision
-- is tried on its own.)
do $$
begin
  if to_regclass('flyway_schema_history') is not null then
    grant select on flyway_schema_history to asset_tracker_app;
  end if;
end
$$;
