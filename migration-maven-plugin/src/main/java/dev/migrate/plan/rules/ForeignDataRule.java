package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.literal;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;

/** Foreign-data wrappers, servers and user mappings. */
final class ForeignDataRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.FOREIGN_DATA_WRAPPER, Kind.SERVER, Kind.USER_MAPPING);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    StringBuilder sql = new StringBuilder("CREATE ");
    sql.append(Reference.to(fact.id(), scene.to()));
    if (fact.id().kind() == Kind.FOREIGN_DATA_WRAPPER) {
      sql.append(fact.has("handler") ? " HANDLER " + fact.text("handler") : "");
      sql.append(fact.has("validator") ? " VALIDATOR " + fact.text("validator") : "");
    } else if (fact.id().kind() == Kind.SERVER) {
      sql.append(fact.has("type") ? " TYPE " + literal(fact.text("type")) : "");
      sql.append(fact.has("version") ? " VERSION " + literal(fact.text("version")) : "");
      sql.append(" FOREIGN DATA WRAPPER ").append(quote(fact.text("wrapper")));
    }
    return List.of(Statement.creating(fact.id(), sql.append(Options.foreign(fact)).toString()));
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(Reference.drop(fact.id(), scene.from()));
  }

  /** PostgreSQL drops no server that has user mappings. */
  @Override
  public boolean dropsApart(Fact fact, Scene scene) {
    return fact.id().kind() == Kind.USER_MAPPING;
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    String alter = "ALTER " + Reference.to(after.id(), scene.to());
    Alterations alterations = new Alterations(before, after);
    alterations.on(
        "foreign options", () -> Options.changeForeign(alterations, alter, before, after));
    if (after.has("version")) {
      alterations.on(
          "version", () -> alterations.add(alter + " VERSION " + literal(after.text("version"))));
    }
    return alterations
        .on(
            "handler",
            () ->
                alterations.add(
                    alter
                        + (after.has("handler")
                            ? " HANDLER " + after.text("handler")
                            : " NO HANDLER")))
        .on(
            "validator",
            () ->
                alterations.add(
                    alter
                        + (after.has("validator")
                            ? " VALIDATOR " + after.text("validator")
                            : " NO VALIDATOR")))
        .orRecreate();
  }
}
