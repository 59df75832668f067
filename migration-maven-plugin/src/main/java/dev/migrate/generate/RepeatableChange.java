package dev.migrate.generate;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileChange;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.model.CommandLineNames;
import dev.migrate.observe.InverseRenames;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.plan.Operation;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.plan.Statement;
import dev.migrate.replay.RepeatableObjects;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Applies schema changes of views, functions and the like to the repeatable migrations ({@code
 * R__…sql}) that make them. They run last, on a new database and wherever their file has changed,
 * so a revision alone would hold on old databases only: the change goes into their files, and into
 * the revision goes what must happen before. Its downgrade brings back what was there, and has them
 * run again when the revision comes back.
 *
 * <p>What is written is tried with the whole project before ({@link RepeatableTrial}).
 */
final class RepeatableChange implements AutoCloseable {
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Schema head;
  private final Schema wanted;
  private final ScratchWorkspace revisions;
  private final Schema bare;
  private final RepeatableObjects owned;
  private final RepeatableRewriter rewriter;
  private final RepeatableTrial trial;

  /**
   * Runs the revisions without the repeatable migrations, to see what these make.
   *
   * @param replays how revisions are replayed, and what of a schema counts
   * @param head the schema of everything that is there
   * @param wanted the schema of the model
   */
  RepeatableChange(ReplaySettings replays, Schema head, Schema wanted) {
    this.files = replays.files();
    this.options = replays.options();
    this.scope = replays.scope();
    this.head = head;
    this.wanted = wanted;
    this.revisions =
        new Replay(replays.scratchSource(), files.withoutRepeatables(), options, replays.progress())
            .of(all(files));
    this.bare = revisions.read(revisions.base(), scope);
    this.owned = new RepeatableObjects(bare, head);
    this.rewriter = new RepeatableRewriter(replays, head, wanted, revisions, owned);
    this.trial = new RepeatableTrial(replays, head, wanted);
  }

  private static List<RevisionId> all(RevisionFiles files) {
    return files.graph().revisions().stream().map(Revision::id).toList();
  }

  /** What repeatable migrations make is not what a revision written by hand has made. */
  Diff ofRevisions(Diff diff) {
    return new Diff(
        diff.changes().stream().filter(change -> root(change).isEmpty()).toList(),
        diff.uncovered(),
        diff.columnOrder());
  }

  private Optional<FactId> root(Change change) {
    return owned.rootOf(change, head, wanted);
  }

  /**
   * What the model lacks may be what somebody has written into a repeatable migration and nobody
   * has told the model.
   *
   * @param drops what {@code migrate.drop} says
   * @param command what to run again with the answer
   * @return what of it is said about the rest
   * @throws MigrateException {@code DROP_UNDECIDED}
   */
  String settle(Diff diff, String drops, String command) {
    Set<String> said =
        Arrays.stream(drops.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> rest = new LinkedHashSet<>(said);
    List<FactId> open = new ArrayList<>();
    for (Change change : diff.changes()) {
      Optional<FactId> root = root(change).filter(change.id()::equals);
      if (root.isPresent() && change instanceof Change.Removed) {
        rest.remove(CommandLineNames.of(change.id()));
        rest.remove(CommandLineNames.full(change.id()));
        if (!said.contains("all")
            && !said.contains(CommandLineNames.of(change.id()))
            && !said.contains(CommandLineNames.full(change.id()))) {
          open.add(change.id());
        }
      }
    }
    if (!open.isEmpty()) {
      Set<String> names = new LinkedHashSet<>(said);
      open.forEach(id -> names.add(CommandLineNames.of(id)));
      throw new MigrateException(
          FailureCode.DROP_UNDECIDED,
          "The model does not have what repeatable migrations make, so it would be taken out of their files; nothing was written: %s."
              .formatted(open.stream().map(FactId::toString).collect(Collectors.joining(", "))),
          "If it is to stay, say it in the model, too. If it may go, say so: %s -Dmigrate.drop=%s"
              .formatted(command, String.join(",", names)));
    }
    return String.join(",", rest);
  }

  /**
   * What is to be written.
   *
   * @param draft the revision
   * @param besides the files of repeatable migrations that change with it
   * @param names what these are called
   * @param verdict what was seen of the revision
   */
  record Written(
      NewRevision draft,
      List<FileChange.Replace> besides,
      List<String> names,
      ProofResult verdict) {
    Written {
      besides = List.copyOf(besides);
      names = List.copyOf(names);
    }
  }

  /**
   * @param diff from the head to the model
   * @return whether it changes what repeatable migrations make
   */
  boolean touches(Diff diff) {
    return diff.changes().stream().anyMatch(change -> root(change).isPresent());
  }

  /**
   * Whether a revision, proven where everything has run, gives the model on a new database, too.
   *
   * @param drafts what was proven
   * @param clock gives the ids
   * @return what is wrong there, in a sentence; empty when all is well
   */
  Optional<String> refusedOnNew(List<NewRevision> drafts, Clock clock) {
    return trial.onNew(drafts, clock);
  }

  /**
   * @param workspace whose base has everything so far
   * @param renames what is renamed on the way
   * @param source makes the plans
   * @param draft the revision, without its scripts
   * @param onNew why a revision alone does not do on a new database, when that was tried
   * @param clock gives the ids
   * @return what to write
   * @throws MigrateException {@code REPEATABLE_OWNED} when the files cannot be changed so that old
   *     and new databases end equal; {@code PROOF_FAILED} when the rest is not proven
   */
  Written change(
      ScratchWorkspace workspace,
      List<Rename> renames,
      PlanSource source,
      NewRevision draft,
      Optional<String> onNew,
      Clock clock) {
    refuseRenames(renames);
    refuseRows();
    owned
        .dependentIn(wanted)
        .ifPresent(
            one -> {
              throw stop(
                  "%s needs %s, which a repeatable migration makes, and these run last: on a new database no revision can make it."
                      .formatted(one.fact(), one.on()),
                  "Move what makes %s into a revision, or let the repeatable migration make %s, too."
                      .formatted(one.on(), one.fact()));
            });
    Schema below = owned.without(wanted);
    ProofResult verdict =
        Diff.between(bare, below).isEmpty()
            ? ProofResult.of(List.of(), null, List.of(), List.of())
            : new Proof(revisions, scope, source).of(bare, below, renames);
    if (!verdict.proven()) {
      throw Generate.failed(verdict);
    }
    if (verdict.steps().size() > 1
        || verdict.steps().stream().anyMatch(one -> !one.upInTransaction())) {
      throw stop(
          "What changes in %s goes into their files, and the rest of the change needs more than one transaction."
              .formatted(
                  files.repeatables().stream().map(Script::name).collect(Collectors.joining(", "))),
          "Change the model in two steps: first what no repeatable migration makes, mvn migrate:generate, then the rest.");
    }
    List<List<Statement>> down =
        source.back(wanted, head, new PlanOptions(InverseRenames.of(renames))).transactions();
    List<String> wrong = new ArrayList<>();
    for (List<Statement> drops : waysIn(dropsBefore(source, renames))) {
      wrong.clear();
      Map<Script, String> texts = rewriter.rewritten(below, drops, draft.message(), wrong);
      if (texts.isEmpty()) {
        onNew.ifPresent(wrong::add);
      }
      if (wrong.isEmpty()) {
        Written written = written(draft, step(verdict, drops, down), texts, verdict);
        Optional<String> refused = trial.of(workspace, written.draft(), written.besides(), clock);
        if (refused.isEmpty()) {
          return written;
        }
        wrong.add(refused.get());
      }
    }
    throw cannot(wrong);
  }

  /** Without drops first: what is replaced in its place keeps what others have granted on it. */
  private static List<List<Statement>> waysIn(List<Statement> drops) {
    return drops.isEmpty() ? List.of(drops) : List.of(List.of(), drops);
  }

  private MigrateException cannot(List<String> reasons) {
    Set<FactId> roots = new TreeSet<>();
    Diff.between(head, wanted).changes().forEach(change -> root(change).ifPresent(roots::add));
    return stop(
        "The model changes %s, which repeatable migrations make (%s), and their files cannot be written anew so that old and new databases end equal: %s"
            .formatted(
                roots.isEmpty()
                    ? "what stands under things"
                    : roots.stream().map(FactId::toString).collect(Collectors.joining(", ")),
                files.repeatables().stream().map(Script::name).collect(Collectors.joining(", ")),
                String.join(" ", reasons)),
        "Change the file by hand as the model says, then run mvn migrate:generate again: what is left of the difference becomes a revision.");
  }

  private void refuseRenames(List<Rename> renames) {
    for (Rename rename : renames) {
      if (rename instanceof Rename.OfFact fact
          && head.find(fact.from()).flatMap(one -> owned.rootOf(one, head)).isPresent()) {
        throw stop(
            "%s is made by a repeatable migration, which would make it again under its old name."
                .formatted(fact.from()),
            "Write the new name into its file, with a DROP … IF EXISTS of the old one before it, and run mvn migrate:generate again.");
      }
    }
  }

  /** Rows, and values in the rows of others, do not come back when a file runs again. */
  private void refuseRows() {
    for (Change change : Diff.between(head, wanted).changes()) {
      root(change)
          .filter(root -> holdsRows(root.kind()))
          .ifPresent(
              root -> {
                throw stop(
                    "The model changes %s, and a repeatable migration makes the %s: to run its file again changes no rows that are there."
                        .formatted(change.id(), root),
                    "Move what makes it from the repeatable migration into a revision (CREATE … IF NOT EXISTS, where databases have it already), then run mvn migrate:generate again.");
              });
    }
  }

  /** Rows, or what stands in the rows of others; a schema and an extension may hold both. */
  private static boolean holdsRows(Kind kind) {
    return kind.has(Kind.Trait.ROWS_NEED_IT) || kind == Kind.SCHEMA || kind == Kind.EXTENSION;
  }

  private static MigrateException stop(String problem, String remedy) {
    return new MigrateException(
        FailureCode.REPEATABLE_OWNED, problem + " Nothing was written.", remedy);
  }

  /** What stands in the way on a database where the repeatable migrations have run already. */
  private List<Statement> dropsBefore(PlanSource source, List<Rename> renames) {
    List<Statement> drops = new ArrayList<>();
    for (Statement statement : source.plan(head, wanted, new PlanOptions(renames)).statements()) {
      Optional<FactId> root =
          head.find(statement.about()).flatMap(fact -> owned.rootOf(fact, head));
      if (root.filter(statement.about()::equals).isPresent()
          && statement.about().kind().has(Kind.Trait.HOLDS_NOTHING)
          && statement.operation() instanceof Operation.DropObject drop) {
        drops.add(Statement.of(statement.about(), drop.orNone()));
      }
    }
    return drops;
  }

  private ProofResult.Step step(
      ProofResult verdict, List<Statement> drops, List<List<Statement>> down) {
    List<ObservedStatement> up =
        new ArrayList<>(drops.stream().map(RepeatableChange::plain).toList());
    verdict.steps().forEach(step -> up.addAll(step.up()));
    return new ProofResult.Step(
        head,
        wanted,
        head,
        up,
        down.stream().map(group -> group.stream().map(RepeatableChange::plain).toList()).toList());
  }

  private static ObservedStatement plain(Statement statement) {
    return new ObservedStatement(statement, null);
  }

  private Written written(
      NewRevision draft, ProofResult.Step step, Map<Script, String> texts, ProofResult verdict) {
    List<String> names = texts.keySet().stream().map(files::relative).sorted().toList();
    String note = RevisionScript.besideRepeatables(names);
    String statements = RevisionScript.upgrade(step);
    return new Written(
        draft
            .running(
                note + (statements.isEmpty() ? "" : "\n" + statements),
                RevisionScript.downgrade(step))
            .inTransaction(step.upInTransaction(), step.downInTransaction())
            .repeatable(false, step.downRepeatable())
            .changing(names),
        texts.entrySet().stream()
            .map(
                entry ->
                    new FileChange.Replace(
                        entry.getKey().path(), encoded(entry.getKey(), entry.getValue())))
            .toList(),
        names,
        verdict.with(List.of(step)));
  }

  private static byte[] encoded(Script script, String text) {
    return script.conventions().encoded(text.getBytes(StandardCharsets.UTF_8), script.name());
  }

  @Override
  public void close() {
    revisions.close();
  }
}
