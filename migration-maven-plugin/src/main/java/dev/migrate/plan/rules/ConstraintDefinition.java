package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import java.util.List;

/** Renders a constraint definition as it stands in CREATE TABLE and ADD CONSTRAINT. */
final class ConstraintDefinition {
  private static final List<String> TYPES =
      List.of("primary key", "unique", "exclusion", "check", "foreign key");

  static final java.util.Comparator<Fact> ORDER =
      java.util.Comparator.<Fact>comparingInt(fact -> TYPES.indexOf(fact.text(Attribute.TYPE)))
          .thenComparing(Fact::id);

  private ConstraintDefinition() {}

  static String inTable(Fact fact) {
    return "CONSTRAINT " + quote(fact.id().lastName()) + " " + body(fact);
  }

  static String body(Fact fact) {
    StringBuilder sql = new StringBuilder();
    String definition = PrintedExpressions.unwrapped(fact.text(Attribute.DEFINITION));
    int where =
        fact.text(Attribute.TYPE).equals("exclusion") ? definition.lastIndexOf(" WHERE (") : -1;
    sql.append(where < 0 ? definition : definition.substring(0, where));
    sql.append(StorageOptions.with(fact));
    sql.append(
        fact.has(Attribute.TABLESPACE)
            ? " USING INDEX TABLESPACE " + quote(fact.text(Attribute.TABLESPACE))
            : "");
    sql.append(where < 0 ? "" : definition.substring(where));
    sql.append(fact.has(Attribute.DEFERRABLE) ? " DEFERRABLE" : "");
    sql.append(fact.has(Attribute.DEFERRED) ? " INITIALLY DEFERRED" : "");
    sql.append(fact.has(Attribute.NOT_VALID) ? " NOT VALID" : "");
    return sql.append(fact.has(Attribute.NOT_ENFORCED) ? " NOT ENFORCED" : "").toString();
  }
}
