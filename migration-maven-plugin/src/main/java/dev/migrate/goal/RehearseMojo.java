package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.backup.DatabaseCopy;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.rehearse.Rehearsal;
import dev.migrate.rehearse.RehearsalResult;
import dev.migrate.rehearse.TemplateCopy;
import dev.migrate.report.Output;
import dev.migrate.report.RehearsalText;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
      RehearsalResult seen =
          isIdle(open, files)
              ? RehearsalResult.nothing(open.target().toString(), version(open.target()))
              : rehearseOn.equals("target") ? onTarget(open, files) : onScratch(open, files);
      Supplier<List<String>> text =
          () -> out.is("html") ? RehearsalText.html(seen) : RehearsalText.of(seen);
      Supplier<JsonObject> whole =
          () -> {
            JsonObject document = document();
            document.addProperty("target", open.target().toString());
            document.add("rehearsal", RehearsalText.json(seen));
            return document;
          };
      if (seen.passed()) {
        out.result(text, whole);
      } else {
        MigrateException failure = failed(seen);
        out.result(text, whole, goal(), failure);
        throw failure;
      }
    }
  }

  /** A copy of a large database takes long, and there may be nothing to try on it. */
  private boolean isIdle(OpenTarget open, RevisionFiles files) {
    return new UpgradeRequest(to, list(rerun), outOfOrder)
        .plan(read(open, files))
        .revisions()
        .isEmpty();
  }

  private String version(Target target) {
    try (Connection connection = target.connect(purpose())) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw lost(target, e);
    }
  }

  private RehearsalResult onScratch(OpenTarget open, RevisionFiles files) {
    try (LogBackup progress = new LogBackup(getLog());
        Scratch lent = scratch(major(open.target()), lent());
        Scratch scratch = trustTarget ? lent : lent.sandbox()) {
      long start = System.nanoTime();
      DatabaseCopy copy =
          new DatabaseCopy(open.target(), purpose(), historyTable(), copies(), progress);
      try (ScratchDatabase database = copy.into(scratch, rehearseSample)) {
        return rehearse(open, DatabaseCopy.target(database), files, start, rehearseSample);
      }
    }
  }

  private RehearsalResult onTarget(OpenTarget open, RevisionFiles files) {
    long start = System.nanoTime();
    try (TemplateCopy copy = TemplateCopy.of(open.target(), purpose())) {
      return rehearse(open, copy.target(), files, start, 0);
    }
  }

  private RehearsalResult rehearse(
      OpenTarget open, Target copy, RevisionFiles files, long start, int sample) {
    Duration copied = Duration.ofNanos(System.nanoTime() - start);
    try (LogProgress progress = new LogProgress(getLog())) {
      return new Rehearsal(copy, purpose(), files, whereItIs(open.target()), progress)
          .run(
              new UpgradeRequest(to, list(rerun), outOfOrder),
              open.target().toString(),
              sample,
              copied);
    }
  }

  /** By a copy's own settings, and as another role, it might be looked for somewhere else. */
  private HistoryOptions whereItIs(Target target) {
    try (Connection connection = target.connect(purpose())) {
      return options()
          .in(HistoryTable.locate(connection, historySchema(), historyTable()).schema());
    } catch (SQLException e) {
      throw lost(target, e);
    }
  }

  private int major(Target target) {
    try (Connection connection = target.connect(purpose())) {
      return connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw lost(target, e);
    }
  }

  private static MigrateException lost(Target target, SQLException e) {
    return new MigrateException(
        FailureCode.CONNECTION,
        "The connection to %s was lost: %s.".formatted(target, e.getMessage()),
        "Run the goal again.",
        e);
  }

  private boolean lacksPower(String failure) {
    return !trustTarget && rehearseOn.equals("scratch") && failure.contains("SQLSTATE 42501");
  }

  private MigrateException failed(RehearsalResult seen) {
    return seen.failedRun()
        .map(
            run ->
                new MigrateException(
                    FailureCode.REHEARSAL_FAILED,
                    "On the copy, revision %s failed (%s): %s"
                        .formatted(
                            run.revision().title(), run.phase().word(), run.failed().orElseThrow()),
                    lacksPower(run.failed().orElseThrow())
                        ? "In scratch revisions run as a role that owns the copy and has no other"
                            + " right. If this one may do it in the target, and you trust everybody"
                            + " who may create objects there, give -Dmigrate.trustTarget=true. The"
                            + " target was not touched."
                        : "Mend the script or the rows that it names, and rehearse again; the target"
                            + " was not touched."))
        .orElseGet(
            () ->
                new MigrateException(
                    FailureCode.REHEARSAL_FAILED,
                    "The downgrades do not bring back the schema that was there before.",
                    "Mend the downgrade scripts; mvn migrate:verify shows what they leave. The target"
                        + " was not touched."));
  }

  private ScratchParameters lent() {
    return new ScratchParameters(scratchUrl, scratchUser, scratchPassword);
  }
}
