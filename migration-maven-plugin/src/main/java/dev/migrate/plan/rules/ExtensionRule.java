package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for extensions. */
final class ExtensionRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.EXTENSION);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    String schema = fact.text(Attribute.SCHEMA);
    boolean own = context.to().has(FactId.of(Kind.SCHEMA, schema));
    String name = "EXTENSION " + quote(fact.id().name(0));
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.creating(
            fact.id(), "CREATE " + name + (own ? " WITH SCHEMA " + quote(schema) : "")));
    if (context.to().childrenOf(fact.id()).stream().noneMatch(ExtensionRule::isComment)) {
      // Its control file brings one.
      statements.add(Statement.changing(fact.id(), "COMMENT ON " + name + " IS NULL"));
    }
    return statements;
  }

  private static boolean isComment(Fact fact) {
    return fact.id().kind() == Kind.COMMENT;
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP EXTENSION " + quote(fact.id().name(0))));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String name = "ALTER EXTENSION " + quote(after.id().name(0));
    Alterations alterations = new Alterations(before, after);
    if (before.has(Note.STAYS_IN_SCHEMA)) {
      return new Alteration.Recreate();
    }
    return alterations
        .on(
            Attribute.SCHEMA,
            () -> alterations.add(name + " SET SCHEMA " + quote(after.text(Attribute.SCHEMA))))
        .orRecreate();
  }
}
