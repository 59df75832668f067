package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.key;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads text search parsers, templates, dictionaries and configurations. */
final class TextSearch implements KindReader {
  private static final String OBJECTS =
      """
      select 'pg_ts_parser' as catalog, p.oid::int8 as oid, n.nspname::text as schema,
        p.prsname::text as name, array['start = ' || p.prsstart::regproc, 'gettoken = ' || p.prstoken::regproc,
          'end = ' || p.prsend::regproc, 'lextypes = ' || p.prslextype::regproc]
          || case when p.prsheadline <> 0 then array['headline = ' || p.prsheadline::regproc] end as parameters,
        null as detail, null::text[] as mappings
      from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace
      where p.prsnamespace = any ({0}::oid[])
      union all
      select 'pg_ts_template', t.oid::int8, n.nspname::text, t.tmplname::text,
        case when t.tmplinit <> 0 then array['init = ' || t.tmplinit::regproc] else array[]::text[] end
          || array['lexize = ' || t.tmpllexize::regproc], null, null
      from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace
      where t.tmplnamespace = any ({0}::oid[])
      union all
      select 'pg_ts_dict', d.oid::int8, n.nspname::text, d.dictname::text,
        array[quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname)], d.dictinitoption, null
      from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
      join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
      where d.dictnamespace = any ({0}::oid[])
      union all
      select 'pg_ts_config', c.oid::int8, n.nspname::text, c.cfgname::text,
        array[quote_ident(pn.nspname) || '.' || quote_ident(p.prsname)], null,
        (select array_agg(m.token || ' WITH ' || m.dictionaries order by m.token) from (
          select (select t.alias from ts_token_type(c.cfgparser) t where t.tokid = m.maptokentype) as token,
            string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) as dictionaries
          from pg_ts_config_map m where m.mapcfg = c.oid group by m.maptokentype) m)
      from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
      join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
      where c.cfgnamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(OBJECTS)) {
      FactId id = FactId.of(kind(text(row, "catalog")), text(row, "schema"), text(row, "name"));
      catalog
          .note(key(row, "catalog", "oid"), id)
          .ifPresent(
              fact ->
                  fact.parent(Relations.schemaOf(id))
                      .items(Attribute.PARAMETERS, texts(row, "parameters"))
                      .text(Attribute.OPTIONS, text(row, "detail"))
                      .items(Attribute.MAPPINGS, texts(row, "mappings")));
    }
  }

  private static Kind kind(String catalog) {
    return switch (catalog) {
      case "pg_ts_parser" -> Kind.TEXT_SEARCH_PARSER;
      case "pg_ts_template" -> Kind.TEXT_SEARCH_TEMPLATE;
      case "pg_ts_dict" -> Kind.TEXT_SEARCH_DICTIONARY;
      default -> Kind.TEXT_SEARCH_CONFIGURATION;
    };
  }
}
