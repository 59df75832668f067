package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * Parser of libpq's connection service file, {@code pg_service.conf}. The driver reads it, too, but
 * knows only its own words in it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgservice.html">The Connection
 *     Service File</a>
 */
final class ServiceFile {
  private ServiceFile() {}

  /**
   * @param service its name
   * @param environment says where the file is
   * @param origin where the service is asked for, as a person would say it
   * @return its parameters, in libpq's words
   * @throws MigrateException {@code INVALID_PARAMETER} when there is no such service
   */
  static Properties read(String service, UnaryOperator<String> environment, String origin) {
    List<Path> files = files(environment);
    for (Path file : files) {
      List<String> lines = section(service, file);
      if (lines != null) {
        Properties found = new Properties();
        for (String line : lines) {
          int equals = line.indexOf('=');
          if (equals < 1) {
            throw refused(
                "The line \"%s\" of the service \"%s\" in %s is none of the form name=value"
                    .formatted(line.split("[ =]", 2)[0], service, file),
                "Correct it.");
          }
          found.setProperty(line.substring(0, equals), line.substring(equals + 1));
        }
        return found;
      }
    }
    throw refused(
        "There is no service \"%s\", which the address from %s asks for, in %s"
            .formatted(
                service,
                origin,
                files.isEmpty() ? "any file: there is no ~/.pg_service.conf" : files),
        "Correct the name, or say where the file is with the environment variable PGSERVICEFILE.");
  }

  private static List<Path> files(UnaryOperator<String> environment) {
    List<Path> files = new ArrayList<>();
    String named = environment.apply("PGSERVICEFILE");
    files.add(
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".pg_service.conf")
            : Path.of(named));
    String shared = environment.apply("PGSYSCONFDIR");
    if (shared != null && !shared.isBlank()) {
      files.add(Path.of(shared, "pg_service.conf"));
    }
    files.removeIf(file -> !Files.isRegularFile(file));
    return files;
  }

  /** The lines of a section without comments; null when there is no such section. */
  private static List<String> section(String service, Path file) {
    List<String> found = null;
    try {
      for (String raw : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String line = raw.strip();
        if (line.startsWith("[")) {
          if (found != null) {
            return found;
          }
          found = line.equals("[" + service + "]") ? new ArrayList<>() : null;
        } else if (found != null && !line.isEmpty() && !line.startsWith("#")) {
          found.add(line);
        }
      }
      return found;
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The service file %s cannot be read: %s.".formatted(file, e.getMessage()),
          "Let it be readable, and encoded in UTF-8.",
          e);
    }
  }

  private static MigrateException refused(String problem, String remedy) {
    return new MigrateException(FailureCode.INVALID_PARAMETER, problem + ".", remedy);
  }
}
