package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a script leaves in its session")
class SessionStateIT {
  /** Everything that a session keeps and that can be asked for. */
  private static final String SEE =
      """
      INSERT INTO seen
      SELECT 'setting ' || name || '=' || setting FROM pg_settings
        WHERE source = 'session' AND setting IS DISTINCT FROM reset_val
        AND name NOT LIKE 'transaction%' AND name <> 'search_path'
      UNION ALL SELECT 'custom ' || coalesce(nullif(current_setting('app.tenant', true), ''), '-')
      UNION ALL SELECT 'user ' || session_user || ' ' || current_user
      UNION ALL SELECT 'prepared ' || name FROM pg_prepared_statements WHERE from_sql
      UNION ALL SELECT 'cursor ' || name FROM pg_cursors WHERE is_holdable
      UNION ALL SELECT 'channel ' || c FROM pg_listening_channels() c
      UNION ALL SELECT 'temporary ' || relname FROM pg_class WHERE relpersistence = 't'
      UNION ALL SELECT 'lock ' || objid || ' ' || mode FROM pg_locks
        WHERE locktype = 'advisory' AND pid = pg_backend_pid()
      UNION ALL SELECT 'path ' || current_setting('search_path');
      """;

  private static final String LEAVE =
      """
      SET datestyle = 'ISO, DMY'; SET default_transaction_read_only = on; SET app.tenant = 'x';
      SET timezone = 'Asia/Tokyo'; SET session_replication_role = replica; SET work_mem = '77MB';
      SET extra_float_digits = 0; SET search_path = pg_catalog; SET bytea_output = 'escape';
      SET lc_numeric = 'C'; SET enable_seqscan = off; SET plpgsql.variable_conflict = 'use_column';
      CREATE TEMPORARY TABLE seen (what int); CREATE TEMPORARY SEQUENCE counter;
      SELECT nextval('counter');
      PREPARE theirs AS SELECT 1; LISTEN somebody;
      DECLARE held CURSOR WITH HOLD FOR SELECT 1;
      SELECT pg_advisory_lock(42), pg_advisory_lock(42), pg_advisory_lock_shared(1, 2);
      SET SESSION AUTHORIZATION %s;
      """;

  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;
  private String role;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("session");
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    project = new RevisionProject(folder, target);
    role = "guest_" + database.name();
    project.execute("CREATE ROLE " + role + "; GRANT ALL ON SCHEMA public TO " + role);
  }

  @AfterEach
  void end() {
    project.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
    database.close();
  }

  private List<String> seenIn(String from) {
    return project.query("SELECT string_agg(what, E'\\n' ORDER BY what) FROM " + from);
  }

  @Test
  @DisplayName("does not reach the next one, upward and downward, in a transaction or without one")
  void nothingIsLeft() {
    String leave = LEAVE.formatted(role);
    String readOnly = "SET default_transaction_read_only = on;";
    String outside =
        "-- transaction: none\n"
            + leave
                .replace("DECLARE held CURSOR WITH HOLD FOR SELECT 1;", "")
                .replace(readOnly, "")
                .replace("SET SESSION AUTH", readOnly + " SET SESSION AUTH");
    String rename = "ALTER TABLE seen RENAME TO %s; CREATE TABLE seen (what text);";
    project
        .revision(1, "CREATE TABLE seen (what text);", null)
        .revision(2, SEE, SEE + rename.formatted("down_fourth"))
        .revision(
            3, rename.formatted("up_first") + leave, SEE + rename.formatted("down_third") + leave)
        .revision(4, SEE + rename.formatted("up_second"), SEE + rename.formatted("down_second"))
        .revision(5, outside, outside)
        .revision(6, SEE + rename.formatted("up_third"), SEE + rename.formatted("down_first"));
    project.upgrade("head");
    assertThat(seenIn("up_second")).isEqualTo(seenIn("up_first"));
    assertThat(seenIn("up_third")).isEqualTo(seenIn("up_first"));
    assertThat(seenIn("up_first")).singleElement().asString().contains("custom -", "user postgres");
    assertThat(project.query("SELECT DISTINCT installed_by FROM flyway_schema_history"))
        .containsExactly(database.user());
    project.downgrade("1");
    assertThat(seenIn("down_second")).isEqualTo(seenIn("down_first"));
    assertThat(seenIn("down_third")).isEqualTo(seenIn("down_first"));
    assertThat(seenIn("down_fourth")).isEqualTo(seenIn("down_first"));
    assertThat(project.query("SELECT DISTINCT installed_by FROM flyway_schema_history"))
        .containsExactly(database.user());
  }

  @Test
  @DisplayName("stays when a callback has set it, under whatever name")
  void callbacks() {
    project
        .file("beforeMigrate.sql", "SET app.tenant = 'north'; SET work_mem = '9MB';")
        .revision(
            1, "CREATE TABLE seen (what text); SET app.tenant = 'gone'; RESET work_mem;", null)
        .revision(2, SEE, null);
    project.upgrade("head");
    assertThat(project.query("SELECT what FROM seen"))
        .contains("custom north", "setting work_mem=9216");
  }

  @Test
  @DisplayName(
      "may be no lock any more: ours is taken again, and nothing fails after the script ran")
  void locksGivenUp() {
    String once = "SELECT pg_advisory_unlock_all();";
    project
        .revision(1, "CREATE TABLE a (id int); " + once, once + "DROP TABLE a;")
        .revision(
            2, "-- transaction: none\nCREATE TABLE b (id int);\nDISCARD ALL;", "DROP TABLE b;")
        .revision(3, "SELECT pg_advisory_unlock(77433833903597);", "SELECT 1;")
        .revision(
            4,
            "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$;",
            "-- transaction: none\nDISCARD ALL;");
    project.upgrade("head");
    assertThat(project.states())
        .containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED", "4 APPLIED");
    project.downgrade("base");
    assertThat(project.tables()).isEmpty();
  }

  @Test
  @DisplayName(
      "is a lock that somebody else has taken since: the script is rolled back, and he is named")
  void lockTakenBySomebodyElse() {
    project.execute("CREATE EXTENSION dblink");
    project.stamp("base");
    project.revision(
        1,
        "CREATE TABLE a (id int); SELECT pg_advisory_unlock_all();"
            + " SELECT dblink_connect('thief', 'host=localhost port=%s dbname=%s user=%s password=%s');"
                .formatted(
                    database.jdbcUrl().replaceAll(".*:([0-9]+)/.*", "$1"),
                    database.name(),
                    database.user(),
                    database.password())
            + " SELECT * FROM dblink('thief', 'SELECT pg_try_advisory_lock(77433833903597)') t (b bool);",
        null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.LOCKED);
    assertThat(failure.problem()).contains("A script has given up the lock of the history");
    assertThat(project.tables()).isEmpty();
  }

  @Test
  @DisplayName("is no way to be reported as a failed COMMIT when its row cannot be recorded")
  void rowCannotBeWritten() {
    project.revision(1, "CREATE TABLE a (id int); SET TRANSACTION READ ONLY;", null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem())
        .contains("read-only transaction", "its row in the history")
        .doesNotContain("COMMIT");
    assertThat(project.tables()).isEmpty();
  }
}
