package dev.migrate.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.loss.SideEffectCatalog.Reach;
import dev.migrate.loss.SideEffectCatalog.Subject;
import dev.migrate.loss.SideEffectCatalog.Use;
import dev.migrate.parser.PostgresParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A script")
class DataLossTest {
  private static final PostgresParser PARSER = new PostgresParser();

  private static final Map<String, Boolean> BUILTINS =
      Map.ofEntries(
          Map.entry("now", false),
          Map.entry("count", false),
          Map.entry("max", false),
          Map.entry("coalesce", false),
          Map.entry("lower", false),
          Map.entry("string_agg", false),
          Map.entry("generate_series", false),
          Map.entry("array_agg", false),
          Map.entry("table_to_xml", false),
          Map.entry("query_to_xml", true),
          Map.entry("nextval", true),
          Map.entry("setval", true),
          Map.entry("set_config", true),
          Map.entry("gen_random_uuid", true),
          Map.entry("clock_timestamp", true),
          Map.entry("random", true),
          Map.entry("pg_advisory_xact_lock", true),
          Map.entry("pg_notify", true),
          Map.entry("lo_unlink", true),
          Map.entry("lo_put", true),
          Map.entry("lo_create", true),
          Map.entry("pg_read_file", true),
          Map.entry("pg_terminate_backend", true));

  /** A database that has one of each. */
  private static final SideEffectCatalog CATALOG =
      new SideEffectCatalog(
          BUILTINS,
          List.of(
              routine("purge", "plpgsql", "begin delete from t; end"),
              routine("claims", "plpgsql", "begin perform app.purge(); return 1; end"),
              routine("dynamic", "plpgsql", "begin execute 'delete from t'; end"),
              routine("returns", "plpgsql", "begin return query execute 'delete from t'; end"),
              routine("opens", "plpgsql", "declare c refcursor; begin open c for execute 'x'; end"),
              routine("by_sql", "sql", "select 1; delete from t"),
              routine("python", "plpython3u", "pass"),
              routine("looks", "sql", "select count(*) from t"),
              routine(
                  "adds",
                  "plpgsql",
                  "declare n int := 1; begin n := lower('A'); "
                      + "insert into log select now(); return n; end"),
              routine("around", "plpgsql", "begin perform app.around(); end"),
              made("defaulted", "(i int default app.purge()) returns int", "begin return 1; end"),
              made("takes", "(i app.checked) returns int", "begin return 1; end"),
              made("gives", "() returns app.checked", "begin return 1; end"),
              made("declares", "() returns int", "declare x app.checked := 1; begin return 1; end"),
              made("rows", "() returns int", "declare x app.indexed; begin return 1; end"),
              made(
                  "declares_none",
                  "(a int, b text[]) returns int",
                  "declare x numeric(3, 1) := 1; y text; z record; q refcursor; w t.i%type;"
                      + " v t%rowtype; u timestamp with time zone[]; begin return 1; end"),
              extension("dblink", "dblink_exec", true),
              extension("uuid-ossp", "uuid_generate_v4", true),
              extension("pg_trgm", "similarity", false),
              extension("tablefunc", "crosstab", false),
              new Routine(
                  "ra",
                  "app",
                  "",
                  "rule",
                  true,
                  "",
                  "create rule a as on insert to ruled do also delete from log",
                  List.of()),
              new Routine(
                  "rb",
                  "app",
                  "",
                  "rule",
                  true,
                  "",
                  "create rule b as on insert to kept do also insert into log values (1)",
                  List.of()),
              new Routine("agg", "app", "purging", "aggregate", false, "", "", List.of("purge"))),
          List.of(
              reach(Subject.RELATION, "watched", Use.ADD, "purge"),
              reach(Subject.RELATION, "audited", Use.ADD, "adds"),
              reach(Subject.RELATION, "ruled", Use.ADD, "ra"),
              reach(Subject.RELATION, "kept", Use.ADD, "rb"),
              reach(Subject.RELATION, "indexed", Use.REBUILD, "claims"),
              reach(Subject.RELATION, "view_of_purge", Use.READ, "purge"),
              reach(Subject.OPERATOR, "===", Use.READ, "claims"),
              reach(Subject.OPERATOR, "<=", Use.READ, "claims"),
              reach(Subject.TYPE, "checked", Use.READ, "claims")),
          Set.of(),
          Set.of());

  private static Routine routine(String name, String language, String body) {
    String definition =
        "create function app.%s() returns int language %s as $_$ %s $_$"
            .formatted(name, language, body);
    return new Routine(name, "app", name, language, false, "", definition, List.of());
  }

  private static Routine made(String name, String head, String body) {
    String definition =
        "create function app.%s%s language plpgsql as $_$ %s $_$".formatted(name, head, body);
    return new Routine(name, "app", name, "plpgsql", false, "", definition, List.of());
  }

  private static Routine extension(String extension, String name, boolean changing) {
    return new Routine(name, "public", name, "c", changing, extension, "", List.of());
  }

  private static Reach reach(Subject subject, String name, Use use, String routine) {
    return new Reach(subject, "app", name, use, routine);
  }

  private static Optional<String> loss(SideEffectCatalog catalog, String... statements) {
    return new DataLoss(catalog, PARSER)
        .in(String.join(";\n", statements) + ";", Arrays.asList(statements));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table t",
        "DROP TABLE IF EXISTS app.t CASCADE",
        "drop schema app",
        "drop schema app cascade",
        "drop type mood",
        "drop view v cascade",
        "drop function f() cascade",
        "drop extension hstore",
        "drop owned by somebody",
        "alter table t drop column c",
        "alter table t drop c",
        "alter table t add d int, drop column c",
        "alter table only \"drop\" drop if exists c",
        "alter table t alter column c type int using c::int",
        "alter table t alter c set data type int",
        "alter foreign table t drop column c",
        "alter type t drop attribute a",
        "alter type t alter attribute a type int",
        "truncate t",
        "delete from t where id = 1",
        "update t set a = 1",
        "with x as (select 1) update t set a = 1",
        "with x as (delete from t returning *) select * from x",
        "with x as (delete from t returning *) insert into u select * from x",
        "create table u as with x as (delete from t returning *) select * from x",
        "merge into t using s on true when matched then delete",
        "merge into t using s on t.i = s.i when matched then update set a = 1",
        "insert into t values (1) on conflict (id) do update set a = 2",
        "insert into t values ('C:\\temp\\') on conflict (id) do update set p = 'C:\\'",
        "do $$ begin delete from t; end $$",
        "do $x$ begin execute 'drop table t'; end $x$",
        "do 'begin delete from t; end'",
        "do $$ begin perform app.purge(); end $$",
        "do $$ declare x int := app.purge(); begin end $$",
        "do $$ declare r record; begin for r in delete from t returning * loop null; end loop; end $$",
        "do $$ declare r record; begin for r in execute 'delete' loop null; end loop; end $$",
        "do $$ begin if app.purge() > 1 then null; end if; end $$",
        "do $$ begin call app.purge(); end $$",
        "do language plpython3u $$ pass $$",
        "call app.purge()",
        "call never_seen()",
        "select app.purge()",
        "select purge()",
        "select \"purge\"()",
        "with x as (select purge()) select 1",
        "insert into t select purge()",
        "values (purge())",
        "(select purge())",
        "table view_of_purge",
        "select * from app.view_of_purge",
        "create table u as select purge()",
        "select purge() into u",
        "create materialized view m as select purge()",
        "explain analyze delete from t",
        "explain (analyze, verbose) select purge()",
        "explain analyze execute never_seen",
        "prepare p as delete from t",
        "execute never_seen",
        "declare c cursor for select purge()",
        "select claims()",
        "select dynamic()",
        "select returns()",
        "select opens()",
        "select by_sql()",
        "select python()",
        "select never_seen()",
        "select count(*) filter (where purge() > 1) from t",
        "select * from t order by purge()",
        "select * from t join lateral app.purge() x on true",
        "select * from rows from (now(), purge()) x",
        "select app.purging(i) from t",
        "select 1 where exists (select from t where i = purge())",
        "select t.purge from t",
        "select (t).purge from t",
        "select 1 === 2",
        "select 1 operator(app.===) 2",
        "select 1 === any (array[2])",
        "select 1::app.checked",
        "select cast(1 as checked)",
        "select lo_unlink(1234)",
        "select lo_put(1, 0, 'x')",
        "select dblink_exec('delete from t')",
        "select * from crosstab('select purge()') x",
        "select query_to_xml('select purge()', true, true, '')",
        "select table_to_xml('view_of_purge', true, true, '')",
        "select pg_read_file('x')",
        "select pg_terminate_backend(1)",
        "select setval('s', 1)",
        "alter sequence s restart",
        "alter table t alter id restart with 1",
        "insert into watched values (1)",
        "copy app.watched from stdin",
        "insert into ruled values (1)",
        "copy t from program 'curl'",
        "copy t to '/tmp/file'",
        "copy t to program 'rm'",
        "copy (delete from t returning *) to stdout",
        "alter table indexed add column c int default 1",
        "alter table app.indexed validate constraint c",
        "reindex table indexed",
        "reindex index i",
        "cluster indexed using i",
        "vacuum full indexed",
        "analyze",
        "create index on t (claims())",
        "alter table t add column c int default purge()",
        "alter table t add column c int generated always as (claims()) stored",
        "alter table t add constraint c check (claims() > 1)",
        "alter table t alter c set default purge()",
        "refresh materialized view view_of_purge",
        "load 'library'",
        "alter extension hstore update",
        "drop subscription s",
        "selec t",
        "select defaulted()",
        "select takes('1')",
        "select gives()",
        "select declares()",
        "select app.rows()",
        "do $$ declare x app.checked := 1; begin end $$",
        "select 1 where 1 between 0 and 2",
        "select 1 where 1 not between symmetric 0 and 2",
        "select jsonb_populate_record(null::app.indexed, '{}')",
        "select x::indexed from t x",
        "create statistics s on (claims()), i from t",
        "create foreign table f (i int default purge()) server s",
        "create foreign table f (i int check (claims() > 1)) server s",
        "create table p partition of indexed for values in (1)",
        "create table p partition of app.indexed default",
        "commit prepared 'x'",
        "rollback prepared 'x'",
        "create subscription s connection 'host=x' publication p",
        "explain analyze merge into t using s on true when matched then delete",
        "explain (analyze, costs off) insert into watched values (1)",
        "merge into t using s on t.i = s.i when not matched by source then delete",
        "with m as (merge into t using s on t.i = s.i when matched then delete returning *) table m",
        "select lo_from_bytea(1, purge()::text::bytea)",
        "drop domain d",
        "drop domain d cascade",
        "drop foreign table f",
        "drop sequence if exists s",
        "drop table a, b, c",
        "drop database d",
        "drop tablespace t",
        "alter table t drop column if exists c cascade",
        "alter table t alter c set default 1, drop column d",
        "alter table if exists t alter c type bigint",
        "alter view v alter c set default purge()",
        "alter domain d set default purge()",
        "alter domain d add check (claims() > value)",
        "create domain d as int default purge()",
        "alter policy p on t using (claims() > 1)",
        "create rule r as on insert to t do instead delete from u",
        "create rule r as on insert to t do also select purge()",
        "delete from only t using u where t.i = u.i returning t.*",
        "update only t set (a, b) = (select 1, 2)",
        "truncate only t, u restart identity cascade",
        "select * from t where (i, i) in (values (purge(), 1))",
        "select array(select purge())",
        "select case when true then purge() end",
        "select coalesce(null, nullif(purge(), 1))",
        "select greatest(1, purge())",
        "select * from xmltable('/a' passing '<a/>' columns c app.checked path 'b')",
        "select * from json_to_record('{}') as x(c app.checked)",
        "select max(i) over (partition by purge()) from t",
        "select * from t tablesample bernoulli (purge())",
        "select * from t limit purge()",
        "select * from t fetch first (purge()) rows only",
        "insert into t (a) overriding system value select 1 returning purge()",
        "insert into watched default values",
        "declare c cursor with hold for table view_of_purge",
        "copy t (a) from stdin where purge() > 1",
        "copy view_of_purge to stdout",
        "create view v as select 1; select purge()",
        "do $$ declare c cursor for select app.purge(); begin open c; end $$",
        "do $$ begin raise notice '%', app.purge(); end $$",
        "do $$ begin assert app.purge() > 0; end $$",
        "do $$ begin for i in app.purge()..10 loop null; end loop; end $$",
        "do $$ declare x int[]; begin foreach x slice 1 in array app.purge() loop null; end loop; end $$",
        "do $$ begin case app.purge() when 1 then null; end case; end $$",
        "do $$ begin while app.purge() > 0 loop exit when true; end loop; end $$",
        "do $$ begin begin null; exception when others then delete from t; end; end $$",
        "do $$ declare x int; begin update t set a = 1 returning a into x; end $$",
        "do $$ declare x int[]; begin x[app.purge()] := 1; end $$",
        "do $$ begin merge into t using s on true when matched then delete; end $$",
        "do $$ begin truncate t; end $$",
        "do $$ begin drop table t; end $$",
        "\\! rm -rf /",
        "\\i other.sql",
        "${drop}"
      })
  @DisplayName("can lose data")
  void loses(String sql) {
    assertThat(loss(CATALOG, sql)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table t (c text default 'drop table t')",
        "create table t (i int primary key, c text default lower('X'), d timestamptz default now())",
        "create table p partition of t for values in (1)",
        "create unique index concurrently if not exists i on t (lower(c)) where d is not null",
        "alter table t add column c int",
        "alter table t add column c int not null default 0",
        "alter table t add column c uuid default gen_random_uuid()",
        "alter table t add column c text generated always as (lower(d)) stored",
        "alter table t drop constraint c",
        "alter table t add constraint c check (a > 1) not valid",
        "alter table t add constraint c foreign key (a) references u",
        "alter table t validate constraint c",
        "alter table t alter column c drop default",
        "alter table t alter column c set not null",
        "alter table t alter column c drop not null",
        "alter table t alter column c drop identity",
        "alter table t alter column c drop expression",
        "alter table t alter column c set statistics 100",
        "alter table t rename to \"drop table\"",
        "alter table t rename column a to b",
        "alter table t detach partition p",
        "alter table t attach partition p for values in (1)",
        "alter table t set unlogged",
        "alter table t set logged",
        "alter table t disable trigger all",
        "alter table t enable row level security",
        "alter table t owner to somebody",
        "alter table watched add column c int",
        "vacuum watched",
        "drop index i",
        "drop view v",
        "drop materialized view v",
        "drop function f()",
        "drop trigger x on t",
        "drop policy p on t",
        "create function f() returns void language sql as $$ delete from t $$",
        "create or replace function f() returns void language plpgsql as $$ begin end $$",
        "create view v as select app.purge()",
        "create or replace view v as select * from t",
        "create materialized view v as select lower(c), count(*) from t group by 1",
        "refresh materialized view v",
        "create trigger x before update or delete on t for each row execute function app.purge()",
        "create policy p on t using (owner = current_user)",
        "create type mood as enum ('drop', 'delete')",
        "alter type mood add value 'drop'",
        "alter type mood rename value 'a' to 'b'",
        "create domain d as text check (value <> '')",
        "create sequence s start 5",
        "alter sequence s owned by t.c",
        "create schema app create table t (i int)",
        "create extension if not exists hstore",
        "create publication p for table t",
        "comment on table t is 'delete from t'",
        "grant select on view_of_purge to somebody",
        "revoke all on t from public",
        "alter default privileges in schema app grant select on tables to somebody",
        "reassign owned by a to b",
        "set search_path = app, public",
        "set local lock_timeout = '5s'",
        "select pg_catalog.set_config('search_path', '', false)",
        "lock table t in share mode",
        "begin",
        "insert into t values (1)",
        "insert into t (a, b) values (1, now()), (2, clock_timestamp()) on conflict do nothing",
        "insert into t select lower(c), random(), nextval('s') from u returning *",
        "insert into audited values (1)",
        "insert into kept values (1)",
        "copy t from stdin",
        "copy (select * from t) to stdout",
        "merge into t using s on t.i = s.i when not matched then insert values (s.i)",
        "insert into t values (E'it\\'s; delete from t')",
        "do $$ begin raise notice 'hello'; end $$",
        "do $$ declare r record; begin for r in select * from t loop insert into u values (r.i);"
            + " end loop; end $$",
        "select pg_catalog.setval('s', (select coalesce(max(id), 1) from t))",
        "select setval('s', 100) from s where last_value < 100",
        "select count(*), string_agg(c, ',' order by c) from t where (a or b)",
        "select extract(year from now()), position('a' in c), c at time zone 'utc' from t",
        "select looks(), adds(), around(), uuid_generate_v4(), similarity('a', 'b')",
        "call adds()",
        "explain delete from t",
        "explain (analyze off) update t set a = 1",
        "prepare p as select * from t",
        "analyze t",
        "vacuum (analyze) t",
        "reindex table concurrently t",
        "cluster t using i",
        "notify x",
        "select declares_none(1, '{}')",
        "select i into u from t",
        "commit",
        "rollback to savepoint a",
        "create statistics s on lower(c), i from t",
        "create foreign table f (i int default 1) server s",
        "import foreign schema x from server s into app",
        "alter operator family o using btree add function 1 lower(text)",
        "select 1 where i not in (select i from t)",
        "alter table t cluster on i",
        "alter table t replica identity full",
        "alter table t alter c set storage external, alter c set compression lz4",
        "alter table t no inherit u",
        "alter table t set (fillfactor = 70)",
        "alter table t set tablespace s",
        "alter index i rename to j",
        "alter index i attach partition j",
        "alter sequence s increment 2 no cycle",
        "alter view v set (security_invoker = true)",
        "alter materialized view m rename to n",
        "alter function f() stable",
        "alter type c add attribute a int",
        "alter type c rename attribute a to b",
        "alter domain d drop constraint c",
        "alter domain d set not null",
        "alter extension x add table t",
        "alter server s options (set host 'x')",
        "alter trigger x on t rename to y",
        "alter role r set search_path = app",
        "alter database d set timezone = 'UTC'",
        "create or replace procedure p() language sql as 'delete from t'",
        "create role r",
        "create server s foreign data wrapper w",
        "create user mapping for r server s",
        "create collation c (provider = icu, locale = 'de')",
        "create text search configuration c (copy = simple)",
        "create type t",
        "create type r as range (subtype = int)",
        "create type c as (a int, b text)",
        "create table t as table u with no data",
        "create temporary table t (i int) on commit drop",
        "create unlogged table t (like u including all)",
        "create recursive view v (i) as values (1) union select i + 1 from v",
        "drop collation c",
        "drop aggregate a(int)",
        "drop operator === (int, int)",
        "drop cast (a as b)",
        "drop rule r on t",
        "drop statistics s",
        "drop server s",
        "drop publication p",
        "drop index concurrently if exists i",
        "security label on table t is 'x'",
        "listen x",
        "show all",
        "discard plans",
        "close all",
        "deallocate all",
        "do $$ declare x int; begin select count(*) into x from t; end $$",
        "do $$ begin create table u (i int); exception when duplicate_table then null; end $$"
      })
  @DisplayName("loses nothing")
  void losesNothing(String sql) {
    assertThat(loss(CATALOG, sql)).isEmpty();
  }

  @Test
  @DisplayName("is told by what its scripts have made before, under whatever name")
  void madeBefore() {
    String purge = "create function app.wipe() returns int language sql as 'delete from t'";
    List<String[]> losing = new ArrayList<>();
    losing.add(new String[] {purge, "select app.wipe()"});
    losing.add(new String[] {purge, "alter function app.wipe() rename to now", "select now()"});
    losing.add(new String[] {purge, "alter function app.wipe() set schema x", "select x.wipe()"});
    losing.add(new String[] {purge, "alter schema app rename to x", "select x.wipe()"});
    losing.add(
        new String[] {
          "create function a.now() returns int language plpgsql as 'begin delete from t; end'",
          "set search_path = a, pg_catalog",
          "select now()"
        });
    losing.add(
        new String[] {
          "create or replace function app.adds() returns int language sql as 'delete from t'",
          "insert into audited values (1)"
        });
    losing.add(
        new String[] {
          purge,
          "create trigger x before insert on t for each row execute function app.wipe()",
          "insert into t values (1)"
        });
    losing.add(new String[] {"alter table watched rename to w", "insert into w values (1)"});
    losing.add(new String[] {"create table w (like app.watched)", "insert into w values (1)"});
    losing.add(
        new String[] {
          "create table w partition of app.watched default", "insert into w values (1)"
        });
    losing.add(new String[] {purge, "create view v as select app.wipe()", "table v"});
    losing.add(new String[] {"create view v as table app.watched", "insert into v values (1)"});
    losing.add(
        new String[] {purge, "create or replace view v as select app.wipe() as i", "table over_v"});
    losing.add(
        new String[] {
          purge,
          "alter operator family f using btree add function 1 (int, int) app.wipe(int, int)",
          "select 1"
        });
    losing.add(
        new String[] {
          purge,
          "create operator app.= (leftarg = a, rightarg = a, function = app.wipe)",
          "select 1 where a in (select a from t)"
        });
    losing.add(
        new String[] {
          purge,
          "create operator app.## (leftarg = int, rightarg = int, function = app.wipe)",
          "select 1 ## 2"
        });
    losing.add(
        new String[] {
          purge, "create cast (a as b) with function app.wipe(a) as implicit", "select a from t"
        });
    losing.add(
        new String[] {
          purge,
          "create aggregate app.sum(int) (sfunc = app.wipe, stype = int)",
          "select sum(i) from t"
        });
    losing.add(
        new String[] {
          purge,
          "create event trigger e on ddl_command_end execute function app.wipe()",
          "create table u (i int)"
        });
    losing.forEach(
        scripts -> assertThat(loss(CATALOG, scripts)).as(String.join("; ", scripts)).isPresent());

    assertThat(loss(CATALOG, "prepare p as select 1", "execute p")).isEmpty();
    assertThat(
            loss(
                CATALOG,
                "create function app.one() returns int language sql begin atomic; select 1; end",
                "select app.one()"))
        .isEmpty();
    assertThat(
            loss(
                CATALOG,
                "create function app.none() returns int language sql begin atomic;"
                    + " delete from t; end",
                "select app.none()"))
        .isPresent();
  }

  @Test
  @DisplayName("loses with anything once casts or event triggers of the database can")
  void anywhere() {
    SideEffectCatalog casts =
        new SideEffectCatalog(BUILTINS, CATALOG.routines(), List.of(), Set.of("claims"), Set.of());
    assertThat(loss(casts, "insert into t values (1)")).isPresent();
    assertThat(loss(casts, "create table u (i int)")).isEmpty();
    SideEffectCatalog events =
        new SideEffectCatalog(BUILTINS, CATALOG.routines(), List.of(), Set.of(), Set.of("dynamic"));
    assertThat(loss(events, "create table u (i int)")).isPresent();
    assertThat(loss(events, "insert into t values (1)")).isEmpty();
  }

  @Test
  @DisplayName("says what in it can lose data, and through what")
  void why() {
    assertThat(loss(CATALOG, "insert into watched\nvalues (1)"))
        .contains("insert into watched values (1) (it sets off app.purge)");
    assertThat(loss(CATALOG, "drop table t")).contains("drop table t");
  }

  @Test
  @DisplayName("may hold a text as long as a file")
  void longText() {
    String insert = "insert into t values ('" + "it''s ".repeat(500_000) + "')";
    assertThat(loss(CATALOG, insert)).isEmpty();
    assertThat(loss(CATALOG, insert + " on conflict (a) do update set a = 1")).isPresent();
  }

  @Test
  @DisplayName("that was generated says so itself")
  void marked() {
    assertThat(
            new DataLoss(CATALOG, PARSER)
                .in("-- LOSES DATA: the column t.c.\nselect 1;", List.of("select 1")))
        .contains("the column t.c.");
    assertThat(
            new DataLoss(CATALOG, PARSER)
                .in(
                    "-- LOSES DATA: column t.c, in the rows that this finds: SELECT 1\nselect 1;",
                    List.of("select 1")))
        .contains("column t.c");
  }
}
