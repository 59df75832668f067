-- Create assignments and maintenance
--
-- revision: 20260112140000
-- revises:  20260106103000
-- created:  2026-01-12T14:00:00Z

-- Lets the exclusion constraint below compare the asset's id with "=".
create extension if not exists btree_gist;

create table assignments (
  id          bigint generated always as identity primary key,
  asset_id    bigint not null references assets,
  person_id   bigint not null references people,
  assigned_at timestamptz not null default now(),
  returned_at timestamptz,
  note        text,
  constraint assignments_returned_at_check check (returned_at > assigned_at),
  constraint assignments_no_overlap exclude using gist (
    asset_id with =,
    tstzrange(assigned_at, returned_at) with &&
  )
);

create index assignments_person_id_idx on assignments (person_id) where returned_at is null;

comment on table assignments is 'Who has, or had, which asset';
comment on constraint assignments_no_overlap on assignments is
  'An asset is in the hands of one person at a time';

create type maintenance_kind as enum ('inspection', 'repair', 'upgrade');

create table maintenance (
  id           bigint generated always as identity primary key,
  asset_id     bigint not null references assets on delete cascade,
  kind         maintenance_kind not null,
  description  text not null,
  due_on       date not null,
  completed_on date,
  cost         numeric(12, 2),
  constraint maintenance_cost_check check (cost >= 0),
  constraint maintenance_cost_when_done_check check (cost is null or completed_on is not null)
);

create index maintenance_asset_id_idx on maintenance (asset_id);
create index maintenance_due_on_idx on maintenance (due_on) where completed_on is null;

comment on table maintenance is 'Work that is due on an asset, and work that was done';

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
