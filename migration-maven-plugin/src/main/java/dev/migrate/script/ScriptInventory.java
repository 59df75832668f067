package dev.migrate.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts everything that was found in a project's folders of scripts, by what it is: nothing is
 * passed over without a word.
 *
 * @param revisions the revisions, with those of their downgrades that there are
 * @param downgrades how many of them can be taken back
 * @param repeatables repeatable migrations
 * @param baselines baseline migrations
 * @param callbacks scripts that Flyway runs beside the others
 * @param sidecars configurations of single scripts
 * @param javaMigrations steps that are no scripts, whether they can be run or not
 * @param others SQL files that are nothing of all this by their names
 */
public record ScriptInventory(
    List<RevisionFile> revisions,
    int downgrades,
    List<Script> repeatables,
    List<BaselineFile> baselines,
    List<Path> callbacks,
    List<Path> sidecars,
    List<JavaMigration> javaMigrations,
    List<Path> others) {
  /** Copies what it is given. */
  public ScriptInventory {
    revisions = List.copyOf(revisions);
    repeatables = List.copyOf(repeatables);
    baselines = List.copyOf(baselines);
    callbacks = List.copyOf(callbacks);
    sidecars = List.copyOf(sidecars);
    javaMigrations = List.copyOf(javaMigrations);
    others = List.copyOf(others);
  }

  static ScriptInventory of(RevisionFiles files) {
    ScriptConventions conventions = files.folders().conventions();
    List<Path> others = new ArrayList<>(files.misnamed());
    others.addAll(files.others());
    return new ScriptInventory(
        files.all(),
        (int) files.all().stream().filter(file -> file.downgrade().isPresent()).count(),
        files.repeatables(),
        files.baselines(),
        files.found().stream()
            .filter(file -> conventions.isCallback(file.getFileName().toString()))
            .toList(),
        files.found().stream().filter(file -> isSidecar(file, conventions)).toList(),
        Stream.of(files.javaSteps(), files.javaRepeatables(), files.javaMigrations())
            .flatMap(List::stream)
            .toList(),
        others);
  }

  private static boolean isSidecar(Path file, ScriptConventions conventions) {
    String name = file.getFileName().toString();
    return name.endsWith(".conf")
        && conventions.hasSuffix(name.substring(0, name.length() - ".conf".length()));
  }

  /**
   * @return whether nothing was found that runs
   */
  public boolean isEmpty() {
    return revisions.isEmpty()
        && repeatables.isEmpty()
        && baselines.isEmpty()
        && callbacks.isEmpty()
        && javaMigrations.isEmpty();
  }

  /**
   * @return all of it in one line, with numbers
   */
  public String sentence() {
    List<String> parts = new ArrayList<>();
    parts.add(
        count(revisions.size(), "revision")
            + (revisions.isEmpty() ? "" : " (%d with a downgrade)".formatted(downgrades)));
    add(parts, repeatables.size(), "repeatable migration");
    add(parts, baselines.size(), "baseline");
    add(parts, callbacks.size(), "callback");
    add(parts, sidecars.size(), "script configuration");
    add(parts, javaMigrations.size(), "Java migration");
    if (!others.isEmpty()) {
      parts.add(count(others.size(), "SQL file") + " of other names");
    }
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, int number, String what) {
    if (number > 0) {
      parts.add(count(number, what));
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
