package dev.migrate.replay;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The database objects that the repeatable migrations of a project make: whatever is not there, or
 * is otherwise, as long as they have not run.
 */
public final class RepeatableObjects {
  private final Schema bare;
  private final Set<FactId> made = new HashSet<>();
  private final Set<FactId> altered = new HashSet<>();

  /**
   * @param bare what the revisions give
   * @param head what they give together with the repeatable migrations
   */
  public RepeatableObjects(Schema bare, Schema head) {
    this.bare = Objects.requireNonNull(bare, "bare");
    for (Change change : Diff.between(bare, head).changes()) {
      (change instanceof Change.Added ? made : altered).add(change.id());
    }
  }

  /**
   * @param fact of a schema
   * @param schema that schema
   * @return the outermost thing that repeatable migrations make and that the fact is a part of;
   *     empty when it is none of theirs
   */
  public Optional<FactId> rootOf(Fact fact, Schema schema) {
    FactId root = altered.contains(fact.id()) ? fact.id() : null;
    for (Fact at = fact; at != null; at = at.parent().flatMap(schema::find).orElse(null)) {
      if (made.contains(at.id())) {
        root = at.id();
      }
    }
    return Optional.ofNullable(root);
  }

  /**
   * @param change between two schemas
   * @param from the first
   * @param to the second
   * @return the thing of theirs that changes with it
   */
  public Optional<FactId> rootOf(Change change, Schema from, Schema to) {
    return from.find(change.id())
        .flatMap(fact -> rootOf(fact, from))
        .or(() -> to.find(change.id()).flatMap(fact -> rootOf(fact, to)));
  }

  /**
   * @param schema the schema that is wanted after everything ran
   * @return what of it the revisions alone are to give
   */
  public Schema without(Schema schema) {
    List<Fact> facts = new ArrayList<>();
    for (Fact fact : schema.facts().values()) {
      if (rootOf(fact, schema).isEmpty()) {
        facts.add(fact);
      }
    }
    altered.forEach(id -> bare.find(id).ifPresent(facts::add));
    Set<FactId> left = facts.stream().map(Fact::id).collect(Collectors.toSet());
    Map<FactId, List<String>> order = new TreeMap<>(schema.columnOrder());
    order.keySet().retainAll(left);
    return new Schema(facts, schema.uncovered(), order, schema.origin());
  }

  /**
   * @param schema the schema that is wanted after everything ran
   * @return a fact that is none of theirs and depends on one of theirs, so that no revision can
   *     make it on a new database, where they run last
   */
  public Optional<Dependent> dependentIn(Schema schema) {
    for (Fact fact : schema.facts().values()) {
      if (rootOf(fact, schema).isPresent()) {
        continue;
      }
      for (FactId on : fact.dependsOn()) {
        Optional<FactId> root = schema.find(on).flatMap(needed -> rootOf(needed, schema));
        if (root.filter(made::contains).isPresent()) {
          return Optional.of(new Dependent(fact.id(), root.get()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * @param fact what depends
   * @param on what it needs of the repeatable migrations
   */
  public record Dependent(FactId fact, FactId on) {}
}
