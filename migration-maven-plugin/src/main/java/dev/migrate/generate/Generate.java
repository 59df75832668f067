package dev.migrate.generate;

import dev.migrate.diff.ChangeText;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileChange;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.model.JavaMadeObjects;
import dev.migrate.model.Model;
import dev.migrate.model.ModelLoader;
import dev.migrate.plan.Rename;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.BackgroundTask;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.replay.SkippedJavaMigrations;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Generates revisions, upgrade and downgrade scripts, that bring databases from the head of the
 * files to the model, and writes them once they are proven. Needs no target.
 */
public final class Generate {
  private final ReplaySettings replays;
  private final ScratchSource scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Progress progress;
  private final UserPrompt questions;
  private final PlanSource planner;
  private final boolean online;
  private final String timeZone;
  private final RewritePolicy rewriting;

  /**
   * Writes plain statements, assumes no time zone, and writes no repeatable migration anew that
   * somebody has edited.
   *
   * @param replays how revisions are replayed, and what is compared
   * @param questions whom to ask
   */
  public Generate(ReplaySettings replays, UserPrompt questions) {
    this(
        replays,
        questions,
        AllRules.planner()::plan,
        false,
        "",
        RewritePolicy.of("", file -> RewritePolicy.Kept.EDITED, Path.of(".migrate", "rewritten")));
  }

  private Generate(
      ReplaySettings replays,
      UserPrompt questions,
      PlanSource planner,
      boolean online,
      String timeZone,
      RewritePolicy rewriting) {
    this.replays = replays;
    this.scratchSource = replays.scratchSource();
    this.files = replays.files();
    this.options = replays.options();
    this.scope = replays.scope();
    this.progress = replays.progress();
    this.questions = Objects.requireNonNull(questions, "questions");
    this.planner = Objects.requireNonNull(planner, "planner");
    this.online = online;
    this.timeZone = Objects.requireNonNull(timeZone, "timeZone");
    this.rewriting = Objects.requireNonNull(rewriting, "rewriting");
  }

  /**
   * @return the same, which writes the form that runs while the database is at work
   */
  public Generate online() {
    return new Generate(
        replays,
        questions,
        PlanSource.online(new OnlinePlanner(AllRules.planner())),
        true,
        timeZone,
        rewriting);
  }

  /**
   * @param other plans what is written
   * @return the same with its plans
   */
  Generate planning(PlanSource other) {
    return new Generate(replays, questions, other, online, timeZone, rewriting);
  }

  /**
   * @param zone the time zone of times that are stored without one, as PostgreSQL names it; empty
   *     when nobody has said it
   * @return the same, with that zone in the scripts
   */
  public Generate inTimeZone(String zone) {
    return new Generate(replays, questions, planner, online, zone, rewriting);
  }

  /**
   * @param which which files of repeatable migrations may be written anew; when nobody has said it,
   *     none
   * @return the same, which keeps to that
   */
  public Generate rewriting(RewritePolicy which) {
    return new Generate(replays, questions, planner, online, timeZone, which);
  }

  /**
   * @param model the wanted schema
   * @param message what the revision does; empty to have one suggested
   * @param renames what {@code migrate.rename} says; empty when nothing is said
   * @return what was written, if there was a difference
   * @throws MigrateException {@code SEVERAL_HEADS}, {@code INVALID_MODEL}, {@code SCRIPT_FAILED}
   *     when the revisions do not run, {@code RENAME_UNDECIDED}, {@code INVALID_PARAMETER} when
   *     there is no message, {@code PROOF_FAILED}; nothing is written then
   */
  public GenerateResult run(Model model, String message, String renames) {
    return run(model, message, renames, "");
  }

  /**
   * @param model the wanted schema
   * @param message what the revision does; empty to have one suggested
   * @param renames what {@code migrate.rename} says; empty when nothing is said
   * @param drops what {@code migrate.drop} says; empty when nothing is said
   * @return what was written, if there was a difference
   * @throws MigrateException as the other; {@code DROP_UNDECIDED} when the model does not have what
   *     a revision written by hand has made; {@code REPEATABLE_OWNED} when a file of a repeatable
   *     migration would have to be written anew that may not be
   */
  public GenerateResult run(Model model, String message, String renames, String drops) {
    List<Revision> parents = files.graph().parentsForNew("head");
    List<RevisionId> all = files.graph().revisions().stream().map(Revision::id).toList();
    try (ScratchWorkspace workspace = new Replay(scratchSource, files, options, progress).of(all);
        BackgroundTask<Schema> reading =
            BackgroundTask.begin(() -> workspace.read(workspace.base(), scope))) {
      ModelLoader loader = new ModelLoader(workspace, scope, options.schema());
      Schema wanted = loader.load(model);
      ByteOrderMark.refuse(wanted);
      Schema head = reading.get();
      Diff diff = Diff.between(head, wanted);
      refuseToDropAll(model, diff);
      List<String> warnings = new ArrayList<>(loader.outOfScope());
      diff.uncovered().forEach(one -> warnings.add("not covered, and not compared: " + one));
      SkippedJavaMigrations.of(files).map(SkippedJavaMigrations::sentence).ifPresent(warnings::add);
      if (diff.isEmpty()) {
        if (isEmpty(model)) {
          warnings.add("The model %s holds no statement yet.".formatted(model.describe()));
        }
        return new GenerateResult.NoDifference(diff.columnOrder(), warnings);
      }
      List<Rename> renamed =
          new RenameDecision(head, wanted, renames, questions, command(message)).decide();
      new JavaMadeObjects(scratchSource, files, options, scope, progress)
          .refuseChange(head, wanted);
      Change change = new Change(model, workspace, head, wanted, diff, renamed, parents, warnings);
      return files.repeatables().isEmpty()
          ? change.byRevisions(message, renames, drops)
          : change.besideRepeatables(message, renames, drops);
    }
  }

  /** What leads from the head to the model. */
  private final class Change {
    private final Model model;
    private final ScratchWorkspace workspace;
    private final Schema head;
    private final Schema wanted;
    private final Diff diff;
    private final List<Rename> renamed;
    private final List<Revision> parents;
    private final List<String> warnings;
    private final Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    Change(
        Model model,
        ScratchWorkspace workspace,
        Schema head,
        Schema wanted,
        Diff diff,
        List<Rename> renamed,
        List<Revision> parents,
        List<String> warnings) {
      this.model = model;
      this.workspace = workspace;
      this.head = head;
      this.wanted = wanted;
      this.diff = diff;
      this.renamed = renamed;
      this.parents = parents;
      this.warnings = warnings;
    }

    GenerateResult.Written byRevisions(String message, String renames, String drops) {
      settle(diff, drops, command(message) + with(renames));
      ProofResult verdict = proven(source());
      return written(
          drafts(verdict, title(message, renames), parents), List.of(), List.of(), verdict);
    }

    /** They run last, so an old database and a new one may come to different ends. */
    GenerateResult.Written besideRepeatables(String message, String renames, String drops) {
      try (RepeatableChange repeatables = new RepeatableChange(replays, head, wanted)) {
        String command = command(message) + with(renames);
        settle(repeatables.ofRevisions(diff), repeatables.settle(diff, drops, command), command);
        String title = title(message, renames);
        PlanSource source = source();
        Optional<String> onNew = Optional.empty();
        if (!repeatables.touches(diff)) {
          ProofResult verdict = proven(source);
          List<NewRevision> drafts = drafts(verdict, title, parents);
          onNew = repeatables.refusedOnNew(drafts, clock);
          if (onNew.isEmpty()) {
            return written(drafts, List.of(), List.of(), verdict);
          }
        }
        List<RevisionId> below = parents.stream().map(Revision::id).toList();
        RepeatableChange.Written change =
            repeatables.change(
                workspace, renamed, source, NewRevision.generated(title, below), onNew, clock);
        List<Path> anew = change.besides().stream().map(FileChange::path).toList();
        rewriting.require(
            anew,
            command(title) + with(renames) + (drops.isBlank() ? "" : " -Dmigrate.drop=" + drops));
        return written(
            List.of(change.draft()),
            change.besides(),
            rewritten(anew, rewriting.keep(anew)),
            change.verdict());
      }
    }

    private List<GenerateResult.Rewritten> rewritten(List<Path> anew, Map<Path, Path> kept) {
      return files.repeatables().stream()
          .filter(script -> anew.contains(script.path()))
          .map(
              script ->
                  new GenerateResult.Rewritten(
                      script.name(),
                      Optional.ofNullable(kept.get(script.path())).map(files.folders()::display)))
          .toList();
    }

    private void settle(Diff changes, String drops, String command) {
      new RemovalCheck(
              new Replay(scratchSource, files, options, progress), files, scope, questions, model)
          .settle(head, wanted, changes, renamed, drops, command)
          .ifPresent(warnings::add);
    }

    private String title(String message, String renames) {
      return message.isBlank() ? suggested(diff, renamed, renames) : message.strip();
    }

    private PlanSource source() {
      return new TimeZoneDecision(workspace, questions, timeZone)
          .decide(planner, head, wanted, renamed);
    }

    private ProofResult proven(PlanSource source) {
      ProofResult verdict = new Proof(workspace, scope, source).of(head, wanted, renamed);
      if (!verdict.proven()) {
        throw failed(verdict);
      }
      return verdict;
    }

    private GenerateResult.Written written(
        List<NewRevision> drafts,
        List<? extends FileChange> besides,
        List<GenerateResult.Rewritten> anew,
        ProofResult verdict) {
      List<RevisionFile> written =
          new RevisionWriter(files, clock, "generate").write(drafts, List.copyOf(besides));
      return new GenerateResult.Written(written, anew, diff, verdict, warnings);
    }
  }

  /** A model that nobody has written yet is no wish for an empty database. */
  private static void refuseToDropAll(Model model, Diff diff) {
    if (diff.isEmpty() || !isEmpty(model)) {
      return;
    }
    throw new MigrateException(
        FailureCode.INVALID_MODEL,
        "The model %s holds no statement: everything that the revisions give would be dropped."
            .formatted(model.describe()),
        "Describe the wanted schema in it; mvn migrate:init writes what the revisions give into an"
            + " empty model. To drop everything on purpose, write the revision by hand with mvn"
            + " migrate:revision -Dmigrate.message=\"Drop everything\".");
  }

  private static boolean isEmpty(Model model) {
    return model instanceof Model.InFiles written && written.isEmpty();
  }

  private String suggested(Diff diff, List<Rename> renamed, String renames) {
    String suggestion = MessageSuggestion.of(diff.changes(), renamed);
    return questions
        .answer("What does the revision do?", suggestion)
        .orElseThrow(
            () ->
                new MigrateException(
                    FailureCode.INVALID_PARAMETER,
                    "The revision needs a message that says what it does.",
                    "Run %s%s, or give a better one."
                        .formatted(command(suggestion), with(renames))));
  }

  private static String with(String renames) {
    return renames.isBlank() ? "" : " -Dmigrate.rename=" + renames;
  }

  private String command(String message) {
    return "mvn migrate:generate"
        + (online ? " -Dmigrate.online=true" : "")
        + (message.isBlank()
            ? ""
            : " -Dmigrate.message=\"%s\"".formatted(message.strip().replace("\"", "'")));
  }

  private static List<NewRevision> drafts(
      ProofResult verdict, String message, List<Revision> parents) {
    List<NewRevision> drafts = new ArrayList<>();
    List<RevisionId> below = parents.stream().map(Revision::id).toList();
    int count = verdict.steps().size();
    for (ProofResult.Step step : verdict.steps()) {
      String title =
          count == 1 ? message : "%s (%d of %d)".formatted(message, drafts.size() + 1, count);
      drafts.add(
          NewRevision.generated(title, below)
              .running(RevisionScript.upgrade(step), RevisionScript.downgrade(step))
              .inTransaction(step.upInTransaction(), step.downInTransaction())
              .repeatable(step.upRepeatable(), step.downRepeatable()));
    }
    return drafts;
  }

  /** Everything that somebody needs who wants to know why. */
  static MigrateException failed(ProofResult verdict) {
    String nl = System.lineSeparator();
    StringBuilder problem = new StringBuilder();
    verdict
        .refusal()
        .ifPresent(
            refused -> {
              problem.append(
                  "PostgreSQL refused a statement of the %s: %s%n%n%s%n"
                      .formatted(
                          refused.upgrade() ? "upgrade" : "downgrade",
                          refused.message(),
                          refused.statement()));
              if (!refused.rows().isEmpty()) {
                problem.append(nl).append("The rows:").append(nl);
                refused.rows().forEach(row -> problem.append("  ").append(row).append(nl));
              }
            });
    if (!verdict.remains().isEmpty()) {
      problem.append("After the upgrade, this still differs from the model:").append(nl);
      verdict
          .remains()
          .forEach(change -> problem.append("  ").append(ChangeText.line(change)).append(nl));
    }
    if (!verdict.lost().isEmpty()) {
      problem.append("After the downgrade, this differs from what was there before:").append(nl);
      verdict
          .lost()
          .forEach(change -> problem.append("  ").append(ChangeText.line(change)).append(nl));
    }
    gone(verdict, true, "The upgrade takes from rows, and no hazard says so:", problem);
    gone(verdict, false, "The downgrade takes from rows, and no hazard says so:", problem);
    problem.append(nl).append("Upgrade:").append(nl).append(nl);
    problem.append(
        verdict.steps().stream().map(RevisionScript::upgrade).collect(Collectors.joining(nl)));
    problem.append(nl).append("Downgrade:").append(nl).append(nl);
    problem.append(
        verdict.steps().stream().map(RevisionScript::downgrade).collect(Collectors.joining(nl)));
    if (verdict.refusal().filter(ProofResult.Refused::forRows).isPresent()) {
      return new MigrateException(
          FailureCode.PROOF_FAILED,
          "Rows that revisions have written do not fit; nothing was written. " + problem,
          "Write a data revision first, with mvn migrate:revision: an UPDATE or DELETE that brings"
              + " these rows along. Then run mvn migrate:generate again.");
    }
    return new MigrateException(
        FailureCode.PROOF_FAILED,
        "The scripts do not do what they should; nothing was written. " + problem,
        "This is a defect of the planner: please report it with the text above. Until it is mended,"
            + " write the revision by hand with mvn migrate:revision.");
  }

  private static void gone(
      ProofResult verdict, boolean upgrade, String title, StringBuilder problem) {
    String lines =
        verdict.gone().stream()
            .filter(one -> one.upgrade() == upgrade)
            .map(one -> "  " + one.what() + System.lineSeparator())
            .collect(Collectors.joining());
    if (!lines.isEmpty()) {
      problem.append(title).append(System.lineSeparator()).append(lines);
    }
  }
}
