package dev.migrate.lint;

import dev.migrate.revision.Revision;
import java.util.List;
import java.util.Objects;

/**
 * The lint result of one script.
 *
 * @param revision its revision
 * @param file how messages name it
 * @param statements how many statements it has
 * @param watched how many of them were watched while they ran
 * @param findings what was found, in the order of the file
 * @param suppressed what was found and silenced
 * @param notChecked the statements of which nothing can be said
 */
public record LintedScript(
    Revision revision,
    String file,
    int statements,
    int watched,
    List<Finding> findings,
    List<Suppressed> suppressed,
    List<NotChecked> notChecked) {
  /** Copies what it is given. */
  public LintedScript {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(file, "file");
    findings = List.copyOf(findings);
    suppressed = List.copyOf(suppressed);
    notChecked = List.copyOf(notChecked);
  }
}
