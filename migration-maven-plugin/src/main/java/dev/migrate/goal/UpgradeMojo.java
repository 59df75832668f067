package dev.migrate.goal;

import dev.migrate.history.UpgradeRequest;
import dev.migrate.run.RunDirection;
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
  RunDirection direction() {
    return new RunDirection.Up(new UpgradeRequest(to, rerunNames(), outOfOrder));
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
