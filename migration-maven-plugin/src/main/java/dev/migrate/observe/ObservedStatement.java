package dev.migrate.observe;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A statement that ran on scratch, with its {@link Observation}.
 *
 * @param statement the statement, with the hazards that the planner knows of
 * @param seen what it did; null when it was not watched
 */
public record ObservedStatement(Statement statement, Observation seen) {
  /** The statement is needed. */
  public ObservedStatement {
    Objects.requireNonNull(statement, "statement");
  }

  /**
   * @return what it did, if it was watched
   */
  public Optional<Observation> observation() {
    return Optional.ofNullable(seen);
  }

  /**
   * What it can do: what only the planner can know (data that is lost), and for locks, scans and
   * rewrites what was seen instead of what was believed.
   *
   * @return the hazards
   */
  public List<Hazard> hazards() {
    if (seen == null) {
      return statement.hazards();
    }
    List<Hazard> hazards = new ArrayList<>();
    for (Hazard hazard : statement.hazards()) {
      if (!(hazard instanceof Hazard.Blocks
          || hazard instanceof Hazard.RewritesTable
          || hazard instanceof Hazard.ScansTable)) {
        hazards.add(hazard);
      }
    }
    seen.rewritten().forEach(table -> hazards.add(new Hazard.RewritesTable(table)));
    seen.scanned().stream()
        .filter(table -> !seen.rewritten().contains(table))
        .forEach(table -> hazards.add(new Hazard.ScansTable(table)));
    seen.locks().forEach((table, lock) -> hazards.add(new Hazard.Blocks(lock.toString(), table)));
    boolean known = hazards.stream().anyMatch(Hazard.MayFailOnRows.class::isInstance);
    if (seen.refusal() != null && !known) {
      hazards.add(new Hazard.MayFailOnRows("", seen.refusal()));
    }
    return hazards;
  }
}
