package dev.migrate.generate;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes schemas for tests in one breath: {@code Schemas.of().table("assets", "name text")}. */
final class Schemas {
  private final List<Fact> facts = new ArrayList<>();
  private final Map<FactId, List<String>> order = new LinkedHashMap<>();

  static Schemas of() {
    return new Schemas();
  }

  Schemas table(String name, String... columns) {
    FactId table = FactId.of(Kind.TABLE, "public", name);
    facts.add(Fact.of(table).build());
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      String[] words = column.split(" ", 2);
      names.add(words[0]);
      facts.add(
          Fact.of(FactId.of(Kind.COLUMN, "public", name, words[0]))
              .parent(table)
              .text(Attribute.TYPE, words[1])
              .build());
    }
    order.put(table, names);
    return this;
  }

  Schemas enumOf(String name, String... labels) {
    facts.add(
        Fact.of(FactId.of(Kind.ENUM, "public", name))
            .items(Attribute.LABELS, List.of(labels))
            .build());
    return this;
  }

  Schemas function(String name, String arguments, String body) {
    facts.add(
        Fact.of(FactId.of(Kind.FUNCTION, "public", name, arguments))
            .text(Attribute.BODY, body)
            .build());
    return this;
  }

  Schemas index(String name, String table, String definition) {
    facts.add(
        Fact.of(FactId.of(Kind.INDEX, "public", name))
            .parent(FactId.of(Kind.TABLE, "public", table))
            .items(Attribute.TABLE_LIST, List.of("public", table))
            .text(Attribute.DEFINITION, definition)
            .build());
    return this;
  }

  Schemas constraint(String name, String table, String definition) {
    facts.add(
        Fact.of(FactId.of(Kind.CONSTRAINT, "public", table, name))
            .parent(FactId.of(Kind.TABLE, "public", table))
            .text(Attribute.DEFINITION, definition)
            .build());
    return this;
  }

  Schema build() {
    return new Schema(facts, List.of(), order, Schema.Origin.UNKNOWN);
  }
}
