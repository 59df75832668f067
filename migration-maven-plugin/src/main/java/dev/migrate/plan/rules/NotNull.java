package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alterations;
import dev.migrate.plan.FactNames;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders and plans NOT NULL of a column. Since PostgreSQL 18 it is a constraint with a name, can
 * be not valid, and can be kept from children; before, it is just there.
 *
 * @see <a href="https://www.postgresql.org/docs/18/ddl-constraints.html">Not-Null Constraints</a>
 */
final class NotNull {
  static final List<Attribute<?>> ATTRIBUTES =
      List.of(
          Attribute.NOT_NULL,
          Attribute.NOT_NULL_NAME,
          Attribute.NOT_NULL_NO_INHERIT,
          Attribute.NOT_NULL_NOT_VALID);

  private static final int FIRST_WITH_NAMES = 18;

  private NotNull() {}

  /** As it stands in CREATE TABLE and ADD COLUMN, with a blank before it. */
  static String clause(Fact column, PlanContext context) {
    if (!column.has(Attribute.NOT_NULL) || column.has(Attribute.NOT_NULL_NOT_VALID)) {
      return "";
    }
    String named = named(column, context);
    return (named.isEmpty() ? " NOT NULL" : named)
        + (column.has(Attribute.NOT_NULL_NO_INHERIT) ? " NO INHERIT" : "");
  }

  /** The clause where it has to give a name; empty where PostgreSQL's own will do. */
  static String named(Fact column, PlanContext context) {
    return column.has(Attribute.NOT_NULL_NAME) || usualMayBeTaken(column, context)
        ? " CONSTRAINT " + quote(name(column)) + " NOT NULL"
        : "";
  }

  /**
   * PostgreSQL chooses another name where some table in the schema has a constraint of the usual
   * one, as a partition can have that was a former parent's of the same name.
   */
  private static boolean usualMayBeTaken(Fact column, PlanContext context) {
    return context.from().origin().major() >= FIRST_WITH_NAMES
        && context.to().dependentsOf(column.parent().orElseThrow()).stream()
            .filter(link -> link.id().kind() == Kind.PARTITION)
            .anyMatch(link -> context.from().has(link.parent().orElseThrow()));
  }

  /** ALTER TABLE for a column that exists. */
  static Statement set(Fact column) {
    String table = qualified(column.id());
    Statement statement =
        Statement.altering(
            column.id(), TableAction.requiring(column, column.has(Attribute.NOT_NULL_NOT_VALID)));
    if (!column.has(Attribute.NOT_NULL_NOT_VALID)) {
      statement = statement.with(nulls(column)).with(new Hazard.ScansTable(table));
    }
    return statement.with(new Hazard.Blocks("ACCESS EXCLUSIVE", table));
  }

  private static Hazard nulls(Fact column) {
    return new Hazard.MayFailOnRows(
        "SELECT * FROM %s WHERE %s IS NULL"
            .formatted(qualified(column.id()), quote(column.id().lastName())),
        column.id() + ": a row may have no value");
  }

  /**
   * The columns, from a parent down, that say NOT NULL above one that says it besides. When the
   * type changes, PostgreSQL 18 makes all of them again, and then refuses the two of one column.
   */
  static List<Fact> saidTwice(Fact column, Schema schema) {
    List<Fact> said = new ArrayList<>();
    List<Fact> children =
        schema.dependentsOf(column.id()).stream()
            .filter(child -> child.id().kind() == Kind.COLUMN && child.has(Attribute.INHERITED))
            .filter(child -> child.id().lastName().equals(column.id().lastName()))
            .toList();
    if (children.stream().anyMatch(child -> child.has(Note.OWN_NOT_NULL))) {
      said.add(column);
    }
    children.forEach(child -> said.addAll(saidTwice(child, schema)));
    return said;
  }

  /** Takes it away from columns whose type changes under those that say it too. */
  static List<Statement> released(List<Fact> said) {
    return said.stream().distinct().map(one -> dropped(one.id())).toList();
  }

  /** ALTER TABLE that lets a column be without a value. */
  static Statement dropped(FactId column) {
    return Statement.altering(column, new TableAction.DropNotNull(quote(column.lastName())));
  }

  /** Gives it back, below first, so that each has its own name; no value can have got lost. */
  static List<Statement> again(List<Fact> said, Schema schema) {
    List<Statement> statements = new ArrayList<>();
    for (Fact one : said.stream().distinct().toList()) {
      schema
          .find(one.id())
          .filter(after -> Inheritance.notNull(after, schema).isPresent())
          .ifPresent(
              after ->
                  statements.add(
                      0,
                      Statement.of(after.id(), set(after).operation())
                          .with(new Hazard.ScansTable(qualified(after.id())))));
    }
    return statements;
  }

  /** Another name, another state: the column is NOT NULL before and after. */
  static void change(Alterations alterations, Fact before, Fact after, PlanContext context) {
    boolean typed = TypedTables.isTyped(after.parent().orElseThrow(), context.from());
    if (!typed) {
      rename(alterations, after.id(), name(before), name(after));
    } else if (alterations.differs(Attribute.NOT_NULL_NAME)) {
      alterations.add(dropped(after.id())).add(set(after));
    }
    alterations.cover(Attribute.NOT_NULL_NAME);
    if (before.has(Attribute.NOT_NULL_NOT_VALID) && !after.has(Attribute.NOT_NULL_NOT_VALID)) {
      alterations
          .add(
              Statement.altering(after.id(), new TableAction.ValidateConstraint(quote(name(after))))
                  .with(nulls(after))
                  .with(new Hazard.ScansTable(qualified(after.id()))))
          .cover(Attribute.NOT_NULL_NOT_VALID);
    }
    if (alterations.differs(Attribute.NOT_NULL_NOT_VALID)
        || alterations.differs(Attribute.NOT_NULL_NO_INHERIT)) {
      alterations
          .add(dropped(after.id()))
          .add(set(after))
          .cover(Attribute.NOT_NULL_NOT_VALID)
          .cover(Attribute.NOT_NULL_NO_INHERIT);
    }
  }

  static void rename(Alterations alterations, FactId column, String before, String after) {
    if (!before.equals(after)) {
      alterations.add(
          "ALTER TABLE "
              + qualified(column)
              + " RENAME CONSTRAINT "
              + quote(before)
              + " TO "
              + quote(after));
    }
  }

  static String name(Fact column) {
    return FactNames.notNull(column);
  }

  /** The name that PostgreSQL gives by itself. */
  static String usualName(FactId column) {
    return FactNames.notNull(column);
  }
}
