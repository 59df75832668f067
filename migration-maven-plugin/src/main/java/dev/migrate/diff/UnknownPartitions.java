package dev.migrate.diff;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds partitions, at any depth, that a database has in addition to those of the expected schema.
 */
final class UnknownPartitions {
  private final Schema schema;
  private final Map<FactId, FactId> tableOf = new HashMap<>();

  private UnknownPartitions(Schema known, Schema schema) {
    this.schema = schema;
    boolean more = true;
    while (more) {
      more = false;
      for (Fact link : schema.facts().values()) {
        Optional<FactId> table = link.parent();
        if (link.id().kind() != Kind.PARTITION
            || table.filter(id -> !known.has(id) && !tableOf.containsKey(id)).isEmpty()) {
          continue;
        }
        for (FactId on : link.dependsOn()) {
          if (on.kind() == Kind.TABLE && !on.equals(table.get())) {
            FactId root = tableOf.getOrDefault(on, on);
            if (known.has(root)) {
              tableOf.put(table.get(), root);
              more = true;
            }
          }
        }
      }
    }
  }

  /**
   * @param known a schema
   * @param schema another one
   * @return the partitions that only the other one has, of tables that both have
   */
  static UnknownPartitions besides(Schema known, Schema schema) {
    return new UnknownPartitions(known, schema);
  }

  boolean has(FactId table) {
    return tableOf.containsKey(table);
  }

  /** Whether it is one of them, or belongs to one, as its columns and indexes do. */
  boolean include(FactId id) {
    Optional<FactId> at = Optional.of(id);
    while (at.isPresent()) {
      if (has(at.get())) {
        return true;
      }
      at = schema.find(at.get()).flatMap(Fact::parent);
    }
    return false;
  }

  int size() {
    return tableOf.size();
  }

  /** In words, a line for each table. */
  List<String> lines() {
    Map<FactId, List<String>> names = new TreeMap<>();
    tableOf.keySet().stream()
        .sorted()
        .forEach(
            one ->
                names
                    .computeIfAbsent(tableOf.get(one), table -> new ArrayList<>())
                    .add(name(one, tableOf.get(one))));
    List<String> lines = new ArrayList<>();
    names.forEach(
        (table, parts) ->
            lines.add(
                parts.size() == 1
                    ? "partition %s of %s".formatted(parts.get(0), table)
                    : "%d partitions of %s: %s"
                        .formatted(parts.size(), table, String.join(", ", parts))));
    return lines;
  }

  private static String name(FactId partition, FactId table) {
    boolean beside = partition.name(0).equals(table.name(0));
    return PlainText.line(beside ? partition.lastName() : String.join(".", partition.names()));
  }
}
