package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.ModelFromDatabase;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.ScratchSource;
import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What of a target needs a superuser in scratch")
class UntrustedIT {
  /** Only a superuser may say so of a function. */
  private static final String LEAKPROOF =
      "create function public.f() returns int language sql leakproof as 'select 1'";

  private static final String TRUST = "-Dmigrate.trustTarget=true";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private Target target;

  @BeforeEach
  void start() {
    database = TestPostgres.database("untrusted");
    target = target(database);
  }

  @AfterEach
  void end() {
    database.close();
  }

  private static MigrateException untrusted(ThrowingCallable goal) {
    MigrateException[] seen = {null};
    assertThatThrownBy(goal)
        .isInstanceOfSatisfying(MigrateException.class, failure -> seen[0] = failure);
    assertThat(seen[0].code()).as(seen[0].getMessage()).isEqualTo(FailureCode.UNTRUSTED_TARGET);
    return seen[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"JDBC", "PG_DUMP"})
  @DisplayName("is named when a backup is verified, and let through by trust")
  void backup(BackupEngine.Choice engine) throws Exception {
    Target source = target;
    if (engine == BackupEngine.Choice.PG_DUMP) {
      Optional<InstalledServer> installed = InstalledServer.get();
      org.junit.jupiter.api.Assumptions.assumeTrue(installed.isPresent(), "no pg_dump here");
      Target server = installed.get().target("postgres");
      execute(server, "drop database if exists untrusted", "create database untrusted");
      source = server.withDatabase("untrusted");
    }
    execute(source, LEAKPROOF);
    BackupOptions options = BackupOptions.in(folder).with(engine);
    Manifest taken =
        new Backup(source, "test", "flyway_schema_history", options, BackupProgress.SILENT)
            .take(connection -> List.of());
    Scratch scratch =
        engine == BackupEngine.Choice.PG_DUMP
            ? BorrowedScratch.on(source.jdbcUrl(), "postgres", "secret word")
            : TestPostgres.server();

    MigrateException failure =
        untrusted(
            () ->
                new BackupVerification(scratch.sandbox(), options, BackupProgress.SILENT)
                    .verify(taken));

    assertThat(failure.problem()).contains("public.f()", "leakproof");
    assertThat(failure.remedy()).contains(TRUST);
    assertThat(
            new BackupVerification(scratch, options, BackupProgress.SILENT)
                .verify(taken)
                .verifiedAt())
        .isPresent();
  }

  @Test
  @DisplayName("is named when a target is copied for a rehearsal, and let through by trust")
  void rehearsal() throws Exception {
    execute(target, LEAKPROOF);
    DatabaseCopy copy =
        new DatabaseCopy(target, "test", "flyway_schema_history", folder, BackupProgress.SILENT);

    MigrateException failure = untrusted(() -> copy.into(TestPostgres.server().sandbox(), 0));

    assertThat(failure.getMessage()).contains("leakproof", TRUST);
    copy.into(TestPostgres.server(), 0).close();
  }

  @Test
  @DisplayName("is named when a project is begun from a target, and let through by trust")
  void init() throws Exception {
    execute(target, LEAKPROOF);
    ScratchSource scratchSource =
        new ScratchSource.Embedded(TestPostgres.installation(), folder.resolve("scratch"));
    RevisionFiles none = RevisionFiles.read(RevisionFolders.of(folder), MissingFolder.ALLOW);
    Path model = folder.resolve("schema.sql");

    MigrateException failure =
        untrusted(
            () ->
                new ModelFromDatabase(scratchSource, HistoryOptions.defaults(), Scope.standard())
                    .run(target, none, model));

    assertThat(failure.getMessage()).contains("leakproof", TRUST);
    assertThat(folder.resolve("src")).doesNotExist();
    assertThat(model).doesNotExist();
    new ModelFromDatabase(scratchSource, HistoryOptions.defaults(), Scope.standard(), true)
        .run(target, none, model);
    assertThat(model).content().contains("LEAKPROOF");
  }

  @Test
  @DisplayName("is a right of a lent role that goes too far")
  void lentRole() throws Exception {
    execute(
        target,
        "drop role if exists between_them",
        "create role between_them login createdb password 'between'",
        "grant pg_read_server_files to between_them");
    Scratch lent = BorrowedScratch.on(database.jdbcUrl(), "between_them", "between");

    MigrateException failure = untrusted(lent::sandbox);

    assertThat(failure.problem()).contains("pg_read_server_files");
    assertThat(failure.remedy()).contains(TRUST);
    lent.database("trusted").close();
    execute(target, "drop role between_them");
  }

  @Test
  @DisplayName("may be a history that somebody has changed: no goal reads it, trusted or not")
  void history() throws Exception {
    execute(
        target,
        "create table public.h (installed_rank int, version text)",
        "create view public.flyway_schema_history as select * from public.h");
    HistoryOptions options = HistoryOptions.defaults();

    for (ThrowingCallable goal :
        List.<ThrowingCallable>of(
            () -> {
              try (QueryConnection asking = target.ask("test")) {
                HistoryReader.read(asking, options.schema(), options.table());
              }
            },
            () -> {
              RevisionFiles none =
                  RevisionFiles.read(RevisionFolders.of(folder), MissingFolder.ALLOW);
              try (LockedTarget locked =
                  LockedTarget.open(target, "test", options, Progress.SILENT)) {
                locked.state(none);
              }
            },
            () -> ModelFromDatabase.hasGrown(target, options))) {
      assertThat(untrusted(goal).remedy()).contains("drop what was added");
    }
  }

  @Test
  @DisplayName("makes a restore as a superuser say what PostgreSQL's documentation says of it")
  void restore() throws Exception {
    assertThat(restoring(target).caution())
        .hasValueSatisfying(
            caution ->
                assertThat(caution)
                    .contains(
                        "\"Restoring a dump causes the destination to execute arbitrary code of the"
                            + " source superusers' choice.\""));
    execute(
        target,
        "drop role if exists plain_owner",
        "create role plain_owner login password 'plain'");
    try {
      assertThat(restoring(Target.of(target.jdbcUrl(), "plain_owner", "plain", "test")).caution())
          .isEmpty();
    } finally {
      execute(target, "drop role plain_owner");
    }
  }

  private Restore restoring(Target into) {
    return new Restore(
        into,
        "test",
        BackupOptions.in(folder),
        new RestoreOptions(false, false, true),
        BackupProgress.SILENT);
  }
}
