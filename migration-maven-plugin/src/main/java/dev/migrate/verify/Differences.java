package dev.migrate.verify;

import dev.migrate.diff.Change;
import dev.migrate.diff.ChangeText;
import dev.migrate.diff.Diff;
import java.util.ArrayList;
import java.util.List;

/** Differences between schemas, as findings show them. */
final class Differences {
  private static final int MOST = 60;

  private Differences() {}

  static List<String> lines(Diff diff) {
    List<String> lines = new ArrayList<>();
    for (Change change : diff.changes()) {
      if (lines.size() == MOST) {
        lines.add("… and %d more".formatted(diff.changes().size() - MOST));
        break;
      }
      lines.add(ChangeText.line(change));
    }
    return lines;
  }
}
