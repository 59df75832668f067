package dev.migrate.squash;

import static java.util.stream.Collectors.joining;

import dev.migrate.diff.ChangeText;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.BaselineGuard;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Scope;
import dev.migrate.model.ModelAnnotations;
import dev.migrate.model.ModelText;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.replay.StagedProject;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.SquashPlan;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.BaselineWriter;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Squashes revisions: replaces the beginning of a history by one baseline, written from the schema
 * and the rows that the revisions give on an empty database. Nothing is written before an empty
 * database that runs the baseline has been compared with one that ran the revisions, and one that
 * runs the baseline and the rest with the head.
 */
public final class SquashHistory {
  private static final Pattern ROLE =
      Pattern.compile("(?is)(CREATE|ALTER)\\s+(ROLE|USER|GROUP)\\s.*");

  private final ScratchSource scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Progress progress;
  private final BaselineWriter writer;
  private final Clock clock;

  /**
   * @param scratchSource where scratch databases come from
   * @param files the revisions of the project
   * @param options how the history is kept
   * @param archives the folder of all archives
   * @param progress hears which revisions are replayed
   * @param clock says when the baseline is written
   * @throws MigrateException {@code INVALID_PARAMETER} when that folder lies among the scripts
   */
  public SquashHistory(
      ScratchSource scratchSource,
      RevisionFiles files,
      HistoryOptions options,
      Path archives,
      Progress progress,
      Clock clock) {
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.files = Objects.requireNonNull(files, "files");
    this.options = Objects.requireNonNull(options, "options");
    this.progress = Objects.requireNonNull(progress, "progress");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.writer = new BaselineWriter(files, archives);
    // A baseline that lacks what a project does not care to compare would lose it.
    this.scope =
        new Scope(new java.util.TreeSet<>(), options.table(), false, false)
            .withPrivileges(true)
            .withOwners(true);
  }

  /**
   * @param expression the last revision that is replaced
   * @param target where the target stands; empty when there is none to respect
   * @param message what the baseline says of itself; blank to have it say what it is
   * @param dryRun whether nothing is written
   * @return what was, or would be, written
   * @throws MigrateException {@code SQUASH_REFUSED} when the history or the target does not allow
   *     it or something would be lost, {@code PROOF_FAILED} when the baseline does not give the
   *     same; nothing is written then
   */
  public SquashResult run(
      String expression, Optional<TargetState> target, String message, boolean dryRun) {
    if (!files.leftovers().isEmpty()) {
      Revision baseline = files.graph().baseline().orElseThrow();
      return new SquashResult.Finished(
          baseline, dryRun ? files.leftovers().size() : writer.finish());
    }
    SquashPlan squash =
        files
            .graph()
            .squash(expression, target.map(TargetState::applied).orElse(java.util.Set.of()));
    target.ifPresent(state -> requireWhole(squash, state));
    requireAllThatRuns(squash);
    String title =
        message.isBlank()
            ? "Baseline up to %s".formatted(squash.upTo().message())
            : message.strip().replaceAll("\\s+", " ");
    Revision baseline = writer.revision(squash, title, clock.instant());
    try {
      return proven(squash, baseline, files.withoutCallbacks(), dryRun);
    } catch (MigrateException e) {
      if (e.code() != FailureCode.SCRIPT_FAILED || files.callbacks().isEmpty()) {
        throw e;
      }
      return provenWithCallbacks(squash, baseline, dryRun);
    }
  }

  /**
   * What only an application's Flyway runs is not on scratch, and so not in a baseline. What is
   * nowhere but in the history of a target no new database gets anyway.
   */
  private void requireAllThatRuns(SquashPlan squash) {
    List<JavaMigration> missing =
        files.recordedElsewhere(List::of).javaMigrations().stream()
            .filter(one -> isUpTo(one, squash.upTo().id()))
            .toList();
    if (!missing.isEmpty()) {
      throw new MigrateException(
          FailureCode.SQUASH_REFUSED,
          "The baseline would lack what %s, which only the Flyway of the application runs: %s."
              .formatted(
                  missing.size() == 1
                      ? "1 migration does"
                      : "%d migrations do".formatted(missing.size()),
                  missing.stream().map(JavaMigration::toString).collect(joining(", "))),
          "Compile the classes (mvn compile), so that they run on scratch; or squash up to a revision"
              + " before them: -Dmigrate.to=….");
    }
  }

  private static boolean isUpTo(JavaMigration step, RevisionId last) {
    return step.id().filter(id -> id.compareTo(last) <= 0).isPresent();
  }

  /** The project as if it had no Java migrations behind a revision. */
  private static RevisionFiles upTo(RevisionFiles some, RevisionId last) {
    return some.runnableBy(JavaRunner.only(some.javaRunner(), one -> isUpTo(one, last)));
  }

  /** The revisions need what a callback does, such as the role that they run as. */
  private SquashResult provenWithCallbacks(SquashPlan squash, Revision baseline, boolean dryRun) {
    try {
      return proven(squash, baseline, files, dryRun);
    } catch (MigrateException e) {
      if (e.code() != FailureCode.SCRIPT_FAILED && e.code() != FailureCode.PROOF_FAILED) {
        throw e;
      }
      throw new MigrateException(
          FailureCode.SQUASH_REFUSED,
          "The revisions run only together with the callbacks beside them (%s), and what these do is not the same for one baseline as for %d revisions. %s"
              .formatted(
                  files.callbacks().stream().map(Script::name).collect(joining(", ")),
                  squash.replaced().size(),
                  e.problem()),
          "Let a revision do what the others need of the callbacks, or squash up to an earlier one.",
          e);
    }
  }

  /**
   * @param scripts the project; without its callbacks wherever it goes without them: what they
   *     write, they write on every database, and it is no part of what revisions have made
   */
  private SquashResult proven(
      SquashPlan squash, Revision baseline, RevisionFiles scripts, boolean dryRun) {
    List<RevisionId> replaced = squash.replaced().stream().map(Revision::id).toList();
    RevisionFiles part = upTo(scripts.withoutRepeatables(), squash.upTo().id());
    try (ScratchWorkspace workspace = replay(part).once(replaced)) {
      return proven(squash, baseline, scripts, workspace, dryRun);
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
  }

  private SquashResult proven(
      SquashPlan squash,
      Revision baseline,
      RevisionFiles scripts,
      ScratchWorkspace workspace,
      boolean dryRun)
      throws SQLException {
    Replayed replayed = replayed(workspace);
    Schema schema = replayed.schema();
    byte[] text =
        writer.text(
            baseline,
            ModelText.of(plan(workspace, schema), schema, "The schema", ModelAnnotations.NONE)
                + replayed.rows());
    byte[] guard =
        BaselineGuard.sql(options, baseline.id(), remedy(baseline))
            .getBytes(StandardCharsets.UTF_8);
    try (StagedProject staged = StagedProject.of(scripts, squash, baseline, text, guard)) {
      prove(scripts, staged.files(), baseline.id(), workspace, replayed);
    }
    List<String> warnings = roles(squash);
    if (!dryRun) {
      writer.write(squash, baseline, text, guard);
    }
    return new SquashResult.Replaced(
        baseline,
        squash.replaced(),
        files.folders().display(writer.archive(baseline.id())),
        schema.facts().size(),
        replayed.tables().stream()
            .map(one -> new SquashResult.Table(one.name(), one.rows()))
            .toList(),
        warnings,
        new String(text, StandardCharsets.UTF_8));
  }

  /**
   * What the revisions that are to be replaced give.
   *
   * @param schema their schema
   * @param tables the tables with rows
   * @param rows SQL that writes these rows
   * @param digests what tells whether rows are the same
   */
  private record Replayed(
      Schema schema, List<DataScript.Filled> tables, String rows, Map<String, String> digests) {}

  private Replayed replayed(ScratchWorkspace workspace) throws SQLException {
    Schema schema = read(workspace, workspace.base());
    try (Connection connection = workspace.base().connect()) {
      refuseStrangers(schema, connection);
      DataScript contents = new DataScript(connection, options.table());
      List<DataScript.Filled> tables = contents.tables();
      refuseTooManyRows(tables);
      return new Replayed(schema, tables, contents.sql(tables), contents.digests());
    }
  }

  /**
   * Who has applied a part of it would be left in the middle. A new database may begin anywhere.
   */
  private static void requireWhole(SquashPlan squash, TargetState target) {
    target.require().upgradable();
    target.require().nothingFailed();
    if (target.applied().isEmpty()) {
      return;
    }
    List<Revision> missing =
        squash.replaced().stream().filter(one -> !target.applied().contains(one.id())).toList();
    if (!missing.isEmpty()) {
      throw new MigrateException(
          FailureCode.SQUASH_REFUSED,
          "The target has not applied %d of the %d revisions that would be replaced, %s for one; it would be left in the middle of the baseline."
              .formatted(missing.size(), squash.replaced().size(), missing.get(0).title()),
          "Upgrade it first with mvn migrate:upgrade -Dmigrate.to=%s, or squash no further than it is: -Dmigrate.to=current."
              .formatted(squash.upTo().id()));
    }
  }

  /** Owners count where somebody else than the one who ran the revisions was made the owner. */
  private Schema read(ScratchWorkspace workspace, ScratchDatabase database) {
    Schema schema = workspace.read(database, scope);
    String user = schema.origin().user();
    return new Schema(
        schema.facts().values().stream()
            .filter(
                fact -> fact.id().kind() != Kind.OWNER || !fact.text(Attribute.ROLE).equals(user))
            .toList(),
        schema.uncovered(),
        schema.columnOrder(),
        schema.origin());
  }

  private static void refuseStrangers(Schema schema, Connection connection) throws SQLException {
    List<String> strangers = new ArrayList<>();
    schema.uncovered().forEach(one -> strangers.add(one.toString()));
    strangers.addAll(new DataScript(connection, "").strangers());
    if (!strangers.isEmpty()) {
      throw new MigrateException(
          FailureCode.SQUASH_REFUSED,
          "The revisions make what no baseline can be written for: %s."
              .formatted(String.join("; ", strangers)),
          "Squash up to a revision before them: -Dmigrate.to=….");
    }
  }

  private static void refuseTooManyRows(List<DataScript.Filled> tables) {
    long rows = tables.stream().mapToLong(DataScript.Filled::rows).sum();
    if (rows > DataScript.MOST_ROWS) {
      throw new MigrateException(
          FailureCode.SQUASH_REFUSED,
          "The revisions write %d rows, which a baseline would repeat: %s."
              .formatted(
                  rows,
                  tables.stream()
                      .map(one -> one.name() + " (" + one.rows() + ")")
                      .collect(joining(", "))),
          "Squash up to a revision before them; a baseline takes over at most %d rows."
              .formatted(DataScript.MOST_ROWS));
    }
  }

  private Plan plan(ScratchWorkspace workspace, Schema schema) {
    try (ScratchDatabase blank = workspace.blank("empty")) {
      createHistorySchema(blank);
      Plan plan = AllRules.planner().plan(read(workspace, blank), schema, PlanOptions.standard());
      if (plan.transactions().size() > 1) {
        throw new MigrateException(
            FailureCode.NOT_SUPPORTED,
            "The schema cannot be made in one transaction.",
            "Squash up to an earlier revision.");
      }
      return plan;
    }
  }

  /** It is there before the first script runs, so no script may create it. */
  private void createHistorySchema(ScratchDatabase blank) {
    try (Connection connection = blank.connect()) {
      ScratchWorkspace.createHistorySchema(connection, options);
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
  }

  private String remedy(Revision baseline) {
    String archive = files.folders().display(writer.archive(baseline.id()));
    return "Run mvn migrate:upgrade -Dmigrate.to=%s -Dmigrate.directory=%s/%s -Dmigrate.undoDirectory=%s/%s in the project, then start again."
        .formatted(
            baseline.id(), archive, BaselineWriter.UPGRADES, archive, BaselineWriter.DOWNGRADES);
  }

  /**
   * First with the baseline alone, then both databases go on to the head.
   *
   * @param before where the revisions that are replaced have run
   */
  private void prove(
      RevisionFiles scripts,
      RevisionFiles staged,
      RevisionId baseline,
      ScratchWorkspace before,
      Replayed replayed)
      throws SQLException {
    RevisionFiles alone = upTo(staged.withoutRepeatables(), baseline);
    try (ScratchWorkspace after = replay(alone).once(List.of(baseline))) {
      requireEqual(read(after, after.base()), replayed.schema(), "the baseline");
      try (Connection connection = after.base().connect()) {
        List<String> differ =
            DataScript.differences(
                replayed.digests(), new DataScript(connection, options.table()).digests());
        if (!differ.isEmpty()) {
          throw failed("Not the same rows: " + String.join("; ", differ) + ".");
        }
      }
      replay(scripts).onward(before, ids(scripts));
      replay(staged).onward(after, ids(staged));
      requireEqual(
          read(after, after.base()),
          read(before, before.base()),
          "the baseline and the revisions after it");
    }
  }

  private Replay replay(RevisionFiles some) {
    return new Replay(scratchSource, some, options, progress);
  }

  private static List<RevisionId> ids(RevisionFiles files) {
    return files.all().stream().map(RevisionFile::id).toList();
  }

  private static void requireEqual(Schema got, Schema wanted, String what) {
    Diff diff = Diff.between(got, wanted);
    if (!diff.isEmpty() || !got.differentColumnOrder(wanted).isEmpty()) {
      throw failed(
          "From what %s would give to what the revisions give:%n%s%s"
              .formatted(
                  what,
                  diff.changes().stream()
                      .map(change -> "  " + ChangeText.line(change))
                      .collect(joining(System.lineSeparator())),
                  got.differentColumnOrder(wanted).stream()
                      .map(table -> "  order of columns of " + table)
                      .collect(joining(System.lineSeparator()))));
    }
  }

  private static MigrateException failed(String difference) {
    return new MigrateException(
        FailureCode.PROOF_FAILED,
        "The baseline does not give what the revisions give; nothing was written. " + difference,
        "This is a defect: please report it with the text above. Until it is mended, squash up to an"
            + " earlier revision.");
  }

  /** Roles belong to the server, so that no schema shows them. */
  private List<String> roles(SquashPlan squash) {
    List<String> warnings = new ArrayList<>();
    for (RevisionFile file : files.get(squash.replaced())) {
      boolean makesRoles =
          ScriptReader.runnable(file.upgrade(), options.placeholders()).statements().stream()
              .anyMatch(statement -> ROLE.matcher(statement.sql()).matches());
      if (makesRoles) {
        warnings.add(
            "%s creates or alters a role, which belongs to the server and is not in the baseline; new servers need it beforehand."
                .formatted(file.upgrade().name()));
      }
    }
    return warnings;
  }
}
