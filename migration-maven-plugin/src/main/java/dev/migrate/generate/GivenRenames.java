package dev.migrate.generate;

import dev.migrate.model.CommandLineNames;
import dev.migrate.plan.Rename;
import dev.migrate.plan.RenamedSchema;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parses {@code migrate.rename} ({@code old:new}) and resolves the names in both schemas. It is
 * believed: the old name has to be there before and gone afterwards, the new one the other way
 * round, and both of one kind; whether they are alike does not matter.
 */
final class GivenRenames {
  private static final List<Kind> OBJECTS =
      List.of(
          Kind.TABLE,
          Kind.FOREIGN_TABLE,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.SEQUENCE,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE_TYPE,
          Kind.RANGE_TYPE,
          Kind.FUNCTION,
          Kind.PROCEDURE,
          Kind.AGGREGATE,
          Kind.COLLATION,
          Kind.TEXT_SEARCH_CONFIGURATION,
          Kind.TEXT_SEARCH_DICTIONARY,
          Kind.INDEX,
          Kind.STATISTICS);

  private static final List<Kind> PARTS =
      List.of(Kind.COLUMN, Kind.ATTRIBUTE, Kind.CONSTRAINT, Kind.TRIGGER, Kind.POLICY);

  private final Schema from;
  private final Schema to;
  private final Set<String> pairs;
  private final Set<String> used = new LinkedHashSet<>();
  private final List<Rename> decided = new ArrayList<>();
  private RenamedSchema now;

  /**
   * @param pairs such as {@code assets.name:assets.title}
   */
  GivenRenames(Schema from, Schema to, Collection<String> pairs) {
    this.from = from;
    this.to = to;
    this.pairs = new LinkedHashSet<>(pairs);
    this.now = RenamedSchema.of(from, List.of());
  }

  /** Takes those that are about schemas, and then about what is in schemas. */
  void takeObjects() {
    take(List.of(Kind.SCHEMA));
    take(OBJECTS);
  }

  /** Takes those that are about parts of objects, under the names that these have by then. */
  void takeParts() {
    take(PARTS);
    for (String pair : open()) {
      value(pair).ifPresent(rename -> take(pair, rename));
    }
  }

  /** Adds one that somebody has confirmed. */
  void add(Rename rename) {
    decided.add(rename);
    now = RenamedSchema.of(from, decided);
  }

  /**
   * @return all of them, in the order in which they are done
   */
  List<Rename> decided() {
    return List.copyOf(decided);
  }

  /**
   * @return the old schema after all that was decided
   */
  Schema now() {
    return now.schema();
  }

  /**
   * @return the pairs that nothing was found for
   */
  Set<String> open() {
    Set<String> open = new LinkedHashSet<>(pairs);
    open.removeAll(used);
    return open;
  }

  /** Again as long as there is one more: a name can be free only after another rename. */
  private void take(List<Kind> kinds) {
    int before;
    do {
      before = decided.size();
      for (String pair : open()) {
        kinds.stream()
            .flatMap(kind -> fact(kind, pair).stream())
            .findFirst()
            .ifPresent(rename -> take(pair, rename));
      }
    } while (decided.size() > before);
  }

  private void take(String pair, Rename rename) {
    used.add(pair);
    add(rename);
  }

  private Optional<Rename> fact(Kind kind, String pair) {
    for (Fact gone : from.facts().values()) {
      FactId id = now.now(gone.id());
      if (id.kind() != kind || stays(id) || !now.schema().has(id)) {
        continue;
      }
      for (Fact added : to.facts().values()) {
        if (added.id().kind() == kind
            && !now.schema().has(added.id())
            && together(id, added.id())
            && (CommandLineNames.matches(new Rename.OfFact(gone.id(), added.id()), pair)
                || CommandLineNames.matches(new Rename.OfFact(id, added.id()), pair))) {
          return Optional.of(new Rename.OfFact(id, added.id()));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the name is there afterwards, and no other rename leads to it. */
  private boolean stays(FactId id) {
    return to.has(id) && open().stream().noneMatch(pair -> leadsTo(pair, id));
  }

  private static boolean leadsTo(String pair, FactId id) {
    String name = pair.substring(pair.indexOf(':') + 1);
    return List.of(
            CommandLineNames.of(id), CommandLineNames.full(id), PlainText.line(id.lastName()))
        .contains(name);
  }

  /** A part stays in its object, and a routine keeps its arguments. */
  private static boolean together(FactId id, FactId added) {
    return switch (id.kind()) {
      case COLUMN, ATTRIBUTE, CONSTRAINT, TRIGGER, POLICY ->
          id.names().subList(0, 2).equals(added.names().subList(0, 2));
      case FUNCTION, PROCEDURE, AGGREGATE -> id.name(2).equals(added.name(2));
      default -> true;
    };
  }

  private Optional<Rename> value(String pair) {
    for (Fact type : from.facts().values()) {
      FactId id = now.now(type.id());
      if (id.kind() != Kind.ENUM || !to.has(id)) {
        continue;
      }
      List<String> before = now.schema().find(id).orElseThrow().items(Attribute.LABELS);
      List<String> after = to.find(id).orElseThrow().items(Attribute.LABELS);
      for (String gone : before) {
        for (String added : after) {
          boolean possible = !after.contains(gone) && !before.contains(added);
          if (possible
              && (CommandLineNames.matches(new Rename.OfEnumValue(id, gone, added), pair)
                  || pair.equals(
                      CommandLineNames.value(type.id(), gone)
                          + ":"
                          + CommandLineNames.value(id, added)))) {
            return Optional.of(new Rename.OfEnumValue(id, gone, added));
          }
        }
      }
    }
    return Optional.empty();
  }
}
