package dev.migrate.diff;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Uncovered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The difference between two schemas, fact by fact: a list of changes.
 *
 * @param changes the differences, in the order of their identities
 * @param uncovered what either schema holds and no fact describes
 * @param columnOrder tables and types whose columns are the same and stand in another order
 */
public record Diff(
    List<Change> changes, SortedSet<Uncovered> uncovered, SortedSet<FactId> columnOrder) {

  /**
   * @param changes the differences
   * @param uncovered what no fact describes
   * @param columnOrder what differs in the order of columns only
   */
  public Diff {
    changes = List.copyOf(changes);
  }

  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   * @return what changes
   */
  public static Diff between(Schema from, Schema to) {
    List<Change> changes = new ArrayList<>();
    SortedSet<FactId> ids = new TreeSet<>(from.facts().keySet());
    ids.addAll(to.facts().keySet());
    for (FactId id : ids) {
      Optional<Fact> before = from.find(id);
      Optional<Fact> after = to.find(id);
      if (before.isEmpty()) {
        changes.add(new Change.Added(after.orElseThrow()));
      } else if (after.isEmpty()) {
        changes.add(new Change.Removed(before.get()));
      } else if (!before.get().equals(after.get())) {
        changes.add(new Change.Altered(before.get(), after.get()));
      }
    }
    SortedSet<Uncovered> uncovered = new TreeSet<>(from.uncovered());
    uncovered.addAll(to.uncovered());
    return new Diff(changes, uncovered, from.differentColumnOrder(to));
  }

  /**
   * @return whether there is nothing to change; columns may still stand in another order
   */
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
