-- pair: policies/one-of-two-rings-goes

-- up
DROP POLICY pb ON public.b;

-- down
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
--   can fail on existing rows
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
--   can fail on existing rows
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
ALTER TABLE public.note ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.note FORCE ROW LEVEL SECURITY;

-- down
ALTER TABLE public.note DISABLE ROW LEVEL SECURITY;
ALTER TABLE public.note NO FORCE ROW LEVEL SECURITY;

-- pair: policies/policy-without-security-enabled

-- up
CREATE POLICY idle ON public.note FOR INSERT WITH CHECK (id > 0);

-- down
DROP POLICY idle ON public.note;

-- pair: policies/policy-on-partitioned-table

-- up
ALTER TABLE public.log ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON public.log USING (id IN ( SELECT l.id
   FROM public.log_1 l));

-- down
DROP POLICY p ON public.log;
ALTER TABLE public.log DISABLE ROW LEVEL SECURITY;

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
--   can fail on existing rows
ALTER TABLE public.note ALTER COLUMN l TYPE public.level USING l::text::public.level;
DROP TYPE public.level_old;
CREATE POLICY p ON public.note USING (l > 'low'::public.level);

-- down
ALTER TYPE public.level ADD VALUE 'mid' AFTER 'low';

-- pair: policies/table-with-policies-becomes-another

-- up
--   blocks with ACCESS EXCLUSIVE on public.note
ALTER TABLE public.note ADD COLUMN text text;
ALTER POLICY p ON public.note USING (text <> ''::text);
--   loses data: column public.note.body
ALTER TABLE public.note DROP COLUMN body;
COMMENT ON POLICY p ON public.note IS 'has text';

-- down
--   blocks with ACCESS EXCLUSIVE on public.note
ALTER TABLE public.note ADD COLUMN body text;
ALTER POLICY p ON public.note USING (body <> ''::text);
--   loses data: column public.note.text
ALTER TABLE public.note DROP COLUMN text;
COMMENT ON POLICY p ON public.note IS 'not empty';

-- pair: policies/renamed-table-keeps-its-policies

-- up
ALTER TABLE public.note RENAME TO memo;

-- down
ALTER TABLE public.memo RENAME TO note;

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

