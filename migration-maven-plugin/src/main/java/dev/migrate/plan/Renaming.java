package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A schema as it is after something got another name: identities, and the names in definitions.
 * Where a text comes out otherwise than PostgreSQL prints it, the plan makes that object again, or
 * the proof fails; nothing is lost silently.
 */
final class Renaming {
  /** What has the schema and the name of its table first among its own names. */
  private static final Set<Kind> PARTS =
      Set.of(
          Kind.COLUMN,
          Kind.ATTRIBUTE,
          Kind.DEFAULT,
          Kind.IDENTITY,
          Kind.CONSTRAINT,
          Kind.DOMAIN_CONSTRAINT,
          Kind.TRIGGER,
          Kind.POLICY,
          Kind.RULE,
          Kind.PARTITION,
          Kind.INHERITANCE,
          Kind.SEQUENCE_OWNER);

  /** What PostgreSQL keeps as text: it is not changed by a new name elsewhere. */
  private static final Set<String> OPAQUE =
      Set.of("body", "text", "role", "bound", "not null name");

  /** What belongs to the database and to no schema. */
  private static final Set<Kind> OF_DATABASE =
      Set.of(
          Kind.EXTENSION,
          Kind.LANGUAGE,
          Kind.FOREIGN_DATA_WRAPPER,
          Kind.SERVER,
          Kind.USER_MAPPING,
          Kind.ACCESS_METHOD,
          Kind.EVENT_TRIGGER,
          Kind.PUBLICATION,
          Kind.SUBSCRIPTION,
          Kind.DEFAULT_PRIVILEGE);

  private final Schema schema;
  private final FactId from;
  private final FactId to;

  Renaming(Schema schema, FactId from, FactId to) {
    this.schema = schema;
    this.from = from;
    this.to = to;
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

  private List<String> columns(FactId table, List<String> columns) {
    boolean of = isColumn() && from.names().subList(0, 2).equals(table.names());
    return of
        ? columns.stream().map(name -> name.equals(from.lastName()) ? to.lastName() : name).toList()
        : columns;
  }

  private boolean isColumn() {
    return from.kind() == Kind.COLUMN || from.kind() == Kind.ATTRIBUTE;
  }

  private Fact renamed(Fact fact) {
    Fact.Builder copy = fact.copy().id(map(fact.id()));
    Set<FactId> on = new LinkedHashSet<>();
    fact.dependsOn().forEach(id -> on.add(map(id)));
    copy.dependsOnly(on);
    fact.parent().ifPresent(parent -> copy.parent(map(parent)));
    boolean touched =
        !map(fact.id()).equals(fact.id())
            || fact.dependsOn().contains(from)
            || fact.dependsOn().stream().anyMatch(id -> !map(id).equals(id));
    if (touched) {
      fact.attributes().forEach((name, value) -> copy.value(name, value(fact, name, value)));
      keepNotNullName(fact, copy);
    }
    return copy.build();
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
      copy.text(Attribute.NOT_NULL_NAME, fact.id().name(1) + "_" + fact.id().name(2) + "_not_null");
    }
  }

  private Value value(Fact fact, String name, Value value) {
    if (OPAQUE.contains(name) || fact.id().kind() == Kind.ENUM) {
      return value;
    }
    if (value instanceof Value.Items items) {
      return new Value.Items(items(fact, name, items.items()));
    }
    String text = ((Value.Text) value).text();
    return new Value.Text(plainName(fact, name, text));
  }

  private List<String> items(Fact fact, String name, List<String> items) {
    if (from.kind() == Kind.SCHEMA) {
      return switch (name) {
        case "table", "column", "partition of", "attached to" -> inSchema(items, 0);
        default -> items;
      };
    }
    switch (name) {
      case "table":
        return map(new FactId(Kind.TABLE, items)).names();
      case "column":
        return map(new FactId(Kind.COLUMN, items)).names();
      case "partition of":
        return map(new FactId(Kind.INDEX, items)).names();
      case "columns", "key names":
        return fact.id().kind() == Kind.VIEW || fact.id().kind() == Kind.MATERIALIZED_VIEW
            ? items.stream().map(item -> text(fact, item)).toList()
            : columns(tableOf(fact), items);
      default:
        return items;
    }
  }

  private static FactId tableOf(Fact fact) {
    List<String> names =
        fact.id().kind() == Kind.INDEX
            ? fact.items(Attribute.TABLE_LIST)
            : fact.id().names().subList(0, 2);
    return new FactId(Kind.TABLE, names);
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
    return Identifiers.replaced(text, chain -> chain(fact, chain));
  }

  private List<String> chain(Fact fact, List<String> chain) {
    if (isColumn()) {
      return columnChain(fact, chain);
    }
    if (from.kind() == Kind.SCHEMA) {
      return chain.size() > 1 ? inSchema(chain, 0) : chain;
    }
    if (PARTS.contains(from.kind()) || from.names().size() < 2) {
      return chain;
    }
    List<String> old = from.names().subList(0, 2);
    List<String> wanted = to.names().subList(0, 2);
    if (chain.size() >= 2 && chain.subList(0, 2).equals(old)) {
      return joined(wanted, chain.subList(2, chain.size()));
    }
    if (Reference.isTable(from) && chain.size() == 2 && chain.get(0).equals(old.get(1))) {
      return joined(List.of(wanted.get(1)), chain.subList(1, 2));
    }
    return chain;
  }

  private List<String> columnChain(Fact fact, List<String> chain) {
    List<String> before = chain.subList(0, chain.size() - 1);
    boolean same = tableOf(fact).names().equals(from.names().subList(0, 2));
    boolean qualified = !before.isEmpty() && before.get(before.size() - 1).equals(from.name(1));
    boolean names = chain.get(chain.size() - 1).equals(from.lastName());
    boolean view = fact.id().kind() == Kind.VIEW || fact.id().kind() == Kind.MATERIALIZED_VIEW;
    boolean bare = before.isEmpty() && (same || fact.id().kind() == Kind.CONSTRAINT);
    return names && !view && (qualified || bare) ? joined(before, List.of(to.lastName())) : chain;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> names = new ArrayList<>(first);
    names.addAll(second);
    return names;
  }

  /** The identity that something has after the renaming. */
  FactId map(FactId id) {
    switch (id.kind()) {
      case COMMENT, OWNER, REPLICA_IDENTITY:
        return FactId.about(id.kind(), map(id.target(0)));
      case PRIVILEGE:
        return FactId.about(id.kind(), map(id.target(1)), id.name(0));
      default:
        break;
    }
    if (id.equals(from)) {
      return to;
    }
    if (from.kind() == Kind.SCHEMA) {
      return ofSchema(id);
    }
    if (isColumn()) {
      boolean same =
          id.names().equals(from.names())
              && Set.of(Kind.DEFAULT, Kind.IDENTITY, Kind.COLUMN).contains(id.kind());
      return same ? new FactId(id.kind(), to.names()) : id;
    }
    if (isRoutine(id) && !isRoutine(from)) {
      return arguments(id);
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

  /** The types of its arguments are part of the identity of a routine. */
  private FactId arguments(FactId routine) {
    List<String> names = new ArrayList<>(routine.names());
    names.set(2, types(names.get(2)));
    return new FactId(routine.kind(), names);
  }

  private String types(String text) {
    if (PARTS.contains(from.kind())) {
      return text;
    }
    List<String> old = from.names();
    List<String> wanted = to.names();
    return Identifiers.replaced(
        text,
        chain ->
            chain.size() >= old.size() + (from.kind() == Kind.SCHEMA ? 1 : 0)
                    && chain.subList(0, old.size()).equals(old)
                ? joined(wanted, chain.subList(old.size(), chain.size()))
                : chain);
  }

  /** What is in the schema that gets another name. */
  private FactId ofSchema(FactId id) {
    if (OF_DATABASE.contains(id.kind()) || id.kind() == Kind.SCHEMA) {
      return id;
    }
    List<String> names =
        switch (id.kind()) {
          case PUBLICATION_TABLE, PUBLICATION_SCHEMA -> inSchema(id.names(), 1);
          case INHERITANCE -> inSchema(inSchema(id.names(), 0), 2);
          case CAST, TRANSFORM -> id.names().stream().map(this::types).toList();
          case FUNCTION, PROCEDURE, AGGREGATE, OPERATOR -> {
            List<String> all = new ArrayList<>(inSchema(id.names(), 0));
            for (int i = 2; i < all.size(); i++) {
              all.set(i, types(all.get(i)));
            }
            yield all;
          }
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
    if (PARTS.contains(id.kind()) && owner && id.names().subList(0, 2).equals(from.names())) {
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
