package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.report.StateText;
import dev.migrate.report.TerminalStyle;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stock Flyway calls valid is taken, what it calls invalid is named, and nothing runs twice.
 * The same was seen with Flyway 11 and 12; {@code -Dcrooked.flyway=11} runs it so.
 */
@DisplayName("A history of stock Flyway that is not straight")
class CrookedHistoriesIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;
  private StockFlyway stock;

  @BeforeEach
  void start() throws IOException {
    database = TestPostgres.database("crooked");
    stock = StockFlyway.of(Integer.getInteger("crooked.flyway", 13));
    project =
        new RevisionProject(
            folder, Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"));
    project
        .revision(1, "create table a (id int);", "drop table a;")
        .revision(2, "create table b (id int);", "drop table b;")
        .revision(4, "create table d (id int);", "drop table d;");
  }

  @AfterEach
  void end() {
    stock.close();
    database.close();
  }

  private Path scripts() {
    return project.folders().upgrade();
  }

  private void migrated() {
    stock.migrate(database, scripts());
  }

  /** Both find nothing wrong and nothing to do. */
  private void assertAgreed(StockFlyway flyway) {
    flyway.validate(database, scripts());
    project.state().require().atHead();
    assertThat(project.upgrade("head").steps()).isEmpty();
    assertThat(flyway.migrate(database, scripts())).isZero();
    flyway.validate(database, scripts());
  }

  private void assertNeither(FailureCode ours, String words) {
    assertThatThrownBy(() -> stock.validate(database, scripts()))
        .hasMessageContaining("Validate failed");
    assertThat(failureOf(() -> project.state().require().atHead()))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ours))
        .satisfies(failure -> assertThat(failure.problem()).contains(words));
  }

  private List<String> attention() {
    return new StateText(project.state(), TerminalStyle.PLAIN).attention();
  }

  @Test
  @DisplayName("because scripts ran out of order, is taken as it is")
  void outOfOrder() {
    migrated();
    project.revision(3, "create table c (id int);", "drop table c;");
    StockFlyway loose = stock.with("outOfOrder", "true");
    loose.migrate(database, scripts());
    assertAgreed(stock);
    project.downgrade("-1");
    assertThat(project.tables()).containsExactly("a", "b", "c");
    assertThat(loose.migrate(database, scripts())).isEqualTo(1);
    assertAgreed(stock);
  }

  @Test
  @DisplayName(
      "because a hot fix comes below the newest, waits until somebody says so, as Flyway does")
  void hotFix() {
    migrated();
    project.file("V2.1__hot.sql", "create table hot (id int);");
    assertNeither(FailureCode.PENDING, "2.1 (hot)");
    assertThat(
            failureOf(
                    () ->
                        project
                            .state()
                            .require()
                            .inOrder(project.files().graph().pending(project.state().applied())))
                .code())
        .isEqualTo(FailureCode.OUT_OF_ORDER);
    assertThat(project.upgrade("head").steps()).hasSize(1);
    assertAgreed(stock);
  }

  @Test
  @DisplayName("counts as repaired once flyway repair has repaired it")
  void repaired() throws IOException {
    migrated();
    project.revision(2, "create table b (id int); -- edited", "drop table b;");
    assertNeither(FailureCode.TAMPERED_SCRIPT, "V2__step_2.sql was edited");
    stock.repair(database, scripts());
    assertAgreed(stock);
    Files.delete(scripts().resolve("V2__step_2.sql"));
    Files.delete(project.folders().downgrade().resolve("U2__step_2.sql"));
    assertNeither(FailureCode.DATABASE_AHEAD, "2 \"step 2\"");
    stock.repair(database, scripts());
    assertAgreed(stock);
    assertThat(project.tables()).containsExactly("a", "b", "d");
  }

  @Test
  @DisplayName("because a script was renamed, is named")
  void renamed() throws IOException {
    migrated();
    Files.move(scripts().resolve("V2__step_2.sql"), scripts().resolve("V2__other.sql"));
    assertNeither(FailureCode.TAMPERED_SCRIPT, "V2__other.sql was renamed");
  }

  @Test
  @DisplayName("because it begins with a baseline, or has one in its middle, runs nothing below it")
  void baseline() {
    project.execute("create table a (id int); create table b (id int)");
    StockFlyway begun = stock.with("baselineVersion", "2");
    begun.baseline(database, scripts());
    begun.migrate(database, scripts());
    assertAgreed(stock);
    project.execute(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success) values (9, '6', '<< Flyway Baseline >>',"
            + " 'BASELINE', '<< Flyway Baseline >>', 'x', 0, true)");
    project
        .revision(3, "create table c (id int);", null)
        .revision(5, "create table e (id int);", null)
        .revision(7, "create table g (id int);", null);
    assertThat(project.upgrade("head").steps()).hasSize(1);
    assertThat(project.tables()).containsExactly("a", "b", "d", "g");
    assertAgreed(stock);
  }

  @Test
  @DisplayName("because the file of a repeatable is gone, is named, and can be put straight")
  void repeatableGone() throws IOException {
    project.file("R__v.sql", "create or replace view v as select 1 as x;");
    migrated();
    assertThat(attention()).isEmpty();
    Files.delete(scripts().resolve("R__v.sql"));
    assertThatThrownBy(() -> stock.validate(database, scripts()))
        .hasMessageContaining("not resolved locally: v");
    assertThat(attention())
        .singleElement()
        .asString()
        .contains("gone from the files: R__v.sql", "mvn migrate:stamp -Dmigrate.to=current");
    assertThat(project.stamp("current").repeatables()).containsExactly("R__v.sql");
    assertThat(attention()).isEmpty();
    assertAgreed(stock);
    project.file("R__v.sql", "create or replace view v as select 1 as x;");
    assertThat(project.upgrade("head").repeatables()).isEqualTo(1);
    assertAgreed(stock);
  }

  @Test
  @DisplayName("because a repeatable runs with every upgrade, is done for check, which says why")
  void timestamp() {
    project.with(
        HistoryOptions.defaults()
            .with(new Timeouts(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, 0))
            .withPlaceholders(Map.of("any", "thing")));
    project.file(
        "R__stamp.sql", "-- ${flyway:timestamp}\ncreate or replace view v as select 1 as x;");
    assertThat(failureOf(() -> project.state().require().atHead()).code())
        .isEqualTo(FailureCode.PENDING);
    migrated();
    project.state().require().atHead();
    assertThat(attention())
        .singleElement()
        .asString()
        .contains("runs with every upgrade (flyway:timestamp): ", "R__stamp.sql");
    assertThat(project.upgrade("head").steps()).isEmpty();
    project.state().require().atHead();
  }

  @Test
  @DisplayName("in a schema of its own, beside another history, is the only one that counts")
  void ownSchema() {
    project.execute("create schema one; create schema two; create table two.b (id int)");
    StockFlyway one = stock.with("defaultSchema", "one").with("schemas", "one,public");
    StockFlyway two =
        stock
            .with("defaultSchema", "two")
            .with("table", "changes")
            .with("baselineOnMigrate", "true")
            .with("baselineVersion", "2");
    one.migrate(database, scripts());
    two.migrate(database, scripts());
    for (Map.Entry<String, String> each :
        Map.of("one", HistoryTable.DEFAULT_NAME, "two", "changes").entrySet()) {
      HistoryOptions options =
          HistoryOptions.defaults()
              .in(each.getKey())
              .withTable(each.getValue())
              .with(new Timeouts(Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, 0));
      project.with(options);
      try (LockedTarget locked = project.open()) {
        locked.state(project.files()).require().atHead();
      }
      assertThat(project.upgrade("head").steps()).isEmpty();
    }
    project.revision(5, "create table e (id int);", "drop table e;");
    assertThat(project.upgrade("head").steps()).hasSize(1);
    assertThat(one.migrate(database, scripts()) + two.migrate(database, scripts())).isEqualTo(1);
  }
}
