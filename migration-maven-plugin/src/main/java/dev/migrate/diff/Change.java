package dev.migrate.diff;

import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One difference between two schemas: a fact that is added, dropped or altered. */
public sealed interface Change {
  /**
   * @return what it is about
   */
  FactId id();

  /**
   * A fact that only the wanted schema has.
   *
   * @param fact the fact
   */
  record Added(Fact fact) implements Change {
    @Override
    public FactId id() {
      return fact.id();
    }
  }

  /**
   * A fact that only the first schema has.
   *
   * @param fact the fact
   */
  record Removed(Fact fact) implements Change {
    @Override
    public FactId id() {
      return fact.id();
    }
  }

  /**
   * A fact that both have, with different attributes.
   *
   * @param before the fact in the first schema
   * @param after the fact in the wanted one
   */
  record Altered(Fact before, Fact after) implements Change {
    @Override
    public FactId id() {
      return after.id();
    }

    /**
     * @return the attributes that differ, by name
     */
    public SortedMap<String, AttributeChange> attributes() {
      SortedMap<String, AttributeChange> changes = new TreeMap<>();
      before.attributes().forEach((name, value) -> note(changes, name));
      after.attributes().forEach((name, value) -> note(changes, name));
      return changes;
    }

    private void note(SortedMap<String, AttributeChange> changes, String name) {
      Optional<AttributeValue> old = Optional.ofNullable(before.attributes().get(name));
      Optional<AttributeValue> wanted = Optional.ofNullable(after.attributes().get(name));
      if (!old.equals(wanted)) {
        changes.put(name, new AttributeChange(old.orElse(null), wanted.orElse(null)));
      }
    }
  }

  /** The old and the new value of an attribute, one of which may be missing. */
  final class AttributeChange {
    private final AttributeValue before;
    private final AttributeValue after;

    private AttributeChange(AttributeValue before, AttributeValue after) {
      this.before = before;
      this.after = after;
    }

    /**
     * @return the value in the first schema, unless the attribute is absent there
     */
    public Optional<AttributeValue> before() {
      return Optional.ofNullable(before);
    }

    /**
     * @return the value in the wanted schema, unless the attribute is absent there
     */
    public Optional<AttributeValue> after() {
      return Optional.ofNullable(after);
    }
  }
}
