package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.quote;

import dev.migrate.schema.Fact;
import java.util.List;

/** A constraint as it stands in CREATE TABLE and ADD CONSTRAINT. */
final class ConstraintDefinition {
  private static final List<String> TYPES =
      List.of("primary key", "unique", "exclusion", "check", "foreign key");

  static final java.util.Comparator<Fact> ORDER =
      java.util.Comparator.<Fact>comparingInt(fact -> TYPES.indexOf(fact.text("type")))
          .thenComparing(Fact::id);

  private ConstraintDefinition() {}

  static String inTable(Fact fact) {
    return "CONSTRAINT " + quote(fact.id().lastName()) + " " + body(fact);
  }

  static String body(Fact fact) {
    StringBuilder sql = new StringBuilder();
    String definition = Expressions.unwrapped(fact.text("definition"));
    int where = fact.text("type").equals("exclusion") ? definition.lastIndexOf(" WHERE (") : -1;
    sql.append(where < 0 ? definition : definition.substring(0, where));
    sql.append(Options.with(fact));
    sql.append(
        fact.has("tablespace") ? " USING INDEX TABLESPACE " + quote(fact.text("tablespace")) : "");
    sql.append(where < 0 ? "" : definition.substring(where));
    sql.append(fact.has("deferrable") ? " DEFERRABLE" : "");
    sql.append(fact.has("deferred") ? " INITIALLY DEFERRED" : "");
    sql.append(fact.has("not valid") ? " NOT VALID" : "");
    return sql.append(fact.has("not enforced") ? " NOT ENFORCED" : "").toString();
  }
}
