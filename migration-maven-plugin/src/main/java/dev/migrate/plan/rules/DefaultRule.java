package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;

/** Defaults of columns. */
final class DefaultRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DEFAULT);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    return List.of(
        Statement.of(fact.id(), alter(fact) + " SET DEFAULT " + fact.text("expression")));
  }

  private static String alter(Fact fact) {
    return (fact.has("of view") ? "ALTER VIEW " : "ALTER TABLE ")
        + qualified(fact.id())
        + " ALTER COLUMN "
        + quote(fact.id().lastName());
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(Statement.of(fact.id(), alter(fact) + " DROP DEFAULT"));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    return alterations
        .on("expression", () -> alterations.addAll(create(after, scene)))
        .orRecreate();
  }
}
