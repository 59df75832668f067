package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.script.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/**
 * Splits scripts into statements with Flyway's own parser, so that upward and downward the same
 * rules hold, and refuses what could not be taken back before anything is run.
 */
final class ScriptReader {
  /** Statements that would end our transaction, and with it the promise of all or nothing. */
  private static final Pattern TRANSACTION_CONTROL =
      Pattern.compile(
          "(?is)^(BEGIN|START\\s+TRANSACTION|COMMIT|END|ROLLBACK(?!\\s+(WORK\\s+|TRANSACTION\\s+)?TO)"
              + "|ABORT|PREPARE\\s+TRANSACTION)\\b.*");

  private final Configuration configuration;

  ScriptReader(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * @param file a script
   * @return its statements
   * @throws MigrateException {@code INVALID_REVISION_FILE} when it cannot be parsed, mixes
   *     statements that can and cannot run in a transaction, or ends the transaction itself
   */
  SqlScript read(Script file) {
    Path folder = file.path().getParent();
    FlywayResources resources =
        new FlywayResources(
            List.of(folder),
            Set.of(file.path()),
            file.transactional() ? Set.of() : Set.of(file.path()),
            false);
    SqlScript script =
        new PostgreSQLDatabaseType()
            .createSqlScriptFactory(configuration, new ParsingContext())
            .createSqlScript(
                new FlywayResources.FileResource(folder, file.path()), false, resources);
    try {
      script.validate();
    } catch (FlywayException e) {
      throw unreadable(file.name(), e);
    }
    if (script.executeInTransaction()) {
      refuseTransactionControl(file.name(), script);
    }
    return script;
  }

  private static void refuseTransactionControl(String file, SqlScript script) {
    for (SqlStatement statement : statements(script)) {
      String sql = statement.getSql().substring(LeadingComments.end(statement.getSql()));
      if (TRANSACTION_CONTROL.matcher(sql).matches()) {
        throw new MigrateException(
            FailureCode.INVALID_REVISION_FILE,
            "%s, line %d: \"%s\" would end the transaction in which the revision runs, so that a"
                    .formatted(file, statement.getLineNumber(), sql.strip())
                + " failure after it could not be rolled back.",
            "Remove it (every revision runs in a transaction of its own), or say -- transaction:"
                + " none in the header if the script has to manage its transactions itself.");
      }
    }
  }

  static List<SqlStatement> statements(SqlScript script) {
    List<SqlStatement> statements = new ArrayList<>();
    try (SqlStatementIterator iterator = script.getSqlStatements()) {
      iterator.forEachRemaining(statements::add);
    }
    return statements;
  }

  private static MigrateException unreadable(String file, FlywayException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (message.startsWith("Detected both transactional and non-transactional")) {
      return new MigrateException(
          FailureCode.INVALID_REVISION_FILE,
          "%s mixes statements that can run in a transaction with one that cannot: %s"
              .formatted(file, message.replaceFirst("^.*Offending statement found at ", "")),
          "Put that statement into a revision of its own, or say -- transaction: none in the header"
              + " if the script may stop half-way.",
          e);
    }
    return new MigrateException(
        FailureCode.INVALID_REVISION_FILE,
        "%s cannot be split into statements: %s".formatted(file, message.strip()),
        "Look for a quote, a dollar quote or a comment that is not closed.",
        e);
  }
}
