package dev.migrate.script;

import dev.migrate.files.FileFailures;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the baseline with which the revision graph begins, because the files that it replaces are
 * gone. One of ours stands as soon as the script of its own version is gone; one that somebody else
 * wrote, without a header, when none of the files up to its version is there.
 *
 * @param file the file
 * @param header what it says of itself
 * @param root the project's directory
 */
record StandingBaseline(BaselineFile file, RevisionHeader header, Path root) {

  static StandingBaseline of(BaselineFile file, Path root) {
    RevisionHeader header = RevisionHeader.parse(file.script().text(), file.script().name());
    header.confirm(file.version());
    return new StandingBaseline(file, header, root);
  }

  /**
   * @param upgrades the versions of the upgrade scripts that are there
   */
  boolean stands(Collection<RevisionId> upgrades) {
    return header.isPresent()
        ? !upgrades.contains(file.version())
        : upgrades.stream().noneMatch(id -> id.compareTo(file.version()) <= 0);
  }

  /** Where the replaced files are, as the header says it; null when it does not. */
  String archive() {
    return header.archive().orElse(null);
  }

  /** Whether a file is one of those that it has replaced, and in the archive as it is here. */
  boolean hasArchived(Path path) {
    if (archive() == null) {
      return false;
    }
    return Stream.of(BaselineWriter.UPGRADES, BaselineWriter.DOWNGRADES)
        .map(folder -> root.resolve(archive()).resolve(folder).resolve(path.getFileName()))
        .filter(Files::isRegularFile)
        .anyMatch(copy -> isSame(copy, path));
  }

  private static boolean isSame(Path copy, Path path) {
    try {
      return Files.mismatch(copy, path) < 0;
    } catch (IOException e) {
      throw FileFailures.cannotRead(path.toString(), e);
    }
  }

  /** The revision with which the graph begins. */
  RevisionFile revision() {
    Script script = file.script();
    return new RevisionFile(
        new Revision(
            file.version(),
            header.message().isEmpty() ? script.description() : header.message(),
            List.of(),
            List.of(),
            header.labels(),
            header.created(),
            script.name(),
            true),
        script,
        null,
        header.isPresent(),
        true,
        false,
        List.of());
  }
}
