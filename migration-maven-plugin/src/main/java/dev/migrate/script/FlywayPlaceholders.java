package dev.migrate.script;

import dev.migrate.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resource.ResourceName;

/**
 * The values of Flyway's default placeholders, such as {@code ${flyway:user}}. When it runs a
 * script it finds them out; whoever reads or runs a script without it gets the same here.
 */
public final class FlywayPlaceholders {
  static final List<String> NAMES =
      List.of(
          "defaultSchema",
          "user",
          "database",
          "timestamp",
          "filename",
          "workingDirectory",
          "table",
          "environment");

  private static final Pattern SAID =
      Pattern.compile("(?i)\\$\\{flyway:(%s)}".formatted(String.join("|", NAMES)));

  private FlywayPlaceholders() {}

  /**
   * @param given what a project replaces
   * @param connection to where the scripts run
   * @param schema the schema of the history; empty for the current one
   * @param table the history's table
   * @return these with Flyway's own
   * @throws SQLException when the connection is lost
   */
  public static Placeholders with(
      Placeholders given, Connection connection, Optional<String> schema, String table)
      throws SQLException {
    if (!given.replaced()) {
      return given;
    }
    List<String> row =
        Queries.all(
                connection,
                "SELECT current_user, pg_catalog.current_database(), pg_catalog.current_schema()")
            .get(0);
    String current = Optional.ofNullable(row.get(2)).orElse("public");
    return given.with(all(given, row.get(0), row.get(1), schema.orElse(current), table));
  }

  /** For a script that is read and not run: what stands for a name only has to be one. */
  static Placeholders withAny(Placeholders given) {
    if (!given.replaced()) {
      return given;
    }
    Map<String, String> values =
        new HashMap<>(
            all(
                given.with(Map.of()),
                "current_user",
                "postgres",
                "public",
                "flyway_schema_history"));
    values.putAll(given.values());
    return given.with(values);
  }

  private static Map<String, String> all(
      Placeholders given, String user, String database, String schema, String table) {
    Map<String, String> values = new LinkedHashMap<>(given.values());
    String own = given.own();
    values.put(own + "user", user);
    values.put(own + "database", database);
    values.put(own + "defaultSchema", schema);
    values.put(own + "table", table);
    values.put(
        own + "timestamp",
        LocalDateTime.now().format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")));
    values.put(own + "workingDirectory", System.getProperty("user.dir"));
    values.put(own + "environment", "default");
    return values;
  }

  /**
   * @param file the name of a script
   * @param configuration how placeholders are written
   * @return in which Flyway reads it: with its name for a value, also of a downgrade script
   */
  static ParsingContext context(String file, Configuration configuration) {
    ParsingContext context =
        new ParsingContext() {
          @Override
          public void updateFilenamePlaceholder(ResourceName name, Configuration unused) {
            // It knows already, and Flyway would forget the name of a downgrade script.
          }
        };
    context
        .getPlaceholders()
        .put("flyway" + configuration.getPlaceholderSeparator() + "filename", file);
    return context;
  }

  /**
   * @param sql a statement
   * @return the first placeholder of Flyway's in it
   */
  static Optional<String> in(String sql) {
    Matcher said = SAID.matcher(sql);
    return said.find() ? Optional.of(said.group()) : Optional.empty();
  }
}
