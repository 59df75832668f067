package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import org.jooq.Record;

/** Reads row-level security policies ({@code pg_policy}). */
final class Policies implements KindReader {
  private static final String POLICIES =
      """
      select p.oid::int8 as oid, p.polname::text as name, p.polrelid::int8 as relation,
        p.polcmd::text as command, p.polpermissive as permissive,
        pg_get_expr(p.polqual, p.polrelid) as using_expression,
        pg_get_expr(p.polwithcheck, p.polrelid) as check_expression,
        (select array_agg(coalesce(r.rolname::text, '') order by r.rolname)
          from unnest(p.polroles) u left join pg_roles r on r.oid = u) as roles
      from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(POLICIES)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "relation")))
          .ifPresent(table -> policy(catalog, row, table));
    }
  }

  private static void policy(Catalog catalog, Record row, FactId table) {
    catalog
        .note(
            ObjectKey.of("pg_policy", oid(row, "oid")),
            FactId.of(Kind.POLICY, table.name(0), table.name(1), text(row, "name")))
        .ifPresent(
            fact ->
                fact.parent(table)
                    .text(Attribute.COMMAND, command(text(row, "command")))
                    .flag(Attribute.RESTRICTIVE, !flag(row, "permissive"))
                    .text(Attribute.USING, text(row, "using_expression"))
                    .text(Attribute.CHECK, text(row, "check_expression"))
                    // An empty name is PUBLIC, the usual case.
                    .items(
                        Attribute.ROLES,
                        texts(row, "roles").equals(List.of("")) ? List.of() : texts(row, "roles")));
  }

  private static String command(String code) {
    return switch (code) {
      case "*" -> null;
      case "r" -> "SELECT";
      case "a" -> "INSERT";
      case "w" -> "UPDATE";
      case "d" -> "DELETE";
      default -> throw new IllegalStateException("Unexpected policy command " + code);
    };
  }
}
