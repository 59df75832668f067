-- Create locations and people
--
-- revision: 20260105090000
-- revises:  none
-- created:  2026-01-05T09:00:00Z

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
