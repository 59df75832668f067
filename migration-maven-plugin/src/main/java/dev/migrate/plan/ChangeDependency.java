package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Dependency test between two changes: whether they must keep their order. It errs on the side of
 * yes: that costs a revision more than is needed, and the other error costs a proof that fails.
 */
public final class ChangeDependency {
  /** What can have the row of a table for a type. */
  private static final Set<Kind> READS_ROWS =
      Set.of(Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FUNCTION, Kind.PROCEDURE);

  private final Schema from;
  private final Schema to;

  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   */
  public ChangeDependency(Schema from, Schema to) {
    this.from = from;
    this.to = to;
  }

  /**
   * @param one what some changes make true, untrue or different
   * @param other what others do
   * @return whether they must keep their order
   */
  public boolean between(Set<FactId> one, Set<FactId> other) {
    for (FactId left : one) {
      for (FactId right : other) {
        if (near(left, right)) {
          return true;
        }
      }
    }
    return mentions(one, other) || mentions(other, one);
  }

  private boolean near(FactId left, FactId right) {
    return left.equals(right)
        || sameName(left, right)
        || isPartOfLinked(left, right)
        || isPartOfLinked(right, left)
        || reaches(from, left, right)
        || reaches(to, left, right)
        || reaches(from, right, left)
        || reaches(to, right, left)
        || holds(left, right)
        || holds(right, left);
  }

  /** Whether a column is of a type that another change is about, or made of it at any depth. */
  private boolean holds(FactId column, FactId part) {
    boolean inType =
        TypeUsers.isType(part)
            || part.kind() == Kind.ATTRIBUTE
            || part.kind() == Kind.DOMAIN_CONSTRAINT
            || part.kind() == Kind.COLUMN;
    return inType
        && column.kind() == Kind.COLUMN
        && Stream.of(from, to)
            .flatMap(
                schema ->
                    schema.find(column).stream()
                        .map(fact -> new TypeUsers(schema).partsOf(fact).contains(part)))
            .anyMatch(Boolean::booleanValue);
  }

  /**
   * What a table has, and what its parent has, is another thing as long as one is below the other.
   */
  private boolean isPartOfLinked(FactId link, FactId part) {
    if (link.kind() != Kind.PARTITION && link.kind() != Kind.INHERITANCE) {
      return false;
    }
    return tablesOf(part)
        .anyMatch(
            table ->
                table.equals(link.names().subList(0, 2))
                    || Stream.of(from, to)
                        .flatMap(schema -> schema.find(link).stream())
                        .flatMap(fact -> fact.dependsOn().stream())
                        .anyMatch(parent -> parent.names().equals(table)));
  }

  /** The name of an index does not tell whose it is. */
  private Stream<List<String>> tablesOf(FactId part) {
    if (part.kind() == Kind.INDEX) {
      return Stream.of(from, to)
          .flatMap(schema -> schema.find(part).stream())
          .map(index -> index.items(Attribute.TABLE_LIST));
    }
    return part.names().size() < 3 ? Stream.of() : Stream.of(part.names().subList(0, 2));
  }

  /** A table and a view, an index and a constraint share their names. */
  private static boolean sameName(FactId left, FactId right) {
    return left.kind() != right.kind()
        && left.name(0).equals(right.name(0))
        && left.lastName().equals(right.lastName());
  }

  private static boolean reaches(Schema schema, FactId start, FactId end) {
    Fact at = schema.find(start).orElse(null);
    Set<FactId> ends = sameForUsers(schema, end);
    if (start.kind() == Kind.TABLE
        && schema.childrenOf(start).stream().anyMatch(part -> needs(schema, part, ends))) {
      return true; // CREATE and DROP TABLE take its constraints along
    }
    while (at != null) {
      if (at.id().equals(end) || needs(schema, at, ends)) {
        return true;
      }
      at = at.parent().flatMap(schema::find).orElse(null);
    }
    return false;
  }

  /**
   * What changes with it for those who use it: a column in all tables that have it from there, a
   * type with its attribute.
   */
  private static Set<FactId> sameForUsers(Schema schema, FactId end) {
    if (end.kind() == Kind.ATTRIBUTE) {
      return Set.of(end, new FactId(Kind.COMPOSITE_TYPE, end.names().subList(0, 2)));
    }
    if (end.kind() != Kind.COLUMN) {
      return Set.of(end);
    }
    Set<FactId> same = new LinkedHashSet<>(Set.of(end));
    Deque<FactId> open = new ArrayDeque<>(same);
    while (!open.isEmpty()) {
      for (Fact user : schema.dependentsOf(open.poll())) {
        boolean inherits =
            user.id().kind() == Kind.COLUMN
                && user.id().lastName().equals(end.lastName())
                && user.has(Attribute.INHERITED);
        if (inherits && same.add(user.id())) {
          open.add(user.id());
        }
      }
    }
    return same;
  }

  private static boolean needs(Schema schema, Fact fact, Set<FactId> ends) {
    return ends.stream().anyMatch(end -> needs(schema, fact, end));
  }

  /** Whether a fact depends on another, on a part of it, or on the rows that it is a part of. */
  private static boolean needs(Schema schema, Fact fact, FactId end) {
    if (fact.dependsOn().contains(end)) {
      return true;
    }
    return switch (end.kind()) {
      case TABLE, VIEW, MATERIALIZED_VIEW ->
          fact.dependsOn().stream()
              .anyMatch(
                  id -> schema.find(id).flatMap(Fact::parent).filter(end::equals).isPresent());
      case COLUMN -> {
        FactId rows = FactId.of(Kind.TABLE, end.name(0), end.name(1));
        yield READS_ROWS.contains(fact.id().kind()) && fact.dependsOn().contains(rows);
      }
      default -> false;
    };
  }

  /** A function's body names what nothing else tells of. */
  private boolean mentions(Set<FactId> routines, Set<FactId> others) {
    return Stream.of(from, to)
        .flatMap(schema -> routines.stream().flatMap(id -> schema.find(id).stream()))
        .filter(fact -> fact.has(Attribute.BODY))
        .anyMatch(fact -> others.stream().anyMatch(id -> saysWord(fact.text(Attribute.BODY), id)));
  }

  private static boolean saysWord(String body, FactId id) {
    return switch (id.kind()) {
      case TABLE, VIEW, MATERIALIZED_VIEW, INDEX, FUNCTION, PROCEDURE, SEQUENCE ->
          saysWord(body, id.names().get(1));
      default -> false;
    };
  }

  /** Whether a text has a name that is not a part of a longer one. */
  private static boolean saysWord(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      if ((at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)))
          && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }
}
