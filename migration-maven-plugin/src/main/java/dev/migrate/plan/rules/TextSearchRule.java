package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for text search parsers, templates, dictionaries and configurations. */
final class TextSearchRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(
        Kind.TEXT_SEARCH_PARSER,
        Kind.TEXT_SEARCH_TEMPLATE,
        Kind.TEXT_SEARCH_DICTIONARY,
        Kind.TEXT_SEARCH_CONFIGURATION);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    FactId id = fact.id();
    List<Statement> statements = new ArrayList<>();
    String parameters = String.join(", ", fact.items(Attribute.PARAMETERS));
    if (id.kind() == Kind.TEXT_SEARCH_DICTIONARY) {
      parameters =
          "template = "
              + parameters
              + (fact.has(Attribute.OPTIONS) ? ", " + fact.text(Attribute.OPTIONS) : "");
    } else if (id.kind() == Kind.TEXT_SEARCH_CONFIGURATION) {
      parameters = "parser = " + parameters;
    }
    statements.add(
        Statement.creating(
            id, "CREATE " + ObjectReference.to(id, context.to()) + " (" + parameters + ")"));
    for (String mapping : fact.items(Attribute.MAPPINGS)) {
      statements.add(Statement.changing(id, alter(id) + " ADD MAPPING FOR " + mapping));
    }
    return statements;
  }

  private static String alter(FactId id) {
    return "ALTER " + ObjectReference.keyword(id) + " " + qualified(id);
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.TEXT_SEARCH_DICTIONARY) {
      alterations.on(Attribute.OPTIONS, () -> options(alterations, before, after));
    }
    return alterations
        .on(Attribute.MAPPINGS, () -> mappings(alterations, before, after))
        .orRecreate();
  }

  private static void options(Alterations alterations, Fact before, Fact after) {
    List<String> changes = new ArrayList<>();
    List<String> wanted = split(after.text(Attribute.OPTIONS));
    for (String option : split(before.text(Attribute.OPTIONS))) {
      String name = option.substring(0, option.indexOf('=')).strip();
      if (wanted.stream().noneMatch(one -> one.startsWith(name + " ="))) {
        changes.add(name);
      }
    }
    changes.addAll(wanted);
    alterations.add(alter(after.id()) + " (" + String.join(", ", changes) + ")");
  }

  /** Options are printed as {@code name = 'value'}, separated by comma and blank. */
  private static List<String> split(String options) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < options.length(); i++) {
      if (options.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (options.charAt(i) == ',' && !quoted) {
        parts.add(options.substring(start, i).strip());
        start = i + 1;
      }
    }
    if (!options.substring(start).isBlank()) {
      parts.add(options.substring(start).strip());
    }
    return parts;
  }

  private static void mappings(Alterations alterations, Fact before, Fact after) {
    List<String> old = before.items(Attribute.MAPPINGS);
    List<String> oldTokens = old.stream().map(TextSearchRule::token).toList();
    List<String> tokens =
        after.items(Attribute.MAPPINGS).stream().map(TextSearchRule::token).toList();
    for (String token : oldTokens) {
      if (!tokens.contains(token)) {
        alterations.add(alter(after.id()) + " DROP MAPPING FOR " + token);
      }
    }
    for (String mapping : after.items(Attribute.MAPPINGS)) {
      if (!oldTokens.contains(token(mapping))) {
        alterations.add(alter(after.id()) + " ADD MAPPING FOR " + mapping);
      } else if (!old.contains(mapping)) {
        alterations.add(alter(after.id()) + " ALTER MAPPING FOR " + mapping);
      }
    }
  }

  private static String token(String mapping) {
    return mapping.substring(0, mapping.indexOf(' '));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
