package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlNames;

/**
 * Renders the reference to an object ({@code TABLE a.b}, {@code FUNCTION f(integer)}) in statements
 * that work on any kind, such as COMMENT ON.
 */
final class ObjectReference {
  private ObjectReference() {}

  /** The word before the name: {@code MATERIALIZED VIEW}. */
  static String keyword(FactId id) {
    return switch (id.kind()) {
      case ENUM, COMPOSITE_TYPE, RANGE_TYPE, SHELL_TYPE, BASE_TYPE -> "TYPE";
      case DOMAIN_CONSTRAINT -> "CONSTRAINT";
      case ATTRIBUTE -> "COLUMN";
      case FOREIGN_DATA_WRAPPER -> "FOREIGN DATA WRAPPER";
      default -> id.kind().word().toUpperCase(java.util.Locale.ROOT);
    };
  }

  /** The name, with what tells it from others of the same name: {@code f(integer)}. */
  static String name(FactId id, Schema schema) {
    return switch (id.kind()) {
      case COLUMN, ATTRIBUTE -> qualified(id) + "." + quote(id.name(2));
      case CONSTRAINT, TRIGGER, POLICY, RULE -> quote(id.name(2)) + " ON " + qualified(id);
      case DOMAIN_CONSTRAINT -> quote(id.name(2)) + " ON DOMAIN " + qualified(id);
      case FUNCTION, PROCEDURE, AGGREGATE -> qualified(id) + arguments(id, schema);
      case OPERATOR ->
          quote(id.name(0)) + "." + id.name(1) + " (" + id.name(2) + ", " + id.name(3) + ")";
      case OPERATOR_CLASS, OPERATOR_FAMILY -> qualified(id) + " USING " + quote(id.name(2));
      case CAST -> "(" + id.name(0) + " AS " + id.name(1) + ")";
      case TRANSFORM -> "FOR " + id.name(0) + " LANGUAGE " + quote(id.name(1));
      case USER_MAPPING -> "FOR " + SqlNames.role(id.name(1)) + " SERVER " + quote(id.name(0));
      default -> id.kind().place() == Kind.Place.DATABASE ? quote(id.name(0)) : qualified(id);
    };
  }

  /** Keyword and name. */
  static String to(FactId id, Schema schema) {
    return keyword(id) + " " + name(id, schema);
  }

  /** Keyword and name of an object that has gone to another schema, and kept its name. */
  static String movedTo(String schema, FactId id, Schema before) {
    return keyword(id)
        + " "
        + SqlNames.qualified(schema, id.name(1))
        + (id.names().size() > 2 ? arguments(id, before) : "");
  }

  /** DROP of an object. */
  static Statement drop(FactId id, Schema schema) {
    return Statement.of(id, new Operation.DropObject(keyword(id), false, name(id, schema)));
  }

  private static String arguments(FactId id, Schema schema) {
    if (id.kind() != Kind.AGGREGATE) {
      return "(" + id.name(2) + ")";
    }
    String arguments =
        schema.find(id).map((Fact fact) -> fact.text(Attribute.ARGUMENTS)).orElse(id.name(2));
    return "(" + (arguments.isEmpty() ? "*" : arguments) + ")";
  }

  /** What two relations, whatever their kind, cannot share. */
  static String relationName(FactId id) {
    return "relation " + qualified(id);
  }

  /** What two types cannot share; a table is a type too. */
  static String typeName(FactId id) {
    return "type " + qualified(id);
  }
}
