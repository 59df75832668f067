package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionTopology.Edges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The revision graph, a directed acyclic graph of all revisions of a project and how they build on
 * each other. Immutable, and valid by construction: ids and labels are unique, every parent and
 * dependency exists and is older, so that version order is a topological order. Every query and
 * plan costs time linear in the number of revisions.
 *
 * <p>An <em>applied set</em> is the ids that a database's history has, one by one, not only its
 * heads. Expressions are those of {@code -Dmigrate.to}: an id, the beginning or end of one, a
 * label, {@code head}, {@code heads}, {@code base}, {@code current}, {@code +2}, {@code -1}, {@code
 * id+1}, {@code label@head}, several of them with commas between.
 */
public final class RevisionGraph {
  private final List<Revision> revisions;
  private final Map<RevisionId, Integer> index;
  private final Map<String, Integer> labels;
  private final RevisionTopology topology;

  /** Where each label reaches, computed when somebody asks. */
  private final Map<String, BitSet> reach = new ConcurrentHashMap<>();

  private RevisionGraph(Collection<Revision> given) {
    this.revisions = given.stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
    this.index = new HashMap<>(revisions.size() * 2);
    GraphChecks.Checked checked = GraphChecks.check(revisions, index);
    this.topology = checked.topology();
    this.labels = checked.labels();
  }

  /**
   * @param revisions in any order
   * @return their graph
   * @throws MigrateException {@link FailureCode#INVALID_REVISION_FILE}, naming the files: an id or
   *     label twice, a parent or dependency that does not exist, a cycle, a revision that is older
   *     than what it builds on
   */
  public static RevisionGraph of(Collection<Revision> revisions) {
    return new RevisionGraph(revisions);
  }

  /**
   * @return every revision in version order
   */
  public List<Revision> revisions() {
    return revisions;
  }

  /**
   * @return whether there is no revision at all
   */
  public boolean isEmpty() {
    return revisions.isEmpty();
  }

  /**
   * @param id any id
   * @return the revision of exactly this id
   */
  public Optional<Revision> find(RevisionId id) {
    return indexOf(id).map(revisions::get);
  }

  /**
   * @param id the id of a revision of this graph
   * @return that revision
   * @throws IllegalArgumentException if there is none
   */
  public Revision get(RevisionId id) {
    return revisions.get(node(id));
  }

  /**
   * @return the revisions that no other revises, in version order
   */
  public List<Revision> heads() {
    return revisions(topology.heads());
  }

  /**
   * @return the heads that no other revision depends on either
   */
  public List<Revision> effectiveHeads() {
    return revisions(topology.maxima(topology.all(), Edges.ALL));
  }

  /**
   * @return the revisions that revise nothing
   */
  public List<Revision> bases() {
    return revisions(topology.bases());
  }

  /**
   * @return the baseline that stands for the first part of the history, if that was squashed
   */
  public Optional<Revision> baseline() {
    return revisions.isEmpty() || !revisions.get(0).baseline()
        ? Optional.empty()
        : Optional.of(revisions.get(0));
  }

  /**
   * What a baseline up to a revision would replace.
   *
   * @param expression up to which revision
   * @param applied what {@code current} and steps count from
   * @return the revisions, and what the baseline takes over from them
   * @throws MigrateException {@code SQUASH_REFUSED} when something that stays lies below that
   *     revision or builds on one in the middle, {@code UNKNOWN_REVISION} and the like when the
   *     expression names none
   */
  public SquashPlan squash(String expression, Collection<RevisionId> applied) {
    return new SquashPlanner(this).upTo(node(resolveOne(expression, applied).id()));
  }

  /**
   * @return the revisions that several others revise
   */
  public List<Revision> branchPoints() {
    return revisions(topology.where(node -> topology.children(node).length > 1));
  }

  /**
   * @return the revisions that revise several others
   */
  public List<Revision> merges() {
    return revisions(topology.where(node -> topology.parents(node).length > 1));
  }

  /**
   * @param id the id of a revision of this graph
   * @return what it revises, in the order of its file
   */
  public List<Revision> parents(RevisionId id) {
    return revisions(topology.parents(node(id)));
  }

  /**
   * @param id the id of a revision of this graph
   * @return what revises it
   */
  public List<Revision> children(RevisionId id) {
    return revisions(topology.children(node(id)));
  }

  /**
   * @param id the id of a revision of this graph
   * @return what it depends on besides its parents, with labels resolved
   */
  public List<Revision> dependencies(RevisionId id) {
    return revisions(topology.dependencies(node(id)));
  }

  /**
   * @param id the id of a revision of this graph
   * @return what depends on it besides its children
   */
  public List<Revision> dependants(RevisionId id) {
    return revisions(topology.dependants(node(id)));
  }

  /**
   * @param id the id of a revision of this graph
   * @return everything below it in its lineage, without itself
   */
  public List<Revision> ancestors(RevisionId id) {
    return below(id, Edges.LINEAGE);
  }

  /**
   * @param id the id of a revision of this graph
   * @return everything that has to be applied before it
   */
  public List<Revision> ancestorsWithDependencies(RevisionId id) {
    return below(id, Edges.ALL);
  }

  /**
   * @param id the id of a revision of this graph
   * @return everything above it in its lineage, without itself
   */
  public List<Revision> descendants(RevisionId id) {
    return above(id, Edges.LINEAGE);
  }

  /**
   * @param id the id of a revision of this graph
   * @return everything that cannot be applied without it
   */
  public List<Revision> descendantsWithDependants(RevisionId id) {
    return above(id, Edges.ALL);
  }

  /**
   * @param id the id of a revision of this graph
   * @return the labels that apply to it, sorted: its own, those of its ancestors, and those of its
   *     descendants down to the branch point or merge that they start from
   */
  public SortedSet<String> labelsOf(RevisionId id) {
    int node = node(id);
    SortedSet<String> found = new TreeSet<>();
    for (String label : labels.keySet()) {
      if (reach.computeIfAbsent(label, this::reach).get(node)) {
        found.add(label);
      }
    }
    return found;
  }

  /**
   * @return every label that a file carries, sorted
   */
  public SortedSet<String> ownLabels() {
    return new TreeSet<>(labels.keySet());
  }

  /**
   * @param applied an applied set; ids that are not in this graph are passed over, see {@link
   *     #unknown}
   * @return where a database with this history is: its applied revisions that no other applied one
   *     builds on; nothing means base
   */
  public List<Revision> headsOf(Collection<RevisionId> applied) {
    return revisions(topology.maxima(known(applied), Edges.ALL));
  }

  /**
   * @param applied an applied set
   * @return what of it this graph does not know: then the database is ahead of the files
   */
  public SortedSet<RevisionId> unknown(Collection<RevisionId> applied) {
    SortedSet<RevisionId> unknown = new TreeSet<>(applied);
    unknown.removeAll(index.keySet());
    return unknown;
  }

  /**
   * @param applied an applied set
   * @return the revisions that are not in it, in version order
   */
  public List<Revision> pending(Collection<RevisionId> applied) {
    BitSet pending = topology.all();
    pending.andNot(known(applied));
    return revisions(pending);
  }

  /**
   * @param expression which revisions; {@code base} gives none
   * @param applied what {@code current} and steps count from
   * @return the revisions that it names
   * @throws MigrateException if it names none, or is ambiguous
   */
  public List<Revision> resolve(String expression, Collection<RevisionId> applied) {
    BitSet known = known(applied);
    List<Revision> found = new ArrayList<>();
    for (ResolvedTarget target : new ExpressionResolver(this, known).targets(expression)) {
      if (target instanceof ResolvedTarget.At at) {
        found.add(revisions.get(at.node()));
      } else if (target instanceof ResolvedTarget.Back back) {
        // Here a step back is a place, not an order to undo something.
        BitSet left = (BitSet) known.clone();
        left.andNot(topology.up(back.taken(), Edges.ALL));
        found.addAll(revisions(topology.maxima(left, Edges.ALL)));
      }
    }
    return found;
  }

  /**
   * @param expression which revision
   * @param applied what {@code current} and steps count from
   * @return the one revision that it names
   * @throws MigrateException if it names none or several
   */
  public Revision resolveOne(String expression, Collection<RevisionId> applied) {
    List<Revision> found = resolve(expression, applied);
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new MigrateException(
          FailureCode.UNKNOWN_REVISION,
          "'" + expression + "' names no revision.",
          "Name a revision by its id; 'mvn migrate:history' shows them.");
    }
    BitSet nodes = new BitSet();
    found.forEach(revision -> nodes.set(node(revision.id())));
    throw new MigrateException(
        FailureCode.AMBIGUOUS_REVISION,
        "'"
            + expression
            + "' names several revisions: "
            + new RevisionLookup(this).list(nodes)
            + ".",
        "Name one of them by its id.");
  }

  /**
   * The revisions of {@code a:b}, both ends included: what is below b and not below a, in one
   * lineage. Either end may be missing ({@code base}, {@code heads}) or relative to the other
   * ({@code -3:head}, {@code id:+2}); steps beyond the last revision end there. An expression
   * without a colon gives the revisions that it names.
   *
   * @param expression the range
   * @param applied what {@code current} means
   * @return the revisions in version order
   * @throws MigrateException if an end names nothing, or the lower is not below the upper
   */
  public List<Revision> range(String expression, Collection<RevisionId> applied) {
    return revisions(new RevisionRange(this, known(applied)).between(expression));
  }

  /**
   * @param applied the applied set to start from
   * @param expression where to go
   * @return what to run, oldest first: everything that the targets need and that is not applied
   * @throws MigrateException if the expression does not say where to go, or the applied set has
   *     revisions that are not in this graph ({@link FailureCode#DATABASE_AHEAD})
   */
  public RevisionPlan upgrade(Collection<RevisionId> applied, String expression) {
    return new RevisionPlanner(this, onlyKnown(applied)).upgrade(expression);
  }

  /**
   * @param applied the applied set to start from
   * @param expression where to go: what lies above it is undone, with all that needs it; {@code -1}
   *     takes back the one revision on top
   * @return what to undo, newest first
   * @throws MigrateException if the expression does not say where to go, is not below, or the
   *     applied set has revisions that are not in this graph ({@link FailureCode#DATABASE_AHEAD})
   */
  public RevisionPlan downgrade(Collection<RevisionId> applied, String expression) {
    return new RevisionPlanner(this, onlyKnown(applied)).downgrade(expression);
  }

  /**
   * @param applied the applied set to start from
   * @param expression what to record: each target with everything it needs takes the place of the
   *     current heads of its line; other branches stay as they are
   * @return what to record and what to take back
   * @throws MigrateException if the expression does not say what to record, or the applied set has
   *     revisions that are not in this graph ({@link FailureCode#DATABASE_AHEAD})
   */
  public StampPlan stamp(Collection<RevisionId> applied, String expression) {
    return new RevisionPlanner(this, onlyKnown(applied)).stamp(expression);
  }

  /**
   * @param expression what a new revision shall revise; {@code head} for the usual case
   * @return its parents: none when there are no revisions yet or the expression is {@code base}
   * @throws MigrateException {@link FailureCode#SEVERAL_HEADS} if {@code head} is not one
   */
  public List<Revision> parentsForNew(String expression) {
    List<Revision> parents = resolve(expression, List.of());
    if (parents.size() > 1) {
      throw new ExpressionResolver(this, new BitSet())
          .severalHeads(
              "'" + expression + "' names " + parents.size() + " revisions", set(parents));
    }
    return parents;
  }

  /**
   * @param expression what to join, or {@code heads}
   * @return the parents of the merge
   * @throws MigrateException if these are fewer than two, or one is below another
   */
  public List<Revision> parentsForMerge(String expression) {
    List<Revision> parents = resolve(expression, List.of());
    if (parents.size() < 2) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          parents.isEmpty()
              ? "There is nothing to merge."
              : "There is nothing to merge: " + parents.get(0).title() + " is the only revision.",
          "A merge joins at least two revisions; 'mvn migrate:heads' shows the heads.");
    }
    BitSet covered = set(parents);
    covered.andNot(topology.maxima(covered, Edges.LINEAGE));
    if (!covered.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          new RevisionLookup(this).list(covered)
              + " cannot be merged, because another of the revisions builds on it already.",
          "Leave it out, or merge the heads with 'mvn migrate:merge -Dmigrate.message=\"…\"'.");
    }
    return parents;
  }

  /**
   * @param names ids, beginnings of ids or labels, as a person gives them for a new revision
   * @return full ids and labels, as a file has them
   * @throws MigrateException if one of them names nothing or several
   */
  public List<String> dependenciesForNew(Collection<String> names) {
    return names.stream()
        .map(String::strip)
        .map(name -> labels.containsKey(name) ? name : resolveOne(name, List.of()).id().toString())
        .distinct()
        .toList();
  }

  /**
   * Moves a revision and everything above it onto another one.
   *
   * @param revision the first revision to move
   * @param onto what it shall revise
   * @param applied what is known to be applied anywhere
   * @param now the moment of the move; the new ids follow it
   * @return which revision becomes which, oldest first
   * @throws MigrateException if one of them is applied, is joined with or needed by a revision that
   *     would stay, or lies below {@code onto}
   */
  public RebasePlan rebase(
      Revision revision, Revision onto, Collection<RevisionId> applied, Instant now) {
    return new RebasePlanner(this, known(applied))
        .rebase(node(revision.id()), node(onto.id()), now);
  }

  RevisionTopology topology() {
    return topology;
  }

  Revision at(int node) {
    return revisions.get(node);
  }

  Optional<Integer> indexOf(RevisionId id) {
    return Optional.ofNullable(index.get(id));
  }

  Optional<Integer> indexOfLabel(String label) {
    return Optional.ofNullable(labels.get(label));
  }

  List<Revision> revisions(BitSet nodes) {
    List<Revision> found = new ArrayList<>(nodes.cardinality());
    for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
      found.add(revisions.get(node));
    }
    return List.copyOf(found);
  }

  private List<Revision> revisions(int[] nodes) {
    return Arrays.stream(nodes).mapToObj(revisions::get).toList();
  }

  private int node(RevisionId id) {
    return indexOf(id)
        .orElseThrow(() -> new IllegalArgumentException("no revision " + id + " in this graph"));
  }

  private BitSet set(Collection<Revision> members) {
    BitSet nodes = new BitSet();
    members.forEach(revision -> nodes.set(node(revision.id())));
    return nodes;
  }

  private List<Revision> below(RevisionId id, Edges edges) {
    BitSet found = topology.down(RevisionTopology.only(node(id)), edges);
    found.clear(node(id));
    return revisions(found);
  }

  private List<Revision> above(RevisionId id, Edges edges) {
    BitSet found = topology.up(RevisionTopology.only(node(id)), edges);
    found.clear(node(id));
    return revisions(found);
  }

  private BitSet reach(String label) {
    int node = labels.get(label);
    BitSet reached = topology.up(RevisionTopology.only(node), Edges.LINEAGE);
    while (topology.parents(node).length == 1) {
      node = topology.parents(node)[0];
      if (topology.children(node).length > 1 || topology.parents(node).length > 1) {
        break;
      }
      reached.set(node);
    }
    return reached;
  }

  private BitSet known(Collection<RevisionId> applied) {
    BitSet nodes = new BitSet(revisions.size());
    for (RevisionId id : applied) {
      Integer node = index.get(id);
      if (node != null) {
        nodes.set(node);
      }
    }
    return nodes;
  }

  private BitSet onlyKnown(Collection<RevisionId> applied) {
    SortedSet<RevisionId> unknown = unknown(applied);
    if (unknown.isEmpty()) {
      return known(applied);
    }
    throw new MigrateException(
        FailureCode.DATABASE_AHEAD,
        "The database has applied revisions that are not in the files: "
            + String.join(", ", unknown.stream().map(RevisionId::toString).toList())
            + ".",
        "Fetch the files of these revisions (an older or newer checkout has them), then run the"
            + " command again; 'mvn migrate:history' shows both sides.");
  }
}
