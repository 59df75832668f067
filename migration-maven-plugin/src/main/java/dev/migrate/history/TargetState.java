package dev.migrate.history;

import dev.migrate.failure.MigrateException;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The state of a target: its migration history joined with the revision files. A value; it does no
 * I/O.
 */
public final class TargetState {
  private final RevisionFiles files;
  private final History history;
  private final Map<RevisionId, HistoryRow> failed;
  private final Map<RevisionId, HistoryRow> failedDowngrades;
  private final Set<RevisionId> applied;
  private final SortedMap<RevisionId, HistoryRow> squashed;
  private final List<Revision> current;
  private final List<RevisionState> states;

  private TargetState(RevisionFiles files, History history) {
    this.files = files;
    this.history = history;
    this.failed = history.failed();
    this.failedDowngrades = history.failedDowngrades();
    SquashedPart part = SquashedPart.of(files, history);
    this.applied = part.applied(known(files, history));
    this.squashed = part.amid();
    this.current = squashed.isEmpty() ? files.graph().headsOf(applied) : List.of(part.last());
    Set<RevisionId> heads = new HashSet<>();
    for (Revision head : current) {
      heads.add(head.id());
    }
    Set<RevisionId> all = new TreeSet<>(ids(files));
    all.addAll(applied);
    all.addAll(squashed.keySet());
    all.addAll(failed.keySet());
    history.notUnderstood().forEach(row -> row.id().ifPresent(all::add));
    List<RevisionState> found = new ArrayList<>();
    for (RevisionId id : all) {
      Optional<RevisionFile> file = files.find(id);
      Optional<HistoryRow> row = history.appliedRow(id);
      found.add(
          new RevisionState(
              id,
              status(id, file),
              heads.contains(id),
              file.isPresent() ? Optional.of(file.get().revision()) : Optional.empty(),
              history
                  .notUnderstood(id)
                  .or(() -> row)
                  .or(() -> Optional.ofNullable(failed.get(id)))));
    }
    this.states = List.copyOf(found);
  }

  /**
   * @param files the revisions in the project
   * @param history what the target has recorded
   * @return both laid side by side
   */
  public static TargetState of(RevisionFiles files, History history) {
    return new TargetState(files, history);
  }

  private static List<RevisionId> ids(RevisionFiles files) {
    List<RevisionId> ids = new ArrayList<>();
    for (RevisionFile file : files.all()) {
      ids.add(file.id());
    }
    return ids;
  }

  /** What has no script of ours takes part in Flyway's history and not in our graph. */
  private static Set<RevisionId> known(RevisionFiles files, History history) {
    Set<RevisionId> ids = new HashSet<>(history.applied(ids(files)));
    ids.removeIf(
        id ->
            files.find(id).isEmpty()
                && history.appliedRow(id).filter(row -> row.kind() == RowKind.SCRIPT).isEmpty());
    return Set.copyOf(ids);
  }

  private Status status(RevisionId id, Optional<RevisionFile> file) {
    if (history.notUnderstood(id).isPresent()) {
      return Status.NOT_UNDERSTOOD;
    }
    if (failed.containsKey(id)) {
      return Status.FAILED;
    }
    if (squashed.containsKey(id)) {
      return Status.SQUASHED;
    }
    if (!applied.contains(id)) {
      return Status.PENDING;
    }
    if (failedDowngrades.containsKey(id)) {
      return Status.DOWNGRADE_FAILED;
    }
    if (file.isEmpty()) {
      return Status.UNKNOWN;
    }
    return isEdited(file.get()) ? Status.EDITED : Status.APPLIED;
  }

  private boolean isEdited(RevisionFile file) {
    Optional<HistoryRow> found = history.appliedRow(file.id());
    if (found.isEmpty() || !isOf(found.get(), file)) {
      return false;
    }
    HistoryRow row = found.get();
    return row.checksum().isPresent() && row.checksum().get() != file.upgrade().checksum()
        || !row.description().equals(file.upgrade().description());
  }

  /** Whether the row is of the script, and not of another one that stands for the same version. */
  private static boolean isOf(HistoryRow row, RevisionFile file) {
    return file.revision().baseline()
        ? row.kind() == RowKind.BASELINE_SCRIPT
        : row.kind() == RowKind.SCRIPT;
  }

  /**
   * @return the revisions in the project
   */
  public RevisionFiles files() {
    return files;
  }

  /**
   * @return the graph of the revisions in the project
   */
  public RevisionGraph graph() {
    return files.graph();
  }

  /**
   * @return what the target has recorded
   */
  public History history() {
    return history;
  }

  /**
   * @return the applied set, also of revisions that are not in the files; what a baseline has
   *     replaced is not in it, the baseline is
   */
  public Set<RevisionId> applied() {
    return applied;
  }

  /**
   * @return the applied set without the revisions that are not in the files
   */
  public Set<RevisionId> known() {
    Set<RevisionId> known = new HashSet<>(applied);
    known.removeAll(graph().unknown(applied));
    return known;
  }

  /**
   * @return where the target stands: the heads of what is applied; none is base
   */
  public List<Revision> current() {
    return current;
  }

  /**
   * @return every revision of files and history, by id
   */
  public List<RevisionState> states() {
    return states;
  }

  /**
   * @return what it must be for something to be done to it
   */
  public TargetRequirements require() {
    return new TargetRequirements(this);
  }

  /**
   * @return the repeatable migrations, beside what has run of them here
   */
  public RepeatableState repeatables() {
    return new RepeatableState(this);
  }

  /**
   * @return the Java migrations, beside what has run of them here
   */
  public JavaMigrationState java() {
    return new JavaMigrationState(this);
  }

  /** Whether it has applied a part of what a baseline has replaced in the files. */
  boolean isAmidBaseline() {
    return !squashed.isEmpty();
  }

  /**
   * @param id a revision of the files or of the history
   * @return where it stands
   */
  public Optional<RevisionState> state(RevisionId id) {
    return states.stream().filter(state -> state.id().equals(id)).findFirst();
  }

  /**
   * @param status where revisions may stand
   * @return those that stand there, by id
   */
  public List<RevisionState> in(Status status) {
    List<RevisionState> found = new ArrayList<>();
    for (RevisionState state : states) {
      if (state.status() == status) {
        found.add(state);
      }
    }
    return List.copyOf(found);
  }

  /**
   * @param names of revisions, as people give them
   * @return their ids
   * @throws MigrateException {@code UNKNOWN_REVISION} or {@code AMBIGUOUS_REVISION}
   */
  public Set<RevisionId> resolve(List<String> names) {
    return names.stream()
        .map(name -> graph().resolveOne(name, applied()).id())
        .collect(Collectors.toSet());
  }

  /**
   * Files without a header build on each other by their versions alone; one that comes below what
   * is applied would run after the ones that build on it.
   *
   * @return the revisions that are pending, have no header, and lie below an applied one
   */
  public List<RevisionState> outOfOrder() {
    Optional<RevisionId> last = history.applied(List.of()).stream().max(RevisionId::compareTo);
    return last.isEmpty()
        ? List.of()
        : in(Status.PENDING).stream()
            .filter(one -> one.id().compareTo(last.get()) < 0)
            .filter(one -> !one.revision().orElseThrow().baseline())
            .filter(one -> !files.get(one.id()).hasHeader())
            .toList();
  }
}
