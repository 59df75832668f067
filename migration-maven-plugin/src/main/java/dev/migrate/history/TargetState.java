package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of a target: its migration history joined with the revision files. A value; it does no
 * I/O.
 */
public final class TargetState {
  private final RevisionFiles files;
  private final History history;
  private final Map<RevisionId, HistoryRow> failed;
  private final Map<RevisionId, HistoryRow> failedDowngrades;
  private final Set<RevisionId> applied;
  private final SortedMap<RevisionId, HistoryRow> squashed;
  private final List<Revision> current;
  private final List<RevisionState> states;

  private TargetState(RevisionFiles files, History history) {
    this.files = files;
    this.history = history;
    this.failed = history.failed();
    this.failedDowngrades = history.failedDowngrades();
    SquashedPart part = SquashedPart.of(files, history);
    this.applied = part.applied(known(files, history));
    this.squashed = part.amid();
    this.current = squashed.isEmpty() ? files.graph().headsOf(applied) : List.of(part.last());
    Set<RevisionId> heads = new HashSet<>();
    for (Revision head : current) {
      heads.add(head.id());
    }
    Set<RevisionId> all = new TreeSet<>(ids(files));
    all.addAll(applied);
    all.addAll(squashed.keySet());
    all.addAll(failed.keySet());
    history.notUnderstood().forEach(row -> row.id().ifPresent(all::add));
    List<RevisionState> found = new ArrayList<>();
    for (RevisionId id : all) {
      Optional<RevisionFile> file = files.find(id);
      Optional<HistoryRow> row = history.appliedRow(id);
      found.add(
          new RevisionState(
              id,
              status(id, file),
              heads.contains(id),
              file.isPresent() ? Optional.of(file.get().revision()) : Optional.empty(),
              history
                  .notUnderstood(id)
                  .or(() -> row)
                  .or(() -> Optional.ofNullable(failed.get(id)))));
    }
    this.states = List.copyOf(found);
  }

  /**
   * @param files the revisions in the project
   * @param history what the target has recorded
   * @return both laid side by side
   */
  public static TargetState of(RevisionFiles files, History history) {
    return new TargetState(files, history);
  }

  private static List<RevisionId> ids(RevisionFiles files) {
    List<RevisionId> ids = new ArrayList<>();
    for (RevisionFile file : files.all()) {
      ids.add(file.id());
    }
    return ids;
  }

  /** What has no script of ours takes part in Flyway's history and not in our graph. */
  private static Set<RevisionId> known(RevisionFiles files, History history) {
    Set<RevisionId> ids = new HashSet<>(history.applied(ids(files)));
    ids.removeIf(
        id ->
            files.find(id).isEmpty()
                && history.appliedRow(id).filter(row -> row.kind() == RowKind.SCRIPT).isEmpty());
    return Set.copyOf(ids);
  }

  private Status status(RevisionId id, Optional<RevisionFile> file) {
    if (history.notUnderstood(id).isPresent()) {
      return Status.NOT_UNDERSTOOD;
    }
    if (failed.containsKey(id)) {
      return Status.FAILED;
    }
    if (squashed.containsKey(id)) {
      return Status.SQUASHED;
    }
    if (!applied.contains(id)) {
      return Status.PENDING;
    }
    if (failedDowngrades.containsKey(id)) {
      return Status.DOWNGRADE_FAILED;
    }
    if (file.isEmpty()) {
      return Status.UNKNOWN;
    }
    return isEdited(file.get()) ? Status.EDITED : Status.APPLIED;
  }

  private boolean isEdited(RevisionFile file) {
    Optional<HistoryRow> found = history.appliedRow(file.id());
    if (found.isEmpty() || !isOf(found.get(), file)) {
      return false;
    }
    HistoryRow row = found.get();
    return row.checksum().isPresent() && row.checksum().get() != file.upgrade().checksum()
        || !row.description().equals(file.upgrade().description());
  }

  /** Whether the row is of the script, and not of another one that stands for the same version. */
  private static boolean isOf(HistoryRow row, RevisionFile file) {
    return file.revision().baseline()
        ? row.kind() == RowKind.BASELINE_SCRIPT
        : row.kind() == RowKind.SCRIPT;
  }

  /**
   * @return the revisions in the project
   */
  public RevisionFiles files() {
    return files;
  }

  /**
   * @return the graph of the revisions in the project
   */
  public RevisionGraph graph() {
    return files.graph();
  }

  /**
   * @return what the target has recorded
   */
  public History history() {
    return history;
  }

  /**
   * @return the applied set, also of revisions that are not in the files; what a baseline has
   *     replaced is not in it, the baseline is
   */
  public Set<RevisionId> applied() {
    return applied;
  }

  /**
   * @return the applied set without the revisions that are not in the files
   */
  public Set<RevisionId> known() {
    Set<RevisionId> known = new HashSet<>(applied);
    known.removeAll(graph().unknown(applied));
    return known;
  }

  /**
   * @return where the target stands: the heads of what is applied; none is base
   */
  public List<Revision> current() {
    return current;
  }

  /**
   * @return every revision of files and history, by id
   */
  public List<RevisionState> states() {
    return states;
  }

  /**
   * @param plan an upgrade
   * @return the repeatable migrations that would run after it, because they are new or have
   *     changed; none while other revisions stay pending
   */
  public List<Script> repeatablesAfter(RevisionPlan plan) {
    if (graph().pending(applied).size() != plan.revisions().size()) {
      return List.of();
    }
    return changedRepeatables();
  }

  /**
   * @param plan an upgrade
   * @return the Java migrations that run with it, as Flyway would run them: those above what is
   *     applied and below the last script of the plan, or all of them when nothing stays pending
   */
  List<JavaMigration> javaStepsOf(RevisionPlan plan) {
    List<JavaMigration> steps = files.javaSteps();
    if (steps.isEmpty()) {
      return steps;
    }
    Optional<RevisionId> highest =
        history.applied(List.of()).stream().max(Comparator.naturalOrder());
    boolean whole = graph().pending(applied).size() == plan.revisions().size();
    Optional<RevisionId> last =
        plan.revisions().stream().map(Revision::id).max(Comparator.naturalOrder());
    return steps.stream()
        .filter(step -> highest.isEmpty() || step.id().orElseThrow().compareTo(highest.get()) > 0)
        .filter(
            step ->
                whole || last.filter(id -> step.id().orElseThrow().compareTo(id) < 0).isPresent())
        .toList();
  }

  /**
   * @param plan an upgrade
   * @return the repeatable Java migrations that would run after it, because they are new or say
   *     another checksum; none while other revisions stay pending
   */
  List<JavaMigration> javaRepeatablesAfter(RevisionPlan plan) {
    List<JavaMigration> all = files.javaRepeatables();
    if (all.isEmpty() || graph().pending(applied).size() != plan.revisions().size()) {
      return List.of();
    }
    return all.stream()
        .filter(
            step ->
                history
                    .repeatable(step.description())
                    .filter(row -> row.checksum().equals(step.checksum()))
                    .isEmpty())
        .toList();
  }

  /**
   * @param plan an upgrade
   * @return all Java migrations that run with it, in that order
   */
  public List<JavaMigration> javaWith(RevisionPlan plan) {
    return Stream.concat(javaStepsOf(plan).stream(), javaRepeatablesAfter(plan).stream()).toList();
  }

  /**
   * @return the repeatable migrations that are new or have changed
   */
  List<Script> changedRepeatables() {
    return files.repeatables().stream().filter(this::isNewOrChanged).toList();
  }

  /**
   * @return the repeatable migrations of the files that have run here, as they are or as they were
   */
  public List<Script> repeatablesThatRan() {
    return files.repeatables().stream()
        .filter(script -> history.repeatable(script.description()).isPresent())
        .toList();
  }

  /**
   * @return the last rows of repeatable migrations that have run here and whose files are gone:
   *     nothing runs them any more, and what they have made stays
   */
  public List<HistoryRow> repeatablesWithoutFile() {
    Set<String> there =
        files.repeatables().stream().map(Script::description).collect(Collectors.toSet());
    return history.repeatables().stream()
        .filter(row -> !there.contains(row.description()))
        .toList();
  }

  /**
   * @return the repeatable migrations that have run and run again with every upgrade, because
   *     Flyway sums up the time of the run with them; nobody could wait until they have run for the
   *     last time
   */
  public List<Script> repeatablesOfEachUpgrade() {
    return repeatablesThatRan().stream()
        .filter(script -> script.text().contains("flyway:timestamp") && isNewOrChanged(script))
        .toList();
  }

  private boolean isNewOrChanged(Script script) {
    return history
        .repeatable(script.description())
        .flatMap(HistoryRow::checksum)
        .filter(sum -> sum == script.checksum())
        .isEmpty();
  }

  /**
   * @return the repeatable migrations of the files that stopped half-way outside a transaction and
   *     did not run to their end since
   */
  public List<Script> failedRepeatables() {
    return files.repeatables().stream()
        .filter(script -> history.failedRepeatables().containsKey(script.description()))
        .toList();
  }

  /**
   * @param id a revision of the files or of the history
   * @return where it stands
   */
  public Optional<RevisionState> state(RevisionId id) {
    return states.stream().filter(state -> state.id().equals(id)).findFirst();
  }

  /**
   * @param status where revisions may stand
   * @return those that stand there, by id
   */
  public List<RevisionState> in(Status status) {
    List<RevisionState> found = new ArrayList<>();
    for (RevisionState state : states) {
      if (state.status() == status) {
        found.add(state);
      }
    }
    return List.copyOf(found);
  }

  /**
   * Refuses to build on a target whose history and files contradict each other.
   *
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of, {@code DATABASE_AHEAD} when it has applied revisions that are
   *     not in the files, {@code TAMPERED_SCRIPT} when an applied script was edited, {@code
   *     FAILED_REVISION} when a downgrade stopped half-way
   */
  public void requireUpgradable() {
    requireKnown();
    requireNotAmidBaseline();
    requireUnedited();
    requireNoFailedDowngrade();
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
  public void requireDowngradable() {
    requireKnown();
    requireNotAmidBaseline();
    requireNothingFailed();
    requireNoFailedDowngrade();
  }

  /**
   * @param names of revisions, as people give them
   * @return their ids
   * @throws MigrateException {@code UNKNOWN_REVISION} or {@code AMBIGUOUS_REVISION}
   */
  public Set<RevisionId> resolve(List<String> names) {
    return names.stream()
        .map(name -> graph().resolveOne(name, applied()).id())
        .collect(Collectors.toSet());
  }

  /**
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of
   */
  public void requireUnderstood() {
    history.requireUnderstood();
  }

  /**
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of, {@code DATABASE_AHEAD} when revisions are applied that are not
   *     in the files
   */
  public void requireKnown() {
    requireUnderstood();
    List<RevisionState> unknown = in(Status.UNKNOWN);
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
  public void requireNotAmidBaseline() {
    if (!squashed.isEmpty()) {
      Revision baseline = graph().baseline().orElseThrow();
      throw new MigrateException(
          FailureCode.BELOW_BASELINE,
          "The database stands at %s, in the middle of what the baseline %s has replaced."
              .formatted(current.get(0).title(), baseline.origin()),
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

  private void requireUnedited() {
    List<RevisionState> edited = in(Status.EDITED);
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
                      current.stream().anyMatch(one -> one.id().equals(edited.get(0).id()))
                          ? ""
                          : " -Dmigrate.to=" + edited.get(0).id() + "-1")
              + " others have applied it, restore the file (git restore) and put the change into a"
              + " revision of its own. If database and file agree in spite of the edit, record the"
              + " file as it is now with mvn migrate:stamp -Dmigrate.to=current.");
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
  public void requireNothingFailed() {
    requireNothingFailedBut(List.of());
  }

  /**
   * @param again the revisions that are about to be run once more
   * @throws MigrateException {@code FAILED_REVISION} when another revision stopped half-way
   */
  public void requireNothingFailedBut(List<Revision> again) {
    Set<RevisionId> ids = IntendedHistory.ids(again);
    for (RevisionState one : in(Status.FAILED)) {
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
  public void requireNothingFailedBut(List<Revision> plan, Set<RevisionId> rerun) {
    requireNothingFailedBut(plan.stream().filter(one -> mayRunAgain(one, rerun)).toList());
  }

  /** The same for those of a plan alone, at the last door before it runs. */
  void requireNoneHalfWay(List<Revision> plan, Set<RevisionId> rerun) {
    List<Revision> others = new ArrayList<>();
    Set<RevisionId> planned = IntendedHistory.ids(plan);
    for (RevisionState one : in(Status.FAILED)) {
      if (!planned.contains(one.id())) {
        one.revision().ifPresent(others::add);
      }
    }
    plan.stream().filter(one -> mayRunAgain(one, rerun)).forEach(others::add);
    requireNothingFailedBut(others);
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
  public void requireNoFailedRepeatable() {
    for (Script script : failedRepeatables()) {
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
   *     {@code SEVERAL_HEADS}, and as {@link #requireUpgradable()}, {@link #requireNothingFailed()}
   *     and {@link #requireNoFailedRepeatable()}
   */
  public void requireAtHead() {
    requireNothingFailed();
    requireUpgradable();
    requireNoFailedRepeatable();
    if (graph().heads().size() != 1) {
      graph().resolve("head", applied); // Says which they are, and fails.
    }
    List<RevisionState> pending = in(Status.PENDING);
    if (!pending.isEmpty()) {
      throw pending(
          pending.size() == 1 ? "1 revision" : pending.size() + " revisions",
          pending.stream().map(one -> "%s (%s)".formatted(one.id(), one.message())).toList());
    }
    List<Script> repeatables = pendingRepeatables();
    if (!repeatables.isEmpty()) {
      throw pending(
          repeatables.size() == 1
              ? "1 repeatable migration, which is new or has changed"
              : repeatables.size() + " repeatable migrations, which are new or have changed",
          repeatables.stream().map(Script::name).toList());
    }
  }

  /**
   * @return the repeatable migrations that an upgrade to the head would run for sure: new or
   *     changed. Of one with placeholders, which Flyway sums up with their values, nobody knows
   *     whether it has changed
   */
  public List<Script> pendingRepeatables() {
    return files.repeatables().stream().filter(this::isSurelyToRun).toList();
  }

  private static MigrateException pending(String what, List<String> names) {
    return new MigrateException(
        FailureCode.PENDING,
        "The database has not applied %s: %s.".formatted(what, String.join(", ", names)),
        "Apply them with mvn migrate:upgrade.");
  }

  private boolean isSurelyToRun(Script script) {
    boolean ran =
        history.repeatable(script.description()).flatMap(HistoryRow::checksum).isPresent();
    return isNewOrChanged(script) && !(ran && script.text().contains("${"));
  }

  /**
   * @param revisions what is to be taken back
   * @throws MigrateException {@code IRREVERSIBLE} when one of them has no downgrade script, or
   *     never ran on the target, or a Java migration has run upon it, which nothing takes back
   */
  public void requireReversible(List<Revision> revisions) {
    for (Revision revision : revisions) {
      Downgrade.scriptOf(files.get(revision.id()), history, files);
    }
    revisions.stream()
        .map(Revision::id)
        .min(Comparator.naturalOrder())
        .ifPresent(this::requireNoJavaAbove);
  }

  /** Its row would stay: the next upgrade would not run it again on what the scripts make anew. */
  private void requireNoJavaAbove(RevisionId lowest) {
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

  private void requireNoFailedDowngrade() {
    requireNoFailedDowngradeBut(Set.of());
  }

  private void requireNoFailedDowngradeBut(Set<RevisionId> again) {
    for (RevisionState one : in(Status.DOWNGRADE_FAILED)) {
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
   * @throws MigrateException as {@link #requireDowngradable()}
   */
  public void requireDowngradable(List<Revision> plan, Set<RevisionId> rerun) {
    requireKnown();
    requireNotAmidBaseline();
    requireNothingFailed();
    requireNoFailedDowngradeBut(mayGoBackAgain(plan, rerun));
  }

  /** The same for those of a plan alone, at the last door before it runs. */
  void requireNoDowngradeHalfWay(List<Revision> plan, Set<RevisionId> rerun) {
    Set<RevisionId> others = new HashSet<>(failedDowngrades.keySet());
    others.removeAll(IntendedHistory.ids(plan));
    others.addAll(mayGoBackAgain(plan, rerun));
    requireNoFailedDowngradeBut(others);
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
   * Files without a header build on each other by their versions alone; one that comes below what
   * is applied would run after the ones that build on it.
   *
   * @return the revisions that are pending, have no header, and lie below an applied one
   */
  public List<RevisionState> outOfOrder() {
    Optional<RevisionId> last = history.applied(List.of()).stream().max(RevisionId::compareTo);
    return last.isEmpty()
        ? List.of()
        : in(Status.PENDING).stream()
            .filter(one -> one.id().compareTo(last.get()) < 0)
            .filter(one -> !one.revision().orElseThrow().baseline())
            .filter(one -> !files.get(one.id()).hasHeader())
            .toList();
  }

  /**
   * @param plan what is to run
   * @throws MigrateException {@code OUT_OF_ORDER} when one of it is {@link #outOfOrder}
   */
  public void requireInOrder(List<Revision> plan) {
    Set<RevisionId> planned = IntendedHistory.ids(plan);
    List<RevisionState> found =
        outOfOrder().stream().filter(one -> planned.contains(one.id())).toList();
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
