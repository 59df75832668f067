package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionWriter;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("revision -Dmigrate.backfill")
class BackfillRevisionIT {
  @TempDir private Path folder;
  private ModelProject project;

  @BeforeEach
  void revisions() {
    project =
        ModelProject.empty(folder)
            .revision(
                1,
                "create table item (id int primary key, name text, label text);"
                    + " create table loose (name text);",
                "drop table item; drop table loose;");
  }

  private NewRevision draft(String column, String value, String where) {
    RevisionFiles files = project.files();
    return new BackfillRevision(
            project.scratchSource(),
            files,
            HistoryOptions.defaults(),
            Scope.standard(),
            project.progress())
        .draft("Fill it", files.graph().parentsForNew("head"), column, value, where);
  }

  private MigrateException refused(String column, String value, String where) {
    return ModelProject.failureOf(() -> draft(column, value, where));
  }

  @Test
  @DisplayName(
      "writes a script that fills the rows without a value, which upgrade runs up and down")
  void written() throws Exception {
    RevisionFile file =
        new RevisionWriter(project.files(), Clock.systemUTC())
            .write(draft("item.label", "upper(name) -- in capitals", ""));
    assertThat(file.upgrade().text())
        .contains("-- transaction: none", "-- rerun:    safe", "label IS NULL");
    assertThat(file.downgradeScript().text()).contains("the rows keep their values");
    assertThat(Path.of(file.upgrade().path() + ".conf"))
        .content()
        .contains("executeInTransaction=false");
    try (ScratchDatabase database = TestPostgres.database("backfillrevision");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      RevisionFiles files = project.files();
      Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
      try (LockedTarget locked =
          LockedTarget.open(target, "test", HistoryOptions.defaults(), Progress.SILENT)) {
        locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), "1"));
        statement.execute(
            "insert into item select i, 'n' || i, case when i = 7 then 'kept' end"
                + " from generate_series(1, 4500) i");
        locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), "head"));
        locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), "1"));
        locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), "head"));
      }
      try (ResultSet result =
          statement.executeQuery(
              "select count(*) filter (where label = upper(name)),"
                  + " count(*) filter (where label = 'kept') from item")) {
        result.next();
        assertThat(result.getInt(1)).isEqualTo(4499);
        assertThat(result.getInt(2)).isEqualTo(1);
      }
    }
  }

  @Test
  @DisplayName("takes the rows that a condition finds")
  void where() {
    assertThat(draft("public.item.label", "name", "label IS DISTINCT FROM name").upgrade().sql())
        .contains("SET label = name", "(label IS DISTINCT FROM name)")
        .doesNotContain("IS NULL");
  }

  @Test
  @DisplayName("refuses a column that is not there, and a table without a key")
  void unknown() {
    MigrateException column = refused("item.colour", "'red'", "");
    assertThat(column.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
    assertThat(column.problem()).contains("-Dmigrate.backfill=item.colour");
    assertThat(refused("things.name", "'x'", "").problem()).contains("things.name");
    MigrateException loose = refused("loose.name", "'x'", "");
    assertThat(loose.code()).isEqualTo(FailureCode.NOT_SUPPORTED);
    assertThat(loose.problem()).contains("public.loose has no primary key");
    assertThat(refused("item.id", "1", "").code()).isEqualTo(FailureCode.NOT_SUPPORTED);
  }

  @Test
  @DisplayName("refuses what PostgreSQL does not understand, in its words")
  void refusedExpressions() {
    assertThat(refused("item.label", "upper(nam)", "").problem())
        .contains("-Dmigrate.value=upper(nam)", "\"nam\" does not exist");
    assertThat(refused("item.label", "name ||", "").problem()).contains("syntax error");
    assertThat(refused("item.label", "'x'; drop table item", "").problem())
        .contains("syntax error");
    assertThat(refused("item.label", "name", "label <> 3").problem())
        .contains("-Dmigrate.where=label <> 3");
  }
}
