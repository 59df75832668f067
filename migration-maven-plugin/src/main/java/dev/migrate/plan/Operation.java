package dev.migrate.plan;

import dev.migrate.sql.SqlLiteral;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The operation of a planned statement (add column, create index, attach partition …), as data. The
 * SQL is written from it and never read back: who wants to know whether a statement adds a column
 * asks here.
 */
public sealed interface Operation {
  /**
   * @return the SQL, without the semicolon
   */
  String sql();

  /**
   * @return whether something comes to be
   */
  default boolean creates() {
    return false;
  }

  /**
   * @return whether it takes away what it is about, and does nothing else
   */
  default boolean takesAway() {
    return false;
  }

  /**
   * @param zone a time zone, as PostgreSQL names it
   * @return the same, with that zone where it assumes one
   */
  default Operation in(String zone) {
    return this;
  }

  /**
   * @param action tells one action of ALTER TABLE from others
   * @return whether it is an ALTER TABLE that does this and nothing else
   */
  default boolean isAlter(Predicate<TableAction> action) {
    return this instanceof AlterTable alter && alter.actions().stream().allMatch(action);
  }

  /**
   * Something comes to be.
   *
   * @param sql the statement
   */
  record Create(String sql) implements Operation {
    /** The text is needed. */
    public Create {
      Objects.requireNonNull(sql, "sql");
    }

    @Override
    public boolean creates() {
      return true;
    }
  }

  /**
   * CREATE of something that can also take the place of another one of its name.
   *
   * @param object what it is, from its keyword on
   * @param replaces whether it does that
   */
  record CreateReplaceable(String object, boolean replaces) implements Operation {
    /** The text is needed. */
    public CreateReplaceable {
      Objects.requireNonNull(object, "object");
    }

    @Override
    public String sql() {
      return "CREATE " + (replaces ? "OR REPLACE " : "") + object;
    }

    @Override
    public boolean creates() {
      return true;
    }

    /**
     * @return the same, in the place of what may be there
     */
    public CreateReplaceable replacing() {
      return new CreateReplaceable(object, true);
    }
  }

  /**
   * Something goes.
   *
   * @param sql the statement
   */
  record Drop(String sql) implements Operation {
    /** The text is needed. */
    public Drop {
      Objects.requireNonNull(sql, "sql");
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /**
   * DROP of an object.
   *
   * @param keyword what it is, as SQL says it
   * @param ifExists whether one that is not there is none to drop
   * @param name its name, with what tells it from others of the same name
   */
  record DropObject(String keyword, boolean ifExists, String name) implements Operation {
    /** Both texts are needed. */
    public DropObject {
      Objects.requireNonNull(keyword, "keyword");
      Objects.requireNonNull(name, "name");
    }

    @Override
    public String sql() {
      return "DROP " + keyword + (ifExists ? " IF EXISTS " : " ") + name;
    }

    @Override
    public boolean takesAway() {
      return true;
    }

    /**
     * @return the same, where one that is not there is none to drop
     */
    public DropObject orNone() {
      return new DropObject(keyword, true, name);
    }
  }

  /**
   * Something that is there becomes different: in its settings, its name, what it belongs to.
   *
   * @param sql the statement
   */
  record Change(String sql) implements Operation {
    /** The text is needed. */
    public Change {
      Objects.requireNonNull(sql, "sql");
    }
  }

  /**
   * Rows, sequences or bodies are read or written; the schema stays.
   *
   * @param sql the statement
   */
  record Run(String sql) implements Operation {
    /** The text is needed. */
    public Run {
      Objects.requireNonNull(sql, "sql");
    }
  }

  /**
   * A setting of the session or the transaction.
   *
   * @param sql the statement
   */
  record Set(String sql) implements Operation {
    /** The text is needed. */
    public Set {
      Objects.requireNonNull(sql, "sql");
    }
  }

  /**
   * The time zone of the transaction.
   *
   * @param zone the zone, as PostgreSQL names it
   */
  record SetTimeZone(String zone) implements Operation {
    /** The zone is needed. */
    public SetTimeZone {
      Objects.requireNonNull(zone, "zone");
    }

    @Override
    public String sql() {
      return "SET LOCAL TimeZone = " + SqlLiteral.literal(zone);
    }

    @Override
    public Operation in(String other) {
      return new SetTimeZone(other);
    }
  }

  /**
   * ALTER TABLE, with one action or several that share its lock and its pass over the rows.
   *
   * @param table the table, as an identifier
   * @param only whether its children are left alone
   * @param actions at least one
   * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE</a>
   */
  record AlterTable(String table, boolean only, List<TableAction> actions) implements Operation {
    /** Copies what it is given. */
    public AlterTable {
      Objects.requireNonNull(table, "table");
      actions = List.copyOf(actions);
      if (actions.isEmpty()) {
        throw new IllegalArgumentException("ALTER TABLE without an action");
      }
    }

    @Override
    public String sql() {
      String alter = "ALTER TABLE " + (only ? "ONLY " : "") + table;
      return actions.size() == 1
          ? alter + " " + actions.get(0).sql()
          : actions.stream()
              .map(TableAction::sql)
              .collect(Collectors.joining(",\n  ", alter + "\n  ", ""));
    }

    @Override
    public boolean takesAway() {
      return actions.stream().allMatch(TableAction::takesAway);
    }

    @Override
    public Operation in(String zone) {
      return new AlterTable(table, only, actions.stream().map(action -> action.in(zone)).toList());
    }
  }

  /**
   * CREATE INDEX.
   *
   * @param unique whether it is unique
   * @param name its name, as an identifier
   * @param only whether partitions are left alone
   * @param table its table, as an identifier
   * @param body what stands behind the table, with a blank before it
   * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX</a>
   */
  record CreateIndex(boolean unique, String name, boolean only, String table, String body)
      implements Operation {
    /** All of it is needed. */
    public CreateIndex {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(body, "body");
    }

    @Override
    public String sql() {
      return "CREATE %sINDEX %s ON %s%s%s"
          .formatted(unique ? "UNIQUE " : "", name, only ? "ONLY " : "", table, body);
    }
  }

  /**
   * An index is built or dropped while rows are read and written. Others do not wait for it; it
   * waits for them.
   *
   * @param sql the statement
   * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">Building Indexes
   *     Concurrently</a>
   */
  record Concurrently(String sql) implements Operation {
    /** The text is needed. */
    public Concurrently {
      Objects.requireNonNull(sql, "sql");
    }
  }

  /**
   * DROP INDEX.
   *
   * @param index the index, as an identifier
   * @param cascade whether what hangs on it goes too
   */
  record DropIndex(String index, boolean cascade) implements Operation {
    /** The name is needed. */
    public DropIndex {
      Objects.requireNonNull(index, "index");
    }

    @Override
    public String sql() {
      return "DROP INDEX " + index + (cascade ? " CASCADE" : "");
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /**
   * An index or a materialized view moves to another tablespace, which writes all of it again.
   *
   * @param object the object with its keyword
   * @param tablespace the tablespace, as an identifier
   */
  record SetTablespace(String object, String tablespace) implements Operation {
    /** Both are needed. */
    public SetTablespace {
      Objects.requireNonNull(object, "object");
      Objects.requireNonNull(tablespace, "tablespace");
    }

    @Override
    public String sql() {
      return "ALTER " + object + " SET TABLESPACE " + tablespace;
    }
  }

  /**
   * ALTER TYPE … ADD VALUE.
   *
   * @param type the enum, as an identifier
   * @param label the new value
   * @param place where it comes, with a blank before it; empty for the end
   * @see <a href="https://www.postgresql.org/docs/current/sql-altertype.html">ALTER TYPE</a>
   */
  record AddEnumValue(String type, String label, String place) implements Operation {
    /** All of it is needed. */
    public AddEnumValue {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(place, "place");
    }

    @Override
    public String sql() {
      return "ALTER TYPE " + type + " ADD VALUE " + SqlLiteral.literal(label) + place;
    }
  }

  /**
   * GRANT or REVOKE.
   *
   * @param prefix what stands before: of default privileges whose they are
   * @param rights the verb and the rights
   * @param revokes whether they are taken away
   * @param rest on what, and who
   * @see <a href="https://www.postgresql.org/docs/current/sql-grant.html">GRANT</a>
   */
  record Grant(String prefix, String rights, boolean revokes, String rest) implements Operation {
    /** All of it is needed. */
    public Grant {
      Objects.requireNonNull(prefix, "prefix");
      Objects.requireNonNull(rights, "rights");
      Objects.requireNonNull(rest, "rest");
    }

    @Override
    public String sql() {
      return prefix + rights + rest;
    }

    @Override
    public boolean takesAway() {
      return revokes && prefix.isEmpty();
    }
  }

  /**
   * An operation that looks first whether it is needed, so that its script can run again.
   *
   * @param sql the statement around it
   * @param operation what it does then
   */
  record Guarded(String sql, Operation operation) implements Operation {
    /** Both are needed. */
    public Guarded {
      Objects.requireNonNull(sql, "sql");
      Objects.requireNonNull(operation, "operation");
    }
  }
}
