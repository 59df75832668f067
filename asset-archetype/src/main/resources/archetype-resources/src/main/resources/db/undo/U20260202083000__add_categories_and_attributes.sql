-- Take back: Add categories and attributes
--
-- revision: 20260202083000

create or replace function set_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

-- The indexes and the check go with the columns. What is in them is lost.
alter table assets
  drop column version,
  drop column attributes,
  drop column category_id;

drop table categories;
