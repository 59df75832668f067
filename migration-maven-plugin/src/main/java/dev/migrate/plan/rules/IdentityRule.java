package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Identity columns: that a column is one, and the sequence behind it. */
final class IdentityRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.IDENTITY);
  }

  static String clause(Fact fact) {
    String options = SequenceOptions.unusual(fact);
    boolean named =
        !fact.text("sequence").equals(fact.id().name(1) + "_" + fact.id().name(2) + "_seq")
            || !fact.text("sequence schema").equals(fact.id().name(0));
    if (named) {
      options =
          " SEQUENCE NAME "
              + qualified(fact.text("sequence schema"), fact.text("sequence"))
              + options;
    }
    return "GENERATED "
        + fact.text("generated")
        + " AS IDENTITY"
        + (options.isEmpty() ? "" : " (" + options.strip() + ")");
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    List<Statement> statements = new ArrayList<>();
    statements.add(Statement.changing(fact.id(), alter(fact) + " ADD " + clause(fact)));
    statements.addAll(SequencePosition.goOn(fact, scene));
    return statements;
  }

  private static String alter(Fact fact) {
    return "ALTER TABLE " + qualified(fact.id()) + " ALTER COLUMN " + quote(fact.id().lastName());
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    List<Statement> statements = new ArrayList<>(SequencePosition.keep(fact, scene));
    statements.add(
        Statement.altering(
            fact.id(), TableAction.Drop.part(quote(fact.id().lastName()), "IDENTITY")));
    return statements;
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    String set =
        (before.text("generated").equals(after.text("generated"))
                ? ""
                : " SET GENERATED " + after.text("generated"))
            + SequenceOptions.changes(before, after, "SET ");
    alterations.cover("generated");
    SequenceOptions.ATTRIBUTES.forEach(alterations::cover);
    if (!set.isEmpty()) {
      String sequence = qualified(before.text("sequence schema"), before.text("sequence"));
      SequenceOptions.moveInside(alterations, before, after, sequence);
      alterations.add(alter(after) + set + SequenceOptions.restart(before, after));
    }
    if (alterations.differs("sequence") || alterations.differs("sequence schema")) {
      renameSequence(alterations, before, after);
    }
    return alterations
        .on(
            "unlogged",
            () ->
                alterations.add(
                    "ALTER SEQUENCE "
                        + qualified(after.text("sequence schema"), after.text("sequence"))
                        + (after.has("unlogged") ? " SET UNLOGGED" : " SET LOGGED")))
        .orRecreate();
  }

  private static void renameSequence(Alterations alterations, Fact before, Fact after) {
    alterations.on(
        "sequence",
        () ->
            alterations.add(
                "ALTER SEQUENCE "
                    + qualified(before.text("sequence schema"), before.text("sequence"))
                    + " RENAME TO "
                    + quote(after.text("sequence"))));
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of("relation " + qualified(fact.text("sequence schema"), fact.text("sequence")));
  }
}
