package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.HostileDatabase;
import dev.migrate.testing.Psql;
import dev.migrate.testing.TestPostgres;
import dev.migrate.text.HostileNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database whose owner has named everything so that a program would take it for something else.
 * How many names of each kind is set with {@code -Dnames.count}.
 */
@DisplayName("A database with hostile names")
class HostileNamesIT {
  private static final int COUNT = Integer.getInteger("names.count", 60);

  @TempDir private Path folder;

  private static Schema schema(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return new Introspector(Scope.standard()).read(connection);
    }
  }

  private static boolean isTouched(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT to_regclass('public.seen') IS NOT NULL")) {
      result.next();
      return result.getBoolean(1) || Files.exists(Path.of("seen"));
    }
  }

  @Test
  @DisplayName(
      "becomes a model and a revision that say the same, to us and to psql, and do no more")
  void roundTrip() throws Exception {
    System.out.println("seed of the names: " + HostileNames.SEED);
    try (ScratchDatabase grown = TestPostgres.database("hostile");
        ScratchDatabase fromModel = TestPostgres.database("from_model");
        ScratchDatabase fromRevision = TestPostgres.database("from_revision")) {
      try (Connection connection = grown.connect()) {
        HostileDatabase.make(connection, COUNT);
      }
      Schema before = schema(grown);
      ModelProject project = ModelProject.at(folder);
      Target target = Target.of(grown.jdbcUrl(), grown.user(), grown.password(), "a test");

      ModelFromDatabase.Adopted adopted =
          new ModelFromDatabase(
                  project.scratchSource(), HistoryOptions.defaults(), Scope.standard())
              .run(target, project.files(), project.model());

      assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
      assertThat(Psql.run(fromModel, adopted.model())).isEmpty();
      assertThat(schema(fromModel)).isEqualTo(before);
      assertThat(Psql.run(fromRevision, adopted.revision().upgrade().path())).isEmpty();
      assertThat(schema(fromRevision)).isEqualTo(before);
      assertThat(Psql.run(fromRevision, adopted.revision().downgradeScript().path())).isEmpty();
      assertThat(schema(fromRevision).facts().keySet())
          .isEqualTo(schema(TestPostgres.database("empty")).facts().keySet());
      assertThat(isTouched(fromModel) || isTouched(fromRevision) || isTouched(grown)).isFalse();
    }
  }

  @Test
  @DisplayName("is refused where a name holds the one character that Flyway leaves out of scripts")
  void byteOrderMark() throws SQLException {
    try (ScratchDatabase grown = TestPostgres.database("marked")) {
      try (Connection connection = grown.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE a (id int, \"x\ufeffy\" int)");
      }
      ModelProject project = ModelProject.at(folder);
      Target target = Target.of(grown.jdbcUrl(), grown.user(), grown.password(), "a test");
      MigrateException failure =
          ModelProject.failureOf(
              () ->
                  new ModelFromDatabase(
                          project.scratchSource(), HistoryOptions.defaults(), Scope.standard())
                      .run(target, project.files(), project.model()));
      assertThat(failure.code()).isEqualTo(FailureCode.NOT_SUPPORTED);
      assertThat(failure.problem())
          .isEqualTo(
              "The column public.a.x\\ufeffy holds the character U+FEFF, which Flyway leaves out of"
                  + " scripts.");
      assertThat(project.model()).doesNotExist();
    }
  }
}
