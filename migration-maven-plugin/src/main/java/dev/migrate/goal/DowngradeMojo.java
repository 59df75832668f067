package dev.migrate.goal;

import dev.migrate.history.DowngradeRequest;
import dev.migrate.run.RunDirection;
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
  RunDirection direction() {
    return new RunDirection.Down(new DowngradeRequest(to, rerunNames()));
  }
}
