package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.model.Model;
import dev.migrate.report.JUnitReport;
import dev.migrate.report.Output;
import dev.migrate.report.VerificationJson;
import dev.migrate.report.VerificationText;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import dev.migrate.verify.Verification;
import dev.migrate.verify.Verify;
import dev.migrate.verify.VerifySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks everything that a release needs, on scratch databases: {@code files}, {@code replay},
 * {@code reversible}, {@code model}, {@code commute}, {@code data}, and {@code target} when asked.
 * Each passes, fails, is skipped or could not run; only when all of them passed or were skipped
 * does the build go on. The results also go to {@code target/migrate-reports} as JUnit XML.
 *
 * @since 1.0.0
 */
@Mojo(
    name = "verify",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresProject = false,
    threadSafe = true)
public class VerifyMojo extends SchemaMojo {
  /**
   * The checks that are left out, by name, with commas between: {@code data,commute}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.skipChecks")
  private String skipChecks;

  /**
   * The git tag, branch or commit of the last release: revisions that it holds must not have
   * changed. Without it that is not checked.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.releasedRef")
  private String releasedRef;

  /**
   * Whether the target is checked, too: reachable, no unknown, edited or failed revisions, no
   * drift. Pending ones are named.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.verifyTarget", defaultValue = "false")
  private boolean verifyTarget;

  /**
   * Ids of revisions, with commas between, whose failure on made-up rows is no finding, because no
   * database has such rows.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.acceptData")
  private String acceptData;

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
    if (isBound() && folders().equals(RevisionFolders.of(directory())) && nothingHere()) {
      getLog().info("Nothing to verify: this module has neither revisions nor a model.");
      return;
    }
    try (LogProgress progress = LogProgress.ofSlowOnes(getLog());
        LazyTarget target = new LazyTarget(out)) {
      Verification found = new Verify(settings(target), progress, javaRunner()).run();
      JUnitReport.write(found, buildFolder().resolve("migrate-reports/TEST-migrate-verify.xml"));
      Supplier<List<String>> text = () -> new VerificationText(found, style()).lines();
      Supplier<JsonObject> document =
          () -> {
            JsonObject whole = document();
            VerificationJson.add(whole, found);
            return whole;
          };
      try {
        found.require();
        out.result(text, document);
      } catch (MigrateException e) {
        out.result(text, document, goal(), e);
        tellOfEdited();
        throw e;
      }
    }
  }

  /** What fails here may have been whole when a database applied it. */
  private void tellOfEdited() {
    RevisionFiles files;
    try {
      files = filesOrNone();
    } catch (MigrateException unreadable) {
      return; // which is what fails
    }
    standing(files, "Whether the database has applied a script that was edited since")
        .map(state -> state.in(Status.EDITED))
        .filter(edited -> !edited.isEmpty())
        .ifPresent(
            edited ->
                getLog()
                    .warn(
                        "Edited since the database has applied it, which may be why: %s. mvn migrate:current says what to do."
                            .formatted(
                                edited.stream()
                                    .map(one -> files.get(one.id()).upgrade().name())
                                    .collect(Collectors.joining(", ")))));
  }

  /** A plugin that is bound in a parent runs in modules, too, that have no database. */
  private boolean nothingHere() {
    return folders().upgrades().stream().noneMatch(Files::exists)
        && modelName().equals(DEFAULT_MODEL)
        && modelIfThere().isEmpty();
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }

  private VerifySettings settings(LazyTarget target) {
    return VerifySettings.of(
            folders(),
            this::scratchSource,
            historyOptions()
                .withStatementTimeout(DurationParser.parse("statementTimeout", statementTimeout)),
            scope(),
            new VerifySettings.Cache(
                stateFolder().resolve("proofs"),
                buildFolder().resolve("migrate/verified.json"),
                List.of(pluginVersion(), postgresVersion().full(), scratchName())))
        .withModel(this::modelIfThere)
        .withSkipped(Verify.skipped(list(skipChecks)))
        .withAccepted(Set.copyOf(list(acceptData)))
        .withRelease(
            new VerifySettings.Release(
                Optional.ofNullable(releasedRef).map(String::strip).filter(text -> !text.isEmpty()),
                released(),
                ReleasedParameter.GIT))
        .withTarget(verifyTarget ? Optional.of(target::open) : Optional.empty())
        .withExpected(expected());
  }

  /** A project may do without a model; one that was named must be there. */
  private Optional<Model> modelIfThere() {
    boolean none =
        modelName().equals(DEFAULT_MODEL) && !Files.exists(directory().resolve(DEFAULT_MODEL));
    return none ? Optional.empty() : Optional.of(model());
  }

  private Path buildFolder() {
    return project() == null || project().getBasedir() == null
        ? directory().resolve("target")
        : Path.of(project().getBuild().getDirectory());
  }

  /** The target, opened when it is checked. */
  private final class LazyTarget implements AutoCloseable {
    private final Output out;
    private OpenTarget opened;

    LazyTarget(Output out) {
      this.out = out;
    }

    Target open() {
      if (opened == null) {
        opened = openTarget();
        announce(out, opened);
      }
      return opened.target();
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
