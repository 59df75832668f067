package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.PlanContext;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Plans typed tables ({@code CREATE TABLE … OF type}): their columns are the type's attributes,
 * come and go with these, and cannot be changed by themselves.
 */
final class TypedTables {
  private TypedTables() {}

  /**
   * @param attribute an attribute of a composite type
   * @param context both schemas
   * @return the columns that follow it: of tables that have the type before and after
   */
  static List<FactId> columns(FactId attribute, PlanContext context) {
    return of(attribute, context.from()).stream()
        .filter(table -> context.to().find(table).filter(to -> isOf(to, attribute)).isPresent())
        .map(table -> column(table, attribute.lastName()))
        .toList();
  }

  /**
   * @param attribute an attribute of a composite type
   * @return the tables of that type
   */
  static List<FactId> of(FactId attribute, Schema schema) {
    return schema.facts().values().stream()
        .filter(table -> table.id().kind() == Kind.TABLE && isOf(table, attribute))
        .map(Fact::id)
        .toList();
  }

  private static FactId column(FactId table, String name) {
    return FactId.of(Kind.COLUMN, table.name(0), table.name(1), name);
  }

  /**
   * @param schema the schema that it is in
   * @return whether it is of a type: neither columns nor constraints can be renamed in it
   */
  static boolean isTyped(FactId table, Schema schema) {
    return schema.find(table).filter(fact -> fact.has(Attribute.TYPE)).isPresent();
  }

  private static boolean isOf(Fact table, FactId attribute) {
    return table.has(Attribute.TYPE) && table.text(Attribute.TYPE).equals(qualified(attribute));
  }

  /**
   * @param context both schemas
   * @return the attribute that it follows, if that changes
   */
  static Optional<FactId> attribute(FactId column, PlanContext context) {
    FactId table = FactId.of(Kind.TABLE, column.name(0), column.name(1));
    return context.from().find(table).filter(fact -> fact.has(Attribute.TYPE)).stream()
        .flatMap(fact -> fact.dependsOn().stream())
        .filter(id -> id.kind() == Kind.COMPOSITE_TYPE)
        .map(id -> FactId.of(Kind.ATTRIBUTE, id.name(0), id.name(1), column.lastName()))
        .filter(id -> columns(id, context).contains(column))
        .filter(id -> !context.from().find(id).equals(context.to().find(id)))
        .findFirst();
  }
}
