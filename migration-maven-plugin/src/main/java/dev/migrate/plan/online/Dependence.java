package dev.migrate.plan.online;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether two changes must keep their order. It errs on the side of yes: that costs a revision more
 * than is needed, and the other error costs a proof that fails.
 */
final class Dependence {
  private final Schema from;
  private final Schema to;

  Dependence(Schema from, Schema to) {
    this.from = from;
    this.to = to;
  }

  boolean between(Form one, Form other) {
    for (FactId left : one.about()) {
      for (FactId right : other.about()) {
        if (near(left, right)) {
          return true;
        }
      }
    }
    return mentions(one, other) || mentions(other, one);
  }

  /** What PostgreSQL demands finished columns for: that they are not null, that they are valid. */
  boolean waitsForAll(Form form) {
    return form.about().stream()
        .anyMatch(
            id ->
                switch (id.kind()) {
                  case IDENTITY, PARTITION, INHERITANCE, REPLICA_IDENTITY, TABLE -> true;
                  case CONSTRAINT ->
                      to.find(id).filter(one -> one.text("type").equals("primary key")).isPresent();
                  default -> false;
                });
  }

  private boolean near(FactId left, FactId right) {
    return left.equals(right)
        || sameName(left, right)
        || isPartOfLinked(left, right)
        || isPartOfLinked(right, left)
        || reaches(from, left, right)
        || reaches(to, left, right)
        || reaches(from, right, left)
        || reaches(to, right, left);
  }

  /**
   * What a table has, and what its parent has, is another thing as long as one is below the other.
   */
  private boolean isPartOfLinked(FactId link, FactId part) {
    if (link.kind() != Kind.PARTITION && link.kind() != Kind.INHERITANCE
        || part.names().size() < 3) {
      return false;
    }
    List<String> table = part.names().subList(0, 2);
    return table.equals(link.names().subList(0, 2))
        || Stream.of(from, to)
            .flatMap(schema -> schema.find(link).stream())
            .flatMap(fact -> fact.dependsOn().stream())
            .anyMatch(parent -> parent.names().equals(table));
  }

  /** A table and a view, an index and a constraint share their names. */
  private static boolean sameName(FactId left, FactId right) {
    return left.kind() != right.kind()
        && left.name(0).equals(right.name(0))
        && left.lastName().equals(right.lastName());
  }

  private static boolean reaches(Schema schema, FactId start, FactId end) {
    Fact at = schema.find(start).orElse(null);
    if (start.kind() == Kind.TABLE
        && schema.childrenOf(start).stream().anyMatch(part -> part.dependsOn().contains(end))) {
      return true; // CREATE TABLE brings its constraints along
    }
    boolean whole =
        end.kind() == Kind.TABLE || end.kind() == Kind.VIEW || end.kind() == Kind.MATERIALIZED_VIEW;
    while (at != null) {
      if (at.dependsOn().contains(end) || at.id().equals(end)) {
        return true;
      }
      if (whole
          && at.dependsOn().stream()
              .anyMatch(
                  id -> schema.find(id).flatMap(Fact::parent).filter(end::equals).isPresent())) {
        return true;
      }
      at = at.parent().flatMap(schema::find).orElse(null);
    }
    return false;
  }

  /** A function's body names what nothing else tells of. */
  private static boolean mentions(Form one, Form other) {
    return other.about().stream()
        .anyMatch(
            id ->
                switch (id.kind()) {
                  case TABLE, VIEW, MATERIALIZED_VIEW, INDEX, FUNCTION, PROCEDURE, SEQUENCE ->
                      one.mentions(id.names().get(1));
                  default -> false;
                });
  }
}
