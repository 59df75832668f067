package dev.migrate.replay;

import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Java migrations that a replay on scratch leaves out because their classes cannot be run, for
 * the message when a script that builds on one fails.
 *
 * @param steps the migrations, at least one
 */
public record SkippedJavaMigrations(List<JavaMigration> steps) {
  private static final int MOST_NAMED = 5;

  /** Copies what it is given. */
  public SkippedJavaMigrations {
    steps = List.copyOf(steps);
  }

  /**
   * @param files the revisions that are replayed
   * @return what a replay of all of them lacks; empty when it lacks nothing
   */
  public static Optional<SkippedJavaMigrations> of(RevisionFiles files) {
    return Optional.of(files.javaMigrations())
        .filter(all -> !all.isEmpty())
        .map(SkippedJavaMigrations::new);
  }

  /**
   * @param files the revisions that are replayed
   * @param at the revision whose script failed
   * @return what was missing before it; empty when nothing was
   */
  public static Optional<SkippedJavaMigrations> before(RevisionFiles files, RevisionId at) {
    List<JavaMigration> before =
        files.javaMigrations().stream()
            .filter(step -> step.id().filter(id -> id.compareTo(at) < 0).isPresent())
            .toList();
    return Optional.of(before).filter(some -> !some.isEmpty()).map(SkippedJavaMigrations::new);
  }

  /**
   * @return one sentence that names them
   */
  public String sentence() {
    return "%s run only by the Flyway of the application, and what %s to the schema is missing on scratch: %s%s."
        .formatted(
            steps.size() == 1 ? "1 migration is" : steps.size() + " migrations are",
            steps.size() == 1 ? "it does" : "they do",
            steps.stream()
                .limit(MOST_NAMED)
                .map(JavaMigration::toString)
                .collect(Collectors.joining(", ")),
            steps.size() > MOST_NAMED ? " and %d more".formatted(steps.size() - MOST_NAMED) : "");
  }

  /**
   * @param usual what to do when the script does not need them
   * @return what to do
   */
  public String remedy(String usual) {
    JavaMigration last = steps.get(steps.size() - 1);
    return ("If the script needs what such a migration does, write the same as SQL, in a script of its version"
            + " (%s); a database that has run the migration counts it as applied. Else: %s")
        .formatted(
            last.id()
                .map(
                    id -> "V%s__%s.sql".formatted(id, last.description().strip().replace(' ', '_')))
                .orElse("R__" + last.description().strip().replace(' ', '_') + ".sql"),
            usual);
  }
}
