package dev.migrate.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A database schema as an immutable value: its facts by identity, and what was seen there and is
 * not covered.
 *
 * <p>Two schemas are equal when facts and uncovered things are. The order of columns, which cannot
 * be altered, is kept aside: see {@link #differentColumnOrder}. Nothing in it depends on when or
 * where it was read, except {@link #origin}, which does not count either.
 */
public final class Schema {
  private static final Schema EMPTY = new Schema(List.of(), List.of(), Map.of(), Origin.UNKNOWN);

  private final SortedMap<FactId, Fact> facts;
  private final SortedSet<Uncovered> uncovered;
  private final SortedMap<FactId, List<String>> columnOrder;
  private final Origin origin;
  private final Map<FactId, List<Fact>> children = new HashMap<>();
  private final Map<FactId, List<Fact>> dependents = new HashMap<>();

  /**
   * Where a schema was read.
   *
   * @param serverVersion PostgreSQL's {@code server_version_num}; 0 when it was not read anywhere
   * @param user the role that read it; empty when unknown
   */
  public record Origin(int serverVersion, String user) {
    /** Of a schema that was not read from a server. */
    public static final Origin UNKNOWN = new Origin(0, "");

    /**
     * @return the major version, such as 15
     */
    public int major() {
      return serverVersion / 10_000;
    }
  }

  /**
   * @param facts the facts; no two with one identity
   * @param uncovered what was seen and is not described by facts
   * @param columnOrder the columns of tables and composite types, in order
   * @param origin where it was read
   */
  public Schema(
      Collection<Fact> facts,
      Collection<Uncovered> uncovered,
      Map<FactId, List<String>> columnOrder,
      Origin origin) {
    SortedMap<FactId, Fact> byId = new TreeMap<>();
    for (Fact fact : facts) {
      if (byId.put(fact.id(), fact) != null) {
        throw new IllegalArgumentException("Two facts with one identity: " + fact.id());
      }
      fact.parent()
          .ifPresent(
              parent -> children.computeIfAbsent(parent, key -> new ArrayList<>()).add(fact));
      for (FactId on : fact.dependsOn()) {
        dependents.computeIfAbsent(on, key -> new ArrayList<>()).add(fact);
      }
    }
    this.facts = Collections.unmodifiableSortedMap(byId);
    this.uncovered = Collections.unmodifiableSortedSet(new TreeSet<>(uncovered));
    SortedMap<FactId, List<String>> order = new TreeMap<>();
    columnOrder.forEach((table, columns) -> order.put(table, List.copyOf(columns)));
    this.columnOrder = Collections.unmodifiableSortedMap(order);
    this.origin = Objects.requireNonNull(origin, "origin");
  }

  /**
   * @return a schema without any fact
   */
  public static Schema empty() {
    return EMPTY;
  }

  /**
   * @return the facts by identity
   */
  public SortedMap<FactId, Fact> facts() {
    return facts;
  }

  /**
   * @param id an identity
   * @return the fact, if it is true here
   */
  public Optional<Fact> find(FactId id) {
    return Optional.ofNullable(facts.get(id));
  }

  /**
   * @param id an identity
   * @return whether the fact is true here
   */
  public boolean has(FactId id) {
    return facts.containsKey(id);
  }

  /**
   * @param parent an identity
   * @return the facts that go away with it, in the order of their identities given
   */
  public List<Fact> childrenOf(FactId parent) {
    return Collections.unmodifiableList(children.getOrDefault(parent, List.of()));
  }

  /**
   * @param id an identity
   * @return the facts that depend on it directly, its children included
   */
  public List<Fact> dependentsOf(FactId id) {
    return Collections.unmodifiableList(dependents.getOrDefault(id, List.of()));
  }

  /**
   * @return what was seen and is not described by facts
   */
  public SortedSet<Uncovered> uncovered() {
    return uncovered;
  }

  /**
   * @return the names of the columns of tables and composite types, in order
   */
  public SortedMap<FactId, List<String>> columnOrder() {
    return columnOrder;
  }

  /**
   * @return where it was read; does not count for equality
   */
  public Origin origin() {
    return origin;
  }

  /**
   * @param other another schema
   * @return the tables and types that both have with the same columns in different orders
   */
  public SortedSet<FactId> differentColumnOrder(Schema other) {
    SortedSet<FactId> different = new TreeSet<>();
    columnOrder.forEach(
        (table, columns) -> {
          List<String> theirs = other.columnOrder.get(table);
          if (theirs != null
              && !theirs.equals(columns)
              && new TreeSet<>(theirs).equals(new TreeSet<>(columns))) {
            different.add(table);
          }
        });
    return different;
  }

  /**
   * A short text that is the same for equal schemas, and only for those, on every machine.
   *
   * @return the SHA-256 of the facts' canonical text, in hexadecimal
   */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Fact fact : facts.values()) {
        feed(digest, fact.id().encode());
        fact.attributes().forEach((name, value) -> feed(digest, name, value));
      }
      for (Uncovered one : uncovered) {
        feed(digest, "?" + one.what() + "\t" + one.name());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void feed(MessageDigest digest, String name, AttributeValue value) {
    if (value instanceof AttributeValue.Items list) {
      feed(digest, name + "[" + list.items().size());
      list.items().forEach(item -> feed(digest, item));
    } else if (value instanceof AttributeValue.Text text) {
      feed(digest, name + "=");
      feed(digest, text.text());
    }
  }

  /** Length first, so that no two sequences of texts feed the same bytes. */
  private static void feed(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema
        && facts.equals(schema.facts)
        && uncovered.equals(schema.uncovered);
  }

  @Override
  public int hashCode() {
    return Objects.hash(facts, uncovered);
  }

  @Override
  public String toString() {
    return "schema of " + facts.size() + " facts";
  }
}
