package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.BackfillRevision;
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
 * migrations, and for whatever else a person writes best. Needs no database. With {@code
 * migrate.backfill} it writes the whole of a revision that fills a column in batches, tried on a
 * scratch database.
 *
 * @since 1.0.0
 */
@Mojo(name = "revision", requiresProject = false, threadSafe = true)
public class RevisionMojo extends SchemaMojo {
  /**
   * What the revision does, in one line and any language.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.message")
  private String message;

  /**
   * What it revises: {@code head}, an id or the beginning or end of one to start a branch, {@code
   * base} to start a history of its own.
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

  /**
   * The column that the revision fills in the rows that are there, {@code table.column} or {@code
   * schema.table.column}: in batches with a commit each, so that nobody waits for long, and fit to
   * run again after it stopped half-way.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backfill")
  private String backfill;

  /**
   * With {@code migrate.backfill}: the value, an SQL expression that may name other columns of the
   * row.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.value")
  private String value;

  /**
   * With {@code migrate.backfill}: which rows get the value, as an SQL condition that no longer
   * holds for a row that has it. When it is not given, the rows that have none.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.where")
  private String where;

  @Override
  String leftBehind() {
    return filesAllOrNone();
  }

  @Override
  void run(Output out) {
    if (finishes(out)) {
      return;
    }
    String what = required("message", message, "\"Add asset location\"");
    RevisionFiles files = filesOrNone();
    List<Revision> parents = files.graph().parentsForNew(parent);
    NewRevision draft =
        draft(what, files, parents)
            .dependingOn(files.graph().dependenciesForNew(list(depends)))
            .labelled(list(label));
    RevisionFile written =
        new RevisionWriter(files, Clock.systemUTC())
            .write(irreversible ? draft.irreversible() : draft);
    report(out, files, written, "mvn migrate:upgrade");
  }

  private NewRevision draft(String what, RevisionFiles files, List<Revision> parents) {
    if (isBlank(backfill)) {
      if (!isBlank(value) || !isBlank(where)) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "-Dmigrate.%s is there, and no column that it is for."
                .formatted(isBlank(value) ? "where" : "value"),
            "Name the column with -Dmigrate.backfill=table.column.");
      }
      return NewRevision.empty(what, parents);
    }
    String expression = required("value", value, "\"lower(name)\"");
    return new BackfillRevision(scratchSource(), files, historyOptions(), scope(), replaying())
        .draft(what, parents, backfill, expression, where == null ? "" : where);
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  static List<String> lines(RevisionFile written, String task, String next) {
    List<String> lines = new ArrayList<>();
    lines.add("Revision " + written.revision().title());
    lines.add("  upgrade:   " + written.upgrade().name());
    written.downgrade().map(Script::name).ifPresent(name -> lines.add("  downgrade: " + name));
    lines.add(task + ", then run " + next + ".");
    return lines;
  }

  private void report(Output out, RevisionFiles before, RevisionFile written, String next) {
    out.result(
        () ->
            lines(
                written,
                isBlank(backfill)
                    ? "Review and fill in the scripts, and say in the model what they change in the"
                        + " schema"
                    : "Review the scripts",
                next),
        () -> {
          JsonObject document = document();
          Json.addRevisions(document, files(), List.of(written.revision()));
          return document;
        });
  }
}
