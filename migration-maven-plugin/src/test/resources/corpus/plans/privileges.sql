-- pair: privileges/table-right-narrowed-to-a-column

-- up
REVOKE UPDATE ON TABLE public.desk FROM clerk;
GRANT UPDATE (note) ON TABLE public.desk TO clerk;

-- down
REVOKE UPDATE (note) ON TABLE public.desk FROM clerk;
GRANT UPDATE ON TABLE public.desk TO clerk;

-- pair: privileges/narrowed-while-another-stays

-- up
REVOKE DELETE, UPDATE ON TABLE public.desk FROM clerk;
GRANT UPDATE (note) ON TABLE public.desk TO clerk;
GRANT UPDATE (price) ON TABLE public.desk TO clerk;

-- down
REVOKE UPDATE (note) ON TABLE public.desk FROM clerk;
REVOKE UPDATE (price) ON TABLE public.desk FROM clerk;
GRANT DELETE, UPDATE ON TABLE public.desk TO clerk;

-- pair: privileges/column-right-stays-when-table-right-goes

-- up
REVOKE SELECT ON TABLE public.desk FROM clerk;
GRANT SELECT (note) ON TABLE public.desk TO clerk;

-- down
GRANT SELECT ON TABLE public.desk TO clerk;

-- pair: privileges/column-rights-of-two-roles-stay

-- up
REVOKE DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk FROM clerk;
GRANT UPDATE (id) ON TABLE public.desk TO clerk;
GRANT SELECT (note) ON TABLE public.desk TO clerk;
REVOKE INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk FROM guest;
GRANT INSERT (id) ON TABLE public.desk TO guest WITH GRANT OPTION;

-- down
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk TO clerk;
GRANT INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk TO guest;

-- pair: privileges/column-right-widens-to-the-table

-- up
REVOKE SELECT (id) ON TABLE public.desk FROM clerk;
REVOKE SELECT (note) ON TABLE public.desk FROM clerk;
GRANT SELECT ON TABLE public.desk TO clerk;

-- down
REVOKE SELECT ON TABLE public.desk FROM clerk;
GRANT SELECT (id) ON TABLE public.desk TO clerk;
GRANT SELECT (note) ON TABLE public.desk TO clerk;

-- pair: privileges/view-right-narrowed-to-a-column

-- up
REVOKE SELECT ON TABLE public.v FROM clerk;
GRANT SELECT (id) ON TABLE public.v TO clerk;

-- down
REVOKE SELECT (id) ON TABLE public.v FROM clerk;
GRANT SELECT ON TABLE public.v TO clerk;

-- pair: privileges/grant-option-on-a-column

-- up
GRANT SELECT (id) ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- down
REVOKE GRANT OPTION FOR SELECT (id) ON TABLE public.desk FROM clerk CASCADE;

-- pair: privileges/grant-option-of-the-table-goes-and-the-columns-stays

-- up
REVOKE GRANT OPTION FOR UPDATE ON TABLE public.desk FROM clerk CASCADE;
GRANT UPDATE (note) ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- down
GRANT UPDATE ON TABLE public.desk TO clerk WITH GRANT OPTION;
GRANT UPDATE (note) ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- pair: privileges/grant-option-comes

-- up
GRANT INSERT, SELECT ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- down
REVOKE INSERT ON TABLE public.desk FROM clerk CASCADE;
REVOKE GRANT OPTION FOR SELECT ON TABLE public.desk FROM clerk CASCADE;

-- pair: privileges/grant-option-goes

-- up
REVOKE INSERT ON TABLE public.desk FROM clerk CASCADE;
REVOKE GRANT OPTION FOR SELECT ON TABLE public.desk FROM clerk CASCADE;

-- down
GRANT INSERT, SELECT ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- pair: privileges/owners-own-right-revoked

-- up
REVOKE DELETE, TRUNCATE ON TABLE public.desk FROM postgres;

-- down
GRANT DELETE, TRUNCATE ON TABLE public.desk TO postgres;

-- pair: privileges/public-gets-a-right

-- up
GRANT SELECT ON TABLE public.desk TO PUBLIC;

-- down
REVOKE SELECT ON TABLE public.desk FROM PUBLIC;

-- pair: privileges/function-closed-to-public

-- up
GRANT EXECUTE ON FUNCTION public.f() TO clerk;
REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC;

-- down
REVOKE EXECUTE ON FUNCTION public.f() FROM clerk;
GRANT EXECUTE ON FUNCTION public.f() TO PUBLIC;

-- pair: privileges/type-closed-to-public

-- up
GRANT USAGE ON TYPE public.mood TO clerk;
REVOKE USAGE ON TYPE public.mood FROM PUBLIC;
REVOKE USAGE ON DOMAIN public.word FROM PUBLIC;

-- down
REVOKE USAGE ON TYPE public.mood FROM clerk;
GRANT USAGE ON TYPE public.mood TO PUBLIC;
GRANT USAGE ON DOMAIN public.word TO PUBLIC;

-- pair: privileges/schema-rights

-- up
REVOKE USAGE ON SCHEMA side FROM clerk;
GRANT CREATE, USAGE ON SCHEMA side TO boss;

-- down
REVOKE CREATE, USAGE ON SCHEMA side FROM boss;
GRANT USAGE ON SCHEMA side TO clerk;

-- pair: privileges/sequence-rights

-- up
REVOKE USAGE ON SEQUENCE public.s FROM clerk;
GRANT SELECT, UPDATE ON SEQUENCE public.s TO clerk;

-- down
REVOKE SELECT, UPDATE ON SEQUENCE public.s FROM clerk;
GRANT USAGE ON SEQUENCE public.s TO clerk;

-- pair: privileges/right-on-new-column-of-old-table

-- up
--   blocks with ACCESS EXCLUSIVE on public.desk
ALTER TABLE public.desk ADD COLUMN note text;
GRANT SELECT (note) ON TABLE public.desk TO clerk;

-- down
--   loses data: column public.desk.note
ALTER TABLE public.desk DROP COLUMN note;

-- pair: privileges/column-with-right-changes-its-type

-- up
--   can fail on existing rows
--   rewrites public.desk
--   blocks with ACCESS EXCLUSIVE on public.desk
ALTER TABLE public.desk ALTER COLUMN note TYPE character varying(40);

-- down
--   rewrites public.desk
--   blocks with ACCESS EXCLUSIVE on public.desk
ALTER TABLE public.desk ALTER COLUMN note TYPE text;

-- pair: privileges/default-of-tables

-- up
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT INSERT, SELECT ON TABLES TO boss;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT INSERT ON TABLES TO clerk;

-- down
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE INSERT, SELECT ON TABLES FROM boss;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE INSERT ON TABLES FROM clerk;

-- pair: privileges/default-in-a-schema

-- up
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA side GRANT USAGE ON SEQUENCES TO clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA side REVOKE SELECT ON TABLES FROM clerk;

-- down
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA side REVOKE USAGE ON SEQUENCES FROM clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA side GRANT SELECT ON TABLES TO clerk;

-- pair: privileges/default-for-functions-closed

-- up
CREATE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;
REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- down
DROP FUNCTION public.f();
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

-- pair: privileges/default-to-the-owner-himself

-- up
CREATE TABLE public.desk (
    id integer
);

-- down
--   loses data: all rows of table public.desk
DROP TABLE public.desk;

-- pair: privileges/default-to-the-owner-of-functions

-- up
CREATE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
AS $function$select 1$function$;
CREATE PROCEDURE public.p()
 LANGUAGE sql
AS $procedure$select 1$procedure$;

-- down
DROP FUNCTION public.f();
DROP PROCEDURE public.p();

-- pair: privileges/default-to-the-owner-revoked

-- up
CREATE SEQUENCE public.s;
CREATE TABLE public.desk (
    id serial
);
REVOKE DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk FROM postgres;

-- down
--   loses data: the position of sequence public.s
DROP SEQUENCE public.s;
--   loses data: all rows of table public.desk
DROP TABLE public.desk;

-- pair: privileges/new-table-without-the-default-right

-- up
CREATE TABLE public.desk (
    id integer
);
REVOKE SELECT ON TABLE public.desk FROM clerk;

-- down
--   loses data: all rows of table public.desk
DROP TABLE public.desk;

-- pair: privileges/new-table-with-more-than-the-default-right

-- up
CREATE TABLE public.desk (
    id integer
);
GRANT UPDATE (id) ON TABLE public.desk TO clerk;
CREATE VIEW public.v AS
SELECT desk.id
   FROM public.desk;
REVOKE SELECT ON TABLE public.v FROM clerk;

-- down
DROP VIEW public.v;
--   loses data: all rows of table public.desk
DROP TABLE public.desk;

-- pair: privileges/default-and-table-at-once

-- up
CREATE SCHEMA side;
CREATE TABLE side.desk (
    id integer
);
GRANT SELECT ON TABLE side.desk TO clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA side GRANT SELECT ON TABLES TO clerk;

-- down
--   loses data: all rows of table side.desk
DROP TABLE side.desk;
DROP SCHEMA side;

-- pair: privileges/default-goes-while-tables-keep

-- up
REVOKE SELECT ON TABLE public.desk FROM clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public REVOKE SELECT ON TABLES FROM clerk;

-- down
GRANT SELECT ON TABLE public.desk TO clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT ON TABLES TO clerk;

-- pair: privileges/default-of-types-and-schemas

-- up
CREATE SCHEMA side;
CREATE TYPE side.mood AS ENUM ('ok');
REVOKE USAGE ON TYPE side.mood FROM PUBLIC;
GRANT USAGE ON SCHEMA side TO clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT USAGE ON SCHEMAS TO clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE USAGE ON TYPES FROM PUBLIC;

-- down
DROP TYPE side.mood;
DROP SCHEMA side;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE USAGE ON SCHEMAS FROM clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT USAGE ON TYPES TO PUBLIC;

-- pair: privileges/owner-of-a-table

-- up
ALTER TABLE public.desk OWNER TO boss;

-- down
ALTER TABLE public.desk OWNER TO postgres;

-- pair: privileges/owner-of-a-table-with-rights-of-others

-- up
ALTER TABLE public.desk OWNER TO boss;

-- down
ALTER TABLE public.desk OWNER TO postgres;

-- pair: privileges/owners-of-everything

-- up
ALTER TYPE side.mood OWNER TO boss;
ALTER SEQUENCE side.s OWNER TO boss;
ALTER FUNCTION side.f() OWNER TO boss;
ALTER VIEW side.v OWNER TO boss;
ALTER SCHEMA side OWNER TO boss;

-- down
ALTER TYPE side.mood OWNER TO postgres;
ALTER SEQUENCE side.s OWNER TO postgres;
ALTER FUNCTION side.f() OWNER TO postgres;
ALTER VIEW side.v OWNER TO postgres;
ALTER SCHEMA side OWNER TO postgres;

-- pair: privileges/view-made-again-keeps-its-rights

-- up
DROP VIEW public.v;
--   can fail on existing rows
--   rewrites public.desk
--   blocks with ACCESS EXCLUSIVE on public.desk
ALTER TABLE public.desk ALTER COLUMN note TYPE character varying(10);
CREATE VIEW public.v AS
SELECT desk.id,
    desk.note
   FROM public.desk;
GRANT SELECT ON TABLE public.v TO clerk WITH GRANT OPTION;
GRANT SELECT (id) ON TABLE public.v TO guest;

-- down
DROP VIEW public.v;
--   rewrites public.desk
--   blocks with ACCESS EXCLUSIVE on public.desk
ALTER TABLE public.desk ALTER COLUMN note TYPE text;
CREATE VIEW public.v AS
SELECT desk.id,
    desk.note
   FROM public.desk;
GRANT SELECT ON TABLE public.v TO clerk WITH GRANT OPTION;
GRANT SELECT (id) ON TABLE public.v TO guest;

-- pair: privileges/role-with-odd-name

-- up
GRANT INSERT, SELECT ON TABLE public.desk TO "team lead" WITH GRANT OPTION;

-- down
REVOKE INSERT ON TABLE public.desk FROM "team lead" CASCADE;
REVOKE GRANT OPTION FOR SELECT ON TABLE public.desk FROM "team lead" CASCADE;

-- pair: privileges/rights-of-a-partitioned-table

-- up
REVOKE SELECT ON TABLE public.log FROM clerk;
GRANT SELECT (id) ON TABLE public.log TO clerk;
GRANT SELECT (id) ON TABLE public.log_1 TO clerk;
GRANT INSERT ON TABLE public.log_1 TO boss;

-- down
REVOKE SELECT (id) ON TABLE public.log FROM clerk;
REVOKE SELECT (id) ON TABLE public.log_1 FROM clerk;
REVOKE INSERT ON TABLE public.log_1 FROM boss;
GRANT SELECT ON TABLE public.log TO clerk;

-- pair: privileges/foreign-server-rights

-- up
REVOKE USAGE ON FOREIGN SERVER far FROM clerk;
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO boss;

-- down
REVOKE USAGE ON FOREIGN DATA WRAPPER postgres_fdw FROM boss;
GRANT USAGE ON FOREIGN SERVER far TO clerk;

-- pair: privileges/right-of-everybody-narrowed-to-columns

-- up
REVOKE SELECT, UPDATE ON TABLE public.t FROM PUBLIC;
GRANT SELECT (a), UPDATE (a) ON TABLE public.t TO PUBLIC;
GRANT SELECT (b) ON TABLE public.t TO PUBLIC;

-- down
REVOKE SELECT (a), UPDATE (a) ON TABLE public.t FROM PUBLIC;
REVOKE SELECT (b) ON TABLE public.t FROM PUBLIC;
GRANT SELECT, UPDATE ON TABLE public.t TO PUBLIC;

-- pair: privileges/grant-option-narrowed-to-a-column

-- up
REVOKE SELECT ON TABLE public.t FROM clerk CASCADE;
GRANT SELECT ON TABLE public.t TO guest;
GRANT SELECT (a) ON TABLE public.t TO clerk WITH GRANT OPTION;

-- down
REVOKE SELECT (a) ON TABLE public.t FROM clerk CASCADE;
GRANT SELECT ON TABLE public.t TO clerk WITH GRANT OPTION;

-- pair: privileges/dependents-of-a-grant-option

-- up
REVOKE GRANT OPTION FOR INSERT, SELECT ON TABLE public.t FROM clerk CASCADE;
GRANT SELECT ON TABLE public.t TO guest;

-- down
GRANT INSERT, SELECT ON TABLE public.t TO clerk WITH GRANT OPTION;

-- pair: privileges/owner-of-a-table-closed-to-himself-but-for-a-column

-- up
REVOKE DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.t FROM boss;
GRANT SELECT (a) ON TABLE public.t TO boss;

-- down
REVOKE SELECT (a) ON TABLE public.t FROM boss;
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.t TO boss;

-- pair: privileges/defaults-of-another-role

-- up
ALTER DEFAULT PRIVILEGES FOR ROLE boss REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE boss GRANT SELECT, UPDATE, USAGE ON SEQUENCES TO guest WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE boss IN SCHEMA app GRANT SELECT ON TABLES TO clerk;

-- down
ALTER DEFAULT PRIVILEGES FOR ROLE boss GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE boss REVOKE SELECT, UPDATE, USAGE ON SEQUENCES FROM guest CASCADE;
ALTER DEFAULT PRIVILEGES FOR ROLE boss IN SCHEMA app REVOKE SELECT ON TABLES FROM clerk;

