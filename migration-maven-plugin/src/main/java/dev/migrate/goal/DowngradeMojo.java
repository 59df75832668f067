package dev.migrate.goal;

import dev.migrate.history.LockedTarget;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.SqlPreview;
import dev.migrate.history.TargetState;
import dev.migrate.report.Output;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Takes revisions back, newest first: the last one, or everything above a given revision. Each
 * downgrade script runs in one transaction together with the row that records it.
 *
 * @since 1.0.0
 */
@Mojo(name = "downgrade", requiresProject = false, threadSafe = true)
public class DowngradeMojo extends RunMojo {
  /**
   * Where to go: {@code -1} takes back one revision, an id or the beginning or end of one
   * everything above it, {@code base} everything; {@code <label>@base} one branch.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to", defaultValue = "-1")
  private String to;

  @Override
  RevisionPlan plan(TargetState state) {
    state.require().known();
    RevisionPlan plan = state.graph().downgrade(state.applied(), to);
    state.require().downgradable(plan.revisions(), rerun(state));
    return plan;
  }

  @Override
  List<Script> repeatables(TargetState state, RevisionPlan plan) {
    return List.of();
  }

  @Override
  void refuse(RevisionPlan plan, TargetState state, LockedTarget target) {
    state.require().reversible(plan.revisions());
  }

  @Override
  List<JavaMigration> javaMigrations(TargetState state, RevisionPlan plan) {
    return List.of();
  }

  @Override
  List<Script> callbacks(RevisionFiles files) {
    return List.of();
  }

  @Override
  Script script(RevisionFile file) {
    return file.downgrade().orElse(null);
  }

  @Override
  RunOutcome move(
      LockedTarget target, RevisionFiles files, RevisionPlan plan, Set<RevisionId> rerun) {
    return target.downgrade(files, plan, rerun);
  }

  @Override
  String preview(OpenTarget open, RevisionFiles files) {
    return SqlPreview.downgrade(open.target(), purpose(), options(), files, this::plan);
  }

  @Override
  String verb() {
    return "take back";
  }

  @Override
  void run(Output out) {
    move(out);
  }
}
