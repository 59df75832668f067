package dev.migrate.history;

import dev.migrate.history.RevisionState.Status;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.StampPlan;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes history rows without running scripts: tombstones for what is taken back, Flyway's own rows
 * for what is recorded.
 */
final class Stamp implements HistoryMove<StampOutcome> {
  private final TargetSession session;
  private final RevisionFiles files;
  private final TargetState state;
  private final Map<RevisionId, HistoryRow> undone = new TreeMap<>();
  private final List<Revision> recorded;
  private final List<HistoryRow> repeatables;
  private final StampOutcome outcome;

  /**
   * What was left half-way on the way there is settled with it, and rows of files that were edited
   * since are written anew.
   *
   * @param state where the target stands by its history, under the lock
   * @param plan what to take back and what to record
   * @param purge whether what is not in the files is taken back, too
   */
  Stamp(TargetSession session, TargetState state, StampPlan plan, boolean purge) {
    this.session = session;
    this.files = state.files();
    this.state = state;
    Set<RevisionId> covered = covered(plan);
    List<Revision> again = again(state, covered);
    undone.putAll(halfWay(state, plan, covered));
    Stream.concat(plan.toTakeBack().stream(), again.stream())
        .forEach(
            revision ->
                state
                    .history()
                    .appliedRow(revision.id())
                    .ifPresent(row -> undone.put(revision.id(), row)));
    Map<RevisionId, HistoryRow> replaced = replaced(state, plan);
    undone.putAll(replaced);
    List<RevisionState> unknown = purge ? state.in(Status.UNKNOWN) : List.of();
    unknown.forEach(one -> undone.put(one.id(), one.row().orElseThrow()));
    this.repeatables = purge ? state.repeatables().withoutFile() : List.of();
    this.recorded =
        Stream.concat(plan.toRecord().stream(), again.stream())
            .sorted((one, other) -> one.id().compareTo(other.id()))
            .toList();
    this.outcome =
        new StampOutcome(
            plan.toRecord(),
            plan.toTakeBack(),
            again,
            Stream.concat(unknown.stream().map(RevisionState::id), replaced.keySet().stream())
                .sorted()
                .toList(),
            repeatables.stream().map(HistoryRow::script).toList(),
            !session.hasHistory());
  }

  @Override
  public IntendedHistory intent() {
    return IntendedHistory.stamp(files, recorded, undone.keySet());
  }

  @Override
  public StampOutcome run() {
    intent().requireStillToDo(state.history(), undone.keySet());
    write(state, undone, recorded);
    return outcome;
  }

  /**
   * What a baseline has replaced and the history still has. It goes when the baseline is recorded,
   * which Flyway does only where nothing older is applied, and when the target is said to be before
   * the baseline: without it, these would be a database in the middle of it.
   */
  private Map<RevisionId, HistoryRow> replaced(TargetState state, StampPlan plan) {
    SquashedPart part = SquashedPart.of(files, state.history());
    boolean concerned =
        Stream.concat(plan.toRecord().stream(), plan.toTakeBack().stream())
                .anyMatch(Revision::baseline)
            || (plan.headsAfter().isEmpty() && !part.amid().isEmpty());
    return concerned ? part.covered() : Map.of();
  }

  /** What is applied once the stamp is done, in the lines that it is about. */
  private Set<RevisionId> covered(StampPlan plan) {
    RevisionGraph graph = files.graph();
    Set<RevisionId> covered = new HashSet<>();
    for (Revision head : plan.headsAfter()) {
      covered.add(head.id());
      graph.ancestorsWithDependencies(head.id()).forEach(below -> covered.add(below.id()));
    }
    return covered;
  }

  private List<Revision> again(TargetState state, Set<RevisionId> covered) {
    return state.states().stream()
        .filter(one -> one.status() == Status.EDITED || one.status() == Status.DOWNGRADE_FAILED)
        .filter(one -> covered.contains(one.id()))
        .map(one -> one.revision().orElseThrow())
        .toList();
  }

  /** Failed revisions that the stamp says are not there at all. */
  private static Map<RevisionId, HistoryRow> halfWay(
      TargetState state, StampPlan plan, Set<RevisionId> covered) {
    Map<RevisionId, HistoryRow> failed = new TreeMap<>(state.history().failed());
    failed.keySet().removeAll(covered);
    failed
        .keySet()
        .removeIf(
            id ->
                !plan.headsAfter().isEmpty()
                    && state.graph().find(id).isPresent()
                    && state.graph().ancestorsWithDependencies(id).stream()
                        .noneMatch(below -> covered.contains(below.id())));
    return failed;
  }

  /** Flyway takes a baseline once in a history; where there is one already, the row is ours. */
  private void recordBaseline(TargetState state, List<Revision> recorded) throws SQLException {
    Optional<RevisionFile> baseline =
        recorded.stream()
            .filter(Revision::baseline)
            .map(revision -> files.get(revision.id()))
            .findFirst();
    if (baseline.isEmpty() || state.history().rows().isEmpty()) {
      return;
    }
    Script script = baseline.get().upgrade();
    session.record(
        new HistoryRow(
            0,
            Optional.of(baseline.get().id()),
            script.description(),
            HistoryRow.BASELINE_SCRIPT,
            files.relative(script),
            Optional.of(script.checksum()),
            "",
            LocalDateTime.MIN,
            Duration.ZERO,
            true));
  }

  /** All of it, or nothing: between its tombstone and its new row a revision would be pending. */
  private void write(
      TargetState state, Map<RevisionId, HistoryRow> undone, List<Revision> recorded) {
    try {
      session.inTransaction(
          () -> {
            for (HistoryRow row : undone.values()) {
              session.record(row.tombstone(Duration.ZERO, true));
            }
            for (HistoryRow row : repeatables) {
              session.record(row.tombstone(Duration.ZERO, true));
            }
            recordBaseline(state, recorded);
            if (!recorded.isEmpty() || outcome.started()) {
              new FlywayRun(session, files)
                  .recordOnly(HistoryReader.read(session.connection(), session.table()), recorded);
            }
          });
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history cannot be written", e);
    }
  }
}
