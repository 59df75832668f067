-- The model: the schema as it should be. Change it here first, then write the revision that takes
-- the databases there (README.md tells how).

create extension if not exists btree_gist;

-- Places

create table locations (
  id        bigint generated always as identity primary key,
  parent_id bigint references locations,
  name      text not null,
  address   text,
  constraint locations_name_check check (btrim(name) <> ''),
  constraint locations_parent_check check (parent_id <> id)
);

create unique index locations_root_name_key on locations (lower(name)) where parent_id is null;
create unique index locations_name_key on locations (parent_id, lower(name)) where parent_id is not null;

comment on table locations is 'Where assets are: sites, buildings and rooms, one inside the other';
comment on column locations.parent_id is 'The location around this one; none for a site';

-- People

create table people (
  id        bigint generated always as identity primary key,
  full_name text not null,
  email     text not null,
  joined_on date not null default current_date,
  left_on   date,
  constraint people_full_name_check check (btrim(full_name) <> ''),
  constraint people_email_check check (email like '_%@_%'),
  constraint people_left_on_check check (left_on >= joined_on)
);

create unique index people_email_key on people (lower(email));
create index people_present_idx on people (full_name) where left_on is null;

comment on table people is 'Who can be given an asset';

-- Assets

create type asset_status as enum ('in_stock', 'in_use', 'in_repair', 'lost', 'retired');

create table assets (
  id             bigint generated always as identity primary key,
  tag            text not null,
  name           text not null,
  serial_number  text,
  status         asset_status not null default 'in_stock',
  location_id    bigint references locations,
  purchased_on   date,
  purchase_price numeric(12, 2),
  retired_on     date,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  warranty_until date,
  constraint assets_tag_key unique (tag),
  constraint assets_tag_check check (tag ~ '^[A-Z]{2,4}-[0-9]{4,}$'),
  constraint assets_name_check check (btrim(name) <> ''),
  constraint assets_purchase_price_check check (purchase_price >= 0),
  constraint assets_retired_check check ((status = 'retired') = (retired_on is not null)),
  constraint assets_warranty_check check (warranty_until >= purchased_on)
);

create unique index assets_serial_number_key on assets (serial_number)
  where serial_number is not null;
create index assets_status_idx on assets (status) where status <> 'retired';
create index assets_location_id_idx on assets (location_id);
create index assets_warranty_until_idx on assets (warranty_until) where status <> 'retired';

comment on table assets is 'Everything that carries a tag';
comment on column assets.tag is 'The label on the thing itself, such as NB-0042';
comment on column assets.purchase_price is 'In the currency of the company, taxes included';
comment on column assets.warranty_until is 'The last day of the warranty; none where there is no warranty';

create function set_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create trigger assets_set_updated_at before update on assets
  for each row execute function set_updated_at();

-- Who has what, and since when

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

-- Maintenance

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

-- What people look at

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
  ) as next_maintenance_on,
  a.warranty_until
from assets a
left join locations l on l.id = a.location_id
left join assignments s on s.asset_id = a.id and s.returned_at is null
left join people p on p.id = s.person_id;

comment on view asset_overview is 'One line for each asset: where it is, who has it, what is due next';
