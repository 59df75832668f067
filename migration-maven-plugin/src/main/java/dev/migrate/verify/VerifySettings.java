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
 * @param cache where results are kept, and what they depend on
 * @param model the wanted schema, if the project has one; asked when it is needed
 * @param skipped the checks that are left out, and why
 * @param accepted revisions that may fail on made-up rows, as people name them
 * @param release up to where the history is released
 * @param target the target, opened when it is checked; no target is checked without
 * @param expected what may be in the target besides
 */
public record VerifySettings(
    RevisionFolders folders,
    Supplier<ScratchSource> scratchSource,
    HistoryOptions options,
    Scope scope,
    Cache cache,
    Supplier<Optional<Model>> model,
    Map<Check, String> skipped,
    Set<String> accepted,
    Release release,
    Optional<Supplier<Target>> target,
    ExpectedDifferences expected) {
  /** Copies what it is given. */
  public VerifySettings {
    skipped = Map.copyOf(skipped);
    accepted = Set.copyOf(accepted);
  }

  /**
   * Where results are kept between runs.
   *
   * @param proofs the file of what was proven before
   * @param results the file of the results of the last run
   * @param configuration everything else that results depend on, such as versions
   */
  public record Cache(Path proofs, Path results, List<String> configuration) {
    /** Copies what it is given. */
    public Cache {
      configuration = List.copyOf(configuration);
    }
  }

  /**
   * Up to where the history is released, as git or the files know it.
   *
   * @param ref the git tag, branch or commit of the last release, if there was one: no script up to
   *     there may be changed
   * @param upTo up to where what is found fails nothing: a revision, or a git tag, branch or commit
   * @param git the git command
   */
  public record Release(Optional<String> ref, Optional<String> upTo, String git) {
    /** Nothing is released. */
    public static final Release NONE = new Release(Optional.empty(), Optional.empty(), "git");
  }

  /**
   * Those of every check but the model's and the target's: nothing is skipped, accepted, released
   * or expected.
   *
   * @param folders where the revisions are
   * @param scratchSource where scratch databases come from
   * @param options how the history is kept
   * @param scope what of a database is compared
   * @param cache where results are kept
   * @return the settings
   */
  public static VerifySettings of(
      RevisionFolders folders,
      Supplier<ScratchSource> scratchSource,
      HistoryOptions options,
      Scope scope,
      Cache cache) {
    return new VerifySettings(
        folders,
        scratchSource,
        options,
        scope,
        cache,
        Optional::empty,
        Map.of(),
        Set.of(),
        Release.NONE,
        Optional.empty(),
        ExpectedDifferences.NOTHING);
  }

  /**
   * @param wanted the wanted schema, if there is one
   * @return the same with that
   */
  public VerifySettings withModel(Supplier<Optional<Model>> wanted) {
    return new VerifySettings(
        folders,
        scratchSource,
        options,
        scope,
        cache,
        wanted,
        skipped,
        accepted,
        release,
        target,
        expected);
  }

  /**
   * @param checks the checks that are left out, and why
   * @return the same with that
   */
  public VerifySettings withSkipped(Map<Check, String> checks) {
    return new VerifySettings(
        folders,
        scratchSource,
        options,
        scope,
        cache,
        model,
        checks,
        accepted,
        release,
        target,
        expected);
  }

  /**
   * @param revisions those that may fail on made-up rows, as people name them
   * @return the same with that
   */
  public VerifySettings withAccepted(Set<String> revisions) {
    return new VerifySettings(
        folders,
        scratchSource,
        options,
        scope,
        cache,
        model,
        skipped,
        revisions,
        release,
        target,
        expected);
  }

  /**
   * @param line up to where the history is released
   * @return the same with that
   */
  public VerifySettings withRelease(Release line) {
    return new VerifySettings(
        folders,
        scratchSource,
        options,
        scope,
        cache,
        model,
        skipped,
        accepted,
        line,
        target,
        expected);
  }

  /**
   * @param database the target to check, opened then; empty for none
   * @return the same with that
   */
  public VerifySettings withTarget(Optional<Supplier<Target>> database) {
    return new VerifySettings(
        folders,
        scratchSource,
        options,
        scope,
        cache,
        model,
        skipped,
        accepted,
        release,
        database,
        expected);
  }

  /**
   * @param besides what may be in the target although no revision makes it
   * @return the same with that
   */
  public VerifySettings withExpected(ExpectedDifferences besides) {
    return new VerifySettings(
        folders,
        scratchSource,
        options,
        scope,
        cache,
        model,
        skipped,
        accepted,
        release,
        target,
        besides);
  }
}
