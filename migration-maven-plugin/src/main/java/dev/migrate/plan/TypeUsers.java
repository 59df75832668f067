package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the columns that use a type, at any depth: through arrays, domains, composite types,
 * ranges, and the rows of tables; and, the other way round, what a column is made of.
 */
final class TypeUsers {
  private static final Set<Kind> TYPES =
      EnumSet.of(
          Kind.COLLATION,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE_TYPE,
          Kind.RANGE_TYPE,
          Kind.BASE_TYPE,
          Kind.TABLE);

  private final Schema schema;

  TypeUsers(Schema schema) {
    this.schema = schema;
  }

  /** How a column has a type. */
  enum Way {
    /** It is of that type. */
    ITSELF,
    /** It is of arrays of that type. */
    ARRAY,
    /** It is of a domain over that type. */
    DOMAIN,
    /** It is of a type that has that type inside. */
    WITHIN
  }

  private record Place(FactId type, Way way) {}

  /**
   * Whether values can be of what a fact is about: a type, a table with its rows, or a collation,
   * which a text has as if it were a part of its type.
   */
  static boolean isType(FactId id) {
    return TYPES.contains(id.kind());
  }

  /**
   * @return the columns and attributes that hold it, with the ways in which they do, and under the
   *     types themselves that hold it too
   */
  Map<FactId, Set<Way>> of(FactId type) {
    Map<FactId, Set<Way>> holders = new TreeMap<>();
    Set<Place> seen = new HashSet<>();
    Deque<Place> waiting = new ArrayDeque<>();
    waiting.add(new Place(type, Way.ITSELF));
    while (!waiting.isEmpty()) {
      Place at = waiting.poll();
      if (!seen.add(at)) {
        continue;
      }
      for (Fact user : schema.dependentsOf(at.type())) {
        if (user.parent().filter(at.type()::equals).isPresent()) {
          continue;
        }
        Way way = way(user, at.way());
        switch (user.id().kind()) {
          case COLUMN, ATTRIBUTE -> {
            note(holders, user.id(), way);
            waiting.add(new Place(user.parent().orElseThrow(), Way.WITHIN));
          }
          case DOMAIN, RANGE_TYPE -> {
            note(holders, user.id(), way);
            waiting.add(new Place(user.id(), way));
          }
          default -> {}
        }
      }
    }
    return holders;
  }

  private static void note(Map<FactId, Set<Way>> holders, FactId id, Way way) {
    holders.computeIfAbsent(id, key -> EnumSet.noneOf(Way.class)).add(way);
  }

  private Way way(Fact user, Way to) {
    boolean array = type(user).endsWith("[]");
    return switch (user.id().kind()) {
      case COLUMN -> array ? to == Way.ITSELF ? Way.ARRAY : Way.WITHIN : to;
      case DOMAIN -> array || to == Way.WITHIN ? Way.WITHIN : Way.DOMAIN;
      default -> Way.WITHIN;
    };
  }

  private String type(Fact user) {
    return user.id().kind() == Kind.COLUMN
        ? Inheritance.definition(user, schema).text(Attribute.TYPE)
        : user.text(Attribute.TYPE);
  }

  /**
   * @param column a column, or an attribute
   * @return the types that its type is made of, with their attributes and constraints
   */
  Set<FactId> partsOf(Fact column) {
    Set<FactId> parts = new TreeSet<>();
    Deque<Fact> waiting = new ArrayDeque<>();
    waiting.add(column);
    while (!waiting.isEmpty()) {
      Fact at = waiting.poll();
      for (FactId on : at.dependsOn()) {
        boolean type = isType(on) && at.parent().filter(on::equals).isEmpty();
        if (type && parts.add(on)) {
          schema.find(on).ifPresent(waiting::add);
          for (Fact child : schema.childrenOf(on)) {
            boolean part =
                child.id().kind() == Kind.ATTRIBUTE
                    || child.id().kind() == Kind.DOMAIN_CONSTRAINT
                    || child.id().kind() == Kind.COLUMN;
            if (part && !child.id().equals(column.id()) && parts.add(child.id())) {
              waiting.add(child);
            }
          }
        }
      }
    }
    return parts;
  }
}
