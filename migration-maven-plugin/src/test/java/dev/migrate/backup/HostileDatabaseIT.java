package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static dev.migrate.backup.BackupIT.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A backup or a restore of a database that makes it hard")
class HostileDatabaseIT {
  private static final RestoreOptions FORCED = new RestoreOptions(true, false, true);
  private static final RestoreOptions ENDING = new RestoreOptions(true, true, true);

  @TempDir Path folder;

  private BackupOptions options(BackupEngine.Choice engine) {
    return BackupOptions.in(folder.resolve("backups")).with(engine);
  }

  private static Backup backup(Target target, BackupOptions options) {
    return new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT);
  }

  private static Manifest take(Target target, BackupOptions options) {
    return backup(target, options).take(connection -> List.of());
  }

  private static RestoreResult restore(
      Target target, BackupOptions options, RestoreOptions allowed) {
    return restore(target, options, allowed, BackupProgress.SILENT);
  }

  private static RestoreResult restore(
      Target target, BackupOptions options, RestoreOptions allowed, BackupProgress progress) {
    return Restoring.run(target, "test", options, allowed, progress, "latest");
  }

  /** A role that may create databases and nothing else, and owns one. */
  private static Target ownedByModest(ScratchDatabase database, String role, String rights)
      throws SQLException {
    execute(
        target(database),
        "create role " + role + " login password 'word' " + rights,
        "alter database " + database.name() + " owner to " + role);
    return Target.of(database.jdbcUrl(), role, "word", "test");
  }

  private static void forget(ScratchDatabase database, String role) throws SQLException {
    execute(
        target(database),
        "alter database " + database.name() + " owner to current_user",
        "reassign owned by " + role + " to current_user",
        "drop owned by " + role + " cascade",
        "drop role " + role);
  }

  @Test
  @DisplayName("can still be entered when the sessions of others cannot be ended")
  void sessionsThatCannotBeEnded() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("locked_out")) {
      Target modest = ownedByModest(source, "modest_ender", "createdb");
      execute(modest, "create table t (i int)", "insert into t values (1)");
      take(modest, options(BackupEngine.Choice.JDBC));
      try (Connection superuser = target(source).connectForScripts("a superuser")) {
        assertThatThrownBy(() -> restore(modest, options(BackupEngine.Choice.JDBC), FORCED))
            .hasMessageContaining("Others are connected");
        assertThatThrownBy(() -> restore(modest, options(BackupEngine.Choice.JDBC), ENDING))
            .isInstanceOfSatisfying(
                MigrateException.class,
                e -> assertThat(e.code()).isEqualTo(FailureCode.RESTORE_FAILED))
            .hasMessageContaining("terminate")
            .hasMessageContaining("The database is as it was");
        assertThat(superuser.isValid(5)).isTrue();
      }
      assertThat(query(modest, "select count(*) from t")).containsExactly("1");
      assertThat(query(modest, "select datname from pg_database where datname ~ '_restore_'"))
          .isEmpty();
      // With nobody in the way it works for such a role, too.
      execute(modest, "insert into t values (2)");
      String kept = restore(modest, options(BackupEngine.Choice.JDBC), ENDING).kept().orElseThrow();
      assertThat(query(modest, "select count(*) from t")).containsExactly("1");
      execute(modest.withDatabase("postgres"), "drop database " + kept);
      forget(source, "modest_ender");
    }
  }

  @Test
  @DisplayName("is exchanged although an application connects again and again")
  void applicationThatComesBack() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("stubborn")) {
      Target target = target(source);
      execute(target, "create table t (i int)", "insert into t values (1)");
      take(target, options(BackupEngine.Choice.JDBC));
      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger visits = new AtomicInteger();
      CompletableFuture<Void> application =
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  try (Connection connection = target.connectForScripts("an application")) {
                    visits.incrementAndGet();
                    Queries.text(connection, "select pg_sleep(0.05)::text");
                  } catch (SQLException | MigrateException ended) {
                    continue; // it was told to go, and comes back
                  }
                }
              });
      RestoreResult restored = restore(target, options(BackupEngine.Choice.JDBC), ENDING);
      done.set(true);
      application.get(30, TimeUnit.SECONDS);
      assertThat(visits.get()).isPositive();
      assertThat(query(target, "select count(*) from t")).containsExactly("1");
      String kept = restored.kept().orElseThrow();
      assertThat(query(target.withDatabase(kept), "select count(*) from t")).containsExactly("1");
      execute(target.withDatabase("postgres"), "drop database " + kept + " with (force)");
    }
  }

  @Test
  @DisplayName("keeps what was written to an empty database while the restore was at work")
  void writtenMeanwhile() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("not_empty");
        ScratchDatabase place = TestPostgres.database("empty_at_first")) {
      execute(target(source), "create table t (i int)", "insert into t values (1)");
      take(target(source), options(BackupEngine.Choice.JDBC));
      StringBuilder warnings = new StringBuilder();
      BackupProgress writer =
          new HeardBackup() {
            @Override
            public void begins(String what, int tables, long bytes) {
              try {
                execute(target(place), "create table late (i int)", "insert into late values (7)");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }

            @Override
            public void warning(String text) {
              warnings.append(text);
            }
          };
      RestoreResult restored =
          restore(target(place), options(BackupEngine.Choice.JDBC), FORCED, writer);
      String kept = restored.kept().orElseThrow();
      assertThat(warnings.toString()).contains(kept);
      assertThat(query(target(place), "select i from t")).containsExactly("1");
      assertThat(query(target(place).withDatabase(kept), "select i from late"))
          .containsExactly("7");
      execute(target(place).withDatabase("postgres"), "drop database " + kept);
    }
  }

  @Test
  @DisplayName("does not take a table for empty whose rows a policy hides")
  void rowSecurity() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("secured")) {
      Target modest = ownedByModest(source, "modest_filtered", "");
      execute(
          modest,
          "create table t (i int, whose text)",
          "insert into t values (1, 'somebody else')",
          "create policy own on t using (whose = current_user)",
          "alter table t enable row level security",
          "alter table t force row level security");
      assertThat(query(modest, "select count(*) from t")).containsExactly("0");
      assertThat(backup(modest, options(BackupEngine.Choice.JDBC)).hasRows()).isTrue();
      assertThatThrownBy(() -> take(modest, options(BackupEngine.Choice.JDBC)))
          .isInstanceOf(MigrateException.class)
          .hasMessageContaining("row-level security");
      forget(source, "modest_filtered");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BackupEngine.Choice.class,
      names = {"PG_DUMP", "JDBC"})
  @DisplayName("is of the database that is meant, whatever characters its name has")
  void oddName(BackupEngine.Choice engine) throws Exception {
    InstalledServer server = installed();
    Target admin = server.target("postgres");
    String name = "a=b 'q' \"Ü; %d\\ " + engine.name().toLowerCase(Locale.ROOT);
    execute(admin, "create database " + SqlNames.quote(name));
    Target target = admin.withDatabase(name);
    execute(target, "create table \"Größe %s\" (w text)", "insert into \"Größe %s\" values ('ä')");
    take(target, options(engine));
    execute(target, "drop table \"Größe %s\"", "create table other (i int)");

    RestoreResult restored = restore(target, options(engine), FORCED);

    assertThat(query(target, "select w from \"Größe %s\"")).containsExactly("ä");
    assertThat(restored.kept()).isPresent();
  }

  @Test
  @DisplayName("goes where the URL says, whatever libpq finds in the environment")
  void misleadingEnvironment() throws Exception {
    InstalledServer server = installed();
    execute(server.target("postgres"), "create database led");
    Target target = server.target("led");
    execute(target, "create table t (i int)", "insert into t values (1)");
    Path services = folder.resolve("services");
    Files.writeString(services, "[elsewhere]\nhost=127.0.0.1\nport=1\n");
    Process process =
        job(
            target,
            Map.of(
                "PGSERVICE", "elsewhere",
                "PGSERVICEFILE", services.toString(),
                "PGHOSTADDR", "127.0.0.2",
                "PGOPTIONS", "-c search_path=nowhere"),
            BackupEngine.PG_DUMP.name(),
            "");
    assertThat(new String(process.getInputStream().readAllBytes())).contains("led-");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  @DisplayName("does not wait for ever behind somebody who waits for the backup")
  void waitingForEachOther() throws Exception {
    InstalledServer server = installed();
    Target admin = server.target("postgres");
    execute(admin, "create database queued");
    Target target = admin.withDatabase("queued");
    execute(target, "create table t (i int)", "insert into t values (1)");
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path arguments = folder.resolve("arguments");
    tool(
        tools,
        "pg_dump",
        """
        [ "$1" = --version ] && exec %1$s/pg_dump --version
        echo "$@" > %2$s
        exec %1$s/pg_dump "$@" --lock-wait-timeout=1s
        """
            .formatted(InstalledServer.BINARIES, arguments));
    BackupOptions options =
        new BackupOptions(
            folder.resolve("backups"),
            BackupEngine.Choice.PG_DUMP,
            false,
            6,
            2,
            tools,
            List.of(),
            false,
            false);
    AtomicBoolean queued = new AtomicBoolean();
    BackupProgress queue =
        new HeardBackup() {
          @Override
          public void begins(String what, int tables, long bytes) {
            CompletableFuture.runAsync(
                () -> {
                  try {
                    execute(target, "set statement_timeout = '4s'; alter table t add j int");
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
            try {
              while (query(admin, "select 1 from pg_locks where not granted").isEmpty()) {
                Thread.sleep(20);
              }
              queued.set(true);
            } catch (SQLException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    assertThatThrownBy(
            () ->
                new Backup(target, "test", "flyway_schema_history", options, queue)
                    .take(connection -> List.of()))
        .isInstanceOfSatisfying(
            MigrateException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.BACKUP_FAILED))
        .hasMessageContaining("LOCK TABLE")
        .hasMessageContaining("look for it in pg_locks");
    assertThat(queued).isTrue();
    assertThat(Files.readString(arguments)).contains("--lock-wait-timeout=60s");
  }

  private Process job(Target target, Map<String, String> environment, String what, String name)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BackupJob.class.getName(),
                target.jdbcUrl(),
                target.user(),
                target.libpqEnvironment().get("PGPASSWORD"),
                folder.resolve("backups").toString(),
                what,
                name)
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  @Test
  @DisplayName("called latest is of the same database, or it has to be said which is meant")
  void latest() throws Exception {
    try (ScratchDatabase one = TestPostgres.database("latest_one");
        ScratchDatabase two = TestPostgres.database("latest_two");
        ScratchDatabase three = TestPostgres.database("latest_three")) {
      execute(target(one), "create table one (i int)");
      execute(target(two), "create table two (i int)");
      BackupOptions options = options(BackupEngine.Choice.JDBC);
      Manifest ofOne = take(target(one), options);
      // The only one there is: a restore into another database may well mean it.
      restore(target(three), options, FORCED);
      assertThat(query(target(three), "select count(*) from one")).containsExactly("0");
      Manifest ofTwo = take(target(two), options);

      assertThat(new BackupFolder(options.folder()).find("latest", target(one))).isEqualTo(ofOne);
      assertThat(new BackupFolder(options.folder()).find("latest", target(two))).isEqualTo(ofTwo);
      assertThatThrownBy(() -> restore(target(three), options, FORCED))
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.BACKUP_NOT_FOUND))
          .hasMessageContaining(one.name())
          .hasMessageContaining(two.name());
    }
  }

  @Test
  @DisplayName("of money and an encoding of one byte comes back by both ways of pg_restore")
  void moneyInLatin1() throws Exception {
    InstalledServer server = installed();
    Target admin = server.target("postgres");
    execute(
        admin,
        "create role latin login password 'word'",
        "create database latin owner latin template template0 encoding 'LATIN1' locale 'C'");
    Target target = Target.of(admin.withDatabase("latin").jdbcUrl(), "latin", "word", "test");
    execute(
        target,
        "create table \"größe\" (price money, w text)",
        "insert into \"größe\" values (1234.56, 'ü'), (-0.01, 'ß')");
    List<String> before = query(target, "select price::numeric || w from \"größe\" order by 1");
    take(target, options(BackupEngine.Choice.PG_DUMP));
    execute(target, "delete from \"größe\"", "create table \"später\" (i int)");

    RestoreResult inPlace = restore(target, options(BackupEngine.Choice.PG_DUMP), FORCED);

    assertThat(inPlace.safetyBackup()).isPresent();
    assertThat(query(target, "select price::numeric || w from \"größe\" order by 1"))
        .isEqualTo(before);
    RestoreResult swapped =
        restore(admin.withDatabase("latin"), options(BackupEngine.Choice.PG_DUMP), FORCED);
    assertThat(swapped.kept()).isPresent();
  }

  @Test
  @DisplayName("has numbers that PostgreSQL reads, whatever digits the language of the machine has")
  void otherDigits() throws Exception {
    Locale usual = Locale.getDefault();
    try (ScratchDatabase source = TestPostgres.database("digits")) {
      Target target = target(source);
      execute(
          target,
          "create table t (i int)",
          "insert into t values (12)",
          "select lo_from_bytea(4711, 'abc')");
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      take(target, options(BackupEngine.Choice.JDBC));
      execute(target, "select lo_unlink(4711)");

      RestoreResult restored = restore(target, options(BackupEngine.Choice.JDBC), FORCED);

      assertThat(query(target, "select convert_from(lo_get(4711), 'UTF8')")).containsExactly("abc");
      execute(target.withDatabase("postgres"), "drop database " + restored.kept().orElseThrow());
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  @DisplayName("is not taken of bytes that could not come back")
  void bytesOfNoEncoding() throws Exception {
    InstalledServer server = installed();
    Target admin = server.target("postgres");
    execute(admin, "create database bytes template template0 encoding 'SQL_ASCII' locale 'C'");
    Target target = admin.withDatabase("bytes");
    execute(target, "create table t (w text)", "insert into t values ('plain')");
    take(target, options(BackupEngine.Choice.JDBC));
    execute(target, "do $$ begin execute 'insert into t values (E''\\xe4'')'; end $$");

    assertThatThrownBy(() -> take(target, options(BackupEngine.Choice.JDBC)))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("invalid byte sequence");
    take(target, options(BackupEngine.Choice.PG_DUMP));
    execute(target, "delete from t");
    restore(target, options(BackupEngine.Choice.PG_DUMP), FORCED);
    assertThat(query(target, "select encode(w::bytea, 'hex') from t order by 1"))
        .containsExactly("706c61696e", "e4");
  }

  @ParameterizedTest
  @EnumSource(
      value = BackupEngine.Choice.class,
      names = {"PG_DUMP", "JDBC"})
  @DisplayName("lets nobody write between the backup before a restore in place and its end")
  void nobodyWritesInBetween(BackupEngine.Choice engine) throws Exception {
    InstalledServer server = installed();
    Target admin = server.target("postgres");
    String name = "between_" + engine.name().toLowerCase(Locale.ROOT);
    execute(
        admin,
        "create role " + name + " login password 'word'",
        "create database " + name + " owner " + name);
    Target target = Target.of(admin.withDatabase(name).jdbcUrl(), name, "word", "test");
    execute(target, "create table t (i int)", "insert into t values (1)");
    take(target, options(engine));
    AtomicInteger refused = new AtomicInteger();
    BackupProgress writer =
        new HeardBackup() {
          @Override
          public void begins(String what, int tables, long bytes) {
            if (what.startsWith("Restoring")) {
              try {
                execute(target, "set lock_timeout = '200ms'; insert into t values (2)");
              } catch (SQLException e) {
                refused.incrementAndGet();
              }
            }
          }
        };
    RestoreResult restored = restore(target, options(engine), FORCED, writer);
    assertThat(restored.safetyBackup()).isPresent();
    assertThat(refused.get()).isEqualTo(1);
    assertThat(query(target, "select i from t")).containsExactly("1");
  }

  @Test
  @DisplayName("is as it was when a restore in place is killed half-way")
  void killedInPlace() throws Exception {
    InstalledServer server = installed();
    Target admin = server.target("postgres");
    execute(
        admin,
        "create role halfway login password 'word'",
        "create database halfway owner halfway");
    Target target = Target.of(admin.withDatabase("halfway").jdbcUrl(), "halfway", "word", "test");
    execute(target, "create table t (i int)", "insert into t select generate_series(1, 20000)");
    Manifest manifest = take(target, options(BackupEngine.Choice.PG_DUMP));
    execute(target, "drop table t");
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path reached = folder.resolve("reached");
    tool(tools, "pg_dump", "exec %s/pg_dump \"$@\"".formatted(InstalledServer.BINARIES));
    tool(tools, "psql", "exec %s/psql \"$@\"".formatted(InstalledServer.BINARIES));
    tool(
        tools,
        "pg_restore",
        """
        [ "$1" = --version ] && exec %1$s/pg_restore --version
        %1$s/pg_restore "$@" | sed '/^15000$/,$d'
        touch %2$s
        while [ -e %2$s ]; do sleep 0.1; done
        """
            .formatted(InstalledServer.BINARIES, reached));
    String path = tools + ":" + System.getenv("PATH");
    Process process = job(target, Map.of("PATH", path), BackupJob.RESTORE, manifest.name());
    for (int i = 0; i < 300 && !Files.exists(reached); i++) {
      Thread.sleep(100);
    }
    assertThat(reached).exists();
    Thread.sleep(500); // so that psql has read it
    process.destroyForcibly();
    process.waitFor();
    for (int i = 0;
        i < 100
            && !query(admin, "select pid from pg_stat_activity where datname = 'halfway'")
                .isEmpty();
        i++) {
      Thread.sleep(100);
    }
    assertThat(query(target, "select relname from pg_class where relname = 't'")).isEmpty();
    Files.deleteIfExists(reached);
  }

  private static void tool(Path folder, String name, String script) {
    try {
      Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InstalledServer installed() throws IOException, InterruptedException {
    var server = InstalledServer.get();
    Assumptions.assumeTrue(
        server.isPresent(), "PostgreSQL 15 with pg_dump is not installed here: not judged by it");
    return server.get();
  }
}
