package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resolves table inheritance: what a column has from parent tables, and therefore does not say
 * itself.
 */
public final class Inheritance {
  private Inheritance() {}

  /**
   * @param schema the schema that it is in
   * @return the column that says what type it is: itself, or that of the nearest parent
   */
  public static Fact definition(Fact column, Schema schema) {
    Fact at = column;
    while (at.has(Attribute.INHERITED) && !at.has(Attribute.TYPE)) {
      Fact child = at;
      at =
          ofParents(at, schema)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("No parent of " + child.id()));
    }
    return at;
  }

  /**
   * @param schema the schema that it is in
   * @return the columns of the same name of those parents that have one
   */
  public static Stream<Fact> ofParents(Fact column, Schema schema) {
    return column.dependsOn().stream()
        .filter(id -> id.kind() == Kind.COLUMN && id.lastName().equals(column.id().lastName()))
        .flatMap(id -> schema.find(id).stream());
  }

  /**
   * @param schema the schema that it is in
   * @return the columns of the same name of parents, their parents, and so on
   */
  public static Stream<Fact> ofAncestors(Fact column, Schema schema) {
    return ofParents(column, schema)
        .flatMap(parent -> Stream.concat(Stream.of(parent), ofAncestors(parent, schema)));
  }

  /**
   * @param schema the schema that it is in
   * @return the column that says NOT NULL, if one does
   */
  public static Optional<Fact> notNull(Fact column, Schema schema) {
    return column.has(Attribute.NOT_NULL)
        ? Optional.of(column)
        : ofParents(column, schema).flatMap(parent -> notNull(parent, schema).stream()).findFirst();
  }

  /**
   * @param schema the schema that it is in
   * @return its default, or that of the nearest parent that has one
   */
  public static Optional<Fact> defaultOf(Fact column, Schema schema) {
    FactId id = column.id().as(Kind.DEFAULT);
    return schema
        .find(id)
        .or(
            () ->
                ofParents(column, schema)
                    .flatMap(parent -> defaultOf(parent, schema).stream())
                    .findFirst());
  }
}
