package dev.migrate.squash;

import dev.migrate.revision.Revision;
import java.util.List;
import java.util.Objects;

/** The result of a squash: the baseline, and the files that it has replaced. */
public sealed interface SquashResult {
  /**
   * @return the baseline
   */
  Revision baseline();

  /**
   * The baseline is proven; it is written unless it was only asked what would be.
   *
   * @param baseline the baseline
   * @param replaced the revisions that it replaces
   * @param archive the folder of their files, as messages name it
   * @param facts how many facts its schema has
   * @param tables the tables whose rows it has taken over, with the number of rows
   * @param warnings what there is to know besides
   * @param text its file
   */
  record Replaced(
      Revision baseline,
      List<Revision> replaced,
      String archive,
      int facts,
      List<Table> tables,
      List<String> warnings,
      String text)
      implements SquashResult {
    /** Copies what it is given. */
    public Replaced {
      Objects.requireNonNull(baseline, "baseline");
      replaced = List.copyOf(replaced);
      tables = List.copyOf(tables);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * An interrupted squash was finished.
   *
   * @param baseline the baseline that it had written
   * @param removed how many files were still in their old place besides the archive
   */
  record Finished(Revision baseline, int removed) implements SquashResult {}

  /**
   * Rows of a table in a baseline.
   *
   * @param name the table
   * @param rows how many
   */
  record Table(String name, long rows) {}
}
