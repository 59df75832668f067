package dev.migrate.generate;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.model.CommandLineNames;
import dev.migrate.plan.Rename;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides which rename candidates are renames, by the parameter, else by asking, never by guessing.
 */
final class RenameDecision {
  private static final String NONE = "none";

  private final Schema to;
  private final GivenRenames renames;
  private final Set<String> given;
  private final boolean noneElse;
  private final UserPrompt questions;
  private final String command;

  /**
   * @param given what {@code migrate.rename} says: pairs with commas between, or {@code none}
   * @param questions whom to ask
   * @param command what to run again with the answer when there is nobody to ask
   */
  RenameDecision(Schema from, Schema to, String given, UserPrompt questions, String command) {
    Set<String> items =
        Arrays.stream(given.split(","))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.to = to;
    this.noneElse = items.remove(NONE);
    this.given = items;
    this.renames = new GivenRenames(from, to, items);
    this.questions = questions;
    this.command = command;
  }

  /**
   * @return what is renamed, in the order in which it is done
   * @throws MigrateException {@code RENAME_UNDECIDED} when nobody says whether something is
   *     renamed, {@code INVALID_PARAMETER} when a pair that was given does not apply
   */
  List<Rename> decide() {
    renames.takeObjects();
    ask(candidates -> candidates.objects());
    renames.takeParts();
    refuseTheRest();
    ask(candidates -> candidates.parts(List.of()));
    return renames.decided();
  }

  private void refuseTheRest() {
    Set<String> wrong = renames.open();
    if (!wrong.isEmpty()) {
      RenameCandidates candidates = new RenameCandidates(renames.now(), to);
      List<Rename> objects = candidates.objects();
      List<Rename> parts = candidates.parts(List.of());
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The rename %s does not apply: the old name must be in the revisions and not in the model, the new one the other way round, and both of one kind."
              .formatted(String.join(", ", wrong)),
          objects.isEmpty() && parts.isEmpty()
              ? "Correct it in -Dmigrate.rename, or remove it; nothing else looks renamed."
              : "Possible are: %s.".formatted(flags(objects, parts)));
    }
  }

  private static String flags(List<Rename> one, List<Rename> other) {
    List<Rename> both = new ArrayList<>(one);
    both.addAll(other);
    return both.stream()
        .map(rename -> "-Dmigrate.rename=" + CommandLineNames.flag(rename))
        .collect(Collectors.joining(", "));
  }

  /** Asks about what is alike, and after each answer about what is still open. */
  private void ask(Function<RenameCandidates, List<Rename>> which) {
    Set<Rename> denied = new HashSet<>();
    while (!noneElse) {
      List<Rename> open = new ArrayList<>(which.apply(new RenameCandidates(renames.now(), to)));
      open.removeAll(denied);
      if (open.isEmpty()) {
        return;
      }
      if (!questions.possible()) {
        throw undecided(open);
      }
      Rename rename = open.get(0);
      // Somebody who closes the terminal has not said that the old data can go.
      boolean yes =
          questions
              .yes("Did you rename " + CommandLineNames.words(rename) + "?")
              .orElseThrow(() -> undecided(open));
      if (yes) {
        renames.add(rename);
      } else {
        denied.add(rename);
      }
    }
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
            + open.stream()
                .map(one -> "  " + CommandLineNames.words(one))
                .collect(Collectors.joining(nl)),
        "Say which, several with commas between:"
            + nl
            + open.stream()
                .map(one -> again(before + CommandLineNames.flag(one)))
                .collect(Collectors.joining(nl))
            + nl
            + "or that nothing "
            + (given.isEmpty() ? "" : "else ")
            + "was renamed, and what is gone is dropped, with its data:"
            + nl
            + again(before + NONE));
  }
}
