package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Carrying;
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
          Statement.of(
              fact.id(),
              alter(fact.id()) + " ADD ATTRIBUTE " + attribute(fact) + cascade(fact.id(), scene)));
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

  /** Tables of the type follow only when they are asked to. */
  private static String cascade(FactId attribute, Scene scene) {
    return TypedTables.columns(attribute, scene).isEmpty() ? "" : " CASCADE";
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
    if (fact.id().kind() != Kind.ATTRIBUTE) {
      return List.of(Statement.of(fact.id(), "DROP TYPE " + qualified(fact.id())));
    }
    Statement drop =
        Statement.of(
                fact.id(),
                alter(fact.id())
                    + " DROP ATTRIBUTE "
                    + quote(fact.id().lastName())
                    + cascade(fact.id(), scene))
            .with(new Hazard.LosesData(fact.id().toString()));
    for (FactId column : TypedTables.columns(fact.id(), scene)) {
      drop = drop.with(new Hazard.LosesData(column.toString()));
    }
    return List.of(drop);
  }

  /** What reads a column that goes with the attribute goes first. */
  @Override
  public Set<FactId> dropsAfter(Fact fact, Scene scene) {
    return fact.id().kind() == Kind.ATTRIBUTE
        ? Set.copyOf(TypedTables.columns(fact.id(), scene))
        : Set.of();
  }

  /** What is in the way of a column that changes with the attribute goes first. */
  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, Scene scene) {
    return after.id().kind() == Kind.ATTRIBUTE
        ? TypedTables.columns(after.id(), scene).stream()
            .flatMap(column -> scene.from().dependentsOf(column).stream())
            .map(Fact::id)
            .collect(Collectors.toSet())
        : Set.of();
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.ATTRIBUTE) {
      if (alterations.differs("type") || alterations.differs("collation")) {
        Statement statement =
            Statement.of(
                after.id(),
                alter(after.id())
                    + " ALTER ATTRIBUTE "
                    + quote(after.id().lastName())
                    + " TYPE "
                    + after.text("type")
                    + (after.has("collation") ? " COLLATE " + after.text("collation") : "")
                    + cascade(after.id(), scene));
        TypeChange change = TypeChange.of(before, after, scene.from(), scene.to());
        for (FactId column : TypedTables.columns(after.id(), scene)) {
          if (TypeChange.crossesZones(before, after, scene.from(), scene.to())) {
            alterations.add(TimeZones.session(column));
          }
          statement =
              change
                  .warned(statement, column)
                  .with(new Hazard.RewritesTable(qualified(column)))
                  .with(new Hazard.Blocks("ACCESS EXCLUSIVE", qualified(column)));
        }
        alterations
            .add(statement)
            .cover("type")
            .cover("collation")
            .inTheWay(dependent -> ColumnRule.inTheWayOfType(dependent, true));
      }
    }
    return alterations.orRecreate();
  }

  @Override
  public Carrying changes(Fact before, Fact after) {
    return after.id().kind() == Kind.ATTRIBUTE ? Carrying.UNSTORED : Carrying.FREE;
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
