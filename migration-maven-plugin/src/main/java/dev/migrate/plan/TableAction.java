package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.util.Objects;
import java.util.Optional;

/**
 * One action of an ALTER TABLE (ADD COLUMN, DROP CONSTRAINT, ATTACH PARTITION …), as data. Names
 * are identifiers, as SQL writes them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE</a>
 */
public sealed interface TableAction {
  /**
   * @return the action, without the table
   */
  String sql();

  /**
   * @return whether it takes something away, and does nothing else
   */
  default boolean takesAway() {
    return false;
  }

  /**
   * @param zone a time zone, as PostgreSQL names it
   * @return the same, with that zone where it assumes one
   */
  default TableAction in(String zone) {
    return this;
  }

  /**
   * What makes a column NOT NULL: by a constraint where that has to have a name or stay with its
   * table.
   *
   * @param column the column as it is wanted
   * @param notValid whether rows that are there are not looked at
   * @return the action
   */
  static TableAction requiring(Fact column, boolean notValid) {
    String name = SqlNames.quote(column.id().lastName());
    boolean alone = column.has(Attribute.NOT_NULL_NO_INHERIT);
    return column.has(Attribute.NOT_NULL_NAME) || alone || notValid
        ? new AddConstraint(
            SqlNames.quote(FactNames.notNull(column)),
            "NOT NULL " + name + (alone ? " NO INHERIT" : ""),
            true,
            notValid)
        : new SetNotNull(name);
  }

  /**
   * ADD COLUMN.
   *
   * @param ifNotExists whether a column that is there already stays as it is
   * @param column the column
   */
  record AddColumn(boolean ifNotExists, NewColumn column) implements TableAction {
    /** The column is needed. */
    public AddColumn {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String sql() {
      return "ADD COLUMN " + (ifNotExists ? "IF NOT EXISTS " : "") + column.sql();
    }
  }

  /**
   * ALTER COLUMN … TYPE.
   *
   * @param column the column
   * @param type the type, with its collation
   * @param using how the value that it has becomes one of that type, if a plain cast does not do
   */
  record ChangeType(String column, String type, Optional<Using> using) implements TableAction {
    /** All of it is needed. */
    public ChangeType {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(using, "using");
    }

    @Override
    public String sql() {
      return "ALTER COLUMN "
          + column
          + " TYPE "
          + type
          + using.map(one -> " USING " + one.sql()).orElse("");
    }

    @Override
    public TableAction in(String zone) {
      return new ChangeType(column, type, using.map(one -> one.in(zone)));
    }
  }

  /**
   * An expression behind USING.
   *
   * @param start the expression, up to the time zone if it assumes one
   * @param zone that time zone, as PostgreSQL names it
   * @param end what comes behind
   */
  record Using(String start, Optional<String> zone, String end) {
    /** All of it is needed. */
    public Using {
      Objects.requireNonNull(start, "start");
      Objects.requireNonNull(zone, "zone");
      Objects.requireNonNull(end, "end");
    }

    /**
     * @param expression an expression that assumes no time zone
     * @return it
     */
    public static Using of(String expression) {
      return new Using(expression, Optional.empty(), "");
    }

    /**
     * @return the expression
     */
    public String sql() {
      return start + zone.map(one -> " AT TIME ZONE " + SqlLiteral.literal(one)).orElse("") + end;
    }

    Using in(String other) {
      return new Using(start, zone.map(one -> other), end);
    }
  }

  /**
   * ALTER COLUMN … SET NOT NULL.
   *
   * @param column the column
   */
  record SetNotNull(String column) implements TableAction {
    /** The column is needed. */
    public SetNotNull {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String sql() {
      return "ALTER COLUMN " + column + " SET NOT NULL";
    }
  }

  /**
   * ALTER COLUMN … DROP NOT NULL.
   *
   * @param column the column
   */
  record DropNotNull(String column) implements TableAction {
    /** The column is needed. */
    public DropNotNull {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String sql() {
      return "ALTER COLUMN " + column + " DROP NOT NULL";
    }
  }

  /**
   * ALTER COLUMN … SET EXPRESSION.
   *
   * @param column the column
   * @param expression from what it is computed from now on
   */
  record SetExpression(String column, String expression) implements TableAction {
    /** Both are needed. */
    public SetExpression {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(expression, "expression");
    }

    @Override
    public String sql() {
      return "ALTER COLUMN " + column + " SET EXPRESSION AS (" + expression + ")";
    }
  }

  /**
   * Takes something away: a column, a constraint, or what a column has.
   *
   * @param sql the action
   */
  record Drop(String sql) implements TableAction {
    /** The text is needed. */
    public Drop {
      Objects.requireNonNull(sql, "sql");
    }

    /**
     * @return what drops it
     */
    public static Drop column(String column) {
      return new Drop("DROP COLUMN " + column);
    }

    /**
     * @param part DEFAULT, IDENTITY or EXPRESSION
     * @return what drops that of the column
     */
    public static Drop part(String column, String part) {
      return new Drop("ALTER COLUMN " + column + " DROP " + part);
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /**
   * DROP CONSTRAINT.
   *
   * @param ifExists whether one that is not there is none to drop
   * @param name its name
   */
  record DropConstraint(boolean ifExists, String name) implements TableAction {
    /** The name is needed. */
    public DropConstraint {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public String sql() {
      return "DROP CONSTRAINT " + (ifExists ? "IF EXISTS " : "") + name;
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /**
   * ADD CONSTRAINT.
   *
   * @param name its name
   * @param definition what it says
   * @param check whether it is a CHECK or NOT NULL, which look at each row by itself
   * @param notValid whether rows that are there are not looked at
   */
  record AddConstraint(String name, String definition, boolean check, boolean notValid)
      implements TableAction {
    /** Both texts are needed. */
    public AddConstraint {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(definition, "definition");
    }

    @Override
    public String sql() {
      return "ADD CONSTRAINT " + name + " " + definition + (notValid ? " NOT VALID" : "");
    }

    /**
     * @return the same, without a look at the rows that are there
     */
    public AddConstraint unvalidated() {
      return new AddConstraint(name, definition, check, true);
    }
  }

  /**
   * VALIDATE CONSTRAINT.
   *
   * @param name its name
   */
  record ValidateConstraint(String name) implements TableAction {
    /** The name is needed. */
    public ValidateConstraint {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public String sql() {
      return "VALIDATE CONSTRAINT " + name;
    }
  }

  /**
   * Where and how the rows are stored: SET LOGGED, TABLESPACE, ACCESS METHOD. All of them are
   * written again.
   *
   * @param sql the action
   */
  record SetStorage(String sql) implements TableAction {
    /** The text is needed. */
    public SetStorage {
      Objects.requireNonNull(sql, "sql");
    }
  }

  /**
   * Any other: what the table or a column of it is set to.
   *
   * @param sql the action
   */
  record Other(String sql) implements TableAction {
    /** The text is needed. */
    public Other {
      Objects.requireNonNull(sql, "sql");
    }
  }
}
