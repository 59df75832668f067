package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.sql.SqlNames;

/** Renders the qualified, quoted names of facts for SQL statements. */
public final class FactNames {
  private FactNames() {}

  /**
   * @param id an identity whose first two names are the schema and the name of an object
   * @return the object, or what contains it, as an identifier
   */
  public static String qualified(FactId id) {
    return SqlNames.qualified(id.name(0), id.name(1));
  }

  /**
   * @param column the identity of a column
   * @return the name that PostgreSQL gives the constraint by itself that the column is NOT NULL
   */
  public static String notNull(FactId column) {
    return column.name(1) + "_" + column.name(2) + "_not_null";
  }

  /**
   * @return the name of the constraint that it is NOT NULL
   */
  public static String notNull(Fact column) {
    return column.has(Attribute.NOT_NULL_NAME)
        ? column.text(Attribute.NOT_NULL_NAME)
        : notNull(column.id());
  }
}
