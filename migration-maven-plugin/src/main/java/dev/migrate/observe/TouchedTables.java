package dev.migrate.observe;

import dev.migrate.plan.RenamedSchema;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Computes the tables whose rows a schema change can affect: those it is about, those that have
 * their shape from them, and those with columns of a type or sequence that it is about. Under the
 * names that they have before the change.
 */
final class TouchedTables {
  private final Schema schema;
  private final Schema wanted;
  private final Map<FactId, FactId> before = new HashMap<>();
  private final Set<FactId> visited = new HashSet<>();
  private final SortedSet<FactId> tables = new TreeSet<>();
  private final SortedSet<FactId> sequences = new TreeSet<>();

  private TouchedTables(Schema old, RenamedSchema renamed, Schema wanted) {
    this.schema = renamed.schema();
    this.wanted = wanted;
    old.facts().keySet().stream()
        .filter(id -> id.kind() == Kind.TABLE || id.kind() == Kind.SEQUENCE)
        .forEach(id -> before.put(renamed.now(id), id));
  }

  /**
   * @param old the schema before the change
   * @param renamed the same after what is renamed
   * @param wanted the schema after the change
   * @param about what the statements of the change are about, under the new names
   */
  static TouchedTables of(
      Schema old, RenamedSchema renamed, Schema wanted, Collection<FactId> about) {
    TouchedTables touched = new TouchedTables(old, renamed, wanted);
    about.forEach(touched::visit);
    return touched;
  }

  SortedSet<FactId> tables() {
    return Collections.unmodifiableSortedSet(tables);
  }

  SortedSet<FactId> sequences() {
    return Collections.unmodifiableSortedSet(sequences);
  }

  /**
   * @param old the schema before the change
   * @return the tables that rows are put into: a partition is filled by way of its root
   */
  SortedMap<FactId, SortedSet<FactId>> byRoot(Schema old) {
    SortedMap<FactId, SortedSet<FactId>> roots = new TreeMap<>();
    for (FactId table : tables) {
      roots.computeIfAbsent(root(table, old), key -> new TreeSet<>()).add(table);
    }
    return roots;
  }

  private static FactId root(FactId table, Schema schema) {
    Optional<Fact> link = schema.find(table.as(Kind.PARTITION));
    return link.isEmpty()
        ? table
        : root(
            FactId.of(
                Kind.TABLE, link.get().text(Attribute.SCHEMA), link.get().text(Attribute.TABLE)),
            schema);
  }

  private void visit(FactId id) {
    if (!visited.add(id)) {
      return;
    }
    switch (id.kind()) {
      case ENUM, DOMAIN, COMPOSITE_TYPE, RANGE_TYPE, BASE_TYPE ->
          schema.dependentsOf(id).forEach(fact -> visit(fact.id()));
      case DOMAIN_CONSTRAINT, ATTRIBUTE -> find(id).flatMap(Fact::parent).ifPresent(this::visit);
      case SEQUENCE -> {
        Optional.ofNullable(before.get(id)).ifPresent(sequences::add);
        schema.dependentsOf(id).stream()
            .map(Fact::id)
            .filter(one -> one.kind() == Kind.DEFAULT)
            .forEach(this::visit);
      }
      case SEQUENCE_OWNER -> visit(id.as(Kind.SEQUENCE));
      case INDEX ->
          find(id)
              .map(fact -> new FactId(Kind.TABLE, fact.items(Attribute.TABLE_LIST)))
              .ifPresent(this::visit);
      case TABLE -> table(id);
      case COLUMN, DEFAULT, IDENTITY, CONSTRAINT, PARTITION, INHERITANCE -> {
        visit(FactId.of(Kind.TABLE, id.name(0), id.name(1)));
        if (id.kind() == Kind.DEFAULT) {
          schema.find(id).stream()
              .flatMap(fact -> fact.dependsOn().stream())
              .filter(one -> one.kind() == Kind.SEQUENCE && before.containsKey(one))
              .forEach(one -> sequences.add(before.get(one)));
        }
      }
      default -> {
        // Nothing else reaches rows.
      }
    }
  }

  /** Also what the change makes. */
  private Optional<Fact> find(FactId id) {
    return schema.find(id).or(() -> wanted.find(id));
  }

  private void table(FactId id) {
    if (!before.containsKey(id)) {
      return;
    }
    tables.add(before.get(id));
    schema.dependentsOf(id).stream()
        .filter(link -> link.id().kind() == Kind.INHERITANCE || link.id().kind() == Kind.PARTITION)
        .forEach(link -> visit(link.parent().orElseThrow()));
    schema.dependentsOf(id).stream()
        .filter(user -> user.id().kind() == Kind.COLUMN || user.id().kind() == Kind.ATTRIBUTE)
        .filter(user -> user.parent().filter(id::equals).isEmpty())
        .forEach(user -> visit(user.id())); // its row is their type
  }
}
