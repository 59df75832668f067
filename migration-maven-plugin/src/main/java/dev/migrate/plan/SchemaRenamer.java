package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Applies a rename to a schema value: identities, and the names in definitions. Where a text comes
 * out otherwise than PostgreSQL prints it, the plan makes that object again, or the proof fails;
 * nothing is lost silently.
 */
final class SchemaRenamer {
  /** Where a column can be mentioned. */
  private static final Set<String> EXPRESSIONS =
      Set.of(
          "definition", "expression", "generated", "using", "check", "condition", "partition key");

  private static final Set<Kind> COLUMNS = Set.of(Kind.COLUMN, Kind.DEFAULT, Kind.IDENTITY);

  /** What PostgreSQL keeps as text: it is not changed by a new name elsewhere. */
  private static final Set<String> OPAQUE =
      Set.of("body", "text", "role", "bound", "not null name");

  private static final String REFERENCES = " REFERENCES ";

  private final Schema schema;
  private final FactId from;
  private final FactId to;

  /** The schema, the table and the column, of each column that PostgreSQL renames along. */
  private final Set<List<String>> columns;

  SchemaRenamer(Schema schema, FactId from, FactId to) {
    this.schema = schema;
    this.from = from;
    this.to = to;
    this.columns =
        switch (from.kind()) {
          case COLUMN -> withThoseThatInherit(schema, from);
          case ATTRIBUTE -> withThoseOfTypedTables(schema, from);
          default -> Set.of();
        };
  }

  private static Set<List<String>> withThoseThatInherit(Schema schema, FactId column) {
    Set<List<String>> all = new LinkedHashSet<>(Set.of(column.names()));
    Deque<FactId> open = new ArrayDeque<>(Set.of(column));
    while (!open.isEmpty()) {
      for (Fact user : schema.dependentsOf(open.poll())) {
        boolean inherits =
            user.id().kind() == Kind.COLUMN
                && user.has(Attribute.INHERITED)
                && user.id().lastName().equals(column.lastName());
        if (inherits && all.add(user.id().names())) {
          open.add(user.id());
        }
      }
    }
    return all;
  }

  private static Set<List<String>> withThoseOfTypedTables(Schema schema, FactId attribute) {
    Set<List<String>> all = new LinkedHashSet<>(Set.of(attribute.names()));
    FactId type = FactId.of(Kind.COMPOSITE_TYPE, attribute.name(0), attribute.name(1));
    for (Fact user : schema.dependentsOf(type)) {
      if (user.id().kind() == Kind.TABLE && user.has(Attribute.TYPE)) {
        all.add(joined(user.id().names(), List.of(attribute.lastName())));
      }
    }
    return all;
  }

  Schema applied() {
    List<Fact> facts = new ArrayList<>();
    for (Fact fact : schema.facts().values()) {
      facts.add(renamed(fact));
    }
    Map<FactId, List<String>> order = new TreeMap<>();
    schema
        .columnOrder()
        .forEach((table, columns) -> order.put(map(table), columns(table, columns)));
    return new Schema(facts, schema.uncovered(), order, schema.origin());
  }

  private List<String> columns(FactId table, List<String> names) {
    return has(table.names())
        ? names.stream().map(name -> name.equals(from.lastName()) ? to.lastName() : name).toList()
        : names;
  }

  /** Whether a table, or a type, has the column that gets another name. */
  private boolean has(List<String> table) {
    return columns.contains(joined(table, List.of(from.lastName())));
  }

  private boolean isColumn() {
    return from.kind() == Kind.COLUMN || from.kind() == Kind.ATTRIBUTE;
  }

  private Fact renamed(Fact fact) {
    Fact.Builder copy = fact.copy().id(map(fact.id()));
    Set<FactId> on = new LinkedHashSet<>();
    for (FactId id : fact.dependsOn()) {
      on.add(fact.parent().filter(id::equals).isPresent() ? parent(fact, id) : map(id));
    }
    copy.dependsOnly(on);
    fact.parent().ifPresent(parent -> copy.parent(parent(fact, parent)));
    boolean touched =
        !map(fact.id()).equals(fact.id())
            || has(fact.id().names())
            || fact.dependsOn().contains(from)
            || fact.dependsOn().stream().anyMatch(id -> !map(id).equals(id));
    if (touched) {
      fact.attributes().forEach((name, value) -> copy.value(name, value(fact, name, value)));
      keepNotNullName(fact, copy);
    }
    return copy.build();
  }

  /** What moves to another schema is in that one then. */
  private FactId parent(Fact fact, FactId parent) {
    FactId now = map(fact.id());
    boolean moves = parent.kind() == Kind.SCHEMA && !now.name(0).equals(fact.id().name(0));
    return moves && fact.id().name(0).equals(parent.name(0))
        ? FactId.of(Kind.SCHEMA, now.name(0))
        : map(parent);
  }

  /** The constraint behind NOT NULL keeps its name when table or column get another. */
  private void keepNotNullName(Fact fact, Fact.Builder copy) {
    boolean named =
        fact.id().kind() == Kind.COLUMN
            && fact.has(Attribute.NOT_NULL)
            && !fact.has(Attribute.NOT_NULL_NAME)
            && !copy.id().equals(fact.id())
            && schema.origin().major() >= 18;
    if (named && !copy.id().names().subList(1, 3).equals(fact.id().names().subList(1, 3))) {
      copy.text(Attribute.NOT_NULL_NAME, FactNames.notNull(fact.id()));
    }
  }

  private AttributeValue value(Fact fact, String name, AttributeValue value) {
    if (OPAQUE.contains(name) || fact.id().kind() == Kind.ENUM) {
      return value;
    }
    if (value instanceof AttributeValue.Items items) {
      return new AttributeValue.Items(items(fact, name, items.items()));
    }
    if (isColumn() && !EXPRESSIONS.contains(name)) {
      return value;
    }
    String text = ((AttributeValue.Text) value).text();
    return new AttributeValue.Text(plainName(fact, name, text));
  }

  private List<String> items(Fact fact, String name, List<String> items) {
    if (from.kind() == Kind.SCHEMA) {
      return switch (name) {
        case "table", "column", "partition of", "attached to", "family" -> inSchema(items, 0);
        case "parameters", "mappings", "members" -> texts(fact, items);
        default -> items;
      };
    }
    switch (name) {
      case "table":
        return Reference.isTable(from) && items.equals(from.names()) ? to.names() : items;
      case "parameters", "mappings", "members":
        return isColumn() ? items : texts(fact, items);
      case "column":
        return map(new FactId(Kind.COLUMN, items)).names();
      case "partition of":
        return map(new FactId(Kind.INDEX, items)).names();
      case "columns", "key names":
        return fact.id().kind() == Kind.VIEW || fact.id().kind() == Kind.MATERIALIZED_VIEW
            ? texts(fact, items)
            : columns(tableOf(fact), items);
      default:
        return items;
    }
  }

  private static FactId tableOf(Fact fact) {
    List<String> names =
        switch (fact.id().kind()) {
          case INDEX -> fact.items(Attribute.TABLE_LIST);
          case STATISTICS -> fact.parent().orElseThrow().names();
          case PUBLICATION_TABLE -> fact.id().names().subList(1, 3);
          default -> fact.id().names().subList(0, 2);
        };
    return new FactId(Kind.TABLE, names);
  }

  private List<String> texts(Fact fact, List<String> items) {
    return items.stream().map(item -> text(fact, item)).toList();
  }

  /** Some attributes are a name by themselves and no SQL. */
  private String plainName(Fact fact, String name, String text) {
    boolean own = from.kind() == Kind.INDEX || from.kind() == Kind.CONSTRAINT;
    switch (name) {
      case "schema", "table":
        if (from.kind() == Kind.SCHEMA) {
          return name.equals("schema") && text.equals(from.name(0)) ? to.name(0) : text;
        }
        if (fact.id().kind() == Kind.PARTITION) {
          FactId parent =
              FactId.of(Kind.TABLE, fact.text(Attribute.SCHEMA), fact.text(Attribute.TABLE));
          return map(parent).name(name.equals("schema") ? 0 : 1);
        }
        return text;
      case "index", "partition of":
        return own && text.equals(from.lastName()) ? to.lastName() : text;
      case "sequence schema":
        if (from.kind() == Kind.SCHEMA) {
          return text.equals(from.name(0)) ? to.name(0) : text;
        }
        return Reference.isTable(from) && from.name(0).equals(text) ? to.name(0) : text;
      case "sequence":
        return text;
      default:
        return text(fact, text);
    }
  }

  private String text(Fact fact, String text) {
    boolean foreignKey = fact.id().kind() == Kind.CONSTRAINT && text.startsWith("FOREIGN KEY");
    if (isColumn() && foreignKey) {
      return foreignKey(fact, text);
    }
    return NameReplacer.replaced(text, (chain, place) -> chain(fact, chain, place));
  }

  /** Its own columns stand before the other table, and that table's columns behind it. */
  private String foreignKey(Fact fact, String text) {
    int at = text.indexOf(REFERENCES) + REFERENCES.length();
    String own = text.substring(0, at);
    String other = text.substring(at);
    boolean refers =
        columns.stream()
            .anyMatch(one -> other.startsWith(SqlNames.qualified(one.get(0), one.get(1)) + "("));
    return (has(tableOf(fact).names()) ? NameReplacer.replaced(own, this::column) : own)
        + (refers ? NameReplacer.replaced(other, this::column) : other);
  }

  private List<String> column(List<String> chain) {
    return chain.equals(List.of(from.lastName())) ? List.of(to.lastName()) : chain;
  }

  private List<String> chain(Fact fact, List<String> chain, NameReplacer.Place place) {
    if (isColumn()) {
      return columnChain(fact, chain, place);
    }
    if (from.kind() == Kind.TRIGGER && fact.id().equals(from)) {
      return column(chain);
    }
    if (from.kind() == Kind.SCHEMA) {
      return chain.size() > 1 ? inSchema(chain, 0) : chain;
    }
    if (from.kind().place() == Kind.Place.IN_OBJECT || from.names().size() < 2) {
      return chain;
    }
    List<String> old = from.names().subList(0, 2);
    List<String> wanted = to.names().subList(0, 2);
    FactId sequence = new FactId(Kind.SEQUENCE, chain);
    if (Reference.isTable(from) && schema.has(sequence)) {
      return map(sequence).names();
    }
    if (chain.size() >= 2 && chain.subList(0, 2).equals(old)) {
      return joined(wanted, chain.subList(2, chain.size()));
    }
    if (Reference.isTable(from) && chain.size() == 2 && chain.get(0).equals(old.get(1))) {
      return joined(List.of(wanted.get(1)), chain.subList(1, 2));
    }
    return chain;
  }

  private List<String> columnChain(Fact fact, List<String> chain, NameReplacer.Place place) {
    if (!chain.get(chain.size() - 1).equals(from.lastName())) {
      return chain;
    }
    List<String> before = chain.subList(0, chain.size() - 1);
    boolean same = has(tableOf(fact).names());
    boolean means =
        switch (place) {
          case TYPE, CALL -> false;
          case FIELD -> before.isEmpty() && (from.kind() == Kind.ATTRIBUTE || !same);
          case NAME -> before.isEmpty() ? same : isRow(fact, same, before.get(before.size() - 1));
        };
    return means ? joined(before, List.of(to.lastName())) : chain;
  }

  /** A row of a table is called as the table, if nothing else is said, or NEW and OLD. */
  private boolean isRow(Fact fact, boolean same, String name) {
    boolean event = fact.id().kind() == Kind.TRIGGER || fact.id().kind() == Kind.RULE;
    return columns.stream().anyMatch(one -> one.get(1).equals(name))
        || (same && event && (name.equals("new") || name.equals("old")));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> names = new ArrayList<>(first);
    names.addAll(second);
    return names;
  }

  /** The identity that something has after the renaming. */
  FactId map(FactId id) {
    Optional<FactId> subject = id.subject();
    if (subject.isPresent()) {
      return id.about(map(subject.get()));
    }
    if (id.equals(from)) {
      return to;
    }
    if (from.kind() == Kind.SCHEMA) {
      return ofSchema(id);
    }
    if (isColumn()) {
      boolean same = COLUMNS.contains(id.kind()) && columns.contains(id.names());
      return same
          ? new FactId(id.kind(), joined(id.names().subList(0, 2), List.of(to.lastName())))
          : id;
    }
    if (!isRoutine(from) && (isRoutine(id) || isOfTypes(id))) {
      return withTypes(id);
    }
    if (from.names().size() == 2 && id.kind() != Kind.PUBLICATION_TABLE) {
      return mapPart(id);
    }
    if (id.kind() == Kind.PUBLICATION_TABLE
        && Reference.isTable(from)
        && id.names().subList(1, 3).equals(from.names())) {
      return FactId.of(id.kind(), id.name(0), to.name(0), to.name(1));
    }
    return id;
  }

  private static boolean isRoutine(FactId id) {
    return id.kind() == Kind.FUNCTION || id.kind() == Kind.PROCEDURE || id.kind() == Kind.AGGREGATE;
  }

  private static boolean isOfTypes(FactId id) {
    return switch (id.kind()) {
      case CAST, TRANSFORM, OPERATOR -> true;
      default -> false;
    };
  }

  /** Types are part of the identity of a cast, and of a routine or an operator behind its name. */
  private FactId withTypes(FactId id) {
    int first = id.kind() == Kind.CAST || id.kind() == Kind.TRANSFORM ? 0 : 2;
    List<String> names = new ArrayList<>(id.names());
    for (int i = first; i < names.size(); i++) {
      names.set(i, types(names.get(i)));
    }
    return new FactId(id.kind(), names);
  }

  private String types(String text) {
    if (from.kind().place() == Kind.Place.IN_OBJECT) {
      return text;
    }
    List<String> old = from.names();
    List<String> wanted = to.names();
    return NameReplacer.replaced(
        text,
        chain ->
            chain.size() >= old.size() + (from.kind() == Kind.SCHEMA ? 1 : 0)
                    && chain.subList(0, old.size()).equals(old)
                ? joined(wanted, chain.subList(old.size(), chain.size()))
                : chain);
  }

  /** What is in the schema that gets another name. */
  private FactId ofSchema(FactId id) {
    if (id.kind().place() == Kind.Place.DATABASE) {
      return id;
    }
    List<String> names =
        switch (id.kind()) {
          case PUBLICATION_TABLE, PUBLICATION_SCHEMA, DEFAULT_PRIVILEGE -> inSchema(id.names(), 1);
          case INHERITANCE -> inSchema(inSchema(id.names(), 0), 2);
          case CAST, TRANSFORM -> withTypes(id).names();
          case FUNCTION, PROCEDURE, AGGREGATE, OPERATOR -> inSchema(withTypes(id).names(), 0);
          default -> inSchema(id.names(), 0);
        };
    return new FactId(id.kind(), names);
  }

  private List<String> inSchema(List<String> names, int at) {
    if (at >= names.size() || !names.get(at).equals(from.name(0))) {
      return names;
    }
    List<String> moved = new ArrayList<>(names);
    moved.set(at, to.name(0));
    return moved;
  }

  private FactId mapPart(FactId id) {
    boolean owner = from.kind() == Kind.SEQUENCE == (id.kind() == Kind.SEQUENCE_OWNER);
    if (id.kind().place() == Kind.Place.IN_OBJECT
        && owner
        && id.names().subList(0, 2).equals(from.names())) {
      return new FactId(id.kind(), joined(to.names(), id.names().subList(2, id.names().size())));
    }
    if (id.kind() == Kind.INHERITANCE && id.names().subList(2, 4).equals(from.names())) {
      return new FactId(id.kind(), joined(id.names().subList(0, 2), to.names()));
    }
    boolean moves =
        Reference.isTable(from)
            && !from.name(0).equals(to.name(0))
            && (id.kind() == Kind.INDEX
                || id.kind() == Kind.SEQUENCE
                || id.kind() == Kind.SEQUENCE_OWNER)
            && movesWithTable(id);
    return moves ? FactId.of(id.kind(), to.name(0), id.name(1)) : id;
  }

  private boolean movesWithTable(FactId id) {
    return switch (id.kind()) {
      case INDEX ->
          schema
              .find(id)
              .filter(fact -> fact.items(Attribute.TABLE_LIST).equals(from.names()))
              .isPresent();
      default ->
          schema
              .find(id.as(Kind.SEQUENCE_OWNER))
              .filter(fact -> fact.items(Attribute.COLUMN).subList(0, 2).equals(from.names()))
              .isPresent();
    };
  }

  /** What of the kinds this class has to tell apart. */
  private static final class Reference {
    static boolean isTable(FactId id) {
      return switch (id.kind()) {
        case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> true;
        default -> false;
      };
    }
  }
}
