package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.report.BackupText;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.Queries;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A backup")
class BackupIT {
  private static final String HISTORY = "flyway_schema_history";

  @TempDir Path folder;

  static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "test");
  }

  private Backup backup(Target target, BackupOptions options) {
    return new Backup(target, "test", HISTORY, options, BackupProgress.SILENT);
  }

  private BackupOptions options(BackupEngine.Choice engine) {
    return BackupOptions.in(folder).with(engine).withChecksums();
  }

  private RestoreResult restore(Target target, BackupOptions options, RestoreOptions allowed) {
    return Restoring.run(target, "test", options, allowed, BackupProgress.SILENT, "latest");
  }

  @Test
  @DisplayName("is taken and restored by the pg_dump of a container, which knows its own way in")
  void throughACommand() throws Exception {
    InstalledServer server = installed();
    execute(server.target("postgres"), "create database source_command");
    execute(server.target("postgres"), "create database copy_command");
    EveryKind.fill(server.target("source_command"));
    // As docker compose exec does it: nothing of our environment arrives, and no file of ours.
    Path container = folder.resolve("container");
    Files.writeString(
        container,
        """
        #!/bin/sh
        exec env -i PATH=%s PGHOST=127.0.0.1 PGPORT=%s PGPASSWORD='%s' "$@"
        """
            .formatted(
                InstalledServer.BINARIES,
                server.target("postgres").libpqEnvironment().get("PGPORT"),
                server.target("postgres").libpqEnvironment().get("PGPASSWORD")));
    Files.setPosixFilePermissions(container, PosixFilePermissions.fromString("rwx------"));
    BackupOptions options =
        new BackupOptions(
            folder.resolve("backups"),
            BackupEngine.Choice.PG_DUMP,
            false,
            6,
            2,
            null,
            List.of(container.toString()),
            true,
            false);

    Manifest manifest =
        backup(server.target("source_command"), options).take(connection -> List.of());
    restore(server.target("copy_command"), options, new RestoreOptions(false, false, true));

    assertThat(InstalledServer.dump(server.target("copy_command")))
        .isEqualTo(InstalledServer.dump(server.target("source_command")));
    assertThat(TableChecksums.of(server.target("copy_command"), "test", 2, true))
        .isEqualTo(manifest.tables());
  }

  @Test
  @DisplayName("of a large table is read in parts by several connections, at one moment")
  void inParts() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("large");
        ScratchDatabase copy = TestPostgres.database("large_copy")) {
      Target target = target(source);
      execute(
          target,
          "create table large (i int primary key, t text)",
          "insert into large select i, repeat('x', 150) from generate_series(1, 220000) i",
          "delete from large where i % 7 = 0");
      List<TableChecksum> before = TableChecksums.of(target, "test", 1, true);
      try (Snapshot snapshot = Snapshot.open(target, "test")) {
        assertThat(snapshot.segments()).hasSizeGreaterThan(2);
        execute(target, "update large set t = 'y' where i % 2 = 0", "vacuum large");
        assertThat(TableChecksums.of(snapshot, 2, true)).isEqualTo(before);
      }
      List<TableChecksum> changed = TableChecksums.of(target, "test", 2, true);
      Manifest manifest =
          backup(target, options(BackupEngine.Choice.JDBC)).take(connection -> List.of());
      restore(
          target(copy), options(BackupEngine.Choice.JDBC), new RestoreOptions(false, false, true));

      assertThat(manifest.tables()).isEqualTo(changed).isNotEqualTo(before);
      assertThat(TableChecksums.of(target(copy), "test", 1, true)).isEqualTo(changed);
    }
  }

  @Test
  @DisplayName("that would lack something is refused, or says what it lacks wherever it is shown")
  void incomplete() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("lacks")) {
      Target target = target(source);
      execute(
          target,
          "create table p (i int primary key)",
          "create table c (i int references p)",
          "alter table c disable trigger all");
      BackupOptions options = options(BackupEngine.Choice.AUTO);

      assertThatThrownBy(() -> backup(target, options).take(connection -> List.of()))
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.BACKUP_INCOMPLETE))
          .hasMessageContaining("disabled internal trigger c.")
          .hasMessageContaining("-Dmigrate.backupIncomplete=true");
      assertThat(new BackupFolder(folder).content().backups()).isEmpty();

      Manifest manifest = backup(target, options.incomplete(true)).take(connection -> List.of());

      assertThat(manifest.complete()).isFalse();
      BackupFolder.Content content = new BackupFolder(folder).content();
      assertThat(BackupText.list(folder, content, Instant.now()))
          .anyMatch(line -> line.contains("INCOMPLETE"))
          .anyMatch(line -> line.contains("disabled internal trigger c."));
      RestoreResult restored = restore(target, options, new RestoreOptions(true, false, true));
      assertThat(BackupText.of(restored)).anyMatch(line -> line.contains("INCOMPLETE"));
      execute(target.withDatabase("postgres"), "drop database " + restored.kept().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "locale_provider icu icu_locale 'de-DE-u-kn' locale 'C'",
        "locale_provider icu icu_locale 'und' icu_rules '&a < g' locale 'C'",
        "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
      })
  @DisplayName("comes back into a database of the same locale, whoever provides it")
  void locale(String locale) throws Exception {
    try (ScratchDatabase place = TestPostgres.database("place")) {
      Target admin = target(place).withDatabase("postgres");
      execute(admin, "drop database if exists spoken with (force)");
      execute(admin, "create database spoken template template0 encoding 'UTF8' " + locale);
      Target target = admin.withDatabase("spoken");
      execute(
          target, "create table t (w text primary key)", "insert into t values ('a10'), ('a9')");
      List<String> before = localeOf(target);
      List<String> order = query(target, "select w from t order by w");
      backup(target, options(BackupEngine.Choice.JDBC)).take(connection -> List.of());
      execute(target, "delete from t");

      RestoreResult restored =
          restore(target, options(BackupEngine.Choice.JDBC), new RestoreOptions(true, false, true));

      assertThat(localeOf(target)).isEqualTo(before);
      assertThat(query(target, "select w from t order by w")).isEqualTo(order).hasSize(2);
      execute(admin, "drop database " + restored.kept().orElseThrow(), "drop database spoken");
    }
  }

  private static List<String> localeOf(Target target) throws SQLException {
    return query(
        target,
        "select concat_ws(' ', datlocprovider, datlocale, daticurules, datcollate, datctype,"
            + " pg_encoding_to_char(encoding)) from pg_database where datname = current_database()");
  }

  @Test
  @DisplayName("in plain SQL is loaded by psql")
  void plain() throws Exception {
    InstalledServer server = installed();
    execute(server.target("postgres"), "create database source_plain");
    execute(server.target("postgres"), "create database copy_plain");
    EveryKind.fill(server.target("source_plain"));
    BackupOptions options =
        new BackupOptions(
            folder, BackupEngine.Choice.PG_DUMP, true, 6, 2, null, List.of(), true, false);

    Manifest manifest =
        backup(server.target("source_plain"), options).take(connection -> List.of());
    restore(server.target("copy_plain"), options, new RestoreOptions(false, false, true));

    assertThat(manifest.file()).endsWith(".sql");
    assertThat(InstalledServer.dump(server.target("copy_plain")))
        .isEqualTo(InstalledServer.dump(server.target("source_plain")));
  }

  @Test
  @DisplayName("is readable by its owner only")
  void isSecret() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("secret")) {
      execute(target(source), "create table t (i int)");
      Manifest manifest =
          backup(target(source), options(BackupEngine.Choice.JDBC)).take(connection -> List.of());
      Path manifestFile = folder.resolve(manifest.name() + ManifestFile.EXTENSION);
      for (Path file : List.of(folder.resolve(manifest.file()), manifestFile)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
      assertThat(Files.readString(manifestFile)).doesNotContain(source.password());
    }
  }

  @Test
  @DisplayName("takes the place of a database only when told to, and then keeps that one")
  void replaces() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("old")) {
      Target target = target(source);
      execute(target, "create table t (i int)", "insert into t values (1), (2)");
      execute(target, "alter database " + source.name() + " set search_path = \"$user\", public");
      execute(target, "alter database " + source.name() + " set app.tenant = 'it''s me'");
      execute(target, "comment on database " + source.name() + " is 'ours'");
      List<String> settings = databaseSettings(target, source.name());
      BackupOptions options = options(BackupEngine.Choice.JDBC);
      backup(target, options).take(connection -> List.of());
      execute(target, "insert into t values (3)");

      assertThatThrownBy(() -> restore(target, options, new RestoreOptions(false, false, true)))
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.RESTORE_REFUSED))
          .hasMessageContaining("-Dmigrate.force=true");
      RestoreResult restored = restore(target, options, new RestoreOptions(true, false, true));

      assertThat(query(target, "select count(*) from t")).containsExactly("2");
      assertThat(databaseSettings(target, source.name())).isEqualTo(settings);
      String kept = restored.kept().orElseThrow();
      assertThat(query(target.withDatabase(kept), "select count(*) from t")).containsExactly("3");
      execute(target.withDatabase("postgres"), "drop database " + kept);
    }
  }

  @Test
  @DisplayName("disturbs nobody who is connected, unless told to")
  void disturbsNobody() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("busy")) {
      Target target = target(source);
      execute(target, "create table t (i int)");
      BackupOptions options = options(BackupEngine.Choice.JDBC);
      backup(target, options).take(connection -> List.of());
      try (Connection busy = target.connectForScripts("an application")) {
        assertThatThrownBy(() -> restore(target, options, new RestoreOptions(true, false, true)))
            .hasMessageContaining("an application")
            .hasMessageContaining("-Dmigrate.terminateConnections=true");
        assertThat(busy.isValid(5)).isTrue();

        RestoreResult restored = restore(target, options, new RestoreOptions(true, true, true));

        assertThat(busy.isValid(5)).isFalse();
        execute(target.withDatabase("postgres"), "drop database " + restored.kept().orElseThrow());
      }
    }
  }

  @Test
  @DisplayName("that cannot be loaded leaves the database as it was, and no other behind")
  void allOrNothing() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("half")) {
      Target target = target(source);
      execute(target, "create table t (i int)", "insert into t select generate_series(1, 10)");
      BackupOptions options = options(BackupEngine.Choice.JDBC);
      Manifest manifest = backup(target, options).take(connection -> List.of());
      // A manifest that wants a row more than the file has: found out after loading.
      Path file = folder.resolve(manifest.name() + ManifestFile.EXTENSION);
      String more = Files.readString(file).replace("\"rows\": 10", "\"rows\": 11");
      Files.write(file, ManifestFile.write(new Gson().fromJson(more, Manifest.class)));
      execute(target, "insert into t values (99)");
      List<String> databases = query(target, "select datname from pg_database order by 1");

      assertThatThrownBy(() -> restore(target, options, new RestoreOptions(true, false, true)))
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.RESTORE_FAILED))
          .hasMessageContaining("public.t has 10 rows instead of 11");

      assertThat(query(target, "select count(*) from t")).containsExactly("11");
      assertThat(query(target, "select datname from pg_database order by 1")).isEqualTo(databases);
    }
  }

  @Test
  @DisplayName("is restored in one transaction by a role that may not create databases")
  void inPlace() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("modest")) {
      Target admin = target(source);
      execute(
          admin,
          "drop role if exists modest",
          "create role modest login password 'modest'",
          "alter database " + source.name() + " owner to modest");
      Target target = Target.of(source.jdbcUrl(), "modest", "modest", "test");
      execute(
          target,
          "create type mood as enum ('sad', 'ok')",
          "create table t (i int primary key, m mood)",
          "insert into t select i, 'ok' from generate_series(1, 3000) i",
          "create table u (i int references t)",
          "create view v as select * from t");
      BackupOptions options = options(BackupEngine.Choice.JDBC);
      Manifest manifest = backup(target, options).take(connection -> List.of());
      execute(target, "drop view v", "delete from t where i > 5", "create table extra (i int)");

      RestoreResult restored = restore(target, options, new RestoreOptions(true, false, true));

      assertThat(restored.kept()).isEmpty();
      assertThat(restored.safetyBackup()).isPresent();
      assertThat(TableChecksums.of(target, "test", 2, true)).isEqualTo(manifest.tables());
      assertThat(query(target, "select count(*) from v")).containsExactly("3000");
      execute(admin, "alter database " + source.name() + " owner to current_user");
      execute(admin, "drop owned by modest cascade", "drop role modest");
    }
  }

  @Test
  @DisplayName("of pg_dump is restored in one transaction, too, by a role without that right")
  void inPlaceByPgRestore() throws Exception {
    InstalledServer server = installed();
    Target admin = server.target("postgres");
    execute(
        admin,
        "create role clerk login password 'clerk word'",
        "create database clerks owner clerk");
    Target target =
        Target.of(admin.withDatabase("clerks").jdbcUrl(), "clerk", "clerk word", "test");
    execute(
        target,
        "create table t (i int primary key, w text)",
        "insert into t select i, 'w' from generate_series(1, 500) i",
        "create view v as select count(*) as n from t");
    BackupOptions options = options(BackupEngine.Choice.PG_DUMP);
    Manifest manifest = backup(target, options).take(connection -> List.of());
    execute(target, "delete from t where i > 3", "create table extra (i int)");

    assertThatThrownBy(() -> restore(target, options, new RestoreOptions(false, false, true)))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.RESTORE_REFUSED));
    RestoreResult restored = restore(target, options, new RestoreOptions(true, false, true));

    assertThat(restored.kept()).isEmpty();
    assertThat(restored.safetyBackup()).isPresent();
    assertThat(TableChecksums.of(target, "test", 2, true)).isEqualTo(manifest.tables());
    assertThat(query(target, "select n from v")).containsExactly("500");
  }

  private static InstalledServer installed() throws IOException, InterruptedException {
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(
        server.isPresent(), "PostgreSQL 15 with pg_dump is not installed here: not judged by it");
    return server.get();
  }

  static void execute(Target target, String... statements) throws SQLException {
    try (Connection connection = target.connectForScripts("test")) {
      for (String sql : statements) {
        Queries.execute(connection, sql);
      }
    }
  }

  static List<String> query(Target target, String sql) throws SQLException {
    try (Connection connection = target.connectForScripts("test")) {
      return Queries.column(connection, sql);
    }
  }

  private static List<String> databaseSettings(Target target, String name) throws SQLException {
    return query(
        target,
        ("select concat_ws(' ', c, shobj_description(d.oid, 'pg_database'), datcollate, encoding)"
                + " from pg_database d left join pg_db_role_setting s on s.setdatabase = d.oid,"
                + " unnest(setconfig) c where datname = '%s' order by 1")
            .formatted(name));
  }
}
