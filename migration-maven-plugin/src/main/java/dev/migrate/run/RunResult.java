package dev.migrate.run;

import dev.migrate.backup.Manifest;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.revision.Revision;
import dev.migrate.script.RevisionFile;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an upgrade or a downgrade has done.
 *
 * @param run what was planned
 * @param outcome what ran
 * @param after where the target stands now
 * @param took how long it ran, without the backup
 * @param safetyBackup the backup of before, or null when none was due
 */
public record RunResult(
    PlannedRun run, RunOutcome outcome, TargetState after, Duration took, Manifest safetyBackup) {
  /** Needs everything but the backup. */
  public RunResult {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(took, "took");
  }

  /**
   * A revision that was applied and has no downgrade.
   *
   * @param revision which
   * @param why for people, such as {@code it has no downgrade script}
   */
  public record Irreversible(Revision revision, String why) {}

  /**
   * @return the backup of before, if one was due
   */
  public Optional<Manifest> backup() {
    return Optional.ofNullable(safetyBackup);
  }

  /**
   * @return the revisions of an upgrade that no downgrade takes back; a baseline is not meant to be
   */
  public List<Irreversible> irreversible() {
    if (run.direction() instanceof RunDirection.Down) {
      return List.of();
    }
    return run.files().stream()
        .filter(file -> !file.revision().baseline())
        .filter(file -> file.downgrade().isEmpty() || file.downgradeUnwritten())
        .map(file -> new Irreversible(file.revision(), why(file)))
        .toList();
  }

  private static String why(RevisionFile file) {
    return file.downgradeUnwritten()
        ? "its downgrade script has no statement"
        : "it has no downgrade script";
  }
}
