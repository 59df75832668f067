package dev.migrate.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What docs/concepts.md says of the rows of the history: the types that say a thing, and what each
 * goal does about it.
 *
 * @param types what a type says → the types that say so
 * @param rows the table of the goals, by what is recorded of one revision
 * @param histories the same by whole histories
 * @param repeatables the same by what is recorded of a repeatable migration
 */
record TypesPage(
    Map<String, List<String>> types, List<Row> rows, List<Row> histories, List<Row> repeatables) {
  private static final Path PAGE = Path.of("..", "docs", "concepts.md");
  private static final String TYPES = "| type | says |";
  private static final String GOALS = "| the row of 2 says |";
  private static final String HISTORIES = "| the rows of the history |";
  private static final String REPEATABLES = "| the last row of the repeatable migration says |";

  /**
   * One row of the table of the goals.
   *
   * @param says what the history says of revision 2
   * @param goals a goal → what it does
   */
  record Row(String says, Map<String, String> goals) {
    /** The cells of some goals. */
    Map<String, String> cells(Collection<String> names) {
      Map<String, String> cells = new LinkedHashMap<>();
      names.forEach(name -> cells.put(name, goals.get(name)));
      return cells;
    }
  }

  static TypesPage read() {
    Map<String, List<String>> types = new LinkedHashMap<>();
    for (List<String> cells : table(TYPES).subList(1, table(TYPES).size())) {
      types.put(
          cells.get(1), Stream.of(cells.get(0).split(", ")).map(TypesPage::withoutMarks).toList());
    }
    return new TypesPage(types, rows(GOALS), rows(HISTORIES), rows(REPEATABLES));
  }

  private static List<Row> rows(String head) {
    List<List<String>> table = table(head);
    List<Row> rows = new ArrayList<>();
    for (List<String> cells : table.subList(1, table.size())) {
      Map<String, String> goals = new LinkedHashMap<>();
      for (int i = 1; i < cells.size(); i++) {
        goals.put(table.get(0).get(i), cells.get(i));
      }
      rows.add(new Row(cells.get(0), goals));
    }
    return rows;
  }

  /** The types that a row is about. */
  List<String> typesOf(Row row) {
    if (row.says().startsWith("nothing")) {
      return List.of("none");
    }
    if (row.says().startsWith("`")) {
      return List.of("as they are");
    }
    if (row.says().equals("not understood")) {
      return List.of("SOMETHING_NEW", "sql");
    }
    return types.entrySet().stream()
        .filter(entry -> row.says().startsWith(entry.getKey()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  static String withoutMarks(String cell) {
    return cell.replace("`", "");
  }

  /** The cells of a table, its head first. */
  private static List<List<String>> table(String head) {
    List<String> lines;
    try {
      lines = Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int first =
        lines.indexOf(
            lines.stream().filter(line -> line.startsWith(head)).findFirst().orElseThrow());
    return lines.subList(first, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("|---"))
        .map(
            line ->
                Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
                    .map(String::strip)
                    .toList())
        .toList();
  }
}
