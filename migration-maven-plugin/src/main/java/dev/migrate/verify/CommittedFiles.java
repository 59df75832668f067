package dev.migrate.verify;

import dev.migrate.failure.MigrateException;
import dev.migrate.generate.RewritePolicy.Kept;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/** Asks git whether a file is as in the last commit, or somebody has edited it since. */
public final class CommittedFiles implements Function<Path, Kept> {
  private final String git;

  /**
   * @param git the git command, or where it is
   */
  public CommittedFiles(String git) {
    this.git = Objects.requireNonNull(git, "git");
  }

  /**
   * @return what the last commit says of it; unknown where there is no git or no working tree
   */
  @Override
  public Kept apply(Path file) {
    Path whole = file.toAbsolutePath();
    try {
      return new Git(whole.getParent(), git, Git.Question.KEPT).kept(whole);
    } catch (MigrateException e) {
      return Kept.UNKNOWN;
    }
  }
}
