package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.script.RevisionFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows the revisions from which the history branches, with what follows each, and the labels of
 * the branches. Looks at the files only.
 *
 * @since 1.0.0
 */
@Mojo(name = "branches", requiresProject = false, threadSafe = true)
public class BranchesMojo extends ProjectMojo {
  @Override
  void run(Output out) {
    RevisionFiles files = files();
    RevisionGraph graph = files.graph();
    List<Revision> points = graph.branchPoints();
    out.result(
        () -> lines(graph, points),
        () -> {
          JsonObject document = document();
          Json.addRevisions(document, files, points);
          return document;
        });
  }

  private static List<String> lines(RevisionGraph graph, List<Revision> points) {
    List<String> lines = new ArrayList<>();
    for (Revision point : points) {
      lines.add(point.id() + "  " + point.message() + " (branch point)");
      for (Revision child : graph.children(point.id())) {
        String labels = String.join(", ", graph.labelsOf(child.id()));
        lines.add(
            "    -> %s  %s%s"
                .formatted(
                    child.id(), child.message(), labels.isEmpty() ? "" : " [" + labels + "]"));
      }
    }
    if (points.isEmpty()) {
      lines.add("The history has no branches.");
    }
    return lines;
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }
}
