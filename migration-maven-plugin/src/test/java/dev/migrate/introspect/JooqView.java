package dev.migrate.introspect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;
import org.jooq.meta.CheckConstraintDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.DomainDefinition;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.IndexDefinition;
import org.jooq.meta.ParameterDefinition;
import org.jooq.meta.RoutineDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.SequenceDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.TypedElementDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jooq.meta.jaxb.CatalogMappingType;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.postgres.PostgresDatabase;

/**
 * A schema as jOOQ's code generator sees it, as lines: read with queries that nobody here has
 * written, and so another witness of what is in a database.
 */
final class JooqView {
  private final SortedSet<String> lines = new TreeSet<>();

  private JooqView() {}

  static SortedSet<String> of(Connection connection) throws SQLException {
    PostgresDatabase database = new PostgresDatabase();
    try (database) {
      database.setConnection(connection);
      database.setDialect(SQLDialect.POSTGRES);
      database.setProperties(new Properties());
      // An empty name stands for all.
      SchemaMappingType schemas = new SchemaMappingType().withInputSchema("");
      database.setConfiguredSchemata(List.of(schemas));
      database.setConfiguredCatalogs(
          List.of(new CatalogMappingType().withInputCatalog("").withSchemata(schemas)));
      database.setConfiguredEnumTypes(List.of());
      database.setConfiguredForcedTypes(List.of());
      database.setConfiguredEmbeddables(List.of());
      database.setConfiguredComments(List.of());
      database.setIncludes(new String[] {".*"});
      database.setExcludes(new String[] {"pg_catalog\\..*", "information_schema\\..*"});
      database.setRegexFlags(List.of());
      database.setOnError(OnError.FAIL);
      database.setIncludeTables(true);
      database.setIncludeRelations(true);
      database.setIncludePrimaryKeys(true);
      database.setIncludeUniqueKeys(true);
      database.setIncludeForeignKeys(true);
      database.setIncludeCheckConstraints(true);
      database.setIncludeIndexes(true);
      database.setIncludeSequences(true);
      database.setIncludeDomains(true);
      database.setIncludeUDTs(true);
      database.setIncludeRoutines(true);
      database.setIncludeTriggerRoutines(true);
      database.setTableValuedFunctions(true);
      JooqView view = new JooqView();
      for (SchemaDefinition schema : database.getSchemata()) {
        if (!schema.getName().startsWith("pg_") && !schema.getName().equals("information_schema")) {
          view.read(database, schema);
        }
      }
      return view.lines;
    }
  }

  private void read(PostgresDatabase database, SchemaDefinition schema) {
    add("schema", schema);
    database.getTables(schema).forEach(this::table);
    for (SequenceDefinition one : database.getSequences(schema)) {
      add(
          "sequence",
          one,
          type(one.getType()),
          one.getStartWith(),
          one.getIncrementBy(),
          one.getMinvalue(),
          one.getMaxvalue(),
          one.getCycle(),
          one.getCache());
    }
    for (EnumDefinition one : database.getEnums(schema)) {
      add("enum", one, one.getLiterals());
    }
    for (DomainDefinition one : database.getDomains(schema)) {
      add("domain", one, type(one.getType()), new TreeSet<>(one.getCheckClauses()));
    }
    database
        .getUDTs(schema)
        .forEach(
            udt -> {
              add("type", udt);
              udt.getAttributes().forEach(one -> typed("attribute", one));
            });
    for (RoutineDefinition one : database.getRoutines(schema)) {
      add(
          "routine",
          one,
          parameters(one.getInParameters()),
          parameters(one.getOutParameters()),
          one.getReturnType() == null ? "" : type(one.getReturnType()),
          one.isAggregate());
    }
  }

  private void table(TableDefinition table) {
    add(
        "table",
        table,
        table.getTableOptions().type(),
        table.isTableValuedFunction(),
        parameters(table.getParameters()));
    table.getColumns().forEach(one -> typed("column", one));
    if (table.isTableValuedFunction()) {
      return;
    }
    for (UniqueKeyDefinition one : table.getKeys()) {
      add(one.isPrimaryKey() ? "primary key" : "unique key", one, names(one.getKeyColumns()));
    }
    for (ForeignKeyDefinition one : table.getForeignKeys()) {
      add(
          "foreign key",
          one,
          names(one.getKeyColumns()),
          one.getReferencedTable().getQualifiedName(),
          names(one.getReferencedColumns()));
    }
    for (CheckConstraintDefinition one : table.getCheckConstraints()) {
      add("check", one, one.getCheckClause());
    }
    for (IndexDefinition one : table.getIndexes()) {
      add(
          "index",
          one,
          one.isUnique(),
          one.getIndexColumns().stream()
              .map(column -> column.getColumn().getName() + " " + column.getSortOrder())
              .toList());
    }
  }

  private void typed(String what, TypedElementDefinition<?> one) {
    add(what, one, type(one.getType()));
  }

  private static List<String> parameters(Collection<ParameterDefinition> parameters) {
    return parameters == null
        ? List.of()
        : parameters.stream()
            .map(one -> one.getName() + " " + type(one.getType()) + " " + one.isDefaulted())
            .toList();
  }

  private static List<String> names(Collection<? extends Definition> definitions) {
    return definitions.stream().map(Definition::getName).collect(Collectors.toList());
  }

  private static String type(DataTypeDefinition type) {
    return String.join(
        " ",
        List.of(
            String.valueOf(type.getType()),
            String.valueOf(type.getQualifiedUserType()),
            String.valueOf(type.getLength()),
            String.valueOf(type.getPrecision()),
            String.valueOf(type.getScale()),
            type.isNullable() ? "null" : "not null",
            type.isIdentity() ? "identity" : "",
            String.valueOf(type.getDefaultValue()),
            String.valueOf(type.getGeneratedAlwaysAs())));
  }

  private void add(String what, Definition one, Object... said) {
    List<String> words = new ArrayList<>(List.of(what, one.getQualifiedName()));
    for (Object word : said) {
      words.add(String.valueOf(word));
    }
    words.add(String.valueOf(one.getComment()));
    lines.add(String.join(" | ", words));
  }
}
