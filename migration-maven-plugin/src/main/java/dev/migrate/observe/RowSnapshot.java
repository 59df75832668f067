package dev.migrate.observe;

import dev.migrate.plan.FactNames;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.RenamedSchema;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Snapshot of the rows of some tables, and of the positions of sequences, to be compared with a
 * later one. The comparison says which values are gone: those of tables and columns that stand at
 * both, under whatever name, unless a hazard of what ran in between names that very loss.
 */
final class RowSnapshot {
  /** A table with more rows is not judged. */
  static final int MOST = 2_000;

  private static final int MOST_LINES = 3;
  private static final int LONG = 1_000;

  private final Schema schema;
  private final SortedMap<FactId, Content> tables = new TreeMap<>();
  private final SortedMap<FactId, Position> positions = new TreeMap<>();

  /** The columns of a table, and its rows with the values in that order, as text or null. */
  private record Content(List<FactId> columns, List<List<String>> rows, boolean all) {}

  /** Where a sequence goes on, and whether the column that it numbers has that number already. */
  private record Position(long last, boolean called, long step, boolean taken) {
    boolean up() {
      return step > 0;
    }

    long next() {
      return last + (called ? step : 0);
    }

    /** Whether a number is given again that was given before. */
    boolean isBehind(Position before) {
      return up() && last < before.last()
          || !up() && last > before.last()
          || last == before.last() && before.called() && !called;
    }
  }

  private RowSnapshot(Schema schema) {
    this.schema = schema;
  }

  /**
   * @param connection to the database
   * @param tables which tables to read; those that it does not have are passed over
   * @param sequences which sequences besides those behind columns of the tables
   * @return what is in them
   */
  static RowSnapshot read(
      Connection connection, Schema schema, Collection<FactId> tables, Collection<FactId> sequences)
      throws SQLException {
    RowSnapshot kept = new RowSnapshot(schema);
    for (FactId table : tables) {
      if (schema.has(table)) {
        kept.readTable(connection, table);
      }
    }
    for (FactId sequence : sequences) {
      if (schema.has(sequence)) {
        kept.positions.put(
            sequence, position(connection, FactNames.qualified(sequence), Optional.empty()));
      }
    }
    return kept;
  }

  /**
   * @return whether any of these tables has rows that can be judged
   */
  boolean hasRows(Collection<FactId> some) {
    return some.stream()
        .map(tables::get)
        .anyMatch(content -> content != null && content.all() && !content.rows().isEmpty());
  }

  /**
   * @return whether one of these tables has more rows than are judged
   */
  boolean hasTooMany(Collection<FactId> some) {
    return some.stream().map(tables::get).anyMatch(content -> content != null && !content.all());
  }

  private void readTable(Connection connection, FactId table) throws SQLException {
    List<FactId> columns =
        schema.childrenOf(table).stream()
            .map(Fact::id)
            .filter(id -> id.kind() == Kind.COLUMN)
            .toList();
    if (!schema.find(table).orElseThrow().has(Attribute.PARTITION_KEY)) {
      tables.put(table, content(connection, table, columns));
    }
    for (FactId column : columns) {
      Optional<String> sequence = sequence(column);
      if (sequence.isPresent()) {
        positions.put(column, position(connection, sequence.get(), Optional.of(column)));
      }
    }
  }

  private Content content(Connection connection, FactId table, List<FactId> columns)
      throws SQLException {
    List<String> values = new ArrayList<>(List.of("NULL"));
    columns.forEach(column -> values.add(asText(column)));
    List<List<String>> rows = new ArrayList<>();
    try (java.sql.Statement query = connection.createStatement()) {
      query.setEscapeProcessing(false);
      try (ResultSet result =
          query.executeQuery(
              "SELECT %s FROM ONLY %s LIMIT %d"
                  .formatted(String.join(", ", values), FactNames.qualified(table), MOST + 1))) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            row.add(result.getString(i + 2));
          }
          rows.add(row);
        }
      }
    }
    return new Content(columns, rows, rows.size() <= MOST);
  }

  /** Of json only what it says counts, not how it was written; of a long value its hash will do. */
  private String asText(FactId column) {
    String name = SqlNames.quote(column.lastName());
    String text =
        definition(column, schema).text(Attribute.TYPE).equals("json")
            ? name + "::jsonb::text"
            : name + "::text";
    return "CASE WHEN length(%1$s) > %2$d THEN md5(%1$s) ELSE %1$s END".formatted(text, LONG);
  }

  private static Fact definition(FactId column, Schema schema) {
    return Inheritance.definition(schema.find(column).orElseThrow(), schema);
  }

  private Optional<String> sequence(FactId column) {
    Optional<String> identity =
        schema
            .find(column.as(Kind.IDENTITY))
            .filter(fact -> fact.has(Attribute.SEQUENCE))
            .map(
                fact ->
                    SqlNames.qualified(
                        fact.text(Attribute.SEQUENCE_SCHEMA), fact.text(Attribute.SEQUENCE)));
    return identity.isPresent()
        ? identity
        : schema
            .find(column.as(Kind.DEFAULT))
            .filter(fact -> fact.text(Attribute.EXPRESSION).startsWith("nextval("))
            .flatMap(
                fact ->
                    fact.dependsOn().stream()
                        .filter(id -> id.kind() == Kind.SEQUENCE && schema.has(id))
                        .findFirst())
            .map(FactNames::qualified);
  }

  private static Position position(Connection connection, String sequence, Optional<FactId> column)
      throws SQLException {
    try (java.sql.Statement query = connection.createStatement()) {
      query.setEscapeProcessing(false);
      long last;
      boolean called;
      long step;
      try (ResultSet row =
          query.executeQuery(
              "SELECT s.last_value, s.is_called, q.seqincrement FROM %s s, pg_catalog.pg_sequence q WHERE q.seqrelid = %s::regclass"
                  .formatted(sequence, SqlLiteral.literal(sequence)))) {
        row.next();
        last = row.getLong(1);
        called = row.getBoolean(2);
        step = row.getLong(3);
      }
      Position free = new Position(last, called, step, false);
      if (column.isEmpty()) {
        return free;
      }
      try (ResultSet row =
          query.executeQuery(
              "SELECT EXISTS (SELECT FROM %s WHERE %s::text = '%d')"
                  .formatted(
                      FactNames.qualified(column.get()),
                      SqlNames.quote(column.get().lastName()),
                      free.next()))) {
        row.next();
        return new Position(last, called, step, row.getBoolean(1));
      }
    }
  }

  /**
   * @param later what of these columns is of another shape there
   * @param names where everything is found there
   * @return the columns, under the names that they have here
   */
  Set<FactId> reshaped(RowSnapshot later, RenamedSchema names) {
    Set<FactId> reshaped = new HashSet<>();
    for (Content content : tables.values()) {
      for (FactId column : content.columns()) {
        FactId now = names.now(column);
        if (later.schema.has(now)
            && !ValueShape.of(now, names.schema()).equals(ValueShape.of(now, later.schema))) {
          reshaped.add(column);
        }
      }
    }
    return reshaped;
  }

  /**
   * What has to be known to compare two moments.
   *
   * @param names where everything is found at the later one
   * @param ran the statements that ran in between
   * @param loose the columns whose values need not be the same, letter by letter
   * @param renamedLabels the enums of which a value got another name, under their new names
   * @param positionsStay whether sequences must not have gone back
   */
  record Passage(
      RenamedSchema names,
      List<Statement> ran,
      Set<FactId> loose,
      Set<FactId> renamedLabels,
      boolean positionsStay) {
    boolean named(String loss) {
      return ran.stream()
          .flatMap(statement -> statement.hazards().stream())
          .anyMatch(
              hazard ->
                  hazard instanceof Hazard.LosesData loses
                      && (loses.what().equals(loss) || loses.what().startsWith(loss + " ")));
    }
  }

  /**
   * @param later the rows at the later moment
   * @param passage what happened in between
   * @return a sentence for each loss that nothing names; empty when there is none
   */
  List<String> missing(RowSnapshot later, Passage passage) {
    List<String> missing = new ArrayList<>();
    tables.forEach(
        (table, before) -> {
          FactId name = passage.names().now(table);
          Content now = later.tables.get(name);
          boolean judged =
              now != null
                  && before.all()
                  && now.all()
                  && !passage.named("all rows of " + table)
                  && !passage.named("all rows of " + name);
          if (judged && now.rows().size() < before.rows().size()) {
            missing.add(
                "%s had %d rows, and now has %d"
                    .formatted(name, before.rows().size(), now.rows().size()));
          } else if (judged) {
            values(table, before, now, later.schema, passage, missing);
          }
        });
    positions(later, passage, missing);
    return missing;
  }

  private void values(
      FactId table,
      Content before,
      Content now,
      Schema after,
      Passage passage,
      List<String> missing) {
    Map<Integer, Integer> same = new LinkedHashMap<>();
    for (int i = 0; i < before.columns().size(); i++) {
      FactId column = before.columns().get(i);
      FactId name = passage.names().now(column);
      int at = now.columns().indexOf(name);
      boolean judged =
          at >= 0
              && !(isGenerated(column, schema) && isGenerated(name, after))
              && !lost(column, schema, passage)
              && !lost(name, after, passage);
      if (!judged) {
        continue;
      }
      ValueShape shape = ValueShape.of(name, passage.names().schema());
      boolean exact =
          shape.equals(ValueShape.of(name, after))
              && !passage.loose().contains(column)
              && passage.renamedLabels().stream().noneMatch(shape::has);
      if (exact) {
        same.put(i, at);
      } else if (filled(now, at) < filled(before, i)) {
        missing.add(
            "%s had %d values, and now has %d".formatted(name, filled(before, i), filled(now, at)));
      }
    }
    rows(table, before, now, same, passage, missing);
  }

  private static boolean isGenerated(FactId column, Schema schema) {
    return definition(column, schema).has(Attribute.GENERATED);
  }

  /** Whether a hazard names the column, or the parent's that it has its shape from. */
  private static boolean lost(FactId column, Schema schema, Passage passage) {
    return passage.named(column.toString())
        || schema
            .find(column)
            .filter(
                fact ->
                    Inheritance.ofParents(fact, schema)
                        .anyMatch(parent -> lost(parent.id(), schema, passage)))
            .isPresent();
  }

  private static long filled(Content content, int column) {
    return content.rows().stream().filter(row -> row.get(column) != null).count();
  }

  /** Each row has to be found again; where it had no value it may have got one. */
  private void rows(
      FactId table,
      Content before,
      Content now,
      Map<Integer, Integer> same,
      Passage passage,
      List<String> missing) {
    List<List<String>> left = projected(now, same.values());
    Map<List<String>, Integer> equal = new HashMap<>();
    left.forEach(row -> equal.merge(row, 1, Integer::sum));
    List<List<String>> open = new ArrayList<>();
    for (List<String> row : projected(before, same.keySet())) {
      if (equal.getOrDefault(row, 0) > 0) {
        equal.merge(row, -1, Integer::sum);
      } else {
        open.add(row);
      }
    }
    left.removeIf(row -> equal.merge(row, -1, Integer::sum) < 0);
    int lines = 0;
    for (List<String> row : open) {
      Optional<List<String>> found = left.stream().filter(one -> holds(one, row)).findFirst();
      if (found.isPresent()) {
        left.remove(found.get());
      } else if (lines++ < MOST_LINES) {
        missing.add(gone(table, before, now, same, row, passage));
      }
    }
  }

  private static boolean holds(List<String> now, List<String> before) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) != null && !before.get(i).equals(now.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<List<String>> projected(Content content, Collection<Integer> columns) {
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : content.rows()) {
      List<String> values = new ArrayList<>();
      columns.forEach(column -> values.add(row.get(column)));
      rows.add(values);
    }
    return rows;
  }

  /** Says the value, where it is nowhere in its column any more; else the row. */
  private static String gone(
      FactId table,
      Content before,
      Content now,
      Map<Integer, Integer> same,
      List<String> row,
      Passage passage) {
    int at = 0;
    for (Map.Entry<Integer, Integer> column : same.entrySet()) {
      String value = row.get(at++);
      if (value != null
          && now.rows().stream().noneMatch(one -> value.equals(one.get(column.getValue())))) {
        return "%s had the value %s, which is gone"
            .formatted(
                passage.names().now(before.columns().get(column.getKey())),
                SqlLiteral.literal(value));
      }
    }
    return "%s had the row %s, which is gone".formatted(passage.names().now(table), row);
  }

  private void positions(RowSnapshot later, Passage passage, List<String> missing) {
    positions.forEach(
        (source, before) -> {
          FactId name = passage.names().now(source);
          Position now = later.positions.get(name);
          boolean judged =
              now != null
                  && now.up() == before.up()
                  && !passage.ran().stream()
                      .flatMap(statement -> statement.hazards().stream())
                      .anyMatch(hazard -> losesPosition(hazard, name, later.schema));
          if (judged && now.taken() && !before.taken()) {
            missing.add(
                "the next number that %s gets by default is %d, which it has already"
                    .formatted(name, now.next()));
          } else if (judged && passage.positionsStay() && now.isBehind(before)) {
            missing.add(
                "the sequence of %s goes on at %d, and was to go on at %d"
                    .formatted(name, now.next(), before.next()));
          }
        });
  }

  private static boolean losesPosition(Hazard hazard, FactId source, Schema schema) {
    if (!(hazard instanceof Hazard.LosesData loses)
        || !loses.what().startsWith("the position of ")) {
      return false;
    }
    String what = loses.what().substring("the position of ".length());
    Set<String> names = new HashSet<>(Set.of(source.toString()));
    if (source.kind() == Kind.COLUMN) {
      names.add(source.as(Kind.IDENTITY).toString());
      schema.find(source.as(Kind.DEFAULT)).stream()
          .flatMap(fact -> fact.dependsOn().stream())
          .forEach(id -> names.add(id.toString()));
    }
    return names.stream().anyMatch(name -> what.equals(name) || what.startsWith(name + " "));
  }
}
