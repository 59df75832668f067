package dev.migrate.observe;

import dev.migrate.plan.FactNames;
import dev.migrate.plan.RenamedSchema;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Schema;
import dev.migrate.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs statements one by one and observes their locks, table rewrites and scans. Each runs in a
 * transaction of its own, at whose end the locks that it holds, the files of the tables and the
 * counters of scans are looked at. Only tables that were there before the first statement count,
 * since nobody waits for others.
 */
public final class StatementObserver {
  private final Connection connection;
  private final RowGenerator rows;
  private final TableWatch watch;

  private StatementObserver(Connection connection, RowGenerator rows) throws SQLException {
    this.connection = connection;
    this.rows = rows;
    this.watch = new TableWatch(connection);
  }

  /**
   * Puts rows into the tables that statements touch, so that a statement that fails on rows fails.
   *
   * @param connection to a scratch database in which the statements are to run
   * @param before its schema
   * @param after the schema after them
   * @param historyTable the table that is left alone
   * @return what watches them there
   */
  public static StatementObserver of(
      Connection connection,
      Schema before,
      Schema after,
      List<Statement> statements,
      String historyTable)
      throws SQLException {
    RowGenerator rows = new RowGenerator(connection, historyTable);
    rows.fill(
        TouchedTables.of(
                before,
                RenamedSchema.of(before, List.of()),
                after,
                statements.stream().map(Statement::about).toList())
            .byRoot(before)
            .keySet()
            .stream()
            .map(FactNames::qualified)
            .collect(Collectors.toSet()));
    return new StatementObserver(connection, rows);
  }

  /**
   * Runs statements, one after the other.
   *
   * @return what each was seen to do; from one on that cannot run alone, nothing
   */
  public List<ObservedStatement> watch(List<Statement> statements) throws SQLException {
    List<ObservedStatement> observed = new ArrayList<>();
    boolean able = true;
    for (Statement statement : statements) {
      Observation seen = null;
      if (able) {
        try {
          seen = statement.transactional() ? watch(statement) : unwatched(statement);
        } catch (SQLException alone) {
          // It ran in the proof, in the transaction that it belongs to; alone it does not.
          able = false;
        }
      }
      observed.add(new ObservedStatement(statement, seen));
    }
    return observed;
  }

  private Observation unwatched(Statement statement) throws SQLException {
    try {
      execute(statement.sql());
    } catch (SQLException e) {
      if (!rows.removeAll()) {
        throw e;
      }
      watch.refresh(); // emptied tables have new files
      execute(statement.sql());
    }
    return null;
  }

  private Observation watch(Statement statement) throws SQLException {
    try {
      return attempt(statement, null);
    } catch (SQLException e) {
      if (!rows.removeAll()) {
        throw e;
      }
      watch.refresh(); // emptied tables have new files
      String message = e.getMessage().lines().findFirst().orElse("");
      return attempt(statement, message.replaceFirst("^ERROR: ", ""));
    }
  }

  private Observation attempt(Statement statement, String refusal) throws SQLException {
    connection.setAutoCommit(false);
    try {
      watch.before();
      execute(statement.sql());
      Observation seen = watch.after(refusal);
      connection.commit();
      return seen;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void execute(String sql) throws SQLException {
    Queries.execute(connection, sql);
  }
}
