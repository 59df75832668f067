-- Count the changes of people and places
--
-- revision: 20260309090000
-- revises:  20260302100000
-- created:  2026-03-09T09:00:00Z

-- Locks public.categories (ACCESS EXCLUSIVE): reads and writes wait until this script is done.
ALTER TABLE public.categories ADD COLUMN version integer DEFAULT 0 NOT NULL;

COMMENT ON COLUMN public.categories.version IS 'Counts the changes: who saves says which version was read';

-- Locks public.locations (ACCESS EXCLUSIVE): reads and writes wait until this script is done.
ALTER TABLE public.locations ADD COLUMN version integer DEFAULT 0 NOT NULL;

COMMENT ON COLUMN public.locations.version IS 'Counts the changes: who saves says which version was read';

-- Locks public.people (ACCESS EXCLUSIVE): reads and writes wait until this script is done.
ALTER TABLE public.people ADD COLUMN version integer DEFAULT 0 NOT NULL;

COMMENT ON COLUMN public.people.version IS 'Counts the changes: who saves says which version was read';

CREATE FUNCTION public.count_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := old.version + 1;
  return new;
end
$function$;

CREATE TRIGGER categories_count_version BEFORE UPDATE ON public.categories FOR EACH ROW EXECUTE FUNCTION public.count_version();

CREATE TRIGGER locations_count_version BEFORE UPDATE ON public.locations FOR EACH ROW EXECUTE FUNCTION public.count_version();

CREATE TRIGGER people_count_version BEFORE UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION public.count_version();
