-- Add categories and attributes
--
-- revision: 20260202083000
-- revises:  20260119101500
-- labels:   categories
-- created:  2026-02-02T08:30:00Z

-- lint:ignore-file constraint-without-not-valid: there were a few hundred assets then
-- lint:ignore-file index-not-concurrent: there were a few hundred assets then

create table categories (
  id                bigint generated always as identity primary key,
  name              text not null,
  tag_prefix        text not null,
  inspection_months integer,
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

-- A default that is a constant costs no rewrite of the table.
alter table assets
  add column category_id bigint references categories,
  add column attributes jsonb not null default '{}',
  add column version integer not null default 0,
  add constraint assets_attributes_check check (jsonb_typeof(attributes) = 'object');

create index assets_category_id_idx on assets (category_id, tag);
create index assets_attributes_idx on assets using gin (attributes jsonb_path_ops);

comment on column assets.attributes is 'What only some assets have, such as {"ram": "32 GB"}';
comment on column assets.version is 'Counts the changes: who saves says which version was read';

-- The application used to forget the second of two changes at the same moment. Now the row counts.
create or replace function set_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end
$$;
