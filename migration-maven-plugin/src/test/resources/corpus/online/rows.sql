-- pair: rows/serial-becomes-bigserial

-- up
ALTER SEQUENCE public.t_id_seq AS bigint MINVALUE 1 MAXVALUE 9223372036854775807;
-- after a commit
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN id TYPE bigint;

-- down
ALTER SEQUENCE public.t_id_seq AS integer MINVALUE 1 MAXVALUE 2147483647;
--   fails if this finds rows: SELECT * FROM public.t WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ALTER COLUMN id TYPE integer;

-- pair: rows/all-columns-renamed

-- up
ALTER TABLE public.one RENAME TO two;
ALTER TABLE public.two RENAME COLUMN b TO y;
ALTER TABLE public.two RENAME COLUMN c TO z;
-- after a commit
ALTER TABLE public.two RENAME COLUMN a TO x;
--   rewrites public.two
--   blocks with ACCESS EXCLUSIVE on public.two
ALTER TABLE public.two ALTER COLUMN x TYPE bigint;

-- down
ALTER TABLE public.two RENAME COLUMN z TO c;
ALTER TABLE public.two RENAME COLUMN y TO b;
ALTER TABLE public.two RENAME COLUMN x TO a;
ALTER TABLE public.two RENAME TO one;
--   fails if this finds rows: SELECT * FROM public.one WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.one
--   blocks with ACCESS EXCLUSIVE on public.one
ALTER TABLE public.one ALTER COLUMN a TYPE integer;

-- pair: rows/foreign-keys-and-cascades

-- up
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b DROP CONSTRAINT b_a_fkey;
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE bigint;
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN a TYPE bigint;
--   fails if this finds rows: SELECT * FROM public.b t WHERE (t.a IS NOT NULL) AND NOT EXISTS (SELECT FROM public.a r WHERE r.id = t.a)
--   scans public.b
--   blocks with SHARE ROW EXCLUSIVE on public.b
--   no online form: constraint public.b.b_a_fkey would be missing between two transactions
ALTER TABLE public.b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a) REFERENCES public.a(id) ON DELETE SET NULL;

-- down
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b DROP CONSTRAINT b_a_fkey;
--   fails if this finds rows: SELECT * FROM public.a WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE integer;
--   fails if this finds rows: SELECT * FROM public.b WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN a TYPE integer;
--   fails if this finds rows: SELECT * FROM public.b t WHERE (t.a IS NOT NULL) AND NOT EXISTS (SELECT FROM public.a r WHERE r.id = t.a)
--   scans public.b
--   blocks with SHARE ROW EXCLUSIVE on public.b
--   no online form: constraint public.b.b_a_fkey would be missing between two transactions
ALTER TABLE public.b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a) REFERENCES public.a(id) ON DELETE CASCADE;

-- pair: rows/hstore-becomes-jsonb

-- up
ALTER TABLE public.t ALTER COLUMN c DROP DEFAULT;
-- after a commit
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t
  ALTER COLUMN a TYPE jsonb USING a::jsonb,
  ALTER COLUMN b TYPE json USING b::json,
  ALTER COLUMN c TYPE jsonb USING c::jsonb;

-- down
CREATE FUNCTION pg_temp.a_of_jsonb(jsonb) RETURNS public.hstore LANGUAGE sql IMMUTABLE STRICT AS 'SELECT coalesce(public.hstore(array_agg(e.key), array_agg(e.value)), '''') FROM jsonb_each_text($1) e';
CREATE FUNCTION pg_temp.b_of_json(json) RETURNS public.hstore LANGUAGE sql IMMUTABLE STRICT AS 'SELECT coalesce(public.hstore(array_agg(e.key), array_agg(e.value)), '''') FROM json_each_text($1) e';
CREATE FUNCTION pg_temp.c_of_jsonb(jsonb) RETURNS public.hstore LANGUAGE sql IMMUTABLE STRICT AS 'SELECT coalesce(public.hstore(array_agg(e.key), array_agg(e.value)), '''') FROM jsonb_each_text($1) e';
--   fails if this finds rows: SELECT * FROM public.t WHERE jsonb_typeof(a) <> 'object'
--   loses data: column public.t.a
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE json_typeof(b) <> 'object'
--   loses data: column public.t.b
--   fails if this finds rows: SELECT * FROM public.t WHERE jsonb_typeof(c) <> 'object'
--   loses data: column public.t.c
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.hstore USING pg_temp.a_of_jsonb(a),
  ALTER COLUMN b TYPE public.hstore USING pg_temp.b_of_json(b),
  ALTER COLUMN c TYPE public.hstore USING pg_temp.c_of_jsonb(c);
DROP FUNCTION pg_temp.a_of_jsonb(jsonb);
DROP FUNCTION pg_temp.b_of_json(json);
DROP FUNCTION pg_temp.c_of_jsonb(jsonb);
ALTER TABLE public.t ALTER COLUMN c SET DEFAULT ''::public.hstore;

