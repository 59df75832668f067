package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.sorted;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import java.util.List;
import org.jooq.Record;

/**
 * Reads constraints of tables and domains ({@code pg_constraint}). One that a partition or a child
 * has from its parent belongs to the parent; only the index behind a partition's key has a name of
 * its own.
 */
final class Constraints implements KindReader {
  private static final String CONSTRAINTS =
      """
      select k.oid::int8 as oid, k.conname::text as name, k.contype::text as type,
        k.conrelid::int8 as relation, k.contypid::int8 as domain, k.conindid::int8 as index_oid,
        pg_get_constraintdef(k.oid) as definition, k.condeferrable as deferrable,
        k.condeferred as deferred, k.convalidated as validated, k.conislocal as local,
        k.coninhcount > 0 as inherited, k.conparentid::int8 as parent, pk.conname::text as parent_name,
        k.connoinherit as no_inherit, pin.nspname::text as parent_index_schema,
        pi.relname::text as parent_index, ic.relname::text as index_name, ic.reloptions as index_options,
        ts.spcname::text as tablespace, coalesce(x.indisclustered, false) as clustered,
        coalesce(x.indisreplident, false) as replica_identity,
        coalesce(x.indisvalid, true) as index_valid,
        k.contype = 'c' and k.coninhcount > 0 and exists (select from pg_inherits pinh
          join pg_constraint pc on pc.conrelid = pinh.inhparent and pc.conname = k.conname
          where pinh.inhrelid = k.conrelid and not pc.convalidated) as parent_not_validated,
        array_to_string(k.conkey, ' ') as columns
      from pg_constraint k left join pg_constraint pk on pk.oid = k.conparentid
      left join pg_class ic on ic.oid = k.conindid and k.contype in ('p', 'u', 'x')
      left join pg_tablespace ts on ts.oid = ic.reltablespace
      left join pg_index x on x.indexrelid = ic.oid
      left join pg_inherits inh on inh.inhrelid = ic.oid
      left join pg_class pi on pi.oid = inh.inhparent
      left join pg_namespace pin on pin.oid = pi.relnamespace
      where k.contype in ('p', 'u', 'c', 'f', 'x', 'n') and k.connamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(CONSTRAINTS)) {
      if (oid(row, "domain") != 0) {
        catalog
            .idOf(ObjectKey.of("pg_type", oid(row, "domain")))
            .ifPresent(domain -> ofDomain(catalog, row, domain));
      } else {
        catalog
            .idOf(ObjectKey.of("pg_class", oid(row, "relation")))
            .ifPresent(table -> ofTable(catalog, row, table));
      }
    }
  }

  private static void ofDomain(Catalog catalog, Record row, FactId domain) {
    if (text(row, "type").equals("n")) {
      // PostgreSQL 17 and later give the NOT NULL of a domain a name; the domain says it already.
      catalog.alias(ObjectKey.of("pg_constraint", oid(row, "oid")), domain);
      return;
    }
    FactId id =
        FactId.of(Kind.DOMAIN_CONSTRAINT, domain.name(0), domain.name(1), text(row, "name"));
    catalog
        .note(ObjectKey.of("pg_constraint", oid(row, "oid")), id)
        .orElseThrow()
        .parent(domain)
        .text(Attribute.DEFINITION, ConstraintText.plain(text(row, "definition")))
        .flag(Attribute.NOT_VALID, !flag(row, "validated"));
  }

  private static void ofTable(Catalog catalog, Record row, FactId table) {
    ObjectKey key = ObjectKey.of("pg_constraint", oid(row, "oid"));
    String type = text(row, "type");
    if (type.equals("n")) {
      notNull(catalog, row, table, key);
      return;
    }
    FactId id = FactId.of(Kind.CONSTRAINT, table.name(0), table.name(1), text(row, "name"));
    boolean indexed = text(row, "index_name") != null;
    boolean ofParent = oid(row, "parent") != 0 || flag(row, "inherited") && !flag(row, "local");
    if (ofParent && !indexed) {
      catalog.subject(key, id, table);
      if (type.equals("c") && flag(row, "validated") && flag(row, "parent_not_validated")) {
        catalog
            .fact(id)
            .parent(table)
            .flag(Attribute.VALIDATED_HERE, true)
            .dependsOn(ofParents(catalog, table, id));
      }
      return;
    }
    Fact.Builder fact =
        catalog
            .note(key, id)
            .orElseThrow()
            .parent(table)
            .text(Attribute.TYPE, ConstraintText.word(type))
            .text(Attribute.DEFINITION, ConstraintText.plain(text(row, "definition")))
            .flag(Attribute.DEFERRABLE, flag(row, "deferrable"))
            .flag(Attribute.DEFERRED, flag(row, "deferred"))
            .flag(Attribute.NOT_ENFORCED, ConstraintText.notEnforced(text(row, "definition")))
            .flag(
                Attribute.NOT_VALID,
                !flag(row, "validated") && !ConstraintText.notEnforced(text(row, "definition")));
    columns(catalog, row).forEach(fact::dependsOn);
    if (indexed) {
      indexed(catalog, row, table, fact);
    }
  }

  /** A check of constants only has none. */
  private static List<FactId> columns(Catalog catalog, Record row) {
    String numbers = text(row, "columns");
    return numbers == null || numbers.isEmpty()
        ? List.of()
        : catalog.columns(oid(row, "relation"), numbers);
  }

  private static FactId ofParents(Catalog catalog, FactId table, FactId constraint) {
    FactId parent = catalog.parentsOf(table).get(0);
    return FactId.of(Kind.CONSTRAINT, parent.name(0), parent.name(1), constraint.lastName());
  }

  private static void indexed(Catalog catalog, Record row, FactId table, Fact.Builder fact) {
    FactId id = fact.id();
    FactId index = FactId.of(Kind.INDEX, id.name(0), text(row, "index_name"));
    ObjectKey indexKey = ObjectKey.of("pg_class", oid(row, "index_oid"));
    fact.items(Attribute.OPTIONS_LIST, sorted(texts(row, "index_options")))
        .text(Attribute.TABLESPACE, text(row, "tablespace"))
        .items(Attribute.COLUMNS, columns(catalog, row).stream().map(FactId::lastName).toList())
        .flag(Attribute.CLUSTERED, flag(row, "clustered"))
        .flag(Attribute.INVALID, !flag(row, "index_valid"))
        .text(Attribute.PARTITION_OF, text(row, "parent_name"));
    if (!text(row, "index_name").equals(id.lastName())) {
      fact.text(Attribute.INDEX, text(row, "index_name"));
    }
    if (oid(row, "parent") == 0 && text(row, "parent_index") != null) {
      FactId parent =
          FactId.of(Kind.INDEX, text(row, "parent_index_schema"), text(row, "parent_index"));
      fact.items(Attribute.ATTACHED_TO, parent.names()).dependsOn(parent);
    }
    if (oid(row, "parent") != 0) {
      for (FactId parent : catalog.parentsOf(table)) {
        fact.dependsOn(
            FactId.of(Kind.CONSTRAINT, parent.name(0), parent.name(1), text(row, "parent_name")));
      }
    }
    catalog.alias(indexKey, id);
    catalog.subject(indexKey, index, id);
    if (flag(row, "replica_identity")) {
      Indexes.replicaIdentity(catalog, table, id, text(row, "index_name"));
    }
  }

  /** PostgreSQL 18 gives NOT NULL a name and options; the column says that it is there. */
  private static void notNull(Catalog catalog, Record row, FactId table, ObjectKey key) {
    FactId id = columns(catalog, row).get(0);
    String column = id.lastName();
    catalog.alias(key, id);
    catalog.subject(
        key, FactId.of(Kind.CONSTRAINT, table.name(0), table.name(1), text(row, "name")), id);
    String usual = table.name(1) + "_" + column + "_not_null";
    boolean ofParent = flag(row, "inherited") && !flag(row, "local");
    catalog
        .builder(id)
        .ifPresent(
            fact -> fact.note(Note.OWN_NOT_NULL, flag(row, "inherited") && flag(row, "local")));
    catalog
        .builder(id)
        .filter(fact -> !ofParent && fact.has(Attribute.NOT_NULL))
        .ifPresent(
            fact ->
                fact.text(
                        Attribute.NOT_NULL_NAME,
                        usual.equals(text(row, "name")) ? null : text(row, "name"))
                    .flag(Attribute.NOT_NULL_NO_INHERIT, flag(row, "no_inherit"))
                    .flag(Attribute.NOT_NULL_NOT_VALID, !flag(row, "validated")));
  }
}
