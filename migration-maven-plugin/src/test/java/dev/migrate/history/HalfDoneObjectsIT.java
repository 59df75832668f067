package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static dev.migrate.history.RevisionProject.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a script outside a transaction leaves half done")
class HalfDoneObjectsIT {
  private static final String OUTSIDE = "-- transaction: none\n\n";
  private static final String SOON = OUTSIDE + "SET lock_timeout = '20ms';\n";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("halfdone");
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    project =
        new RevisionProject(folder, target)
            .revision(
                1,
                "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE INDEX i ON t (a);"
                    + " CREATE TABLE other (id int); INSERT INTO t VALUES (1, 7), (2, 7);"
                    + " CREATE TYPE mood AS ENUM ('good');"
                    + " CREATE TABLE p (id int) PARTITION BY LIST (id);"
                    + " CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
                    + " CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);",
                "DROP TABLE t, other, p; DROP TYPE mood;");
    project.upgrade("head");
  }

  @AfterEach
  void end() {
    database.close();
  }

  private MigrateException failed(String script) {
    project.revision(2, script, null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED");
    return failure;
  }

  private interface Use {
    void run() throws SQLException;
  }

  /** While somebody has a transaction open that has done something. */
  private void meanwhile(String sql, Use use) throws SQLException {
    try (Connection holder = database.connect();
        Statement open = holder.createStatement()) {
      holder.setAutoCommit(false);
      open.execute(sql);
      use.run();
      holder.rollback();
    }
  }

  @Test
  @DisplayName("is named when it fails, and IF NOT EXISTS does not pass over it the next time")
  void ifNotExists() {
    String script =
        OUTSIDE + "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS once ON t (a);\nSELECT 1;";
    MigrateException failure = failed(script);
    assertThat(failure.problem())
        .contains("It has left the index public.once of public.t, which is not valid.");
    assertThat(failure.remedy()).contains("First: DROP INDEX CONCURRENTLY public.once; ");

    project.execute("DELETE FROM t WHERE id = 2");
    MigrateException kept = failureOf(() -> project.upgrade("head", id(2)));
    assertThat(kept.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(kept.problem())
        .contains(
            "ran to its end, but it left the index public.once of public.t, which is not valid");
    assertThat(kept.remedy()).contains("DROP INDEX CONCURRENTLY public.once;", "-Dmigrate.rerun=2");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED");

    project.execute("DROP INDEX CONCURRENTLY public.once");
    project.upgrade("head", id(2));
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    assertThat(project.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'once'::regclass"))
        .containsExactly("t");
  }

  @Test
  @DisplayName("is an index under a name that PostgreSQL chose, for a script that runs again")
  void withoutName() {
    String script =
        OUTSIDE.replace("none\n", "none\n-- rerun: safe\n")
            + "CREATE UNIQUE INDEX CONCURRENTLY ON t (a);";
    assertThat(failed(script).problem()).contains("the index public.t_a_idx of public.t");
    project.execute("DELETE FROM t WHERE id = 2");
    assertThat(failureOf(() -> project.upgrade("head")).problem())
        .contains("ran to its end, but it left the index public.t_a_idx of public.t");
  }

  @Test
  @DisplayName("is the new index of a REINDEX CONCURRENTLY that gave up, until it is dropped")
  void reindex() throws Exception {
    meanwhile(
        "UPDATE t SET a = 8",
        () ->
            assertThat(failed(SOON + "REINDEX INDEX CONCURRENTLY i;").problem())
                .contains("the index public.i_ccnew of public.t, which is not valid"));
    assertThat(failureOf(() -> project.upgrade("head", id(2))).remedy())
        .contains("DROP INDEX CONCURRENTLY public.i_ccnew;");
    project.execute("DROP INDEX public.i_ccnew");
    project.upgrade("head", id(2));
  }

  @Test
  @DisplayName("is a partition that is half detached")
  void detach() throws Exception {
    meanwhile(
        "SELECT * FROM p",
        () -> {
          MigrateException failure =
              failed(SOON + "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;");
          assertThat(failure.problem())
              .contains("It has left the partition public.p1 of public.p, which is half detached.");
          assertThat(failure.remedy())
              .contains("ALTER TABLE public.p DETACH PARTITION public.p1 FINALIZE;");
        });
  }

  @Test
  @DisplayName(
      "is a constraint that could not be validated, and one whose VALIDATE was passed over")
  void validate() {
    String add = OUTSIDE + "ALTER TABLE t ADD CONSTRAINT c CHECK (a < 7) NOT VALID;\n";
    assertThat(failed(add + "ALTER TABLE t VALIDATE CONSTRAINT c;").problem())
        .contains("It has left the constraint c of public.t, which is not validated.");
    project.revision(
        2,
        OUTSIDE
            + "DO $$ BEGIN ALTER TABLE t VALIDATE CONSTRAINT c;"
            + " EXCEPTION WHEN check_violation THEN NULL; END $$;",
        null);
    assertThat(failureOf(() -> project.upgrade("head", id(2))).problem())
        .contains(
            "ran to its end, but it left the constraint c of public.t, which is not validated");
  }

  @Test
  @DisplayName("is a value of an enum")
  void enumValue() {
    assertThat(failed(OUTSIDE + "ALTER TYPE mood ADD VALUE 'bad';\nSELECT 1/0;").problem())
        .contains("It has left the value 'bad' of the type public.mood.");
  }

  @Test
  @DisplayName("is looked for after a downgrade, too")
  void downgrade() {
    project.revision(
        2,
        "ALTER TABLE t ADD b int;",
        OUTSIDE + "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS once ON t (a);\nSELECT 1;");
    project.upgrade("head");
    assertThat(failureOf(() -> project.downgrade("1")).problem())
        .contains("It has left the index public.once of public.t, which is not valid.");
    project.execute("DELETE FROM t WHERE id = 2");
    assertThat(failureOf(() -> project.downgrade("1", id(2))).problem())
        .contains("ran to its end, but it left the index public.once of public.t");
    project.execute("DROP INDEX CONCURRENTLY public.once");
    project.downgrade("1", id(2));
  }

  @Test
  @DisplayName("is no business of a script when others have left it, or when it is meant so")
  void others() {
    assertThatThrownBy(() -> project.execute("CREATE UNIQUE INDEX CONCURRENTLY old ON t (a)"))
        .hasMessageContaining("could not create unique index");
    project.revision(
        2,
        OUTSIDE
            + "CREATE INDEX CONCURRENTLY ON other (id);\n"
            + "ALTER TABLE t ADD CONSTRAINT c CHECK (a < 7) NOT VALID;\n"
            + "CREATE INDEX whole ON ONLY p (id);",
        null);
    project.revision(
        3,
        OUTSIDE
            + "CREATE INDEX CONCURRENTLY part ON p1 (id);\n"
            + "ALTER INDEX whole ATTACH PARTITION part;",
        null);
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
  }

  @Test
  @DisplayName("is the index of a partitioned table that the script was to make whole")
  void whole() {
    MigrateException failure =
        failed(
            OUTSIDE
                + "CREATE INDEX whole ON ONLY p (id);\n"
                + "CREATE INDEX CONCURRENTLY part ON p1 (id);\n"
                + "ALTER INDEX whole ATTACH PARTITION part;");
    assertThat(failure.problem())
        .contains(
            "ran to its end, but it left the index public.whole of public.p, which is not valid");
  }

  @Test
  @DisplayName("is such an index inside a transaction, too, which a partition unknown to it lacks")
  void wholeInTransaction() {
    project.execute("CREATE TABLE p_job PARTITION OF p FOR VALUES IN (3)");
    String pieces =
        """
        CREATE UNIQUE INDEX whole ON ONLY p (id);
        CREATE UNIQUE INDEX one ON p1 (id);
        ALTER INDEX whole ATTACH PARTITION one;
        CREATE UNIQUE INDEX two ON p2 (id);
        ALTER INDEX whole ATTACH PARTITION two;
        """;
    project.revision(2, pieces, null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(failure.problem())
        .endsWith(
            " ran to its end, but it left the index public.whole of public.p, which is not valid"
                + " (it has none of public.p_job); it was rolled back and left nothing behind.");
    assertThat(failure.remedy())
        .contains("give each partition of public.p an index", "mvn migrate:upgrade again.");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING");
    assertThat(project.query("SELECT to_regclass('whole')")).containsExactly((String) null);

    project.revision(
        2,
        pieces
            + "CREATE UNIQUE INDEX three ON p_job (id); ALTER INDEX whole ATTACH PARTITION three;",
        null);
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
  }

  @Test
  @DisplayName("is the key of a partitioned table, or an index under a name of PostgreSQL's")
  void wholeKey() {
    project.execute("CREATE TABLE p_job PARTITION OF p FOR VALUES IN (3)");
    project.revision(
        2,
        """
        ALTER TABLE ONLY p ADD CONSTRAINT k UNIQUE (id);
        ALTER TABLE p1 ADD CONSTRAINT k1 UNIQUE (id);
        ALTER INDEX k ATTACH PARTITION k1;
        ALTER TABLE p2 ADD CONSTRAINT k2 UNIQUE (id);
        ALTER INDEX k ATTACH PARTITION k2;
        """,
        null);
    assertThat(failureOf(() -> project.upgrade("head")).problem())
        .contains("it left the index public.k of public.p", "(it has none of public.p_job)");
    project.revision(
        2,
        "CREATE INDEX ON ONLY p (id); CREATE INDEX one ON p1 (id);"
            + " ALTER INDEX p_id_idx ATTACH PARTITION one;",
        null);
    assertThat(failureOf(() -> project.upgrade("head")).problem())
        .contains("it left the index public.p_id_idx", "(it has none of public.p2, public.p_job)");
  }

  @Test
  @DisplayName("is such an index that a downgrade in a transaction puts together, too")
  void wholeInDowngrade() {
    project.revision(
        2,
        "ALTER TABLE t ADD b int;",
        "CREATE INDEX whole ON ONLY p (id); CREATE INDEX one ON p1 (id);"
            + " ALTER INDEX whole ATTACH PARTITION one; ALTER TABLE t DROP b;");
    project.upgrade("head");
    MigrateException failure = failureOf(() -> project.downgrade("1"));
    assertThat(failure.problem())
        .contains("it left the index public.whole", "it was rolled back and left nothing behind");
    assertThat(failure.remedy()).contains("run mvn migrate:downgrade again.");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    assertThat(project.query("SELECT to_regclass('whole')")).containsExactly((String) null);
  }

  @Test
  @DisplayName("is no such index whose pieces come in several revisions, in transactions or not")
  void inSeveralRevisions() {
    project.revision(2, "CREATE INDEX whole ON ONLY p (id);", null);
    project.revision(
        3, "CREATE INDEX one ON p1 (id); ALTER INDEX whole ATTACH PARTITION one;", null);
    project.revision(
        4, "CREATE INDEX two ON p2 (id); ALTER INDEX whole ATTACH PARTITION two;", null);
    project.upgrade("head");
    assertThat(project.states())
        .containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED", "4 APPLIED");
  }
}
