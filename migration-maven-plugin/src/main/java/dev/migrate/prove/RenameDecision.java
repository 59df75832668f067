package dev.migrate.prove;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides with the user what is renamed: by what is given, else by asking, never by guessing. */
final class RenameDecision {
  private static final String NONE = "none";

  private final RenameCandidates candidates;
  private final Set<String> given;
  private final boolean noneElse;
  private final Questions questions;
  private final String command;
  private final Set<String> used = new HashSet<>();

  /**
   * @param given what {@code migrate.rename} says: pairs with commas between, or {@code none}
   * @param questions whom to ask
   * @param command what to run again with the answer when there is nobody to ask
   */
  RenameDecision(Schema from, Schema to, String given, Questions questions, String command) {
    this.candidates = new RenameCandidates(from, to);
    Set<String> items =
        Arrays.stream(given.split(","))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.noneElse = items.remove(NONE);
    this.given = items;
    this.questions = questions;
    this.command = command;
  }

  /**
   * @return what is renamed, in the order in which it is done
   * @throws MigrateException {@code RENAME_UNDECIDED} when nobody says whether something is
   *     renamed, {@code INVALID_PARAMETER} when a pair that was given does not apply
   */
  List<Rename> decide() {
    List<Rename> all = candidates.objects();
    List<Rename> decided = new ArrayList<>(decide(all));
    List<Rename> parts = candidates.parts(decided);
    decided.addAll(decide(parts));
    Set<String> wrong = new LinkedHashSet<>(given);
    wrong.removeAll(used);
    if (!wrong.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The rename %s does not apply: the old name must be in the revisions and not in the model, the new one the other way round, and both of one kind."
              .formatted(String.join(", ", wrong)),
          all.isEmpty() && parts.isEmpty()
              ? "Remove it from -Dmigrate.rename; nothing can have been renamed."
              : "Possible are: %s.".formatted(flags(all, parts)));
    }
    return decided;
  }

  private static String flags(List<Rename> one, List<Rename> other) {
    List<Rename> both = new ArrayList<>(one);
    both.addAll(other);
    return both.stream()
        .map(rename -> "-Dmigrate.rename=" + Spelling.flag(rename))
        .collect(Collectors.joining(", "));
  }

  private List<Rename> decide(List<Rename> possible) {
    List<Rename> decided = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Rename rename : possible) {
      Optional<String> said =
          given.stream().filter(text -> Spelling.matches(rename, text)).findFirst();
      if (said.isPresent()) {
        used.add(said.get());
        decided.add(rename);
        taken.addAll(ends(rename));
      }
    }
    List<Rename> open = new ArrayList<>(possible);
    open.removeIf(rename -> ends(rename).stream().anyMatch(taken::contains));
    if (open.isEmpty() || noneElse) {
      return decided;
    }
    if (!questions.possible()) {
      throw undecided(open);
    }
    while (!open.isEmpty()) {
      Rename rename = open.get(0);
      // Somebody who closes the terminal has not said that the old data can go.
      boolean yes =
          questions
              .yes("Did you rename " + Spelling.words(rename) + "?")
              .orElseThrow(() -> undecided(open));
      open.remove(0);
      if (yes) {
        decided.add(rename);
        Set<String> ends = ends(rename);
        open.removeIf(other -> ends(other).stream().anyMatch(ends::contains));
      }
    }
    return decided;
  }

  private static Set<String> ends(Rename rename) {
    if (rename instanceof Rename.OfEnumValue value) {
      String type = value.type().encode() + "\t";
      return Set.of("from " + type + value.from(), "to " + type + value.to());
    }
    FactId from = ((Rename.OfFact) rename).from();
    FactId to = ((Rename.OfFact) rename).to();
    return Set.of("from " + from.encode(), "to " + to.encode());
  }

  /** The line to paste. */
  private String again(String renames) {
    String flag = "-Dmigrate.rename=" + renames;
    boolean plain = flag.matches("[\\w.,:=-]+");
    return "  " + command + " " + (plain ? flag : "'" + flag.replace("'", "'\\''") + "'");
  }

  private MigrateException undecided(List<Rename> open) {
    String nl = System.lineSeparator();
    String before = given.isEmpty() ? "" : String.join(",", given) + ",";
    return new MigrateException(
        FailureCode.RENAME_UNDECIDED,
        "It cannot be seen whether something was renamed, or dropped and added anew. Perhaps you renamed"
            + nl
            + open.stream().map(one -> "  " + Spelling.words(one)).collect(Collectors.joining(nl)),
        "Say which, several with commas between:"
            + nl
            + open.stream()
                .map(one -> again(before + Spelling.flag(one)))
                .collect(Collectors.joining(nl))
            + nl
            + "or that nothing "
            + (given.isEmpty() ? "" : "else ")
            + "was renamed, and what is gone is dropped, with its data:"
            + nl
            + again(before + NONE));
  }
}
