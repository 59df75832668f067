package dev.migrate.plan.online;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;

/**
 * An online form with the statements of the plain plan that it replaces.
 *
 * @param form how it runs under load
 * @param plain how it runs otherwise
 */
record OnlineChange(OnlineForm form, List<Statement> plain) {
  OnlineChange {
    plain = List.copyOf(plain);
  }

  boolean staged() {
    return form.stages().size() > 1 || form.stages().get(0).kind() != Stage.Kind.CHANGE;
  }

  /** What it takes away and does nothing else, if it does that. */
  boolean drops(FactId id) {
    return plain.size() == 1
        && plain.get(0).parts().isEmpty()
        && plain.get(0).about().equals(id)
        && plain.get(0).operation().takesAway();
  }

  boolean makes(FactId id) {
    return !drops(id) && plain.stream().anyMatch(statement -> statement.subjects().contains(id));
  }

  FactId first() {
    return plain.get(0).about();
  }

  /** Whether others wait for as long as a table is big. */
  boolean takesLong() {
    return !staged() && plain.stream().anyMatch(OnlineChange::takesLong);
  }

  static boolean takesLong(Statement statement) {
    return statement.hazards().stream()
        .anyMatch(one -> one instanceof Hazard.RewritesTable || one instanceof Hazard.ScansTable);
  }

  /** Whether PostgreSQL cannot run it together with what uses it or came before it. */
  boolean commits() {
    return plain.stream()
        .anyMatch(one -> !one.transactional() || one.operation() instanceof Operation.AddEnumValue);
  }

  /** Whether nothing that depends on what it changes has to be gone for it. */
  boolean letsDependentsBe(Schema from) {
    return staged() && !(first().kind() == Kind.CONSTRAINT && from.has(first()))
        || plain.stream()
            .allMatch(
                one ->
                    one.parts().isEmpty()
                        && (one.operation() instanceof Operation.AddEnumValue
                            || one.operation().isAlter(TableAction.AddColumn.class::isInstance)));
  }

  static boolean isPartOf(FactId part, FactId whole, Schema schema) {
    Fact at = schema.find(part).orElse(null);
    while (at != null && at.parent().isPresent()) {
      FactId parent = at.parent().get();
      if (parent.equals(whole)) {
        return true;
      }
      at = schema.find(parent).orElse(null);
    }
    return false;
  }
}
