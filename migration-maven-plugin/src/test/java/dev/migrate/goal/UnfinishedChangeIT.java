package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Ended;
import dev.migrate.files.LastOperation.Moment;
import dev.migrate.files.ProjectTree;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every goal, where another one was ended in the middle of changing the scripts: where {@code
 * rebase} was, by default; where each that writes scripts was, with {@code -DfileOperations=all}.
 */
@DisplayName("Where a goal was interrupted while it changed the scripts")
class UnfinishedChangeIT {
  private static final String UP = "src/main/resources/db/migration/";
  private static final String JOURNAL = UP + ".migrate-unfinished";
  private static final String MODEL = "src/main/database/schema.sql";

  @TempDir private Path directory;

  /** Who was interrupted. */
  enum Interrupted {
    REVISION("revision"),
    GENERATE("generate"),
    MERGE("merge"),
    REBASE("rebase"),
    SQUASH("squash"),
    INIT("init");

    private final String name;

    Interrupted(String name) {
      this.name = name;
    }
  }

  /** What a goal does there. */
  private enum Answer {
    REFUSES,
    /** Looks at no script. */
    ALLOWED
  }

  private static final Map<String, Answer> ANSWERS =
      Map.ofEntries(
          Map.entry("history", Answer.REFUSES),
          Map.entry("show", Answer.REFUSES),
          Map.entry("heads", Answer.REFUSES),
          Map.entry("branches", Answer.REFUSES),
          Map.entry("current", Answer.REFUSES),
          Map.entry("check", Answer.REFUSES),
          Map.entry("verify", Answer.REFUSES),
          Map.entry("lint", Answer.REFUSES),
          Map.entry("diff", Answer.REFUSES),
          Map.entry("upgrade", Answer.REFUSES),
          Map.entry("downgrade", Answer.REFUSES),
          Map.entry("stamp", Answer.REFUSES),
          Map.entry("rehearse", Answer.REFUSES),
          // A backup says at which revision the database is, as the scripts tell it.
          Map.entry("backup", Answer.REFUSES),
          Map.entry("backups", Answer.ALLOWED),
          Map.entry("revision", Answer.REFUSES),
          Map.entry("generate", Answer.REFUSES),
          Map.entry("merge", Answer.REFUSES),
          Map.entry("rebase", Answer.REFUSES),
          Map.entry("squash", Answer.REFUSES),
          Map.entry("init", Answer.REFUSES));

  /** With what each of them needs to begin. */
  private static Goal goal(String name, ScratchDatabase database) {
    Goal goal = Goal.of(name).on(database);
    return switch (name) {
      case "revision", "generate" -> goal.with("message", "More");
      case "rebase" -> goal.with("revision", "20260102000000").with("onto", "20260103000000");
      case "squash" -> goal.with("to", "20260102000000");
      case "downgrade" -> goal.with("to", "base");
      case "stamp" -> goal.with("to", "heads");
      case "upgrade" -> goal.with("to", "heads");
      case "backup" -> goal.with("backupEngine", "jdbc");
      default -> goal;
    };
  }

  private Path project(String name, Interrupted goal, ScratchDatabase database)
      throws IOException, SQLException {
    Path root = directory.resolve(name);
    if (goal == Interrupted.INIT) {
      Files.createDirectories(root);
      execute(database, "create table a (id int)");
      return root;
    }
    revision(root, "20260101000000", "none", "create table a (id int);");
    revision(root, "20260102000000", "20260101000000", "create table b (id int);");
    boolean branched = goal == Interrupted.MERGE || goal == Interrupted.REBASE;
    revision(
        root,
        "20260103000000",
        branched ? "20260101000000" : "20260102000000",
        "create table c (id int);");
    file(
        root,
        MODEL,
        "create table a (id int);\ncreate table b (id int);\ncreate table c (id int);\n"
            + "create table d (id int);\n");
    return root;
  }

  private static void revision(Path root, String id, String parent, String sql) throws IOException {
    String header = "-- revision: %s\n-- revises: %s\n".formatted(id, parent);
    file(root, UP + "V%s__step.sql".formatted(id), header + sql + "\n");
    file(
        root,
        "src/main/resources/db/undo/U%s__step.sql".formatted(id),
        "-- revision: %s\n%s\n".formatted(id, sql.replaceAll("create (table \\w).*", "drop $1;")));
  }

  private static void file(Path root, String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void execute(ScratchDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> tables(ScratchDatabase database) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select relname from pg_class where oid > 16384 order by 1")) {
      while (row.next()) {
        tables.add(row.getString(1));
      }
    }
    return tables;
  }

  static List<Interrupted> interrupted() {
    return "all".equals(System.getProperty("fileOperations"))
        ? List.of(Interrupted.values())
        : List.of(Interrupted.REBASE);
  }

  @ParameterizedTest
  @MethodSource("interrupted")
  @DisplayName("every goal says which one finishes it and changes nothing, and that one does")
  void everyGoal(Interrupted goal) throws IOException, SQLException {
    Map<String, String> whole;
    List<String> operations;
    try (ScratchDatabase other = TestPostgres.database("whole")) {
      Path root = project("whole", goal, other);
      operations = LastOperation.countedIn(root, () -> goal(goal.name, other).in(root));
      whole = ProjectTree.withoutTimes(root);
    }
    try (ScratchDatabase database = TestPostgres.database("half")) {
      Path root = project("half", goal, database);
      int begun = operations.lastIndexOf("MOVE " + JOURNAL) + 1;
      int middle = (begun + operations.lastIndexOf("DELETE " + JOURNAL) + 1) / 2;
      assertThat(begun).as(operations.toString()).isPositive();
      assertThat(
              LastOperation.of(
                  root, middle, Moment.BEFORE, () -> goal(goal.name, database).in(root)))
          .isInstanceOf(Ended.class);
      assertThat(root.resolve(JOURNAL)).exists();

      Map<String, String> files = ProjectTree.of(root);
      List<String> tables = tables(database);
      ANSWERS.forEach(
          (name, answer) -> {
            if (answer == Answer.ALLOWED) {
              goal(name, database).in(root);
            } else if (!name.equals(goal.name)) {
              requireRefusal(goal, name, () -> goal(name, database).in(root));
            } else if (List.of("rebase", "squash").contains(name)) {
              requireRefusal(
                  goal, name, () -> goal(name, database).with("dryRun", "true").in(root));
            }
            assertThat(ProjectTree.of(root)).as(name).isEqualTo(files);
          });
      assertThat(tables(database)).isEqualTo(tables);

      goal(goal.name, database).in(root);
      assertThat(text(ProjectTree.withoutTimes(root))).isEqualTo(text(whole));
    }
  }

  private static String text(Map<String, String> tree) {
    return tree.toString().replaceAll("(whole|half)_\\d+", "<database>");
  }

  private static void requireRefusal(Interrupted goal, String name, Runnable run) {
    MigrateException refusal = catchThrowableOfType(MigrateException.class, run::run);
    assertThat(refusal).as(name + " after " + goal).isNotNull();
    assertThat(refusal.code()).as(name + ": " + refusal).isEqualTo(FailureCode.UNFINISHED_CHANGE);
    assertThat(refusal.problem()).as(name).contains("mvn migrate:" + goal.name);
    assertThat(refusal.remedy()).as(name).contains("mvn migrate:" + goal.name);
  }
}
