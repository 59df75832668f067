package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
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

/** Planning rule for sequences that stand for themselves, and who owns them. */
final class SequenceRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.SEQUENCE, Kind.SEQUENCE_OWNER);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    if (fact.id().kind() == Kind.SEQUENCE_OWNER) {
      return List.of(ownedBy(fact));
    }
    return List.of(
        Statement.creating(
            fact.id(),
            "CREATE "
                + (fact.has(Attribute.UNLOGGED) ? "UNLOGGED " : "")
                + "SEQUENCE "
                + qualified(fact.id())
                + (fact.text(Attribute.TYPE).equals("bigint")
                    ? ""
                    : " AS " + fact.text(Attribute.TYPE))
                + SequenceOptions.unusual(fact)));
  }

  private static Statement ownedBy(Fact fact) {
    List<String> column = fact.items(Attribute.COLUMN);
    return Statement.changing(
        fact.id(),
        "ALTER SEQUENCE "
            + qualified(fact.id())
            + " OWNED BY "
            + qualified(column.get(0), column.get(1))
            + "."
            + quote(column.get(2)));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    if (fact.id().kind() == Kind.SEQUENCE_OWNER) {
      return List.of(
          Statement.changing(
              fact.id(), "ALTER SEQUENCE " + qualified(fact.id()) + " OWNED BY NONE"));
    }
    Statement drop = Statement.dropping(fact.id(), "DROP SEQUENCE " + qualified(fact.id()));
    return List.of(
        SequencePosition.isKept(fact.id(), context)
            ? drop
            : drop.with(new Hazard.LosesData("the position of " + fact.id())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.SEQUENCE_OWNER) {
      return alterations.on(Attribute.COLUMN, () -> alterations.add(ownedBy(after))).orRecreate();
    }
    String alter = "ALTER SEQUENCE " + qualified(after.id());
    String changes = SequenceOptions.changes(before, after, "");
    SequenceOptions.ATTRIBUTES.forEach(alterations::cover);
    if (!changes.isEmpty()) {
      SequenceOptions.moveInside(alterations, before, after, qualified(after.id()));
      alterations.add(alter + changes + SequenceOptions.restart(before, after));
    }
    return alterations
        .on(
            Attribute.UNLOGGED,
            () ->
                alterations.add(
                    alter + (after.has(Attribute.UNLOGGED) ? " SET UNLOGGED" : " SET LOGGED")))
        .orRecreate();
  }

  @Override
  public Set<String> takes(Fact fact) {
    return fact.id().kind() == Kind.SEQUENCE
        ? Set.of(ObjectReference.relationName(fact.id()))
        : Set.of();
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
