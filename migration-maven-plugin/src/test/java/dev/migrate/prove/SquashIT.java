package dev.migrate.prove;

import static dev.migrate.prove.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.History;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.history.SqlPreview;
import dev.migrate.history.StampOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.revision.Revision;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A history whose beginning is squashed")
class SquashIT {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path root;
  private ModelProject project;
  private final List<ScratchDatabase> databases = new ArrayList<>();

  @BeforeEach
  void fiveRevisions() {
    project =
        ModelProject.at(root)
            .revision(
                1,
                "CREATE TABLE kind (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT"
                    + " NULL, parent int REFERENCES kind);",
                "DROP TABLE kind;")
            .revision(
                2,
                "INSERT INTO kind (name) VALUES ('it''s'), ('laptop'), (E'back\\\\slash');\n"
                    + "UPDATE kind SET parent = 3 WHERE id = 2;",
                "DELETE FROM kind;")
            .revision(
                3,
                "CREATE TABLE thing (id bigint PRIMARY KEY, kind int REFERENCES kind, tags text[]);\n"
                    + "INSERT INTO thing VALUES (7, 2, '{a,\"b c\"}'), (8, NULL, NULL);",
                "DROP TABLE thing;")
            .revision(4, "ALTER TABLE thing ADD COLUMN note text;", "ALTER TABLE thing DROP note;")
            .revision(5, "CREATE TABLE last (id int);", "DROP TABLE last;");
  }

  @AfterEach
  void drop() {
    databases.forEach(ScratchDatabase::close);
  }

  private ScratchDatabase database() {
    ScratchDatabase database = TestPostgres.database("squash");
    databases.add(database);
    return database;
  }

  private static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "the test");
  }

  private RevisionFiles files() {
    return project.files();
  }

  private Squashed squash(String to) {
    return squash(to, Optional.empty(), false);
  }

  private Squashed squash(String to, Optional<TargetState> state, boolean dryRun) {
    return new SquashHistory(
            project.workshop(),
            files(),
            HistoryOptions.defaults(),
            root.resolve("archive"),
            project.progress(),
            CLOCK)
        .run(to, state, "", dryRun);
  }

  private void upgrade(ScratchDatabase database, RevisionFiles files, String to) {
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      TargetState state = locked.state(files);
      state.requireUpgradable();
      locked.upgrade(files, files.graph().upgrade(state.applied(), to));
    }
  }

  private StampOutcome stamp(ScratchDatabase database, String to) {
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      TargetState state = locked.state(files());
      return locked.stamp(files(), state.graph().stamp(state.known(), to), false);
    }
  }

  private void downgrade(ScratchDatabase database, RevisionFiles files, String to) {
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      TargetState state = locked.state(files);
      state.requireDowngradable();
      locked.downgrade(files, files.graph().downgrade(state.applied(), to));
    }
  }

  private TargetState state(ScratchDatabase database) {
    try (Connection connection = database.connect()) {
      HistoryTable table =
          HistoryTable.locate(connection, Optional.empty(), HistoryTable.DEFAULT_NAME);
      return TargetState.of(files(), HistoryReader.read(connection, table));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> states(ScratchDatabase database) {
    return state(database).states().stream().map(one -> one.id() + " " + one.status()).toList();
  }

  /** The files as the archive has them. */
  private RevisionFiles archived(int version) {
    Path folder = root.resolve("archive/" + version);
    return RevisionFiles.read(
        new RevisionFolders(
            root, List.of(folder.resolve("migration")), List.of(folder.resolve("undo"))),
        MissingFolder.REFUSE);
  }

  private static Schema schema(ScratchDatabase database) {
    try (Connection connection = database.connect()) {
      return new Introspector(Scope.standard()).read(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> query(ScratchDatabase database, String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(ScratchDatabase database, String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> names(String folder) {
    Path path = root.resolve(folder);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile)
          .map(file -> path.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Flyway flyway(ScratchDatabase database, String... ignored) {
    return Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("filesystem:" + project.folders().upgrade())
        .ignoreMigrationPatterns(ignored)
        .load();
  }

  @Test
  @DisplayName("begins with the baseline, and the old files are in the archive")
  void movesTheFiles() {
    Squashed.Replaced done = (Squashed.Replaced) squash("3");

    assertThat(done.replaced()).hasSize(3);
    assertThat(done.tables())
        .containsExactly(
            new Squashed.Table("public.kind", 3), new Squashed.Table("public.thing", 2));
    assertThat(names("src/main/resources/db/migration"))
        .containsExactly(
            "B3__baseline_up_to_step_3.sql",
            "V4__step_4.sql",
            "V5__step_5.sql",
            "beforeMigrate__baseline_3.sql");
    assertThat(names("src/main/resources/db/undo"))
        .containsExactly("U4__step_4.sql", "U5__step_5.sql");
    assertThat(names("archive"))
        .containsExactly(
            "3/migration/V1__step_1.sql",
            "3/migration/V2__step_2.sql",
            "3/migration/V3__step_3.sql",
            "3/undo/U1__step_1.sql",
            "3/undo/U2__step_2.sql",
            "3/undo/U3__step_3.sql");
    assertThat(files().graph().baseline().map(Revision::title))
        .contains("3 (Baseline up to step 3)");
    assertThat(files().graph().revisions()).hasSize(3);
    assertThat(files().leftovers()).isEmpty();
  }

  @Test
  @DisplayName("gives an empty database the same schema and the same rows")
  void emptyDatabase() {
    ScratchDatabase before = database();
    upgrade(before, files(), "head");
    squash("3");
    ScratchDatabase after = database();

    upgrade(after, files(), "head");

    assertThat(schema(after)).isEqualTo(schema(before));
    for (String sql :
        List.of(
            "SELECT k::text FROM kind k ORDER BY id",
            "SELECT t::text FROM thing t ORDER BY id",
            "SELECT nextval('kind_id_seq')")) {
      assertThat(query(after, sql)).isEqualTo(query(before, sql));
    }
    assertThat(query(after, "SELECT version || ' ' || type FROM flyway_schema_history ORDER BY 1"))
        .containsExactly("3 SQL_BASELINE", "4 SQL", "5 SQL");
    assertThat(states(after)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
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
    squash("4");
    ScratchDatabase database = database();

    upgrade(database, files(), "head");

    assertThat(query(database, states)).containsExactly("D", "O", "A", "R");
    assertThat(query(database, "SELECT name FROM fired")).isEmpty();
    assertThat(query(database, "SELECT count(*) FROM kind")).containsExactly("3");
    execute(database, "INSERT INTO kind (name) VALUES ('new')");
    assertThat(query(database, "SELECT name FROM fired ORDER BY 1"))
        .containsExactly("on ENABLE", "on ENABLE ALWAYS");
  }

  @Test
  @DisplayName("leaves a database that is past the baseline where it is")
  void pastDatabase() {
    ScratchDatabase database = database();
    upgrade(database, files(), "4");
    Schema before = schema(database);
    squash("3");

    assertThat(states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 PENDING");
    assertThat(schema(database)).isEqualTo(before);
    upgrade(database, files(), "head");
    assertThat(states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    downgrade(database, files(), "3");
    assertThat(state(database).current().get(0).id()).hasToString("3");
  }

  @Test
  @DisplayName("stops a database in the middle, which goes on with the archived files")
  void databaseInTheMiddle() {
    ScratchDatabase database = database();
    upgrade(database, files(), "2");
    squash("3");

    MigrateException refused = failureOf(() -> upgrade(database, files(), "head"));
    assertThat(refused.code()).isEqualTo(FailureCode.BELOW_BASELINE);
    assertThat(refused.problem()).contains("stands at 2 (step 2)").contains("B3__");
    assertThat(refused.remedy())
        .contains(
            "mvn migrate:upgrade -Dmigrate.to=3 -Dmigrate.directory=archive/3/migration"
                + " -Dmigrate.undoDirectory=archive/3/undo");
    assertThat(states(database))
        .containsExactly("1 SQUASHED", "2 SQUASHED", "3 PENDING", "4 PENDING", "5 PENDING");

    upgrade(database, archived(3), "3");
    upgrade(database, files(), "head");
    assertThat(states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
  }

  @Test
  @DisplayName("cannot be taken back below the baseline but with the archived files")
  void downgrade() {
    ScratchDatabase old = database();
    upgrade(old, files(), "4");
    squash("3");
    ScratchDatabase fresh = database();
    upgrade(fresh, files(), "3");

    assertThat(failureOf(() -> downgrade(old, files(), "base")).remedy())
        .contains("-Dmigrate.to=3")
        .contains("-Dmigrate.undoDirectory=archive/3/undo");
    assertThat(failureOf(() -> downgrade(fresh, files(), "base")).code())
        .isEqualTo(FailureCode.IRREVERSIBLE);

    downgrade(old, files(), "3");
    downgrade(old, archived(3), "1");
    assertThat(query(old, "SELECT to_regclass('thing')::text")).containsExactly((String) null);
  }

  @Test
  @DisplayName("can be stamped, from the middle and to base")
  void stamped() {
    ScratchDatabase database = database();
    upgrade(database, files(), "2");
    squash("3");

    stamp(database, "4");
    assertThat(states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 PENDING");
    stamp(database, "base");
    assertThat(states(database)).containsExactly("3 PENDING", "4 PENDING", "5 PENDING");
    assertThat(failureOf(() -> upgrade(database, files(), "head")).problem())
        .contains("only once in a history");
    stamp(database, "3");
    assertThat(states(database)).containsExactly("3 APPLIED", "4 PENDING", "5 PENDING");
  }

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
    ScratchDatabase at200 = database();
    upgrade(at200, files(), "200");
    ScratchDatabase at100 = database();
    upgrade(at100, files(), "100");
    ScratchDatabase empty = database();

    long start = System.nanoTime();
    assertThat(((Squashed.Replaced) squash("150")).replaced()).hasSize(150);
    System.out.printf("150 of 200 revisions squashed in %d ms%n", millis(start));

    assertThat(state(at200).in(Status.PENDING)).isEmpty();
    start = System.nanoTime();
    upgrade(empty, files(), "head");
    System.out.printf("Baseline and 50 revisions on an empty database: %d ms%n", millis(start));
    assertThat(failureOf(() -> upgrade(at100, files(), "head")).code())
        .isEqualTo(FailureCode.BELOW_BASELINE);
    upgrade(at100, archived(150), "150");
    upgrade(at100, files(), "head");
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
  @DisplayName("is understood by Flyway alone")
  void flywayAlone() {
    ScratchDatabase past = database();
    upgrade(past, files(), "4");
    ScratchDatabase amid = database();
    upgrade(amid, files(), "2");
    squash("3");
    ScratchDatabase empty = database();

    flyway(empty).migrate();
    flyway(past, "*:missing", "*:future").migrate();

    assertThat(states(empty)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    assertThat(states(past)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    assertThat(schema(past)).isEqualTo(schema(empty));
    FlywayException stopped =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            FlywayException.class, () -> flyway(amid, "*:missing", "*:future").migrate());
    assertThat(stopped)
        .hasMessageContaining("in the middle of what the baseline 3 has replaced")
        .hasMessageContaining("mvn migrate:upgrade -Dmigrate.to=3");
    assertThat(query(amid, "SELECT to_regclass('last')::text")).containsExactly((String) null);
  }

  @Test
  @DisplayName("goes on after Flyway's repair has marked the replaced ones as deleted")
  void repaired() {
    ScratchDatabase database = database();
    upgrade(database, files(), "4");
    squash("3");

    flyway(database).repair();
    assertThat(states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 PENDING");
    flyway(database).migrate();
    upgrade(database, files(), "head");
    assertThat(states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
  }

  @Test
  @DisplayName("can be squashed again")
  void again() {
    ScratchDatabase first = database();
    upgrade(first, files(), "2");
    squash("3");
    ScratchDatabase second = database();
    upgrade(second, files(), "3");
    squash("4");
    ScratchDatabase empty = database();

    upgrade(empty, files(), "head");
    assertThat(names("archive/4"))
        .containsExactly(
            "migration/B3__baseline_up_to_step_3.sql",
            "migration/V4__step_4.sql",
            "migration/beforeMigrate__baseline_3.sql",
            "undo/U4__step_4.sql");
    upgrade(second, archived(4), "4");
    upgrade(second, files(), "head");
    assertThat(schema(second)).isEqualTo(schema(empty));

    assertThat(failureOf(() -> upgrade(first, archived(4), "4")).remedy())
        .contains("-Dmigrate.directory=archive/3/migration");
    upgrade(first, archived(3), "3");
    upgrade(first, archived(4), "4");
    upgrade(first, files(), "head");
    assertThat(schema(first)).isEqualTo(schema(empty));
  }

  @Test
  @DisplayName("is left alone when the target has applied only a part of it")
  void unappliedPart() {
    ScratchDatabase database = database();
    upgrade(database, files(), "2");

    MigrateException refused = failureOf(() -> squash("3", Optional.of(state(database)), false));

    assertThat(refused.code()).isEqualTo(FailureCode.SQUASH_REFUSED);
    assertThat(refused.problem()).contains("1 of the 3 revisions").contains("3 (step 3)");
    assertThat(files().all()).hasSize(5);
    assertThat(squash("2", Optional.of(state(database)), true).baseline().id()).hasToString("2");
    assertThat(names("archive")).isEmpty();
    assertThat(TargetState.of(files(), History.empty()).in(Status.PENDING)).hasSize(5);
  }

  @Test
  @DisplayName("is finished by the next run when one was interrupted, wherever that was")
  void interrupted() throws IOException {
    Path copy = root.resolve("copy");
    List<Path> old = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root.resolve("src"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        write(copy.resolve(root.relativize(file)), Files.readString(file));
        old.add(file);
      }
    }
    squash("3");
    // As it is when only the script of the last one is gone: the others came back.
    for (Path file : old) {
      if (!file.toString().endsWith("V3__step_3.sql") && !Files.exists(file)) {
        Files.copy(copy.resolve(root.relativize(file)), file);
      }
    }
    assertThat(files().graph().revisions()).hasSize(3);
    assertThat(files().leftovers()).hasSize(5);
    assertThat(squash("3")).isInstanceOf(Squashed.Finished.class);
    assertThat(files().leftovers()).isEmpty();

    // As it is when nothing was removed yet: everything is still as it was before.
    for (Path file : old) {
      if (!Files.exists(file)) {
        Files.copy(copy.resolve(root.relativize(file)), file);
      }
    }
    assertThat(files().graph().revisions()).hasSize(5);
    assertThat(files().graph().baseline()).isEmpty();
    ScratchDatabase database = database();
    upgrade(database, files(), "2");
    assertThat(squash("3")).isInstanceOf(Squashed.Replaced.class);
    assertThat(files().graph().revisions()).hasSize(3);
    assertThat(names("archive")).hasSize(6);
  }

  @Test
  @DisplayName("keeps triggers, computed columns and views over its rows as they are")
  void surroundings() {
    project
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

    Squashed.Replaced done = (Squashed.Replaced) squash("head");

    assertThat(done.tables()).extracting(Squashed.Table::name).contains("public.log");
    assertThat(done.text()).contains("GRANT SELECT ON").contains("DISABLE TRIGGER USER");
    assertThat(done.warnings()).singleElement().asString().contains("V7__step_7.sql");
  }

  @Test
  @DisplayName("is refused when something would be lost")
  void losses() {
    project.revision(6, "SELECT lo_create(0);", "SELECT 1;");
    assertThat(failureOf(() -> squash("6")).problem()).contains("large objects");
    project.revision(
        6,
        "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int"
            + " REFERENCES a); INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1);"
            + " ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;",
        "SELECT 1;");
    assertThat(failureOf(() -> squash("6")).problem())
        .contains("circle")
        .contains("public.a, public.b");
    project.revision(6, "CREATE TABLE n AS SELECT generate_series(1, 100001);", "DROP TABLE n;");
    assertThat(failureOf(() -> squash("6")).problem()).contains("public.n (100001)");
    assertThat(files().all()).hasSize(6);
  }

  @Test
  @DisplayName("leaves repeatable migrations to Flyway")
  void repeatables() {
    write(
        project.folders().upgrade().resolve("R__names.sql"),
        "DROP VIEW IF EXISTS names; CREATE VIEW names AS SELECT name FROM kind;");
    Squashed.Replaced done = (Squashed.Replaced) squash("head");

    assertThat(done.text()).doesNotContain("VIEW");
    ScratchDatabase database = database();
    upgrade(database, files(), "head");
    assertThat(query(database, "SELECT count(*) FROM names")).containsExactly("3");
  }

  @Test
  @DisplayName("goes on with generate, whose revision revises the last of those that are there")
  void generate() {
    squash("5");
    project.model(
        """
        CREATE TABLE kind (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
          parent int REFERENCES kind);
        CREATE TABLE thing (id bigint PRIMARY KEY, kind int REFERENCES kind, tags text[], note text);
        CREATE TABLE last (id int, more text);
        """);

    Generated.Written written = (Generated.Written) project.generate("Add more");

    assertThat(written.files()).hasSize(1);
    assertThat(written.files().get(0).revision().parents())
        .extracting(Object::toString)
        .containsExactly("5");
    assertThat(written.files().get(0).upgrade().text()).contains("ADD COLUMN more text");
  }

  @Test
  @DisplayName("can be run as SQL, with the same record")
  void preview() {
    squash("3");
    ScratchDatabase database = database();

    String sql =
        SqlPreview.upgrade(
            target(database),
            "test",
            HistoryOptions.defaults(),
            files(),
            state -> state.graph().upgrade(state.applied(), "head"));

    assertThat(sql).contains("'SQL_BASELINE', 'B3__baseline_up_to_step_3.sql'");
    execute(
        database,
        sql.lines()
            .filter(line -> !line.startsWith("\\"))
            .collect(java.util.stream.Collectors.joining("\n")));
    assertThat(states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    flyway(database).validate();
  }

  @Test
  @DisplayName("notices when the baseline is edited where it ran")
  void editedBaseline() throws IOException {
    ScratchDatabase past = database();
    upgrade(past, files(), "4");
    squash("3");
    ScratchDatabase fresh = database();
    upgrade(fresh, files(), "head");
    Path baseline = project.folders().upgrade().resolve("B3__baseline_up_to_step_3.sql");
    Files.writeString(baseline, Files.readString(baseline) + "-- more\n");

    assertThat(failureOf(() -> upgrade(fresh, files(), "head")).code())
        .isEqualTo(FailureCode.TAMPERED_SCRIPT);
    upgrade(past, files(), "head");
  }

  @Test
  @DisplayName("keeps its archive out of the folders that Flyway looks into")
  void archiveElsewhere() {
    MigrateException refused =
        failureOf(
            () ->
                new SquashHistory(
                    project.workshop(),
                    files(),
                    HistoryOptions.defaults(),
                    project.folders().upgrade().resolve("archive"),
                    project.progress(),
                    CLOCK));
    assertThat(refused.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
  }
}
