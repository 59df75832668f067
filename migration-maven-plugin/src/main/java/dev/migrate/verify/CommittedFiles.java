package dev.migrate.verify;

import dev.migrate.failure.MigrateException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;

/** Which files the last commit has as they are now, so that they can be had again. */
public final class CommittedFiles implements Predicate<Path> {
  private final String git;

  /**
   * @param git the git command, or where it is
   */
  public CommittedFiles(String git) {
    this.git = Objects.requireNonNull(git, "git");
  }

  /**
   * @param file a file
   * @return whether the last commit has it with its content; false where that cannot be known,
   *     since there is no git or no working tree: then nothing has kept it
   */
  @Override
  public boolean test(Path file) {
    Path whole = file.toAbsolutePath();
    try {
      return new Git(whole.getParent(), git, Git.Question.KEPT).hasCommitted(whole);
    } catch (MigrateException e) {
      return false;
    }
  }
}
