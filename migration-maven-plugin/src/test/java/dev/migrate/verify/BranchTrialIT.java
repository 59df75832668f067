package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.RebasePlan;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Before branches are joined, what they do is tried in one database:")
class BranchTrialIT {
  private static final String START =
      "create table item (id int primary key, a int); create type mood as enum ('good');";

  @TempDir private Path root;

  private void file(int number, String revises, String sql) throws IOException {
    Path folder = RevisionFolders.of(root).upgrade();
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("V2026010%d000000__step_%d.sql".formatted(number, number)),
        "-- Step %d\n--\n-- revision: 2026010%d000000\n-- revises:  %s\n\n%s\n"
            .formatted(number, number, revises, sql));
  }

  private RevisionFiles files(String one, String other) throws IOException {
    file(1, "none", START);
    file(2, "20260101000000", one);
    file(3, "20260101000000", other);
    return RevisionFiles.read(RevisionFolders.of(root), MissingFolder.ALLOW);
  }

  private static BranchTrial trial(RevisionFiles files) {
    ServerAddress address = TestPostgres.server().address();
    return new BranchTrial(
        () ->
            new ScratchSource.Borrowed(
                address.jdbcUrl("postgres"), address.user(), address.password()),
        files,
        HistoryOptions.defaults(),
        Progress.SILENT);
  }

  private static MigrateException refusedMerge(RevisionFiles files) {
    return catchThrowableOfType(
        MigrateException.class, () -> trial(files).merge(files.graph().parentsForMerge("heads")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          column     | alter table item add b int;              | alter table item add b text;          | alter table item add b text
          table      | create table extra (id int);             | create table extra (id bigint);       | create table extra (id bigint)
          index      | create index item_a on item (a);         | create index item_a on item (a desc); | create index item_a on item (a desc)
          type       | create type size as enum ('s');          | create domain size as int;            | create domain size as int
          constraint | alter table item add constraint c unique (a); | alter table item add constraint c check (a > 0); | alter table item add constraint c check
          function   | create function f() returns int language sql as 'select 1'; | create function f() returns int language sql as 'select 2'; | select 2
          label      | alter type mood add value 'bad';         | alter type mood add value 'bad';      | alter type mood add value 'bad'
          data       | insert into item values (1, 1);          | insert into item values (1, 2);       | insert into item values (1, 2)
          """)
  @DisplayName("the statement that collides is named")
  void collides(String kind, String one, String other, String statement) throws IOException {
    RevisionFiles files = files(one, other);
    MigrateException failure = refusedMerge(files);
    assertThat(failure.code()).isEqualTo(FailureCode.BRANCHES_COLLIDE);
    assertThat(failure.problem())
        .contains(
            "revision 20260103000000 (Step 3) cannot run in a database that has 20260102000000",
            "Nothing was written.",
            "V20260103000000__step_3.sql, line 6:",
            statement);
    assertThat(failure.remedy()).contains("migrate:merge");
  }

  @Test
  @DisplayName("the statement of the other branch is named, too, where its names tell")
  void otherStatement() throws IOException {
    RevisionFiles files =
        files("select 1;\nalter table item add b int;", "alter table item add b text;");
    assertThat(refusedMerge(files).problem())
        .contains("V20260102000000__step_2.sql, line 7: alter table item add b int");
  }

  @Test
  @DisplayName("one that runs only before the other collides as well")
  void oneOrder() throws IOException {
    RevisionFiles files = files("alter table item drop a;", "create index on item (a);");
    assertThat(refusedMerge(files).code()).isEqualTo(FailureCode.BRANCHES_COLLIDE);
  }

  @Test
  @DisplayName("branches that have nothing to do with each other are let through")
  void apart() throws IOException {
    RevisionFiles files =
        files("alter table item add b int;", "alter table item add c int not null default 0;");
    assertThatCode(() -> trial(files).merge(files.graph().parentsForMerge("heads")))
        .doesNotThrowAnyException();
    assertThatCode(() -> trial(files).rebase(rebase(files))).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("what is to be rebased is tried after what it is to revise")
  void rebased() throws IOException {
    RevisionFiles files = files("alter table item add b int;", "alter table item add b text;");
    MigrateException failure =
        catchThrowableOfType(MigrateException.class, () -> trial(files).rebase(rebase(files)));
    assertThat(failure.code()).isEqualTo(FailureCode.BRANCHES_COLLIDE);
    assertThat(failure.problem()).contains("column \"b\" of relation \"item\" already exists");
    assertThat(failure.remedy()).contains("migrate:rebase");
  }

  @Test
  @DisplayName("what it depends on comes along with what is to be rebased")
  void dependenciesComeAlong() throws IOException {
    file(4, "20260101000000\n-- depends:  20260103000000", "alter table shelf add b int;");
    RevisionFiles files = files("select 2;", "create table shelf (id int);");
    assertThatCode(() -> trial(files).rebase(rebase(files, 3))).doesNotThrowAnyException();
  }

  private static RebasePlan rebase(RevisionFiles files) {
    return rebase(files, 2);
  }

  private static RebasePlan rebase(RevisionFiles files, int moved) {
    List<Revision> all = files.graph().revisions();
    return files
        .graph()
        .rebase(all.get(moved), all.get(1), Set.of(), Instant.parse("2026-02-01T00:00:00Z"));
  }
}
