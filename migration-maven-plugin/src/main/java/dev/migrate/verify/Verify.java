package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.Progress;
import dev.migrate.model.Model;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.target.QueryConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs the checks that a release needs and that {@code verify} reports. Each ends as passed,
 * failed, skipped or not run; one that could not be run never counts as passed. When nothing has
 * changed since a run in which nothing was wrong, its results are given again.
 */
public final class Verify {
  private final VerifySettings settings;
  private final Progress progress;
  private final JavaRunner runner;
  private final Map<Check, CheckResult> results = new EnumMap<>(Check.class);

  /**
   * @param settings what is verified, and how
   * @param progress hears which revision is at work
   */
  public Verify(VerifySettings settings, Progress progress) {
    this(settings, progress, JavaRunner.NONE);
  }

  /**
   * @param settings what is verified, and how
   * @param progress hears which revision is at work
   * @param runner runs Java migrations
   */
  public Verify(VerifySettings settings, Progress progress, JavaRunner runner) {
    this.runner = Objects.requireNonNull(runner, "runner");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * @return what came of every check
   * @throws MigrateException only when results cannot be kept, parameters make no sense, or
   *     somebody was interrupted while they changed the files
   */
  public Verification run() {
    Optional<String> fingerprint = fingerprint();
    ResultCache last = new ResultCache(settings.cache().results());
    Optional<List<CheckResult>> known = fingerprint.flatMap(last::of);
    if (known.isPresent()) {
      known.get().forEach(result -> results.put(result.check(), result));
      if (!settings.skipped().containsKey(Check.TARGET)) {
        results.remove(Check.TARGET); // Nothing tells that a database has not changed.
        if (settings.target().isPresent()) {
          readFiles().map(this::withLine).ifPresent(this::targetOnly);
        } else {
          results.put(Check.TARGET, noTarget());
        }
      }
      return new Verification(inOrder(), true);
    }
    last.forget();
    settings
        .skipped()
        .forEach((check, reason) -> results.put(check, CheckResult.skipped(check, reason)));
    readFiles().map(this::withLine).ifPresent(this::check);
    Verification verification = new Verification(inOrder(), false);
    if (verification.fine() && fingerprint.isPresent()) {
      last.put(fingerprint.get(), verification.results());
    }
    return verification;
  }

  private List<CheckResult> inOrder() {
    return List.copyOf(results.values());
  }

  /** Of everything that the results depend on; none when something of it cannot be told. */
  private Optional<String> fingerprint() {
    InputDigest inputs = new InputDigest();
    try {
      settings.cache().configuration().forEach(inputs::add);
      inputs.add(settings.scope(), settings.options());
      inputs.add(settings.options().timeouts().statementTimeout().toString());
      settings.skipped().keySet().stream().sorted().forEach(check -> inputs.add(check.label()));
      settings.accepted().stream().sorted().forEach(inputs::add);
      if (settings.release().ref().isPresent()) {
        inputs.add(
            new Git(settings.folders().root(), settings.release().git(), Git.Question.CHANGED)
                .commit(settings.release().ref().get()));
      }
      settings.folders().upgrades().forEach(inputs::addFolder);
      settings.folders().downgrades().forEach(inputs::addFolder);
      RevisionFiles.read(settings.folders(), MissingFolder.ALLOW)
          .archive()
          .map(folder -> settings.folders().root().resolve(folder).getParent())
          .ifPresent(inputs::addFolder);
      ReleasedRevisions.of(
              RevisionFiles.read(settings.folders(), MissingFolder.ALLOW),
              settings.release().upTo(),
              settings.release().git())
          .ids()
          .stream()
          .sorted()
          .forEach(id -> inputs.add("released " + id));
      for (JavaMigration step :
          RevisionFiles.read(settings.folders(), MissingFolder.ALLOW).javaMigrations()) {
        inputs.add(step.toString());
      }
      inputs.add(runner.fingerprint());
      Optional<Model> model = settings.model().get();
      if (model.isPresent()) {
        if (!(model.get() instanceof Model.InFiles files)) {
          return Optional.empty();
        }
        for (Path file : files.paths()) {
          inputs.addFile(file);
        }
      }
      return Optional.of(inputs.soFar());
    } catch (MigrateException e) {
      return Optional.empty(); // The check that needs it says so.
    }
  }

  /** Explains what is missing on scratch; why a target does not answer, its own check says. */
  private List<JavaMigration> ranElsewhere() {
    if (settings.target().isEmpty() || results.containsKey(Check.TARGET)) {
      return List.of();
    }
    HistoryOptions options = settings.options();
    try (QueryConnection asking = settings.target().get().get().ask("migrate:verify")) {
      return HistoryReader.read(asking, options.schema(), options.table()).javaMigrations();
    } catch (MigrateException e) {
      return List.of();
    }
  }

  private Optional<RevisionFiles> readFiles() {
    try {
      return Optional.of(
          RevisionFiles.read(settings.folders(), MissingFolder.REFUSE)
              .recordedElsewhere(this::ranElsewhere)
              .runnableBy(runner));
    } catch (MigrateException e) {
      if (e.code() == FailureCode.UNFINISHED_CHANGE) {
        throw e; // Nothing can be said of files that are half one thing and half another.
      }
      if (!settings.skipped().containsKey(Check.FILES)) {
        results.put(
            Check.FILES, CheckResult.of(Check.FILES, "", List.of(CheckFinding.of(e)), List.of()));
      }
      giveUp("the revision files cannot be read: " + e.problem(), Check.values());
      return Optional.empty();
    }
  }

  private RevisionFiles withLine(RevisionFiles files) {
    return files.released(
        ReleasedRevisions.of(files, settings.release().upTo(), settings.release().git())::has);
  }

  private VerifyContext context(RevisionFiles files) {
    return new VerifyContext(
        settings,
        files,
        progress,
        ProofCache.in(settings.cache().proofs()),
        onlyOnce(settings.scratchSource()));
  }

  private static Supplier<ScratchSource> onlyOnce(Supplier<ScratchSource> scratchSource) {
    return new Supplier<>() {
      private ScratchSource made;

      @Override
      public ScratchSource get() {
        if (made == null) {
          made = scratchSource.get();
        }
        return made;
      }
    };
  }

  private void check(RevisionFiles files) {
    try (VerifyContext context = context(files)) {
      run(Check.FILES, () -> new FilesCheck(settings, files, context.released()).run());
      check(context);
    }
  }

  private void targetOnly(RevisionFiles files) {
    try (VerifyContext context = context(files)) {
      target(context);
    }
  }

  private void check(VerifyContext context) {
    replayAndModel(context);
    CheckResult replay = results.get(Check.REPLAY);
    if (!replay.fine()) {
      giveUp(
          replay.status() == CheckResult.Status.FAILED
              ? "the revisions do not run (see replay)"
              : "no scratch database could be used (see replay)",
          Check.REVERSIBLE,
          Check.MODEL,
          Check.COMMUTE,
          Check.DATA);
    }
    run(Check.REVERSIBLE, () -> new ReversibleCheck(context).run());
    run(Check.COMMUTE, () -> new CommuteCheck(context).run());
    run(Check.DATA, () -> new DataCheck(context).run());
    context.proofs().save();
    target(context);
  }

  /** Both look at the same database: the one that the replay leaves. */
  private void replayAndModel(VerifyContext context) {
    boolean wanted =
        !settings.skipped().containsKey(Check.REPLAY)
            || !settings.skipped().containsKey(Check.MODEL);
    if (!wanted) {
      return;
    }
    Check first = settings.skipped().containsKey(Check.REPLAY) ? Check.MODEL : Check.REPLAY;
    long start = System.nanoTime();
    try {
      ScratchWorkspace workspace = context.workspace(context.chain().size());
      Schema head = workspace.read(workspace.base(), settings.scope());
      if (first == Check.REPLAY) {
        List<String> notes = new ArrayList<>();
        head.uncovered()
            .forEach(one -> notes.add("Not covered, and not compared by any check: " + one + "."));
        notes.addAll(new IdempotenceCheck(context).notes(workspace, head));
        put(
            CheckResult.passed(
                Check.REPLAY,
                FilesCheck.count(context.chain().size(), "revision")
                    + (workspace.cached() ? ", replayed before" : ""),
                notes),
            start);
      }
      run(Check.MODEL, () -> new ModelCheck(context).run(workspace, head));
    } catch (MigrateException e) {
      put(EnvironmentFailure.result(first, e, limit()), start);
    }
  }

  private void target(VerifyContext context) {
    if (settings.target().isEmpty()) {
      results.putIfAbsent(Check.TARGET, noTarget());
      return;
    }
    run(
        Check.TARGET,
        () -> {
          try {
            return new TargetCheck(context).run(settings.target().get().get());
          } catch (MigrateException e) {
            return TargetCheck.unreachable(e);
          }
        });
  }

  private static CheckResult noTarget() {
    return CheckResult.skipped(Check.TARGET, "only with -Dmigrate.verifyTarget=true");
  }

  private void giveUp(String reason, Check... checks) {
    for (Check check : checks) {
      results.putIfAbsent(check, CheckResult.notRun(check, reason));
    }
  }

  /** A check. */
  private interface Run {
    CheckResult get() throws SQLException;
  }

  private void run(Check check, Run run) {
    if (results.containsKey(check)) {
      return;
    }
    long start = System.nanoTime();
    try {
      put(run.get(), start);
    } catch (MigrateException e) {
      put(EnvironmentFailure.result(check, e, limit()), start);
    } catch (SQLException e) {
      put(
          CheckResult.notRun(check, "the scratch database does not answer: " + e.getMessage()),
          start);
    }
  }

  private void put(CheckResult result, long start) {
    results.put(result.check(), result.after(Duration.ofNanos(System.nanoTime() - start)));
  }

  private Duration limit() {
    return settings.options().timeouts().statementTimeout();
  }

  /**
   * @param skipped names of checks
   * @return why each of these checks is left out
   * @throws MigrateException {@code INVALID_PARAMETER} for a name that no check has
   */
  public static Map<Check, String> skipped(List<String> skipped) {
    Map<Check, String> reasons = new EnumMap<>(Check.class);
    Check.named(skipped).forEach(check -> reasons.put(check, "by -Dmigrate.skipChecks"));
    if (reasons.size() == Check.values().length) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.skipChecks leaves no check.",
          "Leave the goal out with -Dmigrate.skip=true instead.");
    }
    return reasons;
  }
}
