package dev.migrate.prove;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which files of repeatable migrations may be written anew. What somebody has put into one and has
 * kept nowhere else would be lost, and nobody can tell whether he or the model is right.
 */
public final class Rewriting {
  private static final String ALL = "all";

  private final Set<String> allowed;
  private final Predicate<Path> kept;

  private Rewriting(Set<String> allowed, Predicate<Path> kept) {
    this.allowed = Set.copyOf(allowed);
    this.kept = Objects.requireNonNull(kept, "kept");
  }

  /**
   * @param names what {@code migrate.rewrite} says: names of files, with commas between, or {@code
   *     all}; empty when nothing is said
   * @param kept whether the content that a file has now can be had again from somewhere else
   * @return these may be written anew, and those that are kept
   */
  public static Rewriting of(String names, Predicate<Path> kept) {
    return new Rewriting(
        Arrays.stream(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()),
        kept);
  }

  /**
   * @param files what is about to be written anew
   * @param command what to run again with the answer
   * @throws MigrateException {@code REPEATABLE_OWNED} when one of them may not be
   */
  void require(List<Path> files, String command) {
    Set<String> lost = new LinkedHashSet<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!allowed.contains(ALL) && !allowed.contains(name) && !kept.test(file)) {
        lost.add(name);
      }
    }
    if (lost.isEmpty()) {
      return;
    }
    boolean one = lost.size() == 1;
    String names = String.join(", ", lost);
    Set<String> answer = new LinkedHashSet<>(allowed);
    answer.addAll(lost);
    throw new MigrateException(
        FailureCode.REPEATABLE_OWNED,
        "%s %s one thing and the model another, and git has %s not committed as %s: what was put in by hand would be lost. Which is right? Nothing was written."
            .formatted(
                names, one ? "says" : "say", one ? "it" : "them", one ? "it is" : "they are"),
        "If %s, put the same into the model. If the model is right, commit %s, and run this again; or say so: %s -Dmigrate.rewrite=%s"
            .formatted(
                one ? "the file is" : "the files are",
                one ? "the file" : "the files",
                command,
                String.join(",", answer)));
  }
}
