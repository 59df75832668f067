package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Names;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Privileges of a grantee on an object. The grantee without a name is the owner. */
final class PrivilegeRule implements Rule {
  private static final List<Kind> RELATIONS =
      List.of(Kind.TABLE, Kind.FOREIGN_TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW);

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.PRIVILEGE);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    FactId id = fact.id();
    List<String> initial =
        DefaultPrivileges.initial(id.target(1), id.name(0), fact.items(Attribute.USUAL), scene);
    return access(id, change(id, scene.to(), initial, fact.items(Attribute.GRANTED)), scene);
  }

  /** What is granted and revoked on something that stands before and after. */
  private static List<Statement> access(FactId id, List<Statement> statements, Scene scene) {
    FactId target = id.target(1);
    boolean stands =
        scene.from().has(target) && scene.to().has(target) && !scene.created().contains(target);
    boolean again =
        scene
            .from()
            .find(id)
            .map(one -> one.items(Attribute.GRANTED))
            .equals(scene.to().find(id).map(one -> one.items(Attribute.GRANTED)));
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
            .formatted(target, grant.rights(), role.isEmpty() ? "its owner" : Names.role(role)));
  }

  /** What is revoked on a table is revoked on its columns too; so those come afterwards. */
  @Override
  public Set<FactId> createsAfter(Fact fact, Scene scene) {
    return ofTable(fact.id());
  }

  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, Scene scene) {
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
      FactId id, List<String> before, List<String> after, Scene scene) {
    FactId table = id.target(1);
    if (!RELATIONS.contains(table.kind()) || after.containsAll(before)) {
      return List.of();
    }
    List<Statement> statements = new ArrayList<>();
    for (Fact fact : scene.to().facts().tailMap(FactId.of(Kind.PRIVILEGE, "")).values()) {
      boolean sameGrantee =
          fact.id().kind() == Kind.PRIVILEGE
              && fact.id().name(0).equals(id.name(0))
              && fact.id().target(1).kind() == Kind.COLUMN
              && fact.id().target(1).names().subList(0, 2).equals(table.names());
      if (sameGrantee) {
        List<String> stays = new ArrayList<>(fact.items(Attribute.GRANTED));
        stays.retainAll(
            scene
                .from()
                .find(fact.id())
                .map(one -> one.items(Attribute.GRANTED))
                .orElse(List.of()));
        List<String> left = new ArrayList<>(stays);
        left.removeIf(
            right ->
                before.stream().anyMatch(had -> sameRight(had, right) && !after.contains(had)));
        statements.addAll(change(fact.id(), scene.to(), left, stays));
      }
    }
    return statements;
  }

  /** Grants again what others have, who may have had it from a role that can no longer grant it. */
  private static List<Statement> othersAgain(
      FactId id, List<String> before, List<String> after, Scene scene) {
    List<String> gone =
        before.stream().filter(right -> right.endsWith("*") && !after.contains(right)).toList();
    List<Statement> statements = new ArrayList<>();
    if (gone.isEmpty()) {
      return statements;
    }
    for (Fact other : scene.to().facts().tailMap(FactId.of(Kind.PRIVILEGE, "")).values()) {
      boolean sameObject =
          other.id().kind() == Kind.PRIVILEGE
              && !other.id().equals(id)
              && other.id().target(1).equals(id.target(1));
      if (sameObject) {
        List<String> stays = new ArrayList<>(other.items(Attribute.GRANTED));
        stays.retainAll(
            scene
                .from()
                .find(other.id())
                .map(one -> one.items(Attribute.GRANTED))
                .orElse(List.of()));
        List<String> left = new ArrayList<>(stays);
        left.removeIf(right -> gone.stream().anyMatch(one -> sameRight(one, right)));
        statements.addAll(change(other.id(), scene.to(), left, stays));
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
          default -> Reference.to(target, schema);
        };
    return new GrantText.Place("", " ON " + object, role);
  }

  private static String column(FactId target) {
    return target.kind() == Kind.COLUMN ? quote(target.lastName()) : "";
  }

  private static String grantee(String name, FactId target, Schema schema) {
    if (!name.isEmpty()) {
      return Names.role(name);
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
  public List<Statement> drop(Fact fact, Scene scene) {
    return changed(
        fact, scene.from(), fact.items(Attribute.GRANTED), fact.items(Attribute.USUAL), scene);
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    return Alteration.inPlace(
        changed(
            after,
            scene.to(),
            before.items(Attribute.GRANTED),
            after.items(Attribute.GRANTED),
            scene));
  }

  private static List<Statement> changed(
      Fact fact, Schema schema, List<String> before, List<String> after, Scene scene) {
    List<Statement> statements =
        new ArrayList<>(access(fact.id(), change(fact.id(), schema, before, after), scene));
    statements.addAll(othersAgain(fact.id(), before, after, scene));
    statements.addAll(columnsAgain(fact.id(), before, after, scene));
    return statements;
  }
}
