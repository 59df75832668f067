package dev.migrate.testing;

import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.text.HostileNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database whose owner has named everything so that a program takes it for something else. */
public final class HostileDatabase {
  private HostileDatabase() {}

  /**
   * @param connection to an empty database
   * @param count how many names
   */
  public static void make(Connection connection, int count) throws SQLException {
    List<String> names = writable(HostileNames.names(count));
    List<String> texts = writable(HostileNames.texts(count));
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < count; i++) {
        String name = SqlNames.quote(names.get(i));
        String other = SqlNames.quote(names.get((i + 1) % count));
        String text = SqlLiteral.literal(texts.get(i));
        String table = "public." + name;
        statement.execute(
            "CREATE TABLE %1$s (id int PRIMARY KEY, %2$s text DEFAULT %3$s CHECK (%2$s <> %3$s))"
                .formatted(table, other, text));
        statement.execute("COMMENT ON TABLE %s IS %s".formatted(table, text));
        statement.execute("COMMENT ON COLUMN %s.%s IS %s".formatted(table, other, text));
        if (i % 5 == 0) {
          String schema = SqlNames.quote(i + names.get(i).substring(0, 1));
          statement.execute("CREATE SCHEMA " + schema);
          statement.execute("CREATE TYPE %s.%s AS ENUM (%s)".formatted(schema, name, label(text)));
          statement.execute(
              "CREATE VIEW %s.%s AS SELECT %s, %s AS t FROM %s"
                  .formatted(schema, other, other, text, table));
          statement.execute(
              "CREATE FUNCTION %s.%s() RETURNS text LANGUAGE sql AS %s"
                  .formatted(schema, name, SqlLiteral.literal("SELECT " + text)));
          statement.execute(
              "CREATE INDEX %s ON %s (id)"
                  .formatted(SqlNames.quote("i" + i + texts.get(i).substring(0, 1)), table));
          statement.execute(
              "CREATE SEQUENCE %s.%s"
                  .formatted(schema, SqlNames.quote("s" + names.get(i).substring(0, 1))));
          statement.execute(
              "CREATE FUNCTION %s.tell() RETURNS trigger LANGUAGE plpgsql AS %s"
                  .formatted(
                      schema,
                      SqlLiteral.literal(
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

  /** What no script may hold: Flyway leaves such marks out, and its placeholders are refused. */
  private static List<String> writable(List<String> texts) {
    return texts.stream()
        .map(text -> text.replace("\ufeff", "\u2060").replace("${flyway:", "${other:"))
        .toList();
  }

  /** A label has 63 bytes, too. */
  private static String label(String literal) {
    return literal.length() < 20 ? literal : "'" + literal.length() + "\n'";
  }
}
