package dev.migrate.plan.online;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Chooses the key (primary key or unique constraint) along which the rows of a table are walked in
 * batches.
 */
public final class BatchKey {
  private static final List<String> TYPES = List.of("primary key", "unique");

  private BatchKey() {}

  /**
   * @return the columns of its primary key, else of a unique constraint none of whose columns can
   *     be null
   */
  public static Optional<List<String>> of(Schema schema, FactId table) {
    return of(schema, table, constraint -> true);
  }

  /**
   * @param present whether a constraint is there when the rows are walked
   */
  static Optional<List<String>> of(Schema schema, FactId table, Predicate<FactId> present) {
    return schema.childrenOf(table).stream()
        .filter(child -> child.id().kind() == Kind.CONSTRAINT && present.test(child.id()))
        .filter(child -> TYPES.contains(child.text(Attribute.TYPE)))
        .sorted(Comparator.comparingInt(child -> TYPES.indexOf(child.text(Attribute.TYPE))))
        .map(child -> child.items(Attribute.COLUMNS))
        .filter(columns -> columns.stream().allMatch(column -> notNull(schema, table, column)))
        .findFirst();
  }

  private static boolean notNull(Schema schema, FactId table, String column) {
    return schema
        .find(FactId.of(Kind.COLUMN, table.name(0), table.name(1), column))
        .filter((Fact fact) -> fact.has(Attribute.NOT_NULL))
        .isPresent();
  }
}
