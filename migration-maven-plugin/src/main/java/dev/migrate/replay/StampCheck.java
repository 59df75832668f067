package dev.migrate.replay;

import dev.migrate.diff.Drift;
import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the schema of a target with what the revisions give that a stamp is about to record. No
 * script runs in a stamp, so that nothing else would notice that it is recorded in the wrong
 * database, or too high.
 */
public final class StampCheck {
  private static final int MOST_NAMED = 3;

  /** What happens when the schema is another one. */
  public enum Mode {
    /** It is said, and recorded all the same. */
    WARN,
    /** Nothing is recorded. */
    FAIL,
    /** It is not compared. */
    NONE;

    /**
     * @param word {@code warn}, {@code fail} or {@code none}
     * @return which that is
     * @throws MigrateException {@code INVALID_PARAMETER} for any other word
     */
    public static Mode of(String word) {
      return Arrays.stream(values())
          .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new MigrateException(
                      FailureCode.INVALID_PARAMETER,
                      "-Dmigrate.stampCheck=%s is none of the choices.".formatted(word),
                      "Give warn, fail or none."));
    }
  }

  private final ScratchSource scratchSource;
  private final HistoryOptions options;
  private final Scope scope;
  private final ExpectedDifferences expected;
  private final Progress progress;

  /**
   * @param scratchSource where scratch databases come from
   * @param options how the history is kept
   * @param scope what is compared
   * @param expected what may be in the target besides
   * @param progress hears which revisions are replayed
   */
  public StampCheck(
      ScratchSource scratchSource,
      HistoryOptions options,
      Scope scope,
      ExpectedDifferences expected,
      Progress progress) {
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.options = Objects.requireNonNull(options, "options");
    this.scope = Objects.requireNonNull(scope, "scope");
    this.expected = Objects.requireNonNull(expected, "expected");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * Compares as far as it is wanted. Whoever cannot have a scratch database, and wants a warning,
   * is not kept from recording what he knows.
   *
   * @param mode what happens when the schema is another one
   * @param target the database
   * @param files the revisions of the project
   * @param heads where the history is going to be; none is base
   * @return what whoever stamps should know, in sentences; empty when all is well
   * @throws MigrateException {@code DRIFT} when the schema is another one, or as {@link
   *     #difference}, where the mode is {@link Mode#FAIL}
   */
  public List<String> notes(Mode mode, Target target, RevisionFiles files, List<Revision> heads) {
    if (mode == Mode.NONE) {
      return List.of();
    }
    Optional<String> difference;
    try {
      difference = difference(target, files, heads);
    } catch (MigrateException e) {
      if (mode == Mode.FAIL) {
        throw e;
      }
      return List.of(
          "Whether the target has the schema that is recorded was not found out. " + e.problem());
    }
    if (difference.isPresent() && mode == Mode.FAIL) {
      throw new MigrateException(
          FailureCode.DRIFT,
          difference.get() + " Nothing was recorded.",
          "Look whether it is the right database and the right revision (mvn migrate:diff"
              + " -Dmigrate.from=head -Dmigrate.to=target compares with the head);"
              + " -Dmigrate.stampCheck=warn records it all the same.");
    }
    return difference
        .map(
            text ->
                text
                    + " A stamp only records and changes nothing else: look whether it is the right"
                    + " database and the right revision.")
        .stream()
        .toList();
  }

  /**
   * @param target the database
   * @param files the revisions of the project
   * @param heads where the history is going to be; none is base
   * @return how the schema differs from what those revisions give, in one sentence; empty when it
   *     does not
   * @throws MigrateException {@code SCRIPT_FAILED} and the like when the revisions cannot be
   *     replayed, {@code CONNECTION} when the target cannot be read
   */
  public Optional<String> difference(Target target, RevisionFiles files, List<Revision> heads) {
    Set<RevisionId> recorded = new TreeSet<>();
    for (Revision head : heads) {
      recorded.add(head.id());
      files.graph().ancestorsWithDependencies(head.id()).forEach(one -> recorded.add(one.id()));
    }
    Schema wanted;
    try (ScratchWorkspace workspace =
        new Replay(scratchSource, files, options, progress).of(recorded)) {
      wanted = workspace.read(workspace.base(), scope);
    }
    Drift drift = Drift.between(wanted, expected.without(wanted, read(target)).schema());
    List<String> lines = drift.lines();
    return drift.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The schema of %s differs from what %s %s in %d thing%s (%s%s).%s"
                .formatted(
                    target,
                    heads.isEmpty()
                        ? "base"
                        : heads.stream().map(Revision::title).collect(Collectors.joining(", ")),
                    heads.isEmpty()
                        ? "is, which has nothing,"
                        : heads.size() == 1 ? "gives" : "give",
                    drift.count(),
                    drift.count() == 1 ? "" : "s",
                    lines.stream().limit(MOST_NAMED).collect(Collectors.joining("; ")),
                    lines.size() > MOST_NAMED ? "; …" : "",
                    drift.hint()));
  }

  private Schema read(Target target) {
    try (Connection connection = target.connect("migrate:stamp")) {
      return new Introspector(scope).read(connection);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.CONNECTION,
          "The connection to %s was lost: %s.".formatted(target, e.getMessage()),
          "Run the goal again.",
          e);
    }
  }
}
