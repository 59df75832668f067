package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A database that holds something and has no history")
class BegunHistoryIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("begun");
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    project =
        new RevisionProject(folder, target)
            .revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;");
  }

  @AfterEach
  void end() {
    database.close();
  }

  private Flyway stockFlyway() {
    return Flyway.configure(BegunHistoryIT.class.getClassLoader())
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("filesystem:" + project.folders().upgrade())
        .load();
  }

  /** What makes a schema filled, and how it is taken away again. */
  private static Map<String, String> objects() {
    Map<String, String> objects = new LinkedHashMap<>();
    objects.put("CREATE TABLE t (id int)", "DROP TABLE t");
    objects.put("CREATE VIEW v AS SELECT 1", "DROP VIEW v");
    objects.put("CREATE SEQUENCE s", "DROP SEQUENCE s");
    objects.put("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "DROP FUNCTION f()");
    objects.put("CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'", "DROP PROCEDURE p()");
    objects.put("CREATE TYPE e AS ENUM ('a')", "DROP TYPE e");
    objects.put("CREATE DOMAIN d AS int", "DROP DOMAIN d");
    objects.put("CREATE SCHEMA app; CREATE TABLE app.t (id int)", "DROP SCHEMA app CASCADE");
    objects.put("CREATE EXTENSION hstore", "DROP EXTENSION hstore");
    return objects;
  }

  private boolean isRefusedBy(Runnable run) {
    try {
      run.run();
      return false;
    } catch (FlywayException | MigrateException e) {
      return true;
    }
  }

  @Test
  @DisplayName("is what Flyway takes for one: objects of the schema, and none of an extension's")
  void asFlyway() {
    objects()
        .forEach(
            (create, drop) -> {
              project.execute(create);
              boolean ours =
                  isRefusedBy(
                      () -> {
                        try (LockedTarget locked = project.open()) {
                          locked.requireStart();
                        }
                      });
              boolean flyways = isRefusedBy(() -> stockFlyway().migrate());
              project.execute("DROP TABLE IF EXISTS flyway_schema_history, a; " + drop);
              assertThat(ours).as(create).isEqualTo(flyways);
            });
  }

  @Test
  @DisplayName("is refused with its objects and the two ways in, also where only a partition is")
  void refused() {
    project.execute("CREATE FUNCTION audit() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.DATABASE);
    assertThat(failure.problem())
        .contains("The schema public is not empty (function audit) and has no history");
    assertThat(failure.remedy())
        .contains(
            "mvn migrate:stamp -Dmigrate.to=base", "mvn migrate:stamp -Dmigrate.to=<revision>");
    assertThat(project.query("SELECT count(*)::text FROM pg_class WHERE relname LIKE 'flyway%'"))
        .containsExactly("0");
    project.execute("DROP FUNCTION audit(); CREATE TABLE p (id int) PARTITION BY LIST (id)");
    assertThat(failureOf(() -> project.upgrade("head")).problem()).contains("(table p)");
  }

  @Test
  @DisplayName("begins one by a stamp at base; then upgrades, and stock Flyway goes on from there")
  void stampedAtBase() {
    project.execute("CREATE TABLE other (id int)");
    StampOutcome begun = project.stamp("base");
    assertThat(begun.started()).isTrue();
    assertThat(begun.isEmpty()).isFalse();
    assertThat(project.stamp("base").isEmpty()).isTrue();
    assertThat(stockFlyway().info().pending()).hasSize(1);
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED");
    project.revision(2, "CREATE TABLE b (id int);", null);
    Flyway stock = stockFlyway();
    assertThat(stock.migrate().migrationsExecuted).isEqualTo(1);
    stock.validate();
    assertThat(project.tables()).containsExactly("a", "b", "other");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
  }

  @Test
  @DisplayName("begins one at base that stock Flyway of each major version goes on from")
  void otherFlyways() {
    for (int major : new int[] {11, 12, 13}) {
      project.execute(
          "DROP TABLE IF EXISTS flyway_schema_history, a; CREATE TABLE IF NOT EXISTS other (id int)");
      project.stamp("base");
      try (StockFlyway flyway = StockFlyway.of(major)) {
        Path scripts = project.folders().upgrade();
        assertThat(flyway.info(database, scripts)).as("%d", major).containsExactly("1 Pending");
        assertThat(flyway.migrate(database, scripts)).isEqualTo(1);
        flyway.validate(database, scripts);
      }
      assertThat(project.states()).containsExactly("1 APPLIED");
    }
  }

  @Test
  @DisplayName("is told which schema there is none of, when the URL names one that does not exist")
  void missingSchema() {
    Target lost =
        Target.of(
            database.jdbcUrl() + "?currentSchema=warehouse",
            database.user(),
            database.password(),
            "a test");
    MigrateException failure =
        failureOf(
            () -> LockedTarget.open(lost, "test", HistoryOptions.defaults(), Progress.SILENT));
    assertThat(failure.problem()).contains("search path of this connection is warehouse");
    assertThat(failure.remedy()).contains("currentSchema").doesNotContain("public");
    try (QueryConnection asking = lost.ask("test")) {
      assertThat(
              failureOf(
                      () ->
                          HistoryReader.read(
                              asking, java.util.Optional.empty(), HistoryTable.DEFAULT_NAME))
                  .problem())
          .contains("search path of this connection is warehouse");
    }
  }
}
