-- Sample data for development, loaded into an empty database by the profile "dev". All dates are
-- relative to today, so that there is always something overdue.

select set_config('app.user', 'sample data', true);

insert into locations (name, address) values
  ('Bern', 'Bundesgasse 20, 3011 Bern'),
  ('Zurich', 'Limmatquai 4, 8001 Zurich'),
  ('On the road', null);

insert into locations (parent_id, name)
select site.id, room.name
from (values
  ('Bern', 'Reception'), ('Bern', 'Office 1.01'), ('Bern', 'Office 1.02'), ('Bern', 'Store'),
  ('Zurich', 'Studio'), ('Zurich', 'Workshop'), ('Zurich', 'Meeting room Lindt')
) as room (site, name)
join locations site on site.name = room.site and site.parent_id is null;

insert into categories (name, tag_prefix, inspection_months) values
  ('Notebooks', 'NB', null),
  ('Monitors', 'MO', null),
  ('Telephones', 'PH', null),
  ('Projectors', 'PR', 24),
  ('Power tools', 'PT', 12),
  ('Vehicles', 'VH', 12);

insert into people (full_name, email, joined_on, left_on)
select
  p.name,
  lower(replace(p.name, ' ', '.')) || '@example.com',
  current_date - p.days,
  case when p.gone then current_date - 20 end
from (values
  ('Mia Keller', 2400, false), ('Noah Frei', 2100, false), ('Lea Brunner', 1900, false),
  ('Luca Moser', 1650, false), ('Elena Rossi', 1500, false), ('Jonas Huber', 1320, false),
  ('Sofia Widmer', 1100, false), ('Tim Graf', 900, false), ('Nina Baumann', 720, false),
  ('David Schmid', 500, false), ('Lara Steiner', 300, false), ('Ben Wyss', 60, false),
  ('Anna Vogt', 1800, true)
) as p (name, days, gone);

insert into assets (
  tag, name, serial_number, category_id, location_id, purchased_on, purchase_price,
  warranty_until, attributes
)
select
  c.tag_prefix || '-' || lpad((100 + n)::text, 4, '0'),
  kind.name,
  'SN' || upper(substr(md5(c.tag_prefix || n), 1, 10)),
  c.id,
  (select id from locations where parent_id is not null order by md5(c.tag_prefix || n || name) limit 1),
  current_date - (n * 37 + ascii(c.tag_prefix) * 11) % 1100,
  kind.price,
  (current_date - (n * 37 + ascii(c.tag_prefix) * 11) % 1100 + interval '3 years')::date,
  kind.attributes
from (values
  ('NB', 'ThinkPad X1 Carbon', 1890.00, '{"ram": "32 GB", "disk": "1 TB"}'::jsonb, 14),
  ('NB', 'MacBook Pro 14', 2349.00, '{"ram": "24 GB", "disk": "512 GB"}', 8),
  ('NB', 'Framework 13', 1499.00, '{"ram": "64 GB", "disk": "2 TB"}', 4),
  ('MO', 'Dell U2723QE 27"', 589.00, '{"size": "27 inch"}', 12),
  ('MO', 'EIZO EV3240X 32"', 1349.00, '{"size": "32 inch"}', 5),
  ('PH', 'Fairphone 5', 629.00, '{"os": "Android"}', 9),
  ('PR', 'Epson EB-L260F', 1599.00, '{"lumen": "4600"}', 4),
  ('PT', 'Bosch GSR 18V drill', 289.00, '{}', 6),
  ('PT', 'Hilti TE 30 hammer', 940.00, '{}', 3),
  ('VH', 'Renault Kangoo E-Tech', 36900.00, '{"plate": "BE 123 456"}', 2)
) as kind (prefix, name, price, attributes, number)
join categories c on c.tag_prefix = kind.prefix
cross join lateral generate_series(1, kind.number) as i
cross join lateral (
  -- Numbers go on where those of the kind before ended.
  select i + case kind.name
    when 'MacBook Pro 14' then 14 when 'Framework 13' then 22 when 'EIZO EV3240X 32"' then 12
    when 'Hilti TE 30 hammer' then 6 else 0 end as n
) as numbered;

-- Somebody had it before, and somebody has it now.
insert into assignments (asset_id, person_id, assigned_at, returned_at, note)
select
  a.id,
  (select id from people order by md5(full_name || a.tag) limit 1),
  (a.purchased_on + 2)::timestamptz,
  (a.purchased_on + 2)::timestamptz + (now() - a.purchased_on::timestamptz) / 2,
  null
from assets a
where a.id % 3 = 0 and a.purchased_on < current_date - 30;

insert into assignments (asset_id, person_id, assigned_at, note)
select
  a.id,
  p.id,
  now() - make_interval(days => 1 + (a.id * 13 % 25)::integer, hours => (a.id % 9)::integer),
  case when a.id % 5 = 0 then 'With charger and bag' end
from assets a
join lateral (
  select id from people where left_on is null order by md5(a.tag || full_name) limit 1
) as p on true
where a.id % 5 in (0, 1, 3)
  and not exists (
    select from assignments s
    where s.asset_id = a.id and s.returned_at > now() - interval '27 days'
  );

update assets a
set status = 'in_use'
where exists (select from assignments s where s.asset_id = a.id and s.returned_at is null);

update assets set status = 'in_repair' where status = 'in_stock' and id % 17 = 2;
update assets set status = 'lost' where status = 'in_stock' and id % 29 = 4;
update assets
set status = 'retired', retired_on = current_date - 12
where status = 'in_stock' and id % 13 = 9;

-- Inspections that were done, that are due, and that should have been done.
insert into maintenance (asset_id, kind, description, due_on, completed_on, cost)
select a.id, 'inspection', 'Yearly inspection', current_date - 380, current_date - 372, 120
from assets a
join categories c on c.id = a.category_id
where c.inspection_months is not null and a.purchased_on < current_date - 380;

insert into maintenance (asset_id, kind, description, due_on)
select a.id, 'inspection', 'Yearly inspection', current_date - 25 + (a.id * 11 % 90)::integer
from assets a
join categories c on c.id = a.category_id
where c.inspection_months is not null and a.status <> 'retired';

insert into maintenance (asset_id, kind, description, due_on)
select a.id, 'repair', 'Display flickers', current_date + 3
from assets a
where a.status = 'in_repair';
