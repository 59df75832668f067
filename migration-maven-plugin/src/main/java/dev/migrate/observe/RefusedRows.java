package dev.migrate.observe;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the rows because of which PostgreSQL refuses a statement: those that its hazard's query
 * finds.
 */
public final class RefusedRows {
  private static final int MOST = 3;

  /**
   * No such table, column or schema; a value that is none yet; a foreign table of a wrapper without
   * a handler.
   */
  private static final Pattern UNANSWERED = Pattern.compile("42...|3F000|22...|55000");

  private RefusedRows() {}

  /**
   * @param database as it was before the statement's transaction
   * @return some of the rows as text; none where the statement has no query, or its query is about
   *     what the transaction makes
   */
  public static List<String> of(Statement statement, ScratchDatabase database) throws SQLException {
    Optional<String> query =
        statement.hazards().stream()
            .filter(Hazard.MayFailOnRows.class::isInstance)
            .map(hazard -> ((Hazard.MayFailOnRows) hazard).query())
            .filter(text -> !text.isEmpty())
            .findFirst();
    if (query.isEmpty()) {
      return List.of();
    }
    String rows = query.get();
    try (Connection connection = database.connect()) {
      return Queries.column(connection, "SELECT r::text FROM (%s) r LIMIT %d".formatted(rows, MOST))
          .stream()
          .map(row -> row + " of " + rows)
          .toList();
    } catch (SQLException notYet) {
      if (notYet.getSQLState() == null || !UNANSWERED.matcher(notYet.getSQLState()).matches()) {
        throw notYet;
      }
      return List.of(); // It names what only the transaction makes, or rows that are nowhere.
    }
  }
}
