-- pair: policies/view-under-policy-gains-a-column

-- up
--   blocks with ACCESS EXCLUSIVE on public.m
ALTER TABLE public.m ADD COLUMN u integer;
DROP POLICY p ON public.m;
DROP VIEW public.v;
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

