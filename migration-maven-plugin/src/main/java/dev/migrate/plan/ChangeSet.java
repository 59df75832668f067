package dev.migrate.plan;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The set of facts that a plan has to drop, create and alter: the changes, and what they pull along
 * (a transitive closure over dependencies). A fact that is dropped takes along what belongs to it,
 * and what depends on it must be out of the way; whatever of those is still wanted is made again.
 */
final class ChangeSet {
  private final Schema from;
  private final Schema to;
  private final KindRules rules;
  private final PlanContext context;
  private final Set<FactId> drop = new TreeSet<>();
  private final Set<FactId> create = new TreeSet<>();
  private final Map<FactId, Alteration.InPlace> alter = new TreeMap<>();

  /**
   * @param context both schemas
   * @param recreate what is made again although it could be altered
   */
  ChangeSet(PlanContext context, KindRules rules, Set<FactId> recreate) {
    this.from = context.from();
    this.to = context.to();
    this.rules = rules;
    this.context = context;
    Diff diff = Diff.between(from, to);
    for (Change change : diff.changes()) {
      if (change instanceof Change.Altered altered && !recreate.contains(altered.id())) {
        decide(altered);
      }
    }
    for (Change change : diff.changes()) {
      if (change instanceof Change.Removed) {
        drop(change.id());
      } else if (change instanceof Change.Added) {
        create.add(change.id());
      }
    }
    recreate.forEach(this::recreate);
    for (Change change : diff.changes()) {
      if (change instanceof Change.Altered
          && !alter.containsKey(change.id())
          && !drop.contains(change.id())) {
        recreate(change.id());
      }
    }
    Map.copyOf(alter).forEach(this::clearTheWay);
    for (FactId id : List.copyOf(create)) {
      for (FactId touched : rules.of(id.kind()).remakes(to.find(id).orElseThrow(), context)) {
        if (!drop.contains(touched)) {
          dropAndRemake(touched);
        }
      }
    }
  }

  Set<FactId> drop() {
    return drop;
  }

  Set<FactId> create() {
    return create;
  }

  Map<FactId, Alteration.InPlace> alter() {
    return alter;
  }

  private void decide(Change.Altered change) {
    Alteration alteration =
        rules.of(change.id().kind()).alter(change.before(), change.after(), context);
    if (alteration instanceof Alteration.InPlace inPlace) {
      alter.put(change.id(), inPlace);
    }
  }

  private void recreate(FactId id) {
    if (from.has(id)) {
      drop(id);
    }
    if (to.has(id)) {
      make(id);
    }
  }

  private void make(FactId id) {
    if (create.add(id)) {
      to.childrenOf(id).forEach(child -> make(child.id()));
    }
  }

  private void drop(FactId id) {
    if (!drop.add(id)) {
      return;
    }
    alter.remove(id);
    Fact fact = from.find(id).orElseThrow();
    PlanContext dropping = context.doing(create, drop, Set.of());
    rules.of(id.kind()).dropsAlong(fact, dropping).forEach(this::dropAndRemake);
    for (Fact child : from.childrenOf(id)) {
      dropAndRemake(child.id());
    }
    for (Fact dependent : from.dependentsOf(id)) {
      if (!drop.contains(dependent.id()) && !letsGo(dependent, id)) {
        dropAndRemake(dependent.id());
      }
    }
  }

  private void dropAndRemake(FactId id) {
    drop(id);
    if (to.has(id)) {
      make(id);
    }
  }

  /** Whether the dependency ends before the other is dropped. */
  private boolean letsGo(Fact dependent, FactId on) {
    boolean inherits =
        dependent.id().kind() == Kind.COLUMN
            && dependent.has(Attribute.INHERITED)
            && on.kind() == Kind.COLUMN
            && on.lastName().equals(dependent.id().lastName());
    if (inherits) {
      // A table leaves its parent before the parent goes, and keeps its columns; and a parent can
      // lose a column alone.
      boolean parentGoes = drop.contains(from.find(on).orElseThrow().parent().orElseThrow());
      return to.find(dependent.id())
          .filter(after -> parentGoes || !after.dependsOn().contains(on))
          .isPresent();
    }
    return alter.containsKey(dependent.id())
        && to.find(dependent.id()).filter(after -> !after.dependsOn().contains(on)).isPresent();
  }

  private void clearTheWay(FactId id, Alteration.InPlace alteration) {
    if (!alter.containsKey(id)) {
      return;
    }
    for (Fact dependent : from.dependentsOf(id)) {
      boolean belongs = dependent.parent().filter(id::equals).isPresent();
      if (alteration.inTheWay().test(dependent) || belongs && alteration.remake()) {
        if (!drop.contains(dependent.id())) {
          dropAndRemake(dependent.id());
        }
      }
    }
    if (id.kind() == Kind.COLUMN) {
      from.find(id).flatMap(Fact::parent).ifPresent(table -> clearRowType(table, alteration));
      clearChildren(id, alteration);
    }
  }

  /** What is altered in a parent is altered in the tables that have the column from there. */
  private void clearChildren(FactId column, Alteration.InPlace alteration) {
    for (Fact child : from.dependentsOf(column)) {
      boolean same =
          child.id().kind() == Kind.COLUMN
              && child.has(Attribute.INHERITED)
              && child.id().lastName().equals(column.lastName());
      if (!same) {
        continue;
      }
      for (Fact dependent : from.dependentsOf(child.id())) {
        if (!drop.contains(dependent.id()) && alteration.inTheWay().test(dependent)) {
          dropAndRemake(dependent.id());
        }
      }
      clearChildren(child.id(), alteration);
    }
  }

  /** What uses a table's row as a type minds the types of its columns. */
  private void clearRowType(FactId table, Alteration.InPlace alteration) {
    for (Fact dependent : from.dependentsOf(table)) {
      boolean part = dependent.parent().filter(table::equals).isPresent();
      if (!part && !drop.contains(dependent.id()) && alteration.inTheWay().test(dependent)) {
        dropAndRemake(dependent.id());
      }
    }
  }
}
