package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import java.util.List;

/**
 * NOT NULL of a column. Since PostgreSQL 18 it is a constraint with a name, can be not valid, and
 * can be kept from children; before, it is just there.
 *
 * @see <a href="https://www.postgresql.org/docs/18/ddl-constraints.html">Not-Null Constraints</a>
 */
final class NotNull {
  static final List<String> ATTRIBUTES =
      List.of("not null", "not null name", "not null no inherit", "not null not valid");

  private NotNull() {}

  /** As it stands in CREATE TABLE and ADD COLUMN, with a blank before it. */
  static String clause(Fact column) {
    if (!column.has("not null") || column.has("not null not valid")) {
      return "";
    }
    return (column.has("not null name") ? " CONSTRAINT " + quote(column.text("not null name")) : "")
        + " NOT NULL"
        + (column.has("not null no inherit") ? " NO INHERIT" : "");
  }

  /** ALTER TABLE for a column that exists. */
  static Statement set(Fact column) {
    String table = qualified(column.id());
    String name = quote(column.id().lastName());
    boolean plain = ATTRIBUTES.subList(1, 4).stream().noneMatch(column::has);
    String sql =
        plain
            ? ColumnDefinition.alter(column.id()) + " SET NOT NULL"
            : "ALTER TABLE "
                + table
                + " ADD CONSTRAINT "
                + quote(name(column))
                + " NOT NULL "
                + name
                + (column.has("not null no inherit") ? " NO INHERIT" : "")
                + (column.has("not null not valid") ? " NOT VALID" : "");
    Statement statement = Statement.of(column.id(), sql);
    if (!column.has("not null not valid")) {
      statement =
          statement
              .with(
                  new Hazard.MayFailOnRows(
                      "SELECT * FROM " + table + " WHERE " + name + " IS NULL"))
              .with(new Hazard.ScansTable(table));
    }
    return statement.with(new Hazard.Blocks("ACCESS EXCLUSIVE", table));
  }

  /** Another name, another state: the column is NOT NULL before and after. */
  static void change(Alterations alterations, Fact before, Fact after) {
    rename(alterations, after.id(), name(before), name(after));
    alterations.cover("not null name");
    if (before.has("not null not valid") && !after.has("not null not valid")) {
      alterations
          .add(
              Statement.of(
                      after.id(),
                      "ALTER TABLE "
                          + qualified(after.id())
                          + " VALIDATE CONSTRAINT "
                          + quote(name(after)))
                  .with(new Hazard.ScansTable(qualified(after.id()))))
          .cover("not null not valid");
    }
    if (alterations.differs("not null not valid") || alterations.differs("not null no inherit")) {
      alterations
          .add(ColumnDefinition.alter(after.id()) + " DROP NOT NULL")
          .add(set(after))
          .cover("not null not valid")
          .cover("not null no inherit");
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
    return column.has("not null name")
        ? column.text("not null name")
        : column.id().name(1) + "_" + column.id().name(2) + "_not_null";
  }
}
