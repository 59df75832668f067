-- The roles of production: run once by psql, as an administrator, in the new database. The passwords
-- are read from files in the folder "secrets", or where the variable says:
--
--   psql --dbname=DATABASE --variable=secrets=secrets --file=deploy/roles.sql
--
-- asset_tracker_owner  owns the schema; mvn migrate:upgrade connects as this one
-- asset_tracker        the application; it may read and write rows and nothing else
-- asset_tracker_app    what the application may do, granted by the revisions; nobody connects as it

\set ON_ERROR_STOP on
\if :{?secrets}
\else
\set secrets /run/secrets
\endif
\setenv SECRETS :secrets
\set owner_password `cat "$SECRETS/owner_password"`
\set app_password `cat "$SECRETS/app_password"`

begin;

create role asset_tracker_app nologin;
create role asset_tracker_owner login password :'owner_password';
create role asset_tracker login password :'app_password' in role asset_tracker_app;

alter database :"DBNAME" owner to asset_tracker_owner;
alter schema public owner to asset_tracker_owner;
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to asset_tracker_app;

commit;
