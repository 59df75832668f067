package dev.migrate.diff;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ignore patterns for drift ({@code migrate.expect}): what may be in a target although no revision
 * makes it, such as partitions that a job adds, an extension for monitoring, a schema of another
 * application. It counts as no difference, with all that belongs to it. Only what is there besides
 * can be expected; what is missing, or otherwise than it should be, is always a difference.
 *
 * @param patterns what may be there
 */
public record ExpectedDifferences(List<Name> patterns) {
  /** Nothing is expected. */
  public static final ExpectedDifferences NOTHING = new ExpectedDifferences(List.of());

  private static final String PARTITIONS = "partitions";

  /** Copies what it is given. */
  public ExpectedDifferences {
    patterns = List.copyOf(patterns);
  }

  /**
   * Some names.
   *
   * @param kind of what, in words; empty for anything
   * @param name with {@code *} for any characters and {@code ?} for one; matched with the schema
   *     where it has a dot
   */
  public record Name(String kind, String name) {
    private boolean fits(FactId id) {
      return (kind.isEmpty() || kind.equals(id.kind().word()))
          && (like(String.join(".", id.names())) || !name.contains(".") && like(id.lastName()));
    }

    private boolean like(String text) {
      StringBuilder regex = new StringBuilder();
      for (char c : name.toCharArray()) {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
  }

  /**
   * A schema without what was expected.
   *
   * @param schema the rest, to be compared
   * @param found what was left out, a line each
   */
  public record Rest(Schema schema, List<String> found) {
    /** Copies what it is given. */
    public Rest {
      found = List.copyOf(found);
    }
  }

  /**
   * @param text patterns with commas between: {@code partitions}, {@code extension:pg_stat*},
   *     {@code table:public.tmp_*}, {@code monitoring.*}
   * @return what they say
   * @throws MigrateException {@code INVALID_PARAMETER} when one names no kind of object
   */
  public static ExpectedDifferences of(String text) {
    List<Name> names = new ArrayList<>();
    for (String one : text.split(",")) {
      String pattern = one.strip();
      int colon = pattern.indexOf(':');
      if (pattern.isEmpty()) {
        continue;
      }
      String kind = colon < 0 ? "" : pattern.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      boolean known =
          kind.isEmpty() || Arrays.stream(Kind.values()).map(Kind::word).anyMatch(kind::equals);
      if (!known) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "-Dmigrate.expect=%s: there is no kind of object called \"%s\".".formatted(text, kind),
            "Write table, view, function, extension, schema and the like before the colon, or"
                + " partitions alone for those of known tables.");
      }
      names.add(new Name(kind, pattern.substring(colon + 1).strip()));
    }
    return new ExpectedDifferences(names);
  }

  /**
   * @param wanted what the revisions give
   * @param actual what is in the target
   * @return the target without what is expected besides
   */
  public Rest without(Schema wanted, Schema actual) {
    if (patterns.isEmpty()) {
      return new Rest(actual, List.of());
    }
    UnknownPartitions partitions = UnknownPartitions.besides(wanted, actual);
    Map<FactId, Boolean> left = new HashMap<>();
    List<Fact> rest =
        actual.facts().values().stream()
            .filter(fact -> !isExpected(fact, wanted, actual, partitions, left))
            .toList();
    List<String> found = new ArrayList<>();
    for (Fact fact : actual.facts().values()) {
      FactId id = fact.id();
      boolean root =
          left.getOrDefault(id, false)
              && fact.parent().filter(parent -> left.getOrDefault(parent, false)).isEmpty();
      if (root && !(partitionsToo() && partitions.has(id))) {
        found.add(id.toString());
      }
    }
    if (partitionsToo()) {
      found.addAll(partitions.lines());
    }
    return new Rest(
        new Schema(
            rest,
            actual.uncovered(),
            actual.columnOrder().entrySet().stream()
                .filter(entry -> !left.getOrDefault(entry.getKey(), false))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
            actual.origin()),
        found);
  }

  private boolean partitionsToo() {
    return patterns.contains(new Name("", PARTITIONS));
  }

  private boolean isExpected(
      Fact fact,
      Schema wanted,
      Schema actual,
      UnknownPartitions partitions,
      Map<FactId, Boolean> left) {
    Boolean known = left.get(fact.id());
    if (known != null) {
      return known;
    }
    boolean expected =
        !wanted.has(fact.id())
            && (partitionsToo() && partitions.has(fact.id())
                || patterns.stream().anyMatch(name -> name.fits(fact.id()))
                || fact.parent()
                    .flatMap(actual::find)
                    .filter(parent -> isExpected(parent, wanted, actual, partitions, left))
                    .isPresent());
    left.put(fact.id(), expected);
    return expected;
  }
}
