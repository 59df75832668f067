package dev.migrate.script;

import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;

/**
 * The SQL statement of a script at which Flyway has stopped, with its line and error.
 *
 * @param file the name of the script's file; empty for what Flyway runs for itself, such as to make
 *     the table of the history
 * @param line the line of the file at which the statement begins, from 1
 * @param sql the statement with the comments before it
 * @param cause what Flyway threw
 */
public record FailedStatement(Optional<String> file, int line, String sql, Throwable cause) {
  /**
   * @param thrown what Flyway threw
   * @return the statement, if a statement is what failed
   */
  public static Optional<FailedStatement> in(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .filter(FlywaySqlScriptException.class::isInstance)
        .map(FlywaySqlScriptException.class::cast)
        .findFirst()
        .map(
            failed ->
                new FailedStatement(
                    Optional.ofNullable(failed.getResource())
                        .map(resource -> resource.getFilename())
                        .filter(name -> !name.isEmpty()),
                    failed.getLineNumber(),
                    failed.getStatement(),
                    failed));
  }
}
