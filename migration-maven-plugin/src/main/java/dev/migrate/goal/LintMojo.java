package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.TargetState;
import dev.migrate.lint.Lint;
import dev.migrate.lint.Lint.Deployment;
import dev.migrate.lint.LintResult;
import dev.migrate.lint.Rule;
import dev.migrate.lint.Severity;
import dev.migrate.report.LintJson;
import dev.migrate.report.LintText;
import dev.migrate.report.Output;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.verify.ReleasedRevisions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Says what upgrade scripts would do to a database in use: locks, rewrites, names that a running
 * application misses. Each statement is read with PostgreSQL's own grammar and watched while it
 * runs on a scratch database. The rules are in {@code docs/lint.md}.
 *
 * @since 1.0.0
 */
@Mojo(name = "lint", requiresProject = false, threadSafe = true)
public class LintMojo extends SchemaMojo {
  /**
   * How far the pending revisions are looked at: any revision expression that {@code
   * migrate:upgrade} takes.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to", defaultValue = "heads")
  private String to;

  /**
   * The revisions to look at instead of the pending ones, such as {@code 20260110:head}: as one
   * deployment, on what the revisions before them give.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.range")
  private String range;

  /**
   * Looks at all revisions, each as a deployment of its own, and at no target. So it is, too, when
   * no target is configured.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.lintAll", defaultValue = "false")
  private boolean lintAll;

  /**
   * What fails the build: {@code error}, {@code warning} (errors, too), or {@code never}. A
   * statement that could not be checked counts as an error.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.lintFail", defaultValue = "error")
  private String lintFail;

  /**
   * Rules that are switched off: an element for each, of the rule's name, with the reason in it. In
   * a script, a comment does it for one statement; both are shown in {@code docs/lint.md}.
   *
   * @since 1.0.0
   */
  @Parameter private Map<String, String> lintOff;

  /**
   * How long a statement of a script may run on scratch: seconds, or a number with a unit; 0 is for
   * ever.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.statementTimeout", defaultValue = "60")
  private String statementTimeout;

  @Override
  void run(Output out) {
    Optional<Severity> least = least();
    Map<Rule, String> off = Lint.off(lintOff == null ? Map.of() : lintOff);
    RevisionFiles files = files();
    ReleasedRevisions line = ReleasedRevisions.of(files, released(), ReleasedParameter.GIT);
    Chosen chosen = chosen(out, files);
    LintResult linted;
    try (LogProgress progress = LogProgress.ofSlowOnes(getLog())) {
      linted =
          new Lint(this::scratchSource, files, options(), off, progress)
              .run(chosen.before(), chosen.revisions(), chosen.deployment())
              .above(range == null || range.isBlank() ? line.ids() : Set.of());
    }
    Supplier<List<String>> text =
        () ->
            chosen.revisions().isEmpty()
                ? List.of("Nothing to look at: no revision is pending.")
                : new LintText(linted, style()).lines();
    Supplier<JsonObject> document =
        () -> {
          JsonObject whole = document();
          LintJson.add(whole, linted);
          return whole;
        };
    try {
      least.ifPresent(linted::require);
      out.result(text, document);
    } catch (MigrateException e) {
      out.result(text, document, goal(), e);
      throw e;
    }
  }

  /** What is looked at, and what was there before. */
  private record Chosen(Set<RevisionId> before, List<Revision> revisions, Deployment deployment) {}

  private Chosen chosen(Output out, RevisionFiles files) {
    RevisionGraph graph = files.graph();
    if (range != null && !range.isBlank()) {
      List<Revision> revisions =
          graph.range(range, Set.of()).stream()
              .sorted((one, other) -> one.id().compareTo(other.id()))
              .toList();
      Set<RevisionId> before = new HashSet<>();
      revisions.forEach(
          one ->
              graph
                  .ancestorsWithDependencies(one.id())
                  .forEach(ancestor -> before.add(ancestor.id())));
      revisions.forEach(one -> before.remove(one.id()));
      return new Chosen(before, revisions, Deployment.TOGETHER);
    }
    if (lintAll || namedTarget().isEmpty()) {
      if (!lintAll) {
        getLog()
            .info(
                "No target is named, so all revisions are looked at, each as a deployment of its own;"
                    + " with -Dmigrate.url=… only those that are pending there.");
      }
      return new Chosen(Set.of(), graph.upgrade(Set.of(), to).revisions(), Deployment.EACH);
    }
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      TargetState state = read(open, files);
      state.require().upgradable();
      return new Chosen(
          Set.copyOf(state.applied()),
          graph.upgrade(state.applied(), to).revisions(),
          Deployment.TOGETHER);
    }
  }

  private HistoryOptions options() {
    return historyOptions()
        .withStatementTimeout(DurationParser.parse("statementTimeout", statementTimeout));
  }

  private Optional<Severity> least() {
    return switch (lintFail) {
      case "error" -> Optional.of(Severity.ERROR);
      case "warning" -> Optional.of(Severity.WARNING);
      case "never" -> Optional.empty();
      default ->
          throw new MigrateException(
              FailureCode.INVALID_PARAMETER,
              "-Dmigrate.lintFail=%s is none of the choices.".formatted(lintFail),
              "Give error, warning or never.");
    };
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }
}
