package dev.migrate.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A fact, one element of a schema with its attributes: that a table exists, that a column has a
 * default, that an object has a comment. Two facts are the same when identity and attributes are;
 * what a fact belongs to and depends on follows from those and serves the planner only.
 */
public final class Fact {
  private final FactId id;
  private final FactId parent;
  private final SortedMap<String, AttributeValue> attributes;
  private final SortedSet<Note> notes;
  private final SortedSet<FactId> dependsOn;

  private Fact(
      FactId id,
      FactId parent,
      SortedMap<String, AttributeValue> attributes,
      SortedSet<Note> notes,
      SortedSet<FactId> dependsOn) {
    this.id = Objects.requireNonNull(id, "id");
    this.parent = parent;
    this.attributes = Collections.unmodifiableSortedMap(attributes);
    this.notes = Collections.unmodifiableSortedSet(notes);
    this.dependsOn = Collections.unmodifiableSortedSet(dependsOn);
  }

  /**
   * @param id the identity of the fact
   * @return a builder for a fact that belongs to no other
   */
  public static Builder of(FactId id) {
    return new Builder(id);
  }

  /**
   * @return the identity
   */
  public FactId id() {
    return id;
  }

  /**
   * @return what this fact goes away with: the table of a column, the object of a comment
   */
  public Optional<FactId> parent() {
    return Optional.ofNullable(parent);
  }

  /**
   * @return the attributes by name; one that has its default value is absent
   */
  public SortedMap<String, AttributeValue> attributes() {
    return attributes;
  }

  /**
   * @return what is so, and makes no difference between two facts
   */
  public SortedSet<Note> notes() {
    return notes;
  }

  /**
   * @return whether it is so
   */
  public boolean has(Note note) {
    return notes.contains(note);
  }

  /**
   * @return what must exist for this fact to be true, its parent included
   */
  public SortedSet<FactId> dependsOn() {
    return dependsOn;
  }

  /**
   * @return whether it is there
   */
  public boolean has(Attribute<?> attribute) {
    return attributes.containsKey(attribute.name());
  }

  /**
   * @return its text, or an empty text when it is absent
   */
  public String text(Attribute<String> attribute) {
    AttributeValue value = attributes.get(attribute.name());
    return value instanceof AttributeValue.Text text ? text.text() : "";
  }

  /**
   * @return its items, or none when it is absent
   */
  public List<String> items(Attribute<List<String>> attribute) {
    AttributeValue value = attributes.get(attribute.name());
    return value instanceof AttributeValue.Items items ? items.items() : List.of();
  }

  /**
   * @return its value, of whatever type, if it is there
   */
  public Optional<AttributeValue> value(Attribute<?> attribute) {
    return Optional.ofNullable(attributes.get(attribute.name()));
  }

  /**
   * @return a builder that starts with everything this fact has
   */
  public Builder copy() {
    Builder copy = new Builder(id);
    copy.parent = parent;
    copy.attributes.putAll(attributes);
    copy.notes.addAll(notes);
    copy.dependsOn.addAll(dependsOn);
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fact fact && id.equals(fact.id) && attributes.equals(fact.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, attributes);
  }

  @Override
  public String toString() {
    return id + " " + attributes;
  }

  /** Collects what a fact is made of. */
  public static final class Builder {
    private FactId id;
    private FactId parent;
    private final SortedMap<String, AttributeValue> attributes = new TreeMap<>();
    private final SortedSet<Note> notes = new TreeSet<>();
    private final SortedSet<FactId> dependsOn = new TreeSet<>();

    private Builder(FactId id) {
      this.id = id;
    }

    /**
     * @param other another identity
     * @return this builder
     */
    public Builder id(FactId other) {
      this.id = other;
      return this;
    }

    /**
     * @return the identity of the fact to be
     */
    public FactId id() {
      return id;
    }

    /**
     * @param other what the fact belongs to
     * @return this builder
     */
    public Builder parent(FactId other) {
      this.parent = other;
      dependsOn.add(other);
      return this;
    }

    /**
     * @return whether it is there so far
     */
    public boolean has(Attribute<?> attribute) {
      return attributes.containsKey(attribute.name());
    }

    /**
     * @param text its value; null or empty leaves it out
     * @return this builder
     */
    public Builder text(Attribute<String> attribute, String text) {
      return said(attribute, text);
    }

    private Builder said(Attribute<?> attribute, String text) {
      if (text == null || text.isEmpty()) {
        attributes.remove(attribute.name());
      } else {
        attributes.put(attribute.name(), new AttributeValue.Text(text));
      }
      return this;
    }

    /**
     * @param set whether it is there
     * @return this builder
     */
    public Builder flag(Attribute<Boolean> attribute, boolean set) {
      return said(attribute, set ? "true" : null);
    }

    /**
     * @param set whether it is so
     * @return this builder
     */
    public Builder note(Note note, boolean set) {
      if (set) {
        notes.add(note);
      } else {
        notes.remove(note);
      }
      return this;
    }

    /**
     * @param items its values; an empty list leaves it out
     * @return this builder
     */
    public Builder items(Attribute<List<String>> attribute, Collection<String> items) {
      if (items.isEmpty()) {
        attributes.remove(attribute.name());
      } else {
        attributes.put(attribute.name(), new AttributeValue.Items(List.copyOf(items)));
      }
      return this;
    }

    /**
     * @param name the name of an attribute, as another fact has it
     * @return this builder
     */
    public Builder value(String name, AttributeValue value) {
      attributes.put(name, value);
      return this;
    }

    /**
     * @param other what must exist for this fact
     * @return this builder
     */
    public Builder dependsOn(FactId other) {
      if (!other.equals(id)) {
        dependsOn.add(other);
      }
      return this;
    }

    /**
     * @param others what must exist for this fact, instead of what was there
     * @return this builder
     */
    public Builder dependsOnly(Set<FactId> others) {
      dependsOn.clear();
      others.forEach(this::dependsOn);
      return this;
    }

    /**
     * @return the fact
     */
    public Fact build() {
      return new Fact(
          id, parent, new TreeMap<>(attributes), new TreeSet<>(notes), new TreeSet<>(dependsOn));
    }
  }
}
