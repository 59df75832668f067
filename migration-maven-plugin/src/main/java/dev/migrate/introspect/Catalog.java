package dev.migrate.introspect;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Uncovered;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Query context of one introspection: runs the catalog queries, and keeps the facts noted so far
 * together with their oids, so that later readers can say what belongs to what.
 */
final class Catalog {
  private final DSLContext dsl;
  private final Scope scope;
  private final int version;
  private final String user;
  private final String namespaces;
  private final Map<ObjectKey, FactId> extensionMembers = new HashMap<>();
  private final Map<ObjectKey, FactId> ids = new HashMap<>();
  private final Map<ObjectKey, FactId> aliases = new HashMap<>();
  private final Map<FunctionOfType, FactId> shells = new HashMap<>();
  private final Map<ObjectKey, Subject> subjects = new HashMap<>();
  private final Map<FactId, Fact.Builder> facts = new LinkedHashMap<>();
  private final Map<FactId, List<String>> columnOrder = new HashMap<>();
  private final Map<FactId, List<FactId>> parents = new HashMap<>();
  private final SortedSet<Uncovered> uncovered = new TreeSet<>();

  /** Something that can have a comment or privileges, and the fact that it goes away with. */
  record Subject(FactId id, FactId parent) {}

  /**
   * What makes the catalog's own functions print the same text whoever asks, and lets PostgreSQL
   * keep the sets that queries exclude in memory.
   */
  private static final String SETTINGS =
      """
      select set_config('search_path', '', true), set_config('jit', 'off', true),
        set_config('quote_all_identifiers', 'off', true), set_config('timezone', 'UTC', true),
        set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true),
        set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true),
        set_config('work_mem', '64MB', true)
      """;

  private record FunctionOfType(ObjectKey function, ObjectKey type) {}

  private static final String SESSION =
      """
      select current_setting('server_version_num')::int as version, current_user::text as "user",
        (select array_agg(oid::text) from pg_namespace
          where nspname !~ '^pg_' and nspname <> 'information_schema'
            and ({0} or nspname::text = any ({1}))
            and not exists (select from pg_depend where classid = 'pg_namespace'::regclass
              and objid = pg_namespace.oid and deptype = 'e')) as namespaces
      """;

  private static final String MEMBERS =
      """
      select d.classid::regclass::text as catalog, d.objid::int8 as oid, e.extname::text as extension
      from pg_depend d join pg_extension e on e.oid = d.refobjid
      where d.deptype = 'e' and d.refclassid = 'pg_extension'::regclass
      """;

  Catalog(DSLContext dsl, Scope scope) {
    this.dsl = dsl;
    this.scope = scope;
    fetch(SETTINGS);
    Record session =
        fetch(
                SESSION,
                DSL.inline(scope.wholeDatabase()),
                DSL.inline(scope.schemas().toArray(String[]::new)))
            .get(0);
    version = session.get("version", Integer.class);
    user = session.get("user", String.class);
    String[] oids = session.get("namespaces", String[].class);
    namespaces = oids == null ? "{}" : "{" + String.join(",", oids) + "}";
    for (Record row : fetch(MEMBERS)) {
      extensionMembers.put(
          key(row, "catalog", "oid"),
          FactId.of(Kind.EXTENSION, row.get("extension", String.class)));
    }
  }

  /** The role that reads. */
  String user() {
    return user;
  }

  /** Runs a query in which {0} stands for the numbers of the schemas in scope. */
  Result<Record> query(String template) {
    return fetch(template, DSL.inline(namespaces));
  }

  /**
   * Says itself which type each column has: what else the driver can tell about a column, even the
   * name of its type, costs it a query.
   */
  private Result<Record> fetch(String template, QueryPart... parts) {
    String sql = dsl.renderInlined(DSL.sql(template, parts));
    return dsl.connectionResult(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql);
              ResultSet rows = statement.executeQuery()) {
            return dsl.fetch(rows, fields(rows.getMetaData()).toArray(Field<?>[]::new));
          }
        });
  }

  private static List<Field<?>> fields(ResultSetMetaData columns) throws SQLException {
    List<Field<?>> fields = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      DataType<?> type =
          switch (columns.getColumnType(i)) {
            case java.sql.Types.BIT, java.sql.Types.BOOLEAN -> SQLDataType.BOOLEAN;
            case java.sql.Types.SMALLINT, java.sql.Types.INTEGER -> SQLDataType.INTEGER;
            case java.sql.Types.BIGINT -> SQLDataType.BIGINT;
            case java.sql.Types.ARRAY -> SQLDataType.VARCHAR.array();
            default -> SQLDataType.VARCHAR;
          };
      fields.add(DSL.field(DSL.name(columns.getColumnLabel(i)), type));
    }
    return fields;
  }

  int version() {
    return version;
  }

  boolean atLeast(int major) {
    return version >= major * 10_000;
  }

  /** A piece of a query that only servers from a version on understand, and what stands for it. */
  String since(int major, String sql, String otherwise) {
    return atLeast(major) ? sql : otherwise;
  }

  Scope scope() {
    return scope;
  }

  /**
   * Notes that an object exists, unless an extension owns it.
   *
   * @return the builder of its fact, for the attributes
   */
  Optional<Fact.Builder> note(ObjectKey key, FactId id) {
    if (extensionMembers.containsKey(key)) {
      return Optional.empty();
    }
    ids.put(key, id);
    return Optional.of(fact(id));
  }

  /** Notes a fact that no number of the catalog stands for. */
  Fact.Builder fact(FactId id) {
    Fact.Builder fact = Fact.of(id);
    if (facts.put(id, fact) != null) {
      throw new IllegalStateException("Two facts with one identity: " + id);
    }
    return fact;
  }

  /** Lets dependencies on an internal object, such as a table's row type, count for a fact. */
  void alias(ObjectKey key, FactId id) {
    aliases.put(key, id);
  }

  /** Notes that a function of a type needs no more than the type's shell. */
  void needsShell(ObjectKey function, ObjectKey type, FactId shell) {
    shells.put(new FunctionOfType(function, type), shell);
  }

  /** What stands for an object that another depends on. */
  Optional<FactId> find(ObjectKey from, ObjectKey on) {
    FactId shell = shells.get(new FunctionOfType(from, on));
    return shell == null ? find(on) : Optional.of(shell);
  }

  /** Notes something that is no fact and can carry comments or privileges all the same. */
  void subject(ObjectKey key, FactId id, FactId parent) {
    subjects.put(key, new Subject(id, parent));
  }

  Optional<Subject> subject(ObjectKey key) {
    Subject subject = subjects.get(key);
    if (subject == null && ids.containsKey(key)) {
      subject = new Subject(ids.get(key), ids.get(key));
    }
    return Optional.ofNullable(subject);
  }

  /** The fact that stands for an object, or that it is a part of. */
  Optional<FactId> find(ObjectKey key) {
    for (ObjectKey one : List.of(key, key.whole())) {
      for (Map<ObjectKey, FactId> known : List.of(ids, aliases, extensionMembers)) {
        if (known.containsKey(one)) {
          return Optional.of(known.get(one));
        }
      }
    }
    return Optional.empty();
  }

  Optional<FactId> idOf(ObjectKey key) {
    return Optional.ofNullable(ids.get(key));
  }

  /**
   * Names the columns here and not in the query, where it would cost a lookup for each row.
   *
   * @param numbers the numbers of columns of a relation, separated by spaces; 0, an expression, and
   *     system columns are passed over
   */
  List<FactId> columns(long relation, String numbers) {
    List<FactId> columns = new ArrayList<>();
    for (String number : numbers.split(" ")) {
      FactId id = ids.get(new ObjectKey("pg_class", relation, Integer.parseInt(number)));
      if (id != null && id.kind() == Kind.COLUMN) {
        columns.add(id);
      }
    }
    return columns;
  }

  boolean isExtensionMember(ObjectKey key) {
    return extensionMembers.containsKey(key);
  }

  Optional<FactId> extensionOf(ObjectKey key) {
    return Optional.ofNullable(extensionMembers.get(key));
  }

  Optional<Fact.Builder> builder(FactId id) {
    return Optional.ofNullable(facts.get(id));
  }

  void columnOrder(FactId table, String column) {
    columnOrder.computeIfAbsent(table, key -> new ArrayList<>()).add(column);
  }

  /** Notes that a table has columns and constraints from another. */
  void inherits(FactId child, FactId parent) {
    parents.computeIfAbsent(child, key -> new ArrayList<>()).add(parent);
  }

  List<FactId> parentsOf(FactId child) {
    return parents.getOrDefault(child, List.of());
  }

  void uncovered(String what, String name) {
    uncovered.add(new Uncovered(what, name));
  }

  Schema schema() {
    return new Schema(
        facts.values().stream().map(Fact.Builder::build).toList(),
        uncovered,
        columnOrder,
        new Schema.Origin(version, user));
  }

  static ObjectKey key(Record row, String catalog, String oid) {
    return ObjectKey.of(row.get(catalog, String.class), row.get(oid, Long.class));
  }

  static String text(Record row, String field) {
    return row.get(field, String.class);
  }

  static boolean flag(Record row, String field) {
    return Boolean.TRUE.equals(row.get(field, Boolean.class));
  }

  static long oid(Record row, String field) {
    Long oid = row.get(field, Long.class);
    return oid == null ? 0 : oid;
  }

  static List<String> texts(Record row, String field) {
    String[] values = row.get(field, String[].class);
    return values == null ? List.of() : Arrays.asList(values);
  }

  /** Options have no order of their own; sorted, equal sets are equal lists. */
  static List<String> sorted(Collection<String> options, UnaryOperator<String> prefix) {
    return options.stream().map(prefix).sorted().toList();
  }

  static List<String> sorted(Collection<String> options) {
    return options.stream().sorted().toList();
  }
}
