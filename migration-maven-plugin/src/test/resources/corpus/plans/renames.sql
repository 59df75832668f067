-- pair: renames/schema-with-all-that-is-in-it

-- up
ALTER SCHEMA app RENAME TO shop;

-- down
ALTER SCHEMA shop RENAME TO app;

-- pair: renames/schema-with-partitions-publications-and-operators

-- up
ALTER SCHEMA app RENAME TO shop;

-- down
ALTER SCHEMA shop RENAME TO app;

-- pair: renames/schema-and-what-is-in-it

-- up
ALTER SCHEMA app RENAME TO shop;
ALTER TYPE shop.state RENAME TO status;
ALTER TABLE shop.items RENAME TO products;
ALTER TABLE shop.products RENAME COLUMN s TO status;
ALTER TYPE shop.status RENAME VALUE 'new' TO 'fresh';
ALTER SEQUENCE shop.items_id_seq RENAME TO products_id_seq;
ALTER TABLE shop.products RENAME CONSTRAINT items_pkey TO products_pkey;
ALTER INDEX shop.items_s_idx RENAME TO products_status_idx;

-- down
ALTER TYPE shop.status RENAME VALUE 'fresh' TO 'new';
ALTER TABLE shop.products RENAME COLUMN status TO s;
ALTER TABLE shop.products RENAME TO items;
ALTER TYPE shop.status RENAME TO state;
ALTER SCHEMA shop RENAME TO app;
ALTER SEQUENCE app.products_id_seq RENAME TO items_id_seq;
ALTER TABLE app.items RENAME CONSTRAINT products_pkey TO items_pkey;
ALTER INDEX app.products_status_idx RENAME TO items_s_idx;

-- pair: renames/schema-with-a-name-that-needs-quotes

-- up
ALTER SCHEMA "My App" RENAME TO "select";

-- down
ALTER SCHEMA "select" RENAME TO "My App";

-- pair: renames/table-with-all-that-refers-to-it

-- up
ALTER TABLE public.person RENAME TO people;
ALTER TABLE public.people RENAME CONSTRAINT person_boss_fkey TO people_boss_fkey;
ALTER TABLE public.people RENAME CONSTRAINT person_name_check TO people_name_check;
ALTER TABLE public.people RENAME CONSTRAINT person_name_key TO people_name_key;
ALTER TABLE public.people RENAME CONSTRAINT person_pkey TO people_pkey;
ALTER INDEX public.person_lower_idx RENAME TO people_lower_idx;
ALTER SEQUENCE public.person_id_seq RENAME TO people_id_seq;

-- down
ALTER TABLE public.people RENAME TO person;
ALTER TABLE public.person RENAME CONSTRAINT people_boss_fkey TO person_boss_fkey;
ALTER TABLE public.person RENAME CONSTRAINT people_name_check TO person_name_check;
ALTER TABLE public.person RENAME CONSTRAINT people_name_key TO person_name_key;
ALTER TABLE public.person RENAME CONSTRAINT people_pkey TO person_pkey;
ALTER INDEX public.people_lower_idx RENAME TO person_lower_idx;
ALTER SEQUENCE public.people_id_seq RENAME TO person_id_seq;

-- pair: renames/table-moves-to-another-schema-and-is-renamed

-- up
ALTER TABLE public.person SET SCHEMA old;
ALTER TABLE old.person RENAME TO people;
ALTER SEQUENCE old.person_id_seq RENAME TO people_id_seq;
ALTER TABLE old.people RENAME CONSTRAINT person_name_key TO people_name_key;
ALTER TABLE old.people RENAME CONSTRAINT person_pkey TO people_pkey;
ALTER SEQUENCE old.person_big_seq RENAME TO people_big_seq;

-- down
ALTER TABLE old.people SET SCHEMA public;
ALTER TABLE public.people RENAME TO person;
ALTER SEQUENCE public.people_id_seq RENAME TO person_id_seq;
ALTER TABLE public.person RENAME CONSTRAINT people_name_key TO person_name_key;
ALTER TABLE public.person RENAME CONSTRAINT people_pkey TO person_pkey;
ALTER SEQUENCE public.people_big_seq RENAME TO person_big_seq;

-- pair: renames/table-moves-only

-- up
ALTER TABLE public.t SET SCHEMA old;

-- down
ALTER TABLE old.t SET SCHEMA public;

-- pair: renames/names-that-move-up-one

-- up
ALTER TABLE public.b RENAME TO c;
ALTER TABLE public.a RENAME TO b;
ALTER TABLE public.c RENAME CONSTRAINT b_pkey TO c_pkey;
ALTER TABLE public.b RENAME CONSTRAINT a_pkey TO b_pkey;
ALTER TABLE public.c RENAME CONSTRAINT b_x_fkey TO c_x_fkey;

-- down
ALTER TABLE public.b RENAME TO a;
ALTER TABLE public.c RENAME TO b;
ALTER TABLE public.a RENAME CONSTRAINT b_pkey TO a_pkey;
ALTER TABLE public.b RENAME CONSTRAINT c_pkey TO b_pkey;
ALTER TABLE public.b RENAME CONSTRAINT c_x_fkey TO b_x_fkey;

-- pair: renames/columns-that-move-up-one

-- up
ALTER TABLE public.t RENAME COLUMN b TO c;
ALTER TABLE public.t RENAME COLUMN a TO b;
ALTER INDEX public.t_a_b_idx RENAME TO t_b_c_idx;

-- down
ALTER TABLE public.t RENAME COLUMN b TO a;
ALTER TABLE public.t RENAME COLUMN c TO b;
ALTER INDEX public.t_b_c_idx RENAME TO t_a_b_idx;

-- pair: renames/partitioned-table-and-its-partitions

-- up
ALTER TABLE public.log RENAME TO journal;
ALTER TABLE public.log_25 RENAME TO journal_25;
ALTER TABLE public.log_26 SET SCHEMA old;
ALTER TABLE old.log_26 RENAME TO journal_26;
ALTER TABLE public.journal RENAME COLUMN v TO said;
ALTER TABLE public.journal RENAME COLUMN d TO day;
ALTER TABLE public.journal RENAME CONSTRAINT log_id_d_key TO journal_id_day_key;
ALTER TABLE old.journal_26 RENAME CONSTRAINT log_26_id_d_key TO journal_26_id_day_key;
ALTER TABLE public.journal_25 RENAME CONSTRAINT log_25_id_d_key TO journal_25_id_day_key;
ALTER INDEX public.log_v_d_idx RENAME TO journal_said_day_idx;
ALTER INDEX old.log_26_v_d_idx RENAME TO journal_26_said_day_idx;
ALTER INDEX public.log_25_v_d_idx RENAME TO journal_25_said_day_idx;

-- down
ALTER TABLE public.journal RENAME COLUMN day TO d;
ALTER TABLE public.journal RENAME COLUMN said TO v;
ALTER TABLE old.journal_26 SET SCHEMA public;
ALTER TABLE public.journal_26 RENAME TO log_26;
ALTER TABLE public.journal_25 RENAME TO log_25;
ALTER TABLE public.journal RENAME TO log;
ALTER TABLE public.log RENAME CONSTRAINT journal_id_day_key TO log_id_d_key;
ALTER TABLE public.log_25 RENAME CONSTRAINT journal_25_id_day_key TO log_25_id_d_key;
ALTER TABLE public.log_26 RENAME CONSTRAINT journal_26_id_day_key TO log_26_id_d_key;
ALTER INDEX public.journal_said_day_idx RENAME TO log_v_d_idx;
ALTER INDEX public.journal_25_said_day_idx RENAME TO log_25_v_d_idx;
ALTER INDEX public.journal_26_said_day_idx RENAME TO log_26_v_d_idx;

-- pair: renames/partition-by-expression-of-a-renamed-column

-- up
ALTER TABLE public.log RENAME COLUMN name TO title;

-- down
ALTER TABLE public.log RENAME COLUMN title TO name;

-- pair: renames/parent-and-column-that-children-inherit

-- up
ALTER TABLE public.base RENAME TO root;
ALTER TABLE public.root RENAME COLUMN a TO key;
ALTER INDEX public.child_a_idx RENAME TO child_key_idx;
CREATE OR REPLACE VIEW public.seen AS
SELECT child.key AS a,
    child.c
   FROM public.child;

-- down
ALTER TABLE public.root RENAME COLUMN key TO a;
ALTER TABLE public.root RENAME TO base;
ALTER INDEX public.child_key_idx RENAME TO child_a_idx;
CREATE OR REPLACE VIEW public.seen AS
SELECT child.a,
    child.c
   FROM public.child;

-- pair: renames/column-with-all-that-refers-to-it

-- up
ALTER TABLE public.t RENAME COLUMN n TO amount;
ALTER TABLE public.t RENAME CONSTRAINT t_n_key TO t_amount_key;
CREATE OR REPLACE VIEW public.seen AS
SELECT t.amount AS n,
    t.n2
   FROM public.t
  WHERE (t.amount > 3);

-- down
ALTER TABLE public.t RENAME COLUMN amount TO n;
ALTER TABLE public.t RENAME CONSTRAINT t_amount_key TO t_n_key;
CREATE OR REPLACE VIEW public.seen AS
SELECT t.n,
    t.n2
   FROM public.t
  WHERE (t.n > 3);

-- pair: renames/column-called-as-its-table-and-as-others

-- up
ALTER TABLE public.note RENAME COLUMN note TO text;
ALTER TABLE public.note RENAME CONSTRAINT note_note_check TO note_text_check;
CREATE OR REPLACE VIEW public.v AS
SELECT note.text AS note,
    other.note AS n2
   FROM (public.note
     JOIN public.other ON ((other.note = note.text)));

-- down
ALTER TABLE public.note RENAME COLUMN text TO note;
ALTER TABLE public.note RENAME CONSTRAINT note_text_check TO note_note_check;
CREATE OR REPLACE VIEW public.v AS
SELECT note.note,
    other.note AS n2
   FROM (public.note
     JOIN public.other ON ((other.note = note.note)));

-- pair: renames/serial-and-identity-columns

-- up
ALTER TABLE public.t RENAME COLUMN a TO id;
ALTER TABLE public.t RENAME COLUMN b TO number;
ALTER SEQUENCE public.t_a_seq RENAME TO t_id_seq;
ALTER SEQUENCE public.t_b_seq RENAME TO t_number_seq;

-- down
ALTER TABLE public.t RENAME COLUMN number TO b;
ALTER TABLE public.t RENAME COLUMN id TO a;
ALTER SEQUENCE public.t_id_seq RENAME TO t_a_seq;
ALTER SEQUENCE public.t_number_seq RENAME TO t_b_seq;

-- pair: renames/columns-of-kinds-of-names

-- up
ALTER TABLE public."T" RENAME COLUMN "Old Name" TO "new name";
ALTER TABLE public."T" RENAME COLUMN "select" TO "from";
ALTER TABLE public."T" RENAME CONSTRAINT "T_Old Name_check" TO "T_new name_check";

-- down
ALTER TABLE public."T" RENAME COLUMN "from" TO "select";
ALTER TABLE public."T" RENAME COLUMN "new name" TO "Old Name";
ALTER TABLE public."T" RENAME CONSTRAINT "T_new name_check" TO "T_Old Name_check";

-- pair: renames/table-renamed-and-changed

-- up
ALTER TABLE public.t RENAME TO u;
ALTER TABLE public.u RENAME COLUMN a TO x;
ALTER TABLE public.u RENAME COLUMN b TO y;
ALTER INDEX public.t_a_idx RENAME TO u_x_idx;
--   loses data: column public.u.gone
ALTER TABLE public.u DROP COLUMN gone;
DROP VIEW public.v;
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ADD COLUMN added integer DEFAULT 3;
--   rewrites public.u
--   blocks with ACCESS EXCLUSIVE on public.u
--   fails if this finds rows: SELECT * FROM public.u WHERE id IS NULL
--   scans public.u
--   fails if this finds rows: SELECT * FROM public.u WHERE y IS NULL
ALTER TABLE public.u
  ALTER COLUMN c TYPE character varying(20),
  ALTER COLUMN id TYPE bigint,
  ALTER COLUMN id SET NOT NULL,
  ALTER COLUMN x TYPE bigint,
  ALTER COLUMN y SET NOT NULL;
ALTER TABLE public.u ALTER COLUMN x SET DEFAULT 7;
ALTER TABLE public.u ALTER COLUMN y SET DEFAULT ''::text;
--   fails if this finds rows: SELECT x FROM public.u WHERE x IS NOT NULL GROUP BY x HAVING count(*) > 1
--   scans public.u
--   blocks with ACCESS EXCLUSIVE on public.u
ALTER TABLE public.u ADD CONSTRAINT u_x_key UNIQUE (x);
CREATE VIEW public.v AS
SELECT u.x,
    u.y,
    u.added
   FROM public.u;

-- down
ALTER TABLE public.u RENAME COLUMN y TO b;
ALTER TABLE public.u RENAME COLUMN x TO a;
ALTER TABLE public.u RENAME TO t;
ALTER INDEX public.u_x_idx RENAME TO t_a_idx;
ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;
ALTER TABLE public.t ALTER COLUMN b DROP DEFAULT;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT u_x_key;
DROP VIEW public.v;
--   loses data: column public.t.added
ALTER TABLE public.t DROP COLUMN added;
ALTER TABLE public.t ALTER COLUMN b DROP NOT NULL;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD COLUMN gone integer;
--   fails if this finds rows: SELECT * FROM public.t WHERE a NOT BETWEEN -2147483648 AND 2147483647
--   rewrites public.t
--   blocks with ACCESS EXCLUSIVE on public.t
--   fails if this finds rows: SELECT * FROM public.t WHERE length(rtrim(c::text, ' ')) > 10
--   loses data: column public.t.c of the rows that this finds: SELECT * FROM public.t WHERE length(c::text) > 10 AND length(rtrim(c::text, ' ')) <= 10
--   fails if this finds rows: SELECT * FROM public.t WHERE id NOT BETWEEN -2147483648 AND 2147483647
ALTER TABLE public.t
  ALTER COLUMN a TYPE integer,
  ALTER COLUMN c TYPE character varying(10),
  ALTER COLUMN id TYPE integer;
ALTER TABLE public.t ALTER COLUMN id DROP NOT NULL;
CREATE VIEW public.v AS
SELECT t.a,
    t.b
   FROM public.t;

-- pair: renames/enum-with-all-that-uses-it

-- up
ALTER TYPE public.state RENAME TO status;

-- down
ALTER TYPE public.status RENAME TO state;

-- pair: renames/enum-moves-to-another-schema

-- up
ALTER TYPE public.state SET SCHEMA kinds;

-- down
ALTER TYPE kinds.state SET SCHEMA public;

-- pair: renames/enum-values-with-what-compares-them

-- up
ALTER TYPE public.state RENAME VALUE 'new' TO 'it''s new';
ALTER TYPE public.state RENAME VALUE 'done' TO 'closed';
ALTER TABLE public.t ALTER COLUMN l SET DEFAULT '{"it''s new"}'::public.state[];

-- down
ALTER TYPE public.state RENAME VALUE 'closed' TO 'done';
ALTER TYPE public.state RENAME VALUE 'it''s new' TO 'new';
ALTER TABLE public.t ALTER COLUMN l SET DEFAULT '{new}'::public.state[];

-- pair: renames/domain-with-its-checks

-- up
ALTER DOMAIN public.amount RENAME TO money_amount;
ALTER DOMAIN public.money_amount RENAME CONSTRAINT amount_check TO money_amount_check;

-- down
ALTER DOMAIN public.money_amount RENAME TO amount;
ALTER DOMAIN public.amount RENAME CONSTRAINT money_amount_check TO amount_check;

-- pair: renames/composite-and-attributes

-- up
ALTER TYPE public.point3 RENAME TO place;
ALTER TYPE public.place RENAME ATTRIBUTE x TO east;
ALTER TYPE public.place RENAME ATTRIBUTE y TO north;
ALTER INDEX public.t_y_idx RENAME TO t_north_idx;

-- down
ALTER TYPE public.place RENAME ATTRIBUTE north TO y;
ALTER TYPE public.place RENAME ATTRIBUTE east TO x;
ALTER TYPE public.place RENAME TO point3;
ALTER INDEX public.t_north_idx RENAME TO t_y_idx;

-- pair: renames/range-type

-- up
ALTER TYPE public.hours RENAME TO span;

-- down
ALTER TYPE public.span RENAME TO hours;

-- pair: renames/function-with-all-that-calls-it

-- up
ALTER FUNCTION public.code(text) RENAME TO short_code;
ALTER INDEX public.t_code_idx RENAME TO t_short_code_idx;
CREATE OR REPLACE FUNCTION public.calls(text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN (public.short_code($1) || public.code(1));
CREATE OR REPLACE VIEW public.v AS
SELECT public.short_code(t.c) AS code,
    public.code(t.id) AS by_id
   FROM public.t;

-- down
ALTER FUNCTION public.short_code(text) RENAME TO code;
ALTER INDEX public.t_short_code_idx RENAME TO t_code_idx;

-- pair: renames/trigger-function-moves

-- up
ALTER FUNCTION public.stop() SET SCHEMA hooks;
ALTER FUNCTION hooks.stop() RENAME TO halt;

-- down
ALTER FUNCTION hooks.halt() SET SCHEMA public;
ALTER FUNCTION public.halt() RENAME TO stop;

-- pair: renames/procedure-and-aggregate

-- up
ALTER PROCEDURE public.clean(integer) RENAME TO tidy;
ALTER AGGREGATE public.most(integer) RENAME TO largest;

-- down
ALTER AGGREGATE public.largest(integer) RENAME TO most;
ALTER PROCEDURE public.tidy(integer) RENAME TO clean;

-- pair: renames/function-with-a-renamed-type-among-its-arguments

-- up
ALTER DOMAIN public.code RENAME TO short_code;
ALTER FUNCTION public.f(public.short_code) RENAME TO g;

-- down
ALTER FUNCTION public.g(public.short_code) RENAME TO f;
ALTER DOMAIN public.short_code RENAME TO code;

-- pair: renames/bodies-that-name-the-table-as-text

-- up
ALTER TABLE public.person RENAME TO people;
CREATE OR REPLACE FUNCTION public.counted()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select count(*) from people$function$;
CREATE OR REPLACE FUNCTION public.first_one()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$ begin return (select name from people limit 1); end $function$;

-- down
ALTER TABLE public.people RENAME TO person;
CREATE OR REPLACE FUNCTION public.counted()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select count(*) from person$function$;
CREATE OR REPLACE FUNCTION public.first_one()
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$ begin return (select name from person limit 1); end $function$;

-- pair: renames/sequence-that-defaults-call

-- up
ALTER SEQUENCE public.numbers SET SCHEMA counts;
ALTER SEQUENCE counts.numbers RENAME TO tickets;

-- down
ALTER SEQUENCE counts.tickets SET SCHEMA public;
ALTER SEQUENCE public.tickets RENAME TO numbers;

-- pair: renames/sequence-of-a-column

-- up
ALTER SEQUENCE public.numbers RENAME TO tickets;

-- down
ALTER SEQUENCE public.tickets RENAME TO numbers;

-- pair: renames/views-over-views

-- up
ALTER VIEW public.open_items SET SCHEMA report;
ALTER VIEW report.open_items RENAME TO still_open;
ALTER MATERIALIZED VIEW public.kept SET SCHEMA report;
ALTER MATERIALIZED VIEW report.kept RENAME TO snapshot;

-- down
ALTER MATERIALIZED VIEW report.snapshot SET SCHEMA public;
ALTER MATERIALIZED VIEW public.snapshot RENAME TO kept;
ALTER VIEW report.still_open SET SCHEMA public;
ALTER VIEW public.still_open RENAME TO open_items;

-- pair: renames/column-of-a-view

-- up
ALTER TABLE public.items RENAME COLUMN open TO is_open;
DROP VIEW public.w;
DROP VIEW public.v;
CREATE VIEW public.v AS
SELECT items.id,
    items.is_open
   FROM public.items;
CREATE VIEW public.w AS
SELECT v.is_open
   FROM public.v
  WHERE v.is_open;

-- down
ALTER TABLE public.items RENAME COLUMN is_open TO open;
DROP VIEW public.w;
DROP VIEW public.v;
CREATE VIEW public.v AS
SELECT items.id,
    items.open
   FROM public.items;
CREATE VIEW public.w AS
SELECT v.open
   FROM public.v
  WHERE v.open;

-- pair: renames/parts-by-name

-- up
ALTER TABLE public.t RENAME CONSTRAINT t_check TO positive;
ALTER TABLE public.t RENAME CONSTRAINT t_pkey TO key_of_t;
ALTER TABLE public.r RENAME CONSTRAINT r_a_fkey TO of_t;
ALTER INDEX public.t_b_idx RENAME TO found_by_b;
ALTER TRIGGER old_trigger ON public.t RENAME TO new_trigger;
ALTER POLICY old_policy ON public.t RENAME TO new_policy;
ALTER STATISTICS public.old_stats RENAME TO new_stats;

-- down
ALTER STATISTICS public.new_stats RENAME TO old_stats;
ALTER POLICY new_policy ON public.t RENAME TO old_policy;
ALTER TRIGGER new_trigger ON public.t RENAME TO old_trigger;
ALTER INDEX public.found_by_b RENAME TO t_b_idx;
ALTER TABLE public.r RENAME CONSTRAINT of_t TO r_a_fkey;
ALTER TABLE public.t RENAME CONSTRAINT key_of_t TO t_pkey;
ALTER TABLE public.t RENAME CONSTRAINT positive TO t_check;

-- pair: renames/parts-by-name-that-change-too

-- up
ALTER TABLE public.t RENAME CONSTRAINT small TO large;
ALTER POLICY old_policy ON public.t RENAME TO new_policy;
ALTER INDEX public.by_a RENAME TO by_b;
ALTER TRIGGER old_trigger ON public.t RENAME TO new_trigger;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT large;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.by_b;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 100)
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT large CHECK (a < 100);
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX by_b ON public.t (b);
CREATE OR REPLACE TRIGGER new_trigger BEFORE INSERT OR UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.stop();
--   changes access: policy public.t.new_policy: USING is now (a > 2), and was (a > 1)
ALTER POLICY new_policy ON public.t USING (a > 2);

-- down
ALTER TRIGGER new_trigger ON public.t RENAME TO old_trigger;
ALTER INDEX public.by_b RENAME TO by_a;
ALTER POLICY new_policy ON public.t RENAME TO old_policy;
ALTER TABLE public.t RENAME CONSTRAINT large TO small;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT small;
--   blocks with ACCESS EXCLUSIVE on public.t
DROP INDEX public.by_a;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 10)
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT small CHECK (a < 10);
--   scans public.t
--   blocks with SHARE on public.t
CREATE INDEX by_a ON public.t (a);
CREATE OR REPLACE TRIGGER old_trigger BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.stop();
--   changes access: policy public.t.old_policy: USING is now (a > 1), and was (a > 2)
ALTER POLICY old_policy ON public.t USING (a > 1);

-- pair: renames/partitioned-index-and-constraint-by-name

-- up
ALTER INDEX public.log_v_idx RENAME TO said;
ALTER TABLE public.log RENAME CONSTRAINT log_pkey TO key_of_log;

-- down
ALTER TABLE public.log RENAME CONSTRAINT key_of_log TO log_pkey;
ALTER INDEX public.said RENAME TO log_v_idx;

-- pair: renames/collation-and-text-search

-- up
ALTER COLLATION public.plain RENAME TO bytes;
ALTER TEXT SEARCH CONFIGURATION public.words RENAME TO terms;
ALTER TEXT SEARCH DICTIONARY public.simple_one RENAME TO simple_two;

-- down
ALTER TEXT SEARCH DICTIONARY public.simple_two RENAME TO simple_one;
ALTER TEXT SEARCH CONFIGURATION public.terms RENAME TO words;
ALTER COLLATION public.bytes RENAME TO plain;

-- pair: renames/foreign-table-and-its-column

-- up
ALTER FOREIGN TABLE public.far RENAME TO away;
ALTER TABLE public.away RENAME COLUMN a TO x;
CREATE OR REPLACE VIEW public.v AS
SELECT away.x AS a,
    away.b
   FROM public.away;

-- down
ALTER TABLE public.away RENAME COLUMN x TO a;
ALTER FOREIGN TABLE public.away RENAME TO far;
CREATE OR REPLACE VIEW public.v AS
SELECT far.a,
    far.b
   FROM public.far;

-- pair: renames/several-of-all-kinds-at-once

-- up
ALTER TYPE public.mood SET SCHEMA kinds;
ALTER TYPE kinds.mood RENAME TO feeling;
ALTER DOMAIN public.word SET SCHEMA kinds;
ALTER DOMAIN kinds.word RENAME TO term;
ALTER TABLE public.person RENAME TO people;
ALTER TABLE public.entry RENAME TO note;
ALTER VIEW public.open_entries RENAME TO open_notes;
ALTER FUNCTION public.glad(kinds.feeling) RENAME TO happy;
ALTER SEQUENCE public.entry_numbers RENAME TO note_numbers;
ALTER TABLE public.people RENAME COLUMN nick TO name;
ALTER TABLE public.note RENAME COLUMN person TO author;
ALTER TABLE public.note RENAME COLUMN m TO feeling;
ALTER DOMAIN kinds.term RENAME CONSTRAINT word_check TO term_check;
ALTER SEQUENCE public.person_id_seq RENAME TO people_id_seq;
ALTER TABLE public.note RENAME CONSTRAINT entry_person_fkey TO note_author_fkey;
ALTER TABLE public.note RENAME CONSTRAINT entry_pkey TO note_pkey;
ALTER TABLE public.people RENAME CONSTRAINT person_pkey TO people_pkey;
ALTER INDEX public.entry_person_m_idx RENAME TO note_author_feeling_idx;
CREATE OR REPLACE VIEW public.open_notes AS
SELECT e.id,
    p.name AS nick
   FROM (public.note e
     JOIN public.people p ON ((p.id = e.author)))
  WHERE (NOT public.happy(e.feeling));

-- down
ALTER TABLE public.note RENAME COLUMN feeling TO m;
ALTER TABLE public.note RENAME COLUMN author TO person;
ALTER TABLE public.people RENAME COLUMN name TO nick;
ALTER SEQUENCE public.note_numbers RENAME TO entry_numbers;
ALTER FUNCTION public.happy(kinds.feeling) RENAME TO glad;
ALTER VIEW public.open_notes RENAME TO open_entries;
ALTER TABLE public.note RENAME TO entry;
ALTER TABLE public.people RENAME TO person;
ALTER DOMAIN kinds.term SET SCHEMA public;
ALTER DOMAIN public.term RENAME TO word;
ALTER TYPE kinds.feeling SET SCHEMA public;
ALTER TYPE public.feeling RENAME TO mood;
ALTER DOMAIN public.word RENAME CONSTRAINT term_check TO word_check;
ALTER SEQUENCE public.people_id_seq RENAME TO person_id_seq;
ALTER TABLE public.entry RENAME CONSTRAINT note_author_fkey TO entry_person_fkey;
ALTER TABLE public.entry RENAME CONSTRAINT note_pkey TO entry_pkey;
ALTER TABLE public.person RENAME CONSTRAINT people_pkey TO person_pkey;
ALTER INDEX public.note_author_feeling_idx RENAME TO entry_person_m_idx;
CREATE OR REPLACE VIEW public.open_entries AS
SELECT e.id,
    p.nick
   FROM (public.entry e
     JOIN public.person p ON ((p.id = e.person)))
  WHERE (NOT public.glad(e.m));

-- pair: renames/typed-table-and-its-type

-- up
ALTER TYPE public.row_of_t RENAME TO shape;
ALTER TYPE public.shape RENAME ATTRIBUTE a TO x CASCADE;
ALTER INDEX public.t_a_idx RENAME TO t_x_idx;

-- down
ALTER TYPE public.shape RENAME ATTRIBUTE x TO a CASCADE;
ALTER TYPE public.shape RENAME TO row_of_t;
ALTER INDEX public.t_x_idx RENAME TO t_a_idx;

-- pair: renames/constraints-of-a-typed-table-change

-- up
ALTER INDEX public.t_pkey RENAME TO key_of_t;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT small;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 10)
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT few CHECK (a < 10);

-- down
ALTER INDEX public.key_of_t RENAME TO t_pkey;
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t DROP CONSTRAINT few;
--   fails if this finds rows: SELECT * FROM public.t WHERE NOT (a < 10)
--   scans public.t
--   blocks with ACCESS EXCLUSIVE on public.t
ALTER TABLE public.t ADD CONSTRAINT small CHECK (a < 10);

-- pair: renames/foreign-keys-with-columns-of-one-name

-- up
ALTER TABLE public.parent RENAME COLUMN id TO nr;
ALTER TABLE public.tree RENAME COLUMN id TO nr;

-- down
ALTER TABLE public.tree RENAME COLUMN nr TO id;
ALTER TABLE public.parent RENAME COLUMN nr TO id;

-- pair: renames/column-called-as-a-type-or-a-function

-- up
ALTER TABLE public.t RENAME COLUMN text TO lower;
ALTER TABLE public.t RENAME COLUMN zone TO text;

-- down
ALTER TABLE public.t RENAME COLUMN text TO zone;
ALTER TABLE public.t RENAME COLUMN lower TO text;

-- pair: renames/constraint-and-its-column-of-one-name

-- up
ALTER TABLE public.t RENAME COLUMN key TO unique_key;

-- down
ALTER TABLE public.t RENAME COLUMN unique_key TO key;

-- pair: renames/operators-and-casts-of-a-renamed-type

-- up
ALTER TYPE public.box2 RENAME TO chest;
ALTER FUNCTION public.bigger(public.chest, public.chest) RENAME TO larger;

-- down
ALTER FUNCTION public.larger(public.chest, public.chest) RENAME TO bigger;
ALTER TYPE public.chest RENAME TO box2;

-- pair: renames/function-moves-away-from-a-type-of-its-name

-- up
ALTER FUNCTION old.code(old.code) SET SCHEMA kinds;
ALTER FUNCTION kinds.code(old.code) RENAME TO size;
DROP FUNCTION kinds.size(old.code);
CREATE FUNCTION kinds.size(old.code)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
RETURN length(($1)::text);

-- down
ALTER FUNCTION kinds.size(old.code) SET SCHEMA old;
ALTER FUNCTION old.size(old.code) RENAME TO code;

