-- Sort assets into categories
--
-- revision: 20260203090000
-- revises:  20260202083000
-- created:  2026-02-03T09:00:00Z

-- A change of data: the letters of a tag have always told what a thing is, but nobody could ask.
-- Each prefix that is in use becomes a category; people give it a better name later.
insert into categories (name, tag_prefix)
select case prefix
         when 'NB' then 'Notebooks'
         when 'MO' then 'Monitors'
         when 'PH' then 'Telephones'
         when 'PR' then 'Projectors'
         else prefix
       end,
       prefix
from (select distinct split_part(tag, '-', 1) as prefix from assets) as used
on conflict do nothing;

update assets
set category_id = categories.id
from categories
where categories.tag_prefix = split_part(assets.tag, '-', 1) and assets.category_id is null;
