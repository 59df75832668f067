package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Preconditions of an upgrade, a downgrade or a stamp on the state of a target: each refuses, with
 * what to do instead, or lets it happen.
 */
public final class TargetRequirements {
  private final TargetState state;
  private final RevisionFiles files;
  private final History history;

  TargetRequirements(TargetState state) {
    this.state = state;
    this.files = state.files();
    this.history = state.history();
  }

  /**
   * Refuses to build on a target whose history and files contradict each other.
   *
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of, {@code DATABASE_AHEAD} when it has applied revisions that are
   *     not in the files, {@code TAMPERED_SCRIPT} when an applied script was edited, {@code
   *     FAILED_REVISION} when a downgrade stopped half-way
   */
  public void upgradable() {
    known();
    notAmidBaseline();
    unedited();
    noFailedDowngrade();
  }

  /**
   * Refuses to take anything back from a target that does not stand at a revision. Scripts that
   * were edited since they were applied are no hindrance: taking them back is how the edit gets
   * applied.
   *
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of, {@code DATABASE_AHEAD} when it has applied revisions that are
   *     not in the files, {@code FAILED_REVISION} when an upgrade or a downgrade stopped half-way
   */
  public void downgradable() {
    known();
    notAmidBaseline();
    nothingFailed();
    noFailedDowngrade();
  }

  /**
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of
   */
  public void understood() {
    history.requireUnderstood();
  }

  /**
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of, {@code DATABASE_AHEAD} when revisions are applied that are not
   *     in the files
   */
  public void known() {
    understood();
    List<RevisionState> unknown = state.in(Status.UNKNOWN);
    if (!unknown.isEmpty()) {
      String names =
          unknown.stream()
              .map(state -> state.id() + " \"" + state.message() + "\"")
              .collect(Collectors.joining(", "));
      throw new MigrateException(
          FailureCode.DATABASE_AHEAD,
          "The database is ahead of the files: it has applied %s, which %s not among them."
              .formatted(names, unknown.size() == 1 ? "is" : "are"),
          "Check out the version of the project that has these files (git log --all -- '*%s*' finds"
                  .formatted(unknown.get(0).id())
              + " it), and upgrade or downgrade from there; mvn migrate:history shows both sides. If"
              + " they are gone for good, record where the database stands with mvn migrate:stamp"
              + " -Dmigrate.to=<revision> -Dmigrate.purge=true.");
    }
  }

  /**
   * @throws MigrateException {@code BELOW_BASELINE} when the target has applied a part of what a
   *     baseline has replaced in the files, so that neither the baseline nor what follows it fits
   */
  public void notAmidBaseline() {
    if (state.isAmidBaseline()) {
      Revision baseline = state.graph().baseline().orElseThrow();
      throw new MigrateException(
          FailureCode.BELOW_BASELINE,
          "The database stands at %s, in the middle of what the baseline %s has replaced."
              .formatted(state.current().get(0).title(), baseline.origin()),
          files
              .archiveOptions()
              .map(
                  options ->
                      "Bring it to the baseline with the archived files: mvn migrate:upgrade"
                          + " -Dmigrate.to=%s %s; then run this command again."
                              .formatted(baseline.id(), options))
              .orElse(
                  "Bring it to %s with the files that the baseline has replaced (an older checkout"
                          .formatted(baseline.id())
                      + " has them), then run this command again."));
    }
  }

  private void unedited() {
    List<RevisionState> edited = state.in(Status.EDITED);
    if (!edited.isEmpty()) {
      String list =
          edited.stream()
              .map(this::describeEdit)
              .collect(Collectors.joining(System.lineSeparator()));
      throw new MigrateException(
          FailureCode.TAMPERED_SCRIPT,
          list,
          "While you are still writing it, take it back (mvn migrate:downgrade%s) and apply it anew. If"
                  .formatted(
                      state.current().stream().anyMatch(one -> one.id().equals(edited.get(0).id()))
                          ? ""
                          : " -Dmigrate.to=" + edited.get(0).id() + "-1")
              + " others have applied it, restore the file (git restore) and put the change into a"
              + " revision of its own. If database and file agree in spite of the edit, record the"
              + " file as it is now with mvn migrate:stamp -Dmigrate.to=state.current().");
    }
  }

  private String describeEdit(RevisionState state) {
    RevisionFile file = files.get(state.id());
    HistoryRow row = state.row().orElseThrow();
    boolean sameText = row.checksum().map(sum -> sum == file.upgrade().checksum()).orElse(true);
    return sameText
        ? "%s was renamed after the database had applied it: then \"%s\", now \"%s\"."
            .formatted(file.upgrade().name(), row.description(), file.upgrade().description())
        : "%s was edited after the database had applied it: checksum then %d, now %d."
            .formatted(
                file.upgrade().name(), row.checksum().orElseThrow(), file.upgrade().checksum());
  }

  /**
   * @throws MigrateException {@code FAILED_REVISION} when a revision stopped half-way
   */
  public void nothingFailed() {
    nothingFailedBut(List.of());
  }

  /**
   * @param again the revisions that are about to be run once more
   * @throws MigrateException {@code FAILED_REVISION} when another revision stopped half-way
   */
  public void nothingFailedBut(List<Revision> again) {
    Set<RevisionId> ids = IntendedHistory.ids(again);
    for (RevisionState one : state.in(Status.FAILED)) {
      if (!ids.contains(one.id())) {
        throw halfWay(
            one.id(),
            "Revision %s stopped half-way outside a transaction".formatted(named(one)),
            one.row().orElseThrow(),
            threeWays(one.id(), "upgrade", "-Dmigrate.to=" + one.id()));
      }
    }
  }

  /**
   * Refuses an upgrade beside a revision that stopped half-way, or of one, unless it may run again:
   * its script says so, or whoever runs this does.
   *
   * @param plan what is to run
   * @param rerun the revisions that may run again although their scripts do not say so
   * @throws MigrateException {@code FAILED_REVISION}
   */
  public void nothingFailedBut(List<Revision> plan, Set<RevisionId> rerun) {
    nothingFailedBut(plan.stream().filter(one -> mayRunAgain(one, rerun)).toList());
  }

  /** The same for those of a plan alone, at the last door before it runs. */
  void noneHalfWay(List<Revision> plan, Set<RevisionId> rerun) {
    List<Revision> others = new ArrayList<>();
    Set<RevisionId> planned = IntendedHistory.ids(plan);
    for (RevisionState one : state.in(Status.FAILED)) {
      if (!planned.contains(one.id())) {
        one.revision().ifPresent(others::add);
      }
    }
    plan.stream().filter(one -> mayRunAgain(one, rerun)).forEach(others::add);
    nothingFailedBut(others);
  }

  private boolean mayRunAgain(Revision revision, Set<RevisionId> rerun) {
    return rerun.contains(revision.id())
        || files.find(revision.id()).filter(file -> file.upgrade().repeatable()).isPresent();
  }

  private static String named(RevisionState state) {
    return "%s \"%s\"".formatted(state.id(), state.message());
  }

  private MigrateException halfWay(RevisionId id, String what, HistoryRow row, String remedy) {
    return new MigrateException(
        FailureCode.FAILED_REVISION,
        what
            + " (begun by %s at %s), so part of it is in the database; which part is not recorded%s."
                .formatted(
                    row.installedBy(),
                    row.installedOn().withNano(0),
                    files.find(id).isPresent()
                        ? ": mvn migrate:show -Dmigrate.revision=%s prints its statements"
                            .formatted(id)
                        : ""),
        remedy);
  }

  /**
   * @param id a revision that stopped half-way
   * @param goal the goal whose script it was
   * @param stamped how the history says that it is finished
   * @return what can be done about it
   */
  static String threeWays(RevisionId id, String goal, String stamped) {
    return "Finish it by hand and record that with mvn migrate:stamp %s. Or, if it may run again from"
            .formatted(stamped)
        + " its beginning (after it was mended, or after what it did was taken back by hand), run mvn"
        + " migrate:%s -Dmigrate.rerun=%s. Or, if that is always so, say '-- rerun: safe' in its"
            .formatted(goal, id)
        + " header and run mvn migrate:%s.".formatted(goal);
  }

  /**
   * @throws MigrateException {@code FAILED_REVISION} when a repeatable migration stopped half-way
   */
  public void noFailedRepeatable() {
    for (Script script : state.repeatables().failed()) {
      throw new MigrateException(
          FailureCode.FAILED_REVISION,
          "The repeatable migration %s stopped half-way outside a transaction, so part of it may be"
                  .formatted(script.name())
              + " in the database.",
          "Mend it, or what it needs, and run mvn migrate:upgrade, which runs it again from its"
              + " beginning.");
    }
  }

  /**
   * The question of a deployment: is there nothing left to do, and nothing wrong?
   *
   * @throws MigrateException {@code PENDING} when a revision or a repeatable migration is to run,
   *     {@code SEVERAL_HEADS}, and as {@link #upgradable()}, {@link #nothingFailed()} and {@link
   *     #noFailedRepeatable()}
   */
  public void atHead() {
    nothingFailed();
    upgradable();
    noFailedRepeatable();
    if (state.graph().heads().size() != 1) {
      state.graph().resolve("head", state.applied()); // Says which they are, and fails.
    }
    List<RevisionState> pending = state.in(Status.PENDING);
    if (!pending.isEmpty()) {
      throw pending(
          pending.size() == 1 ? "1 revision" : pending.size() + " revisions",
          pending.stream().map(one -> "%s (%s)".formatted(one.id(), one.message())).toList());
    }
    List<Script> repeatables = state.repeatables().pending();
    if (!repeatables.isEmpty()) {
      throw pending(
          repeatables.size() == 1
              ? "1 repeatable migration, which is new or has changed"
              : repeatables.size() + " repeatable migrations, which are new or have changed",
          repeatables.stream().map(Script::name).toList());
    }
  }

  private static MigrateException pending(String what, List<String> names) {
    return new MigrateException(
        FailureCode.PENDING,
        "The database has not applied %s: %s.".formatted(what, String.join(", ", names)),
        "Apply them with mvn migrate:upgrade.");
  }

  /**
   * @param revisions what is to be taken back
   * @throws MigrateException {@code IRREVERSIBLE} when one of them has no downgrade script, or
   *     never ran on the target, or a Java migration has run upon it, which nothing takes back
   */
  public void reversible(List<Revision> revisions) {
    for (Revision revision : revisions) {
      Downgrade.scriptOf(files.get(revision.id()), history, files);
    }
    revisions.stream()
        .map(Revision::id)
        .min(Comparator.naturalOrder())
        .ifPresent(this::noJavaAbove);
  }

  /** Its row would stay: the next upgrade would not run it again on what the scripts make anew. */
  private void noJavaAbove(RevisionId lowest) {
    List<JavaMigration> above =
        files.javaSteps().stream()
            .filter(step -> step.id().orElseThrow().compareTo(lowest) > 0)
            .filter(step -> history.appliedRow(step.id().orElseThrow()).isPresent())
            .toList();
    if (above.isEmpty()) {
      return;
    }
    JavaMigration last = above.get(above.size() - 1);
    String name = last.id().orElseThrow() + "__" + last.description().strip().replace(' ', '_');
    throw new MigrateException(
        FailureCode.IRREVERSIBLE,
        "%s has run after %s, and nothing takes back what only Java tells. Nothing was taken back."
            .formatted(
                above.stream().map(JavaMigration::toString).collect(Collectors.joining(", ")),
                lowest),
        "Go no further than to the revision above (-Dmigrate.to=…). To go below, write what the class"
            + " does as a script of its version, with its downgrade (V%1$s.sql, U%1$s.sql): a database that"
                .formatted(name)
            + " has run the class counts it as applied.");
  }

  private void noFailedDowngrade() {
    noFailedDowngradeBut(Set.of());
  }

  private void noFailedDowngradeBut(Set<RevisionId> again) {
    for (RevisionState one : state.in(Status.DOWNGRADE_FAILED)) {
      RevisionId id = one.id();
      if (!again.contains(id)) {
        throw halfWay(
            id,
            "The downgrade of %s stopped half-way outside a transaction".formatted(named(one)),
            history.failedDowngrades().get(id),
            threeWays(id, "downgrade", "-Dmigrate.to=<the one below it>")
                + " If its upgrade is whole again, record that with mvn migrate:stamp"
                + " -Dmigrate.to=%s.".formatted(id));
      }
    }
  }

  /**
   * Refuses to take anything back beside a downgrade that stopped half-way, or to run one again,
   * unless its script says that it may run again or whoever runs this does.
   *
   * @param plan what is to be taken back
   * @param rerun the revisions whose downgrade may run again although it does not say so
   * @throws MigrateException as {@link #downgradable()}
   */
  public void downgradable(List<Revision> plan, Set<RevisionId> rerun) {
    known();
    notAmidBaseline();
    nothingFailed();
    noFailedDowngradeBut(mayGoBackAgain(plan, rerun));
  }

  /** The same for those of a plan alone, at the last door before it runs. */
  void noDowngradeHalfWay(List<Revision> plan, Set<RevisionId> rerun) {
    Set<RevisionId> others = new HashSet<>(history.failedDowngrades().keySet());
    others.removeAll(IntendedHistory.ids(plan));
    others.addAll(mayGoBackAgain(plan, rerun));
    noFailedDowngradeBut(others);
  }

  private Set<RevisionId> mayGoBackAgain(List<Revision> plan, Set<RevisionId> rerun) {
    Set<RevisionId> again = new HashSet<>();
    for (Revision one : plan) {
      boolean safe =
          files
              .find(one.id())
              .flatMap(RevisionFile::downgrade)
              .filter(Script::repeatable)
              .isPresent();
      if (safe || rerun.contains(one.id())) {
        again.add(one.id());
      }
    }
    return again;
  }

  /**
   * @param plan what is to run
   * @throws MigrateException {@code OUT_OF_ORDER} when one of it would run before what the target
   *     has applied
   */
  public void inOrder(List<Revision> plan) {
    Set<RevisionId> planned = IntendedHistory.ids(plan);
    List<RevisionState> found =
        state.outOfOrder().stream().filter(one -> planned.contains(one.id())).toList();
    if (!found.isEmpty()) {
      RevisionId last =
          history.applied(List.of()).stream().max(RevisionId::compareTo).orElseThrow();
      throw new MigrateException(
          FailureCode.OUT_OF_ORDER,
          "The database has applied %s already, and %s %s below it: %s."
              .formatted(
                  last,
                  found.size() == 1 ? "1 pending revision" : found.size() + " pending revisions",
                  found.size() == 1 ? "lies" : "lie",
                  found.stream()
                      .map(one -> files.get(one.id()).upgrade().name())
                      .collect(Collectors.joining(", "))),
          "Give it a version above %s, so that it runs after what was there before it; or, if the order"
                  .formatted(last)
              + " does not matter, run the goal with -Dmigrate.outOfOrder=true.");
    }
  }
}
