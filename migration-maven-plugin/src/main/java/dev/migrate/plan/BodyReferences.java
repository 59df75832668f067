package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds names of objects in the bodies of functions, by their words. PostgreSQL keeps no
 * dependencies for bodies in quotes, so the words in them are all there is: names in any case,
 * quoted names, operators, and the types that a cast is from and to. An order by them is better,
 * and never a must.
 */
final class BodyReferences {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
              + "|(?<operator>[-+*/<>=~!@#%^&|`?]+)");

  private final Schema from;
  private final Schema to;

  BodyReferences(Schema from, Schema to) {
    this.from = from;
    this.to = to;
  }

  void connect(
      Map<FactId, PlanStep> drops,
      Map<FactId, PlanStep> creates,
      Map<FactId, PlanStep> alters,
      StepGraph graph) {
    Map<String, List<FactId>> made = byName(creates.keySet());
    List<FactId> routines = new ArrayList<>(creates.keySet());
    routines.addAll(alters.keySet());
    for (FactId id : routines) {
      PlanStep step = creates.getOrDefault(id, alters.get(id));
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
      for (String name : names(id)) {
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(id);
      }
    }
    return byName;
  }

  private static List<String> names(FactId id) {
    if (id.kind() == Kind.CAST) {
      return List.of(lastName(id.name(0)), lastName(id.name(1)));
    }
    return id.kind().has(Kind.Trait.NAMED_IN_BODIES) ? List.of(id.name(1)) : List.of();
  }

  /** The name of a type without its schema: {@code public."Odd type"} is {@code Odd type}. */
  private static String lastName(String type) {
    Matcher tokens = TOKEN.matcher(type);
    String last = type;
    while (tokens.find()) {
      last = name(tokens);
    }
    return last;
  }

  private static String name(Matcher token) {
    if (token.group("quoted") != null) {
      return SqlNames.inside(token.group("quoted"));
    }
    return token.group("word") == null
        ? token.group("operator")
        : token.group("word").toLowerCase(Locale.ROOT);
  }

  private static Set<FactId> named(Fact fact, Map<String, List<FactId>> known) {
    Set<FactId> named = new HashSet<>();
    if (fact.has(Attribute.BODY) && !known.isEmpty()) {
      Matcher tokens = TOKEN.matcher(fact.text(Attribute.BODY));
      while (tokens.find()) {
        named.addAll(known.getOrDefault(name(tokens), List.of()));
      }
      named.remove(fact.id());
    }
    return named;
  }
}
