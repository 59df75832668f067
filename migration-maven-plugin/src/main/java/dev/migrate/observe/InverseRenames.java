package dev.migrate.observe;

import dev.migrate.plan.Rename;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the renames that undo other renames: the last one first, each from where it led to where
 * it came from.
 */
public final class InverseRenames {
  private InverseRenames() {}

  public static List<Rename> of(List<Rename> renames) {
    List<Rename> inverse = new ArrayList<>();
    for (Rename rename : renames) {
      inverse.add(
          0,
          rename instanceof Rename.OfEnumValue value
              ? new Rename.OfEnumValue(value.type(), value.to(), value.from())
              : new Rename.OfFact(((Rename.OfFact) rename).to(), ((Rename.OfFact) rename).from()));
    }
    return inverse;
  }
}
