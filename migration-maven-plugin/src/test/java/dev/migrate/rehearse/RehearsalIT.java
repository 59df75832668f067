package dev.migrate.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.DatabaseCopy;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.rehearse.RehearsalResult.Phase;
import dev.migrate.rehearse.RehearsalResult.Run;
import dev.migrate.rehearse.RehearsalResult.TableEffect;
import dev.migrate.report.RehearsalText;
import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A rehearsal")
class RehearsalIT {
  private static final HistoryOptions OPTIONS = HistoryOptions.defaults();

  @TempDir Path root;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(RevisionFolders.of(root).upgrade());
    Files.createDirectories(RevisionFolders.of(root).downgrade());
    revision(
        1,
        "create table customers (id int primary key, name text);"
            + " insert into customers select i, 'c' || i from generate_series(1, 3000) i;"
            + " create table orders (id int primary key, customer int references customers, n int);"
            + " insert into orders select i, 3001 - i, i % 5 from generate_series(1, 3000) i;",
        "drop table orders; drop table customers;");
  }

  private void revision(int number, String up, String down) throws IOException {
    RevisionFolders folders = RevisionFolders.of(root);
    Files.writeString(folders.upgrade().resolve("V%d__step_%d.sql".formatted(number, number)), up);
    if (down != null) {
      Files.writeString(
          folders.downgrade().resolve("U%d__step_%d.sql".formatted(number, number)), down);
    }
  }

  private RevisionFiles files() {
    return RevisionFiles.read(RevisionFolders.of(root), MissingFolder.REFUSE);
  }

  private static Target target(ScratchDatabase database) {
    return DatabaseCopy.target(database);
  }

  private void upgrade(Target target) {
    try (LockedTarget locked = LockedTarget.open(target, "test", OPTIONS, Progress.SILENT)) {
      RevisionFiles files = files();
      locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), "head"));
    }
  }

  private RehearsalResult rehearse(Target target, int sample) {
    DatabaseCopy copy =
        new DatabaseCopy(
            target, "test", OPTIONS.table(), root.resolve("work"), BackupProgress.SILENT);
    try (ScratchDatabase database = copy.into(TestPostgres.server(), sample)) {
      return new Rehearsal(target(database), "test", files(), OPTIONS, Progress.SILENT)
          .run(
              state -> state.graph().upgrade(state.applied(), "head"),
              target.toString(),
              sample,
              Duration.ofMillis(1));
    }
  }

  private RehearsalResult rehearse(Target target, UpgradeRequest request) {
    DatabaseCopy copy =
        new DatabaseCopy(
            target, "test", OPTIONS.table(), root.resolve("work"), BackupProgress.SILENT);
    try (ScratchDatabase database = copy.into(TestPostgres.server(), 0)) {
      return new Rehearsal(target(database), "test", files(), OPTIONS, Progress.SILENT)
          .run(request, target.toString(), 0, Duration.ofMillis(1));
    }
  }

  @Test
  @DisplayName("runs again what stopped half-way only when it is told so, as an upgrade does")
  void rerun() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("half_way")) {
      Target target = target(database);
      upgrade(target);
      String script =
          "-- x\n--\n-- transaction: none\n\ncreate table if not exists half (id int);\n";
      revision(2, script + "select 1 / 0;", "drop table half;");
      assertThatThrownBy(() -> upgrade(target)).isInstanceOf(MigrateException.class);
      revision(2, script + "select 1;", "drop table half;");

      assertThatThrownBy(() -> rehearse(target, new UpgradeRequest("head", List.of(), false)))
          .isInstanceOfSatisfying(
              MigrateException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(FailureCode.FAILED_REVISION);
                assertThat(refused.remedy()).contains("-Dmigrate.rerun=2");
              });
      RehearsalResult seen = rehearse(target, new UpgradeRequest("head", List.of("2"), false));

      assertThat(seen.runs()).extracting(Run::phase).containsExactly(Phase.values());
      assertThat(seen.passed()).isTrue();
    }
  }

  @Test
  @DisplayName("runs what comes below the applied only when it is told so, as an upgrade does")
  void outOfOrder() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("order")) {
      Target target = target(database);
      revision(3, "create table three (id int);", "drop table three;");
      upgrade(target);
      revision(2, "create table two (id int);", "drop table two;");

      assertThatThrownBy(() -> rehearse(target, new UpgradeRequest("head", List.of(), false)))
          .isInstanceOfSatisfying(
              MigrateException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(FailureCode.OUT_OF_ORDER);
                assertThat(refused.remedy()).contains("-Dmigrate.outOfOrder=true");
              });
      assertThat(rehearse(target, new UpgradeRequest("head", List.of(), true)).passed()).isTrue();
    }
  }

  private static Run run(RehearsalResult seen, String id, Phase phase) {
    return seen.runs().stream()
        .filter(run -> run.revision().id().toString().equals(id) && run.phase() == phase)
        .findFirst()
        .orElseThrow();
  }

  private static TableEffect table(Run run, String name) {
    return run.tables().stream()
        .filter(table -> table.table().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> query(Target target, String sql) throws SQLException {
    try (Connection connection = target.connectForScripts("test");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new java.util.ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  @Test
  @DisplayName("does not blame a revision when the target has tables and no history")
  void noHistory() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("grown")) {
      Target target = target(database);
      try (Connection connection = target.connectForScripts("test");
          Statement statement = connection.createStatement()) {
        statement.execute("create table customers (id int primary key)");
      }
      assertThatThrownBy(() -> rehearse(target, 0))
          .isInstanceOf(MigrateException.class)
          .hasMessageContaining("is not empty (table customers) and has no history")
          .hasMessageContaining("migrate:stamp");
    }
  }

  @Test
  @DisplayName(
      "tells locks, rewrites and rows of an index and of a rewritten table, there and back")
  void passes() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      revision(2, "create index orders_n on orders (n);", "drop index orders_n;");
      revision(
          3,
          "alter table orders alter n type bigint; insert into orders values (9001, 1, 1);",
          "delete from orders where id = 9001; alter table orders alter n type int;");

      RehearsalResult seen = rehearse(target, 0);

      assertThat(seen.failedRun()).isEmpty();
      assertThat(seen.differences()).isEmpty();
      assertThat(seen.passed()).isTrue();
      assertThat(seen.runs()).hasSize(6);
      TableEffect index = table(run(seen, "2", Phase.UP), "public.orders");
      assertThat(index.strongestLock()).contains("SHARE");
      assertThat(index.rewritten()).isFalse();
      assertThat(index.rowsAfter()).isEqualTo(3000);
      TableEffect rewrite = table(run(seen, "3", Phase.UP), "public.orders");
      assertThat(rewrite.strongestLock()).contains("ACCESS EXCLUSIVE");
      assertThat(rewrite.rewritten()).isTrue();
      assertThat(rewrite.held()).isPositive();
      assertThat(rewrite.rowsBefore()).isEqualTo(3000);
      assertThat(rewrite.rowsAfter()).isEqualTo(3001);
      assertThat(query(target, "select count(*) from flyway_schema_history")).containsExactly("1");
      assertThat(RehearsalText.of(seen)).anyMatch(line -> line.contains("rewritten"));
      assertThat(String.join("", RehearsalText.html(seen))).contains("ACCESS EXCLUSIVE");
      assertThat(RehearsalText.json(seen).get("passed").getAsBoolean()).isTrue();
    }
  }

  @Test
  @DisplayName("names the revision that fails on existing rows, and the rows")
  void fails() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      revision(2, "create index orders_n on orders (n);", "drop index orders_n;");
      revision(3, "alter table orders add unique (n);", "alter table orders drop constraint x;");

      RehearsalResult seen = rehearse(target, 0);

      assertThat(seen.passed()).isFalse();
      assertThat(seen.runs()).hasSize(2);
      assertThat(seen.failedRun().orElseThrow().failed().orElseThrow())
          .contains("could not create unique index", "is duplicated");
    }
  }

  @Test
  @DisplayName("sees what a downgrade does not bring back")
  void loses() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      revision(
          2,
          "alter table customers drop column name;",
          "alter table customers add column name text; drop index if exists none;");

      RehearsalResult seen = rehearse(target, 0);

      assertThat(seen.wentBack()).isTrue();
      assertThat(seen.sameSchema()).isTrue();
      assertThat(seen.differences()).containsExactly("public.customers has other values");
      assertThat(RehearsalText.of(seen)).anyMatch(line -> line.contains("only a backup"));
    }
  }

  @Test
  @DisplayName("fails when the downgrades leave another schema")
  void leavesSomething() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      revision(
          2,
          "alter table customers add column age int; create view v as select 1 as one;",
          "alter table customers drop column age;");

      RehearsalResult seen = rehearse(target, 0);

      assertThat(seen.sameSchema()).isFalse();
      assertThat(seen.passed()).isFalse();
    }
  }

  @Test
  @DisplayName("goes up only where a revision has no downgrade script, and is no failure")
  void irreversible() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      revision(2, "alter table customers add column age int;", null);

      RehearsalResult seen = rehearse(target, 0);

      assertThat(seen.passed()).isTrue();
      assertThat(seen.wentBack()).isFalse();
      assertThat(seen.runs()).hasSize(1);
    }
  }

  @Test
  @DisplayName("on a sample has the rows that foreign keys ask for")
  void sample() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      revision(
          2,
          "alter table orders add check (n >= 0);",
          "alter table orders drop constraint orders_n_check;");

      RehearsalResult seen = rehearse(target, 10);

      assertThat(seen.passed()).isTrue();
      assertThat(table(run(seen, "2", Phase.UP), "public.orders").rowsAfter()).isEqualTo(10);
      DatabaseCopy copy =
          new DatabaseCopy(
              target, "test", OPTIONS.table(), root.resolve("work"), BackupProgress.SILENT);
      try (ScratchDatabase small = copy.into(TestPostgres.server(), 10)) {
        assertThat(query(target(small), "select count(*) from customers")).containsExactly("20");
        assertThat(
                query(
                    target(small),
                    "select count(*) from orders join customers c on c.id = customer"))
            .containsExactly("10");
      }
      try (var work = Files.list(root.resolve("work"))) {
        assertThat(work).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("can use a copy on a server that is lent, and leaves nothing there")
  void lent() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      List<String> databases = query(target, "select datname from pg_database order by 1");
      DatabaseCopy copy =
          new DatabaseCopy(
              target, "test", OPTIONS.table(), root.resolve("work"), BackupProgress.SILENT);
      try (Scratch lent =
              BorrowedScratch.on(database.jdbcUrl(), database.user(), database.password());
          ScratchDatabase small = copy.into(lent, 10)) {
        assertThat(small.name()).startsWith("migrate_scratch_");
        assertThat(query(target(small), "select count(*) from orders")).containsExactly("10");
      }
      assertThat(query(target, "select datname from pg_database order by 1")).isEqualTo(databases);
    }
  }

  @Test
  @DisplayName("can use a copy on the target's own server, which is gone afterwards")
  void template() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("shop")) {
      Target target = target(database);
      upgrade(target);
      String name;
      try (TemplateCopy copy = TemplateCopy.of(target, "test")) {
        name = copy.target().database();
        assertThat(query(copy.target(), "select count(*) from orders")).containsExactly("3000");
      }
      assertThat(query(target, "select datname from pg_database where datname = '" + name + "'"))
          .isEmpty();
    }
  }
}
