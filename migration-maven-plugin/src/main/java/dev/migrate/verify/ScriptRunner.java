package dev.migrate.verify;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.ScriptFailure;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.script.FlywayPlaceholders;
import dev.migrate.script.RunnableScript;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import dev.migrate.script.ScriptStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Runs single scripts on a scratch database as a target would run them, without a history table.
 */
final class ScriptRunner {
  private final ScratchWorkspace workspace;
  private final HistoryOptions options;
  private final Connection connection;
  private final boolean ownRoles;

  /**
   * @param workspace whose database it is
   * @param options where the history would be, what statements may take
   * @param connection to a database of the workspace, in autocommit
   */
  ScriptRunner(ScratchWorkspace workspace, HistoryOptions options, Connection connection) {
    this(workspace, options, connection, false);
  }

  private ScriptRunner(
      ScratchWorkspace workspace, HistoryOptions options, Connection connection, boolean ownRoles) {
    this.ownRoles = ownRoles;
    this.workspace = workspace;
    this.options = options;
    this.connection = connection;
  }

  /**
   * @return one for which a role that is there already is one that a script has left behind,
   *     because no other database of the server runs the same scripts
   */
  ScriptRunner withOwnRoles() {
    return new ScriptRunner(workspace, options, connection, true);
  }

  Connection connection() {
    return connection;
  }

  /** The schema of the history, which is where unqualified names are created. */
  void createHistorySchema() throws SQLException {
    ScratchWorkspace.createHistorySchema(connection, options);
  }

  RunnableScript read(Script script) throws SQLException {
    return ScriptReader.runnable(
        script,
        FlywayPlaceholders.with(
            options.placeholders(), connection, options.schema(), options.table()));
  }

  /**
   * @param script what to run
   * @return the statement that PostgreSQL refused, if it refused one; a script that runs in a
   *     transaction has left nothing behind then
   * @throws SQLException when the connection is lost
   */
  Optional<ScriptFailure> run(RunnableScript script) throws SQLException {
    Set<Integer> leftOut = new HashSet<>();
    while (true) {
      ScratchWorkspace.enter(connection, options);
      int at = 0;
      try {
        connection.setAutoCommit(!script.transactional());
        for (; at < script.statements().size(); at++) {
          if (!leftOut.contains(at)) {
            script.statements().get(at).run(connection);
          }
        }
        if (script.transactional()) {
          connection.commit();
        }
        return Optional.empty();
      } catch (SQLException e) {
        if (script.transactional()) {
          connection.rollback();
        }
        boolean again =
            script.transactional()
                && at < script.statements().size()
                && repaired(script.statements().get(at), at, leftOut, e);
        if (!again) {
          return Optional.of(failure(script, at, e));
        }
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Roles belong to the server, and another scratch database on it may have made them already. */
  private boolean repaired(
      ScriptStatement statement, int at, Set<Integer> leftOut, SQLException refused) {
    return workspace.createsMissingRole(refused)
        || !ownRoles && workspace.hasRoleAlready(statement.sql(), refused) && leftOut.add(at);
  }

  private static ScriptFailure failure(RunnableScript script, int at, SQLException e) {
    return at < script.statements().size()
        ? ScriptFailure.of(script.name(), script.statements().get(at), e)
        : new ScriptFailure(script.name(), 0, "COMMIT", e);
  }
}
