-- Grants on objects and columns, grant options, default privileges, owners.

-- pair: table-right-narrowed-to-a-column
-- both
create table desk (id int, note text);
-- from
grant update on desk to clerk;
-- to
grant update (note) on desk to clerk;

-- pair: narrowed-while-another-stays
-- both
create table desk (id int, note text, price int);
-- from
grant select, update, delete on desk to clerk;
-- to
grant select on desk to clerk;
grant update (note, price) on desk to clerk;

-- pair: column-right-stays-when-table-right-goes
-- both
create table desk (id int, note text);
grant select (note) on desk to clerk;
-- from
grant select on desk to clerk;

-- pair: column-rights-of-two-roles-stay
-- both
create table desk (id int, note text);
grant select (note), update (id) on desk to clerk;
grant insert (id) on desk to guest with grant option;
-- from
grant all on desk to clerk, guest;
-- to
grant delete on desk to guest;

-- pair: column-right-widens-to-the-table
-- both
create table desk (id int, note text);
-- from
grant select (id), select (note) on desk to clerk;
-- to
grant select on desk to clerk;

-- pair: view-right-narrowed-to-a-column
-- both
create table desk (id int, note text);
create view v as select id, note from desk;
-- from
grant select on v to clerk;
-- to
grant select (id) on v to clerk;

-- pair: grant-option-on-a-column
-- both
create table desk (id int, note text);
-- from
grant select (id) on desk to clerk;
-- to
grant select (id) on desk to clerk with grant option;

-- pair: grant-option-of-the-table-goes-and-the-columns-stays
-- both
create table desk (id int, note text);
grant update (note) on desk to clerk with grant option;
-- from
grant update on desk to clerk with grant option;
-- to
grant update on desk to clerk;

-- pair: grant-option-comes
-- both
create table desk (id int);
-- from
grant select on desk to clerk;
-- to
grant select, insert on desk to clerk with grant option;

-- pair: grant-option-goes
-- both
create table desk (id int);
-- from
grant select, insert on desk to clerk with grant option;
-- to
grant select on desk to clerk;

-- pair: owners-own-right-revoked
-- both
create table desk (id int);
-- to
revoke delete, truncate on desk from current_user;

-- pair: public-gets-a-right
-- both
create table desk (id int);
-- to
grant select on desk to public;

-- pair: function-closed-to-public
-- both
create function f() returns int language sql as 'select 1';
-- to
revoke execute on function f() from public;
grant execute on function f() to clerk;

-- pair: type-closed-to-public
-- both
create type mood as enum ('ok');
create domain word as text;
-- to
revoke usage on type mood from public;
grant usage on type mood to clerk;
revoke usage on domain word from public;

-- pair: schema-rights
-- both
create schema side;
-- from
grant usage on schema side to clerk;
-- to
grant usage, create on schema side to boss;

-- pair: sequence-rights
-- both
create sequence s;
-- from
grant usage on sequence s to clerk;
-- to
grant select, update on sequence s to clerk;

-- pair: right-on-new-column-of-old-table
-- from
create table desk (id int);
grant select (id) on desk to clerk;
-- to
create table desk (id int, note text);
grant select (id, note) on desk to clerk;

-- pair: column-with-right-changes-its-type
-- from
create table desk (id int, note text);
grant select (note) on desk to clerk;
-- to
create table desk (id int, note varchar(40));
grant select (note) on desk to clerk;

-- pair: default-of-tables
-- from
alter default privileges grant select on tables to clerk;
-- to
alter default privileges grant select, insert on tables to clerk, boss;

-- pair: default-in-a-schema
-- both
create schema side;
-- from
alter default privileges in schema side grant select on tables to clerk;
-- to
alter default privileges in schema side grant usage on sequences to clerk;

-- pair: default-for-functions-closed
-- to
alter default privileges revoke execute on functions from public;
create function f() returns int language sql as 'select 1';

-- pair: default-to-the-owner-himself
-- both
alter default privileges in schema public grant all on tables to current_user, clerk;
-- to
create table desk (id int);

-- pair: default-to-the-owner-of-functions
-- both
alter default privileges in schema public grant all on functions to current_user, guest;
-- to
create function f() returns int language sql as 'select 1';
create procedure p() language sql as 'select 1';

-- pair: default-to-the-owner-revoked
-- both
alter default privileges grant all on sequences to current_user;
-- to
create sequence s;
create table desk (id serial);
revoke all on desk from current_user;

-- pair: new-table-without-the-default-right
-- both
alter default privileges in schema public grant select on tables to clerk;
-- to
create table desk (id int);
revoke all on desk from clerk;

-- pair: new-table-with-more-than-the-default-right
-- both
alter default privileges in schema public grant select on tables to clerk;
-- to
create table desk (id int);
grant update (id) on desk to clerk;
create view v as select id from desk;
revoke select on v from clerk;

-- pair: default-and-table-at-once
-- to
create schema side;
alter default privileges in schema side grant select on tables to clerk;
create table side.desk (id int);

-- pair: default-goes-while-tables-keep
-- both
create table kept (id int);
grant select on kept to clerk;
-- from
alter default privileges in schema public grant select on tables to clerk;
create table desk (id int);
-- to
create table desk (id int);

-- pair: default-of-types-and-schemas
-- to
alter default privileges revoke usage on types from public;
alter default privileges grant usage on schemas to clerk;
create schema side;
create type side.mood as enum ('ok');

-- pair: owner-of-a-table
-- both
create table desk (id int);
-- to
alter table desk owner to boss;

-- pair: owner-of-a-table-with-rights-of-others
-- both
create table desk (id int);
grant select on desk to clerk;
-- to
alter table desk owner to boss;

-- pair: owners-of-everything
-- both
create schema side;
create type side.mood as enum ('ok');
create function side.f() returns int language sql as 'select 1';
create view side.v as select 1 as n;
create sequence side.s;
-- to
alter schema side owner to boss;
alter type side.mood owner to boss;
alter function side.f() owner to boss;
alter view side.v owner to boss;
alter sequence side.s owner to boss;

-- pair: view-made-again-keeps-its-rights
-- from
create table desk (id int, note text);
create view v as select id, note from desk;
grant select on v to clerk with grant option;
grant select (id) on v to guest;
-- to
create table desk (id int, note varchar(10));
create view v as select id, note from desk;
grant select on v to clerk with grant option;
grant select (id) on v to guest;

-- pair: role-with-odd-name
-- both
create table desk (id int);
-- from
grant select on desk to "team lead";
-- to
grant select, insert on desk to "team lead" with grant option;

-- pair: rights-of-a-partitioned-table
-- both
create table log (id int, d date) partition by range (d);
create table log_1 partition of log for values from ('2026-01-01') to ('2026-02-01');
-- from
grant select on log to clerk;
-- to
grant select (id) on log, log_1 to clerk;
grant insert on log_1 to boss;

-- pair: foreign-server-rights
-- both
create extension postgres_fdw;
create server far foreign data wrapper postgres_fdw;
-- from
grant usage on foreign server far to clerk;
-- to
grant usage on foreign data wrapper postgres_fdw to boss;

-- pair: right-of-everybody-narrowed-to-columns
-- from
create table t (a int, b int, c int);
grant select, update on t to public;
-- to
create table t (a int, b int, c int);
grant select (a, b), update (a) on t to public;

-- pair: grant-option-narrowed-to-a-column
-- from
create table t (a int, b int);
grant select on t to clerk with grant option;
grant select on t to guest;
-- to
create table t (a int, b int);
grant select (a) on t to clerk with grant option;
grant select on t to guest;

-- pair: dependents-of-a-grant-option
-- from
create table t (a int, b int);
grant select, insert on t to clerk with grant option;
grant select on t to guest;
-- to
create table t (a int, b int);
grant select, insert on t to clerk;
grant select on t to guest;
-- rows
set role clerk;
grant select, insert on t to guest;
reset role;

-- pair: owner-of-a-table-closed-to-himself-but-for-a-column
-- from
create table t (a int, b int);
alter table t owner to boss;
-- to
create table t (a int, b int);
alter table t owner to boss;
revoke all on t from boss;
grant select (a) on t to boss;

-- pair: defaults-of-another-role
-- from
create schema app;
-- to
create schema app;
alter default privileges for role boss in schema app grant select on tables to clerk;
alter default privileges for role boss revoke execute on functions from public;
alter default privileges for role boss grant all on sequences to guest with grant option;
