package dev.migrate.revision;

import static java.util.stream.Collectors.joining;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.failure.NearestName;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks up a revision by id, by the beginning or the end of an id, or by label, and says why it
 * cannot. Ids are times, so that those of one day differ at their ends only.
 */
final class RevisionLookup {
  private static final int SHORTEST_PART = 4;
  private static final int SHOWN = 6;
  private static final String SEE_ALL = "Run 'mvn migrate:history' to see every revision.";

  private final RevisionGraph graph;

  RevisionLookup(RevisionGraph graph) {
    this.graph = graph;
  }

  /** The revision whose lineage a branch name means. */
  int branch(String name) {
    Optional<Integer> exact = exact(name);
    if (exact.isPresent()) {
      return exact.get();
    }
    if (looksLikeId(name)) {
      return part(name, graph.topology().all());
    }
    throw new MigrateException(
        FailureCode.UNKNOWN_REVISION,
        "There is no branch '" + name + "'; " + nearestLabels(name) + ".",
        "Use a label or the id of a revision of the branch. " + SEE_ALL);
  }

  /**
   * @param name an id, the beginning or the end of one, or a label
   * @param within where to look
   * @param branch the name of the branch that {@code within} is, or empty
   */
  int find(String name, BitSet within, String branch) {
    Optional<Integer> exact = exact(name);
    if (exact.isPresent()) {
      if (!within.get(exact.get())) {
        throw new MigrateException(
            FailureCode.UNKNOWN_REVISION,
            graph.at(exact.get()).title() + " is not a member of branch '" + branch + "'.",
            "Leave out '" + branch + "@', or name a revision of that branch. " + SEE_ALL);
      }
      return exact.get();
    }
    if (looksLikeId(name)) {
      refuseSquashed(name);
      return part(name, within);
    }
    throw new MigrateException(
        FailureCode.UNKNOWN_REVISION,
        "There is no revision '" + name + "'; " + nearestLabels(name) + ".",
        "Write an id, a label, head, heads, base, current or a step such as -1. " + SEE_ALL);
  }

  /** A part of an id may be shorter than any id; only a whole one is named for certain. */
  private void refuseSquashed(String name) {
    Optional<Revision> baseline = graph.baseline();
    Optional<RevisionId> id = RevisionId.parse(name);
    if (baseline.isEmpty()
        || id.isEmpty()
        || name.length() < baseline.get().id().toString().length()
        || id.get().compareTo(baseline.get().id()) >= 0) {
      return;
    }
    throw new MigrateException(
        FailureCode.BELOW_BASELINE,
        "%s, if there was such a revision, is replaced by the baseline %s."
            .formatted(name, baseline.get().title()),
        "Name the baseline or a later revision; the files of older ones are in the archive, where"
            + " goals find them with -Dmigrate.directory and -Dmigrate.undoDirectory.");
  }

  /** Titles of the revisions, not too many of them. */
  String list(BitSet nodes) {
    String shown =
        nodes.stream().limit(SHOWN).mapToObj(node -> graph.at(node).title()).collect(joining(", "));
    int more = nodes.cardinality() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private Optional<Integer> exact(String name) {
    Optional<Integer> byId = RevisionId.parse(name).flatMap(graph::indexOf);
    return byId.isPresent() ? byId : graph.indexOfLabel(name);
  }

  private int part(String name, BitSet within) {
    String part = name.replace('_', '.');
    BitSet candidates =
        graph.topology().where(n -> within.get(n) && isPartOf(graph.at(n).id().toString(), part));
    if (name.length() < SHORTEST_PART) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "'"
              + name
              + "' is too short for a part of an id: it needs at least four characters"
              + (candidates.isEmpty()
                  ? " (" + nearestIds(name) + ")"
                  : " (it would fit " + list(candidates) + ")")
              + ".",
          "Write more digits of the id. " + SEE_ALL);
    }
    if (candidates.isEmpty()) {
      throw new MigrateException(
          FailureCode.UNKNOWN_REVISION,
          "There is no revision " + name + "; " + nearestIds(name) + ".",
          SEE_ALL);
    }
    if (candidates.cardinality() > 1) {
      throw new MigrateException(
          FailureCode.AMBIGUOUS_REVISION,
          "'"
              + name
              + "' is the beginning or the end of "
              + candidates.cardinality()
              + " ids: "
              + list(candidates)
              + ".",
          "Write as many digits as tell them apart.");
    }
    return candidates.nextSetBit(0);
  }

  private static boolean isPartOf(String id, String part) {
    return id.startsWith(part) || id.endsWith(part);
  }

  /** The ids that share the longest beginning with what was asked for, around its place. */
  private String nearestIds(String name) {
    int size = graph.topology().size();
    if (size == 0) {
      return "there are no revisions yet";
    }
    String start = name.replace('_', '.');
    List<Integer> nearest =
        IntStream.range(0, size)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(
                        n -> -commonStart(start, graph.at(n).id().toString()))
                    .thenComparing(Comparator.reverseOrder()))
            .limit(3)
            .toList();
    BitSet shown = new BitSet();
    nearest.forEach(shown::set);
    return "the nearest are " + list(shown);
  }

  private String nearestLabels(String name) {
    Collection<String> labels = graph.ownLabels();
    if (labels.isEmpty()) {
      return "no revision has a label";
    }
    List<String> nearest = NearestName.first(name, labels);
    return "the nearest labels are " + nearest.stream().limit(SHOWN).collect(joining(", "));
  }

  private static boolean looksLikeId(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '_');
  }

  private static int commonStart(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }
}
