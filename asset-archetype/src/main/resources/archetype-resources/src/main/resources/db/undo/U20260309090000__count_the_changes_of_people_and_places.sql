-- Take back: Count the changes of people and places
--
-- revision: 20260309090000

-- LOSES DATA: column public.categories.version.
-- Locks public.categories (ACCESS EXCLUSIVE): reads and writes wait until this script is done.
ALTER TABLE public.categories DROP COLUMN version;

DROP TRIGGER categories_count_version ON public.categories;

-- LOSES DATA: column public.locations.version.
-- Locks public.locations (ACCESS EXCLUSIVE): reads and writes wait until this script is done.
ALTER TABLE public.locations DROP COLUMN version;

DROP TRIGGER locations_count_version ON public.locations;

-- LOSES DATA: column public.people.version.
-- Locks public.people (ACCESS EXCLUSIVE): reads and writes wait until this script is done.
ALTER TABLE public.people DROP COLUMN version;

DROP TRIGGER people_count_version ON public.people;

DROP FUNCTION public.count_version();
