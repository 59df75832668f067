package dev.migrate.generate;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Policy that says which files of repeatable migrations may be overwritten ({@code
 * migrate.rewrite}), and keeps a copy of uncommitted edits. What somebody has put into one by hand
 * is not lost: where git shows that somebody has, the model does not win by itself, and the text
 * that a file had is kept where no commit has it.
 */
public final class RewritePolicy {
  private static final String ALL = "all";

  /** What git knows of a file. */
  public enum Kept {
    /** The last commit has it as it is. */
    COMMITTED,
    /** The last commit has it with another content: somebody has edited it since. */
    EDITED,
    /** The last commit does not have it, or there is no git to ask. */
    UNKNOWN
  }

  private final Set<String> allowed;
  private final Function<Path, Kept> git;
  private final Path copies;

  private RewritePolicy(Set<String> allowed, Function<Path, Kept> git, Path copies) {
    this.allowed = Set.copyOf(allowed);
    this.git = Objects.requireNonNull(git, "git");
    this.copies = Objects.requireNonNull(copies, "copies");
  }

  /**
   * @param names what {@code migrate.rewrite} says: names of files, with commas between, or {@code
   *     all}; empty when nothing is said
   * @param git what git knows of a file
   * @param copies the folder for what files had that no commit has; made when it is needed
   * @return these may be written anew, and those that nobody has edited since the last commit
   */
  public static RewritePolicy of(String names, Function<Path, Kept> git, Path copies) {
    return new RewritePolicy(
        Arrays.stream(names.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()),
        git,
        copies);
  }

  /**
   * @param files what is about to be written anew
   * @param command what to run again with the answer
   * @throws MigrateException {@code REPEATABLE_OWNED} when one of them may not be
   */
  void require(List<Path> files, String command) {
    Set<String> edited = new LinkedHashSet<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!allowed.contains(ALL) && !allowed.contains(name) && git.apply(file) == Kept.EDITED) {
        edited.add(name);
      }
    }
    if (edited.isEmpty()) {
      return;
    }
    boolean one = edited.size() == 1;
    String names = String.join(", ", edited);
    Set<String> answer = new LinkedHashSet<>(allowed);
    answer.addAll(edited);
    throw new MigrateException(
        FailureCode.REPEATABLE_OWNED,
        "%s %s one thing and the model another, and somebody has edited %s since the last commit: what was put in by hand would be lost. Which is right? Nothing was written."
            .formatted(names, one ? "says" : "say", one ? "it" : "them"),
        "If %s, put the same into the model. If the model is right, commit %s, and run this again; or say so: %s -Dmigrate.rewrite=%s"
            .formatted(
                one ? "the file is" : "the files are",
                one ? "the file" : "the files",
                command,
                String.join(",", answer)));
  }

  /**
   * Keeps the text that files have, where no commit has it.
   *
   * @param files what is about to be written anew
   * @return where the text of a file is kept; nothing for those that a commit has
   * @throws MigrateException {@code FILE_ACCESS} when it cannot be kept: then nothing may be
   *     written
   */
  Map<Path, Path> keep(List<Path> files) {
    Map<Path, Path> kept = new LinkedHashMap<>();
    for (Path file : files) {
      if (git.apply(file) != Kept.COMMITTED) {
        kept.put(file, keep(file));
      }
    }
    return kept;
  }

  private Path keep(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      CRC32 sum = new CRC32();
      sum.update(content);
      Path copy = copies.resolve("%08x-%s".formatted(sum.getValue(), file.getFileName()));
      Disk.createFolders(copies);
      Disk.keepOutOfGit(copies);
      Disk.replace(copy, content);
      return copy;
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The text that %s has cannot be kept in %s: %s. Nothing was written."
              .formatted(file.getFileName(), copies, e.getMessage()),
          "Check that you may write there, or commit the file.",
          e);
    }
  }
}
