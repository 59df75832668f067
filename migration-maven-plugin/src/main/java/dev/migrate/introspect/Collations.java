package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import org.jooq.Record;

/** Reads collations and conversions ({@code pg_collation}, {@code pg_conversion}). */
final class Collations implements KindReader {
  private static final String COLLATIONS =
      """
      select c.oid::int8 as oid, n.nspname::text as schema, c.collname::text as name,
        c.collprovider::text as provider, c.collisdeterministic as deterministic,
        c.collcollate::text as lc_collate, c.collctype::text as lc_ctype,
        %s as locale, %s as rules
      from pg_collation c join pg_namespace n on n.oid = c.collnamespace
      where c.collnamespace = any ({0}::oid[])
      """;

  private static final String CONVERSIONS =
      """
      select c.oid::int8 as oid, n.nspname::text as schema, c.conname::text as name,
        pg_encoding_to_char(c.conforencoding)::text as source,
        pg_encoding_to_char(c.contoencoding)::text as target, c.conproc::regproc::text as function,
        c.condefault as is_default
      from pg_conversion c join pg_namespace n on n.oid = c.connamespace
      where c.connamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    String locale =
        catalog.since(17, "c.colllocale", catalog.since(15, "c.colliculocale", "null::text"));
    String rules = catalog.since(16, "c.collicurules", "null::text");
    for (Record row : catalog.query(COLLATIONS.formatted(locale, rules))) {
      FactId id = FactId.of(Kind.COLLATION, text(row, "schema"), text(row, "name"));
      catalog
          .note(ObjectKey.of("pg_collation", oid(row, "oid")), id)
          .ifPresent(
              fact ->
                  fact.parent(Relations.schemaOf(id)).items(Attribute.PARAMETERS, parameters(row)));
    }
    for (Record row : catalog.query(CONVERSIONS)) {
      FactId id = FactId.of(Kind.CONVERSION, text(row, "schema"), text(row, "name"));
      catalog
          .note(ObjectKey.of("pg_conversion", oid(row, "oid")), id)
          .ifPresent(
              fact ->
                  fact.parent(Relations.schemaOf(id))
                      .text(Attribute.SOURCE, text(row, "source"))
                      .text(Attribute.TARGET, text(row, "target"))
                      .text(Attribute.FUNCTION, text(row, "function"))
                      .flag(Attribute.DEFAULT_FLAG, flag(row, "is_default")));
    }
  }

  private static List<String> parameters(Record row) {
    ParameterList list = new ParameterList();
    list.add("provider", provider(text(row, "provider")));
    String locale = text(row, "locale");
    String collate = text(row, "lc_collate");
    String ctype = text(row, "lc_ctype");
    if (locale != null) {
      list.literal("locale", locale);
    } else if (collate != null && collate.equals(ctype)) {
      list.literal("locale", collate);
    } else {
      list.literal("lc_collate", collate);
      list.literal("lc_ctype", ctype);
    }
    list.literal("rules", text(row, "rules"));
    list.add("deterministic", flag(row, "deterministic") ? null : "false");
    return list.items();
  }

  private static String provider(String code) {
    return switch (code) {
      case "c" -> "libc";
      case "i" -> "icu";
      case "b" -> "builtin";
      default -> "default";
    };
  }
}
