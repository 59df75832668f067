package dev.migrate.history;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a history that a baseline has replaced in the files: tells whether a database is past
 * it or in the middle of it. A database that has the baseline's version or a later one is past that
 * part, however it came there; one that has only older ones stands in the middle of it.
 *
 * @param baseline the baseline; empty when the files begin with a usual revision
 * @param covered the applied revisions that it has replaced
 * @param past whether the database is past them
 */
record SquashedPart(
    Optional<RevisionId> baseline, SortedMap<RevisionId, HistoryRow> covered, boolean past) {

  static SquashedPart of(RevisionFiles files, History history) {
    Optional<RevisionId> baseline = files.graph().baseline().map(Revision::id);
    SortedMap<RevisionId, HistoryRow> covered = new TreeMap<>();
    if (baseline.isEmpty()) {
      return new SquashedPart(baseline, covered, false);
    }
    Set<RevisionId> applied = history.applied(files.all().stream().map(RevisionFile::id).toList());
    applied.stream()
        .filter(id -> id.compareTo(baseline.get()) < 0)
        .forEach(id -> history.appliedRow(id).ifPresent(row -> covered.put(id, row)));
    boolean past = applied.stream().anyMatch(id -> id.compareTo(baseline.get()) >= 0);
    return new SquashedPart(baseline, covered, past);
  }

  /** The applied set as the files see it: the baseline instead of what it has replaced. */
  Set<RevisionId> applied(Set<RevisionId> ids) {
    if (baseline.isEmpty()) {
      return ids;
    }
    Set<RevisionId> applied = new HashSet<>(ids);
    applied.removeAll(covered.keySet());
    if (past) {
      applied.add(baseline.get());
    }
    return Set.copyOf(applied);
  }

  /** The covered revisions of a database that stands in the middle of them; else none. */
  SortedMap<RevisionId, HistoryRow> amid() {
    return past ? new TreeMap<>() : covered;
  }

  /** The last of the covered revisions, as the history tells of it. */
  Revision last() {
    HistoryRow row = covered.get(covered.lastKey());
    return new Revision(
        covered.lastKey(), row.description(), List.of(), List.of(), List.of(), null, row.script());
  }
}
