package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.target.QueryConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds every table of a database that is a Flyway history by its columns, whatever its name is.
 */
public final class HistoryTables {
  private static final String TABLES =
      """
      SELECT n.nspname, c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n
        ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
      WHERE c.relkind OPERATOR(pg_catalog.=) 'r'
        AND n.nspname OPERATOR(pg_catalog.!~) '^pg_'
        AND 10 OPERATOR(pg_catalog.=) (
          SELECT pg_catalog.count(*)::pg_catalog.int4 FROM pg_catalog.pg_attribute a
          WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid AND NOT a.attisdropped
            AND a.attname OPERATOR(pg_catalog.=) ANY (
              '{installed_rank,version,description,type,script,checksum,installed_by,installed_on,execution_time,success}'::pg_catalog.name[]))
      ORDER BY 1, 2
      """;

  private HistoryTables() {}

  /**
   * A history.
   *
   * @param table where it is
   * @param history what it says
   */
  public record Found(HistoryTable table, History history) {
    @Override
    public String toString() {
      int rows = history.rows().size();
      return "%s.%s (%d %s)"
          .formatted(table.schema(), table.name(), rows, rows == 1 ? "row" : "rows");
    }
  }

  /**
   * Finds the history that is meant.
   *
   * @param asking a connection to the target
   * @param schema the schema that was configured, if any
   * @param name the table's name
   * @param said whether somebody has said which one is meant
   * @return all histories, the one that is meant first; none when it does not exist
   * @throws MigrateException {@code INVALID_PARAMETER} when it cannot be told which is meant
   */
  public static List<Found> find(
      QueryConnection asking, Optional<String> schema, String name, boolean said) {
    List<Found> all = new ArrayList<>();
    Optional<HistoryTable> meant =
        schema.or(asking::currentSchema).map(place -> new HistoryTable(place, name));
    try {
      for (String[] row : asking.rows(TABLES)) {
        HistoryTable table = new HistoryTable(row[0], row[1]);
        all.add(
            new Found(
                table, HistoryReader.read(asking, Optional.of(table.schema()), table.name())));
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of("Histories of Flyway cannot be looked for", e);
    }
    if (said || all.isEmpty()) {
      return ordered(all, meant);
    }
    Found first = all.get(0);
    if (all.size() > 1) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The target has several histories of Flyway, and nothing says which is this project's: %s. Nothing was written."
              .formatted(all.stream().map(Found::toString).collect(Collectors.joining(", "))),
          remedy(first));
    }
    if (meant.isEmpty() || !first.table().equals(meant.get())) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The target has a history of Flyway in %s, and by the settings it would be in %s. Nothing was written."
              .formatted(
                  first, meant.map(one -> one.schema() + "." + one.name()).orElse("no schema")),
          remedy(first));
    }
    return all;
  }

  private static String remedy(Found found) {
    return "Say which is meant: -Dmigrate.historySchema=%s -Dmigrate.historyTable=%s, for instance; init writes it into the POM."
        .formatted(found.table().schema(), found.table().name());
  }

  private static List<Found> ordered(List<Found> all, Optional<HistoryTable> meant) {
    List<Found> first = all.stream().filter(one -> Optional.of(one.table()).equals(meant)).toList();
    if (first.isEmpty()) {
      return List.of();
    }
    List<Found> ordered = new ArrayList<>(first);
    all.stream().filter(one -> !first.contains(one)).forEach(ordered::add);
    return ordered;
  }
}
