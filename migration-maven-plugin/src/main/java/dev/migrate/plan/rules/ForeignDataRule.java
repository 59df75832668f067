package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;

/** Planning rule for foreign-data wrappers, servers and user mappings. */
final class ForeignDataRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.FOREIGN_DATA_WRAPPER, Kind.SERVER, Kind.USER_MAPPING);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    StringBuilder sql = new StringBuilder("CREATE ");
    sql.append(ObjectReference.to(fact.id(), context.to()));
    if (fact.id().kind() == Kind.FOREIGN_DATA_WRAPPER) {
      sql.append(fact.has(Attribute.HANDLER) ? " HANDLER " + fact.text(Attribute.HANDLER) : "");
      sql.append(
          fact.has(Attribute.VALIDATOR) ? " VALIDATOR " + fact.text(Attribute.VALIDATOR) : "");
    } else if (fact.id().kind() == Kind.SERVER) {
      sql.append(fact.has(Attribute.TYPE) ? " TYPE " + literal(fact.text(Attribute.TYPE)) : "");
      sql.append(
          fact.has(Attribute.VERSION) ? " VERSION " + literal(fact.text(Attribute.VERSION)) : "");
      sql.append(" FOREIGN DATA WRAPPER ").append(quote(fact.text(Attribute.WRAPPER)));
    }
    return List.of(
        Statement.creating(fact.id(), sql.append(StorageOptions.foreign(fact)).toString()));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  /** PostgreSQL drops no server that has user mappings. */
  @Override
  public boolean dropsApart(Fact fact, PlanContext context) {
    return fact.id().kind() == Kind.USER_MAPPING;
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String alter = "ALTER " + ObjectReference.to(after.id(), context.to());
    Alterations alterations = new Alterations(before, after);
    alterations.on(
        Attribute.FOREIGN_OPTIONS,
        () -> StorageOptions.changeForeign(alterations, alter, before, after));
    if (after.has(Attribute.VERSION)) {
      alterations.on(
          Attribute.VERSION,
          () -> alterations.add(alter + " VERSION " + literal(after.text(Attribute.VERSION))));
    }
    return alterations
        .on(
            Attribute.HANDLER,
            () ->
                alterations.add(
                    alter
                        + (after.has(Attribute.HANDLER)
                            ? " HANDLER " + after.text(Attribute.HANDLER)
                            : " NO HANDLER")))
        .on(
            Attribute.VALIDATOR,
            () ->
                alterations.add(
                    alter
                        + (after.has(Attribute.VALIDATOR)
                            ? " VALIDATOR " + after.text(Attribute.VALIDATOR)
                            : " NO VALIDATOR")))
        .orRecreate();
  }
}
