package dev.migrate.script;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/**
 * One statement of a script file with its line, the rows behind a {@code COPY … FROM STDIN}
 * included.
 */
public final class ScriptStatement {
  private final SqlStatement statement;
  private final Configuration configuration;
  private final String sql;

  ScriptStatement(SqlStatement statement, Configuration configuration) {
    this.statement = Objects.requireNonNull(statement, "statement");
    this.configuration = Objects.requireNonNull(configuration, "configuration");
    this.sql = statement.getSql().substring(LeadingComments.end(statement.getSql()));
  }

  /**
   * @return the line of the file on which it begins, from 1
   */
  public int line() {
    return statement.getLineNumber();
  }

  /**
   * @return its SQL, without the comments before it
   */
  public String sql() {
    return sql;
  }

  /**
   * @return whether PostgreSQL lets it run inside a transaction, as far as Flyway can tell
   */
  public boolean transactional() {
    return statement.canExecuteInTransaction();
  }

  /**
   * Runs it.
   *
   * @param connection where to run it
   * @throws SQLException what PostgreSQL said, not wrapped
   */
  public void run(Connection connection) throws SQLException {
    Results results =
        statement.execute(
            new JdbcTemplate(connection, new PostgreSQLDatabaseType()), null, configuration);
    SQLException refused = results.getException();
    if (refused != null) {
      throw Stream.<Throwable>iterate(refused, cause -> cause != null, Throwable::getCause)
          .filter(SQLException.class::isInstance)
          .map(SQLException.class::cast)
          .reduce((outer, inner) -> inner)
          .orElse(refused);
    }
  }

  @Override
  public String toString() {
    return sql;
  }
}
