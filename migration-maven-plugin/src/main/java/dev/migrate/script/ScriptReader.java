package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLParser;

/**
 * Splits scripts into statements with Flyway's own SQL parser, so that upward and downward the same
 * rules hold, and refuses what could not be taken back before anything is run.
 */
public final class ScriptReader {
  /** Statements that would end our transaction, and with it the promise of all or nothing. */
  private static final Pattern TRANSACTION_CONTROL =
      Pattern.compile(
          "(?is)^(BEGIN|START\\s+TRANSACTION|COMMIT|END|ROLLBACK(?!\\s+(WORK\\s+|TRANSACTION\\s+)?TO)"
              + "|ABORT|PREPARE\\s+TRANSACTION)\\b.*");

  private static final Pattern ADD_VALUE = Pattern.compile("ALTER TYPE .*ADD VALUE.*");

  private final Configuration configuration;

  /**
   * @param configuration how Flyway is configured, above all its placeholders
   */
  public ScriptReader(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * @param file a script
   * @return its statements
   * @throws MigrateException {@code INVALID_REVISION_FILE} when it cannot be parsed, mixes
   *     statements that can and cannot run in a transaction, or ends the transaction itself
   */
  public ParsedScript read(Script file) {
    SqlScript script = parsed(file);
    if (script.executeInTransaction()) {
      refuseTransactionControl(file.name(), script);
    }
    return new ParsedScript(script, configuration);
  }

  /**
   * @param file a script
   * @return its text with the values of its placeholders, if they are replaced
   */
  public String text(Script file) {
    if (!configuration.isPlaceholderReplacement()) {
      return file.text();
    }
    LoadableResource plain =
        new FlywayResources.FileResource(
            file.path().getParent(), file.path(), file.conventions().encoding());
    try (Reader reader =
        LoadableResource.createPlaceholderReplacingLoadableResource(
                plain,
                configuration,
                FlywayPlaceholders.context(file.path().getFileName().toString(), configuration))
            .read()) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks at a script that Flyway runs beside the revisions, before anything is run.
   *
   * @param file a repeatable migration or a callback
   * @throws MigrateException {@code INVALID_REVISION_FILE} when it cannot be split into statements,
   *     or is no SQL
   */
  public void requireSql(Script file) {
    parsed(file, true, "a script");
  }

  private SqlScript parsed(Script file) {
    return parsed(file, configuration.isMixed(), "a revision");
  }

  private SqlScript parsed(Script file, boolean mixed, String holder) {
    Path folder = file.path().getParent();
    ParsingContext context =
        FlywayPlaceholders.context(file.path().getFileName().toString(), configuration);
    try {
      SqlScript script =
          new Dialect()
              .createSqlScriptFactory(configuration, context)
              .createSqlScript(
                  new FlywayResources.FileResource(
                      folder, file.path(), file.conventions().encoding()),
                  mixed,
                  FlywayResources.of(file));
      script.validate();
      refusePsqlCommands(file.name(), script, holder);
      if (!configuration.isPlaceholderReplacement()) {
        refusePlaceholders(file.name(), script);
      }
      return script;
    } catch (FlywayException e) {
      throw UnknownPlaceholder.withoutValue(file, e, configuration)
          .orElseGet(() -> unreadable(file.name(), e));
    }
  }

  /** Flyway's own are never meant as they stand, and nobody would notice until it is too late. */
  private static void refusePlaceholders(String file, SqlScript script) {
    for (SqlStatement statement : statements(script)) {
      String sql = statement.getSql().substring(LeadingComments.end(statement.getSql()));
      FlywayPlaceholders.in(sql)
          .ifPresent(
              said -> {
                throw new MigrateException(
                    FailureCode.INVALID_REVISION_FILE,
                    "%s, line %d: the statement says %s, and placeholders are off, so that it would be"
                            .formatted(file, statement.getLineNumber(), said)
                        + " run with these very characters.",
                    "Flyway and this plugin replace it once the plugin's configuration has"
                        + " <placeholders> with at least one entry (then every other ${…} needs a"
                        + " value, too); or write what it stands for.");
              });
    }
  }

  private static void refusePsqlCommands(String file, SqlScript script, String holder) {
    for (SqlStatement statement : statements(script)) {
      String sql = statement.getSql();
      int start = LeadingComments.end(sql);
      PsqlCommand.refuse(
          FailureCode.INVALID_REVISION_FILE,
          file,
          statement.getLineNumber(),
          sql.substring(start),
          holder,
          "Remove the line, and put what it includes in its place.");
    }
  }

  private static void refuseTransactionControl(String file, SqlScript script) {
    transactionControl(file, script)
        .ifPresent(
            refused -> {
              throw refused;
            });
  }

  /**
   * @param file a script
   * @return the refusal to run it because it ends the transaction itself
   * @throws MigrateException {@code INVALID_REVISION_FILE} when it cannot be parsed
   */
  public Optional<MigrateException> refusesOwnTransactions(Script file) {
    return transactionControl(file.name(), parsed(file));
  }

  private static Optional<MigrateException> transactionControl(String file, SqlScript script) {
    for (SqlStatement statement : statements(script)) {
      String sql = statement.getSql().substring(LeadingComments.end(statement.getSql()));
      if (TRANSACTION_CONTROL.matcher(sql).matches()) {
        return Optional.of(
            new MigrateException(
                FailureCode.INVALID_REVISION_FILE,
                "%s, line %d: \"%s\" would end the transaction in which the revision runs, so that a"
                        .formatted(file, statement.getLineNumber(), sql.strip())
                    + " failure after it could not be rolled back.",
                "Remove it (every revision runs in a transaction of its own), or say -- transaction:"
                    + " none in the header if the script has to manage its transactions itself. One"
                    + " that is released must not change: say up to where the history is released"
                    + " (migrate.released), or put a file beside it, named as it is with .conf behind,"
                    + " in which executeInTransaction=false stands; Flyway heeds that, too."));
      }
    }
    return Optional.empty();
  }

  /** The statements of a text in which no dollar sign is a placeholder. */
  static List<String> statements(String text) {
    Configuration plain =
        Flyway.configure(ScriptReader.class.getClassLoader()).placeholderReplacement(false);
    SqlScript script =
        new Dialect()
            .createSqlScriptFactory(plain, new ParsingContext())
            .createSqlScript(new StringResource(text), true, null);
    try {
      return statements(script).stream().map(SqlStatement::getSql).toList();
    } catch (FlywayException e) {
      return List.of(); // Whoever runs it says what is wrong with it.
    }
  }

  /**
   * @param file a script
   * @param placeholders what is replaced in it
   * @return the same, ready to run outside a history
   * @throws MigrateException {@code INVALID_REVISION_FILE} as {@link #read}
   */
  public static RunnableScript runnable(Script file, Placeholders placeholders) {
    Configuration configuration =
        FlywayPlaceholders.withAny(placeholders)
            .tell(Flyway.configure(ScriptReader.class.getClassLoader()));
    ParsedScript script = new ScriptReader(configuration).read(file);
    return new RunnableScript(file.name(), script.transactional(), script.statements());
  }

  /**
   * Splits a script that may be wrong in its use of transactions, to say what is.
   *
   * @param file a script
   * @param placeholders what is replaced in it
   * @return its statements; transactional if the file does not say otherwise, even where it mixes
   *     statements that can and cannot run in a transaction
   * @throws MigrateException {@code INVALID_REVISION_FILE} when it cannot be split
   */
  public static RunnableScript lenient(Script file, Placeholders placeholders) {
    Configuration configuration =
        FlywayPlaceholders.withAny(placeholders)
            .tell(Flyway.configure(ScriptReader.class.getClassLoader()).mixed(true));
    SqlScript script = new ScriptReader(configuration).parsed(file);
    List<ScriptStatement> statements = statements(script, configuration);
    boolean alone =
        !statements.isEmpty() && statements.stream().noneMatch(ScriptStatement::transactional);
    return new RunnableScript(
        file.name(), (file.transactional() || file.endsTransactions()) && !alone, statements);
  }

  static List<ScriptStatement> statements(SqlScript script, Configuration configuration) {
    return statements(script).stream().map(one -> new ScriptStatement(one, configuration)).toList();
  }

  private static List<SqlStatement> statements(SqlScript script) {
    List<SqlStatement> statements = new ArrayList<>();
    try (SqlStatementIterator iterator = script.getSqlStatements()) {
      iterator.forEachRemaining(statements::add);
    }
    return statements;
  }

  /**
   * Splits a file that is no revision, such as a model.
   *
   * @param name how messages name it
   * @return its statements; none of its dollar signs is a placeholder
   * @throws MigrateException {@code FILE_ACCESS} when it cannot be read, {@code
   *     INVALID_REVISION_FILE} when it is not UTF-8 or a quote in it is not closed
   */
  public static List<ScriptStatement> split(Path file, String name) {
    ScriptText text = ScriptText.read(file, name);
    Configuration plain =
        Flyway.configure(ScriptReader.class.getClassLoader()).placeholderReplacement(false);
    SqlScript script =
        new Dialect()
            .createSqlScriptFactory(plain, new ParsingContext())
            .createSqlScript(new StringResource(text.text()), true, null);
    try {
      script.validate();
    } catch (FlywayException e) {
      throw unreadable(name, e);
    }
    return statements(script, plain);
  }

  /** Flyway's PostgreSQL, of which we know without asking that it is not older than 12. */
  private static final class Dialect extends PostgreSQLDatabaseType {
    @Override
    public Parser createParser(
        Configuration configuration, ResourceProvider resources, ParsingContext context) {
      return new PostgreSQLParser(configuration, context) {
        @Override
        protected Boolean detectCanExecuteInTransaction(String statement, List<Token> keywords) {
          return ADD_VALUE.matcher(statement).matches()
              ? Boolean.TRUE
              : super.detectCanExecuteInTransaction(statement, keywords);
        }
      };
    }
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
