package dev.migrate.history;

import static dev.migrate.history.RevisionProject.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.Backup;
import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupOptions;
import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.DatabaseCopy;
import dev.migrate.backup.RestoreOptions;
import dev.migrate.backup.Restoring;
import dev.migrate.diff.Diff;
import dev.migrate.generate.ModelFromDatabase;
import dev.migrate.introspect.Scope;
import dev.migrate.model.SchemaSources;
import dev.migrate.rehearse.Rehearsal;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.squash.SquashHistory;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Begun by an application's Flyway, and kept where and under the name that it was told. */
@DisplayName("A history of another name or in another schema")
class ForeignHistoryIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"public, schema_version", "Ops, History of us", "odd.one, FLYWAY_SCHEMA_HISTORY"})
  @DisplayName("is read and moved by every goal, and stock Flyway goes on with it")
  void everyGoal(String schema, String table) throws Exception {
    try (ScratchDatabase database = TestPostgres.database("foreign")) {
      Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
      HistoryOptions options =
          HistoryOptions.defaults()
              .in(schema)
              .withTable(table)
              .with(new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ZERO, 3));
      RevisionProject project =
          new RevisionProject(folder, target)
              .with(options)
              .revision(1, "CREATE TABLE public.a (id int);", "DROP TABLE public.a;")
              .revision(2, "CREATE TABLE public.b (id int);", "DROP TABLE public.b;")
              .revision(3, "CREATE TABLE public.c (id int);", "DROP TABLE public.c;");
      Flyway stock = stock(database, schema, table, project.folders().upgrade(), "2");
      stock.migrate();

      assertThat(state(target, project, options).current())
          .extracting(Revision::id)
          .containsExactly(id(2));
      assertThat(ModelFromDatabase.hasGrown(target, options)).isFalse();
      project.upgrade("head");
      state(target, project, options).require().atHead();
      project.downgrade("1");
      project.stamp("2");
      project.execute("CREATE TABLE public.b (id int)");
      assertThat(state(target, project, options).current())
          .extracting(Revision::id)
          .containsExactly(id(2));

      Scope scope = new Scope(new TreeSet<>(), table, false, false);
      SchemaSources schemaSources =
          new SchemaSources(
              new ReplaySettings(scratchSource(), project.files(), options, scope, Progress.SILENT),
              () -> null,
              () -> target,
              name -> null);
      assertThat(
              Diff.between(schemaSources.schema("current"), schemaSources.schema("target"))
                  .changes()
                  .stream()
                  .map(Object::toString)
                  .filter(change -> !change.contains(schema)))
          .isEmpty();
      new SquashHistory(
              scratchSource(),
              project.files(),
              options,
              folder.resolve("archive"),
              Progress.SILENT,
              Clock.systemUTC())
          .run("2", Optional.of(state(target, project, options)), "", true);
      try (ScratchDatabase copy =
          new DatabaseCopy(target, "test", table, folder.resolve("copies"), BackupProgress.SILENT)
              .into(TestPostgres.server(), 0)) {
        assertThat(
                new Rehearsal(
                        DatabaseCopy.target(copy),
                        "test",
                        project.files(),
                        options,
                        Progress.SILENT)
                    .run(
                        state -> state.graph().upgrade(state.applied(), "head"),
                        "the target",
                        0,
                        Duration.ZERO)
                    .passed())
            .isTrue();
      }
      BackupOptions backups =
          BackupOptions.in(folder.resolve("backups")).with(BackupEngine.Choice.JDBC);
      new Backup(target, "test", table, backups, BackupProgress.SILENT)
          .take(connection -> List.of("2"));
      project.upgrade("head");
      Restoring.run(
          target,
          "test",
          backups,
          new RestoreOptions(true, true, false),
          BackupProgress.SILENT,
          "latest");
      assertThat(state(target, project, options).current())
          .extracting(Revision::id)
          .containsExactly(id(2));
      Flyway later = stock(database, schema, table, project.folders().upgrade(), "latest");
      assertThat(later.migrate().migrationsExecuted).isEqualTo(1);
      later.validate();
      state(target, project, options).require().atHead();
      for (String kept :
          project.query(
              "SELECT datname FROM pg_database WHERE datname LIKE '%s\\_before\\_%%'"
                  .formatted(target.database().replace("_", "\\_")))) {
        project.execute("DROP DATABASE \"" + kept + "\"");
      }
    }
  }

  @Test
  @DisplayName("is another one when only the capitals differ, as it is to Flyway")
  void capitals() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("capitals")) {
      RevisionProject project =
          new RevisionProject(
                  folder,
                  Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"))
              .revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;");
      stock(database, "public", "FLYWAY_SCHEMA_HISTORY", project.folders().upgrade(), "latest")
          .migrate();
      assertThat(project.states()).containsExactly("1 PENDING");
      assertThat(RevisionProject.failureOf(() -> project.upgrade("head")).problem())
          .contains("is not empty", "and has no history");
    }
  }

  private static TargetState state(Target target, RevisionProject project, HistoryOptions options) {
    try (var asking = target.ask("test")) {
      return TargetState.of(
          project.files(), HistoryReader.read(asking, options.schema(), options.table()));
    }
  }

  private static Flyway stock(
      ScratchDatabase database, String schema, String table, Path scripts, String upTo) {
    return Flyway.configure(ForeignHistoryIT.class.getClassLoader())
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .defaultSchema(schema)
        .table(table)
        .target(upTo)
        .locations("filesystem:" + scripts)
        .load();
  }

  private static ScratchSource scratchSource() {
    ServerAddress address = TestPostgres.server().address();
    return new ScratchSource.Borrowed(
        address.jdbcUrl("postgres"), address.user(), address.password());
  }
}
