package dev.migrate.model;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.script.ScriptReader;
import dev.migrate.target.Setting;
import dev.migrate.target.Target;
import dev.migrate.target.TargetRequest;
import dev.migrate.target.TargetResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The model of a project, its wanted schema: files of SQL, a folder of them, or the URL of a
 * database.
 */
public sealed interface Model {
  /**
   * SQL files.
   *
   * @param root what messages leave out of paths
   * @param paths the files, in the order in which they are run
   */
  record InFiles(Path root, List<Path> paths) implements Model {
    /** Copies what it is given. */
    public InFiles {
      paths = List.copyOf(paths);
    }

    /**
     * @return whether no file holds a statement
     */
    public boolean isEmpty() {
      return paths.stream().allMatch(file -> ScriptReader.split(file, name(file)).isEmpty());
    }

    /**
     * @return how messages name it
     */
    String name(Path file) {
      Path absolute = file.toAbsolutePath().normalize();
      Path base = root.toAbsolutePath().normalize();
      return absolute.startsWith(base) ? base.relativize(absolute).toString() : absolute.toString();
    }
  }

  /**
   * A database that somebody has shaped by hand.
   *
   * @param target where it is
   */
  record InDatabase(Target target) implements Model {}

  /**
   * @param text what {@code migrate.model} says: a file, a folder whose {@code .sql} files are
   *     taken in the order of their names, several of them with commas between, or the URL of a
   *     database
   * @param root what relative paths are relative to
   * @param environment gives the value of an environment variable, or null
   * @return the model
   * @throws MigrateException {@code INVALID_MODEL} when a file does not exist or a folder holds no
   *     SQL, {@code INVALID_PARAMETER} when the URL is malformed
   */
  static Model of(String text, Path root, UnaryOperator<String> environment) {
    if (isUrl(text)) {
      return new InDatabase(database(text, "migrate.model", environment));
    }
    List<Path> files = new ArrayList<>();
    for (String item : text.split(",")) {
      if (!item.isBlank()) {
        files.addAll(files(root.resolve(item.strip()), item.strip()));
      }
    }
    if (files.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_MODEL,
          "There is no model: -Dmigrate.model names no file.",
          "Name the file that describes the wanted schema, such as src/main/database/schema.sql.");
    }
    return new InFiles(root, files);
  }

  /**
   * @param text some parameter
   * @return whether it is the address of a database
   */
  static boolean isUrl(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("jdbc:") || lower.matches("postgres(ql)?://.*");
  }

  /**
   * @param url the address of a database
   * @param origin the parameter that it comes from
   * @param environment gives the value of an environment variable, or null
   * @return the database
   */
  static Target database(String url, String origin, UnaryOperator<String> environment) {
    return new TargetResolver(environment)
        .resolve(TargetRequest.of(new Setting(url.strip(), origin)))
        .orElseThrow();
  }

  private static List<Path> files(Path path, String shown) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    refuseBrokenLink(path, shown);
    if (!Files.isDirectory(path)) {
      throw new MigrateException(
          FailureCode.INVALID_MODEL,
          "The model %s does not exist.".formatted(shown),
          "Create it (mvn migrate:init does), or name another with -Dmigrate.model=…");
    }
    try (Stream<Path> children = Files.list(path)) {
      List<Path> scripts =
          children
              .filter(
                  file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".sql"))
              .peek(file -> refuseBrokenLink(file, shown + "/" + file.getFileName()))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList();
      if (scripts.isEmpty()) {
        throw new MigrateException(
            FailureCode.INVALID_MODEL,
            "The folder %s of the model holds no .sql file.".formatted(shown),
            "Put the files that describe the wanted schema there; they run in the order of their"
                + " names.");
      }
      return scripts;
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The folder %s of the model cannot be read: %s.".formatted(shown, e.getMessage()),
          "Check that you may read it.",
          e);
    }
  }

  /** What lies behind a link that leads nowhere would be missing from the wanted schema. */
  private static void refuseBrokenLink(Path path, String shown) {
    Set<Path> passed = new LinkedHashSet<>();
    Path at = path.toAbsolutePath().normalize();
    while (Files.isSymbolicLink(at) && !Files.exists(at)) {
      if (!passed.add(at)) {
        throw new MigrateException(
            FailureCode.FILE_ACCESS,
            "%s, which is part of the model, is a link that leads back to itself: %s."
                .formatted(
                    shown,
                    Stream.concat(passed.stream(), Stream.of(at))
                        .map(Path::toString)
                        .collect(Collectors.joining(" → "))),
            "Remove the link, or let it lead to a file.");
      }
      try {
        at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
      } catch (IOException e) {
        throw new MigrateException(
            FailureCode.FILE_ACCESS,
            "%s, which is part of the model, cannot be read: %s.".formatted(shown, e.getMessage()),
            "Check that you may read it.",
            e);
      }
    }
    if (!passed.isEmpty()) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "%s, which is part of the model, is a link to %s, which does not exist."
              .formatted(shown, at),
          "Bring back what it leads to, or remove the link.");
    }
  }

  /**
   * @return how messages name it
   */
  default String describe() {
    return this instanceof InFiles files
        ? files.paths().stream().map(files::name).collect(Collectors.joining(", "))
        : ((InDatabase) this).target().toString();
  }
}
