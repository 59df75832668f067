package dev.migrate.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What scripts set for the whole session, and the next script must not inherit. A dump that
 * somebody has made the first revision begins with {@code SET lock_timeout = 0}: without this,
 * every revision after it would wait for its locks for ever, and everybody behind it.
 *
 * @param values of the settings, in their order
 */
record ScriptSettings(List<String> values) {
  /**
   * Those that change what a script does or costs others; the search path is Flyway's. The role
   * comes first, because it decides who may set the others.
   */
  private static final List<String> NAMES =
      List.of(
          "role",
          "lock_timeout",
          "statement_timeout",
          "idle_in_transaction_session_timeout",
          "check_function_bodies",
          "row_security",
          "session_replication_role",
          "standard_conforming_strings",
          "client_min_messages",
          "default_tablespace",
          "default_table_access_method",
          "default_text_search_config",
          "synchronous_commit",
          "timezone",
          "intervalstyle",
          "lc_monetary",
          "array_nulls",
          "transform_null_equals",
          "xmloption");

  private static final String READ =
      NAMES.stream()
          .map(name -> "pg_catalog.current_setting('" + name + "')")
          .collect(Collectors.joining(", ", "SELECT ", ""));

  /** Only what differs is set: some of them only a superuser may set, even to what they are. */
  private static final String RESTORE =
      "SELECT pg_catalog.set_config(name, value, false) FROM (VALUES "
          + String.join(", ", Collections.nCopies(NAMES.size(), "(?, ?)"))
          + ") AS wanted (name, value) WHERE pg_catalog.current_setting(name) OPERATOR(pg_catalog.<>) value";

  ScriptSettings {
    values = List.copyOf(values);
  }

  static ScriptSettings of(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(READ);
        ResultSet result = query.executeQuery()) {
      result.next();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= NAMES.size(); i++) {
        values.add(result.getString(i));
      }
      return new ScriptSettings(values);
    }
  }

  String role() {
    return values.get(NAMES.indexOf("role"));
  }

  void restore(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESTORE)) {
      for (int i = 0; i < NAMES.size(); i++) {
        statement.setString(2 * i + 1, NAMES.get(i));
        statement.setString(2 * i + 2, values.get(i));
      }
      statement.execute();
    }
  }
}
