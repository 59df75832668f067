package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.Operation;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Planning rule for privileges of a grantee on an object. The grantee without a name is the owner.
 */
final class PrivilegeRule implements KindRule {
  private static final List<Kind> RELATIONS =
      List.of(Kind.TABLE, Kind.FOREIGN_TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW);

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.PRIVILEGE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    FactId id = fact.id();
    List<String> initial =
        DefaultPrivileges.initial(id.target(1), id.name(0), fact.items(Attribute.USUAL), context);
    return access(id, change(id, context.to(), initial, fact.items(Attribute.GRANTED)), context);
  }

  /** What is granted and revoked on something that stands before and after. */
  private static List<Statement> access(
      FactId id, List<Statement> statements, PlanContext context) {
    FactId target = id.target(1);
    boolean stands =
        context.from().has(target)
            && context.to().has(target)
            && !context.created().contains(target);
    boolean again =
        context
            .from()
            .find(id)
            .map(one -> one.items(Attribute.GRANTED))
            .equals(context.to().find(id).map(one -> one.items(Attribute.GRANTED)));
    return stands && !again
        ? statements.stream()
            .map(
                one ->
                    one.operation() instanceof Operation.Grant grant
                        ? one.with(access(grant, target, id.name(0)))
                        : one)
            .toList()
        : statements;
  }

  private static Hazard access(Operation.Grant grant, FactId target, String role) {
    return new Hazard.ChangesAccess(
        grant.revokes()
            ? Hazard.ChangesAccess.Direction.NARROWS
            : Hazard.ChangesAccess.Direction.WIDENS,
        "%s: %s for %s"
            .formatted(target, grant.rights(), role.isEmpty() ? "its owner" : SqlNames.role(role)));
  }

  /** What is revoked on a table is revoked on its columns too; so those come afterwards. */
  @Override
  public Set<FactId> createsAfter(Fact fact, PlanContext context) {
    return ofTable(fact.id());
  }

  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, PlanContext context) {
    return ofTable(after.id());
  }

  private static Set<FactId> ofTable(FactId id) {
    FactId target = id.target(1);
    return target.kind() == Kind.COLUMN
        ? RELATIONS.stream()
            .map(
                kind ->
                    FactId.about(
                        Kind.PRIVILEGE, new FactId(kind, target.names().subList(0, 2)), id.name(0)))
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** Grants again on columns what stays there and went with a right on the table. */
  private static List<Statement> columnsAgain(
      FactId id, List<String> before, List<String> after, PlanContext context) {
    FactId table = id.target(1);
    if (!RELATIONS.contains(table.kind()) || after.containsAll(before)) {
      return List.of();
    }
    List<Statement> statements = new ArrayList<>();
    for (Fact fact : context.to().facts().tailMap(FactId.of(Kind.PRIVILEGE, "")).values()) {
      boolean sameGrantee =
          fact.id().kind() == Kind.PRIVILEGE
              && fact.id().name(0).equals(id.name(0))
              && fact.id().target(1).kind() == Kind.COLUMN
              && fact.id().target(1).names().subList(0, 2).equals(table.names());
      if (sameGrantee) {
        List<String> stays = new ArrayList<>(fact.items(Attribute.GRANTED));
        stays.retainAll(
            context
                .from()
                .find(fact.id())
                .map(one -> one.items(Attribute.GRANTED))
                .orElse(List.of()));
        List<String> left = new ArrayList<>(stays);
        left.removeIf(
            right ->
                before.stream().anyMatch(had -> sameRight(had, right) && !after.contains(had)));
        statements.addAll(change(fact.id(), context.to(), left, stays));
      }
    }
    return statements;
  }

  /** Grants again what others have, who may have had it from a role that can no longer grant it. */
  private static List<Statement> othersAgain(
      FactId id, List<String> before, List<String> after, PlanContext context) {
    List<String> gone =
        before.stream().filter(right -> right.endsWith("*") && !after.contains(right)).toList();
    List<Statement> statements = new ArrayList<>();
    if (gone.isEmpty()) {
      return statements;
    }
    for (Fact other : context.to().facts().tailMap(FactId.of(Kind.PRIVILEGE, "")).values()) {
      boolean sameObject =
          other.id().kind() == Kind.PRIVILEGE
              && !other.id().equals(id)
              && other.id().target(1).equals(id.target(1));
      if (sameObject) {
        List<String> stays = new ArrayList<>(other.items(Attribute.GRANTED));
        stays.retainAll(
            context
                .from()
                .find(other.id())
                .map(one -> one.items(Attribute.GRANTED))
                .orElse(List.of()));
        List<String> left = new ArrayList<>(stays);
        left.removeIf(right -> gone.stream().anyMatch(one -> sameRight(one, right)));
        statements.addAll(change(other.id(), context.to(), left, stays));
      }
    }
    return statements;
  }

  private static boolean sameRight(String one, String other) {
    return one.replace("*", "").equals(other.replace("*", ""));
  }

  static List<Statement> change(FactId id, Schema schema, List<String> before, List<String> after) {
    FactId target = id.target(1);
    String role = grantee(id.name(0), target, schema);
    return GrantText.change(id, before, after, on(target, schema, role), column(target));
  }

  private static GrantText.Place on(FactId target, Schema schema, String role) {
    String object =
        switch (target.kind()) {
          case COLUMN -> "TABLE " + qualified(target);
          case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> "TABLE " + qualified(target);
          case AGGREGATE -> "FUNCTION " + qualified(target) + "(" + target.name(2) + ")";
          case SERVER -> "FOREIGN SERVER " + quote(target.name(0));
          default -> ObjectReference.to(target, schema);
        };
    return new GrantText.Place("", " ON " + object, role);
  }

  private static String column(FactId target) {
    return target.kind() == Kind.COLUMN ? quote(target.lastName()) : "";
  }

  private static String grantee(String name, FactId target, Schema schema) {
    if (!name.isEmpty()) {
      return SqlNames.role(name);
    }
    FactId owned = target.kind() == Kind.COLUMN ? relation(target, schema) : target;
    return schema
        .find(FactId.about(Kind.OWNER, owned))
        .map(owner -> quote(owner.text(Attribute.ROLE)))
        .orElse("CURRENT_USER");
  }

  private static FactId relation(FactId column, Schema schema) {
    return RELATIONS.stream()
        .map(kind -> new FactId(kind, column.names().subList(0, 2)))
        .filter(schema::has)
        .findFirst()
        .orElse(column);
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return changed(
        fact, context.from(), fact.items(Attribute.GRANTED), fact.items(Attribute.USUAL), context);
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return Alteration.inPlace(
        changed(
            after,
            context.to(),
            before.items(Attribute.GRANTED),
            after.items(Attribute.GRANTED),
            context));
  }

  private static List<Statement> changed(
      Fact fact, Schema schema, List<String> before, List<String> after, PlanContext context) {
    List<Statement> statements =
        new ArrayList<>(access(fact.id(), change(fact.id(), schema, before, after), context));
    statements.addAll(othersAgain(fact.id(), before, after, context));
    statements.addAll(columnsAgain(fact.id(), before, after, context));
    return statements;
  }
}
