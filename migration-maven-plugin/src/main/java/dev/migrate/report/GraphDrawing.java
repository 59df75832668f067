package dev.migrate.report;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import java.util.List;
import java.util.function.Function;

final class GraphDrawing {
  private GraphDrawing() {}

  static List<String> of(
      RevisionGraph g, List<Revision> shown, Function<Revision, List<String>> text) {
    return shown.stream()
        .sorted((a, b) -> b.id().compareTo(a.id()))
        .flatMap(r -> text.apply(r).stream())
        .map(l -> "* " + l)
        .toList();
  }
}
