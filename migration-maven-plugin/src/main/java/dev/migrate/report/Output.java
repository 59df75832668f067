package dev.migrate.report;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The output channel of a goal's result: console or file, as text, JSON, HTML or SQL. */
public final class Output {
  private final String format;
  private final Optional<Path> file;
  private final Consumer<String> console;
  private final Consumer<String> log;
  private boolean told;

  private Output(
      String format, Optional<Path> file, Consumer<String> console, Consumer<String> log) {
    this.format = format;
    this.file = file;
    this.console = console;
    this.log = log;
  }

  /**
   * @param formats what the goal can write, such as {@code text} and {@code json}
   * @param file the file that takes the result, or null for the console
   * @param directory what a relative file name is relative to
   * @param console prints a line of the result where it is not to go into a file
   * @param log prints a line beside the result
   * @return the output
   * @throws MigrateException {@code INVALID_PARAMETER} when the format is none of these
   */
  public static Output of(
      String format,
      List<String> formats,
      String file,
      Path directory,
      Consumer<String> console,
      Consumer<String> log) {
    if (!formats.contains(format)) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "There is no format \"%s\".".formatted(format),
          "Give %s."
              .formatted(
                  formats.stream()
                      .map(one -> "-Dmigrate.format=" + one)
                      .collect(Collectors.joining(" or "))));
    }
    return new Output(
        format,
        Optional.ofNullable(file).filter(name -> !name.isBlank()).map(directory::resolve),
        console,
        log);
  }

  /**
   * Writes the result in the wanted form, to the wanted place.
   *
   * @param text the result for people, line by line
   * @param document the same for programs
   * @throws MigrateException {@code FILE_ACCESS} when the file cannot be written
   */
  public void result(Supplier<List<String>> text, Supplier<JsonObject> document) {
    if (is("json")) {
      json(document);
    } else if (file.isPresent()) {
      // SQL is written as it is: what stands in it is told apart by its quotes.
      List<String> lines =
          is("sql")
              ? text.get()
              : text.get().stream().flatMap(line -> TerminalStyle.inFile(line).stream()).toList();
      write(file.get(), String.join(System.lineSeparator(), lines) + System.lineSeparator());
    } else if (is("sql")) {
      text.get().forEach(StandardOutput.stream()::println); // fit for a pipe
    } else {
      text.get().forEach(console);
    }
  }

  /**
   * Says what an answer is about, before there is one: nothing where the answer is a document, SQL
   * or a file, which say it themselves.
   *
   * @param line what it is about
   */
  public void about(String line) {
    if (is("text") && file.isEmpty()) {
      console.accept(line);
    }
  }

  /**
   * Writes the result of a goal that is about to fail, with the failure in its document.
   *
   * @param text the result for people, line by line
   * @param document the same for programs
   * @param failure how it fails
   */
  public void result(
      Supplier<List<String>> text,
      Supplier<JsonObject> document,
      String goal,
      MigrateException failure) {
    result(
        text,
        () -> {
          JsonObject whole = document.get();
          whole.add("failure", Json.failure(goal, failure).get("failure"));
          return whole;
        });
    told = true;
  }

  /**
   * @param one a format
   * @return whether that is what is wanted
   */
  public boolean is(String one) {
    return format.equals(one);
  }

  /** Writes a document, if documents are wanted and the run has not had its one already. */
  public void json(Supplier<JsonObject> document) {
    if (is("json") && !told) {
      String rendered = Json.render(document.get());
      file.ifPresentOrElse(
          path -> write(path, rendered + System.lineSeparator()),
          () -> StandardOutput.stream().println(rendered));
    }
  }

  private void write(Path path, String content) {
    try {
      if (path.getParent() != null) {
        Disk.createFolders(path.getParent());
      }
      Disk.replace(path, content);
      log.accept("Written to " + path + ".");
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The result cannot be written to %s: %s.".formatted(path, e.getMessage()),
          "Give a file in a folder that you may write to with -Dmigrate.output.",
          e);
    }
  }
}
