-- pair: inheritance/leaves-its-parent

-- up
ALTER TABLE public.kid NO INHERIT public.base;

-- down
ALTER TABLE public.kid INHERIT public.base;

-- pair: inheritance/joins-a-parent

-- up
ALTER TABLE public.kid INHERIT public.base;

-- down
ALTER TABLE public.kid NO INHERIT public.base;

-- pair: inheritance/leaves-and-keeps-the-default

-- up
ALTER TABLE public.kid NO INHERIT public.base;

-- down
ALTER TABLE public.kid ALTER COLUMN at SET DEFAULT '2026-01-01'::date;
ALTER TABLE public.kid INHERIT public.base;

-- pair: inheritance/leaves-and-loses-the-default

-- up
ALTER TABLE public.kid NO INHERIT public.base;
ALTER TABLE public.kid ALTER COLUMN at DROP DEFAULT;
ALTER TABLE public.kid ALTER COLUMN id DROP DEFAULT;

-- down
ALTER TABLE public.kid ALTER COLUMN at SET DEFAULT '2026-01-01'::date;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 3;
ALTER TABLE public.kid INHERIT public.base;

-- pair: inheritance/leaves-and-changes-a-column

-- up
ALTER TABLE public.kid NO INHERIT public.base;
--   loses data: column public.kid.name
ALTER TABLE public.kid DROP COLUMN name;
--   rewrites public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ALTER COLUMN id TYPE bigint;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD COLUMN label text;

-- down
--   loses data: column public.kid.label
ALTER TABLE public.kid DROP COLUMN label;
--   fails if this finds rows: SELECT * FROM public.kid WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ALTER COLUMN id TYPE integer;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD COLUMN name text;
ALTER TABLE public.kid INHERIT public.base;

-- pair: inheritance/own-primary-key

-- up
CREATE TABLE public.kid (
    CONSTRAINT kid_pkey PRIMARY KEY (id)
)
INHERITS (public.base);

-- down
--   loses data: all rows of table public.kid
DROP TABLE public.kid;

-- pair: inheritance/own-unique-and-foreign-key-on-inherited-columns

-- up
CREATE TABLE public.kid (
    extra text,
    CONSTRAINT kid_u UNIQUE (id),
    CONSTRAINT kid_k FOREIGN KEY (kind) REFERENCES public.kind(id)
)
INHERITS (public.base);

-- down
--   loses data: all rows of table public.kid
DROP TABLE public.kid;

-- pair: inheritance/own-check-on-an-inherited-column

-- up
CREATE TABLE public.kid (
    CONSTRAINT pos CHECK (n > 0)
)
INHERITS (public.base);

-- down
--   loses data: all rows of table public.kid
DROP TABLE public.kid;

-- pair: inheritance/own-exclusion-on-an-inherited-column

-- up
CREATE TABLE public.kid (
    CONSTRAINT no_two EXCLUDE USING gist (during WITH &&)
)
INHERITS (public.base);

-- down
--   loses data: all rows of table public.kid
DROP TABLE public.kid;

-- pair: inheritance/own-not-null-on-an-inherited-column

-- up
--   fails if this finds rows: SELECT * FROM public.kid WHERE n IS NULL
--   scans public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ALTER COLUMN n SET NOT NULL;

-- down
ALTER TABLE public.kid ALTER COLUMN n DROP NOT NULL;

-- pair: inheritance/own-key-when-the-parent-changes-type

-- up
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN id TYPE bigint;

-- down
--   fails if this finds rows: SELECT * FROM public.base WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN id TYPE integer;

-- pair: inheritance/column-added-to-both

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD COLUMN n integer DEFAULT 4;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD COLUMN n integer DEFAULT 4;

-- down
--   loses data: column public.base.n
ALTER TABLE public.base DROP COLUMN n;
--   loses data: column public.kid.n
ALTER TABLE public.kid DROP COLUMN n;

-- pair: inheritance/column-of-the-child-comes-to-the-parent

-- up
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD COLUMN n integer;

-- down
--   loses data: column public.base.n
ALTER TABLE ONLY public.base DROP COLUMN n;

-- pair: inheritance/column-of-the-parent-stays-in-the-child

-- up
--   loses data: column public.base.n
ALTER TABLE ONLY public.base DROP COLUMN n;

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD COLUMN n integer;

-- pair: inheritance/default-of-the-parent-changes

-- up
ALTER TABLE public.base ALTER COLUMN id SET DEFAULT 2;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 5;

-- down
ALTER TABLE public.base ALTER COLUMN id SET DEFAULT 1;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 5;

-- pair: inheritance/parent-goes-and-the-child-keeps-all

-- up
ALTER TABLE public.kid NO INHERIT public.base;
--   loses data: all rows of table public.base
DROP TABLE public.base;

-- down
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 3;
CREATE TABLE public.base (
    id integer DEFAULT 3,
    name text
);
ALTER TABLE public.kid INHERIT public.base;

-- pair: inheritance/parent-with-serial-goes

-- up
ALTER TABLE public.kid NO INHERIT public.base;
ALTER TABLE public.kid ALTER COLUMN id DROP DEFAULT;
--   loses data: all rows of table public.base
DROP TABLE public.base;

-- down
CREATE TABLE public.base (
    id serial,
    name text
);
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT nextval('public.base_id_seq'::regclass);
ALTER TABLE public.kid INHERIT public.base;

-- pair: inheritance/parent-with-check-goes

-- up
ALTER TABLE public.kid NO INHERIT public.base;
--   loses data: all rows of table public.base
DROP TABLE public.base;

-- down
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT pos;
CREATE TABLE public.base (
    id integer
);
ALTER TABLE public.kid INHERIT public.base;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- pair: inheritance/parent-moves-to-another-schema

-- up
ALTER TABLE public.base SET SCHEMA old;

-- down
ALTER TABLE old.base SET SCHEMA public;

-- pair: inheritance/two-parents

-- up
CREATE TABLE public.kid (
    k integer
)
INHERITS (public.left_side, public.right_side);

-- down
--   loses data: all rows of table public.kid
DROP TABLE public.kid;

-- pair: inheritance/one-of-two-parents-goes

-- up
ALTER TABLE public.kid NO INHERIT public.right_side;
--   loses data: all rows of table public.right_side
DROP TABLE public.right_side;

-- down
CREATE TABLE public.right_side (
    id integer,
    r integer
);
ALTER TABLE public.kid INHERIT public.right_side;

-- pair: inheritance/grandchild-gets-a-column

-- up
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD COLUMN n integer DEFAULT 0 NOT NULL;

-- down
--   loses data: column public.base.n
ALTER TABLE public.base DROP COLUMN n;

-- pair: inheritance/check-without-children

-- up
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT own CHECK (id > 0) NO INHERIT;

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT own;

-- pair: inheritance/check-for-children-becomes-own

-- up
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NO INHERIT;

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- pair: inheritance/check-of-child-changes

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT low;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (n > 10)
--   scans public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD CONSTRAINT low CHECK (n > 10);

-- down
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT low;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (n > 0)
--   scans public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD CONSTRAINT low CHECK (n > 0);

-- pair: inheritance/child-changes-its-parent

-- up
ALTER TABLE public.kid NO INHERIT public.one;
ALTER TABLE public.kid INHERIT public.two;

-- down
ALTER TABLE public.kid NO INHERIT public.two;
ALTER TABLE public.kid INHERIT public.one;

-- pair: inheritance/generated-column-of-the-parent

-- up
CREATE TABLE public.kid (
    c integer
)
INHERITS (public.base);

-- down
--   loses data: all rows of table public.kid
DROP TABLE public.kid;

-- pair: inheritance/index-and-trigger-of-child

-- up
--   scans public.kid
--   blocks with SHARE on public.kid
CREATE INDEX kid_n ON public.kid (n);
CREATE TRIGGER t BEFORE INSERT ON public.kid FOR EACH ROW EXECUTE FUNCTION public.touch();

-- down
--   blocks with ACCESS EXCLUSIVE on public.kid
DROP INDEX public.kid_n;
DROP TRIGGER t ON public.kid;

-- pair: inheritance/check-of-parent-that-the-child-has-already

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT pos;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (id > 0)
--   scans public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD CONSTRAINT pos CHECK (id > 0);

-- pair: inheritance/parent-with-two-checks-and-not-null-goes

-- up
ALTER TABLE public.kid NO INHERIT public.base;
--   loses data: all rows of table public.base
DROP TABLE public.base;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT named;

-- down
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT pos;
CREATE TABLE public.base (
    id integer NOT NULL,
    name text
);
ALTER TABLE public.kid INHERIT public.base;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT named CHECK (name <> ''::text);
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- pair: inheritance/middle-of-three-goes

-- up
ALTER TABLE public.leaf NO INHERIT public.mid;
--   blocks with ACCESS EXCLUSIVE on public.leaf
ALTER TABLE public.leaf DROP CONSTRAINT pos;
--   loses data: all rows of table public.mid
DROP TABLE public.mid;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
ALTER TABLE public.leaf INHERIT public.base;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- down
ALTER TABLE public.leaf NO INHERIT public.base;
--   blocks with ACCESS EXCLUSIVE on public.leaf
ALTER TABLE public.leaf DROP CONSTRAINT pos;
CREATE TABLE public.mid (
    m integer
)
INHERITS (public.base);
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
ALTER TABLE public.leaf INHERIT public.mid;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- pair: inheritance/columns-of-both-with-defaults-and-rows

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD COLUMN at date;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD COLUMN at date DEFAULT '2026-01-01';
--   blocks with ACCESS EXCLUSIVE on public.other
ALTER TABLE public.other ADD COLUMN n integer DEFAULT 3 NOT NULL;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD COLUMN n integer DEFAULT 3 NOT NULL;
ALTER TABLE public.kid ALTER COLUMN at SET DEFAULT '2027-01-01'::date;

-- down
--   loses data: column public.base.at
ALTER TABLE public.base DROP COLUMN at;
--   loses data: column public.kid.at
ALTER TABLE public.kid DROP COLUMN at;
--   loses data: column public.base.n
ALTER TABLE public.base DROP COLUMN n;
--   loses data: column public.other.n
ALTER TABLE public.other DROP COLUMN n;

-- pair: inheritance/no-inherit-and-back-with-a-local-check

-- up
ALTER TABLE public.kid NO INHERIT public.base;
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT small;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0) NO INHERIT;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (id < 100)
--   scans public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD CONSTRAINT small CHECK (id < 100) NO INHERIT;

-- down
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT pos;
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid DROP CONSTRAINT small;
--   fails if this finds rows: SELECT * FROM public.kid WHERE NOT (id < 100)
--   scans public.kid
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD CONSTRAINT small CHECK (id < 100);
ALTER TABLE public.kid INHERIT public.base;
--   fails if this finds rows: SELECT * FROM public.base WHERE NOT (id > 0)
--   scans public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ADD CONSTRAINT pos CHECK (id > 0);

-- pair: inheritance/leaves-two-parents-of-which-one-has-the-column

-- up
ALTER TABLE public.kid NO INHERIT public.left_side;
ALTER TABLE public.kid NO INHERIT public.right_side;

-- down
ALTER TABLE public.kid ALTER COLUMN l SET DEFAULT 4;
ALTER TABLE public.kid INHERIT public.left_side;
ALTER TABLE public.kid INHERIT public.right_side;

-- pair: inheritance/two-parents-go-and-the-child-stays

-- up
ALTER TABLE public.kid NO INHERIT public.left_side;
ALTER TABLE public.kid NO INHERIT public.right_side;
--   loses data: all rows of table public.left_side
DROP TABLE public.left_side;
--   loses data: all rows of table public.right_side
DROP TABLE public.right_side;

-- down
CREATE TABLE public.left_side (
    id integer,
    l integer
);
CREATE TABLE public.right_side (
    id integer,
    r integer
);
ALTER TABLE public.kid INHERIT public.left_side;
ALTER TABLE public.kid INHERIT public.right_side;

-- pair: inheritance/three-parents-of-which-two-go

-- up
ALTER TABLE public.kid NO INHERIT public.b;
ALTER TABLE public.kid NO INHERIT public.c;
--   loses data: all rows of table public.b
DROP TABLE public.b;
--   loses data: all rows of table public.c
DROP TABLE public.c;

-- down
ALTER TABLE public.kid ALTER COLUMN z SET DEFAULT 7;
CREATE TABLE public.b (
    id integer,
    y integer NOT NULL
);
CREATE TABLE public.c (
    id integer,
    z integer DEFAULT 7
);
ALTER TABLE public.kid INHERIT public.b;
ALTER TABLE public.kid INHERIT public.c;

-- pair: inheritance/a-third-parent

-- up
--   blocks with ACCESS EXCLUSIVE on public.kid
ALTER TABLE public.kid ADD COLUMN z integer DEFAULT 7;
ALTER TABLE public.kid INHERIT public.c;

-- down
ALTER TABLE public.kid NO INHERIT public.c;
--   loses data: column public.kid.z
ALTER TABLE public.kid DROP COLUMN z;

-- pair: inheritance/column-of-two-parents-of-which-one-loses-it

-- up
--   loses data: column public.b.id
ALTER TABLE ONLY public.b DROP COLUMN id;

-- down
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ADD COLUMN id integer;

-- pair: inheritance/not-null-of-the-second-parent

-- up
--   fails if this finds rows: SELECT * FROM public.b WHERE id IS NULL
--   scans public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id SET NOT NULL;

-- down
ALTER TABLE public.b ALTER COLUMN id DROP NOT NULL;

-- pair: inheritance/default-of-the-second-parent

-- up
ALTER TABLE public.b ALTER COLUMN id SET DEFAULT 9;

-- down
ALTER TABLE public.b ALTER COLUMN id DROP DEFAULT;

-- pair: inheritance/diamond

-- up
CREATE TABLE public.a (
    x integer
)
INHERITS (public.top);
CREATE TABLE public.b (
    y integer
)
INHERITS (public.top);
CREATE TABLE public.kid (
    k integer
)
INHERITS (public.a, public.b);

-- down
--   loses data: all rows of table public.kid
DROP TABLE public.kid;
--   loses data: all rows of table public.a
DROP TABLE public.a;
--   loses data: all rows of table public.b
DROP TABLE public.b;

-- pair: inheritance/diamond-leaves-one-side

-- up
ALTER TABLE public.kid NO INHERIT public.b;

-- down
ALTER TABLE public.kid INHERIT public.b;

-- pair: inheritance/diamond-gets-and-loses-columns

-- up
--   loses data: column public.top.t
ALTER TABLE public.top DROP COLUMN t;
--   blocks with ACCESS EXCLUSIVE on public.top
ALTER TABLE public.top ADD COLUMN n integer DEFAULT 0 NOT NULL;

-- down
--   loses data: column public.top.n
ALTER TABLE public.top DROP COLUMN n;
--   blocks with ACCESS EXCLUSIVE on public.top
ALTER TABLE public.top ADD COLUMN t text;

-- pair: inheritance/diamond-whose-top-goes

-- up
ALTER TABLE public.a NO INHERIT public.top;
ALTER TABLE public.b NO INHERIT public.top;
--   loses data: all rows of table public.top
DROP TABLE public.top;

-- down
CREATE TABLE public.top (
    id integer,
    t text
);
ALTER TABLE public.a INHERIT public.top;
ALTER TABLE public.b INHERIT public.top;

-- pair: inheritance/own-keys-at-two-depths-when-the-parent-changes-type

-- up
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN id TYPE bigint;
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN g TYPE bigint;

-- down
--   fails if this finds rows: SELECT * FROM public.base WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.base
--   blocks with ACCESS EXCLUSIVE on public.base
ALTER TABLE public.base ALTER COLUMN id TYPE integer;
--   fails if this finds rows: SELECT * FROM public.ref WHERE g NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.ref
--   blocks with ACCESS EXCLUSIVE on public.ref
ALTER TABLE public.ref ALTER COLUMN g TYPE integer;

-- pair: inheritance/column-of-two-parents-changes-its-type

-- up
ALTER TABLE public.kid NO INHERIT public.b;
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE bigint;
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE bigint;
ALTER TABLE public.kid INHERIT public.b;

-- down
ALTER TABLE public.kid NO INHERIT public.b;
--   fails if this finds rows: SELECT * FROM public.a WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE integer;
--   fails if this finds rows: SELECT * FROM public.b WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE integer;
ALTER TABLE public.kid INHERIT public.b;

-- pair: inheritance/column-of-three-parents-changes-its-type

-- up
ALTER TABLE public.kid NO INHERIT public.a;
ALTER TABLE public.kid NO INHERIT public.b;
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE text;
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE text;
ALTER TABLE public.b ALTER COLUMN id SET DEFAULT '4'::text;
--   rewrites public.z
--   blocks with ACCESS EXCLUSIVE on public.z
ALTER TABLE public.z ALTER COLUMN id TYPE text;
ALTER TABLE public.kid INHERIT public.b;
ALTER TABLE public.kid INHERIT public.a;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT '5'::text;

-- down
ALTER TABLE public.kid NO INHERIT public.a;
ALTER TABLE public.kid NO INHERIT public.b;
ALTER TABLE public.b ALTER COLUMN id DROP DEFAULT;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 4;
--   fails if this finds rows: SELECT * FROM public.a WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.a.id
--   rewrites public.a
--   blocks with ACCESS EXCLUSIVE on public.a
ALTER TABLE public.a ALTER COLUMN id TYPE integer USING id::integer;
--   fails if this finds rows: SELECT * FROM public.b WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.b.id
--   rewrites public.b
--   blocks with ACCESS EXCLUSIVE on public.b
ALTER TABLE public.b ALTER COLUMN id TYPE integer USING id::integer;
ALTER TABLE public.b ALTER COLUMN id SET DEFAULT 4;
--   fails if this finds rows: SELECT * FROM public.z WHERE id IS NOT NULL AND NOT CASE WHEN id::text ~ '^\s*[+-]?[0-9]{1,30}\s*$' THEN id::text::numeric BETWEEN -2147483648 AND 2147483647 ELSE false END
--   loses data: column public.z.id
--   rewrites public.z
--   blocks with ACCESS EXCLUSIVE on public.z
ALTER TABLE public.z ALTER COLUMN id TYPE integer USING id::integer;
ALTER TABLE public.kid INHERIT public.b;
ALTER TABLE public.kid INHERIT public.a;
ALTER TABLE public.kid ALTER COLUMN id SET DEFAULT 5;

-- pair: inheritance/diamond-changes-a-type

-- up
ALTER TABLE public.kid NO INHERIT public.b;
--   rewrites public.top
--   blocks with ACCESS EXCLUSIVE on public.top
ALTER TABLE public.top ALTER COLUMN id TYPE bigint;
ALTER TABLE public.kid INHERIT public.b;

-- down
ALTER TABLE public.kid NO INHERIT public.b;
--   fails if this finds rows: SELECT * FROM public.top WHERE id NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.top
--   blocks with ACCESS EXCLUSIVE on public.top
ALTER TABLE public.top ALTER COLUMN id TYPE integer;
ALTER TABLE public.kid INHERIT public.b;

-- pair: inheritance/first-of-two-parents-goes

-- up
ALTER TABLE public.kid NO INHERIT public.a;
--   loses data: all rows of table public.a
DROP TABLE public.a;

-- down
ALTER TABLE public.kid NO INHERIT public.b;
CREATE TABLE public.a (
    id integer,
    x integer
);
ALTER TABLE public.kid INHERIT public.a;
ALTER TABLE public.kid INHERIT public.b;

-- pair: inheritance/parents-change-their-order

-- up
ALTER TABLE public.kid NO INHERIT public.a;
ALTER TABLE public.kid NO INHERIT public.b;
ALTER TABLE public.kid INHERIT public.b;
ALTER TABLE public.kid INHERIT public.a;

-- down
ALTER TABLE public.kid NO INHERIT public.a;
ALTER TABLE public.kid NO INHERIT public.b;
ALTER TABLE public.kid INHERIT public.a;
ALTER TABLE public.kid INHERIT public.b;

