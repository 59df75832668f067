package dev.migrate.history;

import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import dev.migrate.target.TransactionStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Resets a database session between scripts, as {@code DISCARD ALL} would, but for the locks.
 * Whatever a script leaves behind (settings of any name, another role, temporary tables, prepared
 * statements, cursors, channels it listens to, locks) is taken away again, so that the next one
 * starts as if it were the first, and what is recorded is recorded by us.
 *
 * @param settings what was set in the session before the first script, by name
 * @param role that was active then
 * @param user the user of the session
 */
record SessionReset(Map<String, String> settings, String role, String user) {
  /**
   * What {@code DISCARD ALL} does, without what cannot be done in a transaction and without the
   * locks: ours is one of them.
   *
   * @see <a href="https://www.postgresql.org/docs/current/sql-discard.html">DISCARD</a>
   */
  static final String FRESH =
      "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DEALLOCATE ALL; UNLISTEN *;"
          + " DISCARD TEMP; DISCARD SEQUENCES";

  /** A transaction's own settings end with it, and can be read only where one is open. */
  private static final String SET_HERE =
      "SELECT name, pg_catalog.current_setting(name) FROM pg_catalog.pg_settings"
          + " WHERE source OPERATOR(pg_catalog.=) 'session'"
          + " AND name OPERATOR(pg_catalog.!~~) 'transaction\\_%'"
          + " AND name OPERATOR(pg_catalog.<>) ALL (ARRAY['role', 'session_authorization'])";

  /** Settings of made-up names are in no view: each has to be asked for by its name. */
  private static final String SET_OF = "SELECT pg_catalog.current_setting(?, true)";

  /**
   * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error Codes</a>
   */
  private static final int ATTEMPTS = 100;

  SessionReset {
    settings = Map.copyOf(settings);
  }

  /**
   * @param connection before the first script
   * @param named names of settings that somebody may have made up and set
   */
  static SessionReset of(Connection connection, Set<String> named) throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    for (List<String> row : Queries.all(connection, SET_HERE)) {
      settings.put(row.get(0), row.get(1));
    }
    try (PreparedStatement query = connection.prepareStatement(SET_OF)) {
      for (String name : named) {
        query.setString(1, name);
        try (ResultSet result = query.executeQuery()) {
          result.next();
          if (result.getString(1) != null) {
            settings.put(name, result.getString(1));
          }
        }
      }
    }
    List<String> roles =
        Queries.all(connection, "SELECT pg_catalog.current_setting('role'), session_user").get(0);
    return new SessionReset(settings, roles.get(0), roles.get(1));
  }

  /**
   * Takes away the limit of time that a script may have set for statements, and that ours would
   * have to keep to otherwise. One that is too short for this very statement is met again and again
   * until it is not.
   *
   * @return whether the server still answers
   */
  static boolean withoutLimit(Connection connection) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        Queries.execute(connection, "SET statement_timeout = 0");
        return true;
      } catch (SQLException e) {
        if (SqlState.QUERY_CANCELED.is(e) && attempt < ATTEMPTS) {
          continue;
        }
        if (connection.isClosed()) {
          return false;
        }
        if (SqlState.IN_FAILED_TRANSACTION.is(e)) {
          return true; // which ends before anything else is said
        }
        throw e;
      }
    }
  }

  /**
   * Makes the session what it was, as the user who has logged in: only he may set everything. What
   * a script was never allowed to set needs no setting back.
   */
  void restore(Connection connection) throws SQLException {
    // By itself: the driver notices that its own prepared statements are gone, too, and makes them
    // again.
    try {
      refresh(connection);
    } catch (SQLException e) {
      if (!SqlState.QUERY_CANCELED.is(e) || !connection.getAutoCommit()) {
        throw e;
      }
      withoutLimit(connection);
      refresh(connection);
    }
    List<String> parameters = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    if (!settings.isEmpty()) {
      sql.append("SELECT pg_catalog.set_config(name, value, false) FROM (VALUES ")
          .append(String.join(", ", Collections.nCopies(settings.size(), "(?, ?)")))
          .append(") AS wanted (name, value) WHERE")
          .append(" coalesce(pg_catalog.current_setting(name, true), '')")
          .append(" OPERATOR(pg_catalog.<>) value; ");
      settings.forEach(
          (name, value) -> {
            parameters.add(name);
            parameters.add(value);
          });
    }
    sql.append("SELECT pg_catalog.set_config('session_authorization', ?, false)")
        .append(" WHERE session_user::pg_catalog.text OPERATOR(pg_catalog.<>) ?")
        .append("; SELECT pg_catalog.set_config('role', ?, false)")
        .append(" WHERE pg_catalog.current_setting('role') OPERATOR(pg_catalog.<>) ?");
    parameters.addAll(List.of(user, user, role, role));
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      statement.execute();
    }
  }

  private static void refresh(Connection connection) throws SQLException {
    Queries.execute(connection, FRESH);
  }

  /**
   * Ends the transaction that a script has begun itself and not ended, and that would take with it
   * whatever is recorded now.
   *
   * @return whether there was one
   */
  static boolean endTransaction(Connection connection) throws SQLException {
    boolean open = TransactionStatus.of(connection) != TransactionStatus.NONE;
    if (open) {
      Queries.execute(connection, "ROLLBACK");
    }
    return open;
  }
}
