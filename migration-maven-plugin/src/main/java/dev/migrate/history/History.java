package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parsed content of a migration history table, reduced to where each revision stands. A value:
 * it does not follow the table.
 */
public final class History {
  private final List<HistoryRow> rows;
  private final Map<RevisionId, HistoryRow> applied = new LinkedHashMap<>();
  private final Map<RevisionId, HistoryRow> failed = new LinkedHashMap<>();
  private final Map<RevisionId, HistoryRow> failedDowngrades = new LinkedHashMap<>();
  private final Map<String, HistoryRow> repeatables = new LinkedHashMap<>();
  private final Map<String, HistoryRow> failedRepeatables = new LinkedHashMap<>();
  private final Map<RevisionId, HistoryRow> notUnderstood = new LinkedHashMap<>();
  private final TreeMap<RevisionId, HistoryRow> baselines = new TreeMap<>();

  private History(List<HistoryRow> rows) {
    this.rows = List.copyOf(rows);
    for (HistoryRow row : this.rows) {
      if (row.id().isPresent()) {
        follow(row.id().get(), row);
      } else {
        follow(row.description(), row);
      }
    }
  }

  /**
   * @param rows the table's rows by rank
   * @return what they say
   */
  public static History of(List<HistoryRow> rows) {
    return new History(rows);
  }

  /**
   * @return the history of a database in which nothing was ever recorded
   */
  public static History empty() {
    return new History(List.of());
  }

  private void follow(RevisionId id, HistoryRow row) {
    switch (row.kind()) {
      case TAKEN_BACK -> takeBack(id, row);
      case BASELINE, BASELINE_SCRIPT, SCRIPT, ELSEWHERE -> apply(id, row);
      case NOT_UNDERSTOOD -> notUnderstood.put(id, row);
      case SCHEMA -> {
        // Old versions of Flyway gave it the version 0.
      }
    }
  }

  private void takeBack(RevisionId id, HistoryRow row) {
    if (row.success()) {
      applied.remove(id);
      baselines.remove(id);
      failed.remove(id);
      failedDowngrades.remove(id);
    } else {
      failedDowngrades.put(id, row);
    }
  }

  /** Flyway knows a repeatable migration by its description. */
  private void follow(String description, HistoryRow row) {
    boolean ran = row.kind() == RowKind.SCRIPT || row.kind() == RowKind.ELSEWHERE;
    if (row.kind() == RowKind.TAKEN_BACK) {
      repeatables.remove(description); // one that has failed has failed until it runs to its end
    } else if (ran && row.success()) {
      repeatables.put(description, row);
      failedRepeatables.remove(description);
    } else if (ran) {
      failedRepeatables.put(description, row);
    }
  }

  private void apply(RevisionId id, HistoryRow row) {
    if (!row.success()) {
      failed.put(id, row);
      return;
    }
    if (row.kind().isBaseline()) {
      baselines.put(id, row);
    }
    applied.put(id, row);
    failed.remove(id);
    failedDowngrades.remove(id);
  }

  /**
   * @return every row, by rank
   */
  public List<HistoryRow> rows() {
    return rows;
  }

  /**
   * @param known the revisions in the files; those at or below a baseline count as applied
   * @return the revisions that are applied, each by itself
   */
  public Set<RevisionId> applied(Collection<RevisionId> known) {
    Set<RevisionId> ids = new LinkedHashSet<>(applied.keySet());
    for (RevisionId id : known) {
      if (isBelowBaseline(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /**
   * @param id a revision
   * @return whether a baseline covers it: it was never run here, and cannot be taken back
   */
  public boolean isBelowBaseline(RevisionId id) {
    return !baselines.isEmpty()
        && id.compareTo(baselines.lastKey()) <= 0
        && Optional.ofNullable(applied.get(id)).filter(row -> !row.kind().isBaseline()).isEmpty();
  }

  /**
   * @param id a revision
   * @return the row that says it is applied
   */
  public Optional<HistoryRow> appliedRow(RevisionId id) {
    return Optional.ofNullable(applied.get(id));
  }

  /**
   * @return the revisions whose script stopped half-way and was not finished since
   */
  public Map<RevisionId, HistoryRow> failed() {
    return Map.copyOf(failed);
  }

  /**
   * @return the revisions whose downgrade stopped half-way and was not finished since
   */
  public Map<RevisionId, HistoryRow> failedDowngrades() {
    return Map.copyOf(failedDowngrades);
  }

  /**
   * @param description of a repeatable migration, as Flyway knows it
   * @return its last run that went well and counts still
   */
  public Optional<HistoryRow> repeatable(String description) {
    return failedRepeatables.containsKey(description)
        ? Optional.empty()
        : Optional.ofNullable(repeatables.get(description));
  }

  /**
   * @param script the file of a repeatable migration, as Flyway records its name
   * @return the row of its last run to the end, unless it was taken back since
   */
  Optional<HistoryRow> repeatableOf(String script) {
    return repeatables.values().stream().filter(row -> row.script().equals(script)).findFirst();
  }

  /**
   * @return of each repeatable migration in SQL the last run to the end, unless it was taken back
   *     since
   */
  List<HistoryRow> repeatables() {
    return repeatables.values().stream().filter(row -> row.kind() == RowKind.SCRIPT).toList();
  }

  /**
   * @return the repeatable migrations that stopped half-way and did not run to their end since, by
   *     their descriptions
   */
  public Map<String, HistoryRow> failedRepeatables() {
    return Map.copyOf(failedRepeatables);
  }

  /**
   * @return the failed runs of repeatable migrations that Flyway would stop at
   */
  List<HistoryRow> standingFailures() {
    Map<String, HistoryRow> last = new LinkedHashMap<>();
    for (HistoryRow row : rows) {
      if (row.id().isEmpty()) {
        last.put(row.description(), row);
      }
    }
    return last.values().stream().filter(row -> !row.success()).toList();
  }

  /**
   * @return the highest rank
   */
  int lastRank() {
    return rows.stream().mapToInt(HistoryRow::rank).max().orElse(0);
  }

  /**
   * @return what an application's Flyway ran that is no script, and that counts still
   */
  public List<JavaMigration> javaMigrations() {
    return Stream.concat(applied.values().stream(), repeatables.values().stream())
        .filter(row -> row.kind() == RowKind.ELSEWHERE)
        .map(
            row ->
                new JavaMigration(
                    row.id(),
                    row.description(),
                    "row %d of the history, %s %s".formatted(row.rank(), row.type(), row.script())))
        .toList();
  }

  /**
   * @return the rows of types that this project has never heard of, by rank
   */
  public List<HistoryRow> notUnderstood() {
    return rows.stream().filter(row -> row.kind() == RowKind.NOT_UNDERSTOOD).toList();
  }

  /**
   * @param id a revision
   * @return the last row about it that is of such a type
   */
  Optional<HistoryRow> notUnderstood(RevisionId id) {
    return Optional.ofNullable(notUnderstood.get(id));
  }

  /**
   * @return whether it says what still holds: not taken back since, not followed by a newer one; of
   *     several baselines the highest, which says what the others do
   */
  boolean isInEffect(HistoryRow row) {
    return row.id().isPresent()
        ? row.equals(applied.get(row.id().get())) && !isBelowAnotherBaseline(row)
        : row.kind() == RowKind.SCHEMA
            || repeatable(row.description()).filter(row::equals).isPresent();
  }

  private boolean isBelowAnotherBaseline(HistoryRow row) {
    return row.kind().isBaseline() && row.id().orElseThrow().compareTo(baselines.lastKey()) < 0;
  }

  /**
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of
   */
  void requireUnderstood() {
    List<HistoryRow> strange = notUnderstood();
    if (!strange.isEmpty()) {
      throw new MigrateException(
          FailureCode.HISTORY_NOT_UNDERSTOOD,
          "The history has a row that this version does not understand: "
              + strange.stream().map(History::describe).collect(Collectors.joining(", "))
              + ". What such a row says of the database is not known, so nothing is moved.",
          "Use a version of the plugin that knows it, or ask whoever wrote it; mvn migrate:history"
              + " shows the rest.");
    }
  }

  private static String describe(HistoryRow row) {
    return "rank %d, type \"%s\", script \"%s\"".formatted(row.rank(), row.type(), row.script())
        + row.id().map(id -> ", version " + id).orElse("");
  }
}
