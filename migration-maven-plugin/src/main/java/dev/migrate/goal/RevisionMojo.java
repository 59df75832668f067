package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.revision.Revision;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionWriter;
import dev.migrate.script.Script;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes an empty revision, an upgrade and a downgrade script, to be filled in by hand: for data
 * migrations, and for whatever else a person writes best. Needs no database.
 *
 * @since 1.0.0
 */
@Mojo(name = "revision", requiresProject = false, threadSafe = true)
public class RevisionMojo extends ProjectMojo {
  /**
   * What the revision does, in one line and any language.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.message")
  private String message;

  /**
   * What it revises: {@code head}, an id or the beginning of one to start a branch, {@code base} to
   * start a history of its own.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.parent", defaultValue = "head")
  private String parent;

  /**
   * Branch labels, with commas between.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.label")
  private String label;

  /**
   * Revisions or labels that have to be applied before it without being its parents, with commas
   * between.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.depends")
  private String depends;

  /**
   * Writes no downgrade script: the revision cannot be taken back.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.irreversible", defaultValue = "false")
  private boolean irreversible;

  @Override
  void run(Output out) {
    String what = required("message", message, "\"Add asset location\"");
    RevisionFiles files = filesOrNone();
    List<Revision> parents = files.graph().parentsForNew(parent);
    NewRevision draft =
        NewRevision.empty(what, parents)
            .dependingOn(files.graph().dependenciesForNew(list(depends)))
            .labelled(list(label));
    RevisionFile written =
        new RevisionWriter(files, Clock.systemUTC())
            .write(irreversible ? draft.irreversible() : draft);
    report(out, files, written, "mvn migrate:upgrade");
  }

  static List<String> lines(RevisionFile written, String next) {
    List<String> lines = new ArrayList<>();
    lines.add("Revision " + written.revision().title());
    lines.add("  upgrade:   " + written.upgrade().name());
    written.downgrade().map(Script::name).ifPresent(name -> lines.add("  downgrade: " + name));
    lines.add("Review and fill in the scripts, then run " + next + ".");
    return lines;
  }

  private void report(Output out, RevisionFiles before, RevisionFile written, String next) {
    out.result(
        () -> lines(written, next),
        () -> {
          JsonObject document = document();
          Json.addRevisions(document, files(), List.of(written.revision()));
          return document;
        });
  }
}
