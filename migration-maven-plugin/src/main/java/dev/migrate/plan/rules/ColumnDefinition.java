package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Inheritance;
import dev.migrate.plan.NewColumn;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders a column definition as it stands in CREATE TABLE and ADD COLUMN. */
final class ColumnDefinition {
  private ColumnDefinition() {}

  static NewColumn of(Fact column, PlanContext context) {
    String name = quote(column.id().lastName());
    Optional<String> serial =
        SerialColumn.word(context.to().find(column.id()).orElseThrow(), context);
    if (serial.isPresent()) {
      return new NewColumn(
          name, serial.get(), true, Optional.empty(), "", NotNull.named(column, context));
    }
    StringBuilder sql = new StringBuilder();
    sql.append(Inheritance.definition(column, context.to()).text(Attribute.TYPE));
    // The grammar wants these three in this order.
    if (column.has(Attribute.COMPRESSION)) {
      sql.append(" COMPRESSION ").append(column.text(Attribute.COMPRESSION));
    }
    if (!column.items(Attribute.FOREIGN_OPTIONS).isEmpty()) {
      sql.append(StorageOptions.foreign(column));
    }
    if (column.has(Attribute.COLLATION)) {
      sql.append(" COLLATE ").append(column.text(Attribute.COLLATION));
    }
    sql.append(generated(column));
    return new NewColumn(
        name,
        sql.toString(),
        false,
        preset(column, context),
        identity(column, context),
        notNull(column, context));
  }

  /** What a partition or typed table says of a column that it has from elsewhere, if anything. */
  static Optional<String> overrides(Fact column, PlanContext context, boolean canSay) {
    String rest = rest(column, context);
    if (!canSay || rest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(quote(column.id().lastName()) + rest);
  }

  private static String rest(Fact column, PlanContext context) {
    return generated(column)
        + preset(column, context).map(" DEFAULT "::concat).orElse("")
        + identity(column, context)
        + notNull(column, context);
  }

  private static String generated(Fact column) {
    return column.has(Attribute.GENERATED)
        ? " GENERATED ALWAYS AS (%s) %s"
            .formatted(
                InListText.written(column.text(Attribute.GENERATED)),
                column.text(Attribute.GENERATED_KIND).equals("STORED") ? "STORED" : "VIRTUAL")
        : "";
  }

  private static Optional<String> preset(Fact column, PlanContext context) {
    return context
        .to()
        .find(column.id().as(Kind.DEFAULT))
        .filter(fact -> context.included().contains(fact.id()))
        .map(fact -> DefaultRule.expression(fact, Optional.of(column)));
  }

  private static String identity(Fact column, PlanContext context) {
    FactId id = column.id().as(Kind.IDENTITY);
    return context.included().contains(id)
        ? " " + IdentityRule.clause(context.to().find(id).orElseThrow())
        : "";
  }

  /** An identity is NOT NULL by itself. */
  private static String notNull(Fact column, PlanContext context) {
    boolean identity = context.included().contains(column.id().as(Kind.IDENTITY));
    return identity && !column.has(Attribute.NOT_NULL_NAME) ? "" : NotNull.clause(column, context);
  }

  /** What only ALTER TABLE can say. */
  static List<Statement> settings(Fact column, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    String alter = alter(column.id());
    if (column.has(Attribute.NOT_NULL_NOT_VALID)) {
      statements.add(NotNull.set(column));
    }
    if (column.has(Attribute.STORAGE)) {
      statements.add(
          Statement.changing(
              column.id(), alter + " SET STORAGE " + column.text(Attribute.STORAGE)));
    }
    if (column.has(Attribute.STATISTICS)) {
      statements.add(
          Statement.changing(
              column.id(), alter + " SET STATISTICS " + column.text(Attribute.STATISTICS)));
    }
    if (!column.items(Attribute.OPTIONS_LIST).isEmpty()) {
      statements.add(
          Statement.changing(
              column.id(),
              alter + " SET (" + StorageOptions.list(column.items(Attribute.OPTIONS_LIST)) + ")"));
    }
    return statements;
  }

  static String alter(FactId id) {
    return "ALTER TABLE " + qualified(id) + " ALTER COLUMN " + quote(id.lastName());
  }
}
