package dev.migrate.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Names;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.Psql;
import dev.migrate.testing.TestPostgres;
import dev.migrate.text.HostileNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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

  private static void make(Connection connection) throws SQLException {
    List<String> names = withoutByteOrderMarks(HostileNames.names(COUNT));
    List<String> texts = withoutByteOrderMarks(HostileNames.texts(COUNT));
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < COUNT; i++) {
        String name = Names.quote(names.get(i));
        String other = Names.quote(names.get((i + 1) % COUNT));
        String text = Names.literal(texts.get(i));
        String table = "public." + name;
        statement.execute(
            "CREATE TABLE %1$s (id int PRIMARY KEY, %2$s text DEFAULT %3$s CHECK (%2$s <> %3$s))"
                .formatted(table, other, text));
        statement.execute("COMMENT ON TABLE %s IS %s".formatted(table, text));
        statement.execute("COMMENT ON COLUMN %s.%s IS %s".formatted(table, other, text));
        if (i % 5 == 0) {
          String schema = Names.quote(i + names.get(i).substring(0, 1));
          statement.execute("CREATE SCHEMA " + schema);
          statement.execute("CREATE TYPE %s.%s AS ENUM (%s)".formatted(schema, name, label(text)));
          statement.execute(
              "CREATE VIEW %s.%s AS SELECT %s, %s AS t FROM %s"
                  .formatted(schema, other, other, text, table));
          statement.execute(
              "CREATE FUNCTION %s.%s() RETURNS text LANGUAGE sql AS %s"
                  .formatted(schema, name, Names.literal("SELECT " + text)));
          statement.execute(
              "CREATE INDEX %s ON %s (id)"
                  .formatted(Names.quote("i" + i + texts.get(i).substring(0, 1)), table));
          statement.execute(
              "CREATE SEQUENCE %s.%s"
                  .formatted(schema, Names.quote("s" + names.get(i).substring(0, 1))));
          statement.execute(
              "CREATE FUNCTION %s.tell() RETURNS trigger LANGUAGE plpgsql AS %s"
                  .formatted(
                      schema,
                      Names.literal(
                          "BEGIN\n  -- "
                              + texts.get(i).replaceAll("[\n\r]", " ")
                              + "\n  RETURN NEW;\nEND")));
          statement.execute(
              "CREATE TRIGGER %s BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s.tell()"
                  .formatted(name, table, schema));
        }
      }
    }
  }

  /** Flyway leaves them out wherever they stand, which is why no script may hold one. */
  private static List<String> withoutByteOrderMarks(List<String> texts) {
    return texts.stream().map(text -> text.replace("\ufeff", "\u2060")).toList();
  }

  /** A label has 63 bytes, too. */
  private static String label(String literal) {
    return literal.length() < 20 ? literal : "'" + literal.length() + "\n'";
  }

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
        make(connection);
      }
      Schema before = schema(grown);
      ModelProject project = ModelProject.at(folder);
      Target target = Target.of(grown.jdbcUrl(), grown.user(), grown.password(), "a test");

      Adoption.Adopted adopted =
          new Adoption(project.workshop(), HistoryOptions.defaults(), Scope.standard())
              .run(target, project.files(), project.model());

      assertThat(project.generate("Nothing")).isInstanceOf(Generated.NoDifference.class);
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
}
