package dev.migrate.loss;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Catalog data, as a value, that tells which functions, triggers and rules make a statement do more
 * than its words say.
 *
 * @param builtins the functions that PostgreSQL itself brings, and whether one of that name is
 *     declared volatile
 * @param routines what the user has made, or an extension
 * @param reaches what sets them off
 * @param anywhere the routines that nearly every statement can set off without naming anything: of
 *     casts and operator classes
 * @param onDefinition the routines that statements set off which define something: of event
 *     triggers
 */
public record SideEffectCatalog(
    Map<String, Boolean> builtins,
    List<Routine> routines,
    List<Reach> reaches,
    Set<String> anywhere,
    Set<String> onDefinition) {
  /** Copies what it is given. */
  public SideEffectCatalog {
    builtins = Map.copyOf(builtins);
    routines = List.copyOf(routines);
    reaches = List.copyOf(reaches);
    anywhere = Set.copyOf(anywhere);
    onDefinition = Set.copyOf(onDefinition);
  }

  /** What a name stands for that can set off a routine. */
  public enum Subject {
    /** A table, a view, a materialized view, a foreign table. */
    RELATION,
    /** An operator. */
    OPERATOR,
    /** A type. */
    TYPE
  }

  /** When a relation sets off a routine. Each includes the ones before it. */
  public enum Use {
    /** When rows are read: views, policies, generated columns that are not stored. */
    READ,
    /** When rows are read again to build something: checks, indexes, stored generated columns. */
    REBUILD,
    /** When rows are added: triggers, rules, defaults. */
    ADD
  }

  /**
   * That something sets off a routine, through whatever lies between.
   *
   * @param subject what kind of thing
   * @param schema its schema
   * @param name its name
   * @param use when
   * @param routine the routine's id
   */
  public record Reach(Subject subject, String schema, String name, Use use, String routine) {
    /** All of it is needed. */
    public Reach {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(use, "use");
      Objects.requireNonNull(routine, "routine");
    }
  }
}
