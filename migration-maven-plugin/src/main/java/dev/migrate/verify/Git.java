package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.RewritePolicy.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Asks git which revision files have changed since a release. */
final class Git {
  private final Path root;
  private final String command;
  private final Question question;

  /** What is asked, so that whoever gets no answer hears which. */
  enum Question {
    /** Whether released scripts are as they were. */
    CHANGED(
        "Whether released revisions were changed since %s",
        "-Dmigrate.releasedRef", "leave out -Dmigrate.releasedRef"),
    /** Which scripts are released. */
    LINE(
        "Which revisions are released with \"%s\", which is no revision of this project,",
        "migrate.released", "name the last released revision itself in migrate.released"),
    /** Whether a script can be had again. */
    KEPT(
        "Whether git has the content of a script in %s",
        "-Dmigrate.rewrite", "name the script in -Dmigrate.rewrite");

    private final String asked;
    private final String setting;
    private final String otherwise;

    Question(String asked, String setting, String otherwise) {
      this.asked = asked;
      this.setting = setting;
      this.otherwise = otherwise;
    }
  }

  /**
   * @param root a folder of the working tree
   * @param command git, or where it is
   * @param question what is asked
   */
  Git(Path root, String command, Question question) {
    this.root = root;
    this.command = command;
    this.question = question;
  }

  /**
   * A released script that is not as it was.
   *
   * @param path where it is, or was
   * @param removed whether it is gone; else it was edited
   */
  record Touched(String path, boolean removed) {}

  /**
   * @param reference a tag, branch or commit
   * @return the id of its commit
   * @throws MigrateException {@code INVALID_PARAMETER} when there is none, or no git to ask
   */
  String commit(String reference) {
    if (reference.startsWith("-")) {
      throw cannot(reference, "that is not the name of a tag, branch or commit");
    }
    run(reference, "rev-parse", "--is-inside-work-tree");
    Output found = ask(reference, "rev-parse", "--verify", "--quiet", reference + "^{commit}");
    if (found.status() != 0) {
      throw unknown(
          reference, run(reference, "rev-parse", "--is-shallow-repository").strip().equals("true"));
    }
    return found.text().strip();
  }

  /**
   * @param folders where revisions are
   * @param isRevision whether a name is that of a script of a revision
   * @return the revision scripts of the commit that are not the same now
   */
  List<Touched> touched(String commit, List<Path> folders, Predicate<String> isRevision) {
    List<String> arguments =
        new ArrayList<>(
            List.of("diff", "--name-status", "--no-renames", "-z", "--no-ext-diff", commit, "--"));
    folders.forEach(folder -> arguments.add(folder.toString()));
    String[] fields = run(commit, arguments.toArray(String[]::new)).split("\0");
    List<Touched> touched = new ArrayList<>();
    for (int i = 0; i + 1 < fields.length; i += 2) {
      String path = fields[i + 1];
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (isRevision.test(name) && !fields[i].equals("A")) {
        touched.add(new Touched(path, fields[i].equals("D")));
      }
    }
    return touched;
  }

  /**
   * @param folders where revisions are
   * @return the files of the commit in these folders
   */
  List<String> files(String commit, List<Path> folders) {
    List<String> arguments =
        new ArrayList<>(List.of("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit));
    String top = run(commit, "rev-parse", "--show-toplevel").strip();
    List<Path> inside = new ArrayList<>();
    for (Path folder : folders) {
      Path real = real(folder);
      if (real.startsWith(real(Path.of(top)))) {
        inside.add(real(Path.of(top)).relativize(real));
      }
    }
    if (inside.isEmpty()) {
      return List.of();
    }
    arguments.add("--");
    inside.forEach(folder -> arguments.add(folder.toString().replace('\\', '/')));
    return List.of(run(commit, arguments.toArray(String[]::new)).split("\0"));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize(); // it is not there, and was perhaps
    }
  }

  /**
   * @param path a file of it
   * @param others some files of the working tree
   * @return whether one of them has its name and its content
   */
  boolean isOneOf(String commit, String path, List<Path> others) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    List<Path> candidates =
        others.stream().filter(other -> other.getFileName().toString().equals(name)).toList();
    if (candidates.isEmpty()) {
      return false;
    }
    String content = run(commit, "rev-parse", "--verify", commit + ":" + path).strip();
    return candidates.stream()
        .anyMatch(
            other -> run(commit, "hash-object", "--", other.toString()).strip().equals(content));
  }

  /**
   * @param file a file in the root
   * @return whether the last commit has a file there, and with the content that it has now; what
   *     was only added is not committed
   */
  Kept kept(Path file) {
    Output content =
        ask("HEAD", "rev-parse", "--verify", "--quiet", "HEAD:./" + file.getFileName());
    if (content.status() != 0) {
      return Kept.UNKNOWN;
    }
    String now = run("HEAD", "hash-object", "--", file.toString());
    return now.strip().equals(content.text().strip()) ? Kept.COMMITTED : Kept.EDITED;
  }

  private record Output(int status, String text, String complaint) {}

  private String run(String reference, String... arguments) {
    Output output = ask(reference, arguments);
    if (output.status() != 0) {
      throw cannot(
          reference,
          output.complaint().lines().findFirst().orElse("it says nothing").replaceAll("\\.$", ""));
    }
    return output.text();
  }

  private Output ask(String reference, String... arguments) {
    List<String> line = new ArrayList<>(List.of(command, "-C", root.toString()));
    line.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      process.getOutputStream().close();
      var complaint =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new String(
                      process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                  return e.getMessage();
                }
              });
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text, complaint.join());
    } catch (IOException e) {
      throw cannot(reference, "the command git cannot be run here");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannot(reference, "the build was interrupted");
    }
  }

  private MigrateException unknown(String reference, boolean shallow) {
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "%s cannot be found out: git knows no tag, branch or commit \"%s\"%s."
            .formatted(
                question.asked.formatted(reference),
                reference,
                shallow ? " in this shallow clone, which has only the newest of the history" : ""),
        "Correct %s, or fetch it: git fetch --tags%s."
            .formatted(question.setting, shallow ? " --unshallow" : ""));
  }

  private MigrateException cannot(String reference, String why) {
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "%s cannot be found out: %s.".formatted(question.asked.formatted(reference), why),
        "Install git and run this in a clone of the project, or %s.".formatted(question.otherwise));
  }
}
