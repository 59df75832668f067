package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.literal;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Comments. */
final class CommentRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.COMMENT);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    return List.of(comment(fact, scene.to(), literal(fact.text(Attribute.TEXT))));
  }

  private static Statement comment(Fact fact, Schema schema, String text) {
    return Statement.changing(
        fact.id(), "COMMENT ON " + Reference.to(fact.id().target(0), schema) + " IS " + text);
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(comment(fact, scene.from(), "NULL"));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    return Alteration.inPlace(create(after, scene));
  }
}
