package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for publications with their tables and schemas. */
final class PublicationRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.PUBLICATION, Kind.PUBLICATION_TABLE, Kind.PUBLICATION_SCHEMA);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    FactId id = fact.id();
    if (id.kind() != Kind.PUBLICATION) {
      return List.of(Statement.changing(id, alter(id) + " ADD " + member(fact)));
    }
    List<String> parameters = new ArrayList<>();
    if (!fact.text(Attribute.PUBLISH).equals("insert, update, delete, truncate")) {
      parameters.add("publish = " + literal(fact.text(Attribute.PUBLISH)));
    }
    if (fact.has(Attribute.VIA_ROOT)) {
      parameters.add("publish_via_partition_root = true");
    }
    if (fact.has(Attribute.GENERATED_COLUMNS)) {
      parameters.add("publish_generated_columns = stored");
    }
    return List.of(
        Statement.creating(
            id,
            "CREATE PUBLICATION "
                + quote(id.name(0))
                + (fact.has(Attribute.ALL_TABLES) ? " FOR ALL TABLES" : "")
                + (parameters.isEmpty() ? "" : " WITH (" + String.join(", ", parameters) + ")")));
  }

  private static String alter(FactId id) {
    return "ALTER PUBLICATION " + quote(id.name(0));
  }

  private static String member(Fact fact) {
    FactId id = fact.id();
    if (id.kind() == Kind.PUBLICATION_SCHEMA) {
      return "TABLES IN SCHEMA " + quote(id.name(1));
    }
    return "TABLE ONLY "
        + qualified(id.name(1), id.name(2))
        + (fact.items(Attribute.COLUMNS).isEmpty()
            ? ""
            : " (" + SqlNames.list(fact.items(Attribute.COLUMNS)) + ")")
        + (fact.has(Attribute.CONDITION) ? " WHERE (" + fact.text(Attribute.CONDITION) + ")" : "");
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    FactId id = fact.id();
    return List.of(
        Statement.dropping(
            id,
            switch (id.kind()) {
              case PUBLICATION -> "DROP PUBLICATION " + quote(id.name(0));
              case PUBLICATION_SCHEMA -> alter(id) + " DROP TABLES IN SCHEMA " + quote(id.name(1));
              default -> alter(id) + " DROP TABLE " + qualified(id.name(1), id.name(2));
            }));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String set = alter(after.id()) + " SET (";
    Alterations alterations = new Alterations(before, after);
    return alterations
        .on(
            Attribute.PUBLISH,
            () ->
                alterations.add(set + "publish = " + literal(after.text(Attribute.PUBLISH)) + ")"))
        .on(
            Attribute.VIA_ROOT,
            () ->
                alterations.add(
                    set + "publish_via_partition_root = " + after.has(Attribute.VIA_ROOT) + ")"))
        .on(
            Attribute.GENERATED_COLUMNS,
            () ->
                alterations.add(
                    set
                        + "publish_generated_columns = "
                        + (after.has(Attribute.GENERATED_COLUMNS) ? "stored" : "none")
                        + ")"))
        .orRecreate();
  }
}
