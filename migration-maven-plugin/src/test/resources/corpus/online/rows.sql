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
ALTER TABLE public.two RENAME TO one;
ALTER TABLE public.one RENAME COLUMN x TO a;
--   fails if this finds rows: SELECT * FROM public.one WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.one
--   blocks with ACCESS EXCLUSIVE on public.one
ALTER TABLE public.one ALTER COLUMN a TYPE integer;
ALTER TABLE public.one RENAME COLUMN y TO b;
ALTER TABLE public.one RENAME COLUMN z TO c;

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

