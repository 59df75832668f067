-- pair: partitions/attach-a-table-without-index

-- up
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_d_idx ON public.log_26 (d);
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;

-- pair: partitions/attach-a-table-with-the-index

-- up
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/attach-a-table-with-the-index-under-another-name

-- up
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/attach-a-table-with-two-equal-indexes

-- up
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/attach-a-table-without-the-primary-key

-- up
--   fails if this finds rows: SELECT id, d FROM public.log_26 WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log_26
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 ADD CONSTRAINT log_26_pkey PRIMARY KEY (id, d);
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_26_pkey;

-- pair: partitions/attach-a-table-with-the-primary-key

-- up
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
ALTER TABLE public.log_26 ALTER COLUMN id DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_id_check;

-- pair: partitions/attach-other-columns-order

-- up
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/detach-and-keep

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- down
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-with-foreign-key

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
ALTER TABLE public.log_26 DROP CONSTRAINT log_id_fkey;

-- down
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/detach-with-trigger

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- down
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/bounds-change

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2028-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2028-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/moves-to-another-parent

-- up
ALTER TABLE public.hot DETACH PARTITION public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log_26
DROP INDEX public.log_26_d_idx;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.cold ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.cold DETACH PARTITION public.log_26;
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_d_idx ON public.log_26 (d);
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
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
--   fails if this finds rows: SELECT * FROM public.city_a WHERE (land IN ('at', 'ar', 'au')) IS NOT TRUE
ALTER TABLE public.city ATTACH PARTITION public.city_a FOR VALUES IN ('at', 'ar', 'au');

-- down
ALTER TABLE public.city DETACH PARTITION public.city_a;
--   scans public.city_a
--   fails if this finds rows: SELECT * FROM public.city_a WHERE (land IN ('at', 'ar')) IS NOT TRUE
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
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
) PARTITION BY LIST (id);
CREATE INDEX log_26_id_d_idx ON public.log_26 (id) INCLUDE (d);
CREATE INDEX log_26_id_idx ON public.log_26 (id);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX log_c ON ONLY public.log (id DESC);
CREATE TABLE public.log_26_1 (
    LIKE public.log_26 INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_1_id_d_idx ON public.log_26_1 (id) INCLUDE (d);
CREATE INDEX log_26_1_id_idx ON public.log_26_1 (id);
--   scans public.log_26_1
ALTER TABLE public.log_26 ATTACH PARTITION public.log_26_1 FOR VALUES IN (1);
CREATE INDEX log_26_id_idx1 ON ONLY public.log_26 (id DESC);
ALTER INDEX public.log_c ATTACH PARTITION public.log_26_id_idx1;
CREATE INDEX log_26_1_id_idx1 ON public.log_26_1 (id DESC);
ALTER INDEX public.log_26_id_idx1 ATTACH PARTITION public.log_26_1_id_idx1;

-- down
--   loses data: all rows of table public.log_26_1
DROP TABLE public.log_26_1;
DROP TABLE public.log_26;
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
DROP TABLE public.log;

-- down
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/partition-stays-while-its-parent-with-index-goes

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/partition-stays-with-index-while-its-parent-goes

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
DROP TABLE public.log;

-- down
CREATE TABLE public.log (
    id integer NOT NULL,
    d date NOT NULL,
    CONSTRAINT log_pkey PRIMARY KEY (id, d)
) PARTITION BY RANGE (d);
CREATE INDEX log_d ON public.log (d);
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-with-unique-index-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-becomes-plain-and-the-index-stays-below

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/parent-with-trigger-becomes-plain

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
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
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/key-column-becomes-bigint

-- up
ALTER TABLE public.item DETACH PARTITION public.item_1;
ALTER TABLE public.item DETACH PARTITION public.item_2;
DROP TABLE public.item;
CREATE TABLE public.item (
    id bigint,
    v text
) PARTITION BY RANGE (id);
--   rewrites public.item_1
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 ALTER COLUMN id TYPE bigint;
--   scans public.item_1
--   can fail on existing rows: a row of table public.item_1 may lie outside of FOR VALUES FROM ('0') TO ('100')
ALTER TABLE public.item ATTACH PARTITION public.item_1 FOR VALUES FROM ('0') TO ('100');
--   rewrites public.item_2
--   blocks with ACCESS EXCLUSIVE on public.item_2
ALTER TABLE public.item_2 ALTER COLUMN id TYPE bigint;
--   scans public.item_2
--   can fail on existing rows: a row of table public.item_2 may lie outside of FOR VALUES FROM ('100') TO ('200')
ALTER TABLE public.item ATTACH PARTITION public.item_2 FOR VALUES FROM ('100') TO ('200');

-- down
ALTER TABLE public.item DETACH PARTITION public.item_1;
ALTER TABLE public.item DETACH PARTITION public.item_2;
DROP TABLE public.item;
CREATE TABLE public.item (
    id integer,
    v text
) PARTITION BY RANGE (id);
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.item_1
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 ALTER COLUMN id TYPE integer;
--   scans public.item_1
--   can fail on existing rows: a row of table public.item_1 may lie outside of FOR VALUES FROM (0) TO (100)
ALTER TABLE public.item ATTACH PARTITION public.item_1 FOR VALUES FROM (0) TO (100);
--   fails if this finds rows: SELECT * FROM public.item_2 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.item_2
--   blocks with ACCESS EXCLUSIVE on public.item_2
ALTER TABLE public.item_2 ALTER COLUMN id TYPE integer;
--   scans public.item_2
--   can fail on existing rows: a row of table public.item_2 may lie outside of FOR VALUES FROM (100) TO (200)
ALTER TABLE public.item ATTACH PARTITION public.item_2 FOR VALUES FROM (100) TO (200);

-- pair: partitions/key-column-with-primary-key-becomes-bigint

-- up
ALTER TABLE public.item DETACH PARTITION public.item_0;
DROP TABLE public.item;
CREATE TABLE public.item (
    id bigint PRIMARY KEY,
    v text
) PARTITION BY HASH (id);
CREATE INDEX item_v ON public.item (v);
--   rewrites public.item_0
--   blocks with ACCESS EXCLUSIVE on public.item_0
ALTER TABLE public.item_0 ALTER COLUMN id TYPE bigint;
--   scans public.item_0
--   can fail on existing rows: a row of table public.item_0 may lie outside of FOR VALUES WITH (modulus 1, remainder 0)
ALTER TABLE public.item ATTACH PARTITION public.item_0 FOR VALUES WITH (modulus 1, remainder 0);

-- down
ALTER TABLE public.item DETACH PARTITION public.item_0;
DROP TABLE public.item;
CREATE TABLE public.item (
    id integer PRIMARY KEY,
    v text
) PARTITION BY HASH (id);
CREATE INDEX item_v ON public.item (v);
--   fails if this finds rows: SELECT * FROM public.item_0 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.item_0
--   blocks with ACCESS EXCLUSIVE on public.item_0
ALTER TABLE public.item_0 ALTER COLUMN id TYPE integer;
--   scans public.item_0
--   can fail on existing rows: a row of table public.item_0 may lie outside of FOR VALUES WITH (modulus 1, remainder 0)
ALTER TABLE public.item ATTACH PARTITION public.item_0 FOR VALUES WITH (modulus 1, remainder 0);

-- pair: partitions/key-column-becomes-longer-text

-- up
ALTER TABLE public.item DETACH PARTITION public.item_at;
DROP TABLE public.item;
CREATE TABLE public.item (
    land character varying(10),
    v text
) PARTITION BY LIST (land);
--   rewrites public.item_at
--   blocks with ACCESS EXCLUSIVE on public.item_at
ALTER TABLE public.item_at ALTER COLUMN land TYPE character varying(10);
--   scans public.item_at
--   can fail on existing rows: a row of table public.item_at may lie outside of FOR VALUES IN ('at')
ALTER TABLE public.item ATTACH PARTITION public.item_at FOR VALUES IN ('at');

-- down
ALTER TABLE public.item DETACH PARTITION public.item_at;
DROP TABLE public.item;
CREATE TABLE public.item (
    land character varying(2),
    v text
) PARTITION BY LIST (land);
--   fails if this finds rows: SELECT * FROM public.item_at WHERE length(rtrim(land::text, ' ')) > 2
--   loses data: column public.item_at.land of the rows that this finds: SELECT * FROM public.item_at WHERE length(land::text) > 2 AND length(rtrim(land::text, ' ')) <= 2
--   rewrites public.item_at
--   blocks with ACCESS EXCLUSIVE on public.item_at
ALTER TABLE public.item_at ALTER COLUMN land TYPE character varying(2);
--   scans public.item_at
--   can fail on existing rows: a row of table public.item_at may lie outside of FOR VALUES IN ('at')
ALTER TABLE public.item ATTACH PARTITION public.item_at FOR VALUES IN ('at');

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

-- pair: partitions/new-enum-value-in-a-bound

-- up
ALTER TYPE public.land ADD VALUE 'ch';
-- after a commit
CREATE TABLE public.item_ch PARTITION OF public.item FOR VALUES IN ('ch');

-- down
ALTER TABLE public.item DETACH PARTITION public.item_at;
ALTER TABLE public.item DETACH PARTITION public.item_ch;
DROP TABLE public.item;
--   loses data: all rows of table public.item_ch
DROP TABLE public.item_ch;
ALTER TYPE public.land RENAME TO land_old;
CREATE TYPE public.land AS ENUM ('at', 'de');
--   rewrites public.item_at
--   blocks with ACCESS EXCLUSIVE on public.item_at
--   fails if this finds rows: SELECT l::text FROM public.item_at WHERE l::text IN ('ch')
ALTER TABLE public.item_at ALTER COLUMN l TYPE public.land USING l::text::public.land;
DROP TYPE public.land_old;
CREATE TABLE public.item (
    l public.land
) PARTITION BY LIST (l);
--   scans public.item_at
--   fails if this finds rows: SELECT * FROM public.item_at WHERE (l IN ('at')) IS NOT TRUE
ALTER TABLE public.item ATTACH PARTITION public.item_at FOR VALUES IN ('at');

-- pair: partitions/renamed-partitioned-table

-- up
ALTER TABLE public.log RENAME TO journal;

-- down
ALTER TABLE public.journal RENAME TO log;

-- pair: partitions/hash-key-becomes-bigint

-- up
ALTER TABLE public.t DETACH PARTITION public.t_0;
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
CREATE TABLE public.t (
    id bigint,
    n text
) PARTITION BY HASH (id);
--   rewrites public.t_0
--   blocks with ACCESS EXCLUSIVE on public.t_0
ALTER TABLE public.t_0 ALTER COLUMN id TYPE bigint;
--   scans public.t_0
--   can fail on existing rows: a row of table public.t_0 may lie outside of FOR VALUES WITH (modulus 2, remainder 0)
ALTER TABLE public.t ATTACH PARTITION public.t_0 FOR VALUES WITH (modulus 2, remainder 0);
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE bigint;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES WITH (modulus 2, remainder 1)
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES WITH (modulus 2, remainder 1);

-- down
ALTER TABLE public.t DETACH PARTITION public.t_0;
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
CREATE TABLE public.t (
    id integer,
    n text
) PARTITION BY HASH (id);
--   fails if this finds rows: SELECT * FROM public.t_0 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_0
--   blocks with ACCESS EXCLUSIVE on public.t_0
ALTER TABLE public.t_0 ALTER COLUMN id TYPE integer;
--   scans public.t_0
--   can fail on existing rows: a row of table public.t_0 may lie outside of FOR VALUES WITH (modulus 2, remainder 0)
ALTER TABLE public.t ATTACH PARTITION public.t_0 FOR VALUES WITH (modulus 2, remainder 0);
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE integer;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES WITH (modulus 2, remainder 1)
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES WITH (modulus 2, remainder 1);

-- pair: partitions/list-key-becomes-an-enum

-- up
ALTER TABLE public.city DETACH PARTITION public.city_at;
ALTER TABLE public.city DETACH PARTITION public.city_rest;
DROP TABLE public.city;
CREATE TYPE public.land AS ENUM ('at', 'de');
CREATE TABLE public.city (
    l public.land,
    name text
) PARTITION BY LIST (l);
--   fails if this finds rows: SELECT * FROM public.city_at WHERE l::text NOT IN ('at', 'de')
--   rewrites public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at ALTER COLUMN l TYPE public.land USING l::public.land;
--   scans public.city_at
--   can fail on existing rows: a row of table public.city_at may lie outside of FOR VALUES IN ('at')
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at');
--   fails if this finds rows: SELECT * FROM public.city_rest WHERE l::text NOT IN ('at', 'de')
--   rewrites public.city_rest
--   blocks with ACCESS EXCLUSIVE on public.city_rest
ALTER TABLE public.city_rest ALTER COLUMN l TYPE public.land USING l::public.land;
--   scans public.city_rest
--   can fail on existing rows: a row of table public.city_rest may lie outside of DEFAULT
ALTER TABLE public.city ATTACH PARTITION public.city_rest DEFAULT;

-- down
ALTER TABLE public.city DETACH PARTITION public.city_at;
ALTER TABLE public.city DETACH PARTITION public.city_rest;
DROP TABLE public.city;
CREATE TABLE public.city (
    l text,
    name text
) PARTITION BY LIST (l);
--   rewrites public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at ALTER COLUMN l TYPE text;
--   scans public.city_at
--   can fail on existing rows: a row of table public.city_at may lie outside of FOR VALUES IN ('at')
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at');
--   rewrites public.city_rest
--   blocks with ACCESS EXCLUSIVE on public.city_rest
ALTER TABLE public.city_rest ALTER COLUMN l TYPE text;
DROP TYPE public.land;
--   scans public.city_rest
--   can fail on existing rows: a row of table public.city_rest may lie outside of DEFAULT
ALTER TABLE public.city ATTACH PARTITION public.city_rest DEFAULT;

-- pair: partitions/key-of-two-levels-changes-its-type

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER TABLE public.t_1 DETACH PARTITION public.t_1_1;
ALTER TABLE public.t DETACH PARTITION public.t_2;
DROP TABLE public.t;
DROP TABLE public.t_1;
CREATE TABLE public.t (
    a bigint,
    b bigint,
    n text
) PARTITION BY RANGE (a);
CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM ('0') TO ('10') PARTITION BY RANGE (b);
--   rewrites public.t_1_1
--   blocks with ACCESS EXCLUSIVE on public.t_1_1
ALTER TABLE public.t_1_1
  ALTER COLUMN a TYPE bigint,
  ALTER COLUMN b TYPE bigint;
--   scans public.t_1_1
--   can fail on existing rows: a row of table public.t_1_1 may lie outside of FOR VALUES FROM ('0') TO ('10')
ALTER TABLE public.t_1 ATTACH PARTITION public.t_1_1 FOR VALUES FROM ('0') TO ('10');
--   rewrites public.t_2
--   blocks with ACCESS EXCLUSIVE on public.t_2
ALTER TABLE public.t_2
  ALTER COLUMN a TYPE bigint,
  ALTER COLUMN b TYPE bigint;
--   scans public.t_2
--   can fail on existing rows: a row of table public.t_2 may lie outside of FOR VALUES FROM ('10') TO ('20')
ALTER TABLE public.t ATTACH PARTITION public.t_2 FOR VALUES FROM ('10') TO ('20');

-- down
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER TABLE public.t_1 DETACH PARTITION public.t_1_1;
ALTER TABLE public.t DETACH PARTITION public.t_2;
DROP TABLE public.t;
DROP TABLE public.t_1;
CREATE TABLE public.t (
    a integer,
    b integer,
    n text
) PARTITION BY RANGE (a);
CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
--   fails if this finds rows: SELECT * FROM public.t_1_1 WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1_1
--   blocks with ACCESS EXCLUSIVE on public.t_1_1
--   fails if this finds rows: SELECT * FROM public.t_1_1 WHERE b NOT BETWEEN -2147483648 AND 2147483647
ALTER TABLE public.t_1_1
  ALTER COLUMN a TYPE integer,
  ALTER COLUMN b TYPE integer;
--   scans public.t_1_1
--   can fail on existing rows: a row of table public.t_1_1 may lie outside of FOR VALUES FROM (0) TO (10)
ALTER TABLE public.t_1 ATTACH PARTITION public.t_1_1 FOR VALUES FROM (0) TO (10);
--   fails if this finds rows: SELECT * FROM public.t_2 WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_2
--   blocks with ACCESS EXCLUSIVE on public.t_2
--   fails if this finds rows: SELECT * FROM public.t_2 WHERE b NOT BETWEEN -2147483648 AND 2147483647
ALTER TABLE public.t_2
  ALTER COLUMN a TYPE integer,
  ALTER COLUMN b TYPE integer;
--   scans public.t_2
--   can fail on existing rows: a row of table public.t_2 may lie outside of FOR VALUES FROM (10) TO (20)
ALTER TABLE public.t ATTACH PARTITION public.t_2 FOR VALUES FROM (10) TO (20);

-- pair: partitions/key-of-the-second-level-changes-its-type

-- up
ALTER TABLE public.t_1 DETACH PARTITION public.t_1_1;
DROP TABLE public.t_1;
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN b TYPE bigint;
CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
--   rewrites public.t_1_1
--   blocks with ACCESS EXCLUSIVE on public.t_1_1
ALTER TABLE public.t_1_1 ALTER COLUMN b TYPE bigint;
--   scans public.t_1_1
--   can fail on existing rows: a row of table public.t_1_1 may lie outside of FOR VALUES FROM ('0') TO ('10')
ALTER TABLE public.t_1 ATTACH PARTITION public.t_1_1 FOR VALUES FROM ('0') TO ('10');

-- down
ALTER TABLE public.t_1 DETACH PARTITION public.t_1_1;
DROP TABLE public.t_1;
--   fails if this finds rows: SELECT * FROM public.t WHERE b NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN b TYPE integer;
CREATE TABLE public.t_1 PARTITION OF public.t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
--   fails if this finds rows: SELECT * FROM public.t_1_1 WHERE b NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1_1
--   blocks with ACCESS EXCLUSIVE on public.t_1_1
ALTER TABLE public.t_1_1 ALTER COLUMN b TYPE integer;
--   scans public.t_1_1
--   can fail on existing rows: a row of table public.t_1_1 may lie outside of FOR VALUES FROM (0) TO (10)
ALTER TABLE public.t_1 ATTACH PARTITION public.t_1_1 FOR VALUES FROM (0) TO (10);

-- pair: partitions/key-becomes-bigint-under-everything

-- up
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref DROP CONSTRAINT ref_id_fkey;
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER TABLE public.t DETACH PARTITION public.t_rest;
DROP VIEW public.v;
DROP TABLE public.t;
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN id TYPE bigint;
CREATE TABLE public.t (
    id bigint NOT NULL,
    n text DEFAULT 'd',
    CONSTRAINT t_pk PRIMARY KEY (id),
    CONSTRAINT pos CHECK (id >= 0)
) PARTITION BY RANGE (id);
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
CREATE INDEX t_n ON public.t (n);
CREATE TRIGGER told AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.tell();
CREATE POLICY p ON public.t USING (id > 0);
COMMENT ON TABLE public.t IS 'things';
GRANT SELECT ON TABLE public.t TO clerk;
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE bigint;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM ('0') TO ('10')
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM ('0') TO ('10');
--   rewrites public.t_rest
--   blocks with ACCESS EXCLUSIVE on public.t_rest
ALTER TABLE public.t_rest ALTER COLUMN id TYPE bigint;
--   scans public.t_rest
--   can fail on existing rows: a row of table public.t_rest may lie outside of DEFAULT
ALTER TABLE public.t ATTACH PARTITION public.t_rest DEFAULT;
--   fails if this finds rows: SELECT * FROM public.ref t WHERE (t.id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.id)
--   scans public.ref
--   blocks with SHARE ROW EXCLUSIVE on public.ref
ALTER TABLE public.ref ADD CONSTRAINT ref_id_fkey FOREIGN KEY (id) REFERENCES public.t(id);
CREATE VIEW public.v AS
SELECT t.id
   FROM public.t;

-- down
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref DROP CONSTRAINT ref_id_fkey;
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER TABLE public.t DETACH PARTITION public.t_rest;
DROP VIEW public.v;
DROP TABLE public.t;
--   fails if this finds rows: SELECT * FROM public.ref WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN id TYPE integer;
CREATE TABLE public.t (
    id integer NOT NULL,
    n text DEFAULT 'd',
    CONSTRAINT t_pk PRIMARY KEY (id),
    CONSTRAINT pos CHECK (id >= 0)
) PARTITION BY RANGE (id);
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
CREATE INDEX t_n ON public.t (n);
CREATE TRIGGER told AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.tell();
CREATE POLICY p ON public.t USING (id > 0);
COMMENT ON TABLE public.t IS 'things';
GRANT SELECT ON TABLE public.t TO clerk;
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE integer;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM (0) TO (10)
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);
--   fails if this finds rows: SELECT * FROM public.t_rest WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_rest
--   blocks with ACCESS EXCLUSIVE on public.t_rest
ALTER TABLE public.t_rest ALTER COLUMN id TYPE integer;
--   scans public.t_rest
--   can fail on existing rows: a row of table public.t_rest may lie outside of DEFAULT
ALTER TABLE public.t ATTACH PARTITION public.t_rest DEFAULT;
--   fails if this finds rows: SELECT * FROM public.ref t WHERE (t.id IS NOT NULL) AND NOT EXISTS (SELECT FROM public.t r WHERE r.id = t.id)
--   scans public.ref
--   blocks with SHARE ROW EXCLUSIVE on public.ref
ALTER TABLE public.ref ADD CONSTRAINT ref_id_fkey FOREIGN KEY (id) REFERENCES public.t(id);
CREATE VIEW public.v AS
SELECT t.id
   FROM public.t;

-- pair: partitions/serial-key-becomes-bigint

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER SEQUENCE public.t_id_seq OWNED BY NONE;
DROP TABLE public.t;
ALTER SEQUENCE public.t_id_seq AS bigint MINVALUE 1 MAXVALUE 9223372036854775807;
CREATE TABLE public.t (
    id bigint DEFAULT nextval('public.t_id_seq'::regclass) NOT NULL,
    n text
) PARTITION BY RANGE (id);
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE bigint;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM ('0') TO ('10')
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM ('0') TO ('10');

-- down
ALTER TABLE public.t DETACH PARTITION public.t_1;
ALTER SEQUENCE public.t_id_seq OWNED BY NONE;
DROP TABLE public.t;
ALTER SEQUENCE public.t_id_seq AS integer MINVALUE 1 MAXVALUE 2147483647;
CREATE TABLE public.t (
    id integer DEFAULT nextval('public.t_id_seq'::regclass) NOT NULL,
    n text
) PARTITION BY RANGE (id);
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE integer;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM (0) TO (10)
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);

-- pair: partitions/domain-key-changes-its-base

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
ALTER DOMAIN public.num RENAME TO num_old;
CREATE DOMAIN public.num AS bigint;
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id TYPE public.num USING id::text::public.num;
DROP DOMAIN public.num_old;
CREATE TABLE public.t (
    id public.num,
    n text
) PARTITION BY RANGE (id);
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= ('0') AND (id) < ('10')) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM ('0') TO ('10');

-- down
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
ALTER DOMAIN public.num RENAME TO num_old;
CREATE DOMAIN public.num AS integer;
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
ALTER TABLE public.t_1 ALTER COLUMN id TYPE public.num USING id::text::public.num;
DROP DOMAIN public.num_old;
CREATE TABLE public.t (
    id public.num,
    n text
) PARTITION BY RANGE (id);
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= ('0') AND (id) < ('10')) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM ('0') TO ('10');

-- pair: partitions/enum-loses-a-value-in-a-range-key

-- up
ALTER TABLE public.t DETACH PARTITION public.t_big;
ALTER TABLE public.t DETACH PARTITION public.t_small;
DROP VIEW public.v;
DROP TABLE public.t;
ALTER TYPE public.size RENAME TO size_old;
CREATE TYPE public.size AS ENUM ('s', 'l', 'xl');
--   rewrites public.t_big
--   blocks with ACCESS EXCLUSIVE on public.t_big
--   fails if this finds rows: SELECT s::text FROM public.t_big WHERE s::text IN ('m') UNION ALL SELECT s::text FROM public.t_small WHERE s::text IN ('m')
ALTER TABLE public.t_big ALTER COLUMN s TYPE public.size USING s::text::public.size;
--   rewrites public.t_small
--   blocks with ACCESS EXCLUSIVE on public.t_small
--   fails if this finds rows: SELECT s::text FROM public.t_big WHERE s::text IN ('m') UNION ALL SELECT s::text FROM public.t_small WHERE s::text IN ('m')
ALTER TABLE public.t_small ALTER COLUMN s TYPE public.size USING s::text::public.size;
DROP TYPE public.size_old;
CREATE TABLE public.t (
    s public.size,
    n integer
) PARTITION BY RANGE (s);
--   scans public.t_big
--   fails if this finds rows: SELECT * FROM public.t_big WHERE (s IS NOT NULL AND (s) >= ('l')) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_big FOR VALUES FROM ('l') TO (MAXVALUE);
--   scans public.t_small
--   fails if this finds rows: SELECT * FROM public.t_small WHERE (s IS NOT NULL AND (s) >= ('s') AND (s) < ('l')) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_small FOR VALUES FROM ('s') TO ('l');
CREATE VIEW public.v AS
SELECT t.n
   FROM public.t
  WHERE (t.s > 's'::public.size);

-- down
ALTER TYPE public.size ADD VALUE 'm' AFTER 's';

-- pair: partitions/expression-key-of-a-column-that-changes

-- up
ALTER TABLE public.t DETACH PARTITION public.t_a;
DROP TABLE public.t;
CREATE TABLE public.t (
    name text,
    n integer
) PARTITION BY LIST (lower(name));
--   rewrites public.t_a
--   blocks with ACCESS EXCLUSIVE on public.t_a
ALTER TABLE public.t_a ALTER COLUMN name TYPE text;
--   scans public.t_a
--   can fail on existing rows: a row of table public.t_a may lie outside of FOR VALUES IN ('a')
ALTER TABLE public.t ATTACH PARTITION public.t_a FOR VALUES IN ('a');

-- down
ALTER TABLE public.t DETACH PARTITION public.t_a;
DROP TABLE public.t;
CREATE TABLE public.t (
    name character varying(10),
    n integer
) PARTITION BY LIST (lower((name)::text));
--   fails if this finds rows: SELECT * FROM public.t_a WHERE length(rtrim(name::text, ' ')) > 10
--   loses data: column public.t_a.name of the rows that this finds: SELECT * FROM public.t_a WHERE length(name::text) > 10 AND length(rtrim(name::text, ' ')) <= 10
--   rewrites public.t_a
--   blocks with ACCESS EXCLUSIVE on public.t_a
ALTER TABLE public.t_a ALTER COLUMN name TYPE character varying(10);
--   scans public.t_a
--   can fail on existing rows: a row of table public.t_a may lie outside of FOR VALUES IN ('a')
ALTER TABLE public.t ATTACH PARTITION public.t_a FOR VALUES IN ('a');

-- pair: partitions/attach-where-the-generated-name-is-taken

-- up
--   scans public.t_1
--   blocks with SHARE on public.t_1
CREATE INDEX t_1_d_idx1 ON public.t_1 (d);
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= (0) AND (id) < (10)) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);

-- down
ALTER TABLE public.t DETACH PARTITION public.t_1;
--   blocks with ACCESS EXCLUSIVE on public.t_1
DROP INDEX public.t_1_d_idx1;

-- pair: partitions/detach-with-key-and-foreign-key-from-it

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 DROP CONSTRAINT t_k_fkey;
--   fails if this finds rows: SELECT * FROM public.t_1 t WHERE (t.k IS NOT NULL) AND NOT EXISTS (SELECT FROM public.kind r WHERE r.id = t.k)
--   scans public.t_1
--   blocks with SHARE ROW EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ADD CONSTRAINT t_1_k_fkey FOREIGN KEY (k) REFERENCES public.kind(id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 DROP CONSTRAINT t_1_k_fkey;
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= (0) AND (id) < (10)) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);

-- pair: partitions/detach-while-a-key-refers-to-the-partition

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;

-- down
--   scans public.t_1
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE (id IS NOT NULL AND (id) >= (0) AND (id) < (10)) IS NOT TRUE
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (0) TO (10);

-- pair: partitions/only-key-with-children-of-other-names

-- up
--   fails if this finds rows: SELECT * FROM public.t WHERE id IS NULL
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN id SET NOT NULL;
--   fails if this finds rows: SELECT id FROM public.t WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT all_pk PRIMARY KEY (id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT all_pk;
ALTER TABLE public.t ALTER COLUMN id DROP NOT NULL;
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE id IS NULL
--   scans public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN id SET NOT NULL;
--   fails if this finds rows: SELECT id FROM public.t_1 WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1
--   scans public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ADD CONSTRAINT one_pk PRIMARY KEY (id);

-- pair: partitions/two-new-enum-values-in-bounds-and-a-check

-- up
ALTER TABLE public.city DETACH PARTITION public.city_at;
ALTER TYPE public.land ADD VALUE 'ch' AFTER 'at';
ALTER TYPE public.land ADD VALUE 'it';
-- after a commit
--   fails if this finds rows: SELECT * FROM public.city WHERE NOT ((l <> 'it'::public.land) OR (name <> ''::text))
--   scans public.city
--   blocks with ACCESS EXCLUSIVE on public.city
ALTER TABLE public.city ADD CONSTRAINT c CHECK ((l <> 'it'::public.land) OR (name <> ''::text));
--   fails if this finds rows: SELECT * FROM public.city_at WHERE NOT ((l <> 'it'::public.land) OR (name <> ''::text))
--   scans public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at ADD CONSTRAINT c CHECK ((l <> 'it'::public.land) OR (name <> ''::text));
--   scans public.city_at
--   fails if this finds rows: SELECT * FROM public.city_at WHERE (l IN ('at', 'ch')) IS NOT TRUE
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at', 'ch');
CREATE TABLE public.city_it PARTITION OF public.city FOR VALUES IN ('it');

-- down
ALTER TABLE public.city DETACH PARTITION public.city_at;
--   blocks with ACCESS EXCLUSIVE on public.city
ALTER TABLE public.city DROP CONSTRAINT c;
ALTER TABLE public.city DETACH PARTITION public.city_it;
DROP TABLE public.city;
--   blocks with ACCESS EXCLUSIVE on public.city_at
ALTER TABLE public.city_at DROP CONSTRAINT c;
--   loses data: all rows of table public.city_it
DROP TABLE public.city_it;
ALTER TYPE public.land RENAME TO land_old;
CREATE TYPE public.land AS ENUM ('at', 'de');
--   rewrites public.city_at
--   blocks with ACCESS EXCLUSIVE on public.city_at
--   fails if this finds rows: SELECT l::text FROM public.city_at WHERE l::text IN ('ch', 'it')
ALTER TABLE public.city_at ALTER COLUMN l TYPE public.land USING l::text::public.land;
DROP TYPE public.land_old;
CREATE TABLE public.city (
    l public.land,
    name text
) PARTITION BY LIST (l);
--   scans public.city_at
--   fails if this finds rows: SELECT * FROM public.city_at WHERE (l IN ('at')) IS NOT TRUE
ALTER TABLE public.city ATTACH PARTITION public.city_at FOR VALUES IN ('at');

-- pair: partitions/new-partition-without-the-index-that-is-only-the-parents

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
CREATE TABLE public.log_27 PARTITION OF public.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON ONLY public.log (id);

-- down
--   loses data: all rows of table public.log_27
DROP TABLE public.log_27;

-- pair: partitions/new-partition-of-a-parent-whose-index-becomes-only-its-own

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
CREATE TABLE public.log_27 PARTITION OF public.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON ONLY public.log (id);
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_id_idx ON public.log_26 (id);
ALTER INDEX public.log_id ATTACH PARTITION public.log_26_id_idx;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   loses data: all rows of table public.log_27
DROP TABLE public.log_27;
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON public.log (id);

-- pair: partitions/attach-a-table-below-an-index-that-is-only-the-parents

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log_27
--   fails if this finds rows: SELECT * FROM public.log_27 WHERE (d IS NOT NULL AND (d) >= ('2027-01-01') AND (d) < ('2028-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_27 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON ONLY public.log (id);

-- down
ALTER TABLE public.log DETACH PARTITION public.log_27;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON public.log (id);

-- pair: partitions/tree-with-only-at-each-level

-- up
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE TABLE public.log_26 PARTITION OF public.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (id);
CREATE INDEX log_id ON ONLY public.log (id);
CREATE TABLE public.log_26_1 PARTITION OF public.log_26 FOR VALUES IN (1);
CREATE TABLE public.log_26_2 PARTITION OF public.log_26 FOR VALUES IN (2);
CREATE INDEX log_26_id ON ONLY public.log_26 (id);
ALTER INDEX public.log_id ATTACH PARTITION public.log_26_id;
CREATE INDEX log_26_2_id ON public.log_26_2 (id);
ALTER INDEX public.log_26_id ATTACH PARTITION public.log_26_2_id;

-- down
--   loses data: all rows of table public.log_26_1
DROP TABLE public.log_26_1;
--   loses data: all rows of table public.log_26_2
DROP TABLE public.log_26_2;
DROP TABLE public.log_26;
DROP TABLE public.log;

-- pair: partitions/deepest-partition-comes-without-the-index

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON ONLY public.log (id);
CREATE TABLE public.log_26_2 PARTITION OF public.log_26 FOR VALUES IN (2);
--   scans public.log_26
--   blocks with SHARE on public.log_26
CREATE INDEX log_26_id_idx ON ONLY public.log_26 (id);
ALTER INDEX public.log_id ATTACH PARTITION public.log_26_id_idx;
--   scans public.log_26_1
--   blocks with SHARE on public.log_26_1
CREATE INDEX log_26_1_id_idx ON public.log_26_1 (id);
ALTER INDEX public.log_26_id_idx ATTACH PARTITION public.log_26_1_id_idx;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;
--   loses data: all rows of table public.log_26_2
DROP TABLE public.log_26_2;
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON public.log (id);

-- pair: partitions/only-keys-of-a-new-tree

-- up
CREATE TABLE public.log (
    id integer NOT NULL,
    d date NOT NULL
) PARTITION BY RANGE (d);
CREATE TABLE public.log_26 PARTITION OF public.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE public.log_27 PARTITION OF public.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE ONLY public.log ADD CONSTRAINT log_pk PRIMARY KEY (id, d);
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE ONLY public.log ADD CONSTRAINT log_u UNIQUE (d);
--   blocks with ACCESS EXCLUSIVE on public.log_27
ALTER TABLE public.log_27 ADD CONSTRAINT own PRIMARY KEY (id, d);
ALTER INDEX public.log_pk ATTACH PARTITION public.own;

-- down
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;
--   loses data: all rows of table public.log_27
DROP TABLE public.log_27;
DROP TABLE public.log;

-- pair: partitions/new-partition-below-an-only-key

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pk;
CREATE TABLE public.log_27 PARTITION OF public.log FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE ONLY public.log ADD CONSTRAINT log_pk PRIMARY KEY (id, d);

-- down
--   loses data: all rows of table public.log_27
DROP TABLE public.log_27;

-- pair: partitions/tree-with-indexes-that-differ-in-order-only

-- up
CREATE TABLE public.log (
    id integer,
    d date
) PARTITION BY RANGE (d);
CREATE INDEX log_down ON public.log (id DESC);
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_id_idx1 ON public.log_26 (id DESC);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX log_first ON ONLY public.log (id NULLS FIRST);
CREATE INDEX log_up ON ONLY public.log (id);
CREATE INDEX log_26_id_idx ON public.log_26 (id);
ALTER INDEX public.log_up ATTACH PARTITION public.log_26_id_idx;
CREATE INDEX log_26_id_idx2 ON public.log_26 (id NULLS FIRST);
ALTER INDEX public.log_first ATTACH PARTITION public.log_26_id_idx2;

-- down
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;
DROP TABLE public.log;

-- pair: partitions/new-partition-of-indexes-that-differ-in-order-only

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_up;
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_id_idx1 ON public.log_26 (id DESC);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_up ON ONLY public.log (id);
CREATE INDEX log_26_id_idx ON public.log_26 (id);
ALTER INDEX public.log_up ATTACH PARTITION public.log_26_id_idx;

-- down
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;

-- pair: partitions/attach-a-table-with-indexes-that-differ-in-order-only

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_up;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_up ON ONLY public.log (id);
ALTER INDEX public.log_up ATTACH PARTITION public.log_26_b;

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;

-- pair: partitions/bound-of-a-partition-with-indexes-that-differ-in-order-only

-- up
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2025-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2025-01-01') TO ('2027-01-01');

-- down
ALTER TABLE public.log DETACH PARTITION public.log_26;
--   scans public.log_26
--   fails if this finds rows: SELECT * FROM public.log_26 WHERE (d IS NOT NULL AND (d) >= ('2026-01-01') AND (d) < ('2027-01-01')) IS NOT TRUE
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/index-of-a-parent-with-a-foreign-partition

-- up
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_id ON public.log (id);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_id;

-- pair: partitions/tree-gets-a-level-and-indexes-that-differ-in-order-only

-- up
--   loses data: all rows of table public.log_26
DROP TABLE public.log_26;
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_down ON public.log (id DESC);
CREATE TABLE public.log_26 (
    LIKE public.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
) PARTITION BY LIST (id);
CREATE INDEX log_26_id_idx1 ON public.log_26 (id DESC);
--   scans public.log_26
ALTER TABLE public.log ATTACH PARTITION public.log_26 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
--   scans public.log
--   blocks with SHARE on public.log
CREATE INDEX log_up ON ONLY public.log (id);
CREATE TABLE public.log_26_1 (
    LIKE public.log_26 INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE
);
CREATE INDEX log_26_1_id_idx1 ON public.log_26_1 (id DESC);
--   scans public.log_26_1
ALTER TABLE public.log_26 ATTACH PARTITION public.log_26_1 FOR VALUES IN (1);
CREATE INDEX log_26_id_idx ON ONLY public.log_26 (id);
ALTER INDEX public.log_up ATTACH PARTITION public.log_26_id_idx;
CREATE INDEX log_26_1_id_idx ON public.log_26_1 (id);
ALTER INDEX public.log_26_id_idx ATTACH PARTITION public.log_26_1_id_idx;

-- down
--   loses data: all rows of table public.log_26_1
DROP TABLE public.log_26_1;
DROP TABLE public.log_26;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_down;
--   blocks with ACCESS EXCLUSIVE on public.log
DROP INDEX public.log_up;
CREATE TABLE public.log_26 PARTITION OF public.log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- pair: partitions/partitioned-tables-that-refer-to-each-other-get-other-parents

-- up
ALTER TABLE public.item DETACH PARTITION public.item_1;
ALTER TABLE public.ref DETACH PARTITION public.ref_1;
--   blocks with ACCESS EXCLUSIVE on public.item
ALTER TABLE public.item DROP CONSTRAINT item_ref;
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 DROP CONSTRAINT item_ref;
DROP TABLE public.ref;
--   blocks with ACCESS EXCLUSIVE on public.ref_1
ALTER TABLE public.ref_1 DROP CONSTRAINT ref_item;
DROP TABLE public.item;
CREATE TABLE public.ref_new (
    foo character varying(255),
    bar text,
    CONSTRAINT ref_u UNIQUE (foo)
) PARTITION BY LIST (foo);
CREATE TABLE public.item_new (
    foo character varying(255),
    bar text,
    CONSTRAINT item_u UNIQUE (foo),
    CONSTRAINT item_ref FOREIGN KEY (foo) REFERENCES public.ref_new(foo)
) PARTITION BY LIST (foo);
--   scans public.item_1
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.item_new ATTACH PARTITION public.item_1 FOR VALUES IN ('foo_1');
--   scans public.ref_1
--   fails if this finds rows: SELECT * FROM public.ref_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.ref_new ATTACH PARTITION public.ref_1 FOR VALUES IN ('foo_1');
--   blocks with SHARE ROW EXCLUSIVE on public.ref_new
ALTER TABLE public.ref_new ADD CONSTRAINT ref_item FOREIGN KEY (foo) REFERENCES public.item_new(foo);

-- down
ALTER TABLE public.item_new DETACH PARTITION public.item_1;
ALTER TABLE public.ref_new DETACH PARTITION public.ref_1;
--   blocks with ACCESS EXCLUSIVE on public.item_1
ALTER TABLE public.item_1 DROP CONSTRAINT item_ref;
--   blocks with ACCESS EXCLUSIVE on public.item_new
ALTER TABLE public.item_new DROP CONSTRAINT item_ref;
--   blocks with ACCESS EXCLUSIVE on public.ref_1
ALTER TABLE public.ref_1 DROP CONSTRAINT ref_item;
DROP TABLE public.ref_new;
DROP TABLE public.item_new;
CREATE TABLE public.ref (
    foo character varying(255),
    bar text,
    CONSTRAINT ref_u UNIQUE (foo)
) PARTITION BY LIST (foo);
CREATE TABLE public.item (
    foo character varying(255),
    bar text,
    CONSTRAINT item_u UNIQUE (foo),
    CONSTRAINT item_ref FOREIGN KEY (foo) REFERENCES public.ref(foo)
) PARTITION BY LIST (foo);
--   scans public.item_1
--   fails if this finds rows: SELECT * FROM public.item_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.item ATTACH PARTITION public.item_1 FOR VALUES IN ('foo_1');
--   scans public.ref_1
--   fails if this finds rows: SELECT * FROM public.ref_1 WHERE (foo IN ('foo_1')) IS NOT TRUE
ALTER TABLE public.ref ATTACH PARTITION public.ref_1 FOR VALUES IN ('foo_1');
--   blocks with SHARE ROW EXCLUSIVE on public.ref
ALTER TABLE public.ref ADD CONSTRAINT ref_item FOREIGN KEY (foo) REFERENCES public.item(foo);

-- pair: partitions/key-becomes-a-date-and-no-row-is-asked

-- up
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
CREATE TABLE public.t (
    x date,
    y integer
) PARTITION BY RANGE (x);
--   can fail on existing rows: column public.t_1.x: a integer may be no date
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN x TYPE date USING x::text::date;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- down
ALTER TABLE public.t DETACH PARTITION public.t_1;
DROP TABLE public.t;
CREATE TABLE public.t (
    x integer,
    y integer
) PARTITION BY RANGE (x);
--   fails if this finds rows: SELECT * FROM public.t_1 WHERE x IS NOT NULL
--   rewrites public.t_1
--   blocks with ACCESS EXCLUSIVE on public.t_1
ALTER TABLE public.t_1 ALTER COLUMN x TYPE integer USING x::text::integer;
--   scans public.t_1
--   can fail on existing rows: a row of table public.t_1 may lie outside of FOR VALUES FROM (1) TO (5)
ALTER TABLE public.t ATTACH PARTITION public.t_1 FOR VALUES FROM (1) TO (5);

-- pair: partitions/primary-key-of-a-tree

-- up
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log ADD CONSTRAINT log_pkey PRIMARY KEY (id, d);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pkey;

-- pair: partitions/unique-key-with-names-of-its-own

-- up
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log ADD CONSTRAINT one_a_day UNIQUE (id, d) DEFERRABLE INITIALLY DEFERRED;
ALTER INDEX public.log_25_id_d_key RENAME TO one_a_day_25;

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT one_a_day;

-- pair: partitions/key-of-a-tree-moves

-- up
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pkey;
--   fails if this finds rows: SELECT n, d FROM public.log WHERE n IS NOT NULL AND d IS NOT NULL GROUP BY n, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log ADD CONSTRAINT log_pkey PRIMARY KEY (n, d);

-- down
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log DROP CONSTRAINT log_pkey;
--   fails if this finds rows: SELECT id, d FROM public.log WHERE id IS NOT NULL AND d IS NOT NULL GROUP BY id, d HAVING count(*) > 1
--   scans public.log
--   blocks with ACCESS EXCLUSIVE on public.log
ALTER TABLE public.log ADD CONSTRAINT log_pkey PRIMARY KEY (id, d);

