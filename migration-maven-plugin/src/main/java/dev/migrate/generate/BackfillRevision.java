package dev.migrate.generate;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.FactNames;
import dev.migrate.plan.Plan;
import dev.migrate.plan.Statement;
import dev.migrate.plan.online.Backfill;
import dev.migrate.plan.online.BatchKey;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFiles;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Drafts a backfill revision, which gives a column a value in existing rows, in batches. What is
 * said about the value is tried on a scratch database that has the schema of the revisions; no
 * target is needed.
 */
public final class BackfillRevision {
  private static final String KEEPS_VALUES =
      """
      -- There is nothing to take back: the rows keep their values. Which of them had another one
      -- before is not recorded anywhere.
      """;

  private final ScratchSource scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Progress progress;

  /**
   * @param scratchSource where scratch databases come from
   * @param files the revisions of the project
   * @param options how the history is kept
   * @param scope what of a database is read
   * @param progress hears which revisions are replayed
   */
  public BackfillRevision(
      ScratchSource scratchSource,
      RevisionFiles files,
      HistoryOptions options,
      Scope scope,
      Progress progress) {
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.files = Objects.requireNonNull(files, "files");
    this.options = Objects.requireNonNull(options, "options");
    this.scope = Objects.requireNonNull(scope, "scope");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * @param message what the revision does
   * @param parents what it revises
   * @param column {@code table.column}, or with the schema before it
   * @param value an SQL expression, which may name other columns of the row
   * @param where which rows get it, as SQL that no longer holds for a row that has it; empty for
   *     the rows that have no value
   * @return the revision, not written yet
   * @throws MigrateException {@code INVALID_PARAMETER} when there is no such column, or PostgreSQL
   *     refuses the value or the condition; {@code NOT_SUPPORTED} when the table has no key to walk
   *     along; {@code SCRIPT_FAILED} when the revisions do not run
   */
  public NewRevision draft(
      String message, Collection<Revision> parents, String column, String value, String where) {
    SortedSet<RevisionId> below = new TreeSet<>();
    for (Revision parent : parents) {
      below.add(parent.id());
      files.graph().ancestorsWithDependencies(parent.id()).stream()
          .map(Revision::id)
          .forEach(below::add);
    }
    try (ScratchWorkspace workspace =
            new Replay(scratchSource, files, options, progress).of(below);
        ScratchDatabase database = workspace.copy("backfill")) {
      Schema head = workspace.read(database, scope);
      FactId id = column(head, column);
      List<String> key = key(head, id);
      String condition = where.isBlank() ? Backfill.missing(id) : where.strip();
      List<Statement> statements = new Backfill(id, key, value.strip(), condition).statements();
      attempt(database, id, value.strip(), condition, statements);
      return NewRevision.empty(message, parents)
          .running(new Plan(statements).sql() + "\n", KEEPS_VALUES)
          .inTransaction(false, true)
          .repeatable(true, false);
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
  }

  private static FactId column(Schema head, String given) {
    String wanted = given.strip().replace("\"", "");
    List<FactId> found =
        head.facts().values().stream()
            .filter(fact -> fact.id().kind() == Kind.COLUMN && isOfTable(fact))
            .map(Fact::id)
            .filter(
                id ->
                    wanted.equals(String.join(".", id.names()))
                        || wanted.equals(id.name(1) + "." + id.lastName()))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String problem =
        found.isEmpty()
            ? "-Dmigrate.backfill=%s: the revisions give no table with such a column."
            : "-Dmigrate.backfill=%s: several tables have that name.";
    throw new MigrateException(
        FailureCode.INVALID_PARAMETER,
        problem.formatted(given.strip()),
        found.isEmpty()
            ? "Say table.column, as it is after the last revision; a new column needs a revision"
                + " that adds it first (mvn migrate:generate)."
            : "Say the schema, too: -Dmigrate.backfill="
                + String.join(".", found.get(0).names())
                + ".");
  }

  private static boolean isOfTable(Fact column) {
    return column.parent().filter(parent -> parent.kind() == Kind.TABLE).isPresent();
  }

  private static List<String> key(Schema head, FactId column) {
    FactId table = FactId.of(Kind.TABLE, column.name(0), column.name(1));
    return BatchKey.of(head, table)
        .filter(key -> !key.contains(column.lastName()))
        .orElseThrow(
            () ->
                new MigrateException(
                    FailureCode.NOT_SUPPORTED,
                    "%s has no primary key, and no unique constraint of columns that are not null, along which its rows could be walked while %s changes."
                        .formatted(FactNames.qualified(table), column.lastName()),
                    "Give the table a primary key first, or write the revision by hand with mvn migrate:revision -Dmigrate.message=\"…\"."));
  }

  /** PostgreSQL says whether it understands the value; then the script runs once as it is. */
  private void attempt(
      ScratchDatabase database,
      FactId column,
      String value,
      String condition,
      List<Statement> statements)
      throws SQLException {
    try (Connection connection = database.connect()) {
      ScratchWorkspace.enter(connection, options);
      String update =
          "EXPLAIN UPDATE %s SET %s = %s\n"
              .formatted(FactNames.qualified(column), SqlNames.quote(column.lastName()), value);
      understood(connection, "value", value, update + "WHERE true");
      understood(connection, "where", condition, update + "WHERE true AND (" + condition + "\n)");
      for (Statement statement : statements) {
        understood(connection, "value", value, statement.sql());
      }
    }
  }

  private static void understood(Connection connection, String parameter, String said, String sql)
      throws SQLException {
    try {
      Queries.execute(connection, sql);
    } catch (SQLException e) {
      if (connection.isValid(5)) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "-Dmigrate.%s=%s: PostgreSQL refuses it: %s."
                .formatted(parameter, said, e.getMessage().replaceAll("\\s*\\R\\s*", " ")),
            "Give an SQL expression for one row, such as -Dmigrate.%s; it may name other columns of the row."
                .formatted(
                    parameter.equals("value") ? "value=\"lower(name)\"" : "where=\"name IS NULL\""),
            e);
      }
      throw e;
    }
  }
}
