-- pair: partitions/attach-a-table-without-index

-- up
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_d_idx ON public.log_26 (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;

-- pair: partitions/attach-a-table-with-the-index

-- up
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/attach-a-table-with-the-index-under-another-name

-- up
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/attach-a-table-with-two-equal-indexes

-- up
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/attach-a-table-with-unique-index-for-unique-constraint

-- up
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_id_d_key;
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log_26
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ADD CONSTRAINT log_26_id_d_key UNIQUE (id, d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_26_id_d_key;
--   scans public.log_26
--   blocks with SHARE on public.log_26
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX log_26_id_d_key ON public.log_26 (id, d);

-- pair: partitions/attach-nullable-columns

-- up
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE id IS NULL
--   scans public.log_26
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ALTER COLUMN id SET NOT NULL;
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
ALTER TABLE public.log_26 ALTER COLUMN id DROP NOT NULL;

-- pair: partitions/attach-with-checks-and-default

-- up
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE NOT (id > 0)
--   scans public.log_26
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ADD CONSTRAINT log_id_check CHECK (id > 0);
ALTER TABLE public.log_26 ALTER COLUMN id SET DEFAULT 7;
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
ALTER TABLE public.log_26 ALTER COLUMN id DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_id_check;

-- pair: partitions/attach-other-columns-order

-- up
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/detach-and-keep

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- down
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-and-lose-the-index

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;

-- down
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_d_idx ON public.log_26 (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-and-lose-the-primary-key

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_26_pkey;

-- down
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log_26
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ADD CONSTRAINT log_26_pkey PRIMARY KEY (id, d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-and-drop-a-column

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: column public.log_26.note
ALTER TABLE public.log_26 DROP COLUMN note;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ADD COLUMN note text;
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-with-foreign-key

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_id_fkey;

-- down
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-with-trigger

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- down
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/bounds-change

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2028-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2028-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/moves-to-another-parent

-- up
ALTER TABLE public.hot DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.cold ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.cold DETACH PARTITION public.log_26;
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_d_idx ON public.log_26 (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.hot ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/default-partition-comes

-- up
CREATE TABLE public.log_rest PARTITION OF public.log DEFAULT;

-- down
--   loses data: all rows of table public.log_rest
DROP TABLE public.log_rest;

-- pair: partitions/list-partition-gains-a-value

-- up
ALTER TABLE public.city DETACH PARTITION public.city_a;
--   scans public.city_a
--   can fail on existing rows: a row of table public.city_a may lie outside of FOR VALUES IN ('at', 'ar', 'au')
ALTER TABLE public.city ATTACH PARTITION public.city_a FOR VALUES IN ('at', 'ar', 'au');

-- down
ALTER TABLE public.city DETACH PARTITION public.city_a;
--   scans public.city_a
--   can fail on existing rows: a row of table public.city_a may lie outside of FOR VALUES IN ('at', 'ar')
ALTER TABLE public.city ATTACH PARTITION public.city_a FOR VALUES IN ('at', 'ar');

-- pair: partitions/hash-partitions

-- up
CREATE TABLE public.h (
    id integer PRIMARY KEY,
    v text
) PARTITION BY HASH (id);
CREATE TABLE public.h_0 PARTITION OF public.h FOR VALUES WITH (modulus 2, remainder 0);
CREATE TABLE public.h_1 PARTITION OF public.h FOR VALUES WITH (modulus 2, remainder 1);

-- down
--   loses data: all rows of table public.h_0
DROP TABLE public.h_0;
--   loses data: all rows of table public.h_1
DROP TABLE public.h_1;
--   loses data: all rows of table public.h
DROP TABLE public.h;

-- pair: partitions/parent-key-made-with-only

-- up
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE ONLY public.log ADD CONSTRAINT log_key UNIQUE (id, d);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_key;

-- pair: partitions/parent-index-made-with-only

-- up
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON ONLY public.log (id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;

-- pair: partitions/two-indexes-over-the-same-columns

-- up
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_plain ON ONLY public.log (id);
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_some ON ONLY public.log (id) WHERE (id > 10);
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_id_idx ON public.log_26 (id);
ALTER INDEX public.log_plain ATTACH PARTITION public.log_26_id_idx;
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_id_idx1 ON public.log_26 (id) WHERE (id > 10);
ALTER INDEX public.log_some ATTACH PARTITION public.log_26_id_idx1;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_plain;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_some;

-- pair: partitions/second-index-over-the-same-columns

-- up
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_down ON ONLY public.log (id DESC);
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_id_idx1 ON public.log_26 (id DESC);
ALTER INDEX public.log_down ATTACH PARTITION public.log_26_id_idx1;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_down;

-- pair: partitions/new-partition-of-parent-with-two-like-indexes

-- up
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_id_idx ON public.log_26 (id);
CREATE INDEX log_26_id_idx1 ON public.log_26 (id) WHERE (id > 10);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;

-- pair: partitions/whole-tree-with-like-indexes

-- up
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE INDEX log_a ON public.log (id);
CREATE INDEX log_b ON public.log (id) INCLUDE (d);
CREATE INDEX log_c ON public.log (id DESC);
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
) PARTITION BY LIST (id);
CREATE INDEX log_26_id_d_idx ON public.log_26 (id) INCLUDE (d);
CREATE INDEX log_26_id_idx ON public.log_26 (id);
CREATE INDEX log_26_id_idx1 ON public.log_26 (id DESC);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE public.log_26_1 (
    LIKE public.log_26 INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_1_id_d_idx ON public.log_26_1 (id) INCLUDE (d);
CREATE INDEX log_26_1_id_idx ON public.log_26_1 (id);
CREATE INDEX log_26_1_id_idx1 ON public.log_26_1 (id DESC);
--   scans public.log_26_1
ALTER TABLE public.log_26 ATTACH PARTITION public.log_26_1 FOR VALUES IN (1);

-- down
--   loses data: all rows of table public.log_26_1
DROP TABLE public.log_26_1;
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;

-- pair: partitions/index-on-expression-of-partitions

-- up
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_lower_idx ON public.log (lower(t));
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_lower_upper_idx ON public.log (lower(t), upper(t));

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_lower_idx;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_lower_upper_idx;

-- pair: partitions/unique-constraint-added-to-the-tree

-- up
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log ADD CONSTRAINT log_u UNIQUE (id, d);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_u;

-- pair: partitions/partition-stays-while-its-parent-goes

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;

-- down
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/partition-stays-while-its-parent-with-index-goes

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;

-- down
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE INDEX log_d ON public.log (d);
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_d_idx ON public.log_26 (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/partition-stays-with-index-while-its-parent-goes

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;

-- down
CREATE TABLE public.log (
    id integer NOT NULL,
    d date NOT NULL,
    CONSTRAINT log_pkey PRIMARY KEY (id, d)
) PARTITION BY RANGE (d);
CREATE INDEX log_d ON public.log (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
);

-- down
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-with-unique-index-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_id_d_idx;
CREATE TABLE public.log (
    id integer,
    d date
);
CREATE UNIQUE INDEX log_u ON public.log (id, d);

-- down
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE UNIQUE INDEX log_u ON public.log (id, d);
--   scans public.log_26
--   blocks with SHARE on public.log_26
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
CREATE UNIQUE INDEX log_26_id_d_idx ON public.log_26 (id, d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-becomes-plain-and-the-index-stays-below

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
);
CREATE INDEX log_d ON public.log (d);

-- down
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE INDEX log_d ON public.log (d);
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-with-trigger-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   loses data: all rows of table public.log
DROP TABLE public.log;
CREATE TABLE public.log (
    id integer,
    d date
);
CREATE TRIGGER touched BEFORE UPDATE ON public.log_26 FOR EACH ROW EXECUTE FUNCTION public.touch();

-- down
--   loses data: all rows of table public.log
DROP TABLE public.log;
DROP TRIGGER touched ON public.log_26;
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE TRIGGER touched BEFORE UPDATE ON public.log FOR EACH ROW EXECUTE FUNCTION public.touch();
--   scans public.log_26
--   can fail on existing rows: a row of table public.log_26 may lie outside of FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/other-column-of-the-tree-changes-its-type

-- up
--   rewrites public.item
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ALTER COLUMN v TYPE bigint;

-- down
--   fails if this finds rows: SELECT * FROM public.item WHERE v NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.item
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ALTER COLUMN v TYPE integer;

-- pair: partitions/column-added-to-the-tree

-- up
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ADD COLUMN note text DEFAULT 'n' NOT NULL;
--   fails if this finds rows: SELECT * FROM public.item WHERE NOT (note <> ''::text)
--   scans public.item
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ADD CONSTRAINT item_note_check CHECK (note <> ''::text);

-- down
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item DROP CONSTRAINT item_note_check;
--   loses data: column public.item.note
ALTER TABLE public.item DROP COLUMN note;

-- pair: partitions/column-dropped-from-the-tree-with-index

-- up
--   blocks with ACCESS EXCLUSIVE on public.item
DROP INDEX public.item_note_idx;
--   loses data: column public.item.note
ALTER TABLE public.item DROP COLUMN note;

-- down
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ADD COLUMN note text;
--   scans public.item
--   blocks with SHARE on public.item
CREATE INDEX item_note_idx ON public.item (note);

-- pair: partitions/own-default-and-check-of-a-partition

-- up
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE v IS NULL
--   scans public.item_1
--   blocks with ACCESS EXCLUSIVE on public.item_1
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE NOT (v < 10)
ALTER TABLE public.item_1
  ALTER COLUMN v SET NOT NULL,
  ADD CONSTRAINT small CHECK (v < 10);
ALTER TABLE public.item_1 ALTER COLUMN v SET DEFAULT 2;

-- down
ALTER TABLE public.item_1 ALTER COLUMN v SET DEFAULT 1;
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 DROP CONSTRAINT small;
ALTER TABLE public.item_1 ALTER COLUMN v DROP NOT NULL;

-- pair: partitions/subpartitions-come

-- up
--   loses data: all rows of table public.item_1
DROP TABLE public.item_1;
CREATE TABLE public.item_1 PARTITION OF public.item FOR VALUES FROM (0) TO (100) PARTITION BY LIST (land);
CREATE TABLE public.item_1_at PARTITION OF public.item_1 FOR VALUES IN ('at');

-- down
--   loses data: all rows of table public.item_1_at
DROP TABLE public.item_1_at;
--   loses data: all rows of table public.item_1
DROP TABLE public.item_1;
CREATE TABLE public.item_1 PARTITION OF public.item FOR VALUES FROM (0) TO (100);

-- pair: partitions/foreign-key-to-a-partitioned-table

-- up
--   fails if this finds rows: SELECT * FROM public.ref t WHERE (t.item IS NOT NULL) AND NOT EXISTS (SELECT FROM public.item r WHERE r.id = t.item)
--   scans public.ref
--   blocks with SHARE ROW EXCLUSIVE on public.ref
ALTER TABLE public.ref ADD CONSTRAINT ref_item FOREIGN KEY (item) REFERENCES public.item(id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref DROP CONSTRAINT ref_item;

-- pair: partitions/partition-goes-while-keys-refer-to-the-parent

-- up
ALTER TABLE public.item DETACH PARTITION public.item_2;
--   loses data: all rows of table public.item_2
DROP TABLE public.item_2;

-- down
CREATE TABLE public.item_2 PARTITION OF public.item FOR VALUES FROM (100) TO (200);

-- pair: partitions/not-null-of-the-tree

-- up
--   fails if this finds rows: SELECT * FROM public.item WHERE id IS NULL
--   scans public.item
--   blocks with ACCESS EXCLUSIVE on public.item
--   fails if this finds rows: SELECT * FROM public.item WHERE v IS NULL
ALTER TABLE public.item
  ALTER COLUMN id SET NOT NULL,
  ALTER COLUMN v SET NOT NULL;

-- down
ALTER TABLE public.item ALTER COLUMN id DROP NOT NULL;
ALTER TABLE public.item ALTER COLUMN v DROP NOT NULL;

-- pair: partitions/partition-by-expression

-- up
ALTER TABLE public.item DETACH PARTITION public.item_a;
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item ADD COLUMN n integer;
--   blocks with ACCESS EXCLUSIVE on public.item_a
ALTER TABLE public.item_a ADD COLUMN n integer;
--   scans public.item_a
--   can fail on existing rows: a row of table public.item_a may lie outside of FOR VALUES IN ('a', 'b')
ALTER TABLE public.item ATTACH PARTITION public.item_a FOR VALUES IN ('a', 'b');

-- down
ALTER TABLE public.item DETACH PARTITION public.item_a;
--   loses data: column public.item.n
ALTER TABLE public.item DROP COLUMN n;
--   loses data: column public.item_a.n
ALTER TABLE public.item_a DROP COLUMN n;
--   scans public.item_a
--   can fail on existing rows: a row of table public.item_a may lie outside of FOR VALUES IN ('a')
ALTER TABLE public.item ATTACH PARTITION public.item_a FOR VALUES IN ('a');

-- pair: partitions/renamed-partitioned-table

-- up
ALTER TABLE public.log RENAME TO journal;

-- down
ALTER TABLE public.journal RENAME TO log;

