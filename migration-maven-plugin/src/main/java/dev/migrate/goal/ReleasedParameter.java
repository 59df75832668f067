package dev.migrate.goal;

import dev.migrate.failure.MigrateException;
import dev.migrate.script.RevisionFiles;
import dev.migrate.verify.ReleasedRevisions;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Resolves {@code migrate.released}, the revision up to which scripts are released and run as
 * Flyway has run them.
 */
final class ReleasedParameter {
  static final String GIT = "git";

  private ReleasedParameter() {}

  /**
   * @param text what {@code migrate.released} says
   * @return the same without spaces; none when it says nothing
   */
  static Optional<String> given(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(name -> !name.isEmpty());
  }

  /**
   * Where nobody can tell which revisions are released, a goal goes on that does not need it: the
   * container that upgrades a database has no git, and few scripts make a difference.
   *
   * @param files the revisions
   * @param text what {@code migrate.released} says
   * @param warn hears why nobody can tell
   * @return the same, knowing which are released; whoever asks fails when nobody can tell
   */
  static RevisionFiles in(RevisionFiles files, String text, Consumer<String> warn) {
    try {
      return files.released(ReleasedRevisions.of(files, given(text), GIT)::has);
    } catch (MigrateException e) {
      warn.accept(e.problem() + " " + e.remedy());
      return files.released(
          id -> {
            throw e;
          });
    }
  }
}
