package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run is to do to a history. Afterwards the history is read again and laid beside it: what a
 * script, a callback or Flyway itself did otherwise is a failure, never a success without a word.
 *
 * @param recorded the revisions that are to be recorded as applied, anew where they were already
 * @param takenBack the revisions that are not to count as applied any more
 * @param repeatables the repeatable migrations that are to run
 */
record Intent(Set<RevisionId> recorded, Set<RevisionId> takenBack, List<Script> repeatables) {
  Intent {
    recorded = Set.copyOf(recorded);
    takenBack = Set.copyOf(takenBack);
    repeatables = List.copyOf(repeatables);
  }

  static Intent upgrade(List<Revision> plan, List<Script> repeatables) {
    return new Intent(ids(plan), Set.of(), repeatables);
  }

  static Intent downgrade(List<Revision> plan) {
    return new Intent(Set.of(), ids(plan), List.of());
  }

  static Set<RevisionId> ids(Collection<Revision> revisions) {
    Set<RevisionId> ids = new TreeSet<>();
    revisions.forEach(revision -> ids.add(revision.id()));
    return ids;
  }

  /**
   * @param before the history before the run
   * @param after the history after it, read under the same lock
   * @throws MigrateException {@code NOT_AS_PLANNED} when they differ by anything else than this
   */
  void requireDone(History before, History after) {
    List<String> differences = differences(before, after);
    if (!differences.isEmpty()) {
      throw new MigrateException(
          FailureCode.NOT_AS_PLANNED,
          "The run came to its end, and the history does not say what was to be done: "
              + String.join("; ", differences)
              + ".",
          "Look at both sides with mvn migrate:history before anything else runs here, and for a"
              + " script or a callback that writes to the history itself. Where the schema really"
              + " stands can be recorded with mvn migrate:stamp -Dmigrate.to=<revision>.");
    }
  }

  /**
   * @return what differs, each as a clause that names a revision or a repeatable migration
   */
  List<String> differences(History before, History after) {
    Map<RevisionId, String> found = new TreeMap<>();
    recorded.forEach(
        id ->
            wrongRecord(id, before, after).ifPresent(what -> found.put(id, of(id, after) + what)));
    takenBack.forEach(
        id -> wrongTakingBack(id, after).ifPresent(what -> found.put(id, of(id, before) + what)));
    Set<RevisionId> others = new TreeSet<>(before.applied(List.of()));
    others.addAll(after.applied(List.of()));
    others.addAll(after.failed().keySet());
    others.removeAll(recorded);
    others.removeAll(takenBack);
    others.forEach(
        id ->
            unplanned(id, before, after)
                .ifPresent(
                    what ->
                        found.put(
                            id, (isKnown(id, after) ? of(id, after) : of(id, before)) + what)));
    List<String> differences = new ArrayList<>(found.values());
    differences.addAll(repeatableDifferences(before, after));
    return List.copyOf(differences);
  }

  private static boolean isKnown(RevisionId id, History history) {
    return history.appliedRow(id).isPresent() || history.failed().containsKey(id);
  }

  private static String of(RevisionId id, History history) {
    return history
        .appliedRow(id)
        .or(() -> Optional.ofNullable(history.failed().get(id)))
        .map(row -> "revision %s \"%s\" ".formatted(id, row.description()))
        .orElse("revision %s ".formatted(id));
  }

  private static Optional<String> wrongRecord(RevisionId id, History before, History after) {
    if (after.failed().containsKey(id)) {
      return Optional.of("is recorded as failed");
    }
    Optional<HistoryRow> row = after.appliedRow(id);
    if (row.isEmpty()) {
      return Optional.of("was neither run nor recorded");
    }
    return row.get().rank() > before.lastRank()
        ? Optional.empty()
        : Optional.of("was planned and was not run, because it was recorded already");
  }

  private static Optional<String> wrongTakingBack(RevisionId id, History after) {
    if (after.failedDowngrades().containsKey(id)) {
      return Optional.of("is recorded as taken back half-way");
    }
    return after.appliedRow(id).isPresent()
        ? Optional.of("was to be taken back and is recorded as applied")
        : Optional.empty();
  }

  private static Optional<String> unplanned(RevisionId id, History before, History after) {
    boolean failed =
        after.failed().containsKey(id) && !after.failed().get(id).equals(before.failed().get(id));
    if (failed) {
      return Optional.of("is recorded as failed, though it was not planned");
    }
    Optional<HistoryRow> was = before.appliedRow(id);
    Optional<HistoryRow> is = after.appliedRow(id);
    if (was.map(HistoryRow::rank).equals(is.map(HistoryRow::rank))) {
      return Optional.empty();
    }
    return Optional.of(
        is.isPresent()
            ? "is recorded as applied, though it was not planned"
            : "is no longer recorded as applied, though it was not to be taken back");
  }

  private List<String> repeatableDifferences(History before, History after) {
    List<String> differences = new ArrayList<>();
    Set<String> planned = new TreeSet<>();
    for (Script script : repeatables) {
      planned.add(script.description());
      if (after.failedRepeatables().containsKey(script.description())) {
        differences.add("%s is recorded as failed".formatted(script.name()));
      } else if (after
          .repeatable(script.description())
          .filter(row -> row.rank() > before.lastRank())
          .isEmpty()) {
        differences.add("%s was neither run nor recorded".formatted(script.name()));
      }
    }
    after.rows().stream()
        .filter(row -> row.id().isEmpty() && row.kind() == RowKind.SCRIPT)
        .filter(row -> row.rank() > before.lastRank() && !planned.contains(row.description()))
        .forEach(
            row ->
                differences.add(
                    "%s is recorded, though it was not planned".formatted(row.script())));
    return differences;
  }
}
