package dev.migrate.history;

import dev.migrate.revision.RevisionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the history table, and never creates it. */
public final class HistoryReader {
  private HistoryReader() {}

  /**
   * @param connection a connection to the target
   * @param table its history table
   * @return what the table says; an empty history when there is no table
   * @throws dev.migrate.failure.MigrateException {@code DATABASE} when it may not be read
   */
  public static History read(Connection connection, HistoryTable table) {
    try {
      return exists(connection, table) ? History.of(rows(connection, table)) : History.empty();
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history table " + table.quoted() + " cannot be read", e);
    }
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
        Optional.ofNullable(result.getString("version")).map(RevisionId::of),
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
