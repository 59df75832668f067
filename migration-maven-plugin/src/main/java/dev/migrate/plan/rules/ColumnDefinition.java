package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Inheritance;
import dev.migrate.plan.NewColumn;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column as it stands in CREATE TABLE and ADD COLUMN. */
final class ColumnDefinition {
  private ColumnDefinition() {}

  static NewColumn of(Fact column, Scene scene) {
    String name = quote(column.id().lastName());
    Optional<String> serial = Serial.word(scene.to().find(column.id()).orElseThrow(), scene);
    if (serial.isPresent()) {
      return new NewColumn(
          name, serial.get(), true, Optional.empty(), "", NotNull.named(column, scene));
    }
    StringBuilder sql = new StringBuilder();
    sql.append(Inheritance.definition(column, scene.to()).text(Attribute.TYPE));
    // The grammar wants these three in this order.
    if (column.has(Attribute.COMPRESSION)) {
      sql.append(" COMPRESSION ").append(column.text(Attribute.COMPRESSION));
    }
    if (!column.items(Attribute.FOREIGN_OPTIONS).isEmpty()) {
      sql.append(Options.foreign(column));
    }
    if (column.has(Attribute.COLLATION)) {
      sql.append(" COLLATE ").append(column.text(Attribute.COLLATION));
    }
    sql.append(generated(column));
    return new NewColumn(
        name,
        sql.toString(),
        false,
        preset(column, scene),
        identity(column, scene),
        notNull(column, scene));
  }

  /** What a partition or typed table says of a column that it has from elsewhere, if anything. */
  static Optional<String> overrides(Fact column, Scene scene, boolean canSay) {
    String rest = rest(column, scene);
    if (!canSay || rest.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(quote(column.id().lastName()) + rest);
  }

  private static String rest(Fact column, Scene scene) {
    return generated(column)
        + preset(column, scene).map(" DEFAULT "::concat).orElse("")
        + identity(column, scene)
        + notNull(column, scene);
  }

  private static String generated(Fact column) {
    return column.has(Attribute.GENERATED)
        ? " GENERATED ALWAYS AS (%s) %s"
            .formatted(
                InLists.written(column.text(Attribute.GENERATED)),
                column.text(Attribute.GENERATED_KIND).equals("STORED") ? "STORED" : "VIRTUAL")
        : "";
  }

  private static Optional<String> preset(Fact column, Scene scene) {
    return scene
        .to()
        .find(column.id().as(Kind.DEFAULT))
        .filter(fact -> scene.included().contains(fact.id()))
        .map(fact -> DefaultRule.expression(fact, Optional.of(column)));
  }

  private static String identity(Fact column, Scene scene) {
    FactId id = column.id().as(Kind.IDENTITY);
    return scene.included().contains(id)
        ? " " + IdentityRule.clause(scene.to().find(id).orElseThrow())
        : "";
  }

  /** An identity is NOT NULL by itself. */
  private static String notNull(Fact column, Scene scene) {
    boolean identity = scene.included().contains(column.id().as(Kind.IDENTITY));
    return identity && !column.has(Attribute.NOT_NULL_NAME) ? "" : NotNull.clause(column, scene);
  }

  /** What only ALTER TABLE can say. */
  static List<Statement> settings(Fact column, Scene scene) {
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
              alter + " SET (" + Options.list(column.items(Attribute.OPTIONS_LIST)) + ")"));
    }
    return statements;
  }

  static String alter(FactId id) {
    return "ALTER TABLE " + qualified(id) + " ALTER COLUMN " + quote(id.lastName());
  }
}
