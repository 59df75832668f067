package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.replay.MissingPrerequisite;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.SqlState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Classifies failures of the environment (no server, no connection, no disk), which are not
 * findings of a check.
 */
final class EnvironmentFailure {
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
        || PostgresError.cause(e).filter(EnvironmentFailure::isOne).isPresent();
  }

  static boolean isOne(SQLException e) {
    return MissingPrerequisite.remedy(e).isPresent()
        || SqlState.INSUFFICIENT_PRIVILEGE.is(e)
        || PostgresError.isConnectionLost(e);
  }

  /**
   * @param check a check that was ended
   * @param e by what
   * @param limit how long a statement may run
   * @return what to say of it
   */
  static CheckResult result(Check check, MigrateException e, Duration limit) {
    Optional<SQLException> sql = PostgresError.cause(e);
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
    if (SqlState.QUERY_CANCELED.is(e)) {
      return Optional.of(
          ("The statement did not end within %d s: mend it, or allow more with"
                  + " -Dmigrate.statementTimeout=<seconds> if it needs that long on an empty"
                  + " database.")
              .formatted(limit.toSeconds()));
    }
    if (SqlState.INSUFFICIENT_PRIVILEGE.is(e)) {
      String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      return Optional.of(
          "The role on the scratch server lacks the right"
              + (message.contains("superuser") ? " of a superuser" : "")
              + ": use the embedded PostgreSQL (leave out -Dmigrate.scratchUrl), or give a role that"
              + " has it with -Dmigrate.scratchUser.");
    }
    return MissingPrerequisite.remedy(e);
  }
}
