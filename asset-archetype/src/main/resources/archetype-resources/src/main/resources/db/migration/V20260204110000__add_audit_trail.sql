-- Add audit trail
--
-- revision: 20260204110000
-- revises:  20260119101500
-- labels:   audit
-- created:  2026-02-04T11:00:00Z

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
create trigger locations_audit after insert or update or delete on locations
  for each row execute function write_audit_log();
create trigger maintenance_audit after insert or update or delete on maintenance
  for each row execute function write_audit_log();
create trigger people_audit after insert or update or delete on people
  for each row execute function write_audit_log();
