package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.rehearse.RehearsalResult;
import dev.migrate.rehearse.TargetRehearsal;
import dev.migrate.report.Output;
import dev.migrate.report.RehearsalText;
import dev.migrate.scratch.Scratch;
import dev.migrate.script.RevisionFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Runs the pending revisions on a copy of the target: up, down, and up again. Reports for each how
 * long it takes, which tables it locks how strongly and for how long, which it writes again, how
 * many rows each has before and after, how much disk it takes, what fails, and whether the
 * downgrades bring schema and rows back. The target is read and not touched. {@code
 * -Dmigrate.format=html -Dmigrate.output=target/rehearsal.html} writes a page.
 *
 * @since 1.0.0
 */
@Mojo(name = "rehearse", requiresProject = false, threadSafe = true)
public class RehearseMojo extends MovingMojo {
  /**
   * Up to where: as for {@code migrate:upgrade}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to", defaultValue = "head")
  private String to;

  /**
   * Whether a pending script without a header may run although the target has applied one of a
   * higher version: as for {@code migrate:upgrade}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.outOfOrder", defaultValue = "false")
  private boolean outOfOrder;

  /**
   * Revisions that stopped half-way outside a transaction and may run again from their beginning:
   * as for {@code migrate:upgrade}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rerun")
  private String rerun;

  /**
   * Where the copy is made: {@code scratch}, an embedded PostgreSQL of the target's major version,
   * from a snapshot; or {@code target}, the target's own server, by {@code CREATE DATABASE …
   * TEMPLATE}, while nobody is connected to the target.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rehearseOn", defaultValue = "scratch")
  private String rehearseOn;

  /**
   * Copies at most this many rows of each table, and those that their foreign keys point to; 0
   * copies all. Only for the copy in scratch.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rehearseSample", defaultValue = "0")
  private int rehearseSample;

  /**
   * The URL of a server that takes the scratch database, {@code
   * jdbc:postgresql://host:5432/postgres}, for databases that need what the embedded PostgreSQL
   * does not have. It must be of the target's major version, and the role needs the right to create
   * databases; nothing but databases of the name {@code migrate_scratch_…} is touched there. On the
   * command line it is {@code -Dmigrate.scratchUrl}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter scratchUrl;

  /**
   * The role to connect to {@code migrate.scratchUrl} as, unless the URL says it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.scratchUser")
  private String scratchUser;

  /**
   * The password of that role, unless the URL says it. On the command line it is {@code
   * -Dmigrate.scratchPassword}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter scratchPassword;

  /**
   * Drops what killed restores and rehearsals of this target have left: databases beside it, and
   * files of copies. At a terminal each is asked for; else without this they are only named.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.sweep", defaultValue = "false")
  private boolean sweep;

  @Override
  List<String> formats() {
    return List.of("text", "json", "html");
  }

  /**
   * Whether everybody who may create objects in the target is trusted like the project itself. Else
   * what comes from it is loaded into scratch as a role without power, and what only a superuser
   * can load there is refused by name.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.trustTarget", defaultValue = "false")
  private boolean trustTarget;

  @Override
  String leftBehind() {
    return "Stopped. The target was only read. What is left of its copy the next mvn migrate:rehearse names,"
        + " and drops with -Dmigrate.sweep=true.";
  }

  @Override
  void run(Output out) {
    if (!List.of("scratch", "target").contains(rehearseOn) || rehearseSample < 0) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "There is no rehearsal on \"%s\" with a sample of %d."
              .formatted(rehearseOn, rehearseSample),
          "Give -Dmigrate.rehearseOn=scratch or target, and 0 or more rows.");
    }
    RevisionFiles files = files();
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      sweep(open.target(), sweep);
      TargetRehearsal rehearsal =
          new TargetRehearsal(
              open.target(),
              purpose(),
              files,
              options(),
              new UpgradeRequest(to, list(rerun), outOfOrder));
      RehearsalResult seen =
          rehearsal.isIdle(read(open, files)) ? rehearsal.nothing() : rehearse(rehearsal);
      Supplier<List<String>> text =
          () -> out.is("html") ? RehearsalText.html(seen) : RehearsalText.of(seen);
      Supplier<JsonObject> whole =
          () -> {
            JsonObject document = document();
            document.addProperty("target", open.target().toString());
            document.add("rehearsal", RehearsalText.json(seen));
            return document;
          };
      Optional<MigrateException> failure =
          seen.failure(rehearseOn.equals("scratch") && !trustTarget);
      if (failure.isEmpty()) {
        out.result(text, whole);
      } else {
        out.result(text, whole, goal(), failure.get());
        throw failure.get();
      }
    }
  }

  private RehearsalResult rehearse(TargetRehearsal rehearsal) {
    try (LogProgress progress = new LogProgress(getLog());
        LogBackup copying = new LogBackup(getLog())) {
      if (rehearseOn.equals("target")) {
        return rehearsal.onTarget(progress);
      }
      try (Scratch lent = scratch(rehearsal.serverMajor(), lent());
          Scratch scratch = trustTarget ? lent : lent.sandbox()) {
        return rehearsal.onScratch(scratch, copies(), rehearseSample, copying, progress);
      }
    }
  }

  private ScratchParameters lent() {
    return new ScratchParameters(scratchUrl, scratchUser, scratchPassword);
  }
}
