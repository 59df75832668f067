package dev.migrate.plan;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans type changes in two phases: columns that hold values of a changing type become text
 * meanwhile, and get the wanted type afterwards, so that no value is lost. PostgreSQL does not let
 * a type change, or only by making it anew, while stored values have it inside. The columns that
 * hold such values are parked: they are text while the types under them change, and get the wanted
 * type afterwards, so that no value is lost. A partitioned table of whose key a column changes its
 * type is not there in between.
 */
final class ColumnParking {
  private final Schema from;
  private final Schema to;
  private final KindRules rules;
  private final Set<FactId> reshaped;
  private final TypeUsers holders;

  /** The types that hold what changes, and so have to keep their parts while values are text. */
  private final Set<FactId> containers = new TreeSet<>();

  private final Set<FactId> columns = new TreeSet<>();
  private final Set<FactId> attributes = new TreeSet<>();

  /** What reads types that change and keeps values of its own, to be computed again. */
  private final Set<FactId> computed = new TreeSet<>();

  private ColumnParking(Schema from, Schema to, KindRules rules, Set<FactId> reshaped) {
    this.from = from;
    this.to = to;
    this.rules = rules;
    this.reshaped = reshaped;
    this.holders = new TypeUsers(from);
  }

  /**
   * @param reshaped partitioned tables that cannot be altered although they stay
   * @return the schemas to go through, from the old to the wanted one
   */
  static List<Schema> stations(Schema from, Schema to, KindRules rules, Set<FactId> reshaped) {
    return new ColumnParking(from, to, rules, reshaped).stations();
  }

  /** Partitioned tables of whose key a column gets another type. */
  static Set<FactId> reshaped(Schema from, Schema to, KindRules rules) {
    Set<FactId> changed = new TreeSet<>();
    ColumnParking parking = new ColumnParking(from, to, rules, Set.of());
    parking
        .changedByThemselves()
        .forEach(
            (type, some) -> {
              if (some.stream().anyMatch(change -> change != TypeChangeStrategy.CHECKED)) {
                changed.add(type);
                changed.addAll(parking.holders.of(type).keySet());
              }
            });
    return from.facts().values().stream()
        .filter(column -> column.has(Note.PARTITION_KEY))
        .filter(column -> to.has(column.id()))
        .filter(
            column ->
                holdsOther(column, from, to)
                    || column.dependsOn().stream()
                        .filter(on -> column.parent().filter(on::equals).isEmpty())
                        .anyMatch(on -> TypeUsers.isType(on) && changed.contains(on)))
        .map(column -> column.parent().orElseThrow())
        .filter(table -> to.find(table).filter(one -> one.has(Attribute.PARTITION_KEY)).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A schema whose foreign keys refer to none of some tables: rows that keys refer to can leave
   * with no partition.
   */
  static Schema released(Schema schema, Set<FactId> tables, KindRules rules) {
    Set<FactId> keys =
        tables.stream()
            .flatMap(table -> schema.childrenOf(table).stream())
            .flatMap(part -> schema.dependentsOf(part.id()).stream())
            .filter(fact -> fact.text(Attribute.TYPE).equals("foreign key"))
            .filter(key -> key.parent().filter(tables::contains).isEmpty())
            .map(Fact::id)
            .collect(Collectors.toSet());
    return new ColumnParking(schema, schema, rules, Set.of()).without(schema, keys);
  }

  private static boolean holdsOther(Fact column, Schema from, Schema to) {
    Fact before = Inheritance.definition(column, from);
    Fact after = Inheritance.definition(to.find(column.id()).orElseThrow(), to);
    return !before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))
        || !before.text(Attribute.COLLATION).equals(after.text(Attribute.COLLATION));
  }

  private List<Schema> stations() {
    find();
    List<Schema> stations = new ArrayList<>();
    stations.add(from);
    Schema first = without(from, parts(from, to));
    if (first != from) {
      stations.add(first);
    }
    if (!columns.isEmpty() || !attributes.isEmpty() || !reshaped.isEmpty()) {
      stations.add(parked(first));
    }
    Set<FactId> added = parts(to, from);
    if (!added.isEmpty()) {
      // A default or a check can name what the type has only in the end.
      for (FactId column : columns) {
        to.find(column).ifPresent(fact -> added.addAll(reading(fact, to)));
      }
    }
    Schema last = without(to, added);
    Schema untied = untied(last, stations.get(stations.size() - 1));
    if (untied != last) {
      stations.add(untied);
    }
    if (last != to) {
      stations.add(last);
    }
    stations.add(to);
    return stations;
  }

  private void find() {
    changes()
        .forEach(
            (type, some) -> {
              Map<FactId, Set<TypeUsers.Way>> all = holders.of(type);
              some.forEach(change -> all.forEach((holder, ways) -> hold(holder, change, ways)));
            });
    if (columns.isEmpty()) {
      containers.clear();
    }
  }

  private void hold(FactId holder, TypeChangeStrategy change, Set<TypeUsers.Way> ways) {
    boolean carried =
        ways.stream().allMatch(change::carries) && !(change.anew() && isOfTypedTable(holder));
    if (carried || !to.has(holder)) {
      return;
    }
    Fact fact = from.find(holder).orElseThrow();
    switch (holder.kind()) {
      case COLUMN -> {
        if (fact.has(Attribute.GENERATED)) {
          computed.add(holder);
        } else if (!fact.has(Attribute.INHERITED)
            && fact.parent().orElseThrow().kind() == Kind.TABLE) {
          columns.add(holder);
          containers.addAll(holders.partsOf(fact));
        }
      }
      case ATTRIBUTE -> {
        if (change.anew()) {
          attributes.add(holder);
        }
      }
      default -> {}
    }
  }

  /** PostgreSQL changes the type of such a column with the type of the table only. */
  private boolean isOfTypedTable(FactId column) {
    return column.kind() == Kind.COLUMN
        && from.find(column)
            .flatMap(Fact::parent)
            .flatMap(from::find)
            .filter(table -> table.has(Attribute.TYPE))
            .isPresent();
  }

  /** The types that change, those included that only change because others do. */
  private Map<FactId, Set<TypeChangeStrategy>> changes() {
    Map<FactId, Set<TypeChangeStrategy>> changes = changedByThemselves();
    if (changes.isEmpty() && noTypeHoldsAnother()) {
      return changes;
    }
    ChangeSet work = new ChangeSet(PlanContext.between(from, to), rules, reshaped);
    for (FactId id : work.drop()) {
      boolean type = TypeUsers.isType(id) && id.kind() != Kind.TABLE;
      if (type && (to.has(id) || isReplaced(id))) {
        note(changes, id, TypeChangeStrategy.REMADE);
      }
    }
    for (FactId id : work.create()) {
      if (id.kind() == Kind.DOMAIN_CONSTRAINT) {
        Fact check = to.find(id).orElseThrow();
        FactId domain = check.parent().orElseThrow();
        if (from.has(domain) && !check.has(Attribute.NOT_VALID)) {
          note(changes, domain, TypeChangeStrategy.CHECKED);
        }
      }
    }
    return changes;
  }

  private boolean noTypeHoldsAnother() {
    return from.facts().keySet().stream()
        .noneMatch(id -> TypeUsers.isType(id) && id.kind() != Kind.TABLE);
  }

  private Map<FactId, Set<TypeChangeStrategy>> changedByThemselves() {
    Map<FactId, Set<TypeChangeStrategy>> changes = new TreeMap<>();
    for (Change change : Diff.between(from, to).changes()) {
      if (change instanceof Change.Altered altered) {
        TypeChangeStrategy how =
            rules.of(change.id().kind()).changes(altered.before(), altered.after());
        if (how != TypeChangeStrategy.FREE) {
          FactId type =
              isType(altered.id()) ? altered.id() : altered.before().parent().orElseThrow();
          note(changes, type, how);
        }
      } else if (change instanceof Change.Removed && isReplaced(change.id())) {
        note(changes, change.id(), TypeChangeStrategy.REMADE);
      }
    }
    return changes;
  }

  private static boolean isType(FactId id) {
    return TypeUsers.isType(id);
  }

  private static void note(
      Map<FactId, Set<TypeChangeStrategy>> changes, FactId type, TypeChangeStrategy change) {
    changes.computeIfAbsent(type, key -> EnumSet.noneOf(TypeChangeStrategy.class)).add(change);
  }

  /** Whether a type of another kind has its name. */
  private boolean isReplaced(FactId id) {
    return isType(id)
        && id.kind() != Kind.TABLE
        && id.kind() != Kind.COLLATION
        && List.of(Kind.ENUM, Kind.DOMAIN, Kind.COMPOSITE_TYPE, Kind.RANGE_TYPE, Kind.BASE_TYPE)
            .stream()
            .anyMatch(kind -> kind != id.kind() && to.has(id.as(kind)));
  }

  /** What of the containers only one side has: text has room for the values of one form only. */
  private Set<FactId> parts(Schema one, Schema other) {
    return containers.stream()
        .filter(id -> id.kind() == Kind.COMPOSITE_TYPE || id.kind() == Kind.TABLE)
        .filter(id -> one.has(id) && other.has(id))
        .flatMap(id -> one.childrenOf(id).stream())
        .map(Fact::id)
        .filter(id -> id.kind() == Kind.ATTRIBUTE || id.kind() == Kind.COLUMN)
        .filter(id -> !other.has(id))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A schema without some facts, and without what cannot stand without them. */
  private Schema without(Schema schema, Set<FactId> gone) {
    return gone.isEmpty() ? schema : less(schema, schema, gone);
  }

  private Schema less(Schema before, Schema after, Set<FactId> gone) {
    Set<FactId> dropped = new ChangeSet(PlanContext.between(before, after), rules, gone).drop();
    Map<FactId, List<String>> order = new HashMap<>();
    after
        .columnOrder()
        .forEach(
            (owner, names) ->
                order.put(
                    owner, names.stream().filter(name -> !isGone(owner, name, dropped)).toList()));
    return new Schema(
        after.facts().values().stream().filter(fact -> !dropped.contains(fact.id())).toList(),
        after.uncovered(),
        order,
        after.origin());
  }

  private static boolean isGone(FactId owner, String name, Collection<FactId> dropped) {
    return List.of(Kind.ATTRIBUTE, Kind.COLUMN).stream()
        .anyMatch(kind -> dropped.contains(FactId.of(kind, owner.name(0), owner.name(1), name)));
  }

  private Schema parked(Schema schema) {
    List<Fact> facts = new ArrayList<>();
    Set<FactId> away = new TreeSet<>(computed);
    away.addAll(reshaped);
    away.removeIf(id -> !schema.has(id));
    for (Fact fact : schema.facts().values()) {
      if (columns.contains(fact.id())) {
        facts.add(asText(fact));
        away.addAll(reading(fact, schema));
      } else if (attributes.contains(fact.id())) {
        facts.add(asText(fact));
      } else if (fact.has(Attribute.TYPE)
          && fact.id().kind() == Kind.TABLE
          && holdsParked(fact, schema)) {
        facts.add(untyped(fact));
      } else {
        facts.add(fact);
      }
    }
    for (FactId type : containers) {
      schema.dependentsOf(type).stream()
          .map(Fact::id)
          .filter(id -> id.kind() == Kind.MATERIALIZED_VIEW)
          .forEach(away::add);
    }
    Schema text = new Schema(facts, schema.uncovered(), schema.columnOrder(), schema.origin());
    return less(schema, text, away);
  }

  private static Fact asText(Fact fact) {
    Set<FactId> rest = new TreeSet<>(fact.dependsOn());
    rest.removeIf(on -> isType(on) && fact.parent().filter(on::equals).isEmpty());
    return fact.copy()
        .text(Attribute.TYPE, "text")
        .text(Attribute.COLLATION, null)
        .dependsOnly(rest)
        .build();
  }

  private boolean holdsParked(Fact table, Schema schema) {
    return schema.childrenOf(table.id()).stream().map(Fact::id).anyMatch(columns::contains);
  }

  /** A table becomes one of a type only when its columns are those of the type already. */
  private static Schema untied(Schema schema, Schema before) {
    Set<FactId> tables =
        schema.facts().values().stream()
            .filter(fact -> fact.id().kind() == Kind.TABLE && fact.has(Attribute.TYPE))
            .map(Fact::id)
            .filter(id -> before.find(id).filter(table -> !table.has(Attribute.TYPE)).isPresent())
            .collect(Collectors.toSet());
    return tables.isEmpty()
        ? schema
        : new Schema(
            schema.facts().values().stream()
                .map(fact -> tables.contains(fact.id()) ? untyped(fact) : fact)
                .toList(),
            schema.uncovered(),
            schema.columnOrder(),
            schema.origin());
  }

  private static Fact untyped(Fact table) {
    Set<FactId> rest = new TreeSet<>(table.dependsOn());
    rest.removeIf(on -> on.kind() == Kind.COMPOSITE_TYPE);
    return table.copy().text(Attribute.TYPE, null).dependsOnly(rest).build();
  }

  /** What reads a column, or one that a table has from it, and would not understand text. */
  private static Set<FactId> reading(Fact column, Schema schema) {
    Set<FactId> reading = new TreeSet<>();
    for (Fact dependent : schema.dependentsOf(column.id())) {
      switch (dependent.id().kind()) {
        case COLUMN -> {
          if (dependent.has(Attribute.GENERATED)) {
            reading.add(dependent.id());
          } else if (dependent.has(Attribute.INHERITED)) {
            reading.addAll(reading(dependent, schema));
          }
        }
        case COMMENT, PRIVILEGE, SEQUENCE_OWNER, IDENTITY, OWNER -> {}
        default -> reading.add(dependent.id());
      }
    }
    return reading;
  }
}
