package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the constraints of a new table that are written inline, behind the column and without a
 * name: those of one column whose name is the one that PostgreSQL gives.
 */
final class InlineConstraints {
  private final Map<String, List<Fact>> byColumn = new HashMap<>();
  private final List<Fact> others = new ArrayList<>();

  /**
   * @param constraints those that CREATE TABLE holds
   * @param written whether a column has a definition for them to stand behind
   */
  InlineConstraints(List<Fact> constraints, Predicate<String> written) {
    for (Fact constraint : constraints) {
      column(constraint)
          .filter(written)
          .filter(column -> hasUsualName(constraint, column))
          .ifPresentOrElse(
              column -> byColumn.computeIfAbsent(column, key -> new ArrayList<>()).add(constraint),
              () -> others.add(constraint));
    }
  }

  /** What stands behind the definition of a column, with a blank before it. */
  String behind(String column) {
    StringBuilder sql = new StringBuilder();
    for (Fact constraint : byColumn.getOrDefault(column, List.of())) {
      String body = ConstraintDefinition.body(constraint);
      String list = " (" + quote(column) + ")";
      sql.append(' ')
          .append(
              switch (constraint.text(Attribute.TYPE)) {
                case "foreign key" -> body.substring(("FOREIGN KEY" + list + " ").length());
                case "check" -> body;
                default -> body.replace(list, "");
              });
    }
    return sql.toString();
  }

  /** Whether a primary key says already that the column is NOT NULL. */
  boolean isPrimaryKey(String column) {
    return byColumn.getOrDefault(column, List.of()).stream()
        .anyMatch(constraint -> constraint.text(Attribute.TYPE).equals("primary key"));
  }

  /** The constraints that stand for themselves. */
  List<Fact> others() {
    return List.copyOf(others);
  }

  private static Optional<String> column(Fact constraint) {
    String definition = constraint.text(Attribute.DEFINITION);
    return switch (constraint.text(Attribute.TYPE)) {
      case "primary key", "unique" ->
          constraint.items(Attribute.COLUMNS).size() == 1
                  && (definition.equals("PRIMARY KEY (" + first(constraint) + ")")
                      || definition.equals("UNIQUE (" + first(constraint) + ")"))
              ? Optional.of(constraint.items(Attribute.COLUMNS).get(0))
              : Optional.empty();
      case "foreign key" ->
          columns(constraint)
              .filter(
                  column ->
                      definition.startsWith("FOREIGN KEY (" + quote(column) + ") REFERENCES "));
      case "check" -> definition.endsWith(" NO INHERIT") ? Optional.empty() : columns(constraint);
      default -> Optional.empty();
    };
  }

  private static String first(Fact constraint) {
    return quote(constraint.items(Attribute.COLUMNS).get(0));
  }

  /** The only column of its own table that a constraint is about. */
  private static Optional<String> columns(Fact constraint) {
    List<String> own =
        constraint.dependsOn().stream()
            .filter(
                id ->
                    id.names().size() == 3
                        && id.kind() == Kind.COLUMN
                        && id.names().subList(0, 2).equals(constraint.id().names().subList(0, 2)))
            .map(id -> id.name(2))
            .toList();
    return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
  }

  private static boolean hasUsualName(Fact constraint, String column) {
    String table = constraint.id().name(1);
    String usual =
        switch (constraint.text(Attribute.TYPE)) {
          case "primary key" -> GeneratedName.of(table, List.of(), "pkey");
          case "unique" -> GeneratedName.of(table, List.of(column), "key");
          case "foreign key" -> GeneratedName.of(table, List.of(column), "fkey");
          default -> GeneratedName.of(table, List.of(column), "check");
        };
    return constraint.id().lastName().equals(usual);
  }
}
