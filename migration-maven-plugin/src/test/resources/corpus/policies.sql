-- Row-level security: policies that read other tables, views and functions, first revisions included.

-- pair: two-tables-read-each-other
-- to
create table team (id int primary key, name text);
create table seat (team int, person text);
alter table team enable row level security;
alter table seat enable row level security;
create policy sees on team using (exists (select from seat s where s.team = team.id and s.person = current_user));
create policy sits on seat using (team in (select t.id from team t));

-- pair: three-tables-in-a-ring
-- to
create table a (id int);
create table b (id int);
create table c (id int);
alter table a enable row level security;
create policy p on a using (id in (select id from b));
create policy p on b using (id in (select id from c));
create policy p on c using (id in (select id from a));

-- pair: reads-view-of-its-table
-- to
create table ticket (id int primary key, open bool);
create view open_ticket as select id from ticket where open;
alter table ticket enable row level security;
create policy only_open on ticket for select using (id in (select o.id from open_ticket o));

-- pair: reads-materialized-view-of-its-table
-- to
create table ticket (id int primary key, open bool);
create materialized view open_ticket as select id from ticket where open;
create policy only_open on ticket using (exists (select from open_ticket o where o.id = ticket.id));

-- pair: calls-function-of-the-row
-- to
create table doc (id int, author text);
create function may_read(doc) returns bool language sql stable as $$ select ($1).author = current_user $$;
alter table doc enable row level security;
create policy reader on doc using (may_read(doc.*));

-- pair: calls-atomic-function-over-its-table
-- since: 14
-- to
create table doc (id int, parent int);
create function depth(of int) returns bigint language sql stable begin atomic select count(*) from doc where parent = of; end;
create policy shallow on doc using (depth(id) < 5);

-- pair: calls-atomic-function-over-another-table
-- since: 14
-- to
create table doc (id int, owner text);
create table staff (name text, boss text);
create function reports_to(who text) returns text language sql stable begin atomic select boss from staff where name = who; end;
create policy up on doc using (owner = current_user or reports_to(owner) = current_user);
create policy down on staff using (name in (select owner from doc));

-- pair: one-of-two-rings-goes
-- both
create table a (id int);
create table b (id int);
-- from
create policy pa on a using (id in (select id from b));
create policy pb on b using (id in (select id from a));
-- to
create policy pa on a using (id in (select id from b));

-- pair: whole-ring-goes
-- from
create table a (id int);
create table b (id int);
create policy pa on a using (id in (select id from b));
create policy pb on b using (id in (select id from a));

-- pair: column-that-the-policy-reads-goes
-- both
create table note (id int);
-- from
alter table note add shared bool;
create policy p on note using (shared);
-- to
create policy p on note using (id > 0);

-- pair: column-type-under-policy
-- from
create table note (id int, level int);
create policy p on note using (level > 2);
-- to
create table note (id int, level bigint);
create policy p on note using (level > 2);
-- rows
insert into note values (1, 5), (2, 1);

-- pair: column-type-under-policy-of-other-table
-- from
create table grade (pupil int, level int);
create table note (id int, pupil int);
create policy p on note using (pupil in (select g.pupil from grade g where g.level > 2));
-- to
create table grade (pupil int, level numeric);
create table note (id int, pupil int);
create policy p on note using (pupil in (select g.pupil from grade g where g.level > 2::numeric));
-- rows
insert into grade values (1, 3);
insert into note values (7, 1);

-- pair: using-added
-- both
create table note (id int);
-- from
create policy p on note for all with check (id > 0);
-- to
create policy p on note for all using (id > 1) with check (id > 0);

-- pair: check-removed
-- both
create table note (id int);
-- from
create policy p on note using (id > 1) with check (id > 0);
-- to
create policy p on note using (id > 1);

-- pair: command-changes
-- both
create table note (id int);
-- from
create policy p on note for update using (id > 1);
-- to
create policy p on note for delete using (id > 1);

-- pair: permissive-becomes-restrictive
-- both
create table note (id int);
-- from
create policy p on note using (id > 1);
-- to
create policy p on note as restrictive using (id > 1);

-- pair: roles-change
-- both
create table note (id int);
-- from
create policy p on note to clerk using (true);
-- to
create policy p on note to clerk, boss, public using (true);

-- pair: role-with-odd-name
-- both
create table note (id int);
-- from
create policy "a policy" on note to "team lead" using (true);
-- to
create policy "a policy" on note to "team lead", current_user using (id = 1);

-- pair: security-on-and-forced
-- both
create table note (id int);
-- to
alter table note enable row level security;
alter table note force row level security;

-- pair: policy-without-security-enabled
-- both
create table note (id int);
-- to
create policy idle on note for insert with check (id > 0);

-- pair: policy-on-partitioned-table
-- both
create table log (id int, day date) partition by range (day);
create table log_1 partition of log for values from ('2026-01-01') to ('2026-02-01');
-- to
alter table log enable row level security;
create policy p on log using (id in (select l.id from log_1 l));

-- pair: policy-reads-partition-of-new-table
-- to
create table log (id int, day date) partition by range (day);
create table log_1 partition of log for values from ('2026-01-01') to ('2026-02-01');
create policy p on log_1 using (exists (select from log l where l.id = log_1.id));
create policy p on log using (exists (select from log_1 l where l.id = log.id));

-- pair: policies-of-two-schemas-cross
-- to
create schema front;
create schema back;
create table front.page (id int, person int);
create table back.person (id int, name text);
create policy p on front.page using (person in (select p.id from back.person p where p.name = current_user));
create policy p on back.person using (id in (select g.person from front.page g));

-- pair: policy-uses-function-that-is-replaced
-- both
create table note (id int, tenant int);
-- from
create function tenant() returns int language sql stable as 'select 1';
create policy p on note using (tenant = tenant());
-- to
create function tenant() returns bigint language sql stable as 'select 1::bigint';
create policy p on note using (tenant = tenant());

-- pair: policy-uses-enum-that-loses-a-value
-- from
create type level as enum ('low', 'mid', 'high');
create table note (id int, l level);
create policy p on note using (l > 'low');
-- to
create type level as enum ('low', 'high');
create table note (id int, l level);
create policy p on note using (l > 'low');
-- rows
insert into note values (1, 'low'), (2, 'high');

-- pair: table-with-policies-becomes-another
-- from
create table note (id int, body text);
alter table note enable row level security;
create policy p on note using (body <> '');
comment on policy p on note is 'not empty';
-- to
create table note (id int, text text);
alter table note enable row level security;
create policy p on note using (text <> '');
comment on policy p on note is 'has text';

-- pair: renamed-table-keeps-its-policies
-- rename: TABLE public.note -> public.memo
-- from
create table note (id int, body text);
create table likes (note int);
alter table note enable row level security;
create policy p on note using (id in (select l.note from likes l));
create policy q on likes using (note in (select n.id from note n));
-- to
create table memo (id int, body text);
create table likes (note int);
alter table memo enable row level security;
create policy p on memo using (id in (select l.note from likes l));
create policy q on likes using (note in (select n.id from memo n));
-- rows
insert into note values (1, 'x');

-- pair: policy-over-foreign-keys-both-ways
-- to
create table account (id int primary key, main int);
create table address (id int primary key, account int references account);
alter table account add constraint account_main foreign key (main) references address;
create policy own on account using (exists (select from address a where a.account = account.id));
create policy own on address using (exists (select from account a where a.id = address.account));

-- pair: policy-through-view-over-view
-- to
create table m (id int, t int);
create view v1 as select id from m where t = 1;
create view v2 with (security_barrier = true) as select id from v1;
create policy p on m using (id in (select v2.id from v2));

-- pair: view-under-policy-gains-a-column
-- from
create table m (id int, t int);
create view v as select id from m;
create policy p on m using (id in (select v.id from v));
-- to
create table m (id int, t int, u int);
create view v as select u, id from m;
create policy p on m using (id in (select v.id from v));

-- pair: policies-of-three-tables-through-views
-- to
create table a (id int, o int);
create table b (id int, o int);
create table c (id int, o int);
create view va as select id from a where o > 0;
create view vb as select id from b where o > 0;
create policy pa on a using (id in (select id from vb));
create policy pb on b using (id in (select id from c));
create policy pc on c using (id in (select id from va));

-- pair: column-type-under-policies-both-ways
-- from
create table a (id int, o int);
create table b (id int, o int);
create policy pa on a using (exists (select from b where b.o = a.o));
create policy pb on b using (exists (select from a where a.o = b.o));
-- to
create table a (id int, o bigint);
create table b (id int, o bigint);
create policy pa on a using (exists (select from b where b.o = a.o));
create policy pb on b using (exists (select from a where a.o = b.o));
-- rows
insert into a values (1, 2);

-- pair: policy-reads-a-partition-that-leaves
-- both
create table t (id int) partition by range (id);
create table other (id int);
-- from
create table t_1 partition of t for values from (0) to (10);
create policy p on other using (id in (select id from t_1));
-- to
create table t_1 (id int);
create policy p on other using (id in (select id from t_1));
-- rows
insert into t values (1);
