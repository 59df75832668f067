package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Timeouts;
import dev.migrate.script.RevisionFiles;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Superclass of the goals that change a target under the lock of its history: the parameters of
 * locks, timeouts and placeholders.
 */
abstract class MovingMojo extends TargetMojo {
  /**
   * How long to wait for the lock of the history while somebody else migrates: seconds, or a number
   * with a unit ({@code 500ms}, {@code 2m}).
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.lockWait", defaultValue = "60")
  private String lockWait;

  /**
   * How long a statement of a script may wait for a lock on a table: seconds, or a number with a
   * unit; 0 is for ever. Whoever waits for a strong lock makes everybody behind him wait, so a
   * revision that hits this limit is rolled back and tried again later.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.lockTimeout", defaultValue = "5")
  private String lockTimeout;

  /**
   * How often a revision that hit the lock timeout is tried again, with growing pauses.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.lockRetries", defaultValue = "5")
  private String lockRetries;

  /**
   * How long a statement of a script may run: seconds, or a number with a unit; 0 is for ever.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.statementTimeout", defaultValue = "0")
  private String statementTimeout;

  /**
   * Values for Flyway's placeholders <code>${name}</code> in scripts. Without any, dollar signs and
   * braces are left alone.
   *
   * @since 1.0.0
   */
  @Parameter private Map<String, String> placeholders;

  /**
   * Up to where the history is released: a revision, or the git tag, branch or commit of a release.
   * Scripts up to there run as Flyway has run them, also those that end their transactions
   * themselves (BEGIN, COMMIT).
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.released")
  private String released;

  /** Whoever moves a target runs what its classes do, too, as the application would. */
  @Override
  final RevisionFiles known(RevisionFiles files) {
    return ReleasedParameter.in(files.runnableBy(javaRunner()), released, getLog()::warn);
  }

  final HistoryOptions options() {
    return history(placeholders)
        .with(
            new Timeouts(
                DurationParser.parse("lockWait", lockWait),
                DurationParser.parse("lockTimeout", lockTimeout),
                DurationParser.parse("statementTimeout", statementTimeout),
                retries()));
  }

  private int retries() {
    String text = lockRetries.strip();
    if (!text.matches("[0-9]{1,6}")) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.lockRetries=%s is not a number of retries.".formatted(lockRetries),
          "Give 0 or more, such as -Dmigrate.lockRetries=3.");
    }
    return Integer.parseInt(text);
  }

  final LockedTarget lock(OpenTarget open, LogProgress progress) {
    return LockedTarget.open(open.target(), purpose(), options(), progress);
  }
}
