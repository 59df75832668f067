package dev.migrate.observe;

import dev.migrate.plan.Inheritance;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Textual representation of a column's values, decided by its type and what that is made of. Values
 * of columns of equal shape can be compared letter by letter.
 *
 * @param parts the type, and every type behind it with what counts of it
 */
record ValueShape(SortedSet<String> parts) {

  static ValueShape of(FactId column, Schema schema) {
    SortedSet<String> parts = new TreeSet<>();
    Fact definition = Inheritance.definition(schema.find(column).orElseThrow(), schema);
    parts.add(definition.text(Attribute.TYPE));
    definition.dependsOn().forEach(id -> add(id, column, schema, parts));
    return new ValueShape(parts);
  }

  /** Whether a type is what values are made of. */
  boolean has(FactId type) {
    return parts.stream().anyMatch(part -> part.startsWith(type + ":"));
  }

  private static void add(FactId id, FactId column, Schema schema, SortedSet<String> parts) {
    Fact type = schema.find(id).orElse(null);
    if (type == null || Objects.equals(column.names().subList(0, 2), id.names())) {
      return;
    }
    // Of an enum the labels do not count: one that stays is the same text.
    boolean added =
        switch (id.kind()) {
          case ENUM -> parts.add(id + ":");
          case DOMAIN -> parts.add(id + ": " + type.text(Attribute.TYPE));
          case RANGE_TYPE -> parts.add(id + ": " + type.attributes());
          case COMPOSITE_TYPE, TABLE ->
              parts.add(
                  id
                      + ": "
                      + schema.childrenOf(id).stream()
                          .filter(
                              part ->
                                  part.id().kind() == Kind.ATTRIBUTE
                                      || part.id().kind() == Kind.COLUMN)
                          .map(part -> part.id().lastName() + " " + part.text(Attribute.TYPE))
                          .toList());
          default -> false;
        };
    if (added) {
      type.dependsOn().forEach(on -> add(on, column, schema, parts));
      schema.childrenOf(id).stream()
          .filter(part -> part.id().kind() == Kind.ATTRIBUTE)
          .flatMap(part -> part.dependsOn().stream())
          .forEach(on -> add(on, column, schema, parts));
    }
  }
}
