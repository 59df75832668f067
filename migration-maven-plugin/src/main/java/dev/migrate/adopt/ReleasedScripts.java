package dev.migrate.adopt;

import dev.migrate.history.HistoryTables;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Decides up to which revision an adopted history counts as released: the last script without a
 * header of ours that the target has applied, or, without a target, that lies there.
 */
public final class ReleasedScripts {
  private ReleasedScripts() {}

  /**
   * @param files the revisions of the project
   * @param histories those that the target has, the one that is meant first; none without a target
   * @return the last revision that is released; empty when none is, or all were written by this
   *     plugin
   */
  public static Optional<RevisionId> last(
      Collection<RevisionFile> files, List<HistoryTables.Found> histories) {
    List<RevisionFile> applied = applied(files, histories);
    boolean told = !histories.isEmpty() && !of(files, histories.get(0)).isEmpty();
    return (told ? applied : files)
        .stream()
            .filter(file -> !file.hasHeader() && !file.revision().baseline())
            .map(RevisionFile::id)
            .max(RevisionId::compareTo);
  }

  /**
   * @param files the revisions of the project
   * @param histories those that the target has, the one that is meant first; none without a target
   * @return the revisions that the target has applied
   */
  public static List<RevisionFile> applied(
      Collection<RevisionFile> files, List<HistoryTables.Found> histories) {
    if (histories.isEmpty()) {
      return List.of();
    }
    Collection<RevisionId> applied = of(files, histories.get(0));
    return files.stream().filter(file -> applied.contains(file.id())).toList();
  }

  private static Collection<RevisionId> of(
      Collection<RevisionFile> files, HistoryTables.Found history) {
    return history.history().applied(files.stream().map(RevisionFile::id).toList());
  }
}
