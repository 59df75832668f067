package dev.migrate.verify;

import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.replay.ScratchSource;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Settings of {@code verify}: what is verified, and how.
 *
 * @param folders where the revisions are
 * @param scratchSource where scratch databases come from; asked when the first is needed
 * @param options how the history is kept, and how long a statement may run
 * @param scope what of a database is compared
 * @param model the wanted schema, if the project has one
 * @param skipped the checks that are left out, and why
 * @param accepted revisions that may fail on made-up rows, as people name them
 * @param releasedRef the git tag, branch or commit of the last release, if there was one
 * @param git the git command
 * @param target the target, opened when it is checked; no target is checked without
 * @param configuration everything else that results depend on, such as versions
 * @param proofs the file of what was proven before
 * @param results the file of the results of the last run
 * @param expected what may be in the target besides
 * @param released up to where what is found fails nothing: a revision, or a git tag, branch or
 *     commit
 */
public record VerifySettings(
    RevisionFolders folders,
    Supplier<ScratchSource> scratchSource,
    HistoryOptions options,
    Scope scope,
    Supplier<Optional<Model>> model,
    Map<Check, String> skipped,
    Set<String> accepted,
    Optional<String> releasedRef,
    String git,
    Optional<Supplier<Target>> target,
    List<String> configuration,
    Path proofs,
    Path results,
    ExpectedDifferences expected,
    Optional<String> released) {
  /** Copies what it is given. */
  public VerifySettings {
    skipped = Map.copyOf(skipped);
    accepted = Set.copyOf(accepted);
    configuration = List.copyOf(configuration);
  }

  /**
   * One that expects nothing in the target besides.
   *
   * @param folders where the revisions are
   * @param scratchSource where scratch databases come from
   * @param options how the history is kept
   * @param scope what of a database is compared
   * @param model the wanted schema
   * @param skipped the checks that are left out
   * @param accepted revisions that may fail on made-up rows
   * @param releasedRef the last release
   * @param git the git command
   * @param target the target
   * @param configuration everything else that results depend on
   * @param proofs the file of what was proven before
   * @param results the file of the results of the last run
   */
  public VerifySettings(
      RevisionFolders folders,
      Supplier<ScratchSource> scratchSource,
      HistoryOptions options,
      Scope scope,
      Supplier<Optional<Model>> model,
      Map<Check, String> skipped,
      Set<String> accepted,
      Optional<String> releasedRef,
      String git,
      Optional<Supplier<Target>> target,
      List<String> configuration,
      Path proofs,
      Path results) {
    this(
        folders,
        scratchSource,
        options,
        scope,
        model,
        skipped,
        accepted,
        releasedRef,
        git,
        target,
        configuration,
        proofs,
        results,
        ExpectedDifferences.NOTHING,
        Optional.empty());
  }
}
