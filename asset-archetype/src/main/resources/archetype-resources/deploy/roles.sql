-- The roles of production. An administrator runs this with psql in each database of this project; it
-- may run again. The passwords are read from files in the folder "secrets", or where the variable says:
--
--   psql --dbname=DATABASE --variable=secrets=secrets --file=deploy/roles.sql
--
-- asset_tracker_owner  owns the schema; mvn migrate:upgrade connects as this one
-- asset_tracker        the application; it may read and write rows and nothing else
-- asset_tracker_app    what the application may do, granted by the revisions; nobody connects as it
--
-- Roles belong to the server, not to one database: what is there already stays, with its password,
-- because another database may use it. --variable=passwords=new sets the passwords of the files.
-- With --variable=owner=NAME --variable=application=NAME a second database (staging) has its own
-- roles to connect as.

\set ON_ERROR_STOP on
\if :{?secrets}
\else
\set secrets /run/secrets
\endif
\if :{?owner}
\else
\set owner asset_tracker_owner
\endif
\if :{?application}
\else
\set application asset_tracker
\endif
\setenv SECRETS :secrets
\set owner_password `cat "$SECRETS/owner_password"`
\set app_password `cat "$SECRETS/app_password"`

begin;
-- Two databases at the same moment.
select pg_advisory_xact_lock(hashtext('asset_tracker_app')) as held \gset

select not exists (select from pg_roles where rolname = 'asset_tracker_app') as no_rights,
       not exists (select from pg_roles where rolname = :'owner') as no_owner,
       not exists (select from pg_roles where rolname = :'application') as no_application,
       length(:'owner_password') = 0 or length(:'app_password') = 0 as no_password \gset

\if :no_password
do $$
begin
  raise exception 'A password is missing'
    using hint = 'The files owner_password and app_password in the folder that --variable=secrets=… names hold one each.';
end
$$;
\endif

\if :no_rights
create role "asset_tracker_app" nologin;
\endif
\if :no_owner
create role :"owner" login password :'owner_password';
\else
\echo The role :owner is there already, and keeps its password.
\endif
\if :no_application
create role :"application" login password :'app_password';
\else
\echo The role :application is there already, and keeps its password.
\endif
\if :{?passwords}
alter role :"owner" login password :'owner_password';
alter role :"application" login password :'app_password';
\echo Both have the passwords of the files now.
\endif
grant "asset_tracker_app" to :"application";

-- Who is no superuser must be able to act as the owner, to make somebody else one.
select not rolsuper and rolname <> :'owner' and not pg_has_role(rolname, :'owner', 'usage') as not_member
from pg_roles where rolname = current_user \gset
\if :not_member
grant :"owner" to current_user;
\endif

alter database :"DBNAME" owner to :"owner";
alter schema public owner to :"owner";
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to :"application";

commit;
