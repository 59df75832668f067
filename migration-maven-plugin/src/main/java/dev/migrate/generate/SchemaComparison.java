package dev.migrate.generate;

import dev.migrate.diff.Diff;
import dev.migrate.failure.MigrateException;
import dev.migrate.model.CommandLineNames;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Compares two schemas: the diff, the plan that leads from the first to the second, and possible
 * renames.
 *
 * @param from the first schema
 * @param to the second
 * @param diff what differs
 * @param way what leads from the first to the second
 * @param perhapsRenamed what {@code migrate.rename} could say, if something was renamed
 */
public record SchemaComparison(
    Schema from, Schema to, Diff diff, Way way, List<String> perhapsRenamed) {
  /** Copies what it is given. */
  public SchemaComparison {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(diff, "diff");
    Objects.requireNonNull(way, "way");
    perhapsRenamed = List.copyOf(perhapsRenamed);
  }

  /** What leads from one schema to another, if that can be planned: to compare them it need not. */
  public sealed interface Way {
    /**
     * @param plan the statements
     */
    record Planned(Plan plan) implements Way {}

    /**
     * @param reason why there is no plan
     */
    record NotPlanned(MigrateException reason) implements Way {}
  }

  /**
   * @param from the first schema
   * @param to the second
   * @param renames what {@code migrate.rename} says; what it leaves open counts as dropped and
   *     added
   * @return both, compared
   * @throws MigrateException {@code INVALID_PARAMETER} when a rename does not apply
   */
  public static SchemaComparison of(Schema from, Schema to, String renames) {
    Diff diff = Diff.between(from, to);
    List<Rename> renamed =
        renames.isBlank()
            ? List.of()
            : new RenameDecision(from, to, renames + ",none", UserPrompt.NOBODY, "mvn migrate:diff")
                .decide();
    RenameCandidates candidates = new RenameCandidates(from, to);
    List<Rename> possible = new ArrayList<>(candidates.objects());
    possible.addAll(candidates.parts(List.of()));
    return new SchemaComparison(
        from,
        to,
        diff,
        way(from, to, renamed),
        renames.isBlank() ? possible.stream().map(CommandLineNames::flag).toList() : List.of());
  }

  private static Way way(Schema from, Schema to, List<Rename> renamed) {
    try {
      return new Way.Planned(AllRules.planner().plan(from, to, new PlanOptions(renamed)));
    } catch (MigrateException notPlanned) {
      return new Way.NotPlanned(notPlanned);
    }
  }

  /**
   * @return the statements that lead from the first to the second
   * @throws MigrateException when it cannot be planned
   */
  public Plan plan() {
    if (way instanceof Way.NotPlanned not) {
      throw not.reason();
    }
    return ((Way.Planned) way).plan();
  }
}
