package dev.migrate.plan;

import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Registry of the planning rules, one for each object kind. */
public final class KindRules {
  private final Map<Kind, KindRule> byKind = new EnumMap<>(Kind.class);
  private final BiFunction<Fact, PlanContext, List<Statement>> afterCreate;

  /**
   * @param rules the rules; no two for one kind
   * @param afterCreate what undoes what PostgreSQL does by itself when a fact is made and nobody
   *     wants
   */
  public KindRules(
      Collection<KindRule> rules, BiFunction<Fact, PlanContext, List<Statement>> afterCreate) {
    this.afterCreate = afterCreate;
    for (KindRule rule : rules) {
      for (Kind kind : rule.kinds()) {
        if (byKind.put(kind, rule) != null) {
          throw new IllegalArgumentException("Two rules for " + kind);
        }
      }
    }
  }

  /**
   * @param fact a fact of the wanted schema
   * @param context both schemas and what else the plan does
   * @return what makes it, and nothing besides
   */
  List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>(of(fact.id().kind()).create(fact, context));
    statements.addAll(afterCreate.apply(fact, context));
    return statements;
  }

  /**
   * @param kind a kind of fact
   * @return its rule
   */
  KindRule of(Kind kind) {
    KindRule rule = byKind.get(kind);
    if (rule == null) {
      throw new IllegalStateException("No rule for " + kind);
    }
    return rule;
  }
}
