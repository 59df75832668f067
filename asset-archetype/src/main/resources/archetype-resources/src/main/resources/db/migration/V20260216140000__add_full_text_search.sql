-- Add full-text search
--
-- revision: 20260216140000
-- revises:  20260209100000
-- created:  2026-02-16T14:00:00Z

-- lint:ignore-file volatile-default: there were a few hundred assets then

-- A generated column writes the table anew: a matter of seconds for a hundred thousand assets.
-- Punctuation separates words, so that "0042" finds "NB-0042".
alter table assets add column search tsvector not null generated always as (
  setweight(to_tsvector('simple', translate(tag, '-', ' ')), 'A')
    || setweight(to_tsvector('simple', translate(name, '-_./:', '     ')), 'B')
    || setweight(to_tsvector('simple', translate(coalesce(serial_number, ''), '-_./:', '     ')), 'B')
    || setweight(jsonb_to_tsvector('simple', attributes, '["string", "numeric"]'), 'C')
) stored;

comment on column assets.search is 'The words of tag, name, serial number and attributes';
