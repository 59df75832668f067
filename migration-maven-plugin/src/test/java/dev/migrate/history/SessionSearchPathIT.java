package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The search path of scripts")
class SessionSearchPathIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("lent_path");
    project =
        new RevisionProject(
            folder, Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"));
    project.execute(
        "CREATE SCHEMA app; CREATE SCHEMA other; CREATE SCHEMA log;"
            + " CREATE TABLE log.seen (n serial, what text);"
            + " ALTER DATABASE \""
            + database.name()
            + "\" SET search_path = app, public");
  }

  @AfterEach
  void end() {
    database.close();
  }

  /** A statement that writes down what the script finds. */
  private static String see(String where) {
    return "INSERT INTO log.seen (what) SELECT '"
        + where
        + ": ' || current_setting('search_path');\n";
  }

  private java.util.List<String> seen() {
    return project.query("SELECT what FROM log.seen ORDER BY n");
  }

  @Test
  @DisplayName("is the configured one for each, and what a script makes of it until its end")
  void eachScript() {
    String outside =
        "-- transaction: none\n"
            + see("3")
            + "SET search_path = other;\n"
            + see("3 set")
            + "BEGIN; SET LOCAL search_path = public;\n"
            + see("3 local")
            + "COMMIT;\n"
            + see("3 committed")
            + "BEGIN; SET search_path = public; ROLLBACK;\n"
            + see("3 rolled back")
            + "RESET search_path;\n"
            + see("3 reset")
            + "SET search_path = other;";
    project
        .revision(
            1,
            see("1")
                + "SET search_path = other, public;\n"
                + see("1 set")
                + "CREATE TABLE here (id int);",
            see("U1") + "SET search_path = other; DROP TABLE here;")
        .revision(
            2,
            see("2")
                + "SET LOCAL search_path = other;\n"
                + see("2 local")
                + "COPY here FROM stdin;\n7\n\\.\n",
            see("U2") + "SET LOCAL search_path = other; DELETE FROM here;")
        .revision(3, outside, outside.replace("'3", "'U3"))
        .file("R__last.sql", see("R") + "CREATE OR REPLACE VIEW v AS SELECT 1 AS one;");
    project.upgrade("head");
    assertThat(project.query("SELECT id::text FROM other.here")).containsExactly("7");
    assertThat(project.query("SELECT one::text FROM app.v")).containsExactly("1");
    project.downgrade("base");
    String three =
        "3: app, public|3 set: other|3 local: public|3 committed: other|3 rolled back: other|"
            + "3 reset: app, public|";
    assertThat(String.join("|", seen()))
        .isEqualTo(
            "1: app, public|1 set: other, public|2: app, public|2 local: other|"
                + three
                + "R: app, public|"
                + "U"
                + three.substring(0, three.length() - 1).replace("|", "|U")
                + "|U2: app, public|U1: app, public");
    assertThat(
            project.query(
                "SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = 'flyway_schema_history'"))
        .containsExactly("app");
  }

  @Test
  @DisplayName("is the configured one for callbacks, or that of the script that they follow")
  void callbacks() {
    project
        .file("beforeMigrate.sql", see("before") + "SET search_path = other, app, public;")
        .file("afterEachMigrate.sql", see("after each"))
        .file("afterMigrate.sql", see("after"))
        .revision(1, see("1") + "SET search_path = public;", null)
        .revision(2, "-- transaction: none\n" + see("2"), null);
    project.upgrade("head");
    assertThat(seen())
        .containsExactly(
            "before: app, public",
            "1: app, public",
            "after each: public",
            "2: app, public",
            "after each: app, public",
            "after: app, public");
  }

  @Test
  @DisplayName("is what a callback before each of them has made of it")
  void callbacksBeforeEach() {
    project
        .file("beforeEachMigrate.sql", see("before each") + "SET search_path = other, app;")
        .revision(1, see("1"), null)
        .revision(2, "-- transaction: none\n" + see("2"), null);
    project.upgrade("head");
    assertThat(seen()).contains("1: other, app", "2: other, app");
  }

  @Test
  @DisplayName("is the configured one again after a script has failed")
  void failed() {
    project
        .file("afterMigrateError.sql", see("error"))
        .revision(1, "SET search_path = other; SELECT 1 / 0;", null)
        .revision(2, "-- transaction: none\n" + see("2"), null);
    failureOf(() -> project.upgrade("head"));
    project.revision(1, see("1"), null);
    project.upgrade("head");
    assertThat(seen()).containsExactly("error: app, public", "1: app, public", "2: app, public");
  }

  @Test
  @DisplayName("lets nothing of theirs stand before PostgreSQL's own, temporary objects neither")
  void temporary() {
    project.execute(
        "CREATE FUNCTION log.spring(text) RETURNS int LANGUAGE plpgsql AS"
            + " $f$ BEGIN INSERT INTO log.seen (what) VALUES ($1); RETURN 1; END $f$");
    project
        .file(
            "beforeMigrate.sql",
            """
            DO $d$
            DECLARE one text;
            BEGIN
              FOR one IN SELECT relname FROM pg_catalog.pg_class c
                WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r', 'v') AND relname NOT LIKE 'pg_statistic%'
                  AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute
                    WHERE attrelid = c.oid AND atttypid = 'anyarray'::regtype)
              LOOP
                EXECUTE format('CREATE TEMPORARY VIEW %I AS SELECT *, log.spring(%L) AS sprung'
                  ' FROM pg_catalog.%I', one, one, one);
              END LOOP;
            END $d$;
            """)
        .revision(1, "CREATE TABLE a (id int); SELECT sprung FROM pg_roles LIMIT 1;", null)
        .revision(2, "-- transaction: none\nCREATE TABLE b (id int);", null);
    project.upgrade("head");
    assertThat(seen()).as("of our queries none, of the script the one").containsOnly("pg_roles");
    assertThat(seen()).hasSize(1);
  }
}
