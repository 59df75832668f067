package dev.migrate.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Lightweight connection for a query or two, on the driver's protocol layer, with nothing of the
 * database's own in its search path. It is the driver's own, with its TLS, authentication and
 * choice of hosts, but without JDBC on top: in a fresh JVM, loading the classes of {@link
 * java.sql.Connection} and its result sets takes longer than asking.
 */
public final class QueryConnection implements AutoCloseable {
  private final QueryExecutor executor;
  private Optional<String> schema = Optional.empty();
  private boolean lent;

  private QueryConnection(QueryExecutor executor) {
    this.executor = executor;
  }

  /**
   * @param properties the driver's, with {@code user} among them
   * @param place what it connects to, for messages
   * @param bounded whether its {@code socketTimeout} holds for answers, too, and not only for the
   *     login
   * @throws SQLException as the driver throws it when it cannot connect
   */
  static QueryConnection open(Properties properties, String place, boolean bounded)
      throws SQLException {
    QueryExecutor executor = SecureConnections.openWithoutJdbc(properties);
    if (!bounded) {
      try {
        executor.setNetworkTimeout(0);
      } catch (IOException e) {
        executor.close();
        throw new PSQLException("The connection was lost", PSQLState.CONNECTION_FAILURE, e);
      }
    }
    QueryConnection asking = new QueryConnection(executor);
    try {
      asking.begin();
      return asking;
    } catch (SQLException e) {
      executor.close();
      if (Pooler.allowsNoTransaction(e)) {
        throw Pooler.statementMode(place);
      }
      throw e;
    }
  }

  /**
   * All questions are asked in one transaction: what is set in it is gone with it, also where a
   * pooler lends the session for as long only.
   */
  private void begin() throws SQLException {
    String[] found =
        rows("BEGIN TRANSACTION READ ONLY; "
                + SearchPath.CURRENT_SCHEMA
                + ", pg_catalog.pg_backend_pid(); "
                + SecureConnections.CLOSE_FOR_TRANSACTION)
            .get(0);
    schema = Optional.ofNullable(found[0]);
    lent = Integer.parseInt(found[1]) != executor.getBackendPID();
  }

  /**
   * @return the first schema that exists of the search path that was configured
   */
  public Optional<String> currentSchema() {
    return schema;
  }

  /**
   * @param sql one SELECT
   * @return its rows, each value as PostgreSQL writes it, or null
   * @throws SQLException when PostgreSQL refuses it, or the connection is lost
   */
  public List<String[]> rows(String sql) throws SQLException {
    try {
      return run(sql);
    } catch (SQLException e) {
      if (executor.getTransactionState() == TransactionState.FAILED) {
        run("ROLLBACK");
        begin(); // for the next question
      }
      throw e;
    }
  }

  private List<String[]> run(String sql) throws SQLException {
    Rows rows = new Rows();
    executor.execute(
        executor.createSimpleQuery(sql),
        null,
        rows,
        0,
        0,
        QueryExecutor.QUERY_EXECUTE_AS_SIMPLE | QueryExecutor.QUERY_SUPPRESS_BEGIN);
    return rows.found;
  }

  @Override
  public void close() {
    if (lent && !executor.isClosed()) {
      try {
        run("ROLLBACK");
      } catch (SQLException lost) {
        executor.close(); // and with it the transaction
      }
    }
    executor.close();
  }

  /** Takes what comes back; {@code execute} ends by throwing the error that was reported here. */
  private static final class Rows extends ResultHandlerBase {
    private final List<String[]> found = new ArrayList<>();

    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
      for (Tuple tuple : tuples) {
        String[] row = new String[tuple.fieldCount()];
        for (int i = 0; i < row.length; i++) {
          byte[] value = tuple.get(i);
          row[i] = value == null ? null : new String(value, StandardCharsets.UTF_8);
        }
        found.add(row);
      }
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      // A SELECT on catalogs has none that anybody could mend.
    }
  }
}
