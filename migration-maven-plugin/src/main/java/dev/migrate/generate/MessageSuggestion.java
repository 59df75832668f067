package dev.migrate.generate;

import dev.migrate.diff.Change;
import dev.migrate.model.CommandLineNames;
import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Suggests a message for a new revision from what it changes, such as "add column assets.name". */
final class MessageSuggestion {
  private static final int MOST = 3;

  private MessageSuggestion() {}

  /**
   * @param changes what differs
   * @param renames what is renamed
   * @return one line, such as {@code Add assets.location_id and assets_location_id_idx}
   */
  static String of(List<Change> changes, List<Rename> renames) {
    Map<String, Set<String>> words = new LinkedHashMap<>();
    List.of("Rename", "Add", "Change", "Drop")
        .forEach(verb -> words.put(verb, new LinkedHashSet<>()));
    Set<FactId> renamed = new LinkedHashSet<>();
    for (Rename rename : renames) {
      if (rename instanceof Rename.OfFact fact) {
        renamed.add(fact.from());
        renamed.add(fact.to());
        note(
            words,
            "Rename",
            CommandLineNames.of(fact.from()) + " to " + PlainText.line(fact.to().lastName()));
      } else if (rename instanceof Rename.OfEnumValue value) {
        note(words, "Rename", PlainText.line(value.from()) + " to " + PlainText.line(value.to()));
      }
    }
    Set<FactId> added = ids(changes, Change.Added.class);
    Set<FactId> removed = ids(changes, Change.Removed.class);
    for (Change change : changes) {
      FactId subject = subject(change.id());
      if (renamed.contains(subject) || inside(subject, renamed)) {
        continue;
      }
      if (change instanceof Change.Added && change.id().equals(subject)) {
        if (!inside(subject, added)) {
          note(words, "Add", name(subject));
        }
      } else if (change instanceof Change.Removed && change.id().equals(subject)) {
        if (!inside(subject, removed)) {
          note(words, "Drop", name(subject));
        }
      } else if (!added.contains(subject) && !removed.contains(subject)) {
        note(words, "Change", name(subject));
      }
    }
    List<String> parts = new ArrayList<>();
    words.forEach(
        (verb, things) -> {
          if (!things.isEmpty()) {
            parts.add(verb + " " + listed(new ArrayList<>(things)));
          }
        });
    if (parts.isEmpty()) {
      return "Change the schema";
    }
    StringBuilder message = new StringBuilder(parts.get(0));
    for (String part : parts.subList(1, parts.size())) {
      message
          .append(", ")
          .append(part.substring(0, 1).toLowerCase(java.util.Locale.ROOT))
          .append(part.substring(1));
    }
    return message.toString();
  }

  /** Constraints and the like are named well enough by themselves. */
  private static String name(FactId id) {
    return switch (id.kind()) {
      case CONSTRAINT, DOMAIN_CONSTRAINT, TRIGGER, POLICY, RULE -> PlainText.line(id.lastName());
      default -> CommandLineNames.of(id);
    };
  }

  private static void note(Map<String, Set<String>> words, String verb, String thing) {
    words.get(verb).add(thing);
  }

  private static Set<FactId> ids(List<Change> changes, Class<? extends Change> type) {
    Set<FactId> ids = new LinkedHashSet<>();
    changes.stream().filter(type::isInstance).map(Change::id).forEach(ids::add);
    return ids;
  }

  /** What a fact about another one is about. */
  private static FactId subject(FactId id) {
    return switch (id.kind()) {
      case DEFAULT, IDENTITY -> id.as(Kind.COLUMN);
      case SEQUENCE_OWNER -> id.as(Kind.SEQUENCE);
      default -> id.subject().orElse(id);
    };
  }

  /** Whether it comes and goes with a table of these. */
  private static boolean inside(FactId id, Set<FactId> objects) {
    if (objects.stream().anyMatch(one -> one.kind() == Kind.SCHEMA && isIn(id, one))) {
      return true;
    }
    if (id.names().size() < 3) {
      return false;
    }
    List<String> owner = id.names().subList(0, 2);
    return objects.stream().anyMatch(object -> object.names().equals(owner) && !object.equals(id));
  }

  private static boolean isIn(FactId id, FactId schema) {
    return id.names().size() > 1 && id.name(0).equals(schema.name(0));
  }

  private static String listed(List<String> things) {
    if (things.size() > MOST) {
      return String.join(", ", things.subList(0, MOST - 1))
          + " and "
          + (things.size() - MOST + 1)
          + " more";
    }
    return things.size() == 1
        ? things.get(0)
        : String.join(", ", things.subList(0, things.size() - 1))
            + " and "
            + things.get(things.size() - 1);
  }
}
