package ${package}.schemastate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the rows of {@code flyway_schema_history} say, whichever Flyway has written them: the plugin's,
 * an old one, or one of the paid edition. The rows are followed in their order, as the plugin does it;
 * its documentation (concepts) has the table of all types.
 */
final class SchemaHistory {
  private static final Set<String> SCRIPTS = Set.of("SQL");
  private static final Set<String> ELSEWHERE =
      Set.of("JDBC", "SPRING_JDBC", "JAVA", "SCRIPT", "CUSTOM");
  private static final Set<String> BASELINES =
      Set.of(
          "BASELINE",
          "INIT",
          "JDBC_BASELINE",
          "JDBC_STATE_SCRIPT",
          "SCRIPT_BASELINE",
          "SQL_BASELINE",
          "SQL_STATE_SCRIPT");
  private static final Set<String> TAKEN_BACK =
      Set.of("DELETE", "UNDO_SQL", "UNDO_JDBC", "UNDO_SPRING_JDBC", "UNDO_SCRIPT", "UNDO_CUSTOM");
  private static final String SCHEMAS_CREATED = "SCHEMA";

  /** By number, and not by letter: 9 comes before 10, and 1.0 is 1. */
  static final Comparator<String> IN_ORDER =
      Comparator.comparing(
          (String version) -> List.of(version.split("\\.")),
          (a, b) -> {
            for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
              int order = part(a, i).compareTo(part(b, i));
              if (order != 0) {
                return order;
              }
            }
            return 0;
          });

  private final TreeSet<String> known = new TreeSet<>(IN_ORDER);
  private final TreeSet<String> applied = new TreeSet<>(IN_ORDER);
  private final TreeSet<String> elsewhere = new TreeSet<>(IN_ORDER);
  private final TreeSet<String> baselines = new TreeSet<>(IN_ORDER);
  private final TreeSet<String> failed = new TreeSet<>(IN_ORDER);
  private final TreeSet<String> failedRepeatables = new TreeSet<>();
  private final List<String> notUnderstood = new ArrayList<>();
  private final String start;

  private SchemaHistory(Scripts scripts) {
    this.start = scripts.start();
    this.known.addAll(scripts.versions());
    if (start != null) {
      known.add(start);
    }
  }

  private static BigInteger part(List<String> version, int index) {
    return index < version.size() ? new BigInteger(version.get(index)) : BigInteger.ZERO;
  }

  /**
   * A row of the table.
   *
   * @param version null where the row is not about a version, as of a repeatable migration
   * @param description what it was about, in words
   * @param type Flyway's type
   * @param success false when it stopped half-way
   */
  record Row(String version, String description, String type, boolean success) {}

  /**
   * The scripts that the application brings along.
   *
   * @param versions of the upgrade scripts
   * @param baselines versions of the baseline scripts, each of which stands for what came before it
   */
  record Scripts(Collection<String> versions, Collection<String> baselines) {
    /** The baseline with which the scripts begin; null where there are scripts up to it. */
    String start() {
      TreeSet<String> all = new TreeSet<>(IN_ORDER);
      all.addAll(versions);
      return baselines.stream()
          .filter(baseline -> all.headSet(baseline, true).isEmpty())
          .max(IN_ORDER)
          .orElse(null);
    }
  }

  /**
   * @param rows the rows of the table, by rank
   * @param scripts what the application brings along
   * @return both laid beside each other
   */
  static SchemaState compare(List<Row> rows, Scripts scripts) {
    SchemaHistory history = new SchemaHistory(scripts);
    rows.forEach(history::follow);
    return history.state();
  }

  private void follow(Row row) {
    String version = row.version();
    if (version == null && (SCRIPTS.contains(row.type()) || ELSEWHERE.contains(row.type()))) {
      repeat(row);
    } else if (TAKEN_BACK.contains(row.type())) {
      takeBack(version, row.success());
    } else if (isMigration(row.type())) {
      apply(version, row);
    } else if (!row.type().equals(SCHEMAS_CREATED)) {
      notUnderstood.add(version == null ? row.type() : row.type() + " of " + version);
    }
  }

  /** One that has failed has failed until it runs to its end. */
  private void repeat(Row row) {
    if (row.success()) {
      failedRepeatables.remove(row.description());
    } else {
      failedRepeatables.add(row.description());
    }
  }

  private static boolean isMigration(String type) {
    return SCRIPTS.contains(type) || ELSEWHERE.contains(type) || BASELINES.contains(type);
  }

  private void takeBack(String version, boolean success) {
    if (version == null) {
      return;
    }
    if (!success) {
      failed.add(version);
      return;
    }
    applied.remove(version);
    elsewhere.remove(version);
    baselines.remove(version);
    failed.remove(version);
  }

  private void apply(String version, Row row) {
    if (version == null) {
      return;
    }
    if (!row.success()) {
      failed.add(version);
      return;
    }
    failed.remove(version);
    // The last row counts; without a script of ours what ran elsewhere is none of our revisions.
    boolean script = SCRIPTS.contains(row.type());
    (script ? elsewhere : applied).remove(version);
    (script ? applied : elsewhere).add(version);
    if (BASELINES.contains(row.type())) {
      baselines.add(version);
    }
  }

  private SchemaState state() {
    TreeSet<String> there = new TreeSet<>(applied);
    elsewhere.stream().filter(known::contains).forEach(there::add);
    if (!baselines.isEmpty()) {
      there.addAll(known.headSet(baselines.last(), true));
    }
    if (start != null) {
      // What the baseline script stands for is not among the scripts any more.
      boolean past = isReached(there) || isReached(elsewhere);
      there.headSet(start, false).clear();
      if (past) {
        there.add(start);
      }
    }
    List<String> halfWay = new ArrayList<>(failed);
    failedRepeatables.forEach(name -> halfWay.add(name + " (repeatable)"));
    List<String> pending = without(known, there);
    pending.removeAll(failed);
    return new SchemaState(
        there.isEmpty() ? null : there.last(),
        known.isEmpty() ? "base" : known.last(),
        pending,
        without(there, known),
        halfWay,
        notUnderstood);
  }

  private boolean isReached(TreeSet<String> versions) {
    return !versions.tailSet(start, true).isEmpty();
  }

  private static List<String> without(TreeSet<String> all, TreeSet<String> others) {
    return new ArrayList<>(all.stream().filter(version -> !others.contains(version)).toList());
  }
}
