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

-- pair: leaves-two-parents-of-which-one-has-the-column
-- both
create table left_side (id int, l int default 4 not null);
create table right_side (id int, r int);
-- from
create table kid (k int) inherits (left_side, right_side);
-- to
create table kid (id int, l int default 4 not null, r int, k int);
-- rows
insert into kid values (1, 2, 3, 4);

-- pair: two-parents-go-and-the-child-stays
-- from
create table left_side (id int, l int);
create table right_side (id int, r int);
create table kid (k int) inherits (left_side, right_side);
-- to
create table kid (id int, l int, r int, k int);
-- rows
insert into kid values (1, 2, 3, 4);

-- pair: three-parents-of-which-two-go
-- both
create table a (id int, x int);
-- from
create table b (id int, y int not null);
create table c (id int, z int default 7);
create table kid (k int) inherits (a, b, c);
-- to
create table kid (y int not null, z int default 7, k int) inherits (a);
-- rows
insert into kid (id, x, y, z, k) values (1, 2, 3, 4, 5);

-- pair: a-third-parent
-- both
create table a (id int, x int);
create table b (id int, y int);
create table c (id int, z int default 7);
-- from
create table kid (k int) inherits (a, b);
-- to
create table kid (k int) inherits (a, b, c);
-- rows
insert into kid (id, x, y, k) values (1, 2, 3, 5);

-- pair: column-of-two-parents-of-which-one-loses-it
-- both
create table a (id int);
-- from
create table b (id int, y int);
create table kid (k int) inherits (a, b);
-- to
create table b (y int);
create table kid (k int) inherits (a, b);
-- rows
insert into kid (id, y, k) values (1, 2, 3);

-- pair: not-null-of-the-second-parent
-- both
create table a (id int);
-- from
create table b (id int, y int);
create table kid (k int) inherits (a, b);
-- to
create table b (id int not null, y int);
create table kid (k int) inherits (a, b);
-- rows
insert into kid (id, y, k) values (1, 2, 3);

-- pair: default-of-the-second-parent
-- both
create table a (id int);
-- from
create table b (id int, y int);
create table kid (k int) inherits (a, b);
-- to
create table b (id int default 9, y int);
create table kid (k int) inherits (a, b);
-- rows
insert into kid (id, y, k) values (1, 2, 3);

-- pair: diamond
-- both
create table top (id int, t text);
-- to
create table a (x int) inherits (top);
create table b (y int) inherits (top);
create table kid (k int) inherits (a, b);

-- pair: diamond-leaves-one-side
-- both
create table top (id int, t text);
create table a (x int) inherits (top);
create table b (y int) inherits (top);
-- from
create table kid (k int) inherits (a, b);
-- to
create table kid (k int, y int) inherits (a);
-- rows
insert into kid (id, t, x, y, k) values (1, 't', 2, 3, 4);

-- pair: diamond-gets-and-loses-columns
-- from
create table top (id int, t text);
create table a (x int) inherits (top);
create table b (y int) inherits (top);
create table kid (k int) inherits (a, b);
-- to
create table top (id int, n int not null default 0);
create table a (x int) inherits (top);
create table b (y int) inherits (top);
create table kid (k int) inherits (a, b);
-- rows
insert into kid (id, t, x, y, k) values (1, 't', 2, 3, 4);

-- pair: diamond-whose-top-goes
-- from
create table top (id int, t text);
create table a (x int) inherits (top);
create table b (y int) inherits (top);
create table kid (k int) inherits (a, b);
-- to
create table a (id int, t text, x int);
create table b (id int, t text, y int);
create table kid (k int) inherits (a, b);
-- rows
insert into kid (id, t, x, y, k) values (1, 't', 2, 3, 4);

-- pair: own-keys-at-two-depths-when-the-parent-changes-type
-- from
create table base (id int primary key, n int);
create table kid (primary key (id)) inherits (base);
create table grandkid (constraint gk primary key (id, n)) inherits (kid);
create table ref (g int, h int, foreign key (g, h) references grandkid (id, n));
-- to
create table base (id bigint primary key, n int);
create table kid (primary key (id)) inherits (base);
create table grandkid (constraint gk primary key (id, n)) inherits (kid);
create table ref (g bigint, h int, foreign key (g, h) references grandkid (id, n));
-- rows
insert into base values (1, 1);
insert into grandkid values (2, 3);
insert into ref values (2, 3);

-- pair: column-of-two-parents-changes-its-type
-- from
create table a (id int, x int);
create table b (id int, y int);
create table kid (k int) inherits (a, b);
-- to
create table a (id bigint, x int);
create table b (id bigint, y int);
create table kid (k int) inherits (a, b);
-- rows
insert into kid (id, x, y, k) values (1, 2, 3, 4);

-- pair: column-of-three-parents-changes-its-type
-- from
create table z (id int);
create table a (id int);
create table b (id int default 4);
create table kid (id int default 5, k int) inherits (z, b, a);
create index on kid (id);
-- to
create table z (id text);
create table a (id text);
create table b (id text default '4');
create table kid (id text default '5', k int) inherits (z, b, a);
create index on kid (id);
-- rows
insert into kid (id, k) values (1, 4);

-- pair: diamond-changes-a-type
-- from
create table top (id int, t text);
create table a (x int) inherits (top);
create table b (y int) inherits (top);
create table kid (k int) inherits (a, b);
-- to
create table top (id bigint, t text);
create table a (x int) inherits (top);
create table b (y int) inherits (top);
create table kid (k int) inherits (a, b);
-- rows
insert into kid (id, t, x, y, k) values (1, 't', 2, 3, 4);

-- pair: first-of-two-parents-goes
-- both
create table b (id int, y int);
-- from
create table a (id int, x int);
create table kid (k int) inherits (a, b);
-- to
create table kid (k int, x int) inherits (b);
-- rows
insert into kid (id, x, y, k) values (1, 2, 3, 4);

-- pair: parents-change-their-order
-- both
create table a (id int, x int);
create table b (id int, y int);
-- from
create table kid (k int) inherits (a, b);
-- to
create table kid (k int) inherits (b, a);
-- rows
insert into kid (id, x, y, k) values (1, 2, 3, 4);
