package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.StampOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.StampCheck;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.StampPlan;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Records where the target stands without running any script: for a database that got its schema in
 * another way, or after something was finished by hand.
 *
 * @since 1.0.0
 */
@Mojo(name = "stamp", requiresProject = false, threadSafe = true)
public class StampMojo extends MovingMojo {
  /**
   * Which revision the target has: an id or the beginning or end of one, {@code head}, {@code
   * base}, {@code <label>@head}, several with commas between; {@code current} records the files of
   * the applied revisions as they are now.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to")
  private String to;

  /**
   * Says what would be recorded, and changes nothing.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * Also records as not applied what the history knows and the files do not: revisions and
   * repeatable migrations whose files are gone for good.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.purge", defaultValue = "false")
  private boolean purge;

  /**
   * What happens when the target has another schema than the revisions give that are about to be
   * recorded, which are replayed on scratch for that: {@code warn} says how it differs and records
   * all the same, {@code fail} records nothing, {@code none} does not compare.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.stampCheck", defaultValue = "warn")
  private String stampCheck;

  /**
   * The schemas that are compared, with commas between; when it is not given, all that users have
   * made.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.schemas")
  private String schemas;

  /**
   * What may be in the target although no revision makes it, so that it counts as no difference:
   * {@code partitions} for those of tables that the revisions make; {@code extension:pg_stat*},
   * {@code schema:monitoring}, {@code table:public.tmp_*} by kind; {@code audit.*} of any kind;
   * several with commas between.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.expect")
  private String expect;

  /**
   * The URL of a server that takes the scratch database of that comparison, {@code
   * jdbc:postgresql://host:5432/postgres}, for revisions that need what the embedded PostgreSQL
   * does not have. The role needs the right to create databases; nothing but databases of the name
   * {@code migrate_scratch_…} is touched there. On the command line it is {@code
   * -Dmigrate.scratchUrl}.
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

  @Override
  void run(Output out) {
    if (!List.of("warn", "fail", "none").contains(stampCheck)) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.stampCheck=%s is none of the choices.".formatted(stampCheck),
          "Give warn, fail or none.");
    }
    String wanted = required("to", to, "head");
    RevisionFiles files = purge ? filesOrNone() : files();
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      TargetState state = read(open, files);
      StampPlan planned = plan(state, wanted);
      List<String> notes =
          stampCheck.equals("none")
              ? List.of()
              : compare(open.target(), files, planned.headsAfter());
      if (out.is("json")) {
        notes.forEach(getLog()::warn);
      }
      if (dryRun) {
        StampPlan plan = planned;
        report(
            out,
            open,
            new StampOutcome(
                plan.toRecord(), plan.toTakeBack(), List.of(), List.of(), List.of(), false),
            plan.headsAfter(),
            "would be ",
            notes);
        return;
      }
      try (LogProgress progress = new LogProgress(getLog());
          LockedTarget locked = lock(open, progress)) {
        StampOutcome outcome = locked.stamp(files, plan(locked.state(files), wanted), purge);
        report(out, open, outcome, locked.state(files).current(), "", notes);
      }
    }
  }

  /** Whoever cannot have a scratch database is not kept from recording what he knows. */
  private List<String> compare(Target target, RevisionFiles files, List<Revision> heads) {
    boolean fails = stampCheck.equals("fail");
    Optional<String> difference;
    try {
      difference =
          new StampCheck(
                  scratchSource(target),
                  options(),
                  new Scope(new TreeSet<>(list(schemas)), historyTable(), false, false),
                  expect == null ? ExpectedDifferences.NOTHING : ExpectedDifferences.of(expect),
                  Progress.SILENT)
              .difference(target, files, heads);
    } catch (MigrateException e) {
      if (fails) {
        throw e;
      }
      return List.of(
          "Whether the target has the schema that is recorded was not found out. " + e.problem());
    }
    if (difference.isPresent() && fails) {
      throw new MigrateException(
          FailureCode.DRIFT,
          difference.get() + " Nothing was recorded.",
          "Look whether it is the right database and the right revision (mvn migrate:diff"
              + " -Dmigrate.from=head -Dmigrate.to=target compares with the head);"
              + " -Dmigrate.stampCheck=warn records it all the same.");
    }
    return difference
        .map(
            text ->
                text
                    + " A stamp only records and changes nothing else: look whether it is the right"
                    + " database and the right revision.")
        .stream()
        .toList();
  }

  private ScratchSource scratchSource(Target target) {
    String lent = SecretParameter.value(scratchUrl);
    if (lent != null && !lent.isBlank()) {
      return new ScratchSource.Borrowed(
          lent.strip(), scratchUser, SecretParameter.value(scratchPassword));
    }
    OptionalInt major = namedTarget().isPresent() ? target.serverMajor() : OptionalInt.empty();
    PostgresVersion version =
        major.isPresent()
            ? PostgresVersion.of(String.valueOf(major.getAsInt()))
            : postgresVersion();
    return new ScratchSource.Embedded(installation(version), stateFolder().resolve("scratch"));
  }

  private StampPlan plan(TargetState state, String wanted) {
    state.require().understood();
    if (!purge) {
      state.require().known();
    }
    return state.graph().stamp(state.known(), wanted);
  }

  private void report(
      Output out,
      OpenTarget open,
      StampOutcome outcome,
      List<Revision> current,
      String mood,
      List<String> notes) {
    out.result(
        () -> {
          List<String> lines = new ArrayList<>(notes);
          tell(lines, outcome.recorded(), mood + "recorded as applied");
          tell(lines, outcome.takenBack(), mood + "recorded as not applied");
          tell(lines, outcome.recordedAgain(), mood + "recorded again, as their files are now");
          if (!outcome.forgotten().isEmpty()) {
            lines.add(
                "Not in the files, recorded as not applied: "
                    + String.join(
                        ", ", outcome.forgotten().stream().map(RevisionId::toString).toList()));
          }
          if (!outcome.repeatables().isEmpty()) {
            lines.add(
                "Not in the files, recorded as not run: "
                    + String.join(", ", outcome.repeatables()));
          }
          if (outcome.started()) {
            lines.add("The database had no history; one was begun.");
          }
          if (outcome.isEmpty()) {
            lines.add("The history says so already; nothing was changed.");
          }
          lines.add(
              dryRun
                  ? "Nothing was changed. The history would be at %s.".formatted(position(current))
                  : "No script was run. The history is at %s.".formatted(position(current)));
          return lines;
        },
        () -> {
          JsonObject document = document();
          document.addProperty("target", open.target().toString());
          document.addProperty("dryRun", dryRun);
          Json.addOutcome(document, outcome);
          document.add("current", Json.idsOf(current));
          return document;
        });
  }

  private static void tell(List<String> lines, List<Revision> revisions, String what) {
    if (!revisions.isEmpty()) {
      lines.add(StateText.count(revisions.size(), "revision") + " " + what + ":");
      revisions.forEach(revision -> lines.add("  " + revision.id() + "  " + revision.message()));
    }
  }

  private static String position(List<Revision> heads) {
    return heads.isEmpty()
        ? "base"
        : String.join(", ", heads.stream().map(Revision::title).toList());
  }
}
