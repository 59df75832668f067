package dev.migrate.observe;

import dev.migrate.plan.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs statements one by one and observes their locks, table rewrites and scans. Each runs in a
 * transaction of its own, at whose end the locks that it holds, the files of the tables and the
 * counters of scans are looked at. Only tables that were there before the first statement count,
 * since nobody waits for others.
 */
public final class StatementObserver {
  private final Connection connection;
  private final MadeUpRows rows;
  private final TableWatch watch;

  /**
   * @param connection to a scratch database in which the statements are run
   * @param rows what was put into it
   */
  public StatementObserver(Connection connection, MadeUpRows rows) throws SQLException {
    this.connection = connection;
    this.rows = rows;
    this.watch = new TableWatch(connection);
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
      if (!rows.removeAll(connection)) {
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
      if (!rows.removeAll(connection)) {
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
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
