package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;

import dev.migrate.plan.Scene;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Tables of a composite type ({@code CREATE TABLE … OF}): their columns are the type's attributes,
 * come and go with these, and cannot be changed by themselves.
 */
final class TypedTables {
  private TypedTables() {}

  /**
   * @param attribute an attribute of a composite type
   * @param scene both schemas
   * @return the columns that follow it: of tables that have the type before and after
   */
  static List<FactId> columns(FactId attribute, Scene scene) {
    return scene.from().facts().values().stream()
        .filter(table -> table.id().kind() == Kind.TABLE && isOf(table, attribute))
        .filter(table -> scene.to().find(table.id()).filter(to -> isOf(to, attribute)).isPresent())
        .map(table -> column(table.id(), attribute.lastName()))
        .toList();
  }

  private static FactId column(FactId table, String name) {
    return FactId.of(Kind.COLUMN, table.name(0), table.name(1), name);
  }

  private static boolean isOf(Fact table, FactId attribute) {
    return table.has(Attribute.TYPE) && table.text(Attribute.TYPE).equals(qualified(attribute));
  }

  /**
   * @param column a column
   * @param scene both schemas
   * @return the attribute that it follows, if that changes
   */
  static Optional<FactId> attribute(FactId column, Scene scene) {
    FactId table = FactId.of(Kind.TABLE, column.name(0), column.name(1));
    return scene.from().find(table).filter(fact -> fact.has(Attribute.TYPE)).stream()
        .flatMap(fact -> fact.dependsOn().stream())
        .filter(id -> id.kind() == Kind.COMPOSITE_TYPE)
        .map(id -> FactId.of(Kind.ATTRIBUTE, id.name(0), id.name(1), column.lastName()))
        .filter(id -> columns(id, scene).contains(column))
        .filter(id -> !scene.from().find(id).equals(scene.to().find(id)))
        .findFirst();
  }
}
