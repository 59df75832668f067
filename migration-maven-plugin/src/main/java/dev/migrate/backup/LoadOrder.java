package dev.migrate.backup;

import dev.migrate.backup.GzipMember.Part;
import dev.migrate.plan.FactNames;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Orders the DDL statements of a restored schema into stages: tables first, then rows, then
 * indexes, constraints and triggers. Pure.
 *
 * @param before before the rows
 * @param after after the rows, in this order; a part may come more than once
 */
record LoadOrder(List<String> before, List<Stage> after) {
  private static final List<Attribute<Boolean>> ROW_SECURITY =
      List.of(Attribute.ROW_SECURITY, Attribute.FORCED_ROW_SECURITY);

  private static final Set<String> KEYS = Set.of("primary key", "unique", "exclusion");

  /** Copies what it is given. */
  LoadOrder {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * Statements of one part.
   *
   * @param part which, and so when and by how many connections they are run
   * @param statements in order
   */
  record Stage(Part part, List<String> statements) {
    Stage {
      statements = List.copyOf(statements);
    }
  }

  /**
   * @param schema the whole schema, with owners and privileges
   * @param unpopulated the materialized views without content
   * @return its statements
   */
  static LoadOrder of(Schema schema, Collection<FactId> unpopulated) {
    Schema fresh = fresh(schema);
    Set<FactId> rights = all(schema, fact -> fact.id().kind().has(Kind.Trait.RIGHT));
    // They would hear of everything that a restore does, as they did not when it was done.
    Set<FactId> triggers = all(schema, fact -> fact.id().kind() == Kind.EVENT_TRIGGER);
    Schema silent = without(schema, triggers, false);
    Schema unowned = without(silent, rights, false);
    Set<FactId> late = late(unowned);
    Schema early = without(unowned, late, true);
    Set<FactId> foreign = all(unowned, LoadOrder::isForeignKey);
    Schema unbound = without(unowned, foreign, false);
    Set<FactId> indexes = independentIndexes(unowned, early, late);
    Schema indexed = with(early, indexes, unowned);

    List<Stage> after = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    List<String> making = new ArrayList<>();
    Set<FactId> made = new HashSet<>();
    for (Statement statement : plan(early, indexed).statements()) {
      // What follows the first statement about an index, such as CLUSTER ON, needs it to be there.
      (made.add(statement.about()) ? making : settings).add(statement.sql());
    }
    after.add(new Stage(Part.INDEX, making));
    settings.addAll(sql(plan(indexed, unbound)));
    settings.addAll(refreshes(unowned, late, unpopulated));
    after.add(new Stage(Part.AFTER_DATA, settings));
    Schema bound = with(unbound, all(foreign, Kind.CONSTRAINT), unowned);
    after.add(new Stage(Part.FOREIGN_KEY, sql(plan(unbound, bound))));
    after.add(new Stage(Part.AFTER_DATA, sql(plan(bound, unowned))));
    after.add(new Stage(Part.RIGHTS, sql(plan(withRights(unowned, fresh), silent))));
    Schema watched = without(schema, all(triggers, Kind.OWNER), false);
    after.add(new Stage(Part.EVENT_TRIGGER, sql(plan(silent, watched))));
    after.add(new Stage(Part.RIGHTS, sql(plan(watched, schema))));
    return new LoadOrder(sql(plan(without(fresh, rights, false), early)), after);
  }

  private static List<String> refreshes(
      Schema schema, Set<FactId> late, Collection<FactId> unpopulated) {
    List<String> statements = new ArrayList<>();
    for (FactId id : schema.facts().keySet()) {
      if (id.kind() == Kind.MATERIALIZED_VIEW) {
        if (unpopulated.contains(id)) {
          statements.add("REFRESH MATERIALIZED VIEW " + FactNames.qualified(id) + " WITH NO DATA");
        } else if (!late.contains(id)) {
          statements.add("REFRESH MATERIALIZED VIEW " + FactNames.qualified(id));
        }
      }
    }
    return statements;
  }

  private static boolean isForeignKey(Fact fact) {
    return fact.id().kind() == Kind.CONSTRAINT
        && fact.has(Attribute.TYPE)
        && fact.text(Attribute.TYPE).equals("foreign key");
  }

  /**
   * The indexes that can be made in any order and at once: on tables without partitions, parents
   * and children, of nothing that is not there yet.
   */
  private static Set<FactId> independentIndexes(Schema schema, Schema early, Set<FactId> late) {
    Set<FactId> relatives = new HashSet<>();
    for (Fact fact : schema.facts().values()) {
      if (fact.id().kind() == Kind.INHERITANCE || fact.id().kind() == Kind.PARTITION) {
        fact.parent().ifPresent(relatives::add);
        relatives.addAll(fact.dependsOn());
      }
    }
    Set<FactId> found = new HashSet<>();
    for (FactId id : late) {
      Fact fact = schema.find(id).orElseThrow();
      FactId table = fact.parent().orElse(id);
      boolean plain =
          table.kind() == Kind.TABLE
              && !relatives.contains(table)
              && !schema.find(table).orElseThrow().has(Attribute.PARTITION_KEY);
      boolean index =
          id.kind() == Kind.INDEX && !fact.has(Attribute.INVALID)
              || id.kind() == Kind.CONSTRAINT
                  && fact.has(Attribute.TYPE)
                  && KEYS.contains(fact.text(Attribute.TYPE));
      if (plain && index && fact.dependsOn().stream().allMatch(early::has)) {
        found.add(id);
      }
    }
    return found;
  }

  /** Everything of a sort, with what depends on it. */
  private static Set<FactId> all(Schema schema, Predicate<Fact> wanted) {
    Set<FactId> found = new HashSet<>();
    for (Fact fact : schema.facts().values()) {
      if (wanted.test(fact)) {
        found.addAll(withDependents(fact.id(), schema));
      }
    }
    return found;
  }

  private static Set<FactId> all(Set<FactId> ids, Kind kind) {
    return ids.stream().filter(id -> id.kind() == kind).collect(Collectors.toSet());
  }

  private static Schema with(Schema schema, Set<FactId> more, Schema from) {
    List<Fact> facts = new ArrayList<>(schema.facts().values());
    more.forEach(id -> facts.add(from.find(id).orElseThrow()));
    return new Schema(
        facts,
        List.of(),
        schema.columnOrder(),
        new Schema.Origin(schema.origin().serverVersion(), ""));
  }

  private static Plan plan(Schema from, Schema to) {
    return AllRules.planner().plan(from, to, PlanOptions.standard());
  }

  private static List<String> sql(Plan plan) {
    return plan.statements().stream().map(Statement::sql).toList();
  }

  /**
   * What a database from {@code template0} has: the schema public, PL/pgSQL, and what PostgreSQL
   * says of them.
   */
  private static Schema fresh(Schema schema) {
    FactId space = FactId.of(Kind.SCHEMA, "public");
    FactId language = FactId.of(Kind.EXTENSION, "plpgsql");
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of(space).build());
    // The version of PL/pgSQL has been 1.0 since there are extensions.
    facts.add(
        schema
            .find(language)
            .orElseGet(
                () ->
                    Fact.of(language)
                        .text(Attribute.SCHEMA, "pg_catalog")
                        .text(Attribute.VERSION, "1.0")
                        .build()));
    facts.add(comment(space, "standard public schema"));
    facts.add(comment(language, "PL/pgSQL procedural language"));
    FactId owner = FactId.about(Kind.OWNER, space);
    int major = schema.origin().major();
    if (major >= 15) {
      facts.add(Fact.of(owner).parent(space).text(Attribute.ROLE, "pg_database_owner").build());
    } else {
      // The role that made the cluster, whatever its name; nobody but that role can say it.
      schema.find(owner).ifPresent(facts::add);
    }
    facts.add(
        Fact.of(FactId.about(Kind.PRIVILEGE, space, "public"))
            .parent(space)
            .dependsOn(owner)
            .items(Attribute.GRANTED, major >= 15 ? List.of("USAGE") : List.of("CREATE", "USAGE"))
            .build());
    return new Schema(
        facts, List.of(), Map.of(), new Schema.Origin(schema.origin().serverVersion(), ""));
  }

  private static Fact comment(FactId about, String text) {
    return Fact.of(FactId.about(Kind.COMMENT, about))
        .parent(about)
        .text(Attribute.TEXT, text)
        .build();
  }

  /** What can wait, with everything that depends on it; not what the rows cannot do without. */
  private static Set<FactId> late(Schema schema) {
    Set<FactId> late = new HashSet<>();
    for (Fact fact : schema.facts().values()) {
      if (isLate(fact)) {
        Set<FactId> group = withDependents(fact.id(), schema);
        if (group.stream().noneMatch(id -> id.kind().has(Kind.Trait.ROWS_NEED_IT))) {
          late.addAll(group);
        }
      }
    }
    return late;
  }

  private static boolean isLate(Fact fact) {
    return switch (fact.id().kind()) {
      case CONSTRAINT ->
          !fact.text(Attribute.TYPE).equals("check") || fact.has(Attribute.NOT_VALID);
      case DOMAIN_CONSTRAINT -> fact.has(Attribute.NOT_VALID);
      default -> fact.id().kind().has(Kind.Trait.AFTER_ROWS);
    };
  }

  private static Set<FactId> withDependents(FactId root, Schema schema) {
    Set<FactId> found = new LinkedHashSet<>(List.of(root));
    List<FactId> waiting = new ArrayList<>(found);
    while (!waiting.isEmpty()) {
      FactId next = waiting.remove(waiting.size() - 1);
      for (Fact dependent : schema.dependentsOf(next)) {
        if (found.add(dependent.id())) {
          waiting.add(dependent.id());
        }
      }
    }
    return found;
  }

  private static Schema without(Schema schema, Set<FactId> left, boolean openRows) {
    List<Fact> facts = new ArrayList<>();
    for (Fact fact : schema.facts().values()) {
      if (!left.contains(fact.id())) {
        boolean secured = openRows && ROW_SECURITY.stream().anyMatch(fact::has);
        facts.add(
            secured
                ? fact.copy()
                    .flag(ROW_SECURITY.get(0), false)
                    .flag(ROW_SECURITY.get(1), false)
                    .build()
                : fact);
      }
    }
    return new Schema(
        facts,
        List.of(),
        schema.columnOrder(),
        new Schema.Origin(schema.origin().serverVersion(), ""));
  }

  /** The rights that a fresh database has are there; all others are yet to be given. */
  private static Schema withRights(Schema unowned, Schema fresh) {
    Map<FactId, Fact> facts = new TreeMap<>(unowned.facts());
    fresh
        .facts()
        .forEach(
            (id, fact) -> {
              if (id.kind().has(Kind.Trait.RIGHT)
                  && unowned.has(FactId.of(Kind.SCHEMA, "public"))) {
                facts.put(id, fact);
              }
            });
    return new Schema(
        facts.values(),
        List.of(),
        unowned.columnOrder(),
        new Schema.Origin(unowned.origin().serverVersion(), ""));
  }
}
