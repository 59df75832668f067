package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.generate.Generate;
import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.RewritePolicy;
import dev.migrate.report.GenerateText;
import dev.migrate.report.Output;
import dev.migrate.verify.CommittedFiles;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the revision that brings databases from the head of the revisions to the model, with its
 * downgrade, once both are proven on a scratch database. Writes nothing when there is no
 * difference. Needs no target.
 *
 * @since 1.0.0
 */
@Mojo(name = "generate", requiresProject = false, threadSafe = true)
public class GenerateMojo extends SchemaMojo {
  /**
   * What the revision does, in one line and any language.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.message")
  private String message;

  /**
   * What was renamed, since that cannot be seen: {@code assets.name:assets.title}, several with
   * commas between; {@code none} when nothing, or nothing else, was.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rename")
  private String rename;

  /**
   * What revisions written by hand have made, the model does not have, and may be taken back:
   * {@code assets.tags}, several with commas between; {@code all}, or {@code none} to be asked
   * nothing. What is gone from the model since it was last generated needs no such word.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.drop")
  private String drop;

  /**
   * Writes the form that runs while the database is at work: indexes concurrently, constraints
   * validated after they were added, values of new columns in batches. It takes more revisions.
   * What has no such form stays as it is, and is named.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.online", defaultValue = "false")
  private boolean online;

  /**
   * The time zone of times that are stored without one, such as {@code Europe/Berlin}, for columns
   * that change between {@code timestamp} and {@code timestamp with time zone}. It is asked for at
   * a terminal; else the scripts say UTC, and that it was assumed.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.timeZone")
  private String timeZone;

  /**
   * Repeatable migrations whose files may be written anew as the model says, although somebody has
   * edited them since the last commit: names of files with commas between, or {@code all}. Without
   * it such a file is not touched. What a file said that no commit has is kept in {@code
   * .migrate/rewritten} in any case.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rewrite")
  private String rewrite;

  @Override
  String leftBehind() {
    return filesAllOrNone();
  }

  @Override
  void run(Output out) {
    if (finishes(out)) {
      return;
    }
    requireFilesOfTarget();
    GenerateResult generated = generate().run(model(), text(message), text(rename), text(drop));
    warn(generated.warnings());
    out.result(
        () -> GenerateText.of(generated),
        () -> {
          JsonObject document = document();
          GenerateText.add(generated, this::files, document);
          return document;
        });
  }

  /** Whoever lacks the files of what a database has applied would write the same change twice. */
  private void requireFilesOfTarget() {
    standing(filesOrNone(), "Whether the target has applied revisions without files")
        .ifPresent(state -> state.require().known());
  }

  private Generate generate() {
    Generate generate = new Generate(replays(filesOrNone()), questions());
    return (online ? generate.online() : generate)
        .inTimeZone(text(timeZone))
        .rewriting(
            RewritePolicy.of(
                text(rewrite), new CommittedFiles("git"), stateFolder().resolve("rewritten")));
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }
}
