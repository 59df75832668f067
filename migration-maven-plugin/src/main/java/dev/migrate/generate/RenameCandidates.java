package dev.migrate.generate;

import dev.migrate.plan.Rename;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Detects possible renames: pairs of a dropped and an added object that are alike. Two pictures do
 * not show a renaming: something is gone, something like it is there, and only a person knows
 * whether it is the same thing.
 */
final class RenameCandidates {
  private static final double ALIKE = 0.5;

  private final Schema from;
  private final Schema to;

  RenameCandidates(Schema from, Schema to) {
    this.from = from;
    this.to = to;
  }

  /** Whole objects, before anything is known about what is in them. */
  List<Rename> objects() {
    List<Rename> candidates = new ArrayList<>();
    for (Fact gone : from.facts().values()) {
      if (gone.id().kind().has(Kind.Trait.WORTH_A_RENAME)
          && !to.has(gone.id())
          && !owned(from, gone)) {
        for (Fact added : to.facts().values()) {
          if (added.id().kind() == gone.id().kind()
              && !from.has(added.id())
              && !owned(to, added)
              && alike(gone, added)) {
            candidates.add(new Rename.OfFact(gone.id(), added.id()));
          }
        }
      }
    }
    return candidates;
  }

  /**
   * Columns, attributes and enum values.
   *
   * @param decided the renamings of whole objects
   */
  List<Rename> parts(List<Rename> decided) {
    List<Rename> candidates = new ArrayList<>();
    for (Fact gone : from.facts().values()) {
      Kind kind = gone.id().kind();
      if (kind == Kind.COLUMN || kind == Kind.ATTRIBUTE) {
        FactId now = moved(gone.id(), decided);
        FactId table = gone.parent().map(id -> moved(id, decided)).orElseThrow();
        if (!to.has(now) && to.has(table)) {
          to.childrenOf(table).stream()
              .filter(added -> added.id().kind() == kind)
              .filter(added -> !wasThere(added.id(), gone.parent().orElseThrow()))
              .filter(added -> sameType(gone, added))
              .forEach(added -> candidates.add(new Rename.OfFact(now, added.id())));
        }
      } else if (kind == Kind.ENUM) {
        to.find(moved(gone.id(), decided))
            .ifPresent(after -> candidates.addAll(values(gone, after)));
      }
    }
    return candidates;
  }

  private boolean wasThere(FactId column, FactId oldTable) {
    List<String> names = new ArrayList<>(oldTable.names());
    names.add(column.lastName());
    return from.has(new FactId(column.kind(), names));
  }

  private static List<Rename> values(Fact before, Fact after) {
    List<String> gone = new ArrayList<>(before.items(Attribute.LABELS));
    gone.removeAll(after.items(Attribute.LABELS));
    List<String> added = new ArrayList<>(after.items(Attribute.LABELS));
    added.removeAll(before.items(Attribute.LABELS));
    List<Rename> candidates = new ArrayList<>();
    for (String old : gone) {
      for (String wanted : added) {
        candidates.add(new Rename.OfEnumValue(after.id(), old, wanted));
      }
    }
    return candidates;
  }

  /** The identity after the renamings of what it is in. */
  private static FactId moved(FactId id, List<Rename> decided) {
    for (Rename rename : decided) {
      if (rename instanceof Rename.OfFact fact) {
        List<String> old = fact.from().names();
        if (fact.from().kind() == id.kind() && old.equals(id.names())) {
          return fact.to();
        }
        boolean part = id.kind() == Kind.COLUMN || id.kind() == Kind.ATTRIBUTE;
        if (part && old.size() == 2 && id.names().subList(0, 2).equals(old)) {
          List<String> names = new ArrayList<>(fact.to().names());
          names.add(id.lastName());
          return new FactId(id.kind(), names);
        }
      }
    }
    return id;
  }

  /** The sequence of an identity or serial column goes where its column goes. */
  private static boolean owned(Schema schema, Fact fact) {
    return fact.id().kind() == Kind.SEQUENCE && schema.has(fact.id().as(Kind.SEQUENCE_OWNER));
  }

  private boolean alike(Fact gone, Fact added) {
    if (gone.id().kind() == Kind.SCHEMA) {
      return share(inSchema(from, gone), inSchema(to, added)) >= ALIKE;
    }
    boolean moved = gone.id().lastName().equals(added.id().lastName());
    return switch (gone.id().kind()) {
      case TABLE, FOREIGN_TABLE, COMPOSITE_TYPE ->
          share(columns(from, gone), columns(to, added)) >= ALIKE;
      case FUNCTION, PROCEDURE ->
          // A third name are the arguments: other arguments are another function.
          gone.id().name(2).equals(added.id().name(2))
              && sameBut(gone, added, gone.id(), added.id());
      case ENUM ->
          share(Set.copyOf(gone.items(Attribute.LABELS)), Set.copyOf(added.items(Attribute.LABELS)))
              >= ALIKE;
      default -> moved || sameBut(gone, added, gone.id(), added.id());
    };
  }

  private static Set<String> inSchema(Schema schema, Fact namespace) {
    Set<String> objects = new HashSet<>();
    for (Fact fact : schema.childrenOf(namespace.id())) {
      if (fact.id().kind().has(Kind.Trait.WORTH_A_RENAME)) {
        objects.add(fact.id().kind() + " " + fact.id().lastName());
      }
    }
    return objects;
  }

  /** Equal but for their own name where it stands in a definition. */
  private static boolean sameBut(Fact gone, Fact added, FactId old, FactId wanted) {
    return text(gone, old, old).equals(text(added, wanted, old));
  }

  private static Map<String, String> text(Fact fact, FactId own, FactId as) {
    Map<String, String> texts = new TreeMap<>();
    int last = Math.min(1, own.names().size() - 1);
    fact.attributes()
        .forEach(
            (name, value) -> texts.put(name, plain(value).replace(own.name(last), as.name(last))));
    return texts;
  }

  private static String plain(AttributeValue value) {
    return value.toString();
  }

  private static Set<String> columns(Schema schema, Fact table) {
    Set<String> columns = new LinkedHashSet<>();
    for (Fact fact : schema.childrenOf(table.id())) {
      if (fact.id().kind() == Kind.COLUMN || fact.id().kind() == Kind.ATTRIBUTE) {
        columns.add(fact.id().lastName() + " " + fact.text(Attribute.TYPE));
      }
    }
    return columns;
  }

  private static double share(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    int most = Math.max(one.size(), other.size());
    return most == 0 ? 0 : (double) both.size() / most;
  }

  private static boolean sameType(Fact gone, Fact added) {
    return gone.text(Attribute.TYPE).equals(added.text(Attribute.TYPE));
  }
}
