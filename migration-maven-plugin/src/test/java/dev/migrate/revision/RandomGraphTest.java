package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Asks the same of thousands of random graphs. What is expected is computed here from parents and
 * dependencies alone, by plain recursion over sets, not by the code under test. A failure names its
 * seed.
 */
@DisplayName("In every random graph")
class RandomGraphTest {
  private static final int GRAPHS = 2_000;
  private static final int MOST_REVISIONS = 14;

  /** A graph, its edges in the simplest form, and an applied set that may be on any database. */
  private record Case(
      long seed,
      RevisionGraph graph,
      List<Set<Integer>> needs,
      List<Set<Integer>> parents,
      Set<Integer> applied) {

    RevisionId id(int node) {
      return graph.revisions().get(node).id();
    }

    Set<RevisionId> ids(Set<Integer> nodes) {
      Set<RevisionId> ids = new TreeSet<>();
      nodes.forEach(node -> ids.add(id(node)));
      return ids;
    }

    Set<Integer> nodes(List<Revision> revisions) {
      Set<Integer> nodes = new TreeSet<>();
      revisions.forEach(revision -> nodes.add(node(revision.id())));
      return nodes;
    }

    Set<Integer> below(int node) {
      Set<Integer> below = new HashSet<>(Set.of(node));
      needs.get(node).forEach(other -> below.addAll(below(other)));
      return below;
    }

    /** Members that no other member needs. */
    Set<Integer> heads(Set<Integer> members) {
      Set<Integer> heads = new TreeSet<>(members);
      members.forEach(member -> heads.removeAll(needs.get(member)));
      return heads;
    }
  }

  private static Case random(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(MOST_REVISIONS);
    List<Revision> revisions = new ArrayList<>();
    List<Set<Integer>> needs = new ArrayList<>();
    List<Set<Integer>> parentsOf = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      Set<Integer> parents =
          some(random, node, random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(8) / 5);
      Set<Integer> dependencies = some(random, node, random.nextInt(6) / 4);
      List<String> names = new ArrayList<>();
      for (int dependency : dependencies) {
        names.add(random.nextBoolean() ? id(dependency).toString() : "label" + dependency);
      }
      revisions.add(
          new Revision(
              id(node),
              "r" + node,
              parents.stream().map(RandomGraphTest::id).toList(),
              names,
              List.of("label" + node),
              null,
              "V" + id(node) + ".sql"));
      Set<Integer> both = new TreeSet<>(parents);
      both.addAll(dependencies);
      needs.add(both);
      parentsOf.add(parents);
    }
    Collections.shuffle(revisions, random);
    Case empty = new Case(seed, RevisionGraph.of(revisions), needs, parentsOf, Set.of());
    Set<Integer> applied = new TreeSet<>();
    some(random, size, random.nextInt(4)).forEach(node -> applied.addAll(empty.below(node)));
    return new Case(seed, empty.graph(), needs, parentsOf, applied);
  }

  private static Set<Integer> some(Random random, int bound, int count) {
    Set<Integer> some = new TreeSet<>();
    for (int i = 0; i < count && bound > 0; i++) {
      some.add(random.nextBoolean() ? bound - 1 : random.nextInt(bound));
    }
    return some;
  }

  private static RevisionId id(int node) {
    return RevisionId.of(String.valueOf(20260101000000L + node));
  }

  private static int node(RevisionId id) {
    return (int) (Long.parseLong(id.toString()) - 20260101000000L);
  }

  @Test
  @DisplayName("an upgrade respects the order and arrives at the expected heads, and back again")
  void upAndDown() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Case it = random(seed);
      Random random = new Random(~seed);
      int target = random.nextInt(it.needs().size());
      Set<Integer> wanted = new TreeSet<>(it.applied());
      wanted.addAll(it.below(target));
      Set<RevisionId> before = it.ids(it.applied());

      RevisionPlan up = it.graph().upgrade(before, it.id(target).toString());
      Set<Integer> after = new TreeSet<>(it.applied());
      for (int node : ordered(it, up)) {
        assertThat(after).as("seed %d, before %d", seed, node).containsAll(it.needs().get(node));
        assertThat(after.add(node)).as("seed %d, %d is new", seed, node).isTrue();
      }
      assertThat(after).as("seed %d, applied after", seed).isEqualTo(wanted);
      assertThat(it.nodes(up.headsAfter())).as("seed %d, heads", seed).isEqualTo(it.heads(wanted));
      assertThat(it.nodes(it.graph().headsOf(it.ids(wanted))))
          .as("seed %d, heads of the applied set", seed)
          .isEqualTo(it.heads(wanted));

      Set<RevisionId> now = it.ids(wanted);
      for (Revision revision : reversed(up.revisions())) {
        Set<Integer> heads = it.heads(it.nodes(now.stream().map(it.graph()::get).toList()));
        if (heads.size() == 1) {
          assertThat(it.graph().downgrade(now, "-1").revisions())
              .as("seed %d, one step back", seed)
              .containsExactly(revision);
        }
        now.remove(revision.id());
      }
      assertThat(now).as("seed %d, up and back", seed).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("a downgrade takes exactly what is above its target and what needs that")
  void down() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Case it = random(seed);
      if (it.applied().isEmpty()) {
        continue;
      }
      Random random = new Random(~seed);
      int target = new ArrayList<>(it.applied()).get(random.nextInt(it.applied().size()));
      Set<Integer> expected = new TreeSet<>(it.applied());
      for (int child = 0; child < it.needs().size(); child++) {
        if (it.parents().get(child).contains(target)) {
          int dropped = child;
          expected.removeIf(node -> it.below(node).contains(dropped));
        }
      }
      Set<RevisionId> before = it.ids(it.applied());
      RevisionPlan down = it.graph().downgrade(before, it.id(target).toString());
      Set<Integer> after = new TreeSet<>(it.applied());
      for (int node : ordered(it, down)) {
        after.remove(node);
        assertThat(after)
            .as("seed %d, nothing left needs %d", seed, node)
            .noneMatch(left -> it.needs().get(left).contains(node));
      }
      assertThat(after).as("seed %d, applied after", seed).isEqualTo(expected);
      assertThat(it.nodes(down.headsAfter()))
          .as("seed %d, heads", seed)
          .isEqualTo(it.heads(expected));

      Set<Revision> undone = new HashSet<>(down.revisions());
      String heads =
          String.join(
              ",", it.graph().headsOf(before).stream().map(head -> head.id().toString()).toList());
      Set<RevisionId> left = it.ids(after);
      RevisionPlan again = it.graph().upgrade(left, heads);
      assertThat(new HashSet<>(again.revisions())).as("seed %d, again", seed).isEqualTo(undone);
    }
  }

  @Test
  @DisplayName("everything up and everything down is the same list, reversed")
  void allTheWay() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      RevisionGraph graph = random(seed).graph();
      RevisionPlan up = graph.upgrade(Set.of(), "heads");
      Set<RevisionId> all = new HashSet<>(up.revisions().stream().map(Revision::id).toList());
      assertThat(up.revisions()).as("seed %d", seed).isEqualTo(graph.revisions());
      assertThat(up.headsAfter()).as("seed %d", seed).isEqualTo(graph.effectiveHeads());
      assertThat(graph.downgrade(all, "base").revisions())
          .as("seed %d", seed)
          .isEqualTo(reversed(up.revisions()));
    }
  }

  @Test
  @DisplayName("a stamp gives the heads that an upgrade gives from nothing")
  void stamp() {
    for (long seed = 0; seed < GRAPHS; seed++) {
      Case it = random(seed);
      Set<RevisionId> applied = it.ids(it.applied());
      int target = new Random(~seed).nextInt(it.needs().size());
      StampPlan plan = it.graph().stamp(applied, it.id(target).toString());
      plan.toTakeBack().forEach(revision -> applied.remove(revision.id()));
      plan.toRecord().forEach(revision -> applied.add(revision.id()));
      assertThat(it.graph().headsOf(applied)).as("seed %d", seed).isEqualTo(plan.headsAfter());
      assertThat(plan.headsAfter())
          .as("seed %d, the target is a head", seed)
          .contains(it.graph().get(it.id(target)));
      for (RevisionId id : applied) {
        assertThat(applied).as("seed %d, closed", seed).containsAll(it.ids(it.below(node(id))));
      }
    }
  }

  private static List<Integer> ordered(Case it, RevisionPlan plan) {
    return plan.revisions().stream().map(revision -> node(revision.id())).toList();
  }

  private static List<Revision> reversed(List<Revision> revisions) {
    List<Revision> reversed = new ArrayList<>(revisions);
    Collections.reverse(reversed);
    return reversed;
  }
}
