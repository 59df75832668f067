-- pair: privileges/table-right-narrowed-to-a-column

-- up
--   narrows access: table public.desk: REVOKE UPDATE for clerk
REVOKE UPDATE ON TABLE public.desk FROM clerk;
--   widens access: column public.desk.note: GRANT UPDATE (note) for clerk
GRANT UPDATE (note) ON TABLE public.desk TO clerk;

-- down
--   narrows access: column public.desk.note: REVOKE UPDATE (note) for clerk
REVOKE UPDATE (note) ON TABLE public.desk FROM clerk;
--   widens access: table public.desk: GRANT UPDATE for clerk
GRANT UPDATE ON TABLE public.desk TO clerk;

-- pair: privileges/narrowed-while-another-stays

-- up
--   narrows access: table public.desk: REVOKE DELETE, UPDATE for clerk
REVOKE DELETE, UPDATE ON TABLE public.desk FROM clerk;
--   widens access: column public.desk.note: GRANT UPDATE (note) for clerk
GRANT UPDATE (note) ON TABLE public.desk TO clerk;
--   widens access: column public.desk.price: GRANT UPDATE (price) for clerk
GRANT UPDATE (price) ON TABLE public.desk TO clerk;

-- down
--   narrows access: column public.desk.note: REVOKE UPDATE (note) for clerk
REVOKE UPDATE (note) ON TABLE public.desk FROM clerk;
--   narrows access: column public.desk.price: REVOKE UPDATE (price) for clerk
REVOKE UPDATE (price) ON TABLE public.desk FROM clerk;
--   widens access: table public.desk: GRANT DELETE, UPDATE for clerk
GRANT DELETE, UPDATE ON TABLE public.desk TO clerk;

-- pair: privileges/column-right-stays-when-table-right-goes

-- up
--   narrows access: table public.desk: REVOKE SELECT for clerk
REVOKE SELECT ON TABLE public.desk FROM clerk;
GRANT SELECT (note) ON TABLE public.desk TO clerk;

-- down
--   widens access: table public.desk: GRANT SELECT for clerk
GRANT SELECT ON TABLE public.desk TO clerk;

-- pair: privileges/column-rights-of-two-roles-stay

-- up
--   narrows access: table public.desk: REVOKE DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE for clerk
REVOKE DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk FROM clerk;
GRANT UPDATE (id) ON TABLE public.desk TO clerk;
GRANT SELECT (note) ON TABLE public.desk TO clerk;
--   narrows access: table public.desk: REVOKE INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE for guest
REVOKE INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk FROM guest;
GRANT INSERT (id) ON TABLE public.desk TO guest WITH GRANT OPTION;

-- down
--   widens access: table public.desk: GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE for clerk
GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk TO clerk;
--   widens access: table public.desk: GRANT INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE for guest
GRANT INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.desk TO guest;

-- pair: privileges/column-right-widens-to-the-table

-- up
--   narrows access: column public.desk.id: REVOKE SELECT (id) for clerk
REVOKE SELECT (id) ON TABLE public.desk FROM clerk;
--   narrows access: column public.desk.note: REVOKE SELECT (note) for clerk
REVOKE SELECT (note) ON TABLE public.desk FROM clerk;
--   widens access: table public.desk: GRANT SELECT for clerk
GRANT SELECT ON TABLE public.desk TO clerk;

-- down
--   narrows access: table public.desk: REVOKE SELECT for clerk
REVOKE SELECT ON TABLE public.desk FROM clerk;
--   widens access: column public.desk.id: GRANT SELECT (id) for clerk
GRANT SELECT (id) ON TABLE public.desk TO clerk;
--   widens access: column public.desk.note: GRANT SELECT (note) for clerk
GRANT SELECT (note) ON TABLE public.desk TO clerk;

-- pair: privileges/view-right-narrowed-to-a-column

-- up
--   narrows access: view public.v: REVOKE SELECT for clerk
REVOKE SELECT ON TABLE public.v FROM clerk;
GRANT SELECT (id) ON TABLE public.v TO clerk;

-- down
REVOKE SELECT (id) ON TABLE public.v FROM clerk;
--   widens access: view public.v: GRANT SELECT for clerk
GRANT SELECT ON TABLE public.v TO clerk;

-- pair: privileges/grant-option-on-a-column

-- up
--   widens access: column public.desk.id: GRANT SELECT (id) for clerk
GRANT SELECT (id) ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- down
--   narrows access: column public.desk.id: REVOKE GRANT OPTION FOR SELECT (id) for clerk
REVOKE GRANT OPTION FOR SELECT (id) ON TABLE public.desk FROM clerk CASCADE;

-- pair: privileges/grant-option-of-the-table-goes-and-the-columns-stays

-- up
--   narrows access: table public.desk: REVOKE GRANT OPTION FOR UPDATE for clerk
REVOKE GRANT OPTION FOR UPDATE ON TABLE public.desk FROM clerk CASCADE;
GRANT UPDATE (note) ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- down
--   widens access: table public.desk: GRANT UPDATE for clerk
GRANT UPDATE ON TABLE public.desk TO clerk WITH GRANT OPTION;
GRANT UPDATE (note) ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- pair: privileges/grant-option-comes

-- up
--   widens access: table public.desk: GRANT INSERT, SELECT for clerk
GRANT INSERT, SELECT ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- down
--   narrows access: table public.desk: REVOKE INSERT for clerk
REVOKE INSERT ON TABLE public.desk FROM clerk CASCADE;
--   narrows access: table public.desk: REVOKE GRANT OPTION FOR SELECT for clerk
REVOKE GRANT OPTION FOR SELECT ON TABLE public.desk FROM clerk CASCADE;

-- pair: privileges/grant-option-goes

-- up
--   narrows access: table public.desk: REVOKE INSERT for clerk
REVOKE INSERT ON TABLE public.desk FROM clerk CASCADE;
--   narrows access: table public.desk: REVOKE GRANT OPTION FOR SELECT for clerk
REVOKE GRANT OPTION FOR SELECT ON TABLE public.desk FROM clerk CASCADE;

-- down
--   widens access: table public.desk: GRANT INSERT, SELECT for clerk
GRANT INSERT, SELECT ON TABLE public.desk TO clerk WITH GRANT OPTION;

-- pair: privileges/owners-own-right-revoked

-- up
--   narrows access: table public.desk: REVOKE DELETE, TRUNCATE for its owner
REVOKE DELETE, TRUNCATE ON TABLE public.desk FROM postgres;

-- down
--   widens access: table public.desk: GRANT DELETE, TRUNCATE for its owner
GRANT DELETE, TRUNCATE ON TABLE public.desk TO postgres;

-- pair: privileges/public-gets-a-right

-- up
--   widens access: table public.desk: GRANT SELECT for PUBLIC
GRANT SELECT ON TABLE public.desk TO PUBLIC;

-- down
--   narrows access: table public.desk: REVOKE SELECT for PUBLIC
REVOKE SELECT ON TABLE public.desk FROM PUBLIC;

-- pair: privileges/function-closed-to-public

-- up
--   widens access: function public.f(): GRANT EXECUTE for clerk
GRANT EXECUTE ON FUNCTION public.f() TO clerk;
--   narrows access: function public.f(): REVOKE EXECUTE for PUBLIC
REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC;

-- down
--   narrows access: function public.f(): REVOKE EXECUTE for clerk
REVOKE EXECUTE ON FUNCTION public.f() FROM clerk;
--   widens access: function public.f(): GRANT EXECUTE for PUBLIC
GRANT EXECUTE ON FUNCTION public.f() TO PUBLIC;

-- pair: privileges/type-closed-to-public

-- up
--   widens access: enum public.mood: GRANT USAGE for clerk
GRANT USAGE ON TYPE public.mood TO clerk;
--   narrows access: enum public.mood: REVOKE USAGE for PUBLIC
REVOKE USAGE ON TYPE public.mood FROM PUBLIC;
--   narrows access: domain public.word: REVOKE USAGE for PUBLIC
REVOKE USAGE ON DOMAIN public.word FROM PUBLIC;

-- down
--   narrows access: enum public.mood: REVOKE USAGE for clerk
REVOKE USAGE ON TYPE public.mood FROM clerk;
--   widens access: enum public.mood: GRANT USAGE for PUBLIC
GRANT USAGE ON TYPE public.mood TO PUBLIC;
--   widens access: domain public.word: GRANT USAGE for PUBLIC
GRANT USAGE ON DOMAIN public.word TO PUBLIC;

-- pair: privileges/schema-rights

-- up
--   narrows access: schema side: REVOKE USAGE for clerk
REVOKE USAGE ON SCHEMA side FROM clerk;
--   widens access: schema side: GRANT CREATE, USAGE for boss
GRANT CREATE, USAGE ON SCHEMA side TO boss;

-- down
--   narrows access: schema side: REVOKE CREATE, USAGE for boss
REVOKE CREATE, USAGE ON SCHEMA side FROM boss;
--   widens access: schema side: GRANT USAGE for clerk
GRANT USAGE ON SCHEMA side TO clerk;

-- pair: privileges/sequence-rights

-- up
--   narrows access: sequence public.s: REVOKE USAGE for clerk
REVOKE USAGE ON SEQUENCE public.s FROM clerk;
--   widens access: sequence public.s: GRANT SELECT, UPDATE for clerk
GRANT SELECT, UPDATE ON SEQUENCE public.s TO clerk;

-- down
--   narrows access: sequence public.s: REVOKE SELECT, UPDATE for clerk
REVOKE SELECT, UPDATE ON SEQUENCE public.s FROM clerk;
--   widens access: sequence public.s: GRANT USAGE for clerk
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
--   fails if this finds rows: SELECT * FROM public.desk WHERE length(rtrim(note::text, ' ')) > 40
--   loses data: column public.desk.note of the rows that this finds: SELECT * FROM public.desk WHERE length(note::text) > 40 AND length(rtrim(note::text, ' ')) <= 40
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
--   narrows access: table public.desk: REVOKE SELECT for clerk
REVOKE SELECT ON TABLE public.desk FROM clerk;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public REVOKE SELECT ON TABLES FROM clerk;

-- down
--   widens access: table public.desk: GRANT SELECT for clerk
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
--   fails if this finds rows: SELECT * FROM public.desk WHERE length(rtrim(note::text, ' ')) > 10
--   loses data: column public.desk.note of the rows that this finds: SELECT * FROM public.desk WHERE length(note::text) > 10 AND length(rtrim(note::text, ' ')) <= 10
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
--   widens access: table public.desk: GRANT INSERT, SELECT for "team lead"
GRANT INSERT, SELECT ON TABLE public.desk TO "team lead" WITH GRANT OPTION;

-- down
--   narrows access: table public.desk: REVOKE INSERT for "team lead"
REVOKE INSERT ON TABLE public.desk FROM "team lead" CASCADE;
--   narrows access: table public.desk: REVOKE GRANT OPTION FOR SELECT for "team lead"
REVOKE GRANT OPTION FOR SELECT ON TABLE public.desk FROM "team lead" CASCADE;

-- pair: privileges/rights-of-a-partitioned-table

-- up
--   narrows access: table public.log: REVOKE SELECT for clerk
REVOKE SELECT ON TABLE public.log FROM clerk;
--   widens access: column public.log.id: GRANT SELECT (id) for clerk
GRANT SELECT (id) ON TABLE public.log TO clerk;
--   widens access: column public.log_1.id: GRANT SELECT (id) for clerk
GRANT SELECT (id) ON TABLE public.log_1 TO clerk;
--   widens access: table public.log_1: GRANT INSERT for boss
GRANT INSERT ON TABLE public.log_1 TO boss;

-- down
--   narrows access: column public.log.id: REVOKE SELECT (id) for clerk
REVOKE SELECT (id) ON TABLE public.log FROM clerk;
--   narrows access: column public.log_1.id: REVOKE SELECT (id) for clerk
REVOKE SELECT (id) ON TABLE public.log_1 FROM clerk;
--   narrows access: table public.log_1: REVOKE INSERT for boss
REVOKE INSERT ON TABLE public.log_1 FROM boss;
--   widens access: table public.log: GRANT SELECT for clerk
GRANT SELECT ON TABLE public.log TO clerk;

-- pair: privileges/foreign-server-rights

-- up
--   narrows access: server far: REVOKE USAGE for clerk
REVOKE USAGE ON FOREIGN SERVER far FROM clerk;
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO boss;

-- down
REVOKE USAGE ON FOREIGN DATA WRAPPER postgres_fdw FROM boss;
--   widens access: server far: GRANT USAGE for clerk
GRANT USAGE ON FOREIGN SERVER far TO clerk;

-- pair: privileges/right-of-everybody-narrowed-to-columns

-- up
--   narrows access: table public.t: REVOKE SELECT, UPDATE for PUBLIC
REVOKE SELECT, UPDATE ON TABLE public.t FROM PUBLIC;
--   widens access: column public.t.a: GRANT SELECT (a), UPDATE (a) for PUBLIC
GRANT SELECT (a), UPDATE (a) ON TABLE public.t TO PUBLIC;
--   widens access: column public.t.b: GRANT SELECT (b) for PUBLIC
GRANT SELECT (b) ON TABLE public.t TO PUBLIC;

-- down
--   narrows access: column public.t.a: REVOKE SELECT (a), UPDATE (a) for PUBLIC
REVOKE SELECT (a), UPDATE (a) ON TABLE public.t FROM PUBLIC;
--   narrows access: column public.t.b: REVOKE SELECT (b) for PUBLIC
REVOKE SELECT (b) ON TABLE public.t FROM PUBLIC;
--   widens access: table public.t: GRANT SELECT, UPDATE for PUBLIC
GRANT SELECT, UPDATE ON TABLE public.t TO PUBLIC;

-- pair: privileges/grant-option-narrowed-to-a-column

-- up
--   narrows access: table public.t: REVOKE SELECT for clerk
REVOKE SELECT ON TABLE public.t FROM clerk CASCADE;
GRANT SELECT ON TABLE public.t TO guest;
--   widens access: column public.t.a: GRANT SELECT (a) for clerk
GRANT SELECT (a) ON TABLE public.t TO clerk WITH GRANT OPTION;

-- down
--   narrows access: column public.t.a: REVOKE SELECT (a) for clerk
REVOKE SELECT (a) ON TABLE public.t FROM clerk CASCADE;
--   widens access: table public.t: GRANT SELECT for clerk
GRANT SELECT ON TABLE public.t TO clerk WITH GRANT OPTION;

-- pair: privileges/dependents-of-a-grant-option

-- up
--   narrows access: table public.t: REVOKE GRANT OPTION FOR INSERT, SELECT for clerk
REVOKE GRANT OPTION FOR INSERT, SELECT ON TABLE public.t FROM clerk CASCADE;
GRANT SELECT ON TABLE public.t TO guest;

-- down
--   widens access: table public.t: GRANT INSERT, SELECT for clerk
GRANT INSERT, SELECT ON TABLE public.t TO clerk WITH GRANT OPTION;

-- pair: privileges/owner-of-a-table-closed-to-himself-but-for-a-column

-- up
--   narrows access: table public.t: REVOKE DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE for its owner
REVOKE DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE public.t FROM boss;
--   widens access: column public.t.a: GRANT SELECT (a) for its owner
GRANT SELECT (a) ON TABLE public.t TO boss;

-- down
--   narrows access: column public.t.a: REVOKE SELECT (a) for its owner
REVOKE SELECT (a) ON TABLE public.t FROM boss;
--   widens access: table public.t: GRANT DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE for its owner
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

