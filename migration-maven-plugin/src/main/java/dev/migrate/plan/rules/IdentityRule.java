package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for identity columns: that a column is one, and the sequence behind it. */
final class IdentityRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.IDENTITY);
  }

  static String clause(Fact fact) {
    String options = SequenceOptions.unusual(fact);
    boolean named =
        !fact.text(Attribute.SEQUENCE).equals(fact.id().name(1) + "_" + fact.id().name(2) + "_seq")
            || !fact.text(Attribute.SEQUENCE_SCHEMA).equals(fact.id().name(0));
    if (named) {
      options =
          " SEQUENCE NAME "
              + qualified(fact.text(Attribute.SEQUENCE_SCHEMA), fact.text(Attribute.SEQUENCE))
              + options;
    }
    return "GENERATED "
        + fact.text(Attribute.GENERATED)
        + " AS IDENTITY"
        + (options.isEmpty() ? "" : " (" + options.strip() + ")");
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    statements.add(Statement.changing(fact.id(), alter(fact) + " ADD " + clause(fact)));
    statements.addAll(SequencePosition.goOn(fact, context));
    return statements;
  }

  private static String alter(Fact fact) {
    return "ALTER TABLE " + qualified(fact.id()) + " ALTER COLUMN " + quote(fact.id().lastName());
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>(SequencePosition.keep(fact, context));
    statements.add(
        Statement.altering(
            fact.id(), TableAction.Drop.part(quote(fact.id().lastName()), "IDENTITY")));
    return statements;
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    String set =
        (before.text(Attribute.GENERATED).equals(after.text(Attribute.GENERATED))
                ? ""
                : " SET GENERATED " + after.text(Attribute.GENERATED))
            + SequenceOptions.changes(before, after, "SET ");
    alterations.cover(Attribute.GENERATED);
    SequenceOptions.ATTRIBUTES.forEach(alterations::cover);
    if (!set.isEmpty()) {
      String sequence =
          qualified(before.text(Attribute.SEQUENCE_SCHEMA), before.text(Attribute.SEQUENCE));
      SequenceOptions.moveInside(alterations, before, after, sequence);
      alterations.add(alter(after) + set + SequenceOptions.restart(before, after));
    }
    if (alterations.differs(Attribute.SEQUENCE) || alterations.differs(Attribute.SEQUENCE_SCHEMA)) {
      renameSequence(alterations, before, after);
    }
    return alterations
        .on(
            Attribute.UNLOGGED,
            () ->
                alterations.add(
                    "ALTER SEQUENCE "
                        + qualified(
                            after.text(Attribute.SEQUENCE_SCHEMA), after.text(Attribute.SEQUENCE))
                        + (after.has(Attribute.UNLOGGED) ? " SET UNLOGGED" : " SET LOGGED")))
        .orRecreate();
  }

  private static void renameSequence(Alterations alterations, Fact before, Fact after) {
    alterations.on(
        Attribute.SEQUENCE,
        () ->
            alterations.add(
                "ALTER SEQUENCE "
                    + qualified(
                        before.text(Attribute.SEQUENCE_SCHEMA), before.text(Attribute.SEQUENCE))
                    + " RENAME TO "
                    + quote(after.text(Attribute.SEQUENCE))));
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(
        "relation "
            + qualified(fact.text(Attribute.SEQUENCE_SCHEMA), fact.text(Attribute.SEQUENCE)));
  }
}
