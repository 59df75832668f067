package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Validates revisions in version order and builds a {@link RevisionTopology}, or says which files
 * contradict each other. What it lets pass has no cycle and no child older than what it builds on.
 */
final class GraphChecks {
  private static final Set<String> RESERVED = Set.of("head", "heads", "base", "current", "none");

  private final List<Revision> revisions;
  private final Map<RevisionId, Integer> index;
  private final Map<String, Integer> labels = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private GraphChecks(List<Revision> revisions, Map<RevisionId, Integer> index) {
    this.revisions = revisions;
    this.index = index;
  }

  /** What the checks find out on their way. */
  record Checked(RevisionTopology topology, Map<String, Integer> labels) {}

  /**
   * @param revisions in version order
   * @param index the place of each id, filled by this method
   */
  static Checked check(List<Revision> revisions, Map<RevisionId, Integer> index) {
    for (int node = 0; node < revisions.size(); node++) {
      Integer before = index.putIfAbsent(revisions.get(node).id(), node);
      if (before != null) {
        throw duplicateId(revisions.get(before), revisions.get(node));
      }
    }
    GraphChecks checks = new GraphChecks(revisions, index);
    checks.refuseBelowBaseline();
    checks.collectLabels();
    int[][] parents = new int[revisions.size()][];
    int[][] dependencies = new int[revisions.size()][];
    for (int node = 0; node < revisions.size(); node++) {
      parents[node] = checks.parentsOf(node);
      dependencies[node] = checks.dependenciesOf(node);
    }
    checks.refuseWrongOrder(parents, dependencies);
    return new Checked(
        new RevisionTopology(parents, dependencies), Collections.unmodifiableMap(checks.labels));
  }

  /** A baseline is the first of all; Flyway would pass over what is older. */
  private void refuseBelowBaseline() {
    for (int node = 1; node < revisions.size(); node++) {
      if (revisions.get(node).baseline()) {
        Revision stray = revisions.get(node - 1);
        throw bad(
            stray.origin()
                + " is older than the baseline "
                + revisions.get(node).origin()
                + ", which stands for everything up to "
                + revisions.get(node).id()
                + ": new databases would never run it.",
            "Give it a later version, in its name and its line '-- revision:', and let it revise a"
                + " revision that is still there ('mvn migrate:history -Dmigrate.filesOnly=true'"
                + " shows them once it is out of the folder).");
      }
    }
  }

  /** Whether an id is one that the baseline has replaced. */
  private boolean isSquashed(RevisionId id) {
    return !revisions.isEmpty()
        && revisions.get(0).baseline()
        && id.compareTo(revisions.get(0).id()) < 0;
  }

  private void collectLabels() {
    for (int node = 0; node < revisions.size(); node++) {
      Revision revision = revisions.get(node);
      for (String label : revision.labels()) {
        if (!Pattern.matches("\\p{L}[^\\s@+:,\\-]*", label)
            || RESERVED.contains(label.toLowerCase(Locale.ROOT))) {
          throw bad(
              "The label '" + label + "' in " + revision.origin() + " cannot be used as a label.",
              "Choose one that starts with a letter, has no space and none of @ + - : , and is not"
                  + " one of head, heads, base, current, none.");
        }
        Integer before = labels.putIfAbsent(label, node);
        if (before != null && before != node) {
          throw bad(
              "The label '"
                  + label
                  + "' stands in two files: "
                  + revisions.get(before).origin()
                  + " and "
                  + revision.origin()
                  + ".",
              "Keep it in one of them; it reaches the rest of the branch by itself.");
        }
      }
    }
  }

  private int[] parentsOf(int node) {
    Revision revision = revisions.get(node);
    int[] found = new int[revision.parents().size()];
    for (int i = 0; i < found.length; i++) {
      RevisionId parent = revision.parents().get(i);
      Integer at = index.get(parent);
      if (at == null && isSquashed(parent)) {
        throw bad(
            "%s revises %s, which the baseline %s has replaced."
                .formatted(revision.origin(), parent, revisions.get(0).origin()),
            "Let it revise what is there now, in its line '-- revises:': %s, or the head of the"
                    .formatted(revisions.get(0).id())
                + " branch that it belongs to; then prove it with mvn migrate:verify.");
      }
      if (at == null) {
        throw bad(
            revision.origin() + " revises " + parent + ", and there is no such revision.",
            "Bring the missing file back, or correct the line '-- revises:' in "
                + revision.origin()
                + ".");
      }
      if (at == node) {
        throw bad(
            revision.origin() + " revises itself (a self-loop).",
            "Correct the line '-- revises:' in " + revision.origin() + ".");
      }
      found[i] = at;
    }
    return found;
  }

  private int[] dependenciesOf(int node) {
    Revision revision = revisions.get(node);
    int[] found = new int[revision.dependencies().size()];
    for (int i = 0; i < found.length; i++) {
      String dependency = revision.dependencies().get(i);
      Integer at =
          RevisionId.parse(dependency)
              .map(id -> isSquashed(id) ? Integer.valueOf(0) : index.get(id))
              .orElseGet(() -> labels.get(dependency));
      if (at == null) {
        throw bad(
            revision.origin()
                + " depends on '"
                + dependency
                + "', and no revision has that id or label.",
            "Write a full id or a label that exists into the line '-- depends:' of "
                + revision.origin()
                + ".");
      }
      if (at == node) {
        throw bad(
            revision.origin() + " depends on itself (a self-loop of a dependency).",
            "Correct the line '-- depends:' in " + revision.origin() + ".");
      }
      found[i] = at;
    }
    return found.length < 2 ? found : Arrays.stream(found).distinct().toArray();
  }

  private void refuseWrongOrder(int[][] parents, int[][] dependencies) {
    String wrong = null;
    for (int node = 0; node < parents.length && wrong == null; node++) {
      wrong = olderThan(node, parents[node], "revises");
      if (wrong == null) {
        wrong = olderThan(node, dependencies[node], "depends on");
      }
    }
    if (wrong == null) {
      return;
    }
    // A cycle always has such a step backwards, and is the better explanation for it.
    List<Integer> cycle = cycle(parents);
    if (!cycle.isEmpty()) {
      throw bad(
          "These revisions revise each other in a cycle: " + path(cycle) + ".",
          "Correct the line '-- revises:' in one of them.");
    }
    int[][] both = new int[parents.length][];
    for (int node = 0; node < both.length; node++) {
      both[node] =
          IntStream.concat(Arrays.stream(parents[node]), Arrays.stream(dependencies[node]))
              .toArray();
    }
    cycle = cycle(both);
    if (!cycle.isEmpty()) {
      throw bad(
          "These revisions depend on each other in a cycle: " + path(cycle) + ".",
          "Correct the line '-- depends:' in one of them.");
    }
    throw bad(
        wrong,
        "Give the file a version that is greater than the one it builds on, in its name and in its"
            + " line '-- revision:'; 'mvn migrate:rebase' does this for a whole branch.");
  }

  private String olderThan(int node, int[] older, String verb) {
    for (int other : older) {
      if (other > node) {
        return revisions.get(node).origin()
            + " "
            + verb
            + " "
            + revisions.get(other).origin()
            + ", which is younger than itself.";
      }
    }
    return null;
  }

  /** One cycle, oldest id first, or nothing: what Kahn's algorithm leaves over contains one. */
  private static List<Integer> cycle(int[][] edges) {
    int[] open = new int[edges.length];
    RevisionTopology reversed = new RevisionTopology(edges, new int[edges.length][0]);
    Deque<Integer> free = new ArrayDeque<>();
    for (int node = 0; node < edges.length; node++) {
      open[node] = edges[node].length;
      if (open[node] == 0) {
        free.add(node);
      }
    }
    BitSet left = reversed.all();
    while (!free.isEmpty()) {
      int node = free.remove();
      left.clear(node);
      for (int child : reversed.children(node)) {
        if (--open[child] == 0) {
          free.add(child);
        }
      }
    }
    List<Integer> walked = new ArrayList<>();
    BitSet seen = new BitSet();
    int node = left.nextSetBit(0);
    while (node >= 0 && !seen.get(node)) {
      seen.set(node);
      walked.add(node);
      node = Arrays.stream(edges[node]).filter(left::get).findFirst().orElseThrow();
    }
    if (walked.isEmpty()) {
      return walked;
    }
    List<Integer> cycle = new ArrayList<>(walked.subList(walked.indexOf(node), walked.size()));
    Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
    return cycle;
  }

  private String path(List<Integer> cycle) {
    return cycle.stream()
        .map(node -> revisions.get(node).origin())
        .collect(Collectors.joining(" → ", "", " → " + revisions.get(cycle.get(0)).origin()));
  }

  private static MigrateException duplicateId(Revision first, Revision second) {
    return bad(
        "Two files have the id "
            + first.id()
            + ": "
            + first.origin()
            + " and "
            + second.origin()
            + ".",
        "Remove one of them, or give one a version of its own in its name and its header.");
  }

  private static MigrateException bad(String problem, String remedy) {
    return new MigrateException(FailureCode.INVALID_REVISION_FILE, problem, remedy);
  }
}
