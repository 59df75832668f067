package dev.migrate.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Ended;
import dev.migrate.files.Points;
import dev.migrate.files.ProjectTree;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goals that prove what they write, ended at a sample of their file operations; at all of them with
 * {@code -DfileOperations=all}.
 */
@DisplayName("Goals that write what they have proven, ended at file operations and run again")
class EveryFileOperationOfProofsIT {
  private static final String TABLE = "create table asset (id bigint primary key, name text);\n";

  @TempDir private Path directory;

  private static Workshop workshop() {
    ServerAddress address = TestPostgres.server().address();
    return new Workshop.Borrowed(address.jdbcUrl("postgres"), address.user(), address.password());
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  @Test
  @DisplayName("generate writes all revisions of the online form once")
  void generate() throws IOException {
    Path first = folder("undisturbed");
    prepare(first);
    List<String> operations = LastOperation.countedIn(first, () -> generate(first));
    Map<String, String> expected = ProjectTree.withoutTimes(first);
    assertThat(expected.keySet().stream().filter(name -> name.contains("/V")).count())
        .isGreaterThan(1);
    int points = 0;
    for (Points point : Points.of(operations)) {
      Path root = folder("generate-" + ++points);
      prepare(root);
      Throwable end = LastOperation.of(root, point.number(), point.moment(), () -> generate(root));
      assertThat(end).as(point.toString()).isInstanceOf(Ended.class);
      refusedOrWhole(root, "generate", expected, point);
      generate(root);
      assertThat(ProjectTree.withoutTimes(root)).as(point.toString()).isEqualTo(expected);
    }
    tell("generate", operations, points);
  }

  private static void prepare(Path root) {
    ModelProject.at(root)
        .revision(1, TABLE, "drop table asset;")
        .model(TABLE.replace(");", ", tag text);\ncreate index by_name on asset (name);"));
  }

  private static void generate(Path root) {
    ModelProject project = ModelProject.at(root);
    if (project.folders().journal().finish("generate").isPresent()) {
      return;
    }
    new Generate(
            workshop(),
            project.files(),
            HistoryOptions.defaults(),
            Scope.standard(),
            project.progress(),
            Questions.NOBODY,
            PlanSource.online(new OnlinePlanner(AllRules.planner())),
            true)
        .run(Model.of(project.model().toString(), root, name -> null), "Add tag", "");
  }

  @Test
  @DisplayName("init takes a grown database over once, and records it")
  void init() throws IOException, SQLException {
    List<String> operations;
    Map<String, String> expected;
    Path first = folder("undisturbed");
    try (ScratchDatabase database = grown()) {
      operations = LastOperation.countedIn(first, () -> init(first, database));
      expected = tree(first, database);
    }
    int points = 0;
    for (Points point : Points.of(operations)) {
      Path root = folder("init-" + ++points);
      try (ScratchDatabase database = grown()) {
        Throwable end =
            LastOperation.of(root, point.number(), point.moment(), () -> init(root, database));
        assertThat(end).as(point.toString()).isInstanceOf(Ended.class);
        refusedOrWhole(root, "init", expected, point);
        init(root, database);
        assertThat(tree(root, database)).as(point.toString()).isEqualTo(expected);
        assertThat(Adoption.hasGrown(target(database), HistoryOptions.defaults()))
            .as(point.toString())
            .isFalse();
      }
    }
    tell("init", operations, points);
  }

  @Test
  @DisplayName("init records in the target what an earlier run had written and not recorded")
  void initRecords() throws IOException, SQLException {
    Path root = folder("again");
    try (ScratchDatabase database = grown()) {
      init(root, database);
      Map<String, String> written = ProjectTree.of(root);
      execute(database, "drop table flyway_schema_history");
      assertThat(Adoption.hasGrown(target(database), HistoryOptions.defaults())).isTrue();
      init(root, database);
      assertThat(Adoption.hasGrown(target(database), HistoryOptions.defaults())).isFalse();
      assertThat(ProjectTree.of(root)).isEqualTo(written);

      execute(database, "drop table flyway_schema_history", "alter table asset add late int");
      MigrateException refused = ModelProject.failureOf(() -> init(root, database));
      assertThat(refused.code()).isEqualTo(FailureCode.PROOF_FAILED);
      assertThat(refused.problem()).contains("the target has changed since");
      assertThat(ProjectTree.of(root)).isEqualTo(written);
    }
  }

  private static ScratchDatabase grown() throws SQLException {
    ScratchDatabase database = TestPostgres.database("grown");
    execute(database, TABLE);
    return database;
  }

  private static void execute(ScratchDatabase database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  private static void init(Path root, ScratchDatabase database) {
    ModelProject project = ModelProject.at(root);
    project.folders().journal().finish("init");
    if (Adoption.hasGrown(target(database), HistoryOptions.defaults())) {
      new Adoption(workshop(), HistoryOptions.defaults(), Scope.standard())
          .run(target(database), project.files(), project.model());
    }
  }

  private static Map<String, String> tree(Path root, ScratchDatabase database) {
    Map<String, String> plain = new TreeMap<>();
    ProjectTree.withoutTimes(root)
        .forEach(
            (name, text) ->
                plain.put(
                    name.replace(database.name(), "<database>"),
                    text.replace(database.name(), "<database>")));
    return plain;
  }

  /** Readers find what was, or all that is to be, or are told which goal finishes it. */
  private static void refusedOrWhole(
      Path root, String goal, Map<String, String> expected, Points point) {
    long all = expected.keySet().stream().filter(name -> name.contains("/V")).count();
    try {
      int before = goal.equals("init") ? 0 : 1;
      assertThat((long) ModelProject.at(root).files().all().size())
          .as(point.toString())
          .isIn((long) before, all);
    } catch (MigrateException e) {
      assertThat(e.code()).as(point.toString()).isEqualTo(FailureCode.UNFINISHED_CHANGE);
      assertThat(e.remedy()).contains("mvn migrate:" + goal);
    }
  }

  private static void tell(String goal, List<String> operations, int points) {
    System.out.printf(
        "%s: %d file operations, ended at %d points; lost 0, needed a hand 0, left behind 0%n",
        goal, operations.size(), points);
  }
}
