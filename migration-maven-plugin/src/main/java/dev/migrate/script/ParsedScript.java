package dev.migrate.script;

import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.callback.NoopCallbackExecutor;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.sqlscript.DefaultSqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/** A script parsed by Flyway's SQL parser, ready to run the way that Flyway runs one. */
public final class ParsedScript {
  private final SqlScript script;
  private final Configuration configuration;

  ParsedScript(SqlScript script, Configuration configuration) {
    this.script = Objects.requireNonNull(script, "script");
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /**
   * @return whether it runs in one transaction: its header or its configuration says so, or else
   *     its statements
   */
  public boolean transactional() {
    return script.executeInTransaction();
  }

  /**
   * @return its statements, in order; they are split anew with each call
   */
  public List<ScriptStatement> statements() {
    return ScriptReader.statements(script, configuration);
  }

  /**
   * Runs all of it.
   *
   * @param connection where; the transaction, if there is to be one, is begun already
   * @throws FlywayException when a statement fails: {@link FailedStatement} finds it in there
   */
  public void run(Connection connection) {
    new DefaultSqlScriptExecutor(
            new JdbcTemplate(connection, new PostgreSQLDatabaseType()),
            NoopCallbackExecutor.INSTANCE,
            true,
            false,
            false,
            null)
        .execute(script, configuration);
  }
}
