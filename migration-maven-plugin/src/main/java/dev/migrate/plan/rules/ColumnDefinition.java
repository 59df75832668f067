package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Inheritance;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A column as it stands in CREATE TABLE and ADD COLUMN. */
final class ColumnDefinition {
  private ColumnDefinition() {}

  static String of(Fact column, Scene scene) {
    StringBuilder sql = new StringBuilder(quote(column.id().lastName()));
    Optional<String> serial = Serial.word(scene.to().find(column.id()).orElseThrow(), scene);
    if (serial.isPresent()) {
      return sql.append(' ').append(serial.get()).append(NotNull.named(column, scene)).toString();
    }
    sql.append(' ').append(Inheritance.definition(column, scene.to()).text("type"));
    // The grammar wants these three in this order.
    if (column.has("compression")) {
      sql.append(" COMPRESSION ").append(column.text("compression"));
    }
    if (!column.items("foreign options").isEmpty()) {
      sql.append(Options.foreign(column));
    }
    if (column.has("collation")) {
      sql.append(" COLLATE ").append(column.text("collation"));
    }
    return sql.append(rest(column, scene)).toString();
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
    StringBuilder sql = new StringBuilder();
    FactId id = column.id();
    if (column.has("generated")) {
      sql.append(" GENERATED ALWAYS AS (")
          .append(InLists.written(column.text("generated")))
          .append(')');
      sql.append(column.text("generated kind").equals("STORED") ? " STORED" : " VIRTUAL");
    }
    scene
        .to()
        .find(id.as(Kind.DEFAULT))
        .filter(fact -> scene.included().contains(fact.id()))
        .ifPresent(
            fact ->
                sql.append(" DEFAULT ").append(DefaultRule.expression(fact, Optional.of(column))));
    boolean identity = scene.included().contains(id.as(Kind.IDENTITY));
    if (identity) {
      sql.append(' ')
          .append(IdentityRule.clause(scene.to().find(id.as(Kind.IDENTITY)).orElseThrow()));
    }
    boolean plain = identity && !column.has("not null name");
    sql.append(plain ? "" : NotNull.clause(column, scene));
    return sql.toString();
  }

  /** What only ALTER TABLE can say. */
  static List<Statement> settings(Fact column, Scene scene) {
    List<Statement> statements = new ArrayList<>();
    String alter = alter(column.id());
    if (column.has("not null not valid")) {
      statements.add(NotNull.set(column));
    }
    if (column.has("storage")) {
      statements.add(Statement.of(column.id(), alter + " SET STORAGE " + column.text("storage")));
    }
    if (column.has("statistics")) {
      statements.add(
          Statement.of(column.id(), alter + " SET STATISTICS " + column.text("statistics")));
    }
    if (!column.items("options").isEmpty()) {
      statements.add(
          Statement.of(
              column.id(), alter + " SET (" + Options.list(column.items("options")) + ")"));
    }
    return statements;
  }

  static String alter(FactId id) {
    return "ALTER TABLE " + qualified(id) + " ALTER COLUMN " + quote(id.lastName());
  }
}
