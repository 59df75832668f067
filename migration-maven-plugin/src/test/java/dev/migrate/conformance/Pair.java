package dev.migrate.conformance;

import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import java.util.ArrayList;
import java.util.List;

/**
 * Two schemas, and the way from one to the other and back.
 *
 * @param id what it is called
 * @param fromSql builds the first schema on an empty database
 * @param toSql builds the second
 * @param rows puts rows into the first; empty when rows do not matter
 * @param renames what is renamed on the way
 */
public record Pair(String id, String fromSql, String toSql, String rows, List<Rename> renames) {
  /** Copies what it is given. */
  public Pair {
    renames = List.copyOf(renames);
  }

  /** The renames on the way. */
  public PlanOptions up() {
    return new PlanOptions(renames);
  }

  /** The renames taken back, the last one first. */
  PlanOptions down() {
    List<Rename> back = new ArrayList<>();
    for (Rename rename : renames) {
      back.add(
          0,
          rename instanceof Rename.OfEnumValue value
              ? new Rename.OfEnumValue(value.type(), value.to(), value.from())
              : new Rename.OfFact(((Rename.OfFact) rename).to(), ((Rename.OfFact) rename).from()));
    }
    return new PlanOptions(back);
  }
}
