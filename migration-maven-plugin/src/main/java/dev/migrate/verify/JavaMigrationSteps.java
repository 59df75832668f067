package dev.migrate.verify;

import dev.migrate.history.HistoryOptions;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaTarget;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Schedules Java migrations between the scripts of a history that is run script by script: as
 * Flyway runs them, which is before the next script of a higher version, and not below what a
 * database has already.
 *
 * @param files all of a project
 * @param options what scripts and migrations find
 */
record JavaMigrationSteps(RevisionFiles files, HistoryOptions options) {
  /**
   * @param revisions some revisions
   * @return the highest of their versions
   */
  static Optional<RevisionId> highest(Collection<Revision> revisions) {
    return revisions.stream().map(Revision::id).max(Comparator.naturalOrder());
  }

  /**
   * Runs what comes right before a revision; nobody takes it back.
   *
   * @param highest the highest version that the database has
   * @param next the revision that comes
   * @param database where to run it
   * @return whether there was anything
   */
  boolean runBefore(Optional<RevisionId> highest, RevisionId next, ScratchDatabase database) {
    List<JavaMigration> steps =
        files.javaSteps().stream()
            .filter(step -> step.id().orElseThrow().compareTo(next) < 0)
            .filter(
                step -> highest.isEmpty() || step.id().orElseThrow().compareTo(highest.get()) > 0)
            .toList();
    for (JavaMigration step : steps) {
      String login =
          Target.of(database.jdbcUrl(), database.user(), database.password(), "the scratch server")
              .loginUrl();
      files
          .javaRunner()
          .run(step, new JavaTarget(login, "", options.searchPath(), options.flyway()));
    }
    return !steps.isEmpty();
  }
}
