package dev.migrate.prove;

import dev.migrate.diff.Diff;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Objects;

/**
 * Two schemas, what differs, and what would bring the first to the second.
 *
 * @param from the first schema
 * @param to the second
 * @param diff what differs
 * @param plan the statements that lead from the first to the second
 * @param perhapsRenamed what {@code migrate.rename} could say, if something was renamed
 */
public record Comparison(
    Schema from, Schema to, Diff diff, Plan plan, List<String> perhapsRenamed) {
  /** Copies what it is given. */
  public Comparison {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(diff, "diff");
    Objects.requireNonNull(plan, "plan");
    perhapsRenamed = List.copyOf(perhapsRenamed);
  }

  /**
   * @param from the first schema
   * @param to the second
   * @param renames what {@code migrate.rename} says; what it leaves open counts as dropped and
   *     added
   * @return both, compared
   * @throws MigrateException {@code INVALID_PARAMETER} when a rename does not apply, {@code
   *     NOT_SUPPORTED} when a change cannot be planned
   */
  public static Comparison of(Schema from, Schema to, String renames) {
    Diff diff = Diff.between(from, to);
    List<Rename> renamed =
        renames.isBlank()
            ? List.of()
            : new RenameDecision(from, to, renames + ",none", Questions.NOBODY, "mvn migrate:diff")
                .decide();
    RenameCandidates candidates = new RenameCandidates(from, to);
    List<Rename> possible = new java.util.ArrayList<>(candidates.objects());
    possible.addAll(candidates.parts(List.of()));
    return new Comparison(
        from,
        to,
        diff,
        AllRules.planner().plan(from, to, new PlanOptions(renamed)),
        renames.isBlank() ? possible.stream().map(Spelling::flag).toList() : List.of());
  }
}
