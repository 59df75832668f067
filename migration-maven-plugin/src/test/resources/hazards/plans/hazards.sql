-- pair: hazards/NOT NULL

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NULL, reason=column public.t.a: a row may have no value]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;

-- down
ALTER TABLE public.t ALTER COLUMN a DROP NOT NULL;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
ALTER TABLE public.t ADD CONSTRAINT t_a_not_null_check CHECK (a IS NOT NULL) NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NULL, reason=column public.t.a: a row may have no value]
ALTER TABLE public.t VALIDATE CONSTRAINT t_a_not_null_check;
ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;
ALTER TABLE public.t DROP CONSTRAINT t_a_not_null_check;

-- pair: hazards/NOT NULL of a domain

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NULL, reason=domain public.d: a row may have no value]
ALTER DOMAIN public.d SET NOT NULL;

-- down
ALTER DOMAIN public.d DROP NOT NULL;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NULL, reason=domain public.d: a row may have no value]
ALTER DOMAIN public.d SET NOT NULL;

-- pair: hazards/a check

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a > 0), reason=constraint public.t.t_a_check: a row may not satisfy it]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_check CHECK (a > 0);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_check;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_check CHECK (a > 0) NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a > 0), reason=constraint public.t.t_a_check: a row may not satisfy it]
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT t_a_check;

-- pair: hazards/a check of a domain

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a > 0), reason=domain constraint public.d.d_check: a value may not satisfy it]
ALTER DOMAIN public.d ADD CONSTRAINT d_check CHECK (VALUE > 0);

-- down
ALTER DOMAIN public.d DROP CONSTRAINT d_check;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a > 0), reason=domain constraint public.d.d_check: a value may not satisfy it]
ALTER DOMAIN public.d ADD CONSTRAINT d_check CHECK (VALUE > 0);

-- pair: hazards/a check of a domain of two columns

-- up
--   MayFailOnRows[query=SELECT a::text FROM public.t WHERE NOT (a <> 'VALUE'::text) UNION ALL SELECT b::text FROM public.t WHERE NOT (b <> 'VALUE'::text), reason=domain constraint public.d.d_check: a value may not satisfy it]
ALTER DOMAIN public.d ADD CONSTRAINT d_check CHECK (VALUE <> 'VALUE'::text);

-- down
ALTER DOMAIN public.d DROP CONSTRAINT d_check;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT a::text FROM public.t WHERE NOT (a <> 'VALUE'::text) UNION ALL SELECT b::text FROM public.t WHERE NOT (b <> 'VALUE'::text), reason=domain constraint public.d.d_check: a value may not satisfy it]
ALTER DOMAIN public.d ADD CONSTRAINT d_check CHECK (VALUE <> 'VALUE'::text);

-- pair: hazards/a check that is validated

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a > 0), reason=constraint public.t.c: a row may not satisfy it]
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT c;

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT c;
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a > 0), reason=constraint public.t.c: a row may not satisfy it]
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT c;

-- pair: hazards/a column that goes

-- up
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- pair: hazards/a composite type in a domain with a check

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE bigint;
--   MayFailOnRows[query=, reason=domain constraint public.d.d_check: a value may not satisfy it]
ALTER DOMAIN public.d ADD CONSTRAINT d_check CHECK ((VALUE).x > 0);
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT ((a).x > 0), reason=column public.t.a: a value may not be permitted in public.d]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.d USING a::public.d;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER DOMAIN public.d DROP CONSTRAINT d_check;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE integer;
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid((a).x::text, 'integer'), reason=column public.t.a: in x a bigint may be no integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.d USING a::public.d;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE bigint;
--   MayFailOnRows[query=, reason=domain constraint public.d.d_check: a value may not satisfy it]
ALTER DOMAIN public.d ADD CONSTRAINT d_check CHECK ((VALUE).x > 0);
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT ((a).x > 0), reason=column public.t.a: a value may not be permitted in public.d]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.d USING a::public.d;

-- pair: hazards/a domain over another type

-- up
ALTER DOMAIN public.d RENAME TO d_old;
CREATE DOMAIN public.d AS integer;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer'), reason=column public.t.a: a text may be no integer]
--   LosesData[what=column public.t.a, query=]
ALTER TABLE public.t ALTER COLUMN a TYPE public.d USING a::text::public.d;
DROP DOMAIN public.d_old;

-- down
ALTER DOMAIN public.d RENAME TO d_old;
CREATE DOMAIN public.d AS text;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.d USING a::text::public.d;
DROP DOMAIN public.d_old;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
ALTER DOMAIN public.d RENAME TO d_old;
CREATE DOMAIN public.d AS integer;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer'), reason=column public.t.a: a text may be no integer]
--   LosesData[what=column public.t.a, query=]
ALTER TABLE public.t ALTER COLUMN a TYPE public.d USING a::text::public.d;
DROP DOMAIN public.d_old;

-- pair: hazards/a foreign key

-- up
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.a IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.x = t.a), reason=constraint public.t.t_a_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES public.p(x);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_fkey;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES public.p(x) NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.a IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.x = t.a), reason=constraint public.t.t_a_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT t_a_fkey;

-- pair: hazards/a foreign key of a new column

-- up
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES public.p(x);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_b_fkey;
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES public.p(x) NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT t_b_fkey;

-- pair: hazards/a foreign key of a new column and one that is there

-- up
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_fkey FOREIGN KEY (a, b) REFERENCES public.p(x, y);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_b_fkey;
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_fkey FOREIGN KEY (a, b) REFERENCES public.p(x, y) NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT t_a_b_fkey;

-- pair: hazards/a foreign key of a new column with a default

-- up
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer DEFAULT 1;
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.b IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.x = t.b), reason=constraint public.t.t_b_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES public.p(x);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_b_fkey;
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer DEFAULT 1;
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES public.p(x) NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.b IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.x = t.b), reason=constraint public.t.t_b_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT t_b_fkey;

-- pair: hazards/a foreign key of a new table

-- up
CREATE TABLE public.u (
    b integer REFERENCES public.t(a)
);

-- down
--   LosesData[what=all rows of table public.u, query=]
DROP TABLE public.u;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
CREATE TABLE public.u (
    b integer REFERENCES public.t(a)
);

-- pair: hazards/a foreign key of two columns

-- up
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.b IS NOT NULL AND t.a IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.y = t.b AND r.x = t.a), reason=constraint public.t.t_b_a_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_a_fkey FOREIGN KEY (b, a) REFERENCES public.p(y, x);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_b_a_fkey;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_a_fkey FOREIGN KEY (b, a) REFERENCES public.p(y, x) NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.b IS NOT NULL AND t.a IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.y = t.b AND r.x = t.a), reason=constraint public.t.t_b_a_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT t_b_a_fkey;

-- pair: hazards/a foreign key that matches full

-- up
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.a IS NOT NULL OR t.b IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.x = t.a AND r.y = t.b), reason=constraint public.t.t_a_b_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_fkey FOREIGN KEY (a, b) REFERENCES public.p(x, y) MATCH FULL;

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_b_fkey;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_fkey FOREIGN KEY (a, b) REFERENCES public.p(x, y) MATCH FULL NOT VALID;
-- after a commit
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t t WHERE (t.a IS NOT NULL OR t.b IS NOT NULL) AND NOT EXISTS (SELECT FROM public.p r WHERE r.x = t.a AND r.y = t.b), reason=constraint public.t.t_a_b_fkey: a row may refer to one that is not there]
--   ScansTable[table=public.t]
ALTER TABLE public.t VALIDATE CONSTRAINT t_a_b_fkey;

-- pair: hazards/a foreign key, not valid

-- up
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES public.p(x) NOT VALID;

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_fkey;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=SHARE ROW EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_fkey FOREIGN KEY (a) REFERENCES public.p(x) NOT VALID;

-- pair: hazards/a generated column that becomes plain

-- up
ALTER TABLE public.t ALTER COLUMN b DROP EXPRESSION;

-- down
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS ((a * 3)) STORED;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
ALTER TABLE public.t ALTER COLUMN b DROP EXPRESSION;

-- pair: hazards/a generated column that goes

-- up
ALTER TABLE public.t DROP COLUMN b;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS ((a * 2)) STORED;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
ALTER TABLE public.t DROP COLUMN b;

-- pair: hazards/a new column

-- up
--   MayFailOnRows[query=SELECT * FROM public.t LIMIT 1, reason=column public.t.b: rows that exist have no value for it]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer NOT NULL;

-- down
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t LIMIT 1, reason=column public.t.b: rows that exist have no value for it]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   NoOnlineForm[reason=public.t has no key along which its rows could be filled in]
ALTER TABLE public.t ADD COLUMN b integer NOT NULL;

-- pair: hazards/a new column with a default

-- up
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer DEFAULT 1 NOT NULL;

-- down
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer DEFAULT 1 NOT NULL;

-- pair: hazards/a partition beside the default

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL AND (a) >= (1) AND (a) < (5), reason=a row of table public.t may belong to table public.q]
CREATE TABLE public.q PARTITION OF public.p FOR VALUES FROM (1) TO (5);

-- down
--   LosesData[what=all rows of table public.q, query=]
DROP TABLE public.q;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL AND (a) >= (1) AND (a) < (5), reason=a row of table public.t may belong to table public.q]
CREATE TABLE public.q PARTITION OF public.p FOR VALUES FROM (1) TO (5);

-- pair: hazards/a plain column that becomes generated

-- up
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS ((a * 3)) STORED;

-- down
ALTER TABLE public.t ALTER COLUMN b DROP EXPRESSION;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS ((a * 3)) STORED;

-- pair: hazards/a primary key

-- up
--   MayFailOnRows[query=SELECT a FROM public.t WHERE a IS NOT NULL GROUP BY a HAVING count(*) > 1, reason=constraint public.t.t_pkey: two rows may have the same a]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (a);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_pkey;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey') AND NOT indisvalid) THEN
    ALTER INDEX public.t_pkey RENAME TO t_pkey_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_pkey_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_pkey') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_pkey')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a)')) = 'USING btree (a)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_pkey is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_pkey')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
--   MayFailOnRows[query=SELECT a FROM public.t WHERE a IS NOT NULL GROUP BY a HAVING count(*) > 1, reason=constraint public.t.t_pkey: two rows may have the same a]
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_pkey ON public.t (a);
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_pkey') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/a range of another type

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
DROP TYPE public.r;
CREATE TYPE public.r AS RANGE (subtype = integer, multirange_type_name = public.r_multirange);
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(lower(a)::text, 'integer') OR NOT pg_input_is_valid(upper(a)::text, 'integer'), reason=column public.t.a: in a bound a bigint may be no integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.r USING a::public.r;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
DROP TYPE public.r;
CREATE TYPE public.r AS RANGE (subtype = bigint, multirange_type_name = public.r_multirange);
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.r USING a::public.r;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
DROP TYPE public.r;
CREATE TYPE public.r AS RANGE (subtype = integer, multirange_type_name = public.r_multirange);
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(lower(a)::text, 'integer') OR NOT pg_input_is_valid(upper(a)::text, 'integer'), reason=column public.t.a: in a bound a bigint may be no integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.r USING a::public.r;

-- pair: hazards/a serial that becomes an identity

-- up
SELECT set_config('migrate.position_of_public_t_a', (SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.t_a_seq)::text, true);
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
DROP SEQUENCE public.t_a_seq;
ALTER TABLE public.t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY;
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, nullif(current_setting('migrate.position_of_public_t_a', true), '')::bigint, last_value), false) FROM public.t_a_seq;

-- down
SELECT set_config('migrate.position_of_public_t_a', (SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.t_a_seq)::text, true);
ALTER TABLE public.t ALTER COLUMN a DROP IDENTITY;
CREATE SEQUENCE public.t_a_seq AS integer;
ALTER SEQUENCE public.t_a_seq OWNED BY public.t.a;
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT nextval('public.t_a_seq'::regclass);
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, nullif(current_setting('migrate.position_of_public_t_a', true), '')::bigint, last_value), false) FROM public.t_a_seq;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
SELECT set_config('migrate.position_of_public_t_a', (SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.t_a_seq)::text, true);
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
DROP SEQUENCE public.t_a_seq;
ALTER TABLE public.t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY;
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, nullif(current_setting('migrate.position_of_public_t_a', true), '')::bigint, last_value), false) FROM public.t_a_seq;

-- pair: hazards/a table that is attached

-- up
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE (a IS NOT NULL AND (a) >= (1) AND (a) < (5)) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES FROM (1) TO (5)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (1) TO (5);

-- down
ALTER TABLE public.p DETACH PARTITION public.t;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE (a IS NOT NULL AND (a) >= (1) AND (a) < (5)) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES FROM (1) TO (5)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (1) TO (5);

-- pair: hazards/a table that is attached and takes all

-- up
--   ScansTable[table=public.t]
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- down
ALTER TABLE public.p DETACH PARTITION public.t;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- pair: hazards/a table that is attached and takes the rest

-- up
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL AND (a) >= (1) AND (a) < (5), reason=a row of table public.t may lie outside of DEFAULT]
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- down
ALTER TABLE public.p DETACH PARTITION public.t;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL AND (a) >= (1) AND (a) < (5), reason=a row of table public.t may lie outside of DEFAULT]
ALTER TABLE public.p ATTACH PARTITION public.t DEFAULT;

-- pair: hazards/a table that is attached below an end that is open

-- up
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE (a IS NOT NULL AND (a) < (5)) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES FROM (MINVALUE) TO (5)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (MINVALUE) TO (5);

-- down
ALTER TABLE public.p DETACH PARTITION public.t;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE (a IS NOT NULL AND (a) < (5)) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES FROM (MINVALUE) TO (5)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (MINVALUE) TO (5);

-- pair: hazards/a table that is attached beside the default

-- up
--   ScansTable[table=public.q]
--   MayFailOnRows[query=SELECT * FROM public.q WHERE (a IN (1, 2)) IS NOT TRUE, reason=a row of table public.q may lie outside of FOR VALUES IN (1, 2)]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IN (1, 2), reason=a row of table public.t may belong to table public.q]
ALTER TABLE public.p ATTACH PARTITION public.q FOR VALUES IN (1, 2);

-- down
ALTER TABLE public.p DETACH PARTITION public.q;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.q]
--   MayFailOnRows[query=SELECT * FROM public.q WHERE (a IN (1, 2)) IS NOT TRUE, reason=a row of table public.q may lie outside of FOR VALUES IN (1, 2)]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IN (1, 2), reason=a row of table public.t may belong to table public.q]
ALTER TABLE public.p ATTACH PARTITION public.q FOR VALUES IN (1, 2);

-- pair: hazards/a table that is attached by a list

-- up
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE ((a IN ('a, b') OR a IS NULL)) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES IN ('a, b', NULL)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES IN ('a, b', NULL);

-- down
ALTER TABLE public.p DETACH PARTITION public.t;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE ((a IN ('a, b') OR a IS NULL)) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES IN ('a, b', NULL)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES IN ('a, b', NULL);

-- pair: hazards/a table that is attached by an expression

-- up
--   ScansTable[table=public.t]
--   MayFailOnRows[query=, reason=a row of table public.t may lie outside of FOR VALUES FROM (1) TO (5)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (1) TO (5);

-- down
ALTER TABLE public.p DETACH PARTITION public.t;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
--   MayFailOnRows[query=, reason=a row of table public.t may lie outside of FOR VALUES FROM (1) TO (5)]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (1) TO (5);

-- pair: hazards/a table that is attached by two columns

-- up
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE (a IS NOT NULL AND "B" IS NOT NULL AND (a, "B") >= (1, 'a') AND (a, "B") < (2, 'c')) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES FROM (1, 'a') TO (2, 'c')]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (1, 'a') TO (2, 'c');

-- down
ALTER TABLE public.p DETACH PARTITION public.t;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   ScansTable[table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE (a IS NOT NULL AND "B" IS NOT NULL AND (a, "B") >= (1, 'a') AND (a, "B") < (2, 'c')) IS NOT TRUE, reason=a row of table public.t may lie outside of FOR VALUES FROM (1, 'a') TO (2, 'c')]
ALTER TABLE public.p ATTACH PARTITION public.t FOR VALUES FROM (1, 'a') TO (2, 'c');

-- pair: hazards/a unique index

-- up
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE, table=public.t]
--   MayFailOnRows[query=SELECT lower(a), length(a) FROM public.t WHERE lower(a) IS NOT NULL AND length(a) IS NOT NULL GROUP BY lower(a), length(a) HAVING count(*) > 1, reason=index public.i: two rows may have the same value]
CREATE UNIQUE INDEX i ON public.t (lower(a), length(a) DESC NULLS LAST);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
DROP INDEX public.i;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.i') AND NOT indisvalid) THEN
    ALTER INDEX public.i RENAME TO i_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.i_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.i') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.i')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (lower(a), length(a) DESC NULLS LAST)')) = 'USING btree (lower(a), length(a) DESC NULLS LAST)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.i is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.i')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
--   MayFailOnRows[query=SELECT lower(a), length(a) FROM public.t WHERE lower(a) IS NOT NULL AND length(a) IS NOT NULL GROUP BY lower(a), length(a) HAVING count(*) > 1, reason=index public.i: two rows may have the same value]
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (lower(a), length(a) DESC NULLS LAST);
RESET lock_timeout;

-- pair: hazards/a unique index of some rows

-- up
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE, table=public.t]
--   MayFailOnRows[query=SELECT a FROM public.t WHERE b AND a IS NOT NULL GROUP BY a HAVING count(*) > 1, reason=index public.i: two rows may have the same value]
CREATE UNIQUE INDEX i ON public.t (a) WHERE b;

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
DROP INDEX public.i;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.i') AND NOT indisvalid) THEN
    ALTER INDEX public.i RENAME TO i_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.i_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.i') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.i')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a) WHERE b')) = 'USING btree (a) WHERE b')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.i is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.i')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
--   MayFailOnRows[query=SELECT a FROM public.t WHERE b AND a IS NOT NULL GROUP BY a HAVING count(*) > 1, reason=index public.i: two rows may have the same value]
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (a) WHERE b;
RESET lock_timeout;

-- pair: hazards/a unique index over a new column

-- up
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
--   ScansTable[table=public.t]
--   Blocks[lock=SHARE, table=public.t]
CREATE UNIQUE INDEX i ON public.t (b);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
DROP INDEX public.i;
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
-- after a commit
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.i') AND NOT indisvalid) THEN
    ALTER INDEX public.i RENAME TO i_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.i_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.i') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.i')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (b)')) = 'USING btree (b)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.i is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.i')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (b);
RESET lock_timeout;

-- pair: hazards/a virtual column that becomes plain

-- up
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;

-- down
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS ((a * 3)) VIRTUAL;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;

-- pair: hazards/an attribute of a typed table

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE x NOT BETWEEN -2147483648 AND 2147483647, reason=column public.t.x: a number may be too large for integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE integer CASCADE;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE bigint CASCADE;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE x NOT BETWEEN -2147483648 AND 2147483647, reason=column public.t.x: a number may be too large for integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE integer CASCADE;

-- pair: hazards/an attribute of a wider type

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE bigint;
ALTER TYPE public.c ALTER ATTRIBUTE y TYPE text;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.c USING a::public.c;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE integer;
ALTER TYPE public.c ALTER ATTRIBUTE y TYPE character varying(3);
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid((a).x::text, 'integer') OR length(rtrim((a).y::text, ' ')) > 3, reason=column public.t.a: in x a bigint may be no integer, in y a value may have more than 3 characters]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.c USING a::public.c;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE bigint;
ALTER TYPE public.c ALTER ATTRIBUTE y TYPE text;
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.c USING a::public.c;

-- pair: hazards/an attribute of another type

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN b TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE integer;
ALTER TYPE public.c ALTER ATTRIBUTE y TYPE bigint;
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid((a).x::text, 'integer'), reason=column public.t.a: in x a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(b) e WHERE NOT pg_input_is_valid((e).x::text, 'integer')), reason=column public.t.b: in an array in x a text may be no integer]
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.c USING a::public.c,
  ALTER COLUMN b TYPE public.c[] USING b::text::public.c[];

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN b TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE y TYPE integer;
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid((a).y::text, 'integer'), reason=column public.t.a: in y a bigint may be no integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(b) e WHERE NOT pg_input_is_valid((e).y::text, 'integer')), reason=column public.t.b: in an array in y a bigint may be no integer]
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.c USING a::public.c,
  ALTER COLUMN b TYPE public.c[] USING b::text::public.c[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t
  ALTER COLUMN a TYPE text,
  ALTER COLUMN b TYPE text;
ALTER TYPE public.c ALTER ATTRIBUTE x TYPE integer;
ALTER TYPE public.c ALTER ATTRIBUTE y TYPE bigint;
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid((a).x::text, 'integer'), reason=column public.t.a: in x a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(b) e WHERE NOT pg_input_is_valid((e).x::text, 'integer')), reason=column public.t.b: in an array in x a text may be no integer]
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.c USING a::public.c,
  ALTER COLUMN b TYPE public.c[] USING b::text::public.c[];

-- pair: hazards/an enum with a value more

-- up
ALTER TYPE public.e ADD VALUE 'b';

-- down
ALTER TYPE public.e RENAME TO e_old;
CREATE TYPE public.e AS ENUM ('a');
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT a::text FROM public.t WHERE a::text IN ('b'), reason=enum public.e: a row may hold 'b']
ALTER TABLE public.t ALTER COLUMN a TYPE public.e USING a::text::public.e;
DROP TYPE public.e_old;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
ALTER TYPE public.e ADD VALUE 'b';

-- pair: hazards/an enum without a value

-- up
ALTER TYPE public.e RENAME TO e_old;
CREATE TYPE public.e AS ENUM ('a');
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT a::text FROM public.t WHERE a::text IN ('b') UNION ALL SELECT b::text FROM public.t WHERE b::text[] && ARRAY['b'], reason=enum public.e: a row may hold 'b']
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.e USING a::text::public.e,
  ALTER COLUMN b TYPE public.e[] USING b::text[]::public.e[];
DROP TYPE public.e_old;

-- down
ALTER TYPE public.e ADD VALUE 'b';

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
ALTER TYPE public.e RENAME TO e_old;
CREATE TYPE public.e AS ENUM ('a');
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   MayFailOnRows[query=SELECT a::text FROM public.t WHERE a::text IN ('b') UNION ALL SELECT b::text FROM public.t WHERE b::text[] && ARRAY['b'], reason=enum public.e: a row may hold 'b']
ALTER TABLE public.t
  ALTER COLUMN a TYPE public.e USING a::text::public.e,
  ALTER COLUMN b TYPE public.e[] USING b::text[]::public.e[];
DROP TYPE public.e_old;

-- pair: hazards/an identity that becomes a serial

-- up
SELECT set_config('migrate.position_of_public_t_a', (SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.t_a_seq)::text, true);
ALTER TABLE public.t ALTER COLUMN a DROP IDENTITY;
CREATE SEQUENCE public.t_a_seq AS integer;
ALTER SEQUENCE public.t_a_seq OWNED BY public.t.a;
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT nextval('public.t_a_seq'::regclass);
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, nullif(current_setting('migrate.position_of_public_t_a', true), '')::bigint, last_value), false) FROM public.t_a_seq;

-- down
SELECT set_config('migrate.position_of_public_t_a', (SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.t_a_seq)::text, true);
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
DROP SEQUENCE public.t_a_seq;
ALTER TABLE public.t ALTER COLUMN a ADD GENERATED BY DEFAULT AS IDENTITY;
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, nullif(current_setting('migrate.position_of_public_t_a', true), '')::bigint, last_value), false) FROM public.t_a_seq;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
SELECT set_config('migrate.position_of_public_t_a', (SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM public.t_a_seq)::text, true);
ALTER TABLE public.t ALTER COLUMN a DROP IDENTITY;
CREATE SEQUENCE public.t_a_seq AS integer;
ALTER SEQUENCE public.t_a_seq OWNED BY public.t.a;
ALTER TABLE public.t ALTER COLUMN a SET DEFAULT nextval('public.t_a_seq'::regclass);
SELECT setval('public.t_a_seq', greatest((SELECT max(a) FROM public.t) + 1, nullif(current_setting('migrate.position_of_public_t_a', true), '')::bigint, last_value), false) FROM public.t_a_seq;

-- pair: hazards/another expression

-- up
--   RewritesTable[table=public.t]
ALTER TABLE public.t ALTER COLUMN b SET EXPRESSION AS ((a * 3));

-- down
--   RewritesTable[table=public.t]
ALTER TABLE public.t ALTER COLUMN b SET EXPRESSION AS ((a * 2));

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
ALTER TABLE public.t ALTER COLUMN b SET EXPRESSION AS ((a * 3));

-- pair: hazards/bigint → boolean

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'boolean'), reason=column public.t.a: a bigint may be no boolean]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::text::boolean;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::integer::bigint;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'boolean'), reason=column public.t.a: a bigint may be no boolean]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::text::boolean;

-- pair: hazards/bigint → double precision

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -9223372036854775808.5 AND a < 9223372036854775807.5), reason=column public.t.a: a number may be too large for bigint]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- pair: hazards/bigint → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a NOT BETWEEN -2147483648 AND 2147483647, reason=column public.t.a: a number may be too large for integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a NOT BETWEEN -2147483648 AND 2147483647, reason=column public.t.a: a number may be too large for integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- pair: hazards/bigint → varchar(20)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(20);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'bigint'), reason=column public.t.a: a text may be no bigint]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::bigint;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(20);

-- pair: hazards/bigint[] → int[]

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE e NOT BETWEEN -2147483648 AND 2147483647), reason=column public.t.a: in an array a number may be too large for integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[];

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE e NOT BETWEEN -2147483648 AND 2147483647), reason=column public.t.a: in an array a number may be too large for integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[];

-- pair: hazards/bit varying → bit(3)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) <> 3, reason=column public.t.a: a value may have other than 3 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(3);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit varying;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) <> 3, reason=column public.t.a: a value may have other than 3 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(3);

-- pair: hazards/bit varying(5) → bit varying(3)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) > 3, reason=column public.t.a: a value may have more than 3 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit varying(3);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit varying(5);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) > 3, reason=column public.t.a: a value may have more than 3 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit varying(3);

-- pair: hazards/bit(3) → bit varying(5)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit varying(5);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) <> 3, reason=column public.t.a: a value may have other than 3 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit varying(5);

-- pair: hazards/bit(3) → bit(4)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) <> 4, reason=column public.t.a: a value may have other than 4 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(4);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) <> 3, reason=column public.t.a: a value may have other than 3 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a) <> 4, reason=column public.t.a: a value may have other than 4 bits]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(4);

-- pair: hazards/bit(3) → int

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(3) USING a::bit(3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- pair: hazards/boolean → bigint

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::integer::bigint;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'boolean'), reason=column public.t.a: a bigint may be no boolean]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::text::boolean;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::integer::bigint;

-- pair: hazards/boolean → char(4)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 4, reason=column public.t.a: a value may have more than 4 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(4);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'boolean'), reason=column public.t.a: a text may be no boolean]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::boolean;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 4, reason=column public.t.a: a value may have more than 4 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(4);

-- pair: hazards/boolean → date

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no boolean is a date: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::text::date;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no date is a boolean: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::text::boolean;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no boolean is a date: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::text::date;

-- pair: hazards/boolean → int

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::boolean;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- pair: hazards/boolean → uuid

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no boolean is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no uuid is a boolean: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::text::boolean;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no boolean is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- pair: hazards/boolean → varchar(5)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'boolean'), reason=column public.t.a: a text may be no boolean]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::boolean;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- pair: hazards/char(3) → varchar(3)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- down
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE a::text LIKE '% ']
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- pair: hazards/char(5) → char(3)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(3);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(5);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(3);

-- pair: hazards/cidr → inet

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE inet;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE cidr;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE inet;

-- pair: hazards/colour → shade

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.shade USING a::text::public.shade;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::text::public.colour;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.shade USING a::text::public.shade;

-- pair: hazards/colour → text

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::public.colour;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- pair: hazards/colour → varchar(3)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::public.colour;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- pair: hazards/colour → varchar(4)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(4);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::public.colour;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(4);

-- pair: hazards/colour[] → text[]

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text[] USING a::text[];

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE e::text NOT IN ('red', 'blue')), reason=column public.t.a: in an array a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour[] USING a::public.colour[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text[] USING a::text[];

-- pair: hazards/colour[] → varchar(3)[]

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(e::text) > 3), reason=column public.t.a: in an array a value may have more than 3 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3)[] USING a::text[];

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE e::text NOT IN ('red', 'blue')), reason=column public.t.a: in an array a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour[] USING a::public.colour[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(e::text) > 3), reason=column public.t.a: in an array a value may have more than 3 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3)[] USING a::text[];

-- pair: hazards/date → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no date is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'date'), reason=column public.t.a: a integer may be no date]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::text::date;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no date is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- pair: hazards/date → jsonb

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a #>> '{}', 'date'), reason=column public.t.a: a jsonb may be no date]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING (a #>> '{}')::date;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- pair: hazards/date → timestamp

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp without time zone;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp without time zone;

-- pair: hazards/date → uuid

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no date is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no uuid is a date: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::text::date;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no date is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- pair: hazards/double precision → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- pair: hazards/double precision → numeric

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) > 1.7976931348623157e308, reason=column public.t.a: a number may be too large for double precision]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric;

-- pair: hazards/double precision → numeric(4,1)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 999.95, reason=column public.t.a: a number may be too large for numeric(4,1)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(4,1);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 999.95, reason=column public.t.a: a number may be too large for numeric(4,1)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(4,1);

-- pair: hazards/double precision → real

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE abs(a) > 3.4028235e38 AND a NOT IN ('NaN', 'Infinity', '-Infinity') OR a <> 0 AND abs(a) < 1e-45, reason=column public.t.a: a number may be too large for real]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE abs(a) > 3.4028235e38 AND a NOT IN ('NaN', 'Infinity', '-Infinity') OR a <> 0 AND abs(a) < 1e-45, reason=column public.t.a: a number may be too large for real]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- pair: hazards/email → text

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a ~ '@'::text), reason=column public.t.a: a value may not be permitted in public.email]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.email USING a::public.email;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- pair: hazards/exclusion

-- up
--   MayFailOnRows[query=SELECT a.*, b.* FROM (SELECT tableoid AS t, ctid AS r, a AS k1 FROM public.t) a JOIN (SELECT tableoid AS t, ctid AS r, a AS k1 FROM public.t) b ON (a.t, a.r) < (b.t, b.r) AND a.k1 && b.k1, reason=constraint public.t.t_a_excl: two rows may exclude each other]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_excl EXCLUDE USING gist (a WITH &&);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_excl;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT a.*, b.* FROM (SELECT tableoid AS t, ctid AS r, a AS k1 FROM public.t) a JOIN (SELECT tableoid AS t, ctid AS r, a AS k1 FROM public.t) b ON (a.t, a.r) < (b.t, b.r) AND a.k1 && b.k1, reason=constraint public.t.t_a_excl: two rows may exclude each other]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   NoOnlineForm[reason=PostgreSQL builds an exclusion constraint only under its lock]
ALTER TABLE public.t ADD CONSTRAINT t_a_excl EXCLUDE USING gist (a WITH &&);

-- pair: hazards/exclusion of some rows, by expressions

-- up
--   MayFailOnRows[query=SELECT a.*, b.* FROM (SELECT tableoid AS t, ctid AS r, int4range(a, b) AS k1 FROM public.t WHERE (c)) a JOIN (SELECT tableoid AS t, ctid AS r, int4range(a, b) AS k1 FROM public.t WHERE (c)) b ON (a.t, a.r) < (b.t, b.r) AND a.k1 && b.k1, reason=constraint public.t.t_int4range_excl: two rows may exclude each other]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_int4range_excl EXCLUDE USING gist (int4range(a, b) WITH &&) WHERE (c);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_int4range_excl;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT a.*, b.* FROM (SELECT tableoid AS t, ctid AS r, int4range(a, b) AS k1 FROM public.t WHERE (c)) a JOIN (SELECT tableoid AS t, ctid AS r, int4range(a, b) AS k1 FROM public.t WHERE (c)) b ON (a.t, a.r) < (b.t, b.r) AND a.k1 && b.k1, reason=constraint public.t.t_int4range_excl: two rows may exclude each other]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   NoOnlineForm[reason=PostgreSQL builds an exclusion constraint only under its lock]
ALTER TABLE public.t ADD CONSTRAINT t_int4range_excl EXCLUDE USING gist (int4range(a, b) WITH &&) WHERE (c);

-- pair: hazards/inet → cidr

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE cidr;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE inet;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE cidr;

-- pair: hazards/inet → varchar(10)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(abbrev(a)) > 10, reason=column public.t.a: a value may have more than 10 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(10) USING abbrev(a);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'inet'), reason=column public.t.a: a text may be no inet]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE inet USING a::inet;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(abbrev(a)) > 10, reason=column public.t.a: a value may have more than 10 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(10) USING abbrev(a);

-- pair: hazards/int → bigint

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a NOT BETWEEN -2147483648 AND 2147483647, reason=column public.t.a: a number may be too large for integer]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- pair: hazards/int → bit(3)

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(3) USING a::bit(3);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bit(3) USING a::bit(3);

-- pair: hazards/int → boolean

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::boolean;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::boolean;

-- pair: hazards/int → date

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'date'), reason=column public.t.a: a integer may be no date]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::text::date;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no date is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'date'), reason=column public.t.a: a integer may be no date]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::text::date;

-- pair: hazards/int → double precision

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- pair: hazards/int → int[]

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer is a integer[]: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::text::integer[];

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer[] is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer is a integer[]: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::text::integer[];

-- pair: hazards/int → money

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE money USING a::money;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a::numeric >= -2147483648.5 AND a::numeric < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::numeric::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE money USING a::money;

-- pair: hazards/int → numeric(12,2)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(12,2);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(12,2);

-- pair: hazards/int → numeric(5,2)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE abs(a) >= 999.995, reason=column public.t.a: a number may be too large for numeric(5,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(5,2);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE abs(a) >= 999.995, reason=column public.t.a: a number may be too large for numeric(5,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(5,2);

-- pair: hazards/int → percent

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NULL OR NOT ((a >= 0) AND (a <= 100)), reason=column public.t.a: a value may not be permitted in public.percent]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.percent USING a::text::public.percent;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NULL OR NOT ((a >= 0) AND (a <= 100)), reason=column public.t.a: a value may not be permitted in public.percent]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.percent USING a::text::public.percent;

-- pair: hazards/int → real

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- pair: hazards/int → smallint

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a NOT BETWEEN -32768 AND 32767, reason=column public.t.a: a number may be too large for smallint]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE smallint;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a NOT BETWEEN -32768 AND 32767, reason=column public.t.a: a number may be too large for smallint]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE smallint;

-- pair: hazards/int → text

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer'), reason=column public.t.a: a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- pair: hazards/int → uuid

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no uuid is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- pair: hazards/int → varchar(11)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(11);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer'), reason=column public.t.a: a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(11);

-- pair: hazards/int → varchar(5)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 5, reason=column public.t.a: a value may have more than 5 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer'), reason=column public.t.a: a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 5, reason=column public.t.a: a value may have more than 5 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- pair: hazards/int[] → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer[] is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer is a integer[]: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::text::integer[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer[] is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- pair: hazards/int[] → jsonb

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- down
CREATE FUNCTION pg_temp.a_of_jsonb(jsonb) RETURNS integer[] LANGUAGE sql IMMUTABLE STRICT AS 'SELECT ARRAY(SELECT e.value::integer FROM jsonb_array_elements_text($1) WITH ORDINALITY e (value, n) ORDER BY e.n)';
--   MayFailOnRows[query=, reason=column public.t.a: a jsonb may be no integer[]]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING pg_temp.a_of_jsonb(a);
DROP FUNCTION pg_temp.a_of_jsonb(jsonb);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- pair: hazards/int[] → text

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer[]'), reason=column public.t.a: a text may be no integer[]]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::text::integer[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- pair: hazards/int[] → text[]

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text[] USING a::text[];

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE NOT pg_input_is_valid(e::text, 'integer')), reason=column public.t.a: in an array a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::integer[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text[] USING a::text[];

-- pair: hazards/int[] → varchar(2)[]

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(e::text) > 2), reason=column public.t.a: in an array a value may have more than 2 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(2)[] USING a::text[];

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE NOT pg_input_is_valid(e::text, 'integer')), reason=column public.t.a: in an array a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::integer[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(e::text) > 2), reason=column public.t.a: in an array a value may have more than 2 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(2)[] USING a::text[];

-- pair: hazards/interval → interval(0)

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE interval(0);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE interval;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE interval(0);

-- pair: hazards/json → jsonb

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE json;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb;

-- pair: hazards/jsonb → date

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a #>> '{}', 'date'), reason=column public.t.a: a jsonb may be no date]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING (a #>> '{}')::date;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a #>> '{}', 'date'), reason=column public.t.a: a jsonb may be no date]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING (a #>> '{}')::date;

-- pair: hazards/jsonb → int[]

-- up
CREATE FUNCTION pg_temp.a_of_jsonb(jsonb) RETURNS integer[] LANGUAGE sql IMMUTABLE STRICT AS 'SELECT ARRAY(SELECT e.value::integer FROM jsonb_array_elements_text($1) WITH ORDINALITY e (value, n) ORDER BY e.n)';
--   MayFailOnRows[query=, reason=column public.t.a: a jsonb may be no integer[]]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING pg_temp.a_of_jsonb(a);
DROP FUNCTION pg_temp.a_of_jsonb(jsonb);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
CREATE FUNCTION pg_temp.a_of_jsonb(jsonb) RETURNS integer[] LANGUAGE sql IMMUTABLE STRICT AS 'SELECT ARRAY(SELECT e.value::integer FROM jsonb_array_elements_text($1) WITH ORDINALITY e (value, n) ORDER BY e.n)';
--   MayFailOnRows[query=, reason=column public.t.a: a jsonb may be no integer[]]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING pg_temp.a_of_jsonb(a);
DROP FUNCTION pg_temp.a_of_jsonb(jsonb);

-- pair: hazards/jsonb → json

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE json;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE json;

-- pair: hazards/jsonb → pair

-- up
--   MayFailOnRows[query=, reason=column public.t.a: a jsonb may be no public.pair]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.pair USING jsonb_populate_record(NULL::public.pair, a);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=, reason=column public.t.a: a jsonb may be no public.pair]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.pair USING jsonb_populate_record(NULL::public.pair, a);

-- pair: hazards/macaddr → macaddr8

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE macaddr8 USING a::text::macaddr8;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE substr(a::text, 10, 5) <> 'ff:fe', reason=column public.t.a: an address of eight bytes may have none of six]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE macaddr USING a::macaddr;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE macaddr8 USING a::text::macaddr8;

-- pair: hazards/macaddr8 → macaddr

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE substr(a::text, 10, 5) <> 'ff:fe', reason=column public.t.a: an address of eight bytes may have none of six]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE macaddr USING a::macaddr;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE macaddr8 USING a::text::macaddr8;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE substr(a::text, 10, 5) <> 'ff:fe', reason=column public.t.a: an address of eight bytes may have none of six]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE macaddr USING a::macaddr;

-- pair: hazards/money → double precision

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision USING a::numeric::double precision;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'money'), reason=column public.t.a: a double precision may be no money]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE money USING a::text::money;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision USING a::numeric::double precision;

-- pair: hazards/money → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a::numeric >= -2147483648.5 AND a::numeric < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::numeric::integer;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE money USING a::money;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a::numeric >= -2147483648.5 AND a::numeric < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::numeric::integer;

-- pair: hazards/money → numeric

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric USING a::numeric;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE money USING a::money;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric USING a::numeric;

-- pair: hazards/money → numeric(5,2)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::numeric <> 'NaN' AND abs(a::numeric) >= 999.995, reason=column public.t.a: a number may be too large for numeric(5,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(5,2) USING a::numeric(5,2);

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE money USING a::money;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::numeric <> 'NaN' AND abs(a::numeric) >= 999.995, reason=column public.t.a: a number may be too large for numeric(5,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(5,2) USING a::numeric(5,2);

-- pair: hazards/numeric → double precision

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) > 1.7976931348623157e308, reason=column public.t.a: a number may be too large for double precision]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) > 1.7976931348623157e308, reason=column public.t.a: a number may be too large for double precision]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- pair: hazards/numeric → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -2147483648.5 AND a < 2147483647.5), reason=column public.t.a: a number may be too large for integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

-- pair: hazards/numeric → numeric(6,2)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9999.995, reason=column public.t.a: a number may be too large for numeric(6,2)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(6,2);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9999.995, reason=column public.t.a: a number may be too large for numeric(6,2)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(6,2);

-- pair: hazards/numeric(15,3) → double precision

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 999999999999.9995, reason=column public.t.a: a number may be too large for numeric(15,3)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(15,3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- pair: hazards/numeric(3,2) → numeric(2,1)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9.95, reason=column public.t.a: a number may be too large for numeric(2,1)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(2,1);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(3,2);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9.95, reason=column public.t.a: a number may be too large for numeric(2,1)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(2,1);

-- pair: hazards/numeric(6,0) → bigint

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -9223372036854775808.5 AND a < 9223372036854775807.5), reason=column public.t.a: a number may be too large for bigint]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE abs(a) >= 999999.5, reason=column public.t.a: a number may be too large for numeric(6,0)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(6,0);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -9223372036854775808.5 AND a < 9223372036854775807.5), reason=column public.t.a: a number may be too large for bigint]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- pair: hazards/numeric(6,2) → real

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9999.995, reason=column public.t.a: a number may be too large for numeric(6,2)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(6,2);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- pair: hazards/numeric(8,2) → numeric(10,1)

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(10,1);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 999999.995, reason=column public.t.a: a number may be too large for numeric(8,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(8,2);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(10,1);

-- pair: hazards/numeric(8,2) → numeric(10,2)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(10,2);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 999999.995, reason=column public.t.a: a number may be too large for numeric(8,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(8,2);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(10,2);

-- pair: hazards/numeric(8,2) → numeric(6,2)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9999.995, reason=column public.t.a: a number may be too large for numeric(6,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(6,2);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(8,2);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9999.995, reason=column public.t.a: a number may be too large for numeric(6,2)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(6,2);

-- pair: hazards/numeric(9,2) → real

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a <> 'NaN' AND abs(a) >= 9999999.995, reason=column public.t.a: a number may be too large for numeric(9,2)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(9,2);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- pair: hazards/pair → jsonb

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- down
--   MayFailOnRows[query=, reason=column public.t.a: a jsonb may be no public.pair]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.pair USING jsonb_populate_record(NULL::public.pair, a);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING to_jsonb(a);

-- pair: hazards/percent → int

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NULL OR NOT ((a >= 0) AND (a <= 100)), reason=column public.t.a: a value may not be permitted in public.percent]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.percent USING a::text::public.percent;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- pair: hazards/real → double precision

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE abs(a) > 3.4028235e38 AND a NOT IN ('NaN', 'Infinity', '-Infinity') OR a <> 0 AND abs(a) < 1e-45, reason=column public.t.a: a number may be too large for real]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE real;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE double precision;

-- pair: hazards/shade → colour

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::text::public.colour;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.shade USING a::text::public.shade;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::text::public.colour;

-- pair: hazards/smallint → numeric(5,0)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(5,0);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a >= -32768.5 AND a < 32767.5), reason=column public.t.a: a number may be too large for smallint]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE smallint;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(5,0);

-- pair: hazards/text → boolean

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'boolean'), reason=column public.t.a: a text may be no boolean]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::boolean;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'boolean'), reason=column public.t.a: a text may be no boolean]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE boolean USING a::boolean;

-- pair: hazards/text → bytea

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'bytea'), reason=column public.t.a: a text may be no bytea]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bytea USING a::bytea;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'bytea'), reason=column public.t.a: a text may be no bytea]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bytea USING a::bytea;

-- pair: hazards/text → colour

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::public.colour;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a::text NOT IN ('red', 'blue'), reason=column public.t.a: a value may be none of public.colour]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.colour USING a::public.colour;

-- pair: hazards/text → date

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'date'), reason=column public.t.a: a text may be no date]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::date;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'date'), reason=column public.t.a: a text may be no date]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date USING a::date;

-- pair: hazards/text → email

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a ~ '@'::text), reason=column public.t.a: a value may not be permitted in public.email]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.email USING a::public.email;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT (a ~ '@'::text), reason=column public.t.a: a value may not be permitted in public.email]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE public.email USING a::public.email;

-- pair: hazards/text → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer'), reason=column public.t.a: a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer'), reason=column public.t.a: a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::integer;

-- pair: hazards/text → int[]

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer[]'), reason=column public.t.a: a text may be no integer[]]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::text::integer[];

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'integer[]'), reason=column public.t.a: a text may be no integer[]]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::text::integer[];

-- pair: hazards/text → interval

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'interval'), reason=column public.t.a: a text may be no interval]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE interval USING a::interval;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'interval'), reason=column public.t.a: a text may be no interval]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE interval USING a::interval;

-- pair: hazards/text → json

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'json'), reason=column public.t.a: a text may be no json]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE json USING a::json;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'json'), reason=column public.t.a: a text may be no json]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE json USING a::json;

-- pair: hazards/text → jsonb

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'jsonb'), reason=column public.t.a: a text may be no jsonb]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING a::jsonb;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'jsonb'), reason=column public.t.a: a text may be no jsonb]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE jsonb USING a::jsonb;

-- pair: hazards/text → name

-- up
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE octet_length(a::text) > 63]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE name;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE octet_length(a::text) > 63]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE name;

-- pair: hazards/text → numeric

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'numeric'), reason=column public.t.a: a text may be no numeric]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric USING a::numeric;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'numeric'), reason=column public.t.a: a text may be no numeric]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric USING a::numeric;

-- pair: hazards/text → numeric(4,1)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'numeric(4,1)'), reason=column public.t.a: a text may be no numeric(4,1)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(4,1) USING a::numeric(4,1);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'numeric(4,1)'), reason=column public.t.a: a text may be no numeric(4,1)]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE numeric(4,1) USING a::numeric(4,1);

-- pair: hazards/text → smallint

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'smallint'), reason=column public.t.a: a text may be no smallint]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE smallint USING a::smallint;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'smallint'), reason=column public.t.a: a text may be no smallint]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE smallint USING a::smallint;

-- pair: hazards/text → uuid

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'uuid'), reason=column public.t.a: a text may be no uuid]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::uuid;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'uuid'), reason=column public.t.a: a text may be no uuid]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::uuid;

-- pair: hazards/text → varchar(5)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 5, reason=column public.t.a: a value may have more than 5 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE length(a::text) > 5 AND length(rtrim(a::text, ' ')) <= 5]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 5, reason=column public.t.a: a value may have more than 5 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE length(a::text) > 5 AND length(rtrim(a::text, ' ')) <= 5]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- pair: hazards/text[] → int[]

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE NOT pg_input_is_valid(e::text, 'integer')), reason=column public.t.a: in an array a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::integer[];

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text[] USING a::text[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE NOT pg_input_is_valid(e::text, 'integer')), reason=column public.t.a: in an array a text may be no integer]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer[] USING a::integer[];

-- pair: hazards/text[] → varchar(3)[]

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(rtrim(e::text, ' ')) > 3), reason=column public.t.a: in an array a value may have more than 3 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(e::text) > 3 AND length(rtrim(e::text, ' ')) <= 3)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3)[];

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text[];

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(rtrim(e::text, ' ')) > 3), reason=column public.t.a: in an array a value may have more than 3 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE EXISTS (SELECT FROM unnest(a) e WHERE length(e::text) > 3 AND length(rtrim(e::text, ' ')) <= 3)]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3)[];

-- pair: hazards/time → interval

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE interval USING a::text::interval;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'time without time zone'), reason=column public.t.a: a interval may be no time without time zone]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time without time zone USING a::text::time without time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE interval USING a::text::interval;

-- pair: hazards/time → time(0)

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time(0) without time zone;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time without time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time(0) without time zone;

-- pair: hazards/timestamp → date

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp without time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE date;

-- pair: hazards/timestamp → time

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time without time zone USING a::text::time without time zone;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no time without time zone is a timestamp without time zone: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp without time zone USING a::text::timestamp without time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time without time zone USING a::text::time without time zone;

-- pair: hazards/timestamp → timestamp(0)

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp(0) without time zone;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp without time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp(0) without time zone;

-- pair: hazards/timestamp(0) → timestamp(3)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp(3) without time zone;

-- down
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp(0) without time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp(3) without time zone;

-- pair: hazards/timestamptz → bigint

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no timestamp with time zone is a bigint: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::text::bigint;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'timestamp with time zone'), reason=column public.t.a: a bigint may be no timestamp with time zone]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp with time zone USING a::text::timestamp with time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no timestamp with time zone is a bigint: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::text::bigint;

-- pair: hazards/timestamptz → timestamptz(3)

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp(3) with time zone;

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp with time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE timestamp(3) with time zone;

-- pair: hazards/timetz → time

-- up
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time without time zone;

-- down
--   AssumesTimeZone[what=column public.t.a, zone=UTC]
SET LOCAL TimeZone = 'UTC';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time with time zone;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE time without time zone;

-- pair: hazards/unique

-- up
--   MayFailOnRows[query=SELECT a, b FROM public.t WHERE a IS NOT NULL AND b IS NOT NULL GROUP BY a, b HAVING count(*) > 1, reason=constraint public.t.t_a_b_key: two rows may have the same a, b]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE (a, b);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_b_key;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_a_b_key RENAME TO t_a_b_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_a_b_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_a_b_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a, b)')) = 'USING btree (a, b)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_a_b_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_a_b_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
--   MayFailOnRows[query=SELECT a, b FROM public.t WHERE a IS NOT NULL AND b IS NOT NULL GROUP BY a, b HAVING count(*) > 1, reason=constraint public.t.t_a_b_key: two rows may have the same a, b]
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a_b_key ON public.t (a, b);
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_a_b_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE USING INDEX t_a_b_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/unique over a new column

-- up
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE (a, b);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_b_key;
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer;
-- after a commit
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_a_b_key RENAME TO t_a_b_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_a_b_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_a_b_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a, b)')) = 'USING btree (a, b)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_a_b_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_a_b_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a_b_key ON public.t (a, b);
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_a_b_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE USING INDEX t_a_b_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/unique over a new column with a default

-- up
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer DEFAULT 7;
--   MayFailOnRows[query=SELECT b FROM public.t WHERE b IS NOT NULL GROUP BY b HAVING count(*) > 1, reason=constraint public.t.t_b_key: two rows may have the same b]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_key UNIQUE (b);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_b_key;
--   LosesData[what=column public.t.b, query=]
ALTER TABLE public.t DROP COLUMN b;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD COLUMN b integer DEFAULT 7;
-- after a commit
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_b_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_b_key RENAME TO t_b_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_b_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_b_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_b_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (b)')) = 'USING btree (b)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_b_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_b_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
--   MayFailOnRows[query=SELECT b FROM public.t WHERE b IS NOT NULL GROUP BY b HAVING count(*) > 1, reason=constraint public.t.t_b_key: two rows may have the same b]
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_b_key ON public.t (b);
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_b_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_b_key UNIQUE USING INDEX t_b_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/unique with what is unique already

-- up
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE (a, b);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_b_key;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_a_b_key RENAME TO t_a_b_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_a_b_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_a_b_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a, b)')) = 'USING btree (a, b)')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_a_b_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_a_b_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a_b_key ON public.t (a, b);
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_a_b_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE USING INDEX t_a_b_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/unique, with nulls the same

-- up
--   MayFailOnRows[query=SELECT a FROM public.t GROUP BY a HAVING count(*) > 1, reason=constraint public.t.t_a_key: two rows may have the same a]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_key UNIQUE NULLS NOT DISTINCT (a);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_key;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_a_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_a_key RENAME TO t_a_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_a_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_a_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_a_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a) NULLS NOT DISTINCT')) = 'USING btree (a) NULLS NOT DISTINCT')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_a_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_a_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
--   MayFailOnRows[query=SELECT a FROM public.t GROUP BY a HAVING count(*) > 1, reason=constraint public.t.t_a_key: two rows may have the same a]
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a_key ON public.t (a) NULLS NOT DISTINCT;
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_a_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_a_key UNIQUE USING INDEX t_a_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/unique, with nulls the same, with what is unique among values

-- up
--   MayFailOnRows[query=SELECT a, b FROM public.t GROUP BY a, b HAVING count(*) > 1, reason=constraint public.t.t_a_b_key: two rows may have the same a, b]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE NULLS NOT DISTINCT (a, b);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_b_key;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_a_b_key RENAME TO t_a_b_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_a_b_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_a_b_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_a_b_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a, b) NULLS NOT DISTINCT')) = 'USING btree (a, b) NULLS NOT DISTINCT')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_a_b_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_a_b_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
--   MayFailOnRows[query=SELECT a, b FROM public.t GROUP BY a, b HAVING count(*) > 1, reason=constraint public.t.t_a_b_key: two rows may have the same a, b]
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a_b_key ON public.t (a, b) NULLS NOT DISTINCT;
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_a_b_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE USING INDEX t_a_b_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/unique, with nulls the same, with what is unique with them

-- up
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_c_key UNIQUE NULLS NOT DISTINCT (a, c);
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_b_c_key UNIQUE NULLS NOT DISTINCT (b, c);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_c_key;
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_b_c_key;

-- up under load
SET lock_timeout = '5s';
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_a_c_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_a_c_key RENAME TO t_a_c_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_a_c_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_a_c_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_a_c_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (a, c) NULLS NOT DISTINCT')) = 'USING btree (a, c) NULLS NOT DISTINCT')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_a_c_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_a_c_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a_c_key ON public.t (a, c) NULLS NOT DISTINCT;
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_a_c_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_a_c_key UNIQUE USING INDEX t_a_c_key;
  END IF;
END
$$;
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass('public.t_b_c_key') AND NOT indisvalid) THEN
    ALTER INDEX public.t_b_c_key RENAME TO t_b_c_key_invalid;
  END IF;
END
$$;
SET lock_timeout = '10min';
DROP INDEX CONCURRENTLY IF EXISTS public.t_b_c_key_invalid;
SET lock_timeout = '5s';
DO $$
BEGIN
  -- PostgreSQL says names with their schema when no other one is searched.
  PERFORM pg_catalog.set_config('search_path', '', true);
  IF pg_catalog.to_regclass('public.t_b_c_key') IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index
    WHERE indexrelid = pg_catalog.to_regclass('public.t_b_c_key')
      AND indrelid = 'public.t'::pg_catalog.regclass
      AND indisunique
      AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length('USING btree (b, c) NULLS NOT DISTINCT')) = 'USING btree (b, c) NULLS NOT DISTINCT')
  THEN
    RAISE EXCEPTION USING
      ERRCODE = 'duplicate_table',
      MESSAGE = 'public.t_b_c_key is there already, but not as this script makes it',
      DETAIL = coalesce(pg_catalog.pg_get_indexdef(pg_catalog.to_regclass('public.t_b_c_key')), 'It is not an index.'),
      HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
  END IF;
END
$$;
SET lock_timeout = '10min';
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_b_c_key ON public.t (b, c) NULLS NOT DISTINCT;
SET lock_timeout = '5s';
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'public.t'::pg_catalog.regclass AND conname = 't_b_c_key') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_b_c_key UNIQUE USING INDEX t_b_c_key;
  END IF;
END
$$;
RESET lock_timeout;

-- pair: hazards/uuid → bigint

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no uuid is a bigint: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::text::bigint;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no bigint is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no uuid is a bigint: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE bigint USING a::text::bigint;

-- pair: hazards/uuid → int

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no uuid is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no integer is a uuid: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::text::uuid;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE a IS NOT NULL, reason=column public.t.a: no uuid is a integer: it fails with any value]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE integer USING a::text::integer;

-- pair: hazards/uuid → varchar(35)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 35, reason=column public.t.a: a value may have more than 35 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(35);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'uuid'), reason=column public.t.a: a text may be no uuid]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::uuid;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(a::text) > 35, reason=column public.t.a: a value may have more than 35 characters]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(35);

-- pair: hazards/uuid → varchar(36)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(36);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE NOT pg_input_is_valid(a::text, 'uuid'), reason=column public.t.a: a text may be no uuid]
--   LosesData[what=column public.t.a, query=]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE uuid USING a::uuid;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(36);

-- pair: hazards/varchar(10) → name

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE name;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 10, reason=column public.t.a: a value may have more than 10 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE length(a::text) > 10 AND length(rtrim(a::text, ' ')) <= 10]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(10);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE name;

-- pair: hazards/varchar(3) → char(3)

-- up
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE a::text LIKE '% ']
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(3);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE a::text LIKE '% ']
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character(3);

-- pair: hazards/varchar(3) → text

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE length(a::text) > 3 AND length(rtrim(a::text, ' ')) <= 3]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE text;

-- pair: hazards/varchar(3) → varchar(5)

-- up
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- down
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE length(a::text) > 3 AND length(rtrim(a::text, ' ')) <= 3]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- pair: hazards/varchar(5) → varchar(3)

-- up
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE length(a::text) > 3 AND length(rtrim(a::text, ' ')) <= 3]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- down
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(5);

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT * FROM public.t WHERE length(rtrim(a::text, ' ')) > 3, reason=column public.t.a: a value may have more than 3 characters]
--   LosesData[what=column public.t.a, query=SELECT * FROM public.t WHERE length(a::text) > 3 AND length(rtrim(a::text, ' ')) <= 3]
--   RewritesTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(3);

-- pair: hazards/without overlaps

-- up
--   MayFailOnRows[query=SELECT a.*, b.* FROM (SELECT tableoid AS t, ctid AS r, a AS k1, b AS k2 FROM public.t) a JOIN (SELECT tableoid AS t, ctid AS r, a AS k1, b AS k2 FROM public.t) b ON (a.t, a.r) < (b.t, b.r) AND a.k1 = b.k1 AND a.k2 && b.k2, reason=constraint public.t.t_a_b_key: two rows may overlap]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE (a, b WITHOUT OVERLAPS);

-- down
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
ALTER TABLE public.t DROP CONSTRAINT t_a_b_key;

-- up under load
-- Others queue behind whoever waits for a lock: give up soon and try again later.
SET LOCAL lock_timeout = '5s';
--   MayFailOnRows[query=SELECT a.*, b.* FROM (SELECT tableoid AS t, ctid AS r, a AS k1, b AS k2 FROM public.t) a JOIN (SELECT tableoid AS t, ctid AS r, a AS k1, b AS k2 FROM public.t) b ON (a.t, a.r) < (b.t, b.r) AND a.k1 = b.k1 AND a.k2 && b.k2, reason=constraint public.t.t_a_b_key: two rows may overlap]
--   ScansTable[table=public.t]
--   Blocks[lock=ACCESS EXCLUSIVE, table=public.t]
--   NoOnlineForm[reason=a key with these options cannot be made from an index]
ALTER TABLE public.t ADD CONSTRAINT t_a_b_key UNIQUE (a, b WITHOUT OVERLAPS);

