package dev.migrate.observe;

import dev.migrate.plan.FactNames;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.scratch.ScratchDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
   * @param statement the statement
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
    FactId about = statement.about();
    String rows =
        query.get().startsWith("SELECT 1 ") // every row is one too many
            ? "SELECT * FROM " + FactNames.qualified(about)
            : query.get();
    try (Connection connection = database.connect();
        java.sql.Statement jdbc = connection.createStatement()) {
      jdbc.setEscapeProcessing(false);
      List<String> found = new ArrayList<>();
      try (ResultSet result =
          jdbc.executeQuery("SELECT r::text FROM (%s) r LIMIT %d".formatted(rows, MOST))) {
        while (result.next()) {
          found.add(result.getString(1) + " of " + rows);
        }
      } catch (SQLException notYet) {
        if (notYet.getSQLState() == null || !UNANSWERED.matcher(notYet.getSQLState()).matches()) {
          throw notYet;
        }
        // The query names what only the transaction makes, or rows that are nowhere to be had.
      }
      return found;
    }
  }
}
