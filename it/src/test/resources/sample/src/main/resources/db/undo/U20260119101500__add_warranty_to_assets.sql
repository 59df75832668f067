-- Take back: Add warranty to assets
--
-- revision: 20260119101500

-- A view gives a column back only by being made anew.
drop view asset_overview;

create view asset_overview as
select
  a.id,
  a.tag,
  a.name,
  a.status,
  l.name as location,
  p.full_name as holder,
  s.assigned_at as held_since,
  (
    select min(m.due_on)
    from maintenance m
    where m.asset_id = a.id and m.completed_on is null
  ) as next_maintenance_on
from assets a
left join locations l on l.id = a.location_id
left join assignments s on s.asset_id = a.id and s.returned_at is null
left join people p on p.id = s.person_id;

comment on view asset_overview is 'One line for each asset: where it is, who has it, what is due next';

-- The index and the check go with the column. The dates in it are lost.
alter table assets drop column warranty_until;
