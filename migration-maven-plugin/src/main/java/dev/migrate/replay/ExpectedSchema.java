package dev.migrate.replay;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.script.Script;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The schema that a target should have: what its applied revisions give, together with the
 * repeatable migrations that have run there. A repeatable migration whose file has changed since
 * has run as nobody has it any more: what it makes, and views, functions and the like that it
 * names, cannot be told, and are left out where the target is compared with this.
 */
public final class ExpectedSchema {
  /** What a script replaces in its place, so that another text of it may have made it otherwise. */
  private static final Set<Kind> REPLACED =
      EnumSet.of(
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.FUNCTION,
          Kind.AGGREGATE,
          Kind.TRIGGER,
          Kind.RULE,
          Kind.POLICY);

  private final Schema schema;
  private final Optional<RepeatableObjects> made;
  private final List<Script> changed;

  private ExpectedSchema(Schema schema, Optional<RepeatableObjects> made, List<Script> changed) {
    this.schema = Objects.requireNonNull(schema, "schema");
    this.made = made;
    this.changed = List.copyOf(changed);
  }

  /**
   * @param schema what the target should be, all of which can be told
   */
  public static ExpectedSchema exactly(Schema schema) {
    return new ExpectedSchema(schema, Optional.empty(), List.of());
  }

  /**
   * @param before what is given without the migrations that have changed; empty when the others do
   *     not run without them
   * @param after what is given with them as they are now; empty when they do not run yet
   * @param changed the migrations that have changed
   */
  static Optional<ExpectedSchema> apartFrom(
      Optional<Schema> before, Optional<Schema> after, List<Script> changed) {
    Optional<RepeatableObjects> made =
        before.isPresent() && after.isPresent()
            ? Optional.of(new RepeatableObjects(before.get(), after.get()))
            : Optional.empty();
    return after.or(() -> before).map(schema -> new ExpectedSchema(schema, made, changed));
  }

  /**
   * @return the whole schema, with repeatable migrations as their files are now
   */
  public Schema schema() {
    return schema;
  }

  /**
   * @return the repeatable migrations that have changed since they ran
   */
  public List<Script> changed() {
    return changed;
  }

  /**
   * @param other this schema, or that of the target
   * @return the same without what cannot be told
   */
  public Schema comparable(Schema other) {
    if (changed.isEmpty()) {
      return other;
    }
    Schema rest = made.map(parts -> parts.without(other)).orElse(other);
    List<Fact> facts = rest.facts().values().stream().filter(fact -> !isNamed(fact, rest)).toList();
    Set<FactId> left = facts.stream().map(Fact::id).collect(Collectors.toSet());
    Map<FactId, List<String>> order = new TreeMap<>(rest.columnOrder());
    order.keySet().retainAll(left);
    return new Schema(facts, rest.uncovered(), order, rest.origin());
  }

  /** Whether the fact, or what it is a part of, may have been made by the text as it was. */
  private boolean isNamed(Fact fact, Schema in) {
    for (Fact at = fact; at != null; at = at.parent().flatMap(in::find).orElse(null)) {
      if (REPLACED.contains(at.id().kind())) {
        String name = nameOf(at.id());
        Pattern word =
            Pattern.compile(
                "(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])", Pattern.CASE_INSENSITIVE);
        if (changed.stream().anyMatch(script -> word.matcher(script.text()).find())) {
          return true;
        }
      }
    }
    return false;
  }

  /** A function's last name tells its parameters. */
  private static String nameOf(FactId id) {
    return id.kind() == Kind.FUNCTION || id.kind() == Kind.AGGREGATE ? id.name(1) : id.lastName();
  }
}
