package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Postcondition check of a run: what the history is expected to say afterwards, compared with what
 * it says. Afterwards the history is read again and laid beside it: what a script, a callback,
 * somebody else or Flyway itself did otherwise is a failure, never a success without a word.
 *
 * @param recorded the revisions that are to be recorded as applied, anew where they were already,
 *     with the checksums of their scripts
 * @param takenBack the revisions that are not to count as applied any more
 * @param repeatables the repeatable migrations that are to run
 */
record IntendedHistory(
    Map<RevisionId, Integer> recorded, Set<RevisionId> takenBack, List<Script> repeatables) {
  private static final String LOOK =
      "Look at both sides with mvn migrate:history before anything else runs here, and for a script,"
          + " a callback, a trigger on the history table or another program that writes to the"
          + " history itself.";

  IntendedHistory {
    recorded = Map.copyOf(recorded);
    takenBack = Set.copyOf(takenBack);
    repeatables = List.copyOf(repeatables);
  }

  static IntendedHistory upgrade(
      RevisionFiles files, List<Revision> plan, List<Script> repeatables) {
    return new IntendedHistory(checksums(files, plan), Set.of(), repeatables);
  }

  static IntendedHistory downgrade(List<Revision> plan) {
    return new IntendedHistory(Map.of(), ids(plan), List.of());
  }

  static IntendedHistory stamp(
      RevisionFiles files, List<Revision> recorded, Set<RevisionId> undone) {
    Set<RevisionId> takenBack = new TreeSet<>(undone);
    takenBack.removeAll(ids(recorded));
    return new IntendedHistory(checksums(files, recorded), takenBack, List.of());
  }

  private static Map<RevisionId, Integer> checksums(RevisionFiles files, List<Revision> revisions) {
    Map<RevisionId, Integer> checksums = new LinkedHashMap<>();
    files.get(revisions).forEach(file -> checksums.put(file.id(), file.upgrade().checksum()));
    return checksums;
  }

  static Set<RevisionId> ids(Collection<Revision> revisions) {
    Set<RevisionId> ids = new TreeSet<>();
    revisions.forEach(revision -> ids.add(revision.id()));
    return ids;
  }

  /**
   * @param what what happened, up to the conjunction
   * @param table the history
   * @return what stops a run whose rows do not stay as they are written
   */
  static MigrateException notKept(String what, HistoryTable table) {
    return new MigrateException(
        FailureCode.NOT_AS_PLANNED,
        "%s the history table %s does not keep the rows that are written to it."
            .formatted(what, table.quoted()),
        "Drop the trigger or the rule on it that swallows or changes them. Then compare both sides with"
            + " mvn migrate:history, and record where the schema really stands with mvn migrate:stamp"
            + " -Dmigrate.to=<revision>.");
  }

  /**
   * Between the plan and its run lies a backup, which may take hours; who does not take the lock of
   * the history may have moved it meanwhile.
   *
   * @param now the history as the run finds it
   * @param again what is to be recorded although it is already
   * @throws MigrateException {@code NOT_AS_PLANNED} when a revision does not stand where it stood
   */
  void requireStillToDo(History now, Set<RevisionId> again) {
    Map<RevisionId, String> moved = new TreeMap<>();
    for (RevisionId id : recorded.keySet()) {
      if (now.appliedRow(id).isPresent() && !again.contains(id)) {
        moved.put(id, of(id, now) + "was to run and is recorded as applied by now");
      }
    }
    for (RevisionId id : takenBack) {
      if (now.appliedRow(id).isEmpty() && !again.contains(id)) {
        moved.put(id, of(id, now) + "was to be taken back and is not recorded as applied any more");
      }
    }
    if (!moved.isEmpty()) {
      throw new MigrateException(
          FailureCode.NOT_AS_PLANNED,
          "Somebody else has moved the history since this run was planned: "
              + String.join("; ", moved.values())
              + ". Nothing was changed.",
          LOOK + " Then run the goal again, which plans anew.");
    }
  }

  /**
   * @param before the history before the run
   * @param after the history after it, read under the same lock
   * @param notRun what was to run and was not, because it was found recorded
   * @throws MigrateException {@code NOT_AS_PLANNED} when they differ by anything else than this
   */
  void requireDone(History before, History after, Set<RevisionId> notRun) {
    List<String> differences = differences(before, after, notRun);
    if (!differences.isEmpty()) {
      throw new MigrateException(
          FailureCode.NOT_AS_PLANNED,
          "The run came to its end, and the history does not say what was to be done: "
              + String.join("; ", differences)
              + ".",
          LOOK
              + " Where the schema really stands can be recorded with mvn migrate:stamp"
              + " -Dmigrate.to=<revision>.");
    }
  }

  /**
   * @return what differs, each as a clause that names a revision or a repeatable migration
   */
  List<String> differences(History before, History after, Set<RevisionId> notRun) {
    Map<RevisionId, String> found = new TreeMap<>();
    recorded.forEach(
        (id, checksum) ->
            wrongRecord(id, checksum, before, after)
                .or(
                    () ->
                        notRun.contains(id)
                            ? Optional.of(
                                "was not run, because somebody else recorded it meanwhile")
                            : Optional.empty())
                .ifPresent(what -> found.put(id, of(id, after) + what)));
    takenBack.forEach(
        id -> wrongTakingBack(id, after).ifPresent(what -> found.put(id, of(id, before) + what)));
    Set<RevisionId> others = new TreeSet<>(before.applied(List.of()));
    others.addAll(after.applied(List.of()));
    others.addAll(after.failed().keySet());
    others.removeAll(recorded.keySet());
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

  private static Optional<String> wrongRecord(
      RevisionId id, int checksum, History before, History after) {
    if (after.failed().containsKey(id)) {
      return Optional.of("is recorded as failed");
    }
    Optional<HistoryRow> row = after.appliedRow(id);
    if (row.isEmpty()) {
      return Optional.of("was neither run nor recorded");
    }
    if (row.get().rank() <= before.lastRank()) {
      return Optional.of("was planned and was not run, because it was recorded already");
    }
    return row.get().checksum().filter(sum -> sum == checksum).isPresent()
        ? Optional.empty()
        : Optional.of(
            "is recorded with the checksum %s, and its script has %d"
                .formatted(
                    row.get().checksum().map(String::valueOf).orElse("of no script"), checksum));
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
