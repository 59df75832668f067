-- pair: policies/two-tables-read-each-other

-- up
CREATE TABLE public.seat (
    team integer,
    person text
);
ALTER TABLE public.seat ENABLE ROW LEVEL SECURITY;
CREATE TABLE public.team (
    id integer PRIMARY KEY,
    name text
);
ALTER TABLE public.team ENABLE ROW LEVEL SECURITY;
CREATE POLICY sits ON public.seat USING (team IN ( SELECT t.id
   FROM public.team t));
CREATE POLICY sees ON public.team USING (EXISTS ( SELECT
   FROM public.seat s
  WHERE ((s.team = team.id) AND (s.person = CURRENT_USER))));

-- down
DROP POLICY sits ON public.seat;
--   loses data: all rows of table public.team
DROP TABLE public.team;
--   loses data: all rows of table public.seat
DROP TABLE public.seat;

-- pair: policies/three-tables-in-a-ring

-- up
CREATE TABLE public.a (
    id integer
);
ALTER TABLE public.a ENABLE ROW LEVEL SECURITY;
CREATE TABLE public.b (
    id integer
);
CREATE POLICY p ON public.a USING (id IN ( SELECT b.id
   FROM public.b));
CREATE TABLE public.c (
    id integer
);
CREATE POLICY p ON public.b USING (id IN ( SELECT c.id
   FROM public.c));
CREATE POLICY p ON public.c USING (id IN ( SELECT a.id
   FROM public.a));

-- down
DROP POLICY p ON public.a;
--   loses data: all rows of table public.b
DROP TABLE public.b;
--   loses data: all rows of table public.c
DROP TABLE public.c;
--   loses data: all rows of table public.a
DROP TABLE public.a;

-- pair: policies/reads-view-of-its-table

-- up
CREATE TABLE public.ticket (
    id integer PRIMARY KEY,
    open boolean
);
ALTER TABLE public.ticket ENABLE ROW LEVEL SECURITY;
CREATE VIEW public.open_ticket AS
SELECT ticket.id
   FROM public.ticket
  WHERE ticket.open;
CREATE POLICY only_open ON public.ticket FOR SELECT USING (id IN ( SELECT o.id
   FROM public.open_ticket o));

-- down
DROP POLICY only_open ON public.ticket;
DROP VIEW public.open_ticket;
--   loses data: all rows of table public.ticket
DROP TABLE public.ticket;

-- pair: policies/reads-materialized-view-of-its-table

-- up
CREATE TABLE public.ticket (
    id integer PRIMARY KEY,
    open boolean
);
CREATE MATERIALIZED VIEW public.open_ticket AS
SELECT ticket.id
   FROM public.ticket
  WHERE ticket.open;
CREATE POLICY only_open ON public.ticket USING (EXISTS ( SELECT
   FROM public.open_ticket o
  WHERE (o.id = ticket.id)));

-- down
DROP POLICY only_open ON public.ticket;
DROP MATERIALIZED VIEW public.open_ticket;
--   loses data: all rows of table public.ticket
DROP TABLE public.ticket;

-- pair: policies/calls-function-of-the-row

-- up
CREATE TABLE public.doc (
    id integer,
    author text
);
ALTER TABLE public.doc ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION public.may_read(public.doc)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select ($1).author = current_user $function$;
CREATE POLICY reader ON public.doc USING (public.may_read(doc.*));

-- down
DROP POLICY reader ON public.doc;
DROP FUNCTION public.may_read(public.doc);
--   loses data: all rows of table public.doc
DROP TABLE public.doc;

-- pair: policies/calls-atomic-function-over-its-table

-- up
CREATE TABLE public.doc (
    id integer,
    parent integer
);
CREATE FUNCTION public.depth(of integer)
 RETURNS bigint
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT count(*) AS count
    FROM public.doc
   WHERE (doc.parent = depth.of);
END;
CREATE POLICY shallow ON public.doc USING (public.depth(id) < 5);

-- down
DROP POLICY shallow ON public.doc;
DROP FUNCTION public.depth(integer);
--   loses data: all rows of table public.doc
DROP TABLE public.doc;

-- pair: policies/calls-atomic-function-over-another-table

-- up
CREATE TABLE public.doc (
    id integer,
    owner text
);
CREATE TABLE public.staff (
    name text,
    boss text
);
CREATE POLICY down ON public.staff USING (name IN ( SELECT doc.owner
   FROM public.doc));
CREATE FUNCTION public.reports_to(who text)
 RETURNS text
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT staff.boss
    FROM public.staff
   WHERE (staff.name = reports_to.who);
END;
CREATE POLICY up ON public.doc USING ((owner = CURRENT_USER) OR (public.reports_to(owner) = CURRENT_USER));

-- down
DROP POLICY up ON public.doc;
DROP FUNCTION public.reports_to(text);
--   loses data: all rows of table public.staff
DROP TABLE public.staff;
--   loses data: all rows of table public.doc
DROP TABLE public.doc;

-- pair: policies/one-of-two-rings-goes

-- up
DROP POLICY pb ON public.b;

-- down
CREATE POLICY pb ON public.b USING (id IN ( SELECT a.id
   FROM public.a));

-- pair: policies/whole-ring-goes

-- up
DROP POLICY pa ON public.a;
--   loses data: all rows of table public.b
DROP TABLE public.b;
--   loses data: all rows of table public.a
DROP TABLE public.a;

-- down
CREATE TABLE public.a (
    id integer
);
CREATE TABLE public.b (
    id integer
);
CREATE POLICY pa ON public.a USING (id IN ( SELECT b.id
   FROM public.b));
CREATE POLICY pb ON public.b USING (id IN ( SELECT a.id
   FROM public.a));

-- pair: policies/column-that-the-policy-reads-goes

-- up
ALTER POLICY p ON public.note USING (id > 0);
--   loses data: column public.note.shared
ALTER TABLE public.note DROP COLUMN shared;

-- down
--   blocks with ACCESS EXCLUSIVE on public.note
ALTER TABLE public.note ADD COLUMN shared boolean;
ALTER POLICY p ON public.note USING (shared);

-- pair: policies/column-type-under-policy

-- up
DROP POLICY p ON public.note;
--   rewrites public.note
--   blocks with ACCESS EXCLUSIVE on public.note
ALTER TABLE public.note ALTER COLUMN level TYPE bigint;
CREATE POLICY p ON public.note USING (level > 2);

-- down
DROP POLICY p ON public.note;
--   fails if this finds rows: SELECT * FROM public.note WHERE level NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.note
--   blocks with ACCESS EXCLUSIVE on public.note
ALTER TABLE public.note ALTER COLUMN level TYPE integer;
CREATE POLICY p ON public.note USING (level > 2);

-- pair: policies/column-type-under-policy-of-other-table

-- up
DROP POLICY p ON public.note;
--   rewrites public.grade
--   blocks with ACCESS EXCLUSIVE on public.grade
ALTER TABLE public.grade ALTER COLUMN level TYPE numeric;
CREATE POLICY p ON public.note USING (pupil IN ( SELECT g.pupil
   FROM public.grade g
  WHERE (g.level > (2)::numeric)));

-- down
DROP POLICY p ON public.note;
--   fails if this finds rows: SELECT * FROM public.grade WHERE NOT (level >= -2147483648.5 AND level < 2147483647.5)
--   loses data: column public.grade.level
--   rewrites public.grade
--   blocks with ACCESS EXCLUSIVE on public.grade
ALTER TABLE public.grade ALTER COLUMN level TYPE integer;
CREATE POLICY p ON public.note USING (pupil IN ( SELECT g.pupil
   FROM public.grade g
  WHERE (g.level > 2)));

-- pair: policies/using-added

-- up
ALTER POLICY p ON public.note USING (id > 1);

-- down
DROP POLICY p ON public.note;
CREATE POLICY p ON public.note WITH CHECK (id > 0);

-- pair: policies/check-removed

-- up
DROP POLICY p ON public.note;
CREATE POLICY p ON public.note USING (id > 1);

-- down
ALTER POLICY p ON public.note WITH CHECK (id > 0);

-- pair: policies/command-changes

-- up
DROP POLICY p ON public.note;
CREATE POLICY p ON public.note FOR DELETE USING (id > 1);

-- down
DROP POLICY p ON public.note;
CREATE POLICY p ON public.note FOR UPDATE USING (id > 1);

-- pair: policies/permissive-becomes-restrictive

-- up
DROP POLICY p ON public.note;
CREATE POLICY p ON public.note AS RESTRICTIVE USING (id > 1);

-- down
DROP POLICY p ON public.note;
CREATE POLICY p ON public.note USING (id > 1);

-- pair: policies/roles-change

-- up
ALTER POLICY p ON public.note TO PUBLIC;

-- down
ALTER POLICY p ON public.note TO clerk;

-- pair: policies/role-with-odd-name

-- up
ALTER POLICY "a policy" ON public.note TO postgres, "team lead";
ALTER POLICY "a policy" ON public.note USING (id = 1);

-- down
ALTER POLICY "a policy" ON public.note TO "team lead";
ALTER POLICY "a policy" ON public.note USING (true);

-- pair: policies/security-on-and-forced

-- up
--   narrows access: table public.note: from now on only its policies permit rows, its owner aside
ALTER TABLE public.note ENABLE ROW LEVEL SECURITY;
--   narrows access: table public.note: its policies now count for its owner too
ALTER TABLE public.note FORCE ROW LEVEL SECURITY;

-- down
--   widens access: table public.note: policies count no more, whoever may read it sees all rows
ALTER TABLE public.note DISABLE ROW LEVEL SECURITY;
--   widens access: table public.note: its policies no longer count for its owner
ALTER TABLE public.note NO FORCE ROW LEVEL SECURITY;

-- pair: policies/policy-without-security-enabled

-- up
CREATE POLICY idle ON public.note FOR INSERT WITH CHECK (id > 0);

-- down
DROP POLICY idle ON public.note;

-- pair: policies/policy-on-partitioned-table

-- up
--   narrows access: table public.log: from now on only its policies permit rows, its owner aside
ALTER TABLE public.log ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON public.log USING (id IN ( SELECT l.id
   FROM public.log_1 l));

-- down
DROP POLICY p ON public.log;
--   widens access: table public.log: policies count no more, whoever may read it sees all rows
ALTER TABLE public.log DISABLE ROW LEVEL SECURITY;

-- pair: policies/policy-reads-partition-of-new-table

-- up
CREATE TABLE public.log (
    id integer,
    day date
) PARTITION BY RANGE (day);
CREATE TABLE public.log_1 PARTITION OF public.log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE POLICY p ON public.log USING (EXISTS ( SELECT
   FROM public.log_1 l
  WHERE (l.id = log.id)));
CREATE POLICY p ON public.log_1 USING (EXISTS ( SELECT
   FROM public.log l
  WHERE (l.id = log_1.id)));

-- down
DROP POLICY p ON public.log;
--   loses data: all rows of table public.log_1
DROP TABLE public.log_1;
DROP TABLE public.log;

-- pair: policies/policies-of-two-schemas-cross

-- up
CREATE SCHEMA back;
CREATE SCHEMA front;
CREATE TABLE back.person (
    id integer,
    name text
);
CREATE TABLE front.page (
    id integer,
    person integer
);
CREATE POLICY p ON back.person USING (id IN ( SELECT g.person
   FROM front.page g));
CREATE POLICY p ON front.page USING (person IN ( SELECT p.id
   FROM back.person p
  WHERE (p.name = CURRENT_USER)));

-- down
DROP POLICY p ON back.person;
--   loses data: all rows of table front.page
DROP TABLE front.page;
DROP SCHEMA front;
--   loses data: all rows of table back.person
DROP TABLE back.person;
DROP SCHEMA back;

-- pair: policies/policy-uses-function-that-is-replaced

-- up
DROP POLICY p ON public.note;
DROP FUNCTION public.tenant();
CREATE FUNCTION public.tenant()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select 1::bigint$function$;
CREATE POLICY p ON public.note USING (tenant = public.tenant());

-- down
DROP POLICY p ON public.note;
DROP FUNCTION public.tenant();
CREATE FUNCTION public.tenant()
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$select 1$function$;
CREATE POLICY p ON public.note USING (tenant = public.tenant());

-- pair: policies/policy-uses-enum-that-loses-a-value

-- up
DROP POLICY p ON public.note;
ALTER TYPE public.level RENAME TO level_old;
CREATE TYPE public.level AS ENUM ('low', 'high');
--   rewrites public.note
--   blocks with ACCESS EXCLUSIVE on public.note
--   fails if this finds rows: SELECT l::text FROM public.note WHERE l::text IN ('mid')
ALTER TABLE public.note ALTER COLUMN l TYPE public.level USING l::text::public.level;
DROP TYPE public.level_old;
CREATE POLICY p ON public.note USING (l > 'low'::public.level);

-- down
ALTER TYPE public.level ADD VALUE 'mid' AFTER 'low';

-- pair: policies/table-with-policies-becomes-another

-- up
--   blocks with ACCESS EXCLUSIVE on public.note
ALTER TABLE public.note ADD COLUMN text text;
--   changes access: policy public.note.p: USING is now (text <> ''::text), and was (body <> ''::text)
ALTER POLICY p ON public.note USING (text <> ''::text);
--   loses data: column public.note.body
ALTER TABLE public.note DROP COLUMN body;
COMMENT ON POLICY p ON public.note IS 'has text';

-- down
--   blocks with ACCESS EXCLUSIVE on public.note
ALTER TABLE public.note ADD COLUMN body text;
--   changes access: policy public.note.p: USING is now (body <> ''::text), and was (text <> ''::text)
ALTER POLICY p ON public.note USING (body <> ''::text);
--   loses data: column public.note.text
ALTER TABLE public.note DROP COLUMN text;
COMMENT ON POLICY p ON public.note IS 'not empty';

-- pair: policies/renamed-table-keeps-its-policies

-- up
ALTER TABLE public.note RENAME TO memo;

-- down
ALTER TABLE public.memo RENAME TO note;

-- pair: policies/policy-over-foreign-keys-both-ways

-- up
CREATE TABLE public.address (
    id integer PRIMARY KEY,
    account integer
);
CREATE TABLE public.account (
    id integer PRIMARY KEY,
    main integer,
    CONSTRAINT account_main FOREIGN KEY (main) REFERENCES public.address(id)
);
CREATE POLICY own ON public.account USING (EXISTS ( SELECT
   FROM public.address a
  WHERE (a.account = account.id)));
--   blocks with SHARE ROW EXCLUSIVE on public.address
ALTER TABLE public.address ADD CONSTRAINT address_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);
CREATE POLICY own ON public.address USING (EXISTS ( SELECT
   FROM public.account a
  WHERE (a.id = address.account)));

-- down
--   blocks with ACCESS EXCLUSIVE on public.account
ALTER TABLE public.account DROP CONSTRAINT account_main;
DROP POLICY own ON public.account;
--   loses data: all rows of table public.address
DROP TABLE public.address;
--   loses data: all rows of table public.account
DROP TABLE public.account;

-- pair: policies/policy-through-view-over-view

-- up
CREATE TABLE public.m (
    id integer,
    t integer
);
CREATE VIEW public.v1 AS
SELECT m.id
   FROM public.m
  WHERE (m.t = 1);
CREATE VIEW public.v2 WITH (security_barrier=true) AS
SELECT v1.id
   FROM public.v1;
CREATE POLICY p ON public.m USING (id IN ( SELECT v2.id
   FROM public.v2));

-- down
DROP POLICY p ON public.m;
DROP VIEW public.v2;
DROP VIEW public.v1;
--   loses data: all rows of table public.m
DROP TABLE public.m;

-- pair: policies/view-under-policy-gains-a-column

-- up
DROP POLICY p ON public.m;
DROP VIEW public.v;
--   blocks with ACCESS EXCLUSIVE on public.m
ALTER TABLE public.m ADD COLUMN u integer;
CREATE VIEW public.v AS
SELECT m.u,
    m.id
   FROM public.m;
CREATE POLICY p ON public.m USING (id IN ( SELECT v.id
   FROM public.v));

-- down
DROP POLICY p ON public.m;
DROP VIEW public.v;
--   loses data: column public.m.u
ALTER TABLE public.m DROP COLUMN u;
CREATE VIEW public.v AS
SELECT m.id
   FROM public.m;
CREATE POLICY p ON public.m USING (id IN ( SELECT v.id
   FROM public.v));

-- pair: policies/policies-of-three-tables-through-views

-- up
CREATE TABLE public.a (
    id integer,
    o integer
);
CREATE TABLE public.b (
    id integer,
    o integer
);
CREATE TABLE public.c (
    id integer,
    o integer
);
CREATE POLICY pb ON public.b USING (id IN ( SELECT c.id
   FROM public.c));
CREATE VIEW public.va AS
SELECT a.id
   FROM public.a
  WHERE (a.o > 0);
CREATE POLICY pc ON public.c USING (id IN ( SELECT va.id
   FROM public.va));
CREATE VIEW public.vb AS
SELECT b.id
   FROM public.b
  WHERE (b.o > 0);
CREATE POLICY pa ON public.a USING (id IN ( SELECT vb.id
   FROM public.vb));

-- down
DROP POLICY pa ON public.a;
DROP VIEW public.vb;
--   loses data: all rows of table public.b
DROP TABLE public.b;
--   loses data: all rows of table public.c
DROP TABLE public.c;
DROP VIEW public.va;
--   loses data: all rows of table public.a
DROP TABLE public.a;

-- pair: policies/column-type-under-policies-both-ways

-- up
DROP POLICY pa ON public.a;
DROP POLICY pb ON public.b;
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN o TYPE bigint;
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN o TYPE bigint;
CREATE POLICY pa ON public.a USING (EXISTS ( SELECT
   FROM public.b
  WHERE (b.o = a.o)));
CREATE POLICY pb ON public.b USING (EXISTS ( SELECT
   FROM public.a
  WHERE (a.o = b.o)));

-- down
DROP POLICY pa ON public.a;
DROP POLICY pb ON public.b;
--   fails if this finds rows: SELECT * FROM public.a WHERE o NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN o TYPE integer;
--   fails if this finds rows: SELECT * FROM public.b WHERE o NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN o TYPE integer;
CREATE POLICY pa ON public.a USING (EXISTS ( SELECT
   FROM public.b
  WHERE (b.o = a.o)));
CREATE POLICY pb ON public.b USING (EXISTS ( SELECT
   FROM public.a
  WHERE (a.o = b.o)));

-- pair: policies/policy-reads-a-partition-that-leaves

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;

-- down
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= (0) AND (id) < (10)) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);

