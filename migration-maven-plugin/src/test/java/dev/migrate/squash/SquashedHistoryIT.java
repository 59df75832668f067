package dev.migrate.squash;

import static dev.migrate.generate.ModelProject.failureOf;
import static dev.migrate.squash.SquashProject.execute;
import static dev.migrate.squash.SquashProject.query;
import static dev.migrate.squash.SquashProject.schema;
import static dev.migrate.squash.SquashProject.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.SqlPreview;
import dev.migrate.scratch.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How databases go on that have run the old revisions, some of them, or none. */
@DisplayName("A history whose beginning is squashed")
class SquashedHistoryIT {
  @TempDir private static Path built;
  private static SquashProject original;
  private static SquashProject squashed;
  private static ScratchDatabase atTwo;
  private static ScratchDatabase atFour;
  private static ScratchDatabase atHead;

  @TempDir private Path root;
  private SquashProject project;

  /** What most tests begin with: databases that were upgraded before, and the files after it. */
  @BeforeAll
  static void upgradeAndSquash() {
    original = SquashProject.ofFiveRevisions(built.resolve("original"));
    atTwo = original.upgraded("2");
    atFour = original.upgraded("4");
    atHead = original.upgraded("head");
    squashed = original.copy(built.resolve("squashed"));
    squashed.onOwnServers().squash("3");
  }

  @AfterAll
  static void dropThem() {
    original.close();
  }

  @BeforeEach
  void afterTheSquash() {
    project = squashed.copy(root);
  }

  @AfterEach
  void drop() {
    project.close();
  }

  @Test
  @DisplayName("gives an empty database the same schema and the same rows")
  void emptyDatabase() {
    ScratchDatabase before = project.database(atHead);
    ScratchDatabase after = project.database();

    project.upgrade(after, project.files(), "head");

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
    assertThat(project.states(after)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
  }

  @Test
  @DisplayName("leaves a database that is past the baseline where it is")
  void pastDatabase() {
    ScratchDatabase database = project.database(atFour);

    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 PENDING");
    assertThat(schema(database)).isEqualTo(schema(atFour));
    project.upgrade(database, project.files(), "head");
    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    project.downgrade(database, project.files(), "3");
    assertThat(project.state(database).current().get(0).id()).hasToString("3");
  }

  @Test
  @DisplayName("stops a database in the middle, which goes on with the archived files")
  void databaseInTheMiddle() {
    ScratchDatabase database = project.database(atTwo);

    MigrateException refused = failureOf(() -> project.upgrade(database, project.files(), "head"));
    assertThat(refused.code()).isEqualTo(FailureCode.BELOW_BASELINE);
    assertThat(refused.problem()).contains("stands at 2 (step 2)").contains("B3__");
    assertThat(refused.remedy())
        .contains(
            "mvn migrate:upgrade -Dmigrate.to=3 -Dmigrate.directory=archive/3/migration"
                + " -Dmigrate.undoDirectory=archive/3/undo");
    assertThat(project.states(database))
        .containsExactly("1 SQUASHED", "2 SQUASHED", "3 PENDING", "4 PENDING", "5 PENDING");

    project.upgrade(database, project.archived(3), "3");
    project.upgrade(database, project.files(), "head");
    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
  }

  @Test
  @DisplayName("cannot be taken back below the baseline but with the archived files")
  void downgrade() {
    ScratchDatabase old = project.database(atFour);
    ScratchDatabase fresh = project.database();
    project.upgrade(fresh, project.files(), "3");

    assertThat(failureOf(() -> project.downgrade(old, project.files(), "base")).remedy())
        .contains("-Dmigrate.to=3")
        .contains("-Dmigrate.undoDirectory=archive/3/undo");
    assertThat(failureOf(() -> project.downgrade(fresh, project.files(), "base")).code())
        .isEqualTo(FailureCode.IRREVERSIBLE);

    project.downgrade(old, project.files(), "3");
    project.downgrade(old, project.archived(3), "1");
    assertThat(query(old, "SELECT to_regclass('thing')::text")).containsExactly((String) null);
  }

  @Test
  @DisplayName("can be stamped, from the middle and to base")
  void stamped() {
    ScratchDatabase database = project.database(atTwo);

    project.stamp(database, "4");
    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 PENDING");
    project.stamp(database, "base");
    assertThat(project.states(database)).containsExactly("3 PENDING", "4 PENDING", "5 PENDING");
    assertThat(failureOf(() -> project.upgrade(database, project.files(), "head")).problem())
        .contains("only once in a history");
    project.stamp(database, "3");
    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 PENDING", "5 PENDING");
  }

  @Test
  @DisplayName("is understood by Flyway alone")
  void flywayAlone() {
    ScratchDatabase past = project.database(atFour);
    ScratchDatabase amid = project.database(atTwo);
    ScratchDatabase empty = project.database();

    project.flyway(empty).migrate();
    project.flyway(past, "*:missing", "*:future").migrate();

    assertThat(project.states(empty)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    assertThat(project.states(past)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    assertThat(schema(past)).isEqualTo(schema(empty));
    FlywayException stopped =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            FlywayException.class, () -> project.flyway(amid, "*:missing", "*:future").migrate());
    assertThat(stopped)
        .hasMessageContaining("in the middle of what the baseline 3 has replaced")
        .hasMessageContaining("mvn migrate:upgrade -Dmigrate.to=3");
    assertThat(query(amid, "SELECT to_regclass('last')::text")).containsExactly((String) null);
  }

  @Test
  @DisplayName("goes on after Flyway's repair has marked the replaced ones as deleted")
  void repaired() {
    ScratchDatabase database = project.database(atFour);

    project.flyway(database).repair();
    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 PENDING");
    project.flyway(database).migrate();
    project.upgrade(database, project.files(), "head");
    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
  }

  @Test
  @DisplayName("can be run as SQL, with the same record")
  void preview() {
    ScratchDatabase database = project.database();

    String sql =
        SqlPreview.upgrade(
            target(database),
            "test",
            HistoryOptions.defaults(),
            project.files(),
            state -> state.graph().upgrade(state.applied(), "head"));

    assertThat(sql).contains("'SQL_BASELINE', 'B3__baseline_up_to_step_3.sql'");
    execute(
        database,
        sql.lines()
            .filter(line -> !line.startsWith("\\"))
            .collect(java.util.stream.Collectors.joining("\n")));
    assertThat(project.states(database)).containsExactly("3 APPLIED", "4 APPLIED", "5 APPLIED");
    project.flyway(database).validate();
  }

  @Test
  @DisplayName("notices when the baseline is edited where it ran")
  void editedBaseline() throws IOException {
    ScratchDatabase past = project.database(atFour);
    ScratchDatabase fresh = project.database();
    project.upgrade(fresh, project.files(), "head");
    Path baseline = project.folders().upgrade().resolve("B3__baseline_up_to_step_3.sql");
    Files.writeString(baseline, Files.readString(baseline) + "-- more\n");

    assertThat(failureOf(() -> project.upgrade(fresh, project.files(), "head")).code())
        .isEqualTo(FailureCode.TAMPERED_SCRIPT);
    project.upgrade(past, project.files(), "head");
  }

  @Test
  @DisplayName("can be squashed again")
  void again() {
    ScratchDatabase first = project.database(atTwo);
    ScratchDatabase second = project.database();
    project.upgrade(second, project.files(), "3");
    project.squash("4");
    ScratchDatabase empty = project.database();

    project.upgrade(empty, project.files(), "head");
    assertThat(project.names("archive/4"))
        .containsExactly(
            "migration/B3__baseline_up_to_step_3.sql",
            "migration/V4__step_4.sql",
            "migration/beforeMigrate__baseline_3.sql",
            "undo/U4__step_4.sql");
    project.upgrade(second, project.archived(4), "4");
    project.upgrade(second, project.files(), "head");
    assertThat(schema(second)).isEqualTo(schema(empty));

    assertThat(failureOf(() -> project.upgrade(first, project.archived(4), "4")).remedy())
        .contains("-Dmigrate.directory=archive/3/migration");
    project.upgrade(first, project.archived(3), "3");
    project.upgrade(first, project.archived(4), "4");
    project.upgrade(first, project.files(), "head");
    assertThat(schema(first)).isEqualTo(schema(empty));
  }
}
