package dev.migrate.verify;

import dev.migrate.diff.ChangeText;
import dev.migrate.diff.Diff;
import java.util.ArrayList;
import java.util.List;

/** Converts schema differences into findings of a check. */
final class SchemaFindings {
  private static final int MOST = 60;

  private SchemaFindings() {}

  static List<String> lines(Diff diff) {
    return lines(diff.changes().stream().map(ChangeText::line).toList());
  }

  static List<String> lines(List<String> all) {
    if (all.size() <= MOST) {
      return all;
    }
    List<String> lines = new ArrayList<>(all.subList(0, MOST));
    lines.add("… and %d more".formatted(all.size() - MOST));
    return lines;
  }
}
