package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A script that cannot run inside a transaction and does not say so")
class OutsideTransactionIT {
  private static final String COMMITS = "DO $$ BEGIN INSERT INTO a VALUES (1); COMMIT; END $$;";
  private static final String DETACHES = "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("outside");
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    project =
        new RevisionProject(folder, target)
            .revision(
                1,
                "CREATE TABLE a (id int); CREATE TABLE p (id int) PARTITION BY LIST (id);"
                    + " CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);",
                "DROP TABLE a; DROP TABLE p;");
  }

  @AfterEach
  void end() {
    database.close();
  }

  private void isRefusedUntilItSaysSo(String sql, String state) {
    project.revision(2, sql, null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(failure.problem())
        .contains(
            "V2__step_2.sql, line 1: ",
            "(SQLSTATE " + state + ")",
            "It was run inside a transaction, which it cannot be; it was rolled back;"
                + " 1 of 2 revisions of this run are applied.");
    assertThat(failure.remedy())
        .contains("'-- transaction: none' in the header of the script", "mvn migrate:upgrade");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING");
    project.revision(2, "-- transaction: none\n\n" + sql, null);
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
  }

  @Test
  @DisplayName("is refused at a COMMIT in a block (2D000), leaves nothing, and the remedy works")
  void commitsInBlock() {
    isRefusedUntilItSaysSo(COMMITS, "2D000");
    assertThat(project.query("SELECT count(*) FROM a")).containsExactly("1");
  }

  @Test
  @DisplayName("is refused at a CONCURRENTLY (25001), leaves nothing, and the remedy works")
  void detachesConcurrently() {
    isRefusedUntilItSaysSo(DETACHES, "25001");
    assertThat(project.query("SELECT count(*) FROM pg_inherits")).containsExactly("0");
  }
}
