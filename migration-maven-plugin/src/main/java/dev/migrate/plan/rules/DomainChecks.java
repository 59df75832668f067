package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The CHECK constraints of a domain as conditions on a value: its own and those of the domains
 * below.
 *
 * @param checks expressions about {@code VALUE} that must not be false
 * @param notNull whether there must be a value
 */
record DomainChecks(List<String> checks, boolean notNull) {

  static DomainChecks of(Fact domain, Schema schema) {
    List<String> checks = new ArrayList<>();
    boolean notNull = domain.has(Attribute.NOT_NULL);
    for (Fact child : schema.childrenOf(domain.id())) {
      if (child.id().kind() == Kind.DOMAIN_CONSTRAINT) {
        expression(child).ifPresent(checks::add);
      }
    }
    for (FactId below : domain.dependsOn()) {
      if (below.kind() == Kind.DOMAIN && schema.has(below)) {
        DomainChecks more = of(schema.find(below).orElseThrow(), schema);
        checks.addAll(more.checks());
        notNull |= more.notNull();
      }
    }
    return new DomainChecks(checks, notNull);
  }

  /** The expression of a check, with its parentheses. */
  static Optional<String> expression(Fact check) {
    String text = PrintedExpressions.unwrapped(check.text(Attribute.DEFINITION));
    int open = text.indexOf('(');
    int close = PrintedExpressions.closing(text, open);
    return open < 0 || close < 0 ? Optional.empty() : Optional.of(text.substring(open, close + 1));
  }

  boolean isEmpty() {
    return checks.isEmpty() && !notNull;
  }

  /** What finds values that are not permitted. */
  String refused(String value) {
    List<String> conditions = new ArrayList<>();
    if (notNull) {
      conditions.add(value + " IS NULL");
    }
    checks.forEach(check -> conditions.add("NOT " + about(check, value)));
    return String.join(" OR ", conditions);
  }

  /** In quotes it is a text of its own. */
  private static String about(String check, String value) {
    StringBuilder written = new StringBuilder();
    boolean quoted = false;
    for (String part : check.split("(?<=['\"])|(?=['\"])")) {
      if (part.equals("'") || part.equals("\"")) {
        quoted = !quoted;
        written.append(part);
      } else {
        written.append(
            quoted
                ? part
                : part.replaceAll("\\bVALUE\\b", java.util.regex.Matcher.quoteReplacement(value)));
      }
    }
    return written.toString();
  }

  /**
   * The query that finds what a condition refuses in all columns of a domain.
   *
   * @param schema the schema that it is in
   * @return empty when it has no column, or one in which it is not alone
   */
  static String query(FactId domain, Schema schema, DomainChecks checks) {
    List<Fact> columns =
        schema.dependentsOf(domain).stream()
            .filter(fact -> fact.id().kind() == Kind.COLUMN && !fact.has(Attribute.INHERITED))
            .toList();
    boolean plain =
        columns.stream().allMatch(column -> column.text(Attribute.TYPE).equals(qualified(domain)))
            && schema.dependentsOf(domain).stream()
                .noneMatch(fact -> isTypeOrPart(fact.id().kind()));
    if (columns.isEmpty() || !plain || checks.isEmpty()) {
      return "";
    }
    return columns.stream()
        .map(
            column ->
                (columns.size() == 1
                        ? "SELECT *"
                        : "SELECT " + quote(column.id().lastName()) + "::text")
                    + " FROM "
                    + qualified(column.id())
                    + " WHERE "
                    + checks.refused(quote(column.id().lastName())))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static boolean isTypeOrPart(Kind kind) {
    return kind == Kind.ATTRIBUTE
        || kind == Kind.DOMAIN
        || kind == Kind.RANGE_TYPE
        || kind == Kind.COMPOSITE_TYPE;
  }
}
