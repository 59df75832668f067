package dev.migrate.revision;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.MigrateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A revision graph drawn with names: {@code Sketch.of("a <- b <- c", "b <- d").depends("d", "c")}.
 * Names become ids in an order in which everything comes after what it builds on. Plans come back
 * as text, {@code "b c {c}"} for "b, then c, and the heads are c afterwards", and every plan that
 * passes through here is checked for order and heads.
 */
final class Sketch {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}_]*");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, Set<String>> parents = new LinkedHashMap<>();
  private final Map<String, List<String>> dependencies = new HashMap<>();
  private final Map<String, List<String>> labels = new HashMap<>();
  private Map<String, RevisionId> ids;
  private Map<RevisionId, String> names;
  private RevisionGraph graph;

  static Sketch of(String... chains) {
    Sketch sketch = new Sketch();
    for (String chain : chains) {
      List<String> below = List.of();
      for (String step : chain.split("<-")) {
        List<String> members = Arrays.stream(step.split(",")).map(String::strip).toList();
        for (String member : members) {
          sketch.parents.computeIfAbsent(member, name -> new LinkedHashSet<>()).addAll(below);
        }
        below = members;
      }
    }
    return sketch;
  }

  /** Each of the names is an id of the sketch or a label. */
  Sketch depends(String name, String... on) {
    dependencies.computeIfAbsent(name, key -> new ArrayList<>()).addAll(List.of(on));
    return this;
  }

  Sketch label(String name, String label) {
    labels.computeIfAbsent(name, key -> new ArrayList<>()).add(label);
    return this;
  }

  RevisionGraph graph() {
    if (graph == null) {
      number();
      graph = RevisionGraph.of(parents.keySet().stream().map(this::revision).toList());
    }
    return graph;
  }

  RevisionId id(String name) {
    graph();
    return ids.get(name);
  }

  Revision get(String name) {
    return graph().get(id(name));
  }

  String name(RevisionId id) {
    return names.get(id);
  }

  /** The names of revisions, in their order. */
  String show(Collection<Revision> revisions) {
    return revisions.stream().map(revision -> names.get(revision.id())).collect(joining(" "));
  }

  /** The applied set that has these heads; nothing for an empty text. */
  Set<RevisionId> applied(String heads) {
    Set<RevisionId> applied = new HashSet<>();
    graph();
    for (String head : heads.split(" ")) {
      if (!head.isEmpty()) {
        applied.add(id(head));
        graph.ancestorsWithDependencies(id(head)).forEach(r -> applied.add(r.id()));
      }
    }
    return applied;
  }

  String up(String heads, String expression) {
    return upFrom(applied(heads), expression);
  }

  String upFrom(Set<RevisionId> applied, String expression) {
    RevisionPlan plan = graph().upgrade(applied, text(expression));
    Set<RevisionId> after = new HashSet<>(applied);
    for (Revision revision : plan.revisions()) {
      assertThat(after)
          .as("%s is not applied yet", name(revision.id()))
          .doesNotContain(revision.id());
      assertThat(after).as("what %s needs", name(revision.id())).containsAll(needs(revision));
      after.add(revision.id());
    }
    assertHeads(plan.headsAfter(), after);
    return show(plan);
  }

  String down(String heads, String expression) {
    return downFrom(applied(heads), expression);
  }

  /** What a downgrade says of where it ends. */
  String remark(String heads, String expression) {
    RevisionPlan plan = graph().downgrade(applied(heads), text(expression));
    String remark = plan instanceof RevisionPlan.Steps steps ? steps.remark() : "";
    for (Revision revision : graph().revisions()) {
      remark = remark.replace(revision.title(), name(revision.id()));
    }
    return remark;
  }

  String downFrom(Set<RevisionId> applied, String expression) {
    RevisionPlan plan = graph().downgrade(applied, text(expression));
    Set<RevisionId> after = new HashSet<>(applied);
    for (Revision revision : plan.revisions()) {
      assertThat(after).as("%s is applied", name(revision.id())).contains(revision.id());
      after.remove(revision.id());
      for (RevisionId left : after) {
        assertThat(needs(graph.get(left)))
            .as("what is left needs %s", name(revision.id()))
            .doesNotContain(revision.id());
      }
    }
    assertHeads(plan.headsAfter(), after);
    return show(plan);
  }

  /** For example {@code "+c2 -d1 {c2}"}. */
  String stamp(String heads, String expression) {
    Set<RevisionId> applied = applied(heads);
    StampPlan plan = graph().stamp(applied, text(expression));
    Set<RevisionId> after = new HashSet<>(applied);
    plan.toTakeBack().forEach(revision -> assertThat(after.remove(revision.id())).isTrue());
    plan.toRecord().forEach(revision -> assertThat(after.add(revision.id())).isTrue());
    assertHeads(plan.headsAfter(), after);
    List<String> steps = new ArrayList<>();
    plan.toRecord().forEach(revision -> steps.add("+" + name(revision.id())));
    plan.toTakeBack().forEach(revision -> steps.add("-" + name(revision.id())));
    steps.add("{" + show(plan.headsAfter()) + "}");
    return String.join(" ", steps);
  }

  String range(String expression, String heads) {
    return show(graph().range(text(expression), applied(heads)));
  }

  String resolve(String expression, String heads) {
    return show(graph().resolve(text(expression), applied(heads)));
  }

  String heads(String... applied) {
    graph();
    return show(graph.headsOf(Arrays.stream(applied).map(this::id).toList()));
  }

  /** The message of the failure, with names in place of ids. */
  String failure(Runnable request) {
    MigrateException failure = catchThrowableOfType(MigrateException.class, request::run);
    assertThat(failure).as("a failure").isNotNull();
    String told = failure.code() + ": " + failure.problem() + " | " + failure.remedy();
    for (Map.Entry<RevisionId, String> entry : names.entrySet()) {
      told =
          told.replace(entry.getKey() + " (" + entry.getValue() + ")", entry.getValue())
              .replace(entry.getKey().toString(), entry.getValue());
    }
    return told;
  }

  /** Puts ids in place of names, in an expression. */
  String text(String expression) {
    graph();
    Matcher matcher = WORD.matcher(expression);
    return matcher.replaceAll(
        match ->
            ids.containsKey(match.group()) ? ids.get(match.group()).toString() : match.group());
  }

  private Set<RevisionId> needs(Revision revision) {
    Set<RevisionId> needs = new HashSet<>(revision.parents());
    graph.dependencies(revision.id()).forEach(dependency -> needs.add(dependency.id()));
    return needs;
  }

  /** Counts the heads in another way than the graph does. */
  private void assertHeads(List<Revision> heads, Set<RevisionId> applied) {
    Set<RevisionId> expected = new TreeSet<>(applied);
    applied.forEach(id -> expected.removeAll(needs(graph.get(id))));
    assertThat(heads.stream().map(Revision::id)).containsExactlyElementsOf(expected);
  }

  private String show(RevisionPlan plan) {
    String heads = "{" + show(plan.headsAfter()) + "}";
    return plan instanceof RevisionPlan.Nothing nothing
        ? nothing.reason() + " " + heads
        : show(plan.revisions()) + " " + heads;
  }

  private Revision revision(String name) {
    return new Revision(
        ids.get(name),
        name,
        parents.get(name).stream().map(ids::get).toList(),
        dependencies.getOrDefault(name, List.of()).stream()
            .map(on -> ids.containsKey(on) ? ids.get(on).toString() : on)
            .toList(),
        labels.getOrDefault(name, List.of()),
        null,
        "V" + ids.get(name) + "__" + name + ".sql");
  }

  private void number() {
    Map<String, Set<String>> open = new LinkedHashMap<>();
    parents.forEach((name, below) -> open.put(name, new HashSet<>(below)));
    dependencies.forEach((name, on) -> on.forEach(other -> open.get(name).add(ownerOf(other))));
    ids = new HashMap<>();
    names = new LinkedHashMap<>();
    while (!open.isEmpty()) {
      String next =
          open.entrySet().stream()
              .filter(entry -> ids.keySet().containsAll(entry.getValue()))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the sketch has a cycle: " + open))
              .getKey();
      open.remove(next);
      RevisionId id = RevisionId.at(START.plusSeconds(ids.size()));
      ids.put(next, id);
      names.put(id, next);
    }
  }

  private String ownerOf(String idOrLabel) {
    if (parents.containsKey(idOrLabel)) {
      return idOrLabel;
    }
    Set<String> owners =
        labels.entrySet().stream()
            .filter(entry -> entry.getValue().contains(idOrLabel))
            .map(Map.Entry::getKey)
            .collect(toSet());
    return owners.iterator().next();
  }
}
