package dev.migrate.verify;

import dev.migrate.diff.Diff;
import dev.migrate.history.ScriptFailure;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The check {@code commute}: whether merged branches give the same schema in both orders. Both
 * orders are run from where the branches part, and must give the same.
 */
final class CommuteCheck {
  private final VerifyContext context;
  private final RevisionGraph graph;
  private final List<CheckFinding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  CommuteCheck(VerifyContext context) {
    this.context = context;
    this.graph = context.files().graph();
  }

  /**
   * Two branches that a revision joins.
   *
   * @param merge the revision
   * @param base what both build on
   * @param one what only the first has
   * @param other what only the second has
   * @param end what runs after both: the merge, when these two are all that it joins
   * @param key stands for all of that
   */
  private record Pair(
      Revision merge,
      List<Revision> base,
      List<Revision> one,
      List<Revision> other,
      List<Revision> end,
      String key) {}

  CheckResult run() throws SQLException {
    List<Pair> all = pairs();
    if (all.isEmpty()) {
      return CheckResult.skipped(Check.COMMUTE, "no branches were merged");
    }
    List<Pair> open = new ArrayList<>();
    for (Pair pair : all) {
      if (context.proofs().find(Check.COMMUTE, pair.key()).isEmpty()) {
        open.add(pair);
      }
    }
    open.sort(Comparator.comparing(pair -> pair.base().size()));
    if (!open.isEmpty()) {
      compare(open);
    }
    return CheckResult.of(
        Check.COMMUTE,
        "%s of branches in both orders%s"
            .formatted(
                FilesCheck.count(all.size(), "pair"),
                open.size() == all.size()
                    ? ""
                    : ", %d of them proven before".formatted(all.size() - open.size())),
        findings,
        notes);
  }

  private List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Revision merge : graph.merges()) {
      List<RevisionId> parents = merge.parents();
      for (int i = 0; i < parents.size(); i++) {
        for (int j = i + 1; j < parents.size(); j++) {
          pair(merge, parents.get(i), parents.get(j)).ifPresent(pairs::add);
        }
      }
    }
    return pairs;
  }

  private Optional<Pair> pair(Revision merge, RevisionId first, RevisionId second) {
    Set<RevisionId> one = withAncestors(first);
    Set<RevisionId> other = withAncestors(second);
    List<Revision> base = chosen(id -> one.contains(id) && other.contains(id));
    List<Revision> onlyOne = chosen(id -> one.contains(id) && !other.contains(id));
    List<Revision> onlyOther = chosen(id -> other.contains(id) && !one.contains(id));
    if (onlyOne.isEmpty() || onlyOther.isEmpty()) {
      return Optional.empty();
    }
    boolean only = merge.parents().size() == 2 && merge.dependencies().isEmpty();
    List<Revision> end = only ? List.of(merge) : List.of();
    List<Revision> all = Stream.of(base, onlyOne, onlyOther, end).flatMap(List::stream).toList();
    List<String> keys = context.keys(all, false);
    return Optional.of(
        new Pair(
            merge,
            base,
            onlyOne,
            onlyOther,
            end,
            keys.get(all.size() - 1) + "-" + base.size() + "-" + onlyOne.size()));
  }

  private Set<RevisionId> withAncestors(RevisionId id) {
    Set<RevisionId> ids = new HashSet<>();
    ids.add(id);
    graph.ancestorsWithDependencies(id).forEach(ancestor -> ids.add(ancestor.id()));
    return ids;
  }

  private List<Revision> chosen(java.util.function.Predicate<RevisionId> wanted) {
    return graph.revisions().stream().filter(revision -> wanted.test(revision.id())).toList();
  }

  /**
   * The pairs come in the order of what lies below them, which mostly contains what lies below the
   * one before: one database goes on from base to base.
   */
  private void compare(List<Pair> pairs) throws SQLException {
    try (VerifyContext.Place place = context.place(0, "base", true)) {
      ScratchWorkspace workspace = place.workspace();
      ScratchDatabase base = place.database();
      Set<RevisionId> there = new HashSet<>();
      for (Pair pair : pairs) {
        Set<RevisionId> wanted = pair.base().stream().map(Revision::id).collect(Collectors.toSet());
        if (!wanted.containsAll(there)) {
          base.close();
          base = workspace.blank("base");
          there.clear();
        }
        List<Revision> missing =
            pair.base().stream().filter(revision -> !there.contains(revision.id())).toList();
        Optional<Broken> broken =
            run(
                workspace,
                base,
                pair.base().stream().filter(revision -> there.contains(revision.id())).toList(),
                missing);
        if (broken.isPresent()) {
          findings.add(broken.get().finding("What %s joins does not run.".formatted(title(pair))));
          return;
        }
        there.addAll(wanted);
        compare(workspace, base, pair);
      }
    }
  }

  private void compare(ScratchWorkspace workspace, ScratchDatabase base, Pair pair)
      throws SQLException {
    context.progress().started(pair.merge());
    try (ScratchDatabase first = workspace.copy("one_first", base);
        ScratchDatabase second = workspace.copy("other_first", base)) {
      List<Revision> forth = joined(pair.one(), pair.other(), pair.end());
      List<Revision> back = joined(pair.other(), pair.one(), pair.end());
      Optional<Broken> broken = run(workspace, first, pair.base(), forth);
      if (broken.isEmpty()) {
        broken = run(workspace, second, pair.base(), back);
      }
      if (broken.isPresent()) {
        findings.add(
            broken
                .get()
                .finding(
                    "The branches that %s joins do not run in either order: a database that has one"
                            .formatted(title(pair))
                        + " of them cannot take the other."));
        return;
      }
      Schema one = workspace.read(first, context.scope());
      Schema other = workspace.read(second, context.scope());
      Diff diff = Diff.between(one, other);
      if (diff.isEmpty()) {
        context.proofs().add(Check.COMMUTE, pair.key(), "");
        diff.columnOrder()
            .forEach(
                table ->
                    notes.add(
                        "Columns of %s stand in another order when the branches of %s run the other"
                                .formatted(table, title(pair))
                            + " way round."));
      } else {
        findings.add(
            new CheckFinding(
                pair.merge().id().toString(),
                "The branches that %s joins do not commute: %s before %s gives something else than"
                        .formatted(title(pair), names(pair.one()), names(pair.other()))
                    + " after it; from the one to the other:",
                "Let the merge bring both to the same, in a script that runs after either order, or"
                    + " let one of the branches build on the other (mvn migrate:rebase) while nobody"
                    + " else has it.",
                SchemaFindings.lines(diff)));
      }
    }
  }

  private static List<Revision> joined(
      List<Revision> first, List<Revision> second, List<Revision> third) {
    return Stream.of(first, second, third).flatMap(List::stream).toList();
  }

  private static String title(Pair pair) {
    return pair.merge().title();
  }

  private static String names(List<Revision> revisions) {
    return revisions.stream().map(one -> one.id().toString()).collect(Collectors.joining(", "));
  }

  /** A revision that did not run, and after which one. */
  private record Broken(Revision revision, ScriptFailure failure, String after) {
    CheckFinding finding(String problem) {
      return CheckFinding.of(
          revision.id().toString(),
          problem + (after.isEmpty() ? " " : " After %s: ".formatted(after)) + failure.describe(),
          "Let the one that needs the other say so in its header (-- depends: …), or rebase it onto"
              + " the other with mvn migrate:rebase.");
    }
  }

  private Optional<Broken> run(
      ScratchWorkspace workspace,
      ScratchDatabase database,
      List<Revision> there,
      List<Revision> revisions)
      throws SQLException {
    List<Revision> done = new ArrayList<>(there);
    try (Connection connection = database.connect()) {
      ScriptRunner runner = new ScriptRunner(workspace, context.options(), connection);
      runner.createHistorySchema();
      String after = "";
      for (Revision revision : revisions) {
        context.javaSteps().runBefore(JavaMigrationSteps.highest(done), revision.id(), database);
        done.add(revision);
        Optional<ScriptFailure> failure =
            runner.run(runner.read(context.files().get(revision.id()).upgrade()));
        if (failure.isPresent()) {
          return Optional.of(new Broken(revision, failure.get(), after));
        }
        after = revision.title();
      }
      return Optional.empty();
    }
  }
}
