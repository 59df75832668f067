package dev.migrate.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.parser.PostgresParser;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a database has that makes a statement do more than its words say")
class SideEffectReaderIT {
  private static final PostgresParser PARSER = new PostgresParser();

  private static final String DATABASE =
      """
      create extension pgcrypto;
      create schema app;
      create table app.t (i int primary key);
      create table app.log (at timestamptz default now());
      create function app.purge() returns int language plpgsql as
        'begin delete from app.t; return 1; end';
      create function app.claims(int) returns int immutable language plpgsql as
        'begin perform app.purge(); return 1; end';
      create function app.bound(int) returns bool immutable language plpgsql as
        'begin return app.claims($1) > 0; end';
      create function app.fires() returns trigger language plpgsql as
        'begin perform app.purge(); return new; end';
      create function app.notes() returns trigger language plpgsql as
        'begin insert into app.log default values; new.i := new.i + 1; return new; end';
      create function app.state(int, int) returns int language sql as
        'delete from app.t returning 1';
      create function app.plain(int, int) returns int language sql as 'select 1';
      create aggregate app.total(int) (sfunc = app.state, stype = int);
      create operator app.### (leftarg = int, rightarg = int, function = app.state);
      create operator app.%%% (leftarg = int, rightarg = int, function = app.plain,
        commutator = operator(app.###));
      create function app.asking(i int default app.claims(1)) returns int language sql as
        'select 1';
      create domain app.positive as int check (app.bound(value));
      create function app.given(app.positive) returns int language sql as 'select 1';
      create type app.pair as (a app.positive, b int);
      create table app.triggered (i int);
      create trigger x before insert on app.triggered for each row execute function app.fires();
      create view app.over_triggered as select * from app.triggered;
      create table app.noted (i int);
      create trigger x before insert on app.noted for each row execute function app.notes();
      create table app.ruled (i int);
      create rule r as on insert to app.ruled do also delete from app.t;
      create table app.mild (i int);
      create rule r as on insert to app.mild do also insert into app.log default values;
      create table app.defaulted (i int default app.purge());
      create table app.checked (i int check (app.bound(i)));
      create table app.domained (p app.pair[]);
      create table app.indexed (i int);
      create index on app.indexed (app.claims(i));
      create table app.guarded (i int);
      alter table app.guarded enable row level security;
      create policy p on app.guarded using (app.bound(i));
      create view app.seen as select app.purge();
      create materialized view app.kept as select app.claims(i) from app.log, app.t;
      create view app.over_seen as select * from app.seen;
      create table app.parent (i int) partition by list (i);
      create table app.child partition of app.parent default;
      create trigger x before insert on app.child for each row execute function app.fires();
      create function public.lower(app.pair) returns text language sql as
        'delete from app.t returning ''''';
      """;

  @ParameterizedTest
  @ValueSource(strings = {"18.6.0", "13.23.0"})
  @DisplayName("is read from its catalog, whatever the version")
  void read(String version) throws Exception {
    try (ScratchDatabase database =
            TestPostgres.server(PostgresVersion.of(version)).database("losses");
        Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.createStatement().execute(DATABASE);
      SideEffectCatalog catalog = SideEffectReader.read(connection);

      for (String losing :
          List.of(
              "select app.purge()",
              "select app.claims(1)",
              "select total(i) from app.log",
              "select 1 ### 2",
              "select 1::app.positive",
              "select null::app.pair",
              "select lower(x) from app.t x",
              "insert into app.triggered values (1)",
              "insert into app.over_triggered values (1)",
              "insert into app.ruled values (1)",
              "insert into app.defaulted values (1)",
              "insert into app.checked values (1)",
              "insert into app.domained values (null)",
              "select jsonb_populate_record(null::app.domained, '{}')",
              "select app.asking()",
              "select app.given('1')",
              "select 1 %%% 2",
              "insert into app.indexed values (1)",
              "insert into app.guarded values (1)",
              "insert into app.parent values (1)",
              "select * from app.guarded",
              "select * from app.seen",
              "select * from over_seen",
              "refresh materialized view app.kept",
              "reindex table app.indexed",
              "vacuum")) {
        assertThat(loss(catalog, losing)).as(losing).isPresent();
      }
      for (String harmless :
          List.of(
              "insert into app.noted values (1)",
              "insert into app.mild values (1)",
              "insert into app.log default values",
              "insert into app.t select i from generate_series(1, 10) i",
              "insert into app.t select count(*) from app.triggered where i between 1 and 2",
              "select upper('x'), extract(year from now()), encode(digest('a', 'sha1'), 'hex')",
              "select gen_random_uuid(), substring('abc' from 2), overlay('a' placing 'b' from 1)",
              "select setval('s', (select max(i) from app.t))",
              "alter table app.triggered add column c text default 'x' not null",
              "create index on app.t (abs(i))",
              "refresh materialized view app.other",
              "vacuum app.triggered")) {
        assertThat(loss(catalog, harmless)).as(harmless).isEmpty();
      }

      connection
          .createStatement()
          .execute(
              "create function app.of(app.pair) returns int language plpgsql as"
                  + " 'begin perform app.purge(); return 1; end';"
                  + " create cast (app.pair as int) with function app.of(app.pair)");
      assertThat(loss(SideEffectReader.read(connection), "insert into app.t values (1)"))
          .isPresent();
      connection
          .createStatement()
          .execute(
              "create function app.event() returns event_trigger language plpgsql as"
                  + " 'begin perform app.purge(); end';"
                  + " create event trigger losing_event on ddl_command_end"
                  + " execute function app.event()");
      assertThat(loss(SideEffectReader.read(connection), "create table app.u (i int)")).isPresent();
    }
  }

  private static Optional<String> loss(SideEffectCatalog catalog, String sql) {
    return new DataLoss(catalog, PARSER).in(sql, List.of(sql));
  }
}
