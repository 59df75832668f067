-- Show overdue maintenance
--
-- revision: 20260223090000
-- revises:  20260217080000
-- created:  2026-02-23T09:00:00Z

-- lint:ignore-file index-not-concurrent: there were a few hundred assets then

create index assets_name_idx on assets (name, id);
create index assets_purchased_on_idx on assets (purchased_on, id);
create index assignments_open_idx on assignments (asset_id) where returned_at is null;

create view overdue_maintenance as
select
  m.id,
  m.asset_id,
  a.tag,
  a.name,
  m.kind,
  m.description,
  m.due_on,
  current_date - m.due_on as days_overdue,
  p.full_name as holder,
  l.name as location
from maintenance m
join assets a on a.id = m.asset_id
left join locations l on l.id = a.location_id
left join assignments s on s.asset_id = a.id and s.returned_at is null
left join people p on p.id = s.person_id
where m.completed_on is null and m.due_on < current_date and a.status <> 'retired';

comment on view overdue_maintenance is 'Work that should have been done by now, and who has the asset';
