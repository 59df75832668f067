-- Add warranty to assets
--
-- revision: 20260119101500
-- revises:  20260112140000
-- created:  2026-01-19T10:15:00Z

-- lint:ignore-file constraint-without-not-valid: there were a few hundred assets then
-- lint:ignore-file index-not-concurrent: there were a few hundred assets then

alter table assets
  add column warranty_until date,
  add constraint assets_warranty_check check (warranty_until >= purchased_on);

create index assets_warranty_until_idx on assets (warranty_until) where status <> 'retired';

comment on column assets.warranty_until is 'The last day of the warranty; none where there is no warranty';

-- A view can take a new column at its end without being dropped.
create or replace view asset_overview as
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
  ) as next_maintenance_on,
  a.warranty_until
from assets a
left join locations l on l.id = a.location_id
left join assignments s on s.asset_id = a.id and s.returned_at is null
left join people p on p.id = s.person_id;
