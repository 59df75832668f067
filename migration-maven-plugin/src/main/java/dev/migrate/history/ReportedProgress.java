package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Remembers what a run has reported as committed, to explain a lost connection. When the connection
 * is lost, the server that answers at the address afterwards may be another one, which has taken
 * over without having received the last of it; nobody is to find that out by himself.
 */
final class ReportedProgress implements Progress {
  private static final int ATTEMPTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Progress listener;
  private final Set<RevisionId> done = new LinkedHashSet<>();

  ReportedProgress(Progress listener) {
    this.listener = listener;
  }

  /**
   * @param failure what stopped the run
   * @param target the database
   * @param purpose shown to its administrator
   * @param table its history
   * @param up whether what is done was applied, and not taken back
   * @return the failure; of a lost connection with what the server lacks that answers now
   */
  MigrateException explain(
      MigrateException failure, Target target, String purpose, HistoryTable table, boolean up) {
    if (failure.code() != FailureCode.CONNECTION || done.isEmpty()) {
      return failure;
    }
    Optional<History> now = now(target, purpose, table);
    String told =
        now.map(history -> compare(history, target, up))
            .orElseGet(
                () ->
                    "No server answers at %s yet. This run has reported as done: %s. If another server takes over, it may lack the last of them, unless it replicates synchronously."
                        .formatted(target.place(), list(done)));
    return new MigrateException(
        failure.code(),
        failure.problem() + System.lineSeparator() + told,
        failure.remedy(),
        failure);
  }

  private String compare(History history, Target target, boolean up) {
    List<RevisionId> lacking =
        done.stream().filter(id -> history.appliedRow(id).isPresent() != up).toList();
    if (lacking.isEmpty()) {
      return "The server that answers at %s now has all that this run has reported as done: %s."
          .formatted(target.place(), list(done));
    }
    return "The server that answers at %s now never received what this run has reported as %s: %s."
            .formatted(target.place(), up ? "applied" : "taken back", list(lacking))
        + " It has taken over from another one, and lacks what was written there last; see to it that"
        + " the old one does not come back as a primary. Run again, the goal does there what is"
        + " missing.";
  }

  private Optional<History> now(Target target, String purpose, HistoryTable table) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (int attempt = 0; attempt < ATTEMPTS && System.nanoTime() < until; attempt++) {
      try (QueryConnection asking = target.ask(purpose)) {
        return Optional.of(HistoryReader.read(asking, Optional.of(table.schema()), table.name()));
      } catch (MigrateException notYet) {
        try {
          Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static String list(Iterable<RevisionId> ids) {
    return java.util.stream.StreamSupport.stream(ids.spliterator(), false)
        .map(RevisionId::toString)
        .collect(Collectors.joining(", "));
  }

  @Override
  public void finished(Revision revision, Duration took) {
    done.add(revision.id());
    listener.finished(revision, took);
  }

  @Override
  public void waiting(String holder) {
    listener.waiting(holder);
  }

  @Override
  public void started(Revision revision) {
    listener.started(revision);
  }

  @Override
  public void started(JavaMigration step) {
    listener.started(step);
  }

  @Override
  public void notice(String message) {
    listener.notice(message);
  }

  @Override
  public void retrying(Revision revision, int attempt, Duration pause) {
    listener.retrying(revision, attempt, pause);
  }

  @Override
  public void runningAgain(Revision revision) {
    listener.runningAgain(revision);
  }
}
