package dev.migrate.loss;

import dev.migrate.loss.SideEffectCatalog.Reach;
import dev.migrate.loss.SideEffectCatalog.Subject;
import dev.migrate.loss.SideEffectCatalog.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Symbol table of the analysis: what the names in a statement can stand for, what the database has
 * and what the scripts have made so far. A name without a schema stands for everything of that
 * name, since a script sets the search path as it likes.
 */
final class SymbolTable {
  /** PostgreSQL's own that are volatile and yet take nothing away. */
  private static final Set<String> HARMLESS =
      Set.of(
          ("set_config nextval currval lastval clock_timestamp timeofday random random_normal setseed"
                  + " gen_random_uuid uuidv4 uuidv7 pg_sleep pg_sleep_for pg_sleep_until pg_notify"
                  + " pg_advisory_lock pg_advisory_lock_shared pg_advisory_xact_lock"
                  + " pg_advisory_xact_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared"
                  + " pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared"
                  + " pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all"
                  + " lo_create lo_creat lo_from_bytea lo_get lo_open lo_close lo_lseek lo_lseek64"
                  + " lo_tell lo_tell64 loread pg_relation_size pg_total_relation_size"
                  + " pg_table_size pg_indexes_size pg_database_size pg_tablespace_size"
                  + " pg_export_snapshot pg_is_in_recovery pg_blocking_pids pg_current_wal_lsn"
                  + " pg_current_wal_insert_lsn pg_sequence_last_value pg_trigger_depth")
              .split(" "));

  /** PostgreSQL's own that run SQL given as text or read whole tables, views included. */
  private static final Set<String> READERS_OF_SQL =
      Set.of("ts_stat", "ts_rewrite", "pg_input_is_valid", "pg_input_error_info");

  private static final String TO_XML = ".*_to_(xml|xmlschema|xml_and_xmlschema)";

  private final SideEffectCatalog catalog;
  private final Map<String, List<Routine>> routines = new HashMap<>();
  private final Map<String, Routine> byId = new HashMap<>();
  private final Map<String, List<Reach>> reaches = new HashMap<>();
  private final Set<String> prepared = new HashSet<>();
  private final Set<String> anywhere;
  private final Set<String> onDefinition;
  private final Set<List<String>> triggers = new HashSet<>();
  private int made;

  SymbolTable(SideEffectCatalog catalog) {
    this.catalog = catalog;
    this.anywhere = new HashSet<>(catalog.anywhere());
    this.onDefinition = new HashSet<>(catalog.onDefinition());
    catalog.routines().forEach(this::add);
    catalog.reaches().forEach(this::add);
  }

  private void add(Routine routine) {
    byId.put(routine.id(), routine);
    if (!routine.name().isEmpty()) {
      routines.computeIfAbsent(routine.name(), name -> new ArrayList<>()).add(routine);
    }
  }

  private void add(Reach reach) {
    reaches.computeIfAbsent(reach.subject() + reach.name(), name -> new ArrayList<>()).add(reach);
  }

  private static String last(List<String> names) {
    return names.get(names.size() - 1);
  }

  private static boolean in(List<String> names, String schema) {
    // What a script makes without a schema is where the search path says, which may be anywhere.
    return names.size() < 2 || schema.isEmpty() || names.get(names.size() - 2).equals(schema);
  }

  /** The user's routines that a name can stand for. */
  List<Routine> routines(List<String> names) {
    return routines.getOrDefault(last(names), List.of()).stream()
        .filter(routine -> in(names, routine.schema()))
        .toList();
  }

  /** Whether a name can stand for a function of PostgreSQL's own. */
  boolean isBuiltin(List<String> names) {
    return in(names, "pg_catalog") && catalog.builtins().containsKey(last(names));
  }

  /** Whether PostgreSQL's own of that name, whichever of them is meant, takes nothing away. */
  boolean isHarmlessBuiltin(List<String> names) {
    String name = last(names);
    if (READERS_OF_SQL.contains(name) || name.matches(TO_XML)) {
      return false;
    }
    return !catalog.builtins().get(name) || HARMLESS.contains(name);
  }

  /** What a relation, an operator or a type sets off. */
  Set<String> setOff(Subject subject, List<String> names, Use use) {
    Set<String> found = new HashSet<>();
    for (Reach reach : reaches.getOrDefault(subject + last(names), List.of())) {
      if (in(names, reach.schema()) && reach.use().compareTo(use) <= 0) {
        found.add(reach.routine());
      }
    }
    return found;
  }

  /** What any relation of the database sets off when it is read again from one end to the other. */
  Set<String> setOffByAll(Use use) {
    Set<String> found = new HashSet<>();
    reaches.values().stream()
        .flatMap(List::stream)
        .filter(reach -> reach.subject() == Subject.RELATION && reach.use().compareTo(use) <= 0)
        .forEach(reach -> found.add(reach.routine()));
    return found;
  }

  Set<String> anywhere() {
    return anywhere;
  }

  Set<String> onDefinition() {
    return onDefinition;
  }

  /** The functions of triggers that these scripts make, on whatever table. */
  Set<List<String>> triggers() {
    return triggers;
  }

  Optional<Routine> routine(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  boolean isPrepared(String name) {
    return prepared.contains(name);
  }

  void prepare(String name) {
    prepared.add(name);
  }

  /** A script makes a routine. */
  Routine make(List<String> names, String language, String definition, List<String> parts) {
    String schema = names.size() > 1 ? names.get(names.size() - 2) : "";
    Routine routine =
        new Routine("s" + made++, schema, last(names), language, true, "", definition, parts);
    add(routine);
    return routine;
  }

  /** A script makes something that sets off a routine. */
  void make(Subject subject, List<String> names, Use use, String routine) {
    String schema = names.size() > 1 ? names.get(names.size() - 2) : "";
    add(new Reach(subject, schema, last(names), use, routine));
  }

  void runsAnywhere(String routine) {
    anywhere.add(routine);
  }

  void runsOnDefinition(String routine) {
    onDefinition.add(routine);
  }

  void runsOnAdding(List<String> function) {
    triggers.add(function);
  }

  /** From here on another name stands for the schema, too. */
  void alsoNamed(String schema, String other) {
    for (Routine routine : routines.values().stream().flatMap(List::stream).toList()) {
      if (routine.schema().equals(schema)) {
        alsoNamed(List.of(schema, routine.name()), List.of(other, routine.name()));
      }
    }
    for (Reach reach : reaches.values().stream().flatMap(List::stream).toList()) {
      if (reach.schema().equals(schema)) {
        add(new Reach(reach.subject(), other, reach.name(), reach.use(), reach.routine()));
      }
    }
  }

  /** From here on another name stands for it, too. */
  void alsoNamed(Subject subject, List<String> names, List<String> other) {
    for (Reach reach : List.copyOf(reaches.getOrDefault(subject + last(names), List.of()))) {
      if (in(names, reach.schema())) {
        String schema = other.size() > 1 ? other.get(0) : reach.schema();
        add(new Reach(subject, schema, last(other), reach.use(), reach.routine()));
      }
    }
  }

  /** From here on another name stands for the routine, too. */
  void alsoNamed(List<String> names, List<String> other) {
    for (Routine routine : List.copyOf(routines(names))) {
      String schema = other.size() > 1 ? other.get(0) : routine.schema();
      add(
          new Routine(
              routine.id(),
              schema,
              last(other),
              routine.language(),
              routine.changing(),
              routine.extension(),
              routine.definition(),
              routine.parts()));
    }
  }
}
