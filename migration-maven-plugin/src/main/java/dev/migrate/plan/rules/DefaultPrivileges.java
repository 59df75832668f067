package dev.migrate.plan.rules;

import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Computes the privileges that PostgreSQL grants by itself on an object when the plan creates it.
 * Default privileges change after everything else, so those of the old schema are in force.
 */
final class DefaultPrivileges {
  private static final int FIRST_WITH_MAINTAIN = 17;

  private DefaultPrivileges() {}

  /**
   * What a grantee has on a new object; {@code usual} where no default privileges say otherwise.
   */
  static List<String> initial(
      FactId target, String grantee, List<String> usual, PlanContext context) {
    Optional<String> objects = objects(target);
    if (objects.isEmpty() || !context.created().contains(target)) {
      return usual;
    }
    List<String> granted =
        new ArrayList<>(
            find(context, "", objects.get(), grantee)
                .map(fact -> fact.items(Attribute.GRANTED))
                .orElse(usual));
    if (target.kind() != Kind.SCHEMA) {
      if (!context.dropped().contains(FactId.of(Kind.SCHEMA, target.name(0)))) {
        find(context, target.name(0), objects.get(), grantee)
            .ifPresent(fact -> granted.addAll(fact.items(Attribute.GRANTED)));
      }
    }
    return granted.stream().distinct().toList();
  }

  /** Takes away from a new object what default privileges give and the wanted schema does not. */
  static List<Statement> surplus(Fact fact, PlanContext context) {
    Optional<String> objects = objects(fact.id());
    if (objects.isEmpty()) {
      return List.of();
    }
    Set<String> grantees = new TreeSet<>();
    // Facts are sorted by kind, and this kind is the last.
    for (FactId id :
        context.from().facts().tailMap(FactId.of(Kind.DEFAULT_PRIVILEGE, "")).keySet()) {
      if (id.name(2).equals(objects.get())) {
        grantees.add(id.name(3));
      }
    }
    List<Statement> statements = new ArrayList<>();
    for (String grantee : grantees) {
      FactId id = FactId.about(Kind.PRIVILEGE, fact.id(), grantee);
      if (!context.to().has(id)) {
        List<String> usual = usual(objects.get(), grantee, context);
        statements.addAll(
            PrivilegeRule.change(
                id, context.to(), initial(fact.id(), grantee, usual, context), usual));
      }
    }
    return statements;
  }

  private static List<String> usual(String objects, String grantee, PlanContext context) {
    return find(context, "", objects, grantee)
        .map(fact -> fact.items(Attribute.USUAL))
        .orElseGet(
            () ->
                switch (grantee) {
                  case "public" ->
                      switch (objects) {
                        case "FUNCTIONS" -> List.of("EXECUTE");
                        case "TYPES" -> List.of("USAGE");
                        default -> List.of();
                      };
                  case "" -> ofOwner(objects, context);
                  default -> List.of();
                });
  }

  /** All that there is to have; the owner is the grantee without a name. */
  private static List<String> ofOwner(String objects, PlanContext context) {
    return switch (objects) {
      case "TABLES" -> {
        List<String> all =
            new ArrayList<>(
                List.of(
                    "DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"));
        if (context.from().origin().major() >= FIRST_WITH_MAINTAIN) {
          all.add("MAINTAIN");
        }
        yield all;
      }
      case "SEQUENCES" -> List.of("SELECT", "UPDATE", "USAGE");
      case "FUNCTIONS" -> List.of("EXECUTE");
      case "TYPES" -> List.of("USAGE");
      default -> List.of("CREATE", "USAGE");
    };
  }

  /** What the role that runs the plan grants; where owners are read, it is there by its name. */
  private static Optional<Fact> find(
      PlanContext context, String schema, String objects, String grantee) {
    Schema from = context.from();
    return from.find(FactId.of(Kind.DEFAULT_PRIVILEGE, "", schema, objects, grantee))
        .or(
            () ->
                from.find(
                    FactId.of(
                        Kind.DEFAULT_PRIVILEGE, from.origin().user(), schema, objects, grantee)));
  }

  private static Optional<String> objects(FactId id) {
    return switch (id.kind()) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> Optional.of("TABLES");
      case SEQUENCE -> Optional.of("SEQUENCES");
      case FUNCTION, PROCEDURE, AGGREGATE -> Optional.of("FUNCTIONS");
      case ENUM, DOMAIN, RANGE_TYPE, COMPOSITE_TYPE, BASE_TYPE -> Optional.of("TYPES");
      case SCHEMA -> Optional.of("SCHEMAS");
      default -> Optional.empty();
    };
  }
}
