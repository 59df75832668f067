package dev.migrate.plan;

import java.util.List;

/**
 * Options of the planner that the schemas themselves do not say: the renames.
 *
 * @param renames what is to be renamed rather than dropped and added
 */
public record PlanOptions(List<Rename> renames) {
  /**
   * @param renames what is to be renamed
   */
  public PlanOptions {
    renames = List.copyOf(renames);
  }

  /**
   * @return nothing is renamed except what is equal under another name
   */
  public static PlanOptions standard() {
    return new PlanOptions(List.of());
  }
}
