package dev.migrate.model;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.ScriptFailure;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.MissingPrerequisite;
import dev.migrate.replay.PlanExecution;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.PsqlCommand;
import dev.migrate.script.ScriptReader;
import dev.migrate.script.ScriptStatement;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.TransactionStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Loads a model into a schema value: runs its files on an empty scratch database and introspects
 * that.
 */
public final class ModelLoader {
  private final ScratchWorkspace workspace;
  private final Scope scope;
  private final Optional<String> firstSchema;
  private List<String> outOfScope = List.of();

  /**
   * @param workspace where databases come from
   * @param scope what of the model is read
   * @param firstSchema the schema in which unqualified names are created, as for revisions, when
   *     the history table has a schema of its own
   */
  public ModelLoader(ScratchWorkspace workspace, Scope scope, Optional<String> firstSchema) {
    this.workspace = workspace;
    this.scope = scope;
    this.firstSchema = firstSchema;
  }

  /**
   * @param model the wanted schema
   * @return the same as a value
   * @throws MigrateException {@code INVALID_MODEL} when a statement of a file fails, with the file,
   *     the line and PostgreSQL's message; {@code CONNECTION} when it is a database that cannot be
   *     reached
   */
  public Schema load(Model model) {
    if (model instanceof Model.InDatabase database) {
      return read(database);
    }
    Model.InFiles files = (Model.InFiles) model;
    try (ScratchDatabase scratch = workspace.blank("model")) {
      try (Connection connection = scratch.connect()) {
        enter(connection);
        try (PlanExecution execution = PlanExecution.in(scratch, connection)) {
          for (Path file : files.paths()) {
            run(connection, execution, file, files.name(file));
          }
          execution.finish();
        }
      } catch (SQLException e) {
        throw ScratchWorkspace.lost(e);
      }
      try (Connection connection = scratch.connectToRead()) {
        outOfScope = ScopeCheck.references(connection, scope);
        return new Introspector(scope).read(connection);
      } catch (SQLException e) {
        throw ScratchWorkspace.lost(e);
      }
    }
  }

  /**
   * @return what of the model that was loaded last refers to things outside of the scope, a
   *     sentence each
   */
  public List<String> outOfScope() {
    return outOfScope;
  }

  private Schema read(Model.InDatabase database) {
    try (Connection connection = database.target().connect("migrate model")) {
      outOfScope = ScopeCheck.references(connection, scope);
      return new Introspector(scope).read(connection);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.CONNECTION,
          "The connection to %s was lost: %s.".formatted(database.target(), e.getMessage()),
          "Run the goal again.",
          e);
    }
  }

  /** As the revisions find it. */
  private void enter(Connection connection) throws SQLException {
    if (firstSchema.isPresent()) {
      String schema = SqlNames.inQuotes(firstSchema.get());
      Queries.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
      Queries.execute(connection, "SET search_path = " + schema + ", \"$user\", public");
    }
  }

  private void run(Connection connection, PlanExecution execution, Path file, String name)
      throws SQLException {
    List<ScriptStatement> statements;
    try {
      statements = ScriptReader.split(file, name);
    } catch (MigrateException e) {
      throw e.code() == FailureCode.INVALID_REVISION_FILE
          ? new MigrateException(FailureCode.INVALID_MODEL, e.problem(), e.remedy(), e)
          : e;
    }
    for (ScriptStatement statement : statements) {
      PsqlCommand.refuse(
          FailureCode.INVALID_MODEL,
          name,
          statement.line(),
          statement.sql(),
          "a model",
          "Remove the line and name all files of the model, in order:"
              + " -Dmigrate.model=first.sql,second.sql; or name their folder, whose files run in the"
              + " order of their names.");
      run(connection, execution, name, statement);
    }
    if (TransactionStatus.of(connection) != TransactionStatus.NONE) {
      throw new MigrateException(
          FailureCode.INVALID_MODEL,
          name + " begins a transaction and does not end it.",
          "Remove BEGIN, or add COMMIT at its end; a model needs neither.");
    }
  }

  private void run(
      Connection connection, PlanExecution execution, String name, ScriptStatement statement) {
    try {
      execution.run(connection, statement);
    } catch (SQLException e) {
      if (workspace.hasRoleAlready(statement.sql(), e)) {
        return;
      }
      if (workspace.createsMissingRole(e)) {
        run(connection, execution, name, statement);
        return;
      }
      throw new MigrateException(
          FailureCode.INVALID_MODEL,
          "The model does not load. " + ScriptFailure.of(name, statement, e).describe(),
          PsqlCommand.isIn(e)
              ? PsqlCommand.remedyWithin("a model")
              : MissingPrerequisite.remedy(e)
                  .orElse("Mend the model; each file runs on an empty database from its top."),
          e);
    }
  }
}
