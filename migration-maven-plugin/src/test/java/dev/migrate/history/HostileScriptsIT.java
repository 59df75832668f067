package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run of scripts that do what scripts should not")
class HostileScriptsIT {
  private static final String SETTINGS =
      "INSERT INTO seen SELECT string_agg(name || '=' || setting, ', ' ORDER BY name) FROM pg_settings"
          + " WHERE name IN ('lock_timeout', 'statement_timeout', 'check_function_bodies',"
          + " 'row_security', 'TimeZone');";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("hostile");
    project = new RevisionProject(folder, target());
  }

  private Target target() {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  @AfterEach
  void end() {
    database.close();
  }

  @Test
  @DisplayName("gives each of them the same settings, whatever the one before has set")
  void settings() {
    String leaking =
        "SET lock_timeout = 0; SET statement_timeout = '1h'; SET check_function_bodies = off;"
            + " SET row_security = off; SET timezone = 'Asia/Tokyo';";
    project.execute("CREATE TABLE public.seen (what text)");
    project.stamp("base");
    project.execute("DROP TABLE seen");
    project
        .revision(1, "CREATE TABLE seen (what text);", "DROP TABLE seen;")
        .revision(2, SETTINGS, SETTINGS)
        .revision(3, leaking + "CREATE TABLE c (id int);", SETTINGS)
        .revision(4, SETTINGS, leaking + "DROP TABLE c;");
    project.upgrade("head");
    project.downgrade("1");
    assertThat(project.query("SELECT what FROM seen")).hasSize(4);
    assertThat(project.query("SELECT DISTINCT what FROM seen"))
        .singleElement()
        .asString()
        .contains("lock_timeout=5000", "check_function_bodies=on");
  }

  @Test
  @DisplayName("leaves what a callback has set for all of them")
  void settingsOfCallbacks() {
    project
        .file("beforeMigrate.sql", "SET lock_timeout = '7s';")
        .revision(1, "CREATE TABLE seen (what text);" + SETTINGS, null)
        .revision(2, SETTINGS, null);
    project.upgrade("head");
    assertThat(project.query("SELECT what FROM seen"))
        .hasSize(2)
        .allSatisfy(what -> assertThat(what).contains("lock_timeout=7000"));
  }

  @Test
  @DisplayName("records what one of them did that has become another role")
  void otherRole() {
    String role = "owner_" + database.name();
    project.execute("CREATE ROLE " + role);
    try {
      project.execute("GRANT ALL ON SCHEMA public TO " + role);
      project
          .revision(
              1,
              "SET ROLE " + role + "; CREATE TABLE a (id int);",
              "SET ROLE " + role + "; DROP TABLE a;")
          .revision(
              2,
              "-- transaction: none\nSET ROLE " + role + "; CREATE TABLE b (id int);",
              "-- transaction: none\nSET ROLE " + role + "; DROP TABLE b;")
          .revision(3, "CREATE TABLE c (id int);", "DROP TABLE c;");
      project.upgrade("head");
      assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
      assertThat(project.query("SELECT tablename || ' ' || tableowner FROM pg_tables ORDER BY 1"))
          .contains("a " + role, "b " + role, "c " + database.user());
      project.downgrade("base");
      assertThat(project.states()).containsExactly("1 PENDING", "2 PENDING", "3 PENDING");
    } finally {
      project.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
    }
  }

  @Test
  @DisplayName(
      "does not say that a committed script was rolled back when a callback fails after it")
  void failingCallbackAfterAll() {
    project
        .revision(1, "CREATE TABLE a (id int);", null)
        .revision(2, "CREATE TABLE b (id int);", null)
        .file("afterMigrate.sql", "CREATE TABLE ok (id int);\nSELECT no_such_thing;");
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem())
        .contains("afterMigrate.sql, line 2", "2 of 2 revisions of this run are applied")
        .doesNotContain("step_2");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
  }

  @Test
  @DisplayName("names the callback that fails, and the revision that is rolled back with it")
  void failingCallbackBesideOne() {
    project
        .revision(1, "CREATE TABLE a (id int);", null)
        .file("afterEachMigrate.sql", "SELECT no_such_thing;");
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem())
        .contains(
            "afterEachMigrate.sql, line 1",
            "revision 1, which was rolled back",
            "0 of 1 revisions");
    assertThat(project.states()).containsExactly("1 PENDING");
    assertThat(project.tables()).isEmpty();
  }

  @Test
  @DisplayName("says of a downgrade, too, that a deferred constraint failed at the commit")
  void downgradeFailsAtCommit() {
    project.revision(
        1,
        "CREATE TABLE a (id int PRIMARY KEY);"
            + "CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);"
            + "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);",
        "DELETE FROM a;");
    project.upgrade("head");
    MigrateException failure = failureOf(() -> project.downgrade("base"));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(failure.problem())
        .contains("U1__step_1.sql, at its end", "23503", "revision 1 is still applied");
    assertThat(project.states()).containsExactly("1 APPLIED");
  }

  @Test
  @DisplayName("knows a script again whose name is as long as a name can be, or says nothing")
  void longAndEmptyNames() {
    project
        .file("V1__" + "long_".repeat(44) + "name.sql", "CREATE TABLE a (id int);")
        .file("V2__.sql", "CREATE TABLE b (id int);");
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    project.stamp("base");
    project.stamp("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
  }

  @Test
  @DisplayName("runs what it has looked at, when a script is saved meanwhile")
  void changedMeanwhile() {
    project.revision(1, "CREATE TABLE a (id int);", null);
    project.revision(2, "CREATE TABLE b (id int);", null);
    project.with(
        new Progress() {
          @Override
          public void started(Revision revision) {
            project.revision(2, "CREATE TABLE other (id int);", null);
          }
        });
    project.upgrade("head");
    assertThat(project.tables()).containsExactly("a", "b");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 EDITED");
  }

  @Test
  @DisplayName("does not run a script that was saved between the decision and its turn")
  void changedBefore() {
    project.revision(1, "CREATE TABLE a (id int);", null);
    try (LockedTarget locked = project.open()) {
      var files = project.files();
      var plan = files.graph().upgrade(locked.state(files).applied(), "head");
      project.revision(1, "CREATE TABLE other (id int);", null);
      MigrateException failure = failureOf(() -> locked.upgrade(files, plan));
      assertThat(failure.code()).isEqualTo(FailureCode.TAMPERED_SCRIPT);
      assertThat(failure.problem()).contains("was changed while this command was at work");
    }
    assertThat(project.tables()).isEmpty();
  }

  @Test
  @DisplayName("may take longer than a login")
  void longerThanALogin() throws Exception {
    Target hurried =
        Target.of(database.jdbcUrl() + "?loginTimeout=1", database.user(), database.password(), "");
    RevisionProject patient = new RevisionProject(folder, hurried);
    patient.revision(1, "SELECT pg_sleep(1.5);", null).upgrade("head");
    assertThat(patient.states()).containsExactly("1 APPLIED");
    try (QueryConnection asking = hurried.ask("test")) {
      assertThat(asking.rows("SELECT pg_sleep(1.2)")).hasSize(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("blames no script when the database takes no changes")
  void readOnly() {
    project.revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;").upgrade("head");
    project.execute(
        "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
    project.revision(2, "CREATE TABLE b (id int);", null);
    for (MigrateException failure :
        List.of(
            failureOf(() -> project.upgrade("head")),
            failureOf(() -> project.downgrade("base")),
            failureOf(() -> project.stamp("head")))) {
      assertThat(failure.remedy()).contains("takes no changes", "-Dmigrate.url");
    }
  }

  @Test
  @DisplayName("stamps everything or nothing")
  void stampIsAtomic() {
    project.revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;");
    project.upgrade("head");
    project.revision(1, "CREATE TABLE a (id bigint);", "DROP TABLE a;");
    project.execute(
        "ALTER TABLE flyway_schema_history ADD CONSTRAINT once CHECK (installed_rank < 3)");
    failureOf(() -> project.stamp("head"));
    assertThat(project.states()).containsExactly("1 EDITED");
  }

  @Test
  @DisplayName("shows the beginning of a statement that is as long as a file")
  void longLine() {
    project.revision(1, "SELECT '" + "x".repeat(2_000_000) + "' FROM nowhere;", null);
    assertThat(failureOf(() -> project.upgrade("head")).problem())
        .contains("nowhere", "characters more")
        .hasSizeLessThan(2_000);
  }

  @Test
  @DisplayName("loads the rows of a COPY from a file with a BOM and the line ends of Windows")
  void copyFromWindows() {
    String script =
        "\uFEFFCREATE TABLE p (id int, path text);\r\n"
            + "COPY p FROM STDIN;\r\n1\tC:\\\\temp\\\\\r\n2\t\\N\r\n3\tit's; -- $$\r\n\\.\r\n"
            + "INSERT INTO p VALUES (4, 'C:\\temp\\');\r\n"
            + "INSERT INTO p VALUES (5, E'it\\'s; \\\\');\r\n";
    project.revision(
        1,
        script,
        script
            .replace("TABLE p", "TABLE q")
            .replace("p FROM", "q FROM")
            .replace("INTO p", "INTO q"));
    project.upgrade("head");
    assertThat(project.query("SELECT path FROM p ORDER BY id"))
        .containsExactly("C:\\temp\\", null, "it's; -- $$", "C:\\temp\\", "it's; \\");
    project.downgrade("base");
    assertThat(project.query("SELECT path FROM q ORDER BY id"))
        .containsExactly("C:\\temp\\", null, "it's; -- $$", "C:\\temp\\", "it's; \\");
  }

  @Test
  @DisplayName("keeps its record in a schema and a table of any name, for a role of any name")
  void oddNames() throws Exception {
    String role = "o\"br$1en %s;" + database.name();
    String quoted = "\"" + role.replace("\"", "\"\"") + "\"";
    project.execute("CREATE ROLE " + quoted + " LOGIN PASSWORD 'p w''%$'");
    try {
      project.execute(
          "GRANT ALL ON DATABASE "
              + database.name()
              + " TO "
              + quoted
              + "; GRANT ALL ON SCHEMA public TO "
              + quoted);
      HistoryOptions options =
          HistoryOptions.defaults()
              .in("Ä schema; %d")
              .withTable("the Table; 'x' %s")
              .with(new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO, 0));
      Target odd = Target.of(database.jdbcUrl(), role, "p w'%$", "a test");
      assertThat(odd.toString()).contains("o\"br$1en %s;");
      RevisionProject named =
          new RevisionProject(folder, odd)
              .with(options)
              .revision(1, "CREATE TABLE public.a (id int);", "DROP TABLE public.a;");
      named.upgrade("head");
      named.downgrade("base");
      named.upgrade("head");
      assertThat(
              named.query(
                  "SELECT count(*) FROM \"Ä schema; %d\".\"the Table; 'x' %s\""
                      + " WHERE type <> 'SCHEMA'"))
          .containsExactly("3");
    } finally {
      project.execute("DROP OWNED BY " + quoted + " CASCADE; DROP ROLE " + quoted);
    }
  }

  private static final String DEFAULTS =
      "'${flyway:user}', '${flyway:database}', '${flyway:defaultSchema}', '${flyway:table}',"
          + " '${flyway:filename}', '${flyway:workingDirectory}', '${flyway:environment}',"
          + " length('${flyway:timestamp}')::text, '${mine}'";

  @Test
  @DisplayName("replaces Flyway's own placeholders upward and downward, as Flyway does")
  void defaultPlaceholders() {
    HistoryOptions plain = HistoryOptions.defaults();
    HistoryOptions options = plain.withPlaceholders(Map.of("mine", "yes"));
    project
        .with(options)
        .revision(1, "CREATE TABLE public.seen (what text);", null)
        .revision(
            2,
            "INSERT INTO public.seen VALUES (concat_ws('|', " + DEFAULTS + "));",
            "INSERT INTO public.seen VALUES (concat_ws('|', " + DEFAULTS + "));");
    project.upgrade("head");
    String expected = "%s|%s|public|flyway_schema_history|%s2__step_2.sql|%s|default|19|yes";
    String directory = System.getProperty("user.dir");
    String upward = expected.formatted(database.user(), database.name(), "V", directory);
    assertThat(project.query("SELECT what FROM public.seen")).containsExactly(upward);
    String preview =
        SqlPreview.downgrade(
            target(),
            "test",
            options,
            project.files(),
            state -> state.graph().downgrade(state.applied(), "1"));
    assertThat(preview).contains("'U2__step_2.sql'", "'" + database.name() + "'", "'yes'");
    project.downgrade("1");
    assertThat(project.query("SELECT what FROM public.seen"))
        .containsExactly(
            upward, expected.formatted(database.user(), database.name(), "U", directory));
  }
}
