package dev.migrate.introspect;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Filter of an introspection: which schemas are read, and whether owners and privileges are.
 *
 * @param schemas the names of the schemas; empty means all that users made
 * @param historyTable the name of the table that records applied revisions, which is no part of the
 *     schema; empty when there is none
 * @param privileges whether privileges are read
 * @param owners whether owners are read
 */
public record Scope(
    SortedSet<String> schemas, String historyTable, boolean privileges, boolean owners) {

  /** The name that Flyway gives its table. */
  public static final String FLYWAY_HISTORY = "flyway_schema_history";

  /**
   * @param schemas the names of the schemas; empty means all that users made
   * @param historyTable the table that is left out, or an empty text
   * @param privileges whether privileges are read
   * @param owners whether owners are read
   */
  public Scope {
    schemas = new TreeSet<>(schemas);
  }

  /**
   * @return all schemas, without privileges and owners and without Flyway's table
   */
  public static Scope standard() {
    return new Scope(new TreeSet<>(), FLYWAY_HISTORY, false, false);
  }

  /**
   * @param names the names of schemas
   * @return this scope, limited to those
   */
  public Scope withSchemas(Collection<String> names) {
    return new Scope(new TreeSet<>(names), historyTable, privileges, owners);
  }

  /**
   * @param wanted whether privileges are read
   * @return this scope with or without them
   */
  public Scope withPrivileges(boolean wanted) {
    return new Scope(schemas, historyTable, wanted, owners);
  }

  /**
   * @param wanted whether owners are read
   * @return this scope with or without them
   */
  public Scope withOwners(boolean wanted) {
    return new Scope(schemas, historyTable, privileges, wanted);
  }

  /**
   * @return whether objects that live in no schema, such as casts and event triggers, are read
   */
  boolean wholeDatabase() {
    return schemas.isEmpty();
  }
}
