package dev.migrate.squash;

import static dev.migrate.generate.ModelProject.failureOf;
import static dev.migrate.squash.SquashProject.execute;
import static dev.migrate.squash.SquashProject.query;
import static dev.migrate.squash.SquashProject.schema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.GenerateResult;
import dev.migrate.history.History;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.history.TargetState;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a squash writes, and when it is refused. */
@DisplayName("A squash")
class SquashIT {
  @TempDir private Path root;
  private SquashProject project;

  @BeforeEach
  void fiveRevisions() {
    project = SquashProject.ofFiveRevisions(root);
  }

  @AfterEach
  void drop() {
    project.close();
  }

  @Test
  @DisplayName("begins with the baseline, and the old files are in the archive")
  void movesTheFiles() {
    SquashResult.Replaced done = (SquashResult.Replaced) project.onOwnServers().squash("3");

    assertThat(done.replaced()).hasSize(3);
    assertThat(done.tables())
        .containsExactly(
            new SquashResult.Table("public.kind", 3), new SquashResult.Table("public.thing", 2));
    assertThat(project.names("src/main/resources/db/migration"))
        .containsExactly(
            "B3__baseline_up_to_step_3.sql",
            "V4__step_4.sql",
            "V5__step_5.sql",
            "beforeMigrate__baseline_3.sql");
    assertThat(project.names("src/main/resources/db/undo"))
        .containsExactly("U4__step_4.sql", "U5__step_5.sql");
    assertThat(project.names("archive"))
        .containsExactly(
            "3/migration/V1__step_1.sql",
            "3/migration/V2__step_2.sql",
            "3/migration/V3__step_3.sql",
            "3/undo/U1__step_1.sql",
            "3/undo/U2__step_2.sql",
            "3/undo/U3__step_3.sql");
    assertThat(project.files().graph().baseline().map(Revision::title))
        .contains("3 (Baseline up to step 3)");
    assertThat(project.files().graph().revisions()).hasSize(3);
    assertThat(project.files().leftovers()).isEmpty();
  }

  @Test
  @DisplayName("sets off no trigger, and leaves each enabled as it was")
  void triggers() {
    StringBuilder sql =
        new StringBuilder(
            "CREATE TABLE fired (name text); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql"
                + " AS 'BEGIN INSERT INTO public.fired VALUES (TG_NAME); RETURN NEW; END';\n");
    for (String state : List.of("ENABLE", "DISABLE", "ENABLE REPLICA", "ENABLE ALWAYS")) {
      String name = "\"on " + state + "\"";
      sql.append(
          "CREATE TRIGGER %1$s BEFORE INSERT ON kind FOR EACH ROW EXECUTE FUNCTION note(); ALTER TABLE kind %2$s TRIGGER %1$s;\n"
              .formatted(name, state));
    }
    project.revision(4, sql.toString(), "DROP FUNCTION note() CASCADE; DROP TABLE fired;");
    String states = "SELECT tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname";
    project.squash("4");
    ScratchDatabase database = project.database();

    project.upgrade(database, project.files(), "head");

    assertThat(query(database, states)).containsExactly("D", "O", "A", "R");
    assertThat(query(database, "SELECT name FROM fired")).isEmpty();
    assertThat(query(database, "SELECT count(*) FROM kind")).containsExactly("3");
    execute(database, "INSERT INTO kind (name) VALUES ('new')");
    assertThat(query(database, "SELECT name FROM fired ORDER BY 1"))
        .containsExactly("on ENABLE", "on ENABLE ALWAYS");
  }

  @Test
  @DisplayName("keeps triggers, computed columns and views over its rows as they are")
  void surroundings() {
    project
        .onOwnServers()
        .revision(
            6,
            """
            CREATE TABLE log (what text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $f$
            BEGIN INSERT INTO log VALUES (TG_OP); RETURN NEW; END $f$;
            CREATE TABLE price (id int PRIMARY KEY, net numeric, gross numeric GENERATED ALWAYS AS
              (net * 1.2) STORED, "Odd name" jsonb);
            CREATE TRIGGER noted AFTER INSERT ON price FOR EACH ROW EXECUTE FUNCTION note();
            INSERT INTO price VALUES (1, 'NaN', DEFAULT, '{"a": [1, null]}'), (2, 10.50, DEFAULT, NULL);
            CREATE TABLE part (id int, at date) PARTITION BY RANGE (at);
            CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            INSERT INTO part VALUES (1, '2026-02-03');
            CREATE MATERIALIZED VIEW total AS SELECT count(*) AS n FROM price;
            """,
            "SELECT 1;")
        .revision(7, "CREATE ROLE squash_reader; GRANT SELECT ON price TO squash_reader;", "");

    SquashResult.Replaced done = (SquashResult.Replaced) project.squash("head");

    assertThat(done.tables()).extracting(SquashResult.Table::name).contains("public.log");
    assertThat(done.text()).contains("GRANT SELECT ON").contains("DISABLE TRIGGER USER");
    assertThat(done.warnings()).singleElement().asString().contains("V7__step_7.sql");
  }

  @Test
  @DisplayName("leaves repeatable migrations to Flyway")
  void repeatables() {
    project.file(
        "src/main/resources/db/migration/R__names.sql",
        "DROP VIEW IF EXISTS names; CREATE VIEW names AS SELECT name FROM kind;");
    SquashResult.Replaced done = (SquashResult.Replaced) project.squash("head");

    assertThat(done.text()).doesNotContain("VIEW");
    ScratchDatabase database = project.database();
    project.upgrade(database, project.files(), "head");
    assertThat(query(database, "SELECT count(*) FROM names")).containsExactly("3");
  }

  @Test
  @DisplayName("is refused when something would be lost")
  void losses() {
    project.revision(6, "SELECT lo_create(0);", "SELECT 1;");
    assertThat(failureOf(() -> project.squash("6")).problem()).contains("large objects");
    project.revision(
        6,
        "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int"
            + " REFERENCES a); INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1);"
            + " ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;",
        "SELECT 1;");
    assertThat(failureOf(() -> project.squash("6")).problem())
        .contains("circle")
        .contains("public.a, public.b");
    project.revision(6, "CREATE TABLE n AS SELECT generate_series(1, 100001);", "DROP TABLE n;");
    assertThat(failureOf(() -> project.squash("6")).problem()).contains("public.n (100001)");
    assertThat(project.files().all()).hasSize(6);
  }

  @Test
  @DisplayName("is left alone when the target has applied only a part of it")
  void unappliedPart() {
    ScratchDatabase database = project.database();
    project.upgrade(database, project.files(), "2");

    MigrateException refused =
        failureOf(() -> project.squash("3", Optional.of(project.state(database)), false));

    assertThat(refused.code()).isEqualTo(FailureCode.SQUASH_REFUSED);
    assertThat(refused.problem()).contains("1 of the 3 revisions").contains("3 (step 3)");
    assertThat(project.files().all()).hasSize(5);
    assertThat(project.squash("2", Optional.of(project.state(database)), true).baseline().id())
        .hasToString("2");
    assertThat(project.names("archive")).isEmpty();
    assertThat(TargetState.of(project.files(), History.empty()).in(Status.PENDING)).hasSize(5);
  }

  @Test
  @DisplayName("is finished by the next run when one was interrupted, wherever that was")
  void interrupted() throws IOException {
    Path copy = root.resolve("copy");
    project.copy(copy);
    List<Path> old =
        project.names("src").stream().map(name -> root.resolve("src").resolve(name)).toList();
    project.squash("3");
    // As it is when only the script of the last one is gone: the others came back.
    for (Path file : old) {
      if (!file.toString().endsWith("V3__step_3.sql") && !Files.exists(file)) {
        Files.copy(copy.resolve(root.relativize(file)), file);
      }
    }
    assertThat(project.files().graph().revisions()).hasSize(3);
    assertThat(project.files().leftovers()).hasSize(5);
    assertThat(project.squash("3")).isInstanceOf(SquashResult.Finished.class);
    assertThat(project.files().leftovers()).isEmpty();

    // As it is when nothing was removed yet: everything is still as it was before.
    for (Path file : old) {
      if (!Files.exists(file)) {
        Files.copy(copy.resolve(root.relativize(file)), file);
      }
    }
    assertThat(project.files().graph().revisions()).hasSize(5);
    assertThat(project.files().graph().baseline()).isEmpty();
    ScratchDatabase database = project.database();
    project.upgrade(database, project.files(), "2");
    assertThat(project.squash("3")).isInstanceOf(SquashResult.Replaced.class);
    assertThat(project.files().graph().revisions()).hasSize(3);
    assertThat(project.names("archive")).hasSize(6);
  }

  @Test
  @DisplayName("goes on with generate, whose revision revises the last of those that are there")
  void generate() {
    project.squash("5");
    project.model(
        """
        CREATE TABLE kind (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
          parent int REFERENCES kind);
        CREATE TABLE thing (id bigint PRIMARY KEY, kind int REFERENCES kind, tags text[], note text);
        CREATE TABLE last (id int, more text);
        """);

    GenerateResult.Written written = (GenerateResult.Written) project.generate("Add more");

    assertThat(written.files()).hasSize(1);
    assertThat(written.files().get(0).revision().parents())
        .extracting(Object::toString)
        .containsExactly("5");
    assertThat(written.files().get(0).upgrade().text()).contains("ADD COLUMN more text");
  }

  @Test
  @DisplayName("keeps its archive out of the folders that Flyway looks into")
  void archiveElsewhere() {
    MigrateException refused =
        failureOf(() -> project.squashWithArchive(project.folders().upgrade().resolve("archive")));
    assertThat(refused.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
  }

  @Thorough
  @Test
  @DisplayName("of 200 revisions, 150 squashed: a database at 200, at 100 and an empty one go on")
  void twoHundred() {
    for (int i = 1; i <= 200; i++) {
      project.revision(
          i,
          switch (i % 3) {
            case 0 -> "CREATE TABLE t%d (id int PRIMARY KEY, name text NOT NULL);".formatted(i);
            case 1 ->
                i < 4
                    ? "CREATE TYPE mood AS ENUM ('good', 'bad');"
                    : "ALTER TABLE t%d ADD COLUMN c%d int REFERENCES t%d;"
                        .formatted(i - 1, i, Math.max(3, i - 4));
            default ->
                i < 4
                    ? "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                    : "INSERT INTO t%d (id, name) VALUES (%d, 'row %d');".formatted(i - 2, i, i);
          },
          "SELECT 1;");
    }
    ScratchDatabase at200 = project.database();
    project.upgrade(at200, project.files(), "200");
    ScratchDatabase at100 = project.database();
    project.upgrade(at100, project.files(), "100");
    ScratchDatabase empty = project.database();

    long start = System.nanoTime();
    assertThat(((SquashResult.Replaced) project.onOwnServers().squash("150")).replaced())
        .hasSize(150);
    System.out.printf("150 of 200 revisions squashed in %d ms%n", millis(start));

    assertThat(project.state(at200).in(Status.PENDING)).isEmpty();
    start = System.nanoTime();
    project.upgrade(empty, project.files(), "head");
    System.out.printf("Baseline and 50 revisions on an empty database: %d ms%n", millis(start));
    assertThat(failureOf(() -> project.upgrade(at100, project.files(), "head")).code())
        .isEqualTo(FailureCode.BELOW_BASELINE);
    project.upgrade(at100, project.archived(150), "150");
    project.upgrade(at100, project.files(), "head");
    assertThat(schema(at200)).isEqualTo(schema(empty)).isEqualTo(schema(at100));
    String rows =
        "SELECT xpath('//row', query_to_xml(format('SELECT * FROM %I ORDER BY id', relname), false,"
            + " false, ''))::text FROM pg_class WHERE relname ~ '^t[0-9]+$' ORDER BY relname";
    assertThat(query(at200, rows)).isEqualTo(query(empty, rows)).isEqualTo(query(at100, rows));
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Test
  @DisplayName("leaves out what callbacks write, which they write on every database themselves")
  void callbacks() {
    project
        .file(
            "src/main/resources/db/migration/afterMigrate.sql",
            "CREATE TABLE IF NOT EXISTS deployments (at timestamptz DEFAULT now());\n"
                + "INSERT INTO deployments DEFAULT VALUES;\n"
                + "INSERT INTO kind (name) VALUES ('of a callback');")
        .file(
            "src/main/resources/db/migration/afterEachMigrate__log.sql",
            "CREATE TABLE IF NOT EXISTS runs (n int); INSERT INTO runs VALUES (1);");
    ScratchDatabase before = project.upgraded("head");
    SquashResult.Replaced squashed =
        (SquashResult.Replaced) project.squash("4", Optional.of(project.state(before)), false);
    assertThat(squashed.text())
        .contains("laptop")
        .doesNotContain("deployments", "runs", "of a callback");
    ScratchDatabase fresh = project.database();
    project.upgrade(fresh, project.files(), "head");
    assertThat(query(fresh, "SELECT count(*) FROM deployments")).containsExactly("1");
    assertThat(query(fresh, "SELECT count(*) FROM kind WHERE name = 'laptop'"))
        .containsExactly("1");
    assertThat(SquashProject.schema(fresh)).isEqualTo(SquashProject.schema(before));
  }

  @Test
  @DisplayName("goes on with callbacks that revisions need, where these leave nothing behind")
  void neededCallbacks() {
    project
        .file(
            "src/main/resources/db/migration/beforeEachMigrate.sql",
            "SELECT set_config('app.owner', 'it', false);")
        .revision(
            6,
            "CREATE TABLE owned (who text);\n"
                + "INSERT INTO owned VALUES (current_setting('app.owner'));",
            "DROP TABLE owned;");
    SquashResult.Replaced squashed = (SquashResult.Replaced) project.squash("6");
    assertThat(squashed.text()).contains("owned");
  }

  @Test
  @DisplayName("names the callbacks that revisions need and that leave something behind")
  void callbacksInTheWay() {
    project
        .file(
            "src/main/resources/db/migration/beforeMigrate__app.sql",
            "CREATE SCHEMA IF NOT EXISTS app;")
        .revision(6, "CREATE TABLE app.thing (id int);", "DROP TABLE app.thing;");
    MigrateException failure = failureOf(() -> project.squash("6"));
    assertThat(failure.code()).isEqualTo(FailureCode.SQUASH_REFUSED);
    assertThat(failure.problem()).contains("beforeMigrate__app.sql)", "schema \"app\"");
    assertThat(project.names("archive")).isEmpty();
  }
}
