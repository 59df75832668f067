package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.History;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.introspect.Scope;
import dev.migrate.model.ModelFromRevisions;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A project with Java migrations")
class JavaMigrationsIT {
  private static final String CLASS = "src/main/java/db/migration/V2__Split_names.java";

  @TempDir private Path folder;
  private ModelProject project;

  @BeforeEach
  void start() {
    project =
        ModelProject.at(folder)
            .revision(1, "create table a (x int primary key);", "drop table a;")
            .revision(3, "create view v as select y from a;", "drop view v;");
  }

  /** The server of all tests: one of its own for each replay would take seconds. */
  private static ScratchSource scratchSource() {
    ServerAddress address = TestPostgres.server().address();
    return new ScratchSource.Borrowed(
        address.jdbcUrl("postgres"), address.user(), address.password());
  }

  private List<String> transcribe(RevisionFiles files) {
    return new ModelFromRevisions(
            scratchSource(), HistoryOptions.defaults(), Scope.standard(), project.progress())
        .run(files, project.model());
  }

  private static void assertNamed(MigrateException failure, String place) {
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(failure.problem())
        .contains("column \"y\" does not exist", "V3__step_3.sql")
        .contains(
            "1 migration is run only by the Flyway of the application, and what it does to the"
                + " schema is missing on scratch: 2 Split names ("
                + place
                + ").");
    assertThat(failure.remedy())
        .startsWith("If the script needs what such a migration does, write the same as SQL")
        .contains("V2__Split_names.sql");
  }

  @Test
  @DisplayName("is told which class is missing when a script after it fails")
  void classInSources() {
    project.file(CLASS, "class V2__Split_names {}");
    assertNamed(failureOf(() -> transcribe(project.files())), CLASS);
    project.model("create table a (x int primary key);");
    assertNamed(failureOf(() -> project.generate("x")), CLASS);
  }

  @Test
  @DisplayName("is told which row of the history is missing")
  void rowOfHistory() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("java")) {
      stock(database).javaMigrations(new V2__Split_names()).target("2").load().migrate();
      History history = read(database);
      assertNamed(
          failureOf(() -> transcribe(project.files().recordedElsewhere(history::javaMigrations))),
          "row 2 of the history, JDBC " + V2__Split_names.class.getName());
    }
  }

  @Test
  @DisplayName(
      "is told so where its scripts run, too, and not where a script fails before the class")
  void elsewhere() {
    project.file(CLASS, "class V2__Split_names {}");
    project.revision(3, "select 1;", "select 1;");
    assertThat(transcribe(project.files())).singleElement().asString().contains("2 Split names (");
    assertThat(project.generate("x").warnings())
        .singleElement()
        .asString()
        .contains("2 Split names (");
    project.revision(1, "create tabel a;", "select 1;");
    assertThat(failureOf(() -> project.generate("x")))
        .satisfies(failure -> assertThat(failure.problem()).doesNotContain("Split"))
        .satisfies(failure -> assertThat(failure.remedy()).startsWith("Mend the script"));
  }

  @Test
  @DisplayName("can put a script in the place of a class, also where the class has run")
  void scriptInstead() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("java")) {
      stock(database).javaMigrations(new V2__Split_names()).load().migrate();
      project.file(CLASS, "class V2__Split_names {}");
      project.file(
          "src/main/resources/db/migration/V2__Split_names.sql", "alter table a add y text;");
      assertThat(transcribe(project.files())).isEmpty();

      TargetState state = TargetState.of(project.files(), read(database));
      assertThat(state.applied())
          .containsExactlyInAnyOrder(RevisionId.of("1"), RevisionId.of("2"), RevisionId.of("3"));
      Flyway application = stock(database).load();
      assertThat(application.validateWithResult().validationSuccessful).isFalse();
      stamp(database, "1");
      stamp(database, "3");
      assertThat(application.validateWithResult().validationSuccessful).isTrue();
      assertThat(application.migrate().migrationsExecuted).isZero();
    }
  }

  private void stamp(ScratchDatabase database, String to) {
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      RevisionFiles files = project.files();
      locked.stamp(files, files.graph().stamp(locked.state(files).known(), to), false);
    }
  }

  private static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  @Test
  @DisplayName(
      "can begin anew with a baseline over the last class, whether a database has it or is new")
  void baseline() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("java");
        ScratchDatabase fresh = TestPostgres.database("java_fresh")) {
      stock(database).javaMigrations(new V2__Split_names()).target("2").load().migrate();
      Files.delete(project.folders().upgrade().resolve("V1__step_1.sql"));
      Files.delete(project.folders().downgrade().resolve("U1__step_1.sql"));
      project.file(
          "src/main/resources/db/migration/B2__base.sql",
          "create table a (x int primary key, y text);");
      assertThat(transcribe(project.files())).isEmpty();
      for (ScratchDatabase one : List.of(database, fresh)) {
        try (LockedTarget locked =
            LockedTarget.open(target(one), "test", HistoryOptions.defaults(), Progress.SILENT)) {
          RevisionFiles files = project.files();
          RevisionPlan plan =
              new UpgradeRequest("head", List.of(), false).plan(locked.state(files));
          assertThat(plan.revisions()).hasSize(one == database ? 1 : 2);
          locked.upgrade(files, plan);
        }
      }
    }
  }

  private FluentConfiguration stock(ScratchDatabase database) {
    return Flyway.configure(JavaMigrationsIT.class.getClassLoader())
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("filesystem:" + project.folders().upgrade());
  }

  private static History read(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return HistoryReader.read(
          connection, HistoryTable.locate(connection, Optional.empty(), HistoryTable.DEFAULT_NAME));
    }
  }

  /** What the application has. */
  public static final class V2__Split_names extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws SQLException {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute("alter table a add y text");
      }
    }
  }
}
