package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.revision.Revision;
import dev.migrate.script.RevisionFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows the revisions that no other revises. More than one means that the history has branched.
 * Looks at the files only.
 *
 * @since 1.0.0
 */
@Mojo(name = "heads", requiresProject = false, threadSafe = true)
public class HeadsMojo extends ProjectMojo {
  @Override
  void run(Output out) {
    RevisionFiles files = files();
    List<Revision> heads = files.graph().heads();
    out.result(
        () -> {
          List<String> lines = new ArrayList<>();
          heads.forEach(head -> lines.add(head.id() + "  " + head.message()));
          if (heads.isEmpty()) {
            lines.add("There are no revisions yet; write the first with mvn migrate:revision.");
          }
          if (heads.size() > 1) {
            lines.add(
                "The history has branched; join the branches with mvn migrate:merge"
                    + " -Dmigrate.message=\"…\".");
          }
          return lines;
        },
        () -> {
          JsonObject document = document();
          Json.addRevisions(document, files, heads);
          return document;
        });
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }
}
