package dev.migrate.plan;

import dev.migrate.schema.Kind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The rules, one for each kind of fact. */
public final class Rules {
  private final Map<Kind, Rule> byKind = new EnumMap<>(Kind.class);

  /**
   * @param rules the rules; no two for one kind
   */
  public Rules(Collection<Rule> rules) {
    for (Rule rule : rules) {
      for (Kind kind : rule.kinds()) {
        if (byKind.put(kind, rule) != null) {
          throw new IllegalArgumentException("Two rules for " + kind);
        }
      }
    }
  }

  /**
   * @param kind a kind of fact
   * @return its rule
   */
  Rule of(Kind kind) {
    Rule rule = byKind.get(kind);
    if (rule == null) {
      throw new IllegalStateException("No rule for " + kind);
    }
    return rule;
  }
}
