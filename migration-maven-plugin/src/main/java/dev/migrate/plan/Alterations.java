package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Builder for in-place ALTERs of a fact, which checks that every changed attribute is covered.
 * Every attribute that an alteration covers is applied to a copy of the old fact; if the copy is
 * not the wanted fact in the end, something is not covered, and the fact is made again instead.
 */
public final class Alterations {
  private final Fact after;
  private final Map<String, AttributeValue> reached;
  private final List<Statement> statements = new ArrayList<>();
  private Predicate<Fact> inTheWay = fact -> false;
  private boolean remake;

  /**
   * @param before the fact in the old schema
   * @param after the fact in the wanted one
   */
  public Alterations(Fact before, Fact after) {
    this.after = after;
    this.reached = new TreeMap<>(before.attributes());
  }

  /**
   * Covers an attribute.
   *
   * @param how adds the statements; runs only if the attribute differs
   * @return this collector
   */
  public Alterations on(Attribute<?> attribute, Runnable how) {
    if (differs(attribute)) {
      how.run();
      cover(attribute);
    }
    return this;
  }

  /**
   * @return whether the two facts differ in it and nothing has covered it yet
   */
  public boolean differs(Attribute<?> attribute) {
    return !Objects.equals(reached.get(attribute.name()), after.attributes().get(attribute.name()));
  }

  /**
   * Says that an attribute needs nothing more than what is done for others.
   *
   * @return this collector
   */
  public Alterations cover(Attribute<?> attribute) {
    AttributeValue wanted = after.attributes().get(attribute.name());
    if (wanted == null) {
      reached.remove(attribute.name());
    } else {
      reached.put(attribute.name(), wanted);
    }
    return this;
  }

  /**
   * @param sql a statement that changes what is there
   * @return this collector
   */
  public Alterations add(String sql) {
    return add(Statement.changing(after.id(), sql));
  }

  /**
   * @return this collector
   */
  public Alterations add(Statement statement) {
    statements.add(statement);
    return this;
  }

  /**
   * @param more statements
   * @return this collector
   */
  public Alterations addAll(List<Statement> more) {
    statements.addAll(more);
    return this;
  }

  /**
   * @param dependents which dependents must be dropped before and made again after
   * @return this collector
   */
  public Alterations inTheWay(Predicate<Fact> dependents) {
    inTheWay = inTheWay.or(dependents);
    return this;
  }

  /**
   * Says that what belongs to the fact is lost on the way.
   *
   * @return this collector
   */
  public Alterations remake() {
    remake = true;
    return this;
  }

  /**
   * @return what the fact is about
   */
  public FactId id() {
    return after.id();
  }

  /**
   * @return the alteration in place if it covers every difference, else a re-creation
   */
  public Alteration orRecreate() {
    return reached.equals(after.attributes())
        ? new Alteration.InPlace(statements, inTheWay, remake)
        : new Alteration.Recreate();
  }
}
