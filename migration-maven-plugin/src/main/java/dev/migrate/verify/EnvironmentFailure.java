package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.replay.MissingOnScratch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Classifies failures of the environment (no server, no connection, no disk), which are not
 * findings of a check.
 */
final class EnvironmentFailure {
  private static final String CANCELLED = "57014";
  private static final String NOT_PERMITTED = "42501";

  /** What says nothing about the revisions: no server, no connection, no file. */
  private static final Set<FailureCode> SURROUNDINGS =
      Set.of(
          FailureCode.EMBEDDED_POSTGRES,
          FailureCode.CONNECTION,
          FailureCode.FILE_ACCESS,
          FailureCode.DATABASE,
          FailureCode.LOCKED,
          FailureCode.INVALID_PARAMETER,
          FailureCode.NOT_SUPPORTED);

  private EnvironmentFailure() {}

  /**
   * @param e what ended a check
   * @return whether it says nothing about what was to be checked
   */
  static boolean isOne(MigrateException e) {
    return SURROUNDINGS.contains(e.code())
        || sqlCause(e).filter(EnvironmentFailure::isOne).isPresent();
  }

  static boolean isOne(SQLException e) {
    return MissingOnScratch.remedy(e).isPresent()
        || NOT_PERMITTED.equals(e.getSQLState())
        || String.valueOf(e.getSQLState()).startsWith("08")
        || String.valueOf(e.getSQLState()).startsWith("57P0");
  }

  /**
   * @param check a check that was ended
   * @param e by what
   * @param limit how long a statement may run
   * @return what to say of it
   */
  static CheckResult result(Check check, MigrateException e, Duration limit) {
    Optional<SQLException> sql = sqlCause(e);
    String remedy = sql.flatMap(one -> remedy(one, limit)).orElse(e.remedy());
    return isOne(e)
        ? CheckResult.notRun(check, e.problem() + " " + remedy)
        : CheckResult.of(
            check,
            "stopped",
            java.util.List.of(CheckFinding.of("", e.problem(), remedy)),
            java.util.List.of());
  }

  /** What to do about a refusal that has a reason of its own. */
  static Optional<String> remedy(SQLException e, Duration limit) {
    if (CANCELLED.equals(e.getSQLState())) {
      return Optional.of(
          ("The statement did not end within %d s: mend it, or allow more with"
                  + " -Dmigrate.statementTimeout=<seconds> if it needs that long on an empty"
                  + " database.")
              .formatted(limit.toSeconds()));
    }
    if (NOT_PERMITTED.equals(e.getSQLState())) {
      String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      return Optional.of(
          "The role on the scratch server lacks the right"
              + (message.contains("superuser") ? " of a superuser" : "")
              + ": use the embedded PostgreSQL (leave out -Dmigrate.scratchUrl), or give a role that"
              + " has it with -Dmigrate.scratchUser.");
    }
    return MissingOnScratch.remedy(e);
  }

  private static Optional<SQLException> sqlCause(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner);
  }
}
