package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What PostgreSQL says while a script runs")
class NoticeListenerIT {
  private static final String TABLE = "CREATE TABLE t (id int);";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("notices");
    project =
        new RevisionProject(
                folder,
                Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"))
            .with(
                new Progress() {
                  @Override
                  public void notice(String message) {
                    heard.add(message);
                  }
                });
  }

  @AfterEach
  void end() {
    database.close();
  }

  /** Says two things, and fails. */
  private static String failing(String who) {
    return "DO $$ BEGIN RAISE NOTICE '%1$s: first'; RAISE WARNING '%1$s: second'; RAISE '%1$s: no'; END $$;"
        .formatted(who);
  }

  private static String saying(String text) {
    return "DO $$ BEGIN RAISE NOTICE '%s'; END $$;".formatted(text);
  }

  private void refused(Runnable run) {
    assertThat(failureOf(run).code()).isEqualTo(FailureCode.SCRIPT_FAILED);
  }

  @Test
  @DisplayName("is told of statements that fail, too, in its order and once, upward and downward")
  void failures() {
    project.revision(
        1,
        saying("up before") + failing("up") + saying("never"),
        saying("down before") + failing("down") + saying("never"));
    refused(() -> project.upgrade("head"));
    assertThat(heard).containsExactly("up before", "up: first", "up: second");
    heard.clear();
    project.stamp("head");
    refused(() -> project.downgrade("base"));
    assertThat(heard).containsExactly("down before", "down: first", "down: second");
  }

  @Test
  @DisplayName("is told of scripts outside a transaction that fail, upward and downward")
  void outside() {
    String none = "-- x\n--\n-- transaction: none\n\n";
    project.revision(1, none + failing("up"), none + failing("down"));
    refused(() -> project.upgrade("head"));
    assertThat(heard).containsExactly("up: first", "up: second");
    heard.clear();
    project.stamp("head");
    refused(() -> project.downgrade("base"));
    assertThat(heard).containsExactly("down: first", "down: second");
  }

  @Test
  @DisplayName("is told of a function that a statement calls, before it fails")
  void functions() {
    project.revision(
        1,
        """
        CREATE FUNCTION f(i int) RETURNS int LANGUAGE plpgsql AS $$
        BEGIN RAISE NOTICE 'f %', i; RETURN 1 / (2 - i); END $$;
        SELECT f(i) FROM generate_series(1, 3) AS g(i);
        """,
        null);
    refused(() -> project.upgrade("head"));
    assertThat(heard).containsExactly("f 1", "f 2");
  }

  @Test
  @DisplayName("is told of repeatables and callbacks, whether they fail or not")
  void besideRevisions() {
    project
        .revision(1, TABLE, null)
        .file("afterEachMigrate.sql", saying("callback"))
        .file("R__again.sql", failing("repeatable"));
    refused(() -> project.upgrade("head"));
    assertThat(heard).containsExactly("callback", "repeatable: first", "repeatable: second");
    heard.clear();
    project
        .file("R__again.sql", saying("repeatable"))
        .file("afterEachMigrate.sql", "SELECT 1;")
        .file("afterMigrate.sql", failing("last"));
    refused(() -> project.upgrade("head"));
    assertThat(heard).containsExactly("repeatable", "last: first", "last: second");
  }

  @Test
  @DisplayName("is told of what is said at the commit, well or badly, upward and downward")
  void commits() {
    project
        .revision(
            1,
            """
            CREATE TABLE t (id int);
            CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE NOTICE 'late %', new.id;
              IF new.id > 2 THEN RAISE 'too much'; END IF;
              RETURN new;
            END $$;
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION late();
            """,
            "DROP TABLE t; DROP FUNCTION late();")
        .revision(2, "INSERT INTO t VALUES (1);", "INSERT INTO t VALUES (3);")
        .revision(3, "INSERT INTO t VALUES (4);", "INSERT INTO t VALUES (2);");
    refused(() -> project.upgrade("head"));
    assertThat(heard).containsExactly("late 1", "late 4");
    heard.clear();
    project.stamp("head");
    refused(() -> project.downgrade("1"));
    assertThat(heard).containsExactly("late 2", "late 3");
  }

  @Test
  @DisplayName("is told of rows that are copied")
  void copies() {
    project
        .revision(
            1,
            """
            CREATE TABLE t (id int);
            CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE NOTICE 'row %', new.id; RETURN new; END $$;
            CREATE TRIGGER tell BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tell();
            """,
            null)
        .revision(2, "COPY t FROM stdin;\n1\n2\n\\.\n" + saying("after"), null)
        .revision(3, "COPY t FROM stdin;\n3\nx\n\\.\n", null);
    refused(() -> project.upgrade("head"));
    assertThat(heard).containsExactly("row 1", "row 2", "after", "row 3");
  }

  @Test
  @DisplayName("is passed over only where a generated script drops what may be there")
  void skips() {
    String drop = "DROP INDEX CONCURRENTLY IF EXISTS t_idx_invalid;";
    String constraint = "ALTER TABLE t DROP CONSTRAINT IF EXISTS c;";
    project
        .file("V20260101000001__table.sql", TABLE)
        .file("V20260101000002__generated.sql", generated(2, drop))
        .file(
            "V20260101000003__generated.sql",
            generated(3, constraint + "\n" + saying("a does not exist")))
        .file("V20260101000004__own.sql", drop)
        .file("V20260101000005__edited.sql", generated(5, drop).replace("t_idx", "u_idx"))
        .file(
            "V20260101000006__own.sql",
            constraint + "DROP TABLE IF EXISTS a; " + saying("table b does not exist, skipping"));
    project.upgrade("head");
    assertThat(heard)
        .containsExactly(
            "a does not exist",
            "index \"t_idx_invalid\" does not exist, skipping",
            "index \"u_idx_invalid\" does not exist, skipping",
            "constraint \"c\" of relation \"t\" does not exist, skipping",
            "table \"a\" does not exist, skipping",
            "table b does not exist, skipping");
  }

  @Test
  @DisplayName("is nothing at all when the sample is upgraded for the first time")
  void sample() throws IOException {
    Path sample = Path.of("../asset-archetype/src/main/resources/archetype-resources");
    new RevisionProject(sample, project.target())
        .with(
            new Progress() {
              @Override
              public void notice(String message) {
                heard.add(message);
              }
            })
        .upgrade("head");
    assertThat(heard).isEmpty();
  }

  private static String generated(int number, String statements) {
    CRC32 sum = new CRC32();
    sum.update((statements + "\n").getBytes(StandardCharsets.UTF_8));
    return "-- x\n--\n-- revision: 2026010100000%d\n-- revises: 2026010100000%d\n-- generated: %08x\n\n%s\n"
        .formatted(number, number - 1, sum.getValue(), statements);
  }
}
