package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Composite types with their attributes. */
final class CompositeRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.COMPOSITE_TYPE, Kind.ATTRIBUTE);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    if (fact.id().kind() == Kind.ATTRIBUTE) {
      return List.of(
          Statement.of(fact.id(), alter(fact.id()) + " ADD ATTRIBUTE " + attribute(fact)));
    }
    List<String> attributes = new ArrayList<>();
    for (String name : scene.to().columnOrder().getOrDefault(fact.id(), List.of())) {
      FactId id = FactId.of(Kind.ATTRIBUTE, fact.id().name(0), fact.id().name(1), name);
      if (scene.included().contains(id)) {
        attributes.add("\n    " + attribute(scene.to().find(id).orElseThrow()));
      }
    }
    return List.of(
        Statement.of(
            fact.id(),
            "CREATE TYPE "
                + qualified(fact.id())
                + " AS ("
                + String.join(",", attributes)
                + (attributes.isEmpty() ? ")" : "\n)")));
  }

  private static String alter(FactId id) {
    return "ALTER TYPE " + qualified(id);
  }

  private static String attribute(Fact fact) {
    return quote(fact.id().lastName())
        + " "
        + fact.text("type")
        + (fact.has("collation") ? " COLLATE " + fact.text("collation") : "");
  }

  @Override
  public Set<FactId> includes(Fact fact, Scene scene) {
    return scene.to().childrenOf(fact.id()).stream()
        .map(Fact::id)
        .filter(id -> id.kind() == Kind.ATTRIBUTE)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(
        fact.id().kind() == Kind.ATTRIBUTE
            ? Statement.of(
                    fact.id(), alter(fact.id()) + " DROP ATTRIBUTE " + quote(fact.id().lastName()))
                .with(new Hazard.LosesData(fact.id().toString()))
            : Statement.of(fact.id(), "DROP TYPE " + qualified(fact.id())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.ATTRIBUTE) {
      if (alterations.differs("type") || alterations.differs("collation")) {
        alterations
            .add(
                alter(after.id())
                    + " ALTER ATTRIBUTE "
                    + quote(after.id().lastName())
                    + " TYPE "
                    + after.text("type")
                    + (after.has("collation") ? " COLLATE " + after.text("collation") : ""))
            .cover("type")
            .cover("collation")
            .inTheWay(dependent -> ColumnRule.inTheWayOfType(dependent, true));
      }
    }
    return alterations.orRecreate();
  }

  @Override
  public Set<String> takes(Fact fact) {
    return fact.id().kind() == Kind.ATTRIBUTE
        ? Set.of()
        : Set.of(Reference.typeName(fact.id()), Reference.relationName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return fact.id().kind() == Kind.ATTRIBUTE
        ? List.of(
            Statement.of(
                to,
                alter(fact.id())
                    + " RENAME ATTRIBUTE "
                    + quote(fact.id().lastName())
                    + " TO "
                    + quote(to.lastName())))
        : RenameText.inSchema(fact.id(), to, schema);
  }
}
