package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Views, replaced where their columns stay what they were. */
final class ViewRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.VIEW);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    return List.of(created(fact, "CREATE VIEW "));
  }

  private static Statement created(Fact fact, String create) {
    return Statement.creating(
        fact.id(),
        create
            + qualified(fact.id())
            + Options.with(fact)
            + " AS\n"
            + ViewText.body(fact.text(Attribute.DEFINITION)));
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(Reference.drop(fact.id(), scene.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    List<String> old = before.items(Attribute.COLUMNS);
    List<String> wanted = after.items(Attribute.COLUMNS);
    boolean grows = wanted.size() >= old.size() && wanted.subList(0, old.size()).equals(old);
    if (!grows) {
      return alterations.orRecreate();
    }
    if (alterations.differs(Attribute.DEFINITION) || alterations.differs(Attribute.COLUMNS)) {
      alterations
          .add(created(after, "CREATE OR REPLACE VIEW "))
          .cover(Attribute.DEFINITION)
          .cover(Attribute.COLUMNS)
          .cover(Attribute.OPTIONS);
    }
    return alterations
        .on(
            Attribute.OPTIONS,
            () -> Options.change(alterations, "ALTER VIEW " + qualified(after.id()), before, after))
        .orRecreate();
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(Reference.relationName(fact.id()), Reference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
