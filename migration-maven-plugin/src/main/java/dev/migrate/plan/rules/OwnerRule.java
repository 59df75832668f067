package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;

/** Owners. What is made belongs to whoever makes it, until it is given away. */
final class OwnerRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.OWNER);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    return fact.text(Attribute.ROLE).equals(scene.from().origin().user())
        ? List.of()
        : List.of(given(fact, scene));
  }

  private static Statement given(Fact fact, Scene scene) {
    return Statement.changing(
        fact.id(),
        "ALTER "
            + Reference.to(fact.id().target(0), scene.to())
            + " OWNER TO "
            + quote(fact.text(Attribute.ROLE)));
  }

  /** An owner goes with what is owned; there is nothing without one. */
  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of();
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    return Alteration.inPlace(List.of(given(after, scene)));
  }
}
