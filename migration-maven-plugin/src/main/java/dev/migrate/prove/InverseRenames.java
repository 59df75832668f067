package dev.migrate.prove;

import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import java.util.ArrayList;
import java.util.List;

/**
 * What takes renames back. As on the way there, objects come first and then what is in them, under
 * the names that the objects have by then.
 */
final class InverseRenames {
  private final List<Rename.OfFact> objects = new ArrayList<>();

  private InverseRenames() {}

  static List<Rename> of(List<Rename> renames) {
    InverseRenames inverse = new InverseRenames();
    List<Rename> parts = new ArrayList<>();
    for (Rename rename : renames) {
      if (rename instanceof Rename.OfFact fact && !isPart(fact.from())) {
        inverse.objects.add(new Rename.OfFact(fact.to(), fact.from()));
      } else {
        parts.add(rename);
      }
    }
    List<Rename> all = new ArrayList<>(inverse.objects);
    parts.forEach(part -> all.add(inverse.ofPart(part)));
    return all;
  }

  private static boolean isPart(FactId id) {
    return switch (id.kind()) {
      case COLUMN, ATTRIBUTE -> true;
      default -> false;
    };
  }

  private Rename ofPart(Rename part) {
    if (part instanceof Rename.OfEnumValue value) {
      return new Rename.OfEnumValue(before(value.type()), value.to(), value.from());
    }
    Rename.OfFact fact = (Rename.OfFact) part;
    return new Rename.OfFact(before(fact.to()), before(fact.from()));
  }

  /** The identity with the name that its object has again. */
  private FactId before(FactId id) {
    for (Rename.OfFact object : objects) {
      List<String> names = object.from().names();
      if (id.names().size() >= names.size() && id.names().subList(0, names.size()).equals(names)) {
        List<String> old = new ArrayList<>(object.to().names());
        old.addAll(id.names().subList(names.size(), id.names().size()));
        return new FactId(id.kind(), old);
      }
    }
    return id;
  }
}
