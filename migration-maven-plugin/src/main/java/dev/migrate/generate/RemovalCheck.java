package dev.migrate.generate;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Scope;
import dev.migrate.model.CommandLineNames;
import dev.migrate.model.Model;
import dev.migrate.plan.Rename;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Detects objects that a generated revision would drop although a revision written by hand has made
 * them.
 *
 * <p>What is gone from the model is to go from the databases. But a column that a revision written
 * by hand has made, and that the model never had, looks the same. Three schemas tell them apart:
 * the model as it was (what the last generated revisions gave), the model as it is, and the head.
 * Where the model says what it said before and the head says something else, it was not the model
 * that changed: the revisions in between did, and nobody has told the model.
 */
final class RemovalCheck {
  private static final String ALL = "all";
  private static final String NONE = "none";

  private final Replay replay;
  private final RevisionFiles files;
  private final Scope scope;
  private final UserPrompt questions;
  private final Model model;

  RemovalCheck(Replay replay, RevisionFiles files, Scope scope, UserPrompt questions, Model model) {
    this.replay = replay;
    this.files = files;
    this.scope = scope;
    this.questions = questions;
    this.model = model;
  }

  /**
   * Lets nothing be taken back of which nobody said that it may.
   *
   * @param drops what {@code migrate.drop} says
   * @param command what to run again with the answer
   * @return what is taken back, in a sentence, if anything is
   * @throws MigrateException {@code DROP_UNDECIDED}; {@code INVALID_PARAMETER} when something is
   *     said about what does not change
   */
  Optional<String> settle(
      Schema head, Schema wanted, Diff diff, List<Rename> renamed, String drops, String command) {
    Set<String> said =
        Arrays.stream(drops.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    refuseUnknown(said, diff);
    Set<RevisionId> told = told();
    List<Revision> byHand =
        files.graph().revisions().stream().filter(one -> !told.contains(one.id())).toList();
    if (byHand.isEmpty() || said.contains(ALL)) {
      return Optional.empty();
    }
    try (ScratchWorkspace workspace = replay.once(told)) {
      Schema before = workspace.read(workspace.base(), scope);
      List<Change> changes = outermost(takenBack(before, wanted, diff, renamed));
      if (changes.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          settle(attributed(changes, before, workspace, told, byHand), said, command));
    }
  }

  /**
   * The revisions up to the last that were made from the model: what they give, it has said. What
   * was there without a header, before the project had revisions of ours, was there before the
   * model; and a baseline gives what it has replaced.
   */
  private Set<RevisionId> told() {
    Set<RevisionId> told = new HashSet<>();
    List<RevisionFile> newestFirst = new ArrayList<>(files.all());
    Collections.reverse(newestFirst);
    for (RevisionFile file : newestFirst) {
      if (told.contains(file.id())) {
        continue;
      }
      Set<RevisionId> below =
          files.graph().ancestorsWithDependencies(file.id()).stream()
              .map(Revision::id)
              .collect(Collectors.toSet());
      boolean grown =
          !file.hasHeader() && below.stream().noneMatch(id -> files.get(id).hasHeader());
      if (file.upgrade().generated() || file.revision().baseline() || grown) {
        told.add(file.id());
        told.addAll(below);
      }
    }
    return told;
  }

  private static List<Change> takenBack(
      Schema before, Schema wanted, Diff diff, List<Rename> renamed) {
    Set<FactId> moved = new HashSet<>();
    for (Rename rename : renamed) {
      if (rename instanceof Rename.OfFact fact) {
        moved.add(fact.from());
        moved.add(fact.to());
      }
    }
    return diff.changes().stream()
        .filter(change -> before.find(change.id()).equals(wanted.find(change.id())))
        .filter(change -> moved.stream().noneMatch(one -> isWithin(change.id(), one)))
        .toList();
  }

  /** A table is named, and not each of its columns. */
  private static List<Change> outermost(List<Change> changes) {
    return changes.stream()
        .filter(
            change ->
                changes.stream()
                    .noneMatch(
                        other ->
                            !other.id().equals(change.id())
                                && !(other instanceof Change.Altered)
                                && isWithin(change.id(), other.id())))
        .toList();
  }

  private static boolean isWithin(FactId id, FactId outer) {
    List<String> names = id.subject().orElse(id).names();
    boolean holds =
        names.size() > outer.names().size()
            || id.equals(outer)
            || id.kind() != outer.kind() && isHolder(outer.kind());
    return holds
        && names.size() >= outer.names().size()
        && names.subList(0, outer.names().size()).equals(outer.names());
  }

  private static boolean isHolder(Kind kind) {
    return switch (kind) {
      case SCHEMA, TABLE, COLUMN, VIEW, MATERIALIZED_VIEW -> true;
      default -> false;
    };
  }

  /** Something that would be taken back, and who made it. */
  private record TakenBack(Change change, Revision by, String did) {
    String name() {
      return CommandLineNames.of(change.id());
    }

    String words() {
      return "%s %s the %s".formatted(by.title(), did, change.id());
    }

    boolean isSaid(Set<String> said) {
      return isNamed(change, said);
    }
  }

  private static boolean isNamed(Change change, Set<String> said) {
    return said.contains(CommandLineNames.of(change.id()))
        || said.contains(CommandLineNames.full(change.id()))
        || said.contains(change.id().toString());
  }

  private List<TakenBack> attributed(
      List<Change> changes,
      Schema before,
      ScratchWorkspace workspace,
      Set<RevisionId> told,
      List<Revision> byHand) {
    Map<Change, TakenBack> found = new LinkedHashMap<>();
    Set<RevisionId> run = new HashSet<>(told);
    for (Revision revision : byHand) {
      if (found.size() == changes.size()) {
        break;
      }
      run.add(revision.id());
      replay.onward(workspace, run);
      Schema now = workspace.read(workspace.base(), scope);
      for (Change change : changes) {
        Optional<Fact> was = before.find(change.id());
        Optional<Fact> is = now.find(change.id());
        if (!found.containsKey(change) && !was.equals(is)) {
          String did = was.isEmpty() ? "added" : is.isEmpty() ? "removed" : "changed";
          found.put(change, new TakenBack(change, revision, did));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private String settle(List<TakenBack> all, Set<String> said, String command) {
    List<TakenBack> open = new ArrayList<>(all);
    open.removeIf(one -> one.isSaid(said));
    boolean ask = questions.possible() && !said.contains(NONE);
    for (TakenBack one : List.copyOf(open)) {
      boolean yes =
          ask
              && questions
                  .yes(one.words() + ", and the model does not say so. Take it back?")
                  .orElseThrow(() -> undecided(open, said, command));
      if (!yes) {
        throw undecided(open, said, command);
      }
      open.remove(one);
    }
    return "It takes back what was written by hand: "
        + all.stream().map(TakenBack::words).collect(Collectors.joining("; "))
        + ".";
  }

  private MigrateException undecided(List<TakenBack> open, Set<String> said, String command) {
    String nl = System.lineSeparator();
    Set<String> names = new LinkedHashSet<>(said);
    names.remove(NONE);
    open.forEach(one -> names.add(one.name()));
    String flag = "-Dmigrate.drop=" + String.join(",", names);
    return new MigrateException(
        FailureCode.DROP_UNDECIDED,
        "The model does not say what revisions written by hand have done, so this revision would take"
            + " it back; nothing was written:"
            + nl
            + open.stream().map(one -> "  " + one.words()).collect(Collectors.joining(nl)),
        "If it is to stay, say it in the model %s, too. If it may go, with its data, say so, several with commas between, or all:"
                .formatted(model.describe())
            + nl
            + "  "
            + command
            + " "
            + (flag.matches("[\\w.,:=-]+") ? flag : "'" + flag.replace("'", "'\\''") + "'"));
  }

  private static void refuseUnknown(Set<String> said, Diff diff) {
    Set<String> wrong = new LinkedHashSet<>();
    for (String name : said) {
      boolean known =
          name.equals(ALL)
              || name.equals(NONE)
              || diff.changes().stream().anyMatch(change -> isNamed(change, Set.of(name)));
      if (!known) {
        wrong.add(name);
      }
    }
    if (!wrong.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.drop names %s, about which the revisions and the model do not differ."
              .formatted(String.join(", ", wrong)),
          "See with mvn migrate:diff what they differ in, and name it as it stands there.");
    }
  }
}
