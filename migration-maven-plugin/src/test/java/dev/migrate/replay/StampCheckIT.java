package dev.migrate.replay;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.failure.FailureCode;
import dev.migrate.generate.ModelProject;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A stamp looks at the schema of the target")
class StampCheckIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private ModelProject project;

  @BeforeEach
  void start() {
    database = TestPostgres.database("stamped");
    project =
        ModelProject.at(folder)
            .revision(1, "create table a (id int primary key);", "drop table a;")
            .revision(2, "create table b (id int, t text);", "drop table b;");
  }

  @AfterEach
  void end() {
    database.close();
  }

  /** The server of all tests: one of its own for each replay would take seconds. */
  private static ScratchSource scratchSource() {
    ServerAddress address = TestPostgres.server().address();
    return new ScratchSource.Borrowed(
        address.jdbcUrl("postgres"), address.user(), address.password());
  }

  private Optional<String> difference(int head) {
    return difference(head, ExpectedDifferences.NOTHING);
  }

  private Optional<String> difference(int head, ExpectedDifferences expected) {
    RevisionFiles files = project.files();
    List<Revision> heads = List.of(files.graph().revisions().get(head - 1));
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    return new StampCheck(
            scratchSource(), HistoryOptions.defaults(), Scope.standard(), expected, Progress.SILENT)
        .difference(target, files, heads);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  @DisplayName("and says nothing when it is that of the revision, whoever has made it")
  void equal() throws SQLException {
    execute("create table public.a (id int, primary key (id))");
    assertThat(difference(1)).isEmpty();
    execute("create table public.b (id int, t text)");
    assertThat(difference(2)).isEmpty();
  }

  @Test
  @DisplayName("and counts and names what differs: the wrong database, or a revision too high")
  void different() throws SQLException {
    assertThat(difference(1))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("The schema of postgresql://")
                    .contains(
                        " differs from what 1 (step 1) gives in 3 things (− table public.a; "));
    execute("create table public.a (id int primary key)");
    execute("create table public.b (id int)");
    assertThat(difference(2))
        .hasValueSatisfying(
            text -> assertThat(text).contains(" gives in 1 thing (").contains("public.b.t"));
  }

  @Test
  @DisplayName(
      "and takes a partition that a job has made for one thing, or for none where it is expected")
  void partitions() throws SQLException {
    String table =
        "create table public.ev (id int, d date, primary key (id, d)) partition by range (d);"
            + " create index ev_d on public.ev (d);";
    project.revision(1, table, "drop table ev;");
    execute(table);
    execute(
        "create table public.ev_26 partition of public.ev"
            + " for values from ('2026-01-01') to ('2027-01-01')");
    assertThat(difference(1))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .endsWith(
                        " gives in 1 thing (+ partition ev_26 of table public.ev). Partitions that"
                            + " a job makes may be there with -Dmigrate.expect=partitions."));
    assertThat(difference(1, ExpectedDifferences.of("partitions"))).isEmpty();
  }

  @Test
  @DisplayName("and fails where the revisions themselves do not run")
  void unknown() {
    project.revision(2, "create tabel b;", "select 1;");
    assertThat(failureOf(() -> difference(2)).code()).isEqualTo(FailureCode.SCRIPT_FAILED);
  }
}
