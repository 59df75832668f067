package dev.migrate.plan;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the bodies of functions name. PostgreSQL keeps no dependencies for bodies in quotes, so the
 * words in them are all there is; an order by them is better, and never a must.
 */
final class Mentions {
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Set<Kind> NAMED =
      Set.of(
          Kind.TABLE,
          Kind.FOREIGN_TABLE,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.SEQUENCE,
          Kind.FUNCTION,
          Kind.PROCEDURE,
          Kind.AGGREGATE,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE_TYPE,
          Kind.RANGE_TYPE);

  private final Schema from;
  private final Schema to;

  Mentions(Schema from, Schema to) {
    this.from = from;
    this.to = to;
  }

  void connect(
      Map<FactId, Step> drops,
      Map<FactId, Step> creates,
      Map<FactId, Step> alters,
      StepGraph graph) {
    Map<String, List<FactId>> made = byName(creates.keySet());
    List<FactId> routines = new ArrayList<>(creates.keySet());
    routines.addAll(alters.keySet());
    for (FactId id : routines) {
      Step step = creates.getOrDefault(id, alters.get(id));
      for (FactId other : named(to.find(id).orElseThrow(), made)) {
        graph.betterRunsAfter(step, creates.get(other), id);
      }
    }
    Map<String, List<FactId>> gone = byName(drops.keySet());
    for (FactId id : drops.keySet()) {
      for (FactId other : named(from.find(id).orElseThrow(), gone)) {
        graph.betterRunsAfter(drops.get(other), drops.get(id), id);
      }
    }
  }

  private static Map<String, List<FactId>> byName(Set<FactId> ids) {
    Map<String, List<FactId>> byName = new HashMap<>();
    for (FactId id : ids) {
      if (NAMED.contains(id.kind())) {
        byName.computeIfAbsent(id.name(1), key -> new ArrayList<>()).add(id);
      }
    }
    return byName;
  }

  private static Set<FactId> named(Fact fact, Map<String, List<FactId>> known) {
    Set<FactId> named = new HashSet<>();
    if (fact.has("body") && !known.isEmpty()) {
      Matcher words = WORD.matcher(fact.text("body"));
      while (words.find()) {
        named.addAll(known.getOrDefault(words.group(), List.of()));
      }
      named.remove(fact.id());
    }
    return named;
  }
}
