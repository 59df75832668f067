package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces a type that ALTER TYPE cannot change: makes it anew under its name and moves the columns
 * that have it over. The old type stands aside under another name until nothing uses it any more.
 */
final class TypeReplacement {
  private TypeReplacement() {}

  /** The columns stay where they are; everything else that depends on the type is in the way. */
  static boolean inTheWay(Fact dependent) {
    return dependent.id().kind() != Kind.COLUMN || dependent.has(Attribute.GENERATED);
  }

  static List<Statement> statements(Fact before, Statement create, PlanContext context) {
    FactId id = before.id();
    String keyword = id.kind() == Kind.DOMAIN ? "DOMAIN" : "TYPE";
    String aside = aside(id, context.from());
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.changing(
            id, "ALTER " + keyword + " " + qualified(id) + " RENAME TO " + quote(aside)));
    statements.add(create);
    for (Fact user : context.from().dependentsOf(id)) {
      if (user.id().kind() == Kind.COLUMN
          && !user.has(Attribute.GENERATED)
          && !user.has(Attribute.INHERITED)) {
        context
            .to()
            .find(user.id())
            .filter(column -> column.dependsOn().contains(id))
            .ifPresent(
                column -> {
                  Fact old = context.from().find(column.id()).orElseThrow();
                  if (TypeChange.crossesZones(old, column, context.from(), context.to())) {
                    statements.add(TimeZones.session(column.id()));
                  }
                  Statement move = move(column, id, context.to());
                  statements.add(
                      id.kind() == Kind.DOMAIN
                          ? TypeChange.byText(old, column, context.from(), context.to())
                              .warned(move, column.id())
                          : move);
                  statements.addAll(ColumnTypeAlteration.reset(column, context));
                });
      }
    }
    statements.add(
        Statement.dropping(id, "DROP " + keyword + " " + SqlNames.qualified(id.name(0), aside)));
    return statements;
  }

  private static Statement move(Fact column, FactId type, Schema to) {
    String table = qualified(column.id());
    String name = quote(column.id().lastName());
    String wanted = Inheritance.definition(column, to).text(Attribute.TYPE);
    String between = wanted.endsWith("[]") ? "text[]" : "text";
    return Statement.altering(
            type,
            table,
            false,
            new TableAction.ChangeType(
                name,
                wanted,
                Optional.of(TableAction.Using.of(name + "::" + between + "::" + wanted))))
        .with(new Hazard.RewritesTable(table))
        .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table));
  }

  private static String aside(FactId id, Schema schema) {
    String name = id.name(1);
    String base = name.length() > 55 ? name.substring(0, 55) : name;
    String aside = base + "_old";
    for (int i = 2; taken(id.name(0), aside, schema); i++) {
      aside = base + "_old" + i;
    }
    return aside;
  }

  private static boolean taken(String schema, String name, Schema in) {
    return in.facts().keySet().stream()
        .anyMatch(
            id -> id.names().size() == 2 && id.name(0).equals(schema) && id.name(1).equals(name));
  }
}
