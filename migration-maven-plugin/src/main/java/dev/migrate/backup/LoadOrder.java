package dev.migrate.backup;

import dev.migrate.plan.Names;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The statements that make a schema, in three parts: what rows need to be loaded, what is better
 * made when they are there, and who may do what. Pure.
 *
 * @param before before the rows
 * @param after after the rows
 * @param rights owners and privileges
 */
record LoadOrder(List<String> before, List<String> after, List<String> rights) {
  private static final Set<Kind> RIGHTS =
      EnumSet.of(Kind.OWNER, Kind.PRIVILEGE, Kind.DEFAULT_PRIVILEGE, Kind.EVENT_TRIGGER);

  /** Faster when the rows are there, or in their way. */
  private static final Set<Kind> LATE =
      EnumSet.of(
          Kind.INDEX,
          Kind.TRIGGER,
          Kind.RULE,
          Kind.POLICY,
          Kind.MATERIALIZED_VIEW,
          Kind.STATISTICS,
          Kind.REPLICA_IDENTITY,
          Kind.PUBLICATION,
          Kind.PUBLICATION_TABLE,
          Kind.PUBLICATION_SCHEMA);

  /** Nothing can be loaded without these. */
  private static final Set<Kind> HOLDS_ROWS =
      EnumSet.of(
          Kind.TABLE,
          Kind.FOREIGN_TABLE,
          Kind.COLUMN,
          Kind.DEFAULT,
          Kind.IDENTITY,
          Kind.INHERITANCE,
          Kind.PARTITION,
          Kind.SEQUENCE,
          Kind.SEQUENCE_OWNER,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE_TYPE,
          Kind.ATTRIBUTE,
          Kind.RANGE_TYPE);

  private static final List<String> ROW_SECURITY = List.of("row security", "forced row security");

  /** Copies what it is given. */
  LoadOrder {
    before = List.copyOf(before);
    after = List.copyOf(after);
    rights = List.copyOf(rights);
  }

  /**
   * @param schema the whole schema, with owners and privileges
   * @param unpopulated the materialized views without content
   * @return its statements
   */
  static LoadOrder of(Schema schema, Collection<FactId> unpopulated) {
    Planner planner = AllRules.planner();
    Schema fresh = fresh(schema);
    Set<FactId> rightsIds = new HashSet<>();
    schema.facts().keySet().stream()
        .filter(id -> RIGHTS.contains(id.kind()))
        .forEach(id -> rightsIds.addAll(withDependents(id, schema)));
    Schema unowned = without(schema, rightsIds, false);
    Set<FactId> late = late(unowned);
    Schema early = without(unowned, late, true);
    List<String> before =
        sql(planner.plan(without(fresh, rightsIds, false), early, PlanOptions.standard()));
    List<String> after = sql(planner.plan(early, unowned, PlanOptions.standard()));
    List<String> views = new ArrayList<>();
    for (Fact fact : unowned.facts().values()) {
      if (fact.id().kind() == Kind.MATERIALIZED_VIEW) {
        if (unpopulated.contains(fact.id())) {
          views.add("REFRESH MATERIALIZED VIEW " + Names.qualified(fact.id()) + " WITH NO DATA");
        } else if (!late.contains(fact.id())) {
          views.add("REFRESH MATERIALIZED VIEW " + Names.qualified(fact.id()));
        }
      }
    }
    after.addAll(views);
    Schema from = withRights(unowned, fresh);
    return new LoadOrder(before, after, sql(planner.plan(from, schema, PlanOptions.standard())));
  }

  private static List<String> sql(Plan plan) {
    List<String> statements = new ArrayList<>();
    plan.statements().forEach(statement -> statements.add(statement.sql()));
    return statements;
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
                    Fact.of(language).text("schema", "pg_catalog").text("version", "1.0").build()));
    facts.add(comment(space, "standard public schema"));
    facts.add(comment(language, "PL/pgSQL procedural language"));
    FactId owner = FactId.about(Kind.OWNER, space);
    int major = schema.origin().major();
    if (major >= 15) {
      facts.add(Fact.of(owner).parent(space).text("role", "pg_database_owner").build());
    } else {
      // The role that made the cluster, whatever its name; nobody but that role can say it.
      schema.find(owner).ifPresent(facts::add);
    }
    facts.add(
        Fact.of(FactId.about(Kind.PRIVILEGE, space, "public"))
            .parent(space)
            .dependsOn(owner)
            .items("granted", major >= 15 ? List.of("USAGE") : List.of("CREATE", "USAGE"))
            .build());
    return new Schema(
        facts, List.of(), Map.of(), new Schema.Origin(schema.origin().serverVersion(), ""));
  }

  private static Fact comment(FactId about, String text) {
    return Fact.of(FactId.about(Kind.COMMENT, about)).parent(about).text("text", text).build();
  }

  /** What can wait, with everything that depends on it; not what the rows cannot do without. */
  private static Set<FactId> late(Schema schema) {
    Set<FactId> late = new HashSet<>();
    for (Fact fact : schema.facts().values()) {
      if (isLate(fact)) {
        Set<FactId> group = withDependents(fact.id(), schema);
        if (group.stream().noneMatch(id -> HOLDS_ROWS.contains(id.kind()))) {
          late.addAll(group);
        }
      }
    }
    return late;
  }

  private static boolean isLate(Fact fact) {
    return switch (fact.id().kind()) {
      case CONSTRAINT -> !fact.text("type").equals("check") || fact.has("not valid");
      case DOMAIN_CONSTRAINT -> fact.has("not valid");
      default -> LATE.contains(fact.id().kind());
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
              if (RIGHTS.contains(id.kind()) && unowned.has(FactId.of(Kind.SCHEMA, "public"))) {
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
