package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Planning rule for views, replaced where their columns stay what they were. */
final class ViewRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.VIEW);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(Statement.creatingReplaceable(fact.id(), view(fact)));
  }

  private static String view(Fact fact) {
    return "VIEW "
        + qualified(fact.id())
        + StorageOptions.with(fact)
        + " AS\n"
        + ViewText.body(fact.text(Attribute.DEFINITION));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    List<String> old = before.items(Attribute.COLUMNS);
    List<String> wanted = after.items(Attribute.COLUMNS);
    boolean grows = wanted.size() >= old.size() && wanted.subList(0, old.size()).equals(old);
    if (!grows) {
      return alterations.orRecreate();
    }
    if (alterations.differs(Attribute.DEFINITION) || alterations.differs(Attribute.COLUMNS)) {
      alterations
          .add("CREATE OR REPLACE " + view(after))
          .cover(Attribute.DEFINITION)
          .cover(Attribute.COLUMNS)
          .cover(Attribute.OPTIONS);
    }
    return alterations
        .on(
            Attribute.OPTIONS,
            () ->
                StorageOptions.change(
                    alterations, "ALTER VIEW " + qualified(after.id()), before, after))
        .orRecreate();
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(ObjectReference.relationName(fact.id()), ObjectReference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
