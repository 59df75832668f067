package dev.migrate.goal;

import dev.migrate.history.LockedTarget;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.SqlPreview;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.report.Output;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Applies revisions to the target, up to the head or to a given revision, each in a transaction of
 * its own.
 *
 * @since 1.0.0
 */
@Mojo(name = "upgrade", requiresProject = false, threadSafe = true)
public class UpgradeMojo extends RunMojo {
  private static final int MOST_NAMED = 3;

  /**
   * Where to go: an id or the beginning or end of one, {@code head}, {@code heads}, {@code +2},
   * {@code <id>+1}, {@code <label>@head}, or several with commas between.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to", defaultValue = "head")
  private String to;

  /**
   * Whether a pending script without a header may run although the target has applied one of a
   * higher version. Revisions with a header say themselves what they build on, and are not
   * concerned.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.outOfOrder", defaultValue = "false")
  private boolean outOfOrder;

  @Override
  RevisionPlan plan(TargetState state) {
    return new UpgradeRequest(to, rerunNames(), outOfOrder).plan(state);
  }

  @Override
  List<Script> repeatables(TargetState state, RevisionPlan plan) {
    return state.repeatables().after(plan);
  }

  @Override
  List<JavaMigration> javaMigrations(TargetState state, RevisionPlan plan) {
    return state.java().with(plan);
  }

  @Override
  List<Script> callbacks(RevisionFiles files) {
    return files.callbacks();
  }

  @Override
  void refuse(RevisionPlan plan, TargetState state, LockedTarget target) {
    target.requireStart();
  }

  @Override
  Script script(RevisionFile file) {
    return file.upgrade();
  }

  @Override
  RunOutcome move(
      LockedTarget target, RevisionFiles files, RevisionPlan plan, Set<RevisionId> rerun) {
    return target.upgrade(files, plan, rerun);
  }

  @Override
  Optional<String> oneWay(RevisionPlan plan, RevisionFiles files) {
    List<String> titles =
        files.get(plan.revisions()).stream()
            .filter(file -> !file.revision().baseline())
            .filter(file -> file.downgrade().isEmpty() || file.downgradeUnwritten())
            .map(
                file ->
                    "%s (%s)"
                        .formatted(
                            file.revision().title(),
                            file.downgradeUnwritten()
                                ? "its downgrade script has no statement"
                                : "it has no downgrade script"))
            .toList();
    return titles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Cannot be taken back: %s%s."
                .formatted(
                    titles.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                    titles.size() > MOST_NAMED
                        ? ", and %d more".formatted(titles.size() - MOST_NAMED)
                        : ""));
  }

  @Override
  String preview(OpenTarget open, RevisionFiles files) {
    return SqlPreview.upgrade(open.target(), purpose(), options(), files, this::plan);
  }

  @Override
  String verb() {
    return "apply";
  }

  @Override
  void run(Output out) {
    move(out);
  }

  @Override
  boolean movesTarget() {
    return true;
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }
}
