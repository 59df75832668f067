-- Take back: Sort assets into categories
--
-- revision: 20260203090000

-- The tags still tell the categories, so nothing is lost that taking the step again would not
-- bring back; except names and intervals that people have given since.
update assets set category_id = null where category_id is not null;
delete from categories;
