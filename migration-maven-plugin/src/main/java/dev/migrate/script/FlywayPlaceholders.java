package dev.migrate.script;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * The placeholders that Flyway gives values to by itself, such as {@code ${flyway:user}}. When it
 * runs a script it finds them out; whoever reads or runs a script without it gets the same here.
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

  private static final String PREFIX = "flyway:";
  private static final String FILE = PREFIX + "filename";
  private static final Pattern SAID =
      Pattern.compile("(?i)\\$\\{flyway:(%s)}".formatted(String.join("|", NAMES)));

  private FlywayPlaceholders() {}

  /**
   * @param given the values of a project; none says that dollar signs are left alone
   * @param connection to where the scripts run
   * @param schema the schema of the history; empty for the current one
   * @param table the history's table
   * @return these and Flyway's own; none when none are given
   * @throws SQLException when the connection is lost
   */
  public static Map<String, String> with(
      Map<String, String> given, Connection connection, Optional<String> schema, String table)
      throws SQLException {
    if (given.isEmpty()) {
      return given;
    }
    try (Statement query = connection.createStatement();
        ResultSet result =
            query.executeQuery(
                "SELECT current_user, pg_catalog.current_database(), pg_catalog.current_schema()")) {
      result.next();
      String current = Optional.ofNullable(result.getString(3)).orElse("public");
      return all(given, result.getString(1), result.getString(2), schema.orElse(current), table);
    }
  }

  /** For a script that is read and not run: what stands for a name only has to be one. */
  static Map<String, String> withAny(Map<String, String> given) {
    if (given.isEmpty()) {
      return given;
    }
    Map<String, String> values =
        new HashMap<>(all(Map.of(), "current_user", "postgres", "public", "flyway_schema_history"));
    values.putAll(given);
    return values;
  }

  private static Map<String, String> all(
      Map<String, String> given, String user, String database, String schema, String table) {
    Map<String, String> values = new LinkedHashMap<>(given);
    values.put(PREFIX + "user", user);
    values.put(PREFIX + "database", database);
    values.put(PREFIX + "defaultSchema", schema);
    values.put(PREFIX + "table", table);
    values.put(
        PREFIX + "timestamp",
        LocalDateTime.now().format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")));
    values.put(PREFIX + "workingDirectory", System.getProperty("user.dir"));
    values.put(PREFIX + "environment", "default");
    return values;
  }

  /**
   * @param file the name of a script
   * @return in which Flyway reads it: with its name for a value, also of a downgrade script
   */
  public static ParsingContext context(String file) {
    ParsingContext context =
        new ParsingContext() {
          @Override
          public void updateFilenamePlaceholder(ResourceName name, Configuration configuration) {
            // It knows already, and Flyway would forget the name of a downgrade script.
          }
        };
    context.getPlaceholders().put(FILE, file);
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
