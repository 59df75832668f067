package dev.migrate.introspect;

import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.List;

/** Builds parameter lists ({@code name = value}) of statements such as CREATE AGGREGATE. */
final class ParameterList {
  private final List<String> items = new ArrayList<>();

  void add(String name, String value) {
    if (value != null) {
      items.add(name + " = " + value);
    }
  }

  void literal(String name, String value) {
    if (value != null) {
      items.add(name + " = " + SqlLiteral.literal(value));
    }
  }

  void flag(String name, boolean set) {
    if (set) {
      items.add(name);
    }
  }

  List<String> items() {
    return List.copyOf(items);
  }
}
