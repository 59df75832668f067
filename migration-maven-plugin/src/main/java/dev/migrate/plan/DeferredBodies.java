package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Orders mutually recursive routines: those that are created before something that their bodies
 * name, with {@code check_function_bodies} off, and are checked when everything is there.
 */
final class DeferredBodies {
  private static final Map<String, String> VALIDATORS =
      Map.of("sql", "fmgr_sql_validator", "plpgsql", "plpgsql_validator");

  private final List<Statement> checks = new ArrayList<>();

  /**
   * @param making what makes it
   * @return the same, without a look into the body
   */
  List<Statement> unchecked(Fact routine, List<Statement> making) {
    FactId id = routine.id();
    List<Statement> statements = new ArrayList<>();
    statements.add(Statement.setting(id, "SET LOCAL check_function_bodies = off"));
    statements.addAll(making);
    statements.add(Statement.setting(id, "SET LOCAL check_function_bodies = on"));
    String validator = VALIDATORS.get(routine.text(Attribute.LANGUAGE));
    if (validator != null) {
      String name = FactNames.qualified(id) + "(" + id.name(2) + ")";
      checks.add(
          Statement.running(
              id,
              "SELECT pg_catalog."
                  + validator
                  + "(CAST("
                  + SqlLiteral.literal(name)
                  + " AS pg_catalog.regprocedure))"));
    }
    return statements;
  }

  /**
   * @return what looks into the bodies of all of them
   */
  List<Statement> checks() {
    return List.copyOf(checks);
  }
}
