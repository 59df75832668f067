package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.StampOutcome;
import dev.migrate.history.StampRequest;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.StampCheck;
import dev.migrate.report.Output;
import dev.migrate.report.StampText;
import dev.migrate.revision.StampPlan;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.util.List;
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
  String leftBehind() {
    return "Stopped. No script was run; mvn migrate:current says what was recorded.";
  }

  @Override
  void run(Output out) {
    StampCheck.Mode mode = StampCheck.Mode.of(stampCheck);
    StampRequest request = new StampRequest(required("to", to, "head"), purge);
    RevisionFiles files = purge ? filesOrNone() : files();
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      StampPlan planned = request.plan(read(open, files));
      List<String> notes =
          mode == StampCheck.Mode.NONE
              ? List.of()
              : check(open.target()).notes(mode, open.target(), files, planned.headsAfter());
      if (out.is("json")) {
        notes.forEach(getLog()::warn);
      }
      if (dryRun) {
        report(out, open, StampText.planned(planned, notes));
        return;
      }
      try (LogProgress progress = new LogProgress(getLog());
          LockedTarget locked = lock(open, progress)) {
        StampOutcome outcome = locked.stamp(files, request.plan(locked.state(files)), purge);
        report(out, open, StampText.of(outcome, locked.state(files).current(), notes));
      }
    }
  }

  private StampCheck check(Target target) {
    return new StampCheck(
        scratchSource(
            new ScratchParameters(scratchUrl, scratchUser, scratchPassword),
            () -> scratchVersion(target)),
        options(),
        new Scope(new TreeSet<>(list(schemas)), historyTable(), false, false),
        expect == null ? ExpectedDifferences.NOTHING : ExpectedDifferences.of(expect),
        Progress.SILENT);
  }

  private void report(Output out, OpenTarget open, StampText stamped) {
    out.result(
        stamped::lines,
        () -> {
          JsonObject document = document();
          document.addProperty("target", open.target().toString());
          stamped.add(document);
          return document;
        });
  }

  private PostgresVersion scratchVersion(Target target) {
    OptionalInt major = namedTarget().isPresent() ? target.serverMajor() : OptionalInt.empty();
    return major.isPresent()
        ? PostgresVersion.of(String.valueOf(major.getAsInt()))
        : postgresVersion();
  }
}
