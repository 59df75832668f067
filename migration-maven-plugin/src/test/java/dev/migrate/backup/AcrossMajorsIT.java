package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A backup of one major version of PostgreSQL")
class AcrossMajorsIT {
  @TempDir Path folder;

  private static Target server(int major) throws Exception {
    if (major == InstalledServer.MAJOR) {
      Optional<InstalledServer> server = InstalledServer.get();
      Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed: not judged");
      return server.get().target("postgres");
    }
    ServerAddress address =
        TestPostgres.server(PostgresVersion.of(String.valueOf(major))).address();
    return Target.of(address.jdbcUrl("postgres"), address.user(), address.password(), "test");
  }

  private static Target created(int major, String name) throws Exception {
    execute(server(major), "create database " + name);
    return server(major).withDatabase(name);
  }

  private static void fill(Target target) throws Exception {
    execute(
        target,
        "create type mood as enum ('sad', 'happy')",
        "create table people (id int generated always as identity primary key, name text not null,"
            + " mood mood default 'happy', born date, weight numeric(5, 2), tags text[],"
            + " data jsonb, seen timestamptz, raw bytea, f float8)",
        "insert into people (name, mood, born, weight, tags, data, seen, raw, f)"
            + " select 'n' || i, 'sad', date '2000-01-01' + i, i / 7.0, array['a', i::text],"
            + " jsonb_build_object('i', i), timestamptz '2020-01-01 00:00+00' + i * interval '1 h',"
            + " decode(md5(i::text), 'hex'), i / 3.0 from generate_series(1, 500) i",
        "create table parts (id int, d date) partition by range (d)",
        "create table parts_2020 partition of parts for values from ('2020-01-01') to ('2021-01-01')",
        "insert into parts values (1, '2020-05-05')",
        "create table notes (person int references people, note text)",
        "insert into notes select id, name from people",
        "create index on notes (lower(note))",
        "create view happy as select name from people where mood = 'happy'",
        "create materialized view counted as select count(*) as n from people",
        "create function twice(i int) returns int language sql as 'select 2 * i'",
        "create function noted() returns trigger language plpgsql as 'begin return new; end'",
        "create trigger t before insert on notes for each row execute function noted()",
        "select lo_from_bytea(4712, 'large')",
        "comment on table people is 'everybody'");
  }

  private BackupOptions options(BackupEngine.Choice engine) {
    return BackupOptions.in(folder).with(engine).withChecksums();
  }

  private Manifest take(Target target, BackupEngine.Choice engine) {
    return new Backup(
            target, "test", "flyway_schema_history", options(engine), BackupProgress.SILENT)
        .take(connection -> List.of());
  }

  private RestoreResult restore(Target target, BackupEngine.Choice engine, Manifest manifest) {
    return Restoring.run(
        target,
        "test",
        options(engine),
        new RestoreOptions(true, false, false),
        BackupProgress.SILENT,
        manifest.name());
  }

  @ParameterizedTest
  @CsvSource({"13, JDBC", "15, JDBC", "15, PG_DUMP"})
  @DisplayName("is restored into a later one, every row")
  void forward(int major, BackupEngine.Choice engine) throws Exception {
    String name = "forward_%d_%s".formatted(major, engine).toLowerCase(Locale.ROOT);
    Target source = created(major, name);
    fill(source);
    Manifest manifest = take(source, engine);
    Target copy = created(18, name);

    RestoreResult restored = restore(copy, engine, manifest);

    assertThat(restored.sameVersion()).isFalse();
    assertThat(TableChecksums.of(copy, "test", 2, true)).isEqualTo(manifest.tables());
    assertThat(query(copy, "select name from happy")).isEqualTo(query(source, "table happy"));
    assertThat(query(copy, "select n from counted")).containsExactly("500");
    assertThat(query(copy, "select twice(21)")).containsExactly("42");
    assertThat(query(copy, "select convert_from(lo_get(4712), 'UTF8')")).containsExactly("large");
    assertThat(query(copy, "select nextval('people_id_seq')")).containsExactly("501");
  }

  @Test
  @DisplayName("is refused by an earlier one before anything is touched")
  void back() throws Exception {
    Target source = created(18, "back");
    fill(source);
    Manifest manifest = take(source, BackupEngine.Choice.JDBC);
    Target older = created(15, "back");
    execute(older, "create table here (i int)", "insert into here values (1)");
    List<String> databases = query(older, "select datname from pg_database order by 1");

    assertThatThrownBy(() -> restore(older, BackupEngine.Choice.JDBC, manifest))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.RESTORE_REFUSED);
              assertThat(e.problem()).contains("is of PostgreSQL 18").contains("is PostgreSQL 15");
            });
    assertThat(query(older, "select datname from pg_database order by 1")).isEqualTo(databases);
    assertThat(query(older, "select i from here")).containsExactly("1");
  }
}
