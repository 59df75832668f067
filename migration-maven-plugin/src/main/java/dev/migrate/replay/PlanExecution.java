package dev.migrate.replay;

import dev.migrate.plan.Statement;
import dev.migrate.schema.Kind;
import dev.migrate.scratch.SandboxAdministrator;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.ScriptStatement;
import dev.migrate.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Executes the statements of a plan on a scratch database: in a sandbox each as whoever may run it,
 * else as they come.
 */
public final class PlanExecution implements AutoCloseable {
  /** What needs nothing but each other. */
  private static final Set<Kind> FIRST = EnumSet.of(Kind.SCHEMA, Kind.EXTENSION);

  private final Connection connection;
  private final Optional<SandboxAdministrator> administrator;

  private PlanExecution(Connection connection, Optional<SandboxAdministrator> administrator) {
    this.connection = connection;
    this.administrator = administrator;
  }

  public static PlanExecution in(ScratchDatabase database, Connection connection)
      throws SQLException {
    return new PlanExecution(
        connection,
        database.sandboxed() ? Optional.of(SandboxAdministrator.of(database)) : Optional.empty());
  }

  /** In a sandbox extensions come before there is any code. */
  public List<Statement> ordered(List<Statement> statements) {
    if (administrator.isEmpty()) {
      return statements;
    }
    List<Statement> ordered = new ArrayList<>();
    statements.stream().filter(PlanExecution::creates).forEach(ordered::add);
    statements.stream().filter(one -> !creates(one)).forEach(ordered::add);
    return ordered;
  }

  private static boolean creates(Statement statement) {
    return FIRST.contains(statement.about().kind()) && statement.operation().creates();
  }

  public void run(String sql) throws SQLException {
    if (administrator.isPresent()) {
      administrator.get().run(connection, sql);
      return;
    }
    Queries.execute(connection, sql);
  }

  /** Runs a statement of a file. */
  public void run(Connection session, ScriptStatement statement) throws SQLException {
    if (administrator.isPresent()) {
      administrator.get().run(session, statement.sql());
    } else {
      statement.run(session);
    }
  }

  /** Runs what was kept for the end. */
  public void finish() throws SQLException {
    if (administrator.isPresent()) {
      administrator.get().finish(connection, true);
    }
  }

  @Override
  public void close() throws SQLException {
    if (administrator.isPresent()) {
      administrator.get().close();
    }
  }
}
