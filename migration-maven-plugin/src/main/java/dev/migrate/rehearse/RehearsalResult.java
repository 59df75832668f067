package dev.migrate.rehearse;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a rehearsal: time, locks, rewrites, rows and disk of each revision, and what
 * failed.
 *
 * @param target the database that was copied, fit for any log
 * @param serverVersion the version of the server that the copy was on
 * @param sample how many rows of each table were copied; 0 is all
 * @param copied how long the copy took
 * @param runs every run of a script, in order
 * @param differences what the downgrades did not bring back, by table; empty when they brought back
 *     everything, or were not run
 * @param sameSchema whether the schema after the downgrades is that of before
 * @param wentBack whether all downgrades ran
 */
public record RehearsalResult(
    String target,
    String serverVersion,
    int sample,
    Duration copied,
    List<Run> runs,
    List<String> differences,
    boolean sameSchema,
    boolean wentBack) {
  /** Copies what it is given. */
  public RehearsalResult {
    Objects.requireNonNull(target, "target");
    runs = List.copyOf(runs);
    differences = List.copyOf(differences);
  }

  /**
   * @param target the database, fit for any log
   * @return what is seen where nothing is pending, for which no copy is needed
   */
  public static RehearsalResult nothing(String target, String serverVersion) {
    return new RehearsalResult(
        target, serverVersion, 0, Duration.ZERO, List.of(), List.of(), true, false);
  }

  /**
   * @param sandboxed whether the copy was in a sandbox, where revisions have no right but those of
   *     an owner
   * @return why the rehearsal counts as failed, and what to do; empty when it passed
   */
  public Optional<MigrateException> failure(boolean sandboxed) {
    if (passed()) {
      return Optional.empty();
    }
    return Optional.of(
        failedRun()
            .map(run -> failed(run, sandboxed))
            .orElseGet(
                () ->
                    new MigrateException(
                        FailureCode.REHEARSAL_FAILED,
                        "The downgrades do not bring back the schema that was there before.",
                        "Mend the downgrade scripts; mvn migrate:verify shows what they leave. The target"
                            + " was not touched.")));
  }

  private static MigrateException failed(Run run, boolean sandboxed) {
    String why = run.failed().orElseThrow();
    boolean lacksPower = sandboxed && why.contains("SQLSTATE 42501");
    return new MigrateException(
        FailureCode.REHEARSAL_FAILED,
        "On the copy, revision %s failed (%s): %s"
            .formatted(run.revision().title(), run.phase().word(), why),
        lacksPower
            ? "In scratch revisions run as a role that owns the copy and has no other"
                + " right. If this one may do it in the target, and you trust everybody"
                + " who may create objects there, give -Dmigrate.trustTarget=true. The"
                + " target was not touched."
            : "Mend the script or the rows that it names, and rehearse again; the target"
                + " was not touched.");
  }

  /** The direction and the time of a run. */
  public enum Phase {
    /** For the first time. */
    UP,
    /** Taken back. */
    DOWN,
    /** Applied again. */
    UP_AGAIN;

    /**
     * @return the phase in words
     */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * One revision in one direction.
   *
   * @param revision the revision
   * @param phase the direction
   * @param took how long it ran
   * @param tables what it did to each table that it locked, wrote again, or changed the rows of
   * @param diskBytes how much larger the database was afterwards, or at most while it ran
   * @param failure why it failed, or null
   */
  public record Run(
      Revision revision,
      Phase phase,
      Duration took,
      List<TableEffect> tables,
      long diskBytes,
      String failure) {
    /** Copies what it is given. */
    public Run {
      tables = List.copyOf(tables);
    }

    /**
     * @return why it failed
     */
    public Optional<String> failed() {
      return Optional.ofNullable(failure);
    }
  }

  /**
   * What a revision did to a table.
   *
   * @param table its name, as SQL has it
   * @param lock the strongest lock on it, in PostgreSQL's words; null when it was not locked in a
   *     way that anybody notices, or nobody could see it
   * @param held how long it was held, at most
   * @param rewritten whether it has a new file
   * @param rowsBefore its rows before; -1 when it was not there
   * @param rowsAfter its rows after; -1 when it is gone
   */
  public record TableEffect(
      String table,
      String lock,
      Duration held,
      boolean rewritten,
      long rowsBefore,
      long rowsAfter) {
    /**
     * @return the strongest lock
     */
    public Optional<String> strongestLock() {
      return Optional.ofNullable(lock);
    }
  }

  /**
   * @return the first run that failed
   */
  public Optional<Run> failedRun() {
    return runs.stream().filter(run -> run.failed().isPresent()).findFirst();
  }

  /**
   * Rows that a downgrade cannot bring back, such as those of a dropped column, are no failure: a
   * backup is there for them.
   *
   * @return whether every script ran, and the downgrades that ran brought back the schema
   */
  public boolean passed() {
    return failedRun().isEmpty() && sameSchema;
  }
}
