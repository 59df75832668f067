package dev.migrate.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of a table in docs/concepts.md, and one of the types that it is about.
 *
 * @param row the row
 * @param type the type
 */
record Situation(TypesPage.Row row, String type) {
  /** The description of the repeatable migration. */
  static final String REPEATABLE = "names";

  /**
   * What is recorded.
   *
   * @param version null for a row that is about none
   * @param description in words
   * @param type Flyway's type
   * @param sum whether the checksum is that of the file, another, or none
   * @param success false when it stopped half-way
   */
  record Recorded(String version, String description, String type, Sum sum, boolean success) {}

  /** What a row has for a checksum. */
  enum Sum {
    OF_THE_FILE,
    ANOTHER,
    NONE
  }

  /** One for each type. */
  static Stream<Situation> of(TypesPage.Row row) {
    return TypesPage.read().typesOf(row).stream().map(type -> new Situation(row, type));
  }

  boolean hasFile() {
    return !row.says().contains("there is no file");
  }

  boolean says(String word) {
    return row.says().contains(word);
  }

  /** The whole history, when the row is one of the table about revisions. */
  List<Recorded> history() {
    List<Recorded> all = new ArrayList<>();
    if (row.says().startsWith("`")) {
      for (String said : row.says().split(", ")) {
        List<String> words = List.of(TypesPage.withoutMarks(said).split(" "));
        all.add(recorded(words.get(0), words.get(1), Sum.OF_THE_FILE, words.size() == 2));
      }
      return all;
    }
    all.add(recorded("1", "SQL", Sum.OF_THE_FILE, true));
    all.addAll(ofTwo());
    return all;
  }

  private List<Recorded> ofTwo() {
    if (says("nothing")) {
      return List.of();
    }
    if (says("schemas")) {
      return List.of(two("0", type), new Recorded(null, "schemas", type, Sum.NONE, true));
    }
    if (says("a baseline, taken back")) {
      return List.of(two("2", type), two("2", "DELETE"));
    }
    if (says("once more")) {
      return List.of(two("2", "SQL"), two("2", type), two("2", "DELETE"));
    }
    if (says("taken back")) {
      return List.of(two("2", "SQL"), recorded("2", type, Sum.NONE, !says("stopped")));
    }
    if (says("renamed")) {
      return List.of(new Recorded("2", "another name", type, Sum.OF_THE_FILE, true));
    }
    return List.of(recorded("2", type, sum(), !says("stopped")));
  }

  private Sum sum() {
    if (says("edited")) {
      return Sum.ANOTHER;
    }
    return says("without a checksum") ? Sum.NONE : Sum.OF_THE_FILE;
  }

  /** What is recorded of the repeatable migration, when the row is one of the table about it. */
  List<Recorded> ofRepeatable() {
    if (says("nothing")) {
      return List.of();
    }
    Recorded ran = new Recorded(null, REPEATABLE, "SQL", Sum.OF_THE_FILE, true);
    Recorded last = new Recorded(null, REPEATABLE, type, sum(), !says("stopped"));
    return says("taken back") ? List.of(ran, last) : List.of(last);
  }

  private static Recorded two(String version, String type) {
    return recorded(version, type, Sum.NONE, true);
  }

  private static Recorded recorded(String version, String type, Sum sum, boolean success) {
    String number = version.replaceAll("^0+(?=.)|\\.0$", "");
    return new Recorded(version, "step " + number, type, sum, success);
  }

  @Override
  public String toString() {
    return row.says() + " (" + type + ")";
  }
}
