package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What shares a transaction, and what does not, with -Dmigrate.online=true")
class OnlineGroupingIT {
  private static final String TABLE = "create table item (id int primary key, a int, b text);";

  @TempDir private Path folder;

  private ModelProject project(String before, String model) {
    return ModelProject.empty(folder)
        .online()
        .revision(1, before, "drop table item cascade;")
        .model(model);
  }

  private static List<String> upgrades(ModelProject project) {
    return written(project).stream().map(file -> file.upgrade().text()).toList();
  }

  private static List<RevisionFile> written(ModelProject project) {
    return ((GenerateResult.Written) project.generate("Change it", "none")).files();
  }

  private static void upgrade(ModelProject project, ScratchDatabase database, String to) {
    RevisionFiles files = project.files();
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    try (LockedTarget locked =
        LockedTarget.open(target, "test", HistoryOptions.defaults(), Progress.SILENT)) {
      locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), to));
    }
  }

  private static void execute(ScratchDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  @DisplayName("what writes a table again is alone in its revision, so that no other table waits")
  void rewriteAlone() {
    List<String> upgrades =
        upgrades(
            project(
                TABLE + "create table other (id int primary key, c int);",
                TABLE.replace("a int", "a bigint")
                    + "create table other (id bigint primary key, c int, d int);"));
    assertThat(upgrades).hasSize(3);
    assertThat(upgrades.get(0)).contains("ADD COLUMN d integer").doesNotContain(" TYPE ");
    assertThat(upgrades.subList(1, 3))
        .allSatisfy(text -> assertThat(text).containsOnlyOnce("ALTER TABLE ").contains(" TYPE "));
  }

  @Test
  @DisplayName("every kind of rewrite is alone, whatever else the model changes")
  void everyRewriteAlone() {
    String domain = "create domain positive as int check (value > 0);";
    String before = domain;
    String after = domain;
    List<String> changes =
        List.of(
            "u uuid default gen_random_uuid()",
            "u timestamptz default clock_timestamp()",
            "u int generated always as identity",
            "u int generated always as (a + 1) stored",
            "u positive",
            "u serial");
    for (int i = 0; i < changes.size(); i++) {
      before += "create table r%d (a int);".formatted(i);
      after += "create table r%d (a int, %s);".formatted(i, changes.get(i));
    }
    before += "create table item (a int); create table other (a int);";
    after += "create unlogged table item (a int); create table other (a int, plain int);";
    List<String> upgrades = upgrades(project(before, after));
    assertThat(upgrades).hasSize(changes.size() + 2);
    assertThat(upgrades.stream().filter(text -> text.contains("plain")).toList())
        .singleElement()
        .satisfies(text -> assertThat(text).doesNotContain("Writes every row"));
    assertThat(upgrades)
        .allSatisfy(text -> assertThat(text.split("Writes every row", -1)).hasSizeLessThan(3));
  }

  @Test
  @DisplayName("a view that is made again around a rewrite is dropped and made in its transaction")
  void viewAroundRewrite() {
    String view = "create view seen as select id, a from item;";
    List<String> upgrades =
        upgrades(
            project(
                TABLE + view + "comment on view seen is 'What is seen';",
                TABLE
                        .replace("a int", "a bigint")
                        .replace("b text", "b text, constraint b_said check (b <> '')")
                    + view
                    + "comment on view seen is 'What is seen';"));
    assertThat(upgrades.stream().filter(text -> text.contains("seen")).toList())
        .singleElement()
        .asString()
        .containsSubsequence("DROP VIEW", " TYPE bigint", "CREATE VIEW", "COMMENT ON VIEW")
        .doesNotContain("b_said");
    assertThat(upgrades.get(0)).contains("b_said", "NOT VALID");
    assertThat(upgrades).anyMatch(text -> text.contains("VALIDATE CONSTRAINT b_said"));
  }

  @Test
  @DisplayName("a view that gets a new column is made again after that column is there, in one go")
  void viewAroundBackfill() {
    List<String> upgrades =
        upgrades(
            project(
                TABLE + "create view seen as select id, a from item;",
                TABLE.replace("b text", "b text, u uuid not null default gen_random_uuid()")
                    + "create view seen as select u, id, a from item;"));
    assertThat(upgrades.stream().filter(text -> text.contains("DROP VIEW")).toList())
        .singleElement()
        .asString()
        .containsSubsequence("DROP VIEW", "CREATE VIEW");
    assertThat(upgrades).anyMatch(text -> text.contains("<<walk>>"));
  }

  @Test
  @DisplayName(
      "a staged change that a view waits for and that waits for the view stays plain, and says so")
  void viewAroundIndex() {
    List<String> upgrades =
        upgrades(
            project(
                "create function kind(item_id int) returns int language sql immutable as 'select 1';"
                    + TABLE
                    + "create unique index item_kind on item (kind(id));",
                "create function kind(item_id int) returns bigint language sql immutable as 'select 1::bigint';"
                    + TABLE
                    + "create unique index item_kind on item (kind(id));"));
    assertThat(upgrades)
        .singleElement()
        .asString()
        .containsSubsequence(
            "DROP INDEX",
            "DROP FUNCTION",
            "CREATE FUNCTION",
            "-- No online form: ",
            "CREATE UNIQUE INDEX")
        .doesNotContain("CONCURRENTLY");
  }

  @Test
  @DisplayName("a table that is made anew takes the view of it along, in one go and in order")
  void viewOfTableMadeAnew() {
    String view = "create materialized view seen as select id from item;";
    List<String> upgrades =
        upgrades(
            project(
                "create table item (id int);" + view,
                "create table item (id int) partition by range (id);" + view));
    assertThat(upgrades)
        .singleElement()
        .asString()
        .containsSubsequence(
            "DROP MATERIALIZED VIEW", "DROP TABLE", "CREATE TABLE", "CREATE MATERIALIZED VIEW");
  }

  @Test
  @DisplayName("a partition that comes with an index of its parent is not built upon before")
  void newPartition() {
    String parent =
        "create table item (id int) partition by range (id);"
            + "create table item_1 partition of item for values from (1) to (10);";
    List<String> upgrades =
        upgrades(
            project(
                parent,
                parent
                    + "create table item_2 partition of item for values from (10) to (20);"
                    + "create unique index on item (id);"));
    assertThat(upgrades).anyMatch(text -> text.contains("ON public.item_1 (id)"));
    assertThat(upgrades).noneMatch(text -> text.contains("ON public.item_2 (id)"));
  }

  @Test
  @DisplayName(
      "a check with another condition holds for new rows from the moment the old one is gone")
  void checkAgain() {
    List<String> upgrades =
        upgrades(
            project(
                TABLE.replace("a int", "a int constraint a_said check (a > 0)"),
                TABLE.replace("a int", "a int constraint a_said check (a > 1)")));
    assertThat(upgrades).hasSize(2);
    assertThat(upgrades.get(0)).containsSubsequence("DROP CONSTRAINT a_said", "NOT VALID");
    assertThat(upgrades.get(1)).contains("VALIDATE CONSTRAINT a_said");
  }

  @Test
  @DisplayName("an index that has the name but another definition is refused, an equal one stays")
  void indexOfTheName() throws Exception {
    ModelProject project =
        project(
            TABLE,
            TABLE.replace("b text", "b text unique")
                + "create index item_a on item (a) where b is not null;");
    written(project);
    try (ScratchDatabase database = TestPostgres.database("indexofthename")) {
      upgrade(project, database, "1");
      execute(database, "create index item_a on item (a, b)");
      MigrateException failure = ModelProject.failureOf(() -> upgrade(project, database, "head"));
      assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
      assertThat(failure.problem())
          .contains("public.item_a is there already, but not as this script makes it", "(a, b)");
      execute(database, "drop index item_a; create index item_a on item (a) where b is not null");
      upgrade(project, database, "head");
    }
  }
}
