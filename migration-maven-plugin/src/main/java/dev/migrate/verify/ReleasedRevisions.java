package dev.migrate.verify;

import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Filter for findings in released revisions, which cannot be mended any more, and fail nothing.
 *
 * @param name how it was given; empty when no line is drawn
 * @param ids the revisions up to it
 * @param commit the commit that it names; null when it names a revision
 */
public record ReleasedRevisions(String name, Set<RevisionId> ids, String commit) {
  /** Nothing is. */
  public static final ReleasedRevisions NOTHING = new ReleasedRevisions("", Set.of(), null);

  /** Copies what it is given. */
  public ReleasedRevisions {
    ids = Set.copyOf(ids);
  }

  /**
   * @param files the revisions
   * @param name a revision, or the tag, branch or commit of a release; none draws no line
   * @param git the git command
   * @return the line
   * @throws MigrateException {@code INVALID_PARAMETER} when it is neither, or git cannot be asked
   */
  public static ReleasedRevisions of(RevisionFiles files, Optional<String> name, String git) {
    if (name.isEmpty()) {
      return NOTHING;
    }
    Optional<RevisionId> id =
        RevisionId.parse(name.get()).filter(one -> files.find(one).isPresent());
    if (id.isPresent()) {
      Set<RevisionId> ids =
          files.graph().ancestorsWithDependencies(id.get()).stream()
              .map(Revision::id)
              .collect(Collectors.toCollection(HashSet::new));
      ids.add(id.get());
      return new ReleasedRevisions(name.get(), ids, null);
    }
    if (isReplaced(files, name.get())) {
      return new ReleasedRevisions(name.get(), Set.of(), null);
    }
    Git repository = new Git(files.folders().root(), git, Git.Question.LINE);
    String commit = repository.commit(name.get());
    Set<String> names =
        repository.files(commit, folders(files)).stream()
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    Set<RevisionId> ids =
        files.all().stream()
            .filter(file -> names.contains(file.upgrade().path().getFileName().toString()))
            .map(file -> file.id())
            .collect(Collectors.toSet());
    return new ReleasedRevisions(name.get(), ids, commit);
  }

  /** What a baseline has replaced is no script any more that could be judged. */
  private static boolean isReplaced(RevisionFiles files, String name) {
    return files
        .graph()
        .baseline()
        .flatMap(baseline -> RevisionId.parse(name).filter(id -> id.compareTo(baseline.id()) <= 0))
        .isPresent();
  }

  static List<Path> folders(RevisionFiles files) {
    return Stream.concat(files.folders().upgrades().stream(), files.folders().downgrades().stream())
        .toList();
  }

  /**
   * @param id a revision
   * @return whether it is released
   */
  public boolean has(RevisionId id) {
    return ids.contains(id);
  }

  /** Whether a finding is about something below the line. */
  boolean covers(CheckFinding finding) {
    return RevisionId.parse(finding.subject()).filter(ids::contains).isPresent();
  }

  /**
   * @param findings those of a check
   * @return those above the line
   */
  List<CheckFinding> judged(List<CheckFinding> findings) {
    return findings.stream().filter(finding -> !covers(finding)).toList();
  }

  /**
   * @param findings those of a check
   * @param more what follows the number when they were not all looked for
   * @return one sentence about those below the line, if there are any
   */
  Optional<String> note(List<CheckFinding> findings, String more) {
    List<String> below =
        findings.stream().filter(this::covers).map(CheckFinding::subject).distinct().toList();
    return below.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Released up to %s, so counted and not failed: %s%s, in %s%s."
                .formatted(
                    name,
                    FilesCheck.count(
                        (int) findings.stream().filter(this::covers).count(), "finding"),
                    more,
                    below.stream().limit(5).collect(Collectors.joining(", ")),
                    below.size() > 5 ? " and %d more".formatted(below.size() - 5) : ""));
  }
}
