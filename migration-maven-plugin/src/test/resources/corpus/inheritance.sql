-- Tables that inherit: constraints of their own, columns of both, leaving and coming back.

-- pair: leaves-its-parent
-- both
create table base (id int, name text);
-- from
create table kid (size int) inherits (base);
-- to
create table kid (id int, name text, size int);
-- rows
insert into kid values (1, 'n', 2);

-- pair: joins-a-parent
-- both
create table base (id int);
create table kid (id int, size int);
-- to
alter table kid inherit base;
-- rows
insert into kid values (1, 2);

-- pair: leaves-and-keeps-the-default
-- both
create table base (id int, at date default '2026-01-01');
-- from
create table kid () inherits (base);
-- to
create table kid (id int, at date default '2026-01-01');

-- pair: leaves-and-loses-the-default
-- both
create table base (id int default 3, at date default '2026-01-01');
-- from
create table kid () inherits (base);
-- to
create table kid (id int, at date);

-- pair: leaves-and-changes-a-column
-- both
create table base (id int, name text);
-- from
create table kid () inherits (base);
-- to
create table kid (id bigint, label text);
-- rows
insert into kid values (1, 'n');

-- pair: own-primary-key
-- both
create table base (id int primary key);
-- to
create table kid (primary key (id)) inherits (base);

-- pair: own-unique-and-foreign-key-on-inherited-columns
-- both
create table kind (id int primary key);
create table base (id int, kind int);
-- to
create table kid (extra text, constraint kid_u unique (id), constraint kid_k foreign key (kind) references kind) inherits (base);

-- pair: own-check-on-an-inherited-column
-- both
create table base (id int, n int);
-- to
create table kid (constraint pos check (n > 0)) inherits (base);

-- pair: own-exclusion-on-an-inherited-column
-- both
create table base (id int, during tsrange);
-- to
create table kid (constraint no_two exclude using gist (during with &&)) inherits (base);

-- pair: own-not-null-on-an-inherited-column
-- both
create table base (id int, n int);
create table kid () inherits (base);
-- to
alter table kid alter n set not null;

-- pair: own-key-when-the-parent-changes-type
-- from
create table base (id int primary key);
create table kid (primary key (id)) inherits (base);
-- to
create table base (id bigint primary key);
create table kid (primary key (id)) inherits (base);
-- rows
insert into base values (1);
insert into kid values (2);

-- pair: column-added-to-both
-- from
create table base (id int);
create table kid () inherits (base);
-- to
create table base (id int, n int default 4);
create table kid (n int) inherits (base);
-- rows
insert into kid values (1);

-- pair: column-of-the-child-comes-to-the-parent
-- from
create table base (id int);
create table kid (n int) inherits (base);
-- to
create table base (id int, n int);
create table kid () inherits (base);
-- rows
insert into kid values (1, 2);

-- pair: column-of-the-parent-stays-in-the-child
-- from
create table base (id int, n int);
create table kid () inherits (base);
-- to
create table base (id int);
create table kid (n int) inherits (base);
-- rows
insert into kid values (1, 2);

-- pair: default-of-the-parent-changes
-- from
create table base (id int default 1);
create table kid (id int default 5) inherits (base);
create table other () inherits (base);
-- to
create table base (id int default 2);
create table kid (id int default 5) inherits (base);
create table other () inherits (base);

-- pair: parent-goes-and-the-child-keeps-all
-- from
create table base (id int default 3, name text);
create table kid (n int) inherits (base);
-- to
create table kid (id int default 3, name text, n int);
-- rows
insert into kid values (1, 'x', 2);

-- pair: parent-with-serial-goes
-- from
create table base (id serial, name text);
create table kid (n int) inherits (base);
-- to
create table kid (id int not null, name text, n int);
-- rows
insert into kid values (1, 'x', 2);

-- pair: parent-with-check-goes
-- from
create table base (id int constraint pos check (id > 0));
create table kid (n int) inherits (base);
-- to
create table kid (id int, n int, constraint pos check (id > 0));
-- rows
insert into kid values (1, 2);

-- pair: parent-moves-to-another-schema
-- rename: TABLE public.base -> old.base
-- both
create schema old;
-- from
create table base (id int default 3);
create table kid () inherits (base);
-- to
create table old.base (id int default 3);
create table kid () inherits (old.base);
-- rows
insert into kid values (1);

-- pair: two-parents
-- both
create table left_side (id int, l int);
create table right_side (id int, r int);
-- to
create table kid (k int) inherits (left_side, right_side);

-- pair: one-of-two-parents-goes
-- from
create table left_side (id int, l int);
create table right_side (id int, r int);
create table kid (k int) inherits (left_side, right_side);
-- to
create table left_side (id int, l int);
create table kid (k int, r int) inherits (left_side);
-- rows
insert into kid values (1, 2, 3, 4);

-- pair: grandchild-gets-a-column
-- from
create table base (id int);
create table kid () inherits (base);
create table grandkid (g int) inherits (kid);
-- to
create table base (id int, n int not null default 0);
create table kid () inherits (base);
create table grandkid (g int) inherits (kid);
-- rows
insert into grandkid values (1, 2);

-- pair: check-without-children
-- both
create table base (id int);
create table kid () inherits (base);
-- to
alter table base add constraint own check (id > 0) no inherit;

-- pair: check-for-children-becomes-own
-- from
create table base (id int constraint pos check (id > 0));
create table kid () inherits (base);
-- to
create table base (id int, constraint pos check (id > 0) no inherit);
create table kid () inherits (base);

-- pair: check-of-child-changes
-- from
create table base (id int, n int);
create table kid (constraint low check (n > 0)) inherits (base);
-- to
create table base (id int, n int);
create table kid (constraint low check (n > 10)) inherits (base);

-- pair: child-changes-its-parent
-- both
create table one (id int);
create table two (id int);
-- from
create table kid (n int) inherits (one);
-- to
create table kid (n int) inherits (two);
-- rows
insert into kid values (1, 2);

-- pair: generated-column-of-the-parent
-- both
create table base (a int, b int generated always as (a * 2) stored);
-- to
create table kid (c int) inherits (base);

-- pair: index-and-trigger-of-child
-- both
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create table base (id int, n int);
create table kid () inherits (base);
-- to
create index kid_n on kid (n);
create trigger t before insert on kid for each row execute function touch();

-- pair: check-of-parent-that-the-child-has-already
-- from
create table base (id int, name text);
create table kid (constraint pos check (id > 0)) inherits (base);
-- to
create table base (id int, name text, constraint pos check (id > 0));
create table kid () inherits (base);
-- rows
insert into kid values (1, 'a');

-- pair: parent-with-two-checks-and-not-null-goes
-- from
create table base (id int not null, name text, constraint pos check (id > 0), constraint named check (name <> ''));
create table kid (size int) inherits (base);
-- to
create table kid (id int not null, name text, size int, constraint pos check (id > 0));
-- rows
insert into kid values (1, 'a', 2);

-- pair: middle-of-three-goes
-- from
create table base (id int, constraint pos check (id > 0));
create table mid (m int) inherits (base);
create table leaf (l int) inherits (mid);
-- to
create table base (id int, constraint pos check (id > 0));
create table leaf (m int, l int) inherits (base);
-- rows
insert into leaf values (1, 2, 3);

-- pair: columns-of-both-with-defaults-and-rows
-- from
create table base (id int);
create table kid (size int) inherits (base);
create table other (size int) inherits (base);
-- to
create table base (id int, at date default '2026-01-01', n int not null default 3);
create table kid (size int, at date default '2027-01-01') inherits (base);
create table other (size int, n int) inherits (base);
-- rows
insert into kid values (1, 2);
insert into other values (3, 4);

-- pair: no-inherit-and-back-with-a-local-check
-- from
create table base (id int, constraint pos check (id > 0));
create table kid (constraint small check (id < 100)) inherits (base);
-- to
create table base (id int, constraint pos check (id > 0) no inherit);
create table kid (id int, constraint small check (id < 100) no inherit, constraint pos check (id > 0));
-- rows
insert into kid values (1);
