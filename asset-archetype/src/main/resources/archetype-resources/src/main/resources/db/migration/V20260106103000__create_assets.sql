-- Create assets
--
-- revision: 20260106103000
-- revises:  20260105090000
-- created:  2026-01-06T10:30:00Z

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
  constraint assets_tag_key unique (tag),
  constraint assets_tag_check check (tag ~ '^[A-Z]{2,4}-[0-9]{4,}$'),
  constraint assets_name_check check (btrim(name) <> ''),
  constraint assets_purchase_price_check check (purchase_price >= 0),
  constraint assets_retired_check check ((status = 'retired') = (retired_on is not null))
);

create unique index assets_serial_number_key on assets (serial_number)
  where serial_number is not null;
create index assets_status_idx on assets (status);
create index assets_location_id_idx on assets (location_id);

comment on table assets is 'Everything that carries a tag';
comment on column assets.tag is 'The label on the thing itself, such as NB-0042';
comment on column assets.purchase_price is 'In the currency of the company, taxes included';

create function set_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create trigger assets_set_updated_at before update on assets
  for each row execute function set_updated_at();
