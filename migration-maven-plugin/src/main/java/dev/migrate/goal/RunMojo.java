package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.backup.Backup;
import dev.migrate.backup.Manifest;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.history.BaselineGuard;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.loss.DataLoss;
import dev.migrate.loss.SideEffectReader;
import dev.migrate.parser.PostgresParser;
import dev.migrate.report.Durations;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import dev.migrate.script.ScriptStatement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Parameter;

/** Upgrade and downgrade: two directions of one errand. */
abstract class RunMojo extends MovingMojo {
  /**
   * Lists what would run, from where the target really stands, and changes nothing.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * A file that takes what would run as one script for psql, history rows included; nothing is
   * changed. Relative to the project's directory.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.sql")
  private String sql;

  /**
   * Whether a backup is taken before anything is changed: {@code always}, {@code never}, or {@code
   * auto}: when one of the scripts can lose data (it drops a table or a column, changes a type,
   * deletes or updates rows, or does what cannot be read off it) and there are rows to lose. With
   * {@code always} it is taken even when nothing is pending.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backup", defaultValue = "auto")
  private String backup;

  /**
   * The folder of the backups, relative to the project's directory. Where the plugin creates it,
   * Git ignores it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupDirectory", defaultValue = "backups")
  private String backupDirectory;

  /**
   * What writes the backup: {@code pg_dump}, {@code jdbc} (our own engine), or {@code auto}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupEngine", defaultValue = "auto")
  private String backupEngine;

  /**
   * The {@code pg_dump} to use, or its folder; when it is not given, it is looked for.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.pgDump")
  private String pgDump;

  /**
   * What to put before {@code pg_dump}, for a database in a container: {@code docker compose exec
   * -T db}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupCommand")
  private String backupCommand;

  /**
   * Lets our own engine take a backup that lacks what only {@code pg_dump} knows, such as security
   * labels. Without it the goal refuses; with it the backup says what it lacks.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupIncomplete", defaultValue = "false")
  private boolean backupIncomplete;

  /**
   * Revisions that stopped half-way outside a transaction and may run again from their beginning:
   * ids or beginnings of ids, with commas between. Without it, and without {@code -- rerun: safe}
   * in the header of the script, such a revision waits until somebody has mended it and recorded
   * that with {@code migrate:stamp}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rerun")
  private String rerun;

  abstract RevisionPlan plan(TargetState state);

  /** The repeatable migrations that run after a plan. */
  abstract List<Script> repeatables(TargetState state, RevisionPlan plan);

  /** The Java migrations that run with a plan. */
  abstract List<JavaMigration> javaMigrations(TargetState state, RevisionPlan plan);

  /** The scripts that Flyway runs beside a plan. */
  abstract List<Script> callbacks(RevisionFiles files);

  /** Fails when the plan cannot be run to its end, before anything is done for it. */
  void refuse(RevisionPlan plan, TargetState state, LockedTarget target) {}

  /** The script of a revision that is about to run; null when there is none. */
  abstract Script script(RevisionFile file);

  abstract RunOutcome move(
      LockedTarget target, RevisionFiles files, RevisionPlan plan, Set<RevisionId> rerun);

  /**
   * @return the revisions that {@code migrate.rerun} names
   */
  final Set<RevisionId> rerun(TargetState state) {
    return state.resolve(rerunNames());
  }

  final List<String> rerunNames() {
    return list(rerun);
  }

  /** Whoever asks for more than there is to do should know that nothing came of it. */
  private void tellOfNeedlessRerun(TargetState state) {
    for (RevisionId id : rerun(state)) {
      boolean halfWay =
          state.history().failed().containsKey(id)
              || state.history().failedDowngrades().containsKey(id);
      if (!halfWay) {
        getLog()
            .info(
                "Revision %s did not stop half-way, so there is nothing to run again for migrate.rerun."
                    .formatted(id));
      }
    }
  }

  abstract String preview(OpenTarget open, RevisionFiles files);

  abstract String verb();

  final void move(Output out) {
    RevisionFiles files = files();
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      if (sql != null && !sql.isBlank()) {
        writePreview(open, files, out);
      } else if (dryRun) {
        listPlan(open, files, out);
      } else {
        run(open, files, out);
      }
    }
  }

  private void run(OpenTarget open, RevisionFiles files, Output out) {
    try (LogProgress progress = new LogProgress(getLog());
        LockedTarget locked = lock(open, progress)) {
      TargetState before = locked.state(files);
      RevisionPlan plan = plan(before);
      refuse(plan, before, locked);
      tellOfNeedlessRerun(before);
      if (!plan.revisions().isEmpty()) {
        getLog()
            .info(
                "%s to %s, from %s:"
                    .formatted(
                        StateText.count(plan.revisions().size(), "revision"),
                        verb(),
                        position(before.current())));
      }
      Optional<Manifest> safety =
          backUp(open, files, plan, repeatables(before, plan), javaMigrations(before, plan));
      long start = System.nanoTime();
      RunOutcome outcome = moved(locked, files, plan, before, safety);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      TargetState after = locked.state(files);
      out.result(
          () -> {
            List<String> lines = new ArrayList<>(summary(plan, outcome, after, took));
            oneWay(plan, files).ifPresent(lines::add);
            safety.ifPresent(backup -> lines.add("Backup of before: " + backup.name()));
            return lines;
          },
          () -> document(open, outcome, after, took));
    }
  }

  /** The failure of a run also says how to get back what was there before. */
  private RunOutcome moved(
      LockedTarget locked,
      RevisionFiles files,
      RevisionPlan plan,
      TargetState before,
      Optional<Manifest> safety) {
    try {
      return move(locked, files, plan, rerun(before));
    } catch (MigrateException e) {
      if (safety.isEmpty() || isWhereItWas(locked, files, before, e)) {
        throw e;
      }
      throw new MigrateException(
          e.code(),
          e.problem(),
          e.remedy()
              + System.lineSeparator()
              + "To go back to where the database stood before: mvn migrate:restore"
              + " -Dmigrate.backupName=%s -Dmigrate.force=true".formatted(safety.get().name())
              + elsewhere(),
          e);
    }
  }

  /** Whether nothing is to be brought back, as when the first script was rolled back. */
  private static boolean isWhereItWas(
      LockedTarget locked, RevisionFiles files, TargetState before, MigrateException failure) {
    try {
      TargetState now = locked.state(files);
      return now.applied().equals(before.applied())
          && now.in(Status.FAILED).equals(before.in(Status.FAILED))
          && now.in(Status.DOWNGRADE_FAILED).isEmpty();
    } catch (MigrateException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  /** The POM may not say where the backups are. */
  private String elsewhere() {
    return backupDirectory.equals("backups")
        ? ""
        : " \"-Dmigrate.backupDirectory=" + backupDirectory + "\"";
  }

  private Optional<Manifest> backUp(
      OpenTarget open,
      RevisionFiles files,
      RevisionPlan plan,
      List<Script> repeatables,
      List<JavaMigration> java) {
    if (!List.of("always", "auto", "never").contains(backup)) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.backup=%s is none of the choices.".formatted(backup),
          "Give always, auto or never.");
    }
    boolean idle = plan.revisions().isEmpty() && repeatables.isEmpty() && java.isEmpty();
    if (backup.equals("never") || idle && !backup.equals("always")) {
      return Optional.empty();
    }
    BackupSettings settings =
        BackupSettings.of(
            directory().resolve(backupDirectory),
            backupEngine,
            pgDump,
            backupCommand,
            backupIncomplete);
    try (LogBackup progress = new LogBackup(getLog())) {
      Backup before =
          new Backup(open.target(), purpose(), historyTable(), settings.options(), progress);
      if (backup.equals("auto")) {
        Optional<String> loss =
            before.hasRows()
                ? lossBy(java).or(() -> loss(open, files, plan, repeatables))
                : Optional.empty();
        if (loss.isEmpty()) {
          return Optional.empty();
        }
        Optional<Manifest> already = before.ofThisVeryState();
        if (already.isPresent()) {
          getLog()
              .info(
                  "No second backup because of: %s. %s is verified, and nothing was written since."
                      .formatted(loss.get(), already.get().name()));
          return already;
        }
        getLog().info("A backup first, because of: " + loss.get());
      }
      Manifest manifest =
          before.take(
              TargetPosition.of(open.target(), purpose(), historySchema(), historyTable(), files));
      getLog().info("Backed up as " + manifest.name() + ".");
      return Optional.of(manifest);
    }
  }

  /** What a class does with rows nobody can read off. */
  private static Optional<String> lossBy(List<JavaMigration> java) {
    return java.stream()
        .findFirst()
        .map(step -> "%s: nobody can tell what a Java migration does with rows".formatted(step));
  }

  /** In the order in which they run: what one script makes, the next one may call. */
  private Optional<String> loss(
      OpenTarget open, RevisionFiles files, RevisionPlan plan, List<Script> repeatables) {
    DataLoss losses = losses(open);
    for (Script script : callbacks(files)) {
      Optional<String> loss = loss(losses, script.name(), script);
      if (loss.isPresent()) {
        return loss;
      }
    }
    for (RevisionFile file : files.get(plan.revisions())) {
      Script script = script(file);
      Optional<String> loss =
          script == null ? Optional.empty() : loss(losses, file.id().toString(), script);
      if (loss.isPresent()) {
        return loss;
      }
    }
    for (Script script : repeatables) {
      Optional<String> loss = loss(losses, script.name(), script);
      if (loss.isPresent()) {
        return loss;
      }
    }
    return Optional.empty();
  }

  private DataLoss losses(OpenTarget open) {
    PostgresParser parser = new PostgresParser();
    parser.prepare();
    return new DataLoss(SideEffectReader.read(open.target(), purpose()), parser);
  }

  private Optional<String> loss(DataLoss losses, String title, Script script) {
    String text = script.text();
    if (BaselineGuard.is(text)) {
      return Optional.empty();
    }
    List<String> statements =
        ScriptReader.lenient(script, options().placeholders()).statements().stream()
            .map(ScriptStatement::sql)
            .toList();
    return losses.in(text, statements).map(what -> title + ": " + what);
  }

  private static List<String> summary(
      RevisionPlan plan, RunOutcome outcome, TargetState after, Duration took) {
    List<String> lines = new ArrayList<>();
    if (plan instanceof RevisionPlan.Nothing nothing) {
      lines.add(nothing.explanation());
    } else {
      lines.add(
          "Done in %s. Now at %s.".formatted(Durations.text(took), position(after.current())));
      remark(plan, lines);
    }
    if (outcome.repeatables() > 0) {
      lines.add(StateText.count(outcome.repeatables(), "repeatable migration") + " ran.");
    }
    return lines;
  }

  /** Which of the revisions that have just run cannot be taken back. */
  Optional<String> oneWay(RevisionPlan plan, RevisionFiles files) {
    return Optional.empty();
  }

  private static void remark(RevisionPlan plan, List<String> lines) {
    if (plan instanceof RevisionPlan.Steps steps && !steps.remark().isEmpty()) {
      lines.add(steps.remark());
    }
  }

  private JsonObject document(
      OpenTarget open, RunOutcome outcome, TargetState after, Duration took) {
    JsonObject document = document();
    document.addProperty("target", open.target().toString());
    Json.addOutcome(document, outcome);
    document.addProperty("millis", took.toMillis());
    document.add("current", Json.idsOf(after.current()));
    return document;
  }

  private void listPlan(OpenTarget open, RevisionFiles files, Output out) {
    TargetState state = read(open, files);
    RevisionPlan plan = plan(state);
    out.result(
        () -> planned(plan, files, state),
        () -> {
          JsonObject document = document();
          document.addProperty("target", open.target().toString());
          document.addProperty("dryRun", true);
          document.add("planned", Json.idsOf(plan.revisions()));
          document.add("current", Json.idsOf(state.current()));
          document.add("currentAfter", Json.idsOf(plan.headsAfter()));
          return document;
        });
  }

  private List<String> planned(RevisionPlan plan, RevisionFiles files, TargetState state) {
    List<String> lines = new ArrayList<>();
    List<Script> repeatables = repeatables(state, plan);
    List<JavaMigration> java = javaMigrations(state, plan);
    if (plan instanceof RevisionPlan.Nothing nothing) {
      lines.add(nothing.explanation());
      tell(repeatables, java, lines);
      return lines;
    }
    lines.add(
        "Dry run: %s to %s, from %s to %s:"
            .formatted(
                StateText.count(plan.revisions().size(), "revision"),
                verb(),
                position(state.current()),
                position(plan.headsAfter())));
    for (RevisionFile file : files.get(plan.revisions())) {
      lines.add("  %s  %s  %s".formatted(file.id(), file.revision().message(), scriptName(file)));
    }
    tell(repeatables, java, lines);
    remark(plan, lines);
    lines.add("Nothing was changed.");
    return lines;
  }

  private static void tell(List<Script> repeatables, List<JavaMigration> java, List<String> lines) {
    for (JavaMigration step : java) {
      lines.add("  Java migration: " + step);
    }
    for (Script script : repeatables) {
      lines.add("  repeatable, new or changed: " + script.name());
    }
  }

  /** The script that would run, or the lack of it. */
  private String scriptName(RevisionFile file) {
    boolean up = goal().equals("upgrade");
    String reversible = file.downgrade().isPresent() ? "" : " (irreversible)";
    return up
        ? file.upgrade().name() + reversible
        : file.downgrade().map(Script::name).orElse("no downgrade script: it would stop here");
  }

  private void writePreview(OpenTarget open, RevisionFiles files, Output out) {
    Path file = directory().resolve(sql);
    String script = preview(open, files);
    try {
      if (file.getParent() != null) {
        Disk.createFolders(file.getParent());
      }
      Disk.replace(file, script);
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The script cannot be written to %s: %s.".formatted(file, e.getMessage()),
          "Give a file in a folder that you may write to with -Dmigrate.sql.",
          e);
    }
    out.result(
        () ->
            List.of(
                "Written to " + file + "; nothing was changed.",
                "Read it, then run it with psql -X -f \"%s\" \"%s\"."
                    .formatted(directory().relativize(file), open.target())),
        () -> {
          JsonObject document = document();
          document.addProperty("target", open.target().toString());
          document.addProperty("sql", file.toString());
          return document;
        });
  }

  private static String position(List<Revision> heads) {
    return heads.isEmpty()
        ? "base"
        : heads.stream().map(Revision::title).collect(Collectors.joining(", "));
  }
}
