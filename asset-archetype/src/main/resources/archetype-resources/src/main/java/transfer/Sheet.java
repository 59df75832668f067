package ${package}.transfer;

import ${package}.failure.Constraints.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A file of the inventory: how its lines are written, and what they mean when they come back. Things
 * are known by what people call them (a tag, an address, a path) and not by numbers, which are others
 * in every system.
 *
 * @param <T> what is stored for a line
 */
interface Sheet<T> {
  /** How many lines are read and stored together. */
  int BATCH = 500;

  /** "assets" is written to assets.csv. */
  String name();

  List<String> columns();

  /** The columns that say what a line is about; a file with all of them is of this kind. */
  Set<String> key();

  /** Writes all lines, in an order that does not depend on numbers of rows. */
  void write(Consumer<List<String>> out);

  /** What is stored for a line. */
  record Change<T>(Row row, String name, ImportReport.Effect effect, T value) {}

  /**
   * What lines mean. What is wrong with a line is said to its row, and nothing is stored for it.
   *
   * @param seen what this file has spoken of already; lives as long as the import
   */
  List<Change<T>> read(List<Row> rows, References names, Set<Object> seen);

  /** Stores changes, all at once: what one of them breaks, all of them break. */
  void store(List<T> changes);

  /** What the rules of the database mean, by constraint; services say so themselves. */
  default Map<String, Rule> rules() {
    return Map.of();
  }

  /** Smaller where lines need what lines before them have stored. */
  default int batch() {
    return BATCH;
  }
}
