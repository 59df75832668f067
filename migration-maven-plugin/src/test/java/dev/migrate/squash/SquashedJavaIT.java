package dev.migrate.squash;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.ModelProject;
import dev.migrate.history.HistoryOptions;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.JavaTarget;
import dev.migrate.testing.Deployed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A squash over Java migrations")
class SquashedJavaIT {
  @TempDir private Path folder;

  private ModelProject project() {
    return ModelProject.at(folder)
        .revision(1, "create table a (x int primary key);", "drop table a;")
        .revision(3, "create view v as select x, y from a;", "drop view v;");
  }

  /** What classes would do, without a process for each. */
  private record Steps(Map<JavaMigration, String> statements) implements JavaRunner {
    @Override
    public List<JavaMigration> migrations() {
      return List.copyOf(statements.keySet());
    }

    @Override
    public List<JavaMigration> others() {
      return List.of();
    }

    @Override
    public String fingerprint() {
      return statements.toString();
    }

    @Override
    public void run(JavaMigration step, JavaTarget target) {
      try (Connection connection = DriverManager.getConnection(target.loginUrl());
          Statement statement = connection.createStatement()) {
        statement.execute(statements.get(step));
        if (!target.record().isEmpty()) {
          try (PreparedStatement insert = connection.prepareStatement(target.record())) {
            insert.setInt(1, 1);
            insert.executeUpdate();
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static JavaMigration step(String version) {
    return new JavaMigration(
        Optional.of(RevisionId.of(version)), "in Java", "db.migration.V" + version + "__In_Java");
  }

  private SquashResult squash(ModelProject project, String to) {
    return new SquashHistory(
            project.scratchSource(),
            project.files(),
            HistoryOptions.defaults(),
            folder.resolve("archive"),
            project.progress(),
            Clock.systemUTC())
        .run(to, Optional.empty(), "", false);
  }

  @Test
  @DisplayName("takes what those up to it do into the baseline, and leaves the later ones to run")
  void taken() {
    ModelProject project =
        project()
            .with(
                new Steps(
                    Map.of(
                        step("2"), "alter table a add y int",
                        step("4"), "create table z (x int)")));
    try (Deployed old = Deployed.of(project)) {
      old.upgrade();
      squash(project, "3");
      try (Deployed fresh = Deployed.of(project)) {
        fresh.upgrade();
        assertThat(fresh.schema()).isEqualTo(old.schema());
        assertThat(
                fresh.query(
                    "select string_agg(version || ' ' || type, ', ' order by installed_rank)"
                        + " from flyway_schema_history"))
            .isEqualTo("3 SQL_BASELINE, 4 JDBC");
        assertThat(old.upgrade().steps()).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("is refused where nobody can run them, and they are named")
  void refused() {
    ModelProject project =
        project().revision(3, "create view v as select x from a;", "drop view v;");
    project.file("src/main/java/db/migration/V2__Split.java", "class V2__Split {}");
    MigrateException refused = failureOf(() -> squash(project, "3"));
    assertThat(refused.code()).isEqualTo(FailureCode.SQUASH_REFUSED);
    assertThat(refused.problem())
        .contains("The baseline would lack what 1 migration does", "2 Split (src/main/java/");
    assertThat(squash(project, "1")).isInstanceOf(SquashResult.Replaced.class);
  }
}
