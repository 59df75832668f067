-- The model: the schema as it should be. Change it here first, then write the revision that takes
-- the databases there (README.md tells how).

create extension if not exists btree_gist;

-- Places

create table locations (
  id        bigint generated always as identity primary key,
  parent_id bigint references locations,
  name      text not null,
  address   text,
  version   integer not null default 0,
  constraint locations_name_check check (btrim(name) <> ''),
  constraint locations_parent_check check (parent_id <> id)
);

create unique index locations_root_name_key on locations (lower(name)) where parent_id is null;
create unique index locations_name_key on locations (parent_id, lower(name)) where parent_id is not null;

comment on table locations is 'Where assets are: sites, buildings and rooms, one inside the other';
comment on column locations.parent_id is 'The location around this one; none for a site';
comment on column locations.version is 'Counts the changes: who saves says which version was read';

-- People

create table people (
  id        bigint generated always as identity primary key,
  full_name text not null,
  email     text not null,
  joined_on date not null default current_date,
  left_on   date,
  version   integer not null default 0,
  constraint people_full_name_check check (btrim(full_name) <> ''),
  constraint people_email_check check (email like '_%@_%'),
  constraint people_left_on_check check (left_on >= joined_on)
);

create unique index people_email_key on people (lower(email));
create index people_present_idx on people (full_name) where left_on is null;

comment on table people is 'Who can be given an asset';
comment on column people.version is 'Counts the changes: who saves says which version was read';

-- Kinds of assets

create table categories (
  id                bigint generated always as identity primary key,
  name              text not null,
  tag_prefix        text not null,
  inspection_months integer,
  version           integer not null default 0,
  constraint categories_name_check check (btrim(name) <> ''),
  constraint categories_tag_prefix_key unique (tag_prefix),
  constraint categories_tag_prefix_check check (tag_prefix ~ '^[A-Z]{2,4}$'),
  constraint categories_inspection_months_check check (inspection_months > 0)
);

create unique index categories_name_key on categories (lower(name));

comment on table categories is 'What kind of thing an asset is';
comment on column categories.tag_prefix is 'How the tags of this category begin, such as NB';
comment on column categories.inspection_months is
  'How many months after an inspection the next one is due; none where there are no inspections';
comment on column categories.version is 'Counts the changes: who saves says which version was read';

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
  category_id    bigint references categories,
  attributes     jsonb not null default '{}',
  version        integer not null default 0,
  -- Punctuation separates words, so that "0042" finds "NB-0042".
  search         tsvector not null generated always as (
    setweight(to_tsvector('simple', translate(tag, '-', ' ')), 'A')
      || setweight(to_tsvector('simple', translate(name, '-_./:', '     ')), 'B')
      || setweight(to_tsvector('simple', translate(coalesce(serial_number, ''), '-_./:', '     ')), 'B')
      || setweight(jsonb_to_tsvector('simple', attributes, '["string", "numeric"]'), 'C')
  ) stored,
  constraint assets_tag_key unique (tag),
  constraint assets_tag_check check (tag ~ '^[A-Z]{2,4}-[0-9]{4,}$'),
  constraint assets_name_check check (btrim(name) <> ''),
  constraint assets_purchase_price_check check (purchase_price >= 0),
  constraint assets_retired_check check ((status = 'retired') = (retired_on is not null)),
  constraint assets_warranty_check check (warranty_until >= purchased_on),
  constraint assets_attributes_check check (jsonb_typeof(attributes) = 'object')
);

create unique index assets_serial_number_key on assets (serial_number)
  where serial_number is not null;
create index assets_status_idx on assets (status);
create index assets_location_id_idx on assets (location_id);
create index assets_warranty_until_idx on assets (warranty_until) where status <> 'retired';
create index assets_category_id_idx on assets (category_id, tag);
create index assets_attributes_idx on assets using gin (attributes jsonb_path_ops);
create index assets_search_idx on assets using gin (search);
create index assets_name_idx on assets (name, id);
create index assets_purchased_on_idx on assets (purchased_on, id);
create index assets_kept_idx on assets (id) where status <> 'retired';

comment on table assets is 'Everything that carries a tag';
comment on column assets.tag is 'The label on the thing itself, such as NB-0042';
comment on column assets.purchase_price is 'In the currency of the company, taxes included';
comment on column assets.warranty_until is 'The last day of the warranty; none where there is no warranty';
comment on column assets.attributes is 'What only some assets have, such as {"ram": "32 GB"}';
comment on column assets.version is 'Counts the changes: who saves says which version was read';
comment on column assets.search is 'The words of tag, name, serial number and attributes';

create function set_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end
$$;

create trigger assets_set_updated_at before update on assets
  for each row execute function set_updated_at();

-- So that nobody overwrites what somebody else has saved in the meantime.
create function count_version() returns trigger
language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end
$$;

create trigger categories_count_version before update on categories
  for each row execute function count_version();
create trigger locations_count_version before update on locations
  for each row execute function count_version();
create trigger people_count_version before update on people
  for each row execute function count_version();

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
create index assignments_open_idx on assignments (asset_id) where returned_at is null;
create index assignments_of_person_idx on assignments (person_id, assigned_at);

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

-- Who changed what

create table audit_log (
  id         bigint generated always as identity primary key,
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text not null,
  table_name text not null,
  row_id     bigint not null,
  action     text not null,
  old_values jsonb,
  new_values jsonb,
  constraint audit_log_action_check check (action in ('insert', 'update', 'delete'))
);

create index audit_log_row_idx on audit_log (table_name, row_id, id);

comment on table audit_log is 'Who changed what, and when; written by triggers only';
comment on column audit_log.changed_by is
  'The user of the application (the setting app.user), or else the role';
comment on column audit_log.old_values is 'What a change replaced, or the row that was deleted';

-- It runs with the rights of its owner, so that the application can add to the trail only by making
-- a change, and can alter nothing in it. Hence the fixed search path.
create function write_audit_log() returns trigger
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
  -- Bookkeeping, and what is computed from other columns.
  ignored constant text[] := '{updated_at,version,search}';
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - ignored end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - ignored end;
  id bigint := coalesce(after ->> 'id', before ->> 'id')::bigint;
begin
  if tg_op = 'UPDATE' then
    if before = after then
      return null;
    end if;
    select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, after -> b.key)
    into before, after
    from jsonb_each(before) as b
    where after -> b.key is distinct from b.value;
  end if;
  insert into audit_log (changed_by, table_name, row_id, action, old_values, new_values)
  values (
    coalesce(nullif(current_setting('app.user', true), ''), session_user),
    tg_table_name,
    id,
    lower(tg_op),
    before,
    after
  );
  return null;
end
$$;

create trigger assets_audit after insert or update or delete on assets
  for each row execute function write_audit_log();
create trigger assignments_audit after insert or update or delete on assignments
  for each row execute function write_audit_log();
create trigger categories_audit after insert or update or delete on categories
  for each row execute function write_audit_log();
create trigger locations_audit after insert or update or delete on locations
  for each row execute function write_audit_log();
create trigger maintenance_audit after insert or update or delete on maintenance
  for each row execute function write_audit_log();
create trigger people_audit after insert or update or delete on people
  for each row execute function write_audit_log();

-- What the application may do

-- Whoever migrates owns the schema. The application works with the rows and nothing else: it logs
-- in as a member of this role (create role ... login in role asset_tracker_app).
--
-- A role belongs to the server, not to one database. So it may be here already: from another
-- database, or because an administrator made it for a migrating user who may not.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'asset_tracker_app') then
    create role asset_tracker_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then
    null; -- somebody else made it at the same moment
  when insufficient_privilege then
    raise exception 'The role asset_tracker_app does not exist, and % may not create it', current_user
      using hint = 'Let an administrator run: create role asset_tracker_app nologin';
end
$$;

-- Before PostgreSQL 15 everybody may create tables in this schema.
revoke create on schema public from public;

grant usage on schema public to asset_tracker_app;
grant select, insert, update, delete
  on assets, assignments, categories, locations, maintenance, people
  to asset_tracker_app;
grant select on asset_overview, overdue_maintenance, audit_log to asset_tracker_app;

-- Also on the tables of revisions to come.
alter default privileges in schema public
  grant select, insert, update, delete on tables to asset_tracker_app;
