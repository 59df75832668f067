package dev.migrate.lint;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.observe.TableWatch;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.FlywayPlaceholders;
import dev.migrate.script.Placeholders;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The linter: says what the upgrade scripts of revisions do to a database that is in use. */
public final class Lint {
  private final Supplier<ScratchSource> scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Map<Rule, String> off;
  private final Progress progress;
  private final SqlGrammar grammar;

  /** Whose tables count as being in use. */
  public enum Deployment {
    /** All revisions come in one deployment: tables that one of them creates are not in use yet. */
    TOGETHER,
    /** Each revision was a deployment of its own. */
    EACH
  }

  /**
   * @param scratchSource where scratch databases come from; asked only when there is something to
   *     lint
   * @param files the revisions
   * @param options how a history is kept and how long statements may run
   * @param off rules that are switched off, and why
   * @param progress hears which revision is at work
   */
  public Lint(
      Supplier<ScratchSource> scratchSource,
      RevisionFiles files,
      HistoryOptions options,
      Map<Rule, String> off,
      Progress progress) {
    this(scratchSource, files, options, off, progress, SqlGrammar.postgres());
  }

  Lint(
      Supplier<ScratchSource> scratchSource,
      RevisionFiles files,
      HistoryOptions options,
      Map<Rule, String> off,
      Progress progress,
      SqlGrammar grammar) {
    this.grammar = grammar;
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.files = Objects.requireNonNull(files, "files");
    this.options = Objects.requireNonNull(options, "options");
    this.off = off.isEmpty() ? Map.of() : new EnumMap<>(off);
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * @param before the revisions that were there already, ancestors of the others
   * @param revisions the revisions to look at, in the order in which they run
   * @param deployment whose tables count as being in use
   * @return what was found
   * @throws MigrateException when a file cannot be split into statements, the revisions before do
   *     not run, or there is no scratch database to be had
   */
  public LintResult run(
      Collection<RevisionId> before, List<Revision> revisions, Deployment deployment) {
    if (revisions.isEmpty()) {
      return new LintResult(List.of());
    }
    grammar.prepare(); // The scratch server needs its time, too.
    try (ScratchWorkspace workspace =
            new Replay(scratchSource.get(), files, options, progress).of(before);
        Connection connection = workspace.base().connect()) {
      ScratchWorkspace.createHistorySchema(connection, options);
      return run(workspace, connection, revisions, deployment);
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
  }

  /** The same on a database that has what was there before. */
  LintResult run(
      ScratchWorkspace workspace,
      Connection connection,
      List<Revision> revisions,
      Deployment deployment)
      throws SQLException {
    List<LintedScript> scripts = new ArrayList<>();
    ScriptState past = new ScriptState();
    TableWatch watch = new TableWatch(connection);
    Revision failed = null;
    Placeholders placeholders =
        FlywayPlaceholders.with(
            options.placeholders(), connection, options.schema(), options.table());
    for (Revision revision : revisions) {
      Script script = files.get(revision.id()).upgrade();
      ScriptSource source =
          new ScriptSource(ScriptReader.lenient(script, placeholders), script.text(), grammar);
      if (failed != null) {
        scripts.add(unreached(revision, source, failed));
        continue;
      }
      progress.started(revision);
      if (deployment == Deployment.EACH) {
        watch = new TableWatch(connection);
        past.forgetWhatIsNew();
      }
      ScriptWatch run =
          new ScriptWatch(source, connection, options, workspace, grammar, watch, past);
      if (!run.run()) {
        failed = revision;
      }
      scripts.add(result(revision, source, run));
    }
    return new LintResult(scripts);
  }

  private LintedScript result(Revision revision, ScriptSource source, ScriptWatch run) {
    List<Finding> kept = new ArrayList<>();
    List<Suppressed> suppressed = new ArrayList<>();
    new Suppressions(source).apply(run.findings().all(), off, kept, suppressed);
    kept.sort(Comparator.comparing(Finding::place));
    return new LintedScript(
        revision,
        source.file(),
        source.statements().size(),
        run.watched(),
        kept,
        suppressed,
        run.notChecked());
  }

  private static LintedScript unreached(Revision revision, ScriptSource source, Revision failed) {
    String reason = "not reached, since revision " + failed.title() + " does not run";
    return new LintedScript(
        revision,
        source.file(),
        source.statements().size(),
        0,
        List.of(),
        List.of(),
        source.statements().stream()
            .map(one -> new NotChecked(source.place(one), reason, one.firstLine()))
            .toList());
  }

  /**
   * @param off names of rules, and why they are switched off
   * @return the rules
   * @throws MigrateException {@code INVALID_PARAMETER} for a name that no rule has, or a rule
   *     without a reason
   */
  public static Map<Rule, String> off(Map<String, String> off) {
    Map<Rule, String> rules = new EnumMap<>(Rule.class);
    off.forEach(
        (label, reason) -> {
          Rule rule =
              Rule.named(label)
                  .filter(one -> !one.aboutSuppression())
                  .orElseThrow(
                      () ->
                          new MigrateException(
                              FailureCode.INVALID_PARAMETER,
                              "lintOff: there is no rule \"%s\" that could be switched off."
                                  .formatted(label),
                              "Use a name from docs/lint.md, such as missing-lock-timeout."));
          if (reason == null || reason.isBlank()) {
            throw new MigrateException(
                FailureCode.INVALID_PARAMETER,
                "lintOff switches %s off without a reason.".formatted(label),
                "Write one: <lintOff><%s>why it is all right here</%s></lintOff>."
                    .formatted(label, label));
          }
          rules.put(rule, reason.strip());
        });
    return rules;
  }
}
