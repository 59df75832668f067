package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.revision.Revision;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionWriter;
import dev.migrate.verify.BranchTrial;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Joins branches of the history: writes a revision that revises all their heads. Both are tried
 * together on a scratch database first.
 *
 * @since 1.0.0
 */
@Mojo(name = "merge", requiresProject = false, threadSafe = true)
public class MergeMojo extends SchemaMojo {
  /**
   * Why the branches are joined, in one line; made from their messages when not given.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.message")
  private String message;

  /**
   * What to join: ids or beginnings of ids, with commas between.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.revisions", defaultValue = "heads")
  private String revisions;

  /**
   * Runs the branches together on a scratch database before anything is written, and refuses where
   * a statement collides with the other branch.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.trial", defaultValue = "true")
  private boolean trial;

  @Override
  String leftBehind() {
    return filesAllOrNone();
  }

  @Override
  void run(Output out) {
    if (finishes(out)) {
      return;
    }
    RevisionFiles files = files();
    List<Revision> parents = files.graph().parentsForMerge(revisions);
    if (trial) {
      new BranchTrial(this::scratchSource, files, historyOptions(), replaying()).merge(parents);
    }
    String what =
        message == null || message.isBlank()
            ? parents.stream()
                .map(one -> one.id().toString())
                .collect(Collectors.joining(" and ", "Merge ", ""))
            : message;
    RevisionFile written =
        new RevisionWriter(files, Clock.systemUTC(), "merge")
            .write(NewRevision.merge(what, parents));
    out.result(
        () ->
            RevisionMojo.lines(
                written,
                "Leave the scripts empty unless the branches touch the same thing",
                "mvn migrate:upgrade"),
        () -> {
          JsonObject document = document();
          Json.addRevisions(document, files(), List.of(written.revision()));
          return document;
        });
  }
}
