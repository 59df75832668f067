package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Groups changes into steps and derives their order from dependencies. Facts that one statement
 * makes or takes away together are one step.
 */
final class StepOrdering {
  private final Schema from;
  private final Schema to;
  private final KindRules rules;
  private final ChangeSet work;
  private final Map<FactId, FactId> included = new HashMap<>();
  private final Set<FactId> apart;
  private final Map<FactId, PlanStep> drops = new HashMap<>();
  private final Map<FactId, PlanStep> creates = new HashMap<>();
  private final Map<FactId, PlanStep> alters = new HashMap<>();
  private final StepGraph graph = new StepGraph();

  /** What the rules see while it is being decided what is one step. */
  private final PlanContext before;

  /**
   * @param apart what is not made, and not dropped, together with what it belongs to
   */
  StepOrdering(PlanContext context, KindRules rules, ChangeSet work, Set<FactId> apart) {
    this.from = context.from();
    this.to = context.to();
    this.rules = rules;
    this.work = work;
    this.apart = apart;
    this.before = context.doing(Set.copyOf(work.create()), Set.copyOf(work.drop()), Set.of());
    include();
    for (FactId id : work.alter().keySet()) {
      alters.put(id, PlanStep.of(PlanStep.Verb.ALTER, id, to));
    }
    work.drop().forEach(this::dropStep);
    work.create().forEach(this::createStep);
    drops.values().forEach(graph::add);
    creates.values().forEach(graph::add);
    alters.values().forEach(graph::add);
    connectDrops();
    connectCreates();
    connectAlters();
    connectNames();
    new BodyReferences(from, to).connect(drops, creates, alters, graph);
  }

  StepGraph.Order order() {
    return graph.order();
  }

  PlanContext context() {
    return before.doing(before.created(), before.dropped(), Set.copyOf(included.keySet()));
  }

  private void include() {
    for (FactId id : work.create()) {
      for (FactId part : rules.of(id.kind()).includes(fact(to, id), before)) {
        if (work.create().contains(part) && !apart.contains(part)) {
          included.put(part, id);
        }
      }
    }
  }

  private static Fact fact(Schema schema, FactId id) {
    return schema.find(id).orElseThrow(() -> new IllegalStateException("Not in the schema: " + id));
  }

  /** What belongs to something that is dropped goes with it, without a statement of its own. */
  private PlanStep dropStep(FactId id) {
    PlanStep known = drops.get(id);
    if (known != null) {
      return known;
    }
    PlanStep step =
        goesWith(id)
            .map(owner -> work.drop().contains(owner) ? dropStep(owner) : alters.get(owner))
            .orElseGet(() -> PlanStep.of(PlanStep.Verb.DROP, id, from));
    drops.put(id, step);
    return step;
  }

  private Optional<FactId> goesWith(FactId id) {
    Fact fact = fact(from, id);
    if (apart.contains(id) || rules.of(id.kind()).dropsApart(fact, before)) {
      return Optional.empty();
    }
    Optional<FactId> with = rules.of(id.kind()).dropsWith(fact).filter(work.drop()::contains);
    boolean parentTakesIt =
        fact.parent()
            .filter(parent -> parent.kind() != Kind.SCHEMA)
            .filter(work.drop()::contains)
            .isPresent();
    if (with.isPresent() && !parentTakesIt) {
      return with;
    }
    if (id.kind() == Kind.SEQUENCE) {
      Optional<FactId> column =
          from.find(id.as(Kind.SEQUENCE_OWNER))
              .map(owner -> new FactId(Kind.COLUMN, owner.items(Attribute.COLUMN)));
      if (column.filter(work.drop()::contains).isPresent()) {
        return column;
      }
    }
    return fact.parent()
        .filter(
            parent ->
                parent.kind() != Kind.SCHEMA
                    || id.subject().isPresent()
                    || id.kind().has(Kind.Trait.RIGHT))
        .filter(
            parent ->
                work.drop().contains(parent)
                    || work.alter().containsKey(parent) && work.alter().get(parent).remake());
  }

  private PlanStep createStep(FactId id) {
    PlanStep known = creates.get(id);
    if (known != null) {
      return known;
    }
    PlanStep step =
        included.containsKey(id)
            ? createStep(included.get(id))
            : PlanStep.of(PlanStep.Verb.CREATE, id, to);
    creates.put(id, step);
    return step;
  }

  private void connectDrops() {
    drops.forEach(
        (id, step) -> {
          for (FactId on : fact(from, id).dependsOn()) {
            after(drops.get(on), step, id);
            after(alters.get(on), step, id);
          }
          for (FactId first : rules.of(id.kind()).dropsAfter(fact(from, id), before)) {
            after(step, drops.get(first), id);
          }
        });
  }

  private void connectCreates() {
    PlanContext context = context();
    creates.forEach(
        (id, step) -> {
          after(step, drops.get(id), id);
          for (FactId on : fact(to, id).dependsOn()) {
            after(step, creates.get(on), id);
            after(step, alters.get(on), id);
          }
          if (!included.containsKey(id)) {
            for (FactId first : rules.of(id.kind()).createsAfter(fact(to, id), context)) {
              after(step, creates.get(first), id);
              after(step, alters.get(first), id);
              after(step, drops.get(first), id);
            }
          }
        });
  }

  private void connectAlters() {
    PlanContext context = context();
    alters.forEach(
        (id, step) -> {
          for (FactId on : fact(to, id).dependsOn()) {
            after(step, creates.get(on), id);
            after(step, alters.get(on), id);
          }
          for (FactId on : fact(from, id).dependsOn()) {
            after(drops.get(on), step, id);
          }
          connectParts(id, step);
          for (FactId first :
              rules.of(id.kind()).altersAfter(fact(from, id), fact(to, id), context)) {
            after(step, alters.get(first), id);
            after(step, drops.get(first), id);
          }
        });
  }

  /** A column leaves a type before, and gets one after, what the type is made of changes. */
  private void connectParts(FactId id, PlanStep step) {
    Fact before = fact(from, id);
    Fact after = fact(to, id);
    if (id.kind() != Kind.COLUMN
        || before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))) {
      return;
    }
    Set<FactId> wanted = new TypeUsers(to).partsOf(after);
    for (FactId part : wanted) {
      after(step, creates.get(part), id);
      after(step, alters.get(part), id);
    }
    for (FactId part : new TypeUsers(from).partsOf(before)) {
      if (!wanted.contains(part)) {
        after(drops.get(part), step, id);
        after(alters.get(part), step, id);
      }
    }
  }

  /** A name must be free before it is taken. */
  private void connectNames() {
    Map<String, List<PlanStep>> freed = new HashMap<>();
    drops.forEach(
        (id, step) ->
            rules
                .of(id.kind())
                .takes(fact(from, id))
                .forEach(name -> freed.computeIfAbsent(name, key -> new ArrayList<>()).add(step)));
    creates.forEach(
        (id, step) ->
            rules
                .of(id.kind())
                .takes(fact(to, id))
                .forEach(
                    name ->
                        freed
                            .getOrDefault(name, List.of())
                            .forEach(free -> after(step, free, id))));
  }

  private void after(PlanStep later, PlanStep first, FactId because) {
    if (later != null && first != null) {
      graph.mustRunAfter(later, first, because);
    }
  }
}
