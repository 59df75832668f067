package dev.migrate.conformance;

import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
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
public record Pair(
    String id, String fromSql, String toSql, String rows, List<Rename.OfFact> renames) {
  /** Copies what it is given. */
  public Pair {
    renames = List.copyOf(renames);
  }

  /** The renames on the way. */
  public PlanOptions up() {
    return new PlanOptions(List.copyOf(renames));
  }

  /** The renames taken back: objects first, and then what is in them under their old names. */
  PlanOptions down() {
    List<Rename> back = new ArrayList<>();
    for (Rename.OfFact rename : renames) {
      if (rename.from().kind() != Kind.COLUMN) {
        back.add(new Rename.OfFact(rename.to(), rename.from()));
      }
    }
    for (Rename.OfFact rename : renames) {
      if (rename.from().kind() == Kind.COLUMN) {
        back.add(new Rename.OfFact(inOldTable(rename.to()), inOldTable(rename.from())));
      }
    }
    return new PlanOptions(back);
  }

  private FactId inOldTable(FactId column) {
    for (Rename.OfFact rename : renames) {
      if (column.names().subList(0, 2).equals(rename.to().names())) {
        return FactId.of(
            Kind.COLUMN, rename.from().name(0), rename.from().name(1), column.lastName());
      }
    }
    return column;
  }
}
