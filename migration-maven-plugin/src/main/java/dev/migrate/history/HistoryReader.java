package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.SelectSideEffects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rows of the history table by SQL, and never creates it. */
public final class HistoryReader {
  /** Whether reading it calls nothing that whoever owns it has written; no row where it is not. */
  private static final String PLAIN =
      """
      SELECT c.relkind OPERATOR(pg_catalog.=) 'r' AND NOT c.relrowsecurity AND NOT EXISTS (
        SELECT FROM (%s) p WHERE p.relation OPERATOR(pg_catalog.=) c.oid)
      FROM pg_catalog.pg_class c
      WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(%%s)::pg_catalog.oid
      """
          .formatted(SelectSideEffects.TABLES);

  /** What the session was configured with, before it was made one for statements of ours. */
  private static final String CONFIGURED_PATH =
      "SELECT reset_val FROM pg_catalog.pg_settings WHERE name OPERATOR(pg_catalog.=) 'search_path'";

  private HistoryReader() {}

  private static void requirePlain(HistoryTable table, boolean plain) {
    if (!plain) {
      throw new MigrateException(
          FailureCode.UNTRUSTED_TARGET,
          "The history %s is not as Flyway makes it: it is no plain table, or has row security, or an index or statistics that call a function, which would run with your rights."
              .formatted(table.quoted()),
          "Find out who has changed it, drop what was added, and run the goal again.");
    }
  }

  /**
   * @param connection a connection to the target
   * @param table its history table
   * @return what the table says; an empty history when there is no table
   * @throws MigrateException {@code DATABASE} when it may not be read, {@code
   *     HISTORY_NOT_UNDERSTOOD} when a version in it is none
   */
  public static History read(Connection connection, HistoryTable table) {
    try {
      try (PreparedStatement query = connection.prepareStatement(PLAIN.formatted("?"))) {
        query.setString(1, table.quoted());
        try (ResultSet result = query.executeQuery()) {
          if (!result.next()) {
            return History.empty();
          }
          requirePlain(table, result.getBoolean(1));
        }
      }
      return History.of(rows(connection, table));
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history table " + table.quoted() + " cannot be read", e);
    }
  }

  /**
   * The same in as few round trips as possible, for goals that only look.
   *
   * @param asking a connection to the target
   * @param schema the schema of the history table, if it was configured; else it is the first of
   *     the search path
   * @return what the table says; an empty history when there is no table
   * @throws MigrateException {@code DATABASE} when it may not be read, or the search path leads to
   *     no schema
   */
  public static History read(QueryConnection asking, Optional<String> schema, String name) {
    try {
      Optional<String> place = schema.or(asking::currentSchema);
      if (place.isEmpty()) {
        throw HistoryTable.noPlace(asking.rows(CONFIGURED_PATH).get(0)[0]);
      }
      HistoryTable table = new HistoryTable(place.get(), name);
      List<String[]> plain = asking.rows(PLAIN.formatted(SqlLiteral.escaped(table.quoted())));
      if (plain.isEmpty()) {
        return History.empty();
      }
      requirePlain(table, isTrue(plain.get(0)[0]));
      return History.of(rows(asking, table));
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history table " + name + " cannot be read", e);
    }
  }

  private static List<HistoryRow> rows(QueryConnection asking, HistoryTable table)
      throws SQLException {
    List<HistoryRow> rows = new ArrayList<>();
    for (String[] row :
        asking.rows(
            "SELECT installed_rank, version, description, type, script, checksum, installed_by,"
                + " pg_catalog.to_char(installed_on, 'YYYYMMDDHH24MISSUS'), execution_time, success"
                + " FROM "
                + table.quoted()
                + " ORDER BY installed_rank")) {
      rows.add(
          new HistoryRow(
              Integer.parseInt(row[0]),
              id(row[1]),
              row[2],
              row[3],
              row[4],
              row[5] == null ? Optional.empty() : Optional.of(Integer.valueOf(row[5])),
              row[6],
              time(row[7]),
              Duration.ofMillis(Integer.parseInt(row[8])),
              isTrue(row[9])));
    }
    return rows;
  }

  private static boolean isTrue(String value) {
    return value.equals("t");
  }

  /** Of twenty digits; by hand, because the parser of java.time has to be loaded. */
  private static LocalDateTime time(String digits) {
    return LocalDateTime.of(
        Integer.parseInt(digits, 0, 4, 10),
        Integer.parseInt(digits, 4, 6, 10),
        Integer.parseInt(digits, 6, 8, 10),
        Integer.parseInt(digits, 8, 10, 10),
        Integer.parseInt(digits, 10, 12, 10),
        Integer.parseInt(digits, 12, 14, 10),
        Integer.parseInt(digits, 14, 20, 10) * 1000);
  }

  /** No Flyway has ever written another, or reads one. */
  private static Optional<RevisionId> id(String version) {
    if (version == null) {
      return Optional.empty();
    }
    return Optional.of(
        RevisionId.parse(version)
            .orElseThrow(
                () ->
                    new MigrateException(
                        FailureCode.HISTORY_NOT_UNDERSTOOD,
                        "The history has a row whose version is no number: \"%s\"."
                            .formatted(version),
                        "See who wrote it, and delete that row or correct its version.")));
  }

  static boolean exists(Connection connection, HistoryTable table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
      query.setString(1, table.quoted());
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  private static List<HistoryRow> rows(Connection connection, HistoryTable table)
      throws SQLException {
    List<HistoryRow> rows = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT installed_rank, version, description, type, script, checksum, installed_by,"
                    + " installed_on, execution_time, success FROM "
                    + table.quoted()
                    + " ORDER BY installed_rank");
        ResultSet result = query.executeQuery()) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    return rows;
  }

  private static HistoryRow row(ResultSet result) throws SQLException {
    int checksum = result.getInt("checksum");
    Optional<Integer> presentChecksum = result.wasNull() ? Optional.empty() : Optional.of(checksum);
    Timestamp installedOn = result.getTimestamp("installed_on");
    return new HistoryRow(
        result.getInt("installed_rank"),
        id(result.getString("version")),
        result.getString("description"),
        result.getString("type"),
        result.getString("script"),
        presentChecksum,
        result.getString("installed_by"),
        installedOn.toLocalDateTime(),
        Duration.ofMillis(result.getInt("execution_time")),
        result.getBoolean("success"));
  }
}
