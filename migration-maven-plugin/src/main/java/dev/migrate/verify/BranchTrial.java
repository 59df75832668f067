package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.history.ScriptFailure;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.RebasePlan;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RunnableScript;
import dev.migrate.script.ScriptStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Trial merge of two branches: runs what both do in one scratch database, before they are joined.
 * Where both make the same thing, no database that has the one can ever take the other, and that
 * had better be known while the revisions are nobody else's yet. Nothing is written.
 */
public final class BranchTrial {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")+)\"");

  private final Supplier<ScratchSource> scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Progress progress;

  /**
   * @param scratchSource where scratch databases come from; asked only when there is something to
   *     try
   * @param files the revisions
   * @param options how a history is kept and how long statements may run
   * @param progress hears which revision is at work
   */
  public BranchTrial(
      Supplier<ScratchSource> scratchSource,
      RevisionFiles files,
      HistoryOptions options,
      Progress progress) {
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.files = Objects.requireNonNull(files, "files");
    this.options = Objects.requireNonNull(options, "options");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * Runs each branch after each other one.
   *
   * @param heads what is to be merged
   * @throws MigrateException {@code BRANCHES_COLLIDE} when a statement of the one cannot run after
   *     the other; {@code SCRIPT_FAILED} when a branch does not run by itself
   */
  public void merge(List<Revision> heads) {
    for (Revision first : heads) {
      Set<RevisionId> there = withAncestors(first);
      for (Revision second : heads) {
        List<Revision> after = missing(withAncestors(second), there);
        if (!after.isEmpty() && !first.equals(second)) {
          after(there, after, "merge");
        }
      }
    }
  }

  /**
   * Runs the revisions that are to move after what they are to move onto.
   *
   * @param rebase what is to be moved
   * @throws MigrateException {@code BRANCHES_COLLIDE} when a statement of theirs cannot run there
   */
  public void rebase(RebasePlan rebase) {
    if (!rebase.isEmpty()) {
      Set<RevisionId> there = withAncestors(rebase.onto());
      List<Revision> moved = rebase.moves().stream().map(RebasePlan.Move::from).toList();
      // What a moved revision depends on comes along; what it revised does not.
      Set<RevisionId> needed = new LinkedHashSet<>();
      for (Revision one : moved) {
        files
            .graph()
            .dependencies(one.id())
            .forEach(dependency -> needed.addAll(withAncestors(dependency)));
      }
      List<Revision> after = new ArrayList<>(missing(needed, there));
      after.removeAll(moved);
      after.addAll(moved);
      after(there, after, "rebase");
    }
  }

  private Set<RevisionId> withAncestors(Revision revision) {
    Set<RevisionId> ids = new LinkedHashSet<>();
    files.graph().ancestorsWithDependencies(revision.id()).forEach(one -> ids.add(one.id()));
    ids.add(revision.id());
    return ids;
  }

  private List<Revision> missing(Set<RevisionId> wanted, Set<RevisionId> there) {
    return files.graph().revisions().stream()
        .filter(one -> wanted.contains(one.id()) && !there.contains(one.id()))
        .toList();
  }

  private void after(Set<RevisionId> there, List<Revision> branch, String goal) {
    try (ScratchWorkspace workspace =
            new Replay(scratchSource.get(), files, options, progress).of(there);
        Connection connection = workspace.base().connect()) {
      ScriptRunner runner = new ScriptRunner(workspace, options, connection);
      runner.createHistorySchema();
      JavaMigrationSteps java = new JavaMigrationSteps(files, options);
      List<Revision> done =
          new ArrayList<>(
              files.graph().revisions().stream().filter(one -> there.contains(one.id())).toList());
      for (Revision revision : branch) {
        progress.started(revision);
        java.runBefore(JavaMigrationSteps.highest(done), revision.id(), workspace.base());
        done.add(revision);
        RunnableScript script = runner.read(files.get(revision.id()).upgrade());
        Optional<ScriptFailure> failure = runner.run(script);
        if (failure.isPresent()) {
          throw collision(revision, failure.get(), there, branch, goal, runner);
        }
      }
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
  }

  private MigrateException collision(
      Revision revision,
      ScriptFailure failure,
      Set<RevisionId> there,
      List<Revision> branch,
      String goal,
      ScriptRunner runner)
      throws SQLException {
    Set<RevisionId> common = withAncestors(branch.get(0));
    String other =
        other(failure, missing(there, common), runner)
            .map(System.lineSeparator()::concat)
            .orElse("");
    return new MigrateException(
        FailureCode.BRANCHES_COLLIDE,
        "The branches collide: revision %s cannot run in a database that has %s. Nothing was written.%n%s%s"
            .formatted(
                revision.title(),
                missing(there, common).stream()
                    .map(one -> one.id().toString())
                    .collect(Collectors.joining(", ")),
                failure.describe(),
                other),
        "Change one of the two while nobody else has it: take the statement out, or let it make"
            + " something else; then run mvn migrate:%s again. -Dmigrate.trial=false does it without"
                .formatted(goal)
            + " trying.",
        failure.cause());
  }

  /** The statement of the other branch that names all that PostgreSQL names, if there is one. */
  private Optional<String> other(ScriptFailure failure, List<Revision> others, ScriptRunner runner)
      throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    String message = failure.cause().getMessage().lines().findFirst().orElse("");
    QUOTED
        .matcher(message)
        .results()
        .forEach(found -> names.add(found.group(1).toLowerCase(Locale.ROOT)));
    if (names.isEmpty()) {
      return Optional.empty();
    }
    for (Revision revision : others) {
      RunnableScript script = runner.read(files.get(revision.id()).upgrade());
      for (ScriptStatement statement : script.statements()) {
        String text = statement.sql().toLowerCase(Locale.ROOT);
        if (names.stream().allMatch(text::contains)) {
          return Optional.of(
              "  %-10s %s, line %d: %s"
                  .formatted(
                      "Other:",
                      script.name(),
                      statement.line(),
                      statement.sql().strip().lines().findFirst().orElse("")));
        }
      }
    }
    return Optional.empty();
  }
}
