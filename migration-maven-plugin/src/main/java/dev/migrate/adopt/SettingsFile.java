package dev.migrate.adopt;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileFailures;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file of Flyway or Spring, its content and the name by which messages call it. */
final class SettingsFile {
  private final Path file;
  private final String name;

  /**
   * @param file where it lies
   * @param root the project's directory
   * @param home that of whoever runs the goal
   */
  SettingsFile(Path file, Path root, Path home) {
    this.file = file;
    this.name = name(file, root, home);
  }

  private static String name(Path file, Path root, Path home) {
    Path absolute = file.toAbsolutePath().normalize();
    Path project = root.toAbsolutePath().normalize();
    Path person = home.toAbsolutePath().normalize();
    if (absolute.startsWith(project)) {
      return slashes(project.relativize(absolute));
    }
    return absolute.startsWith(person)
        ? "~/" + slashes(person.relativize(absolute))
        : slashes(absolute);
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  boolean isThere() {
    return Files.isRegularFile(file);
  }

  boolean isToml() {
    return file.toString().endsWith(".toml");
  }

  boolean isProperties() {
    return file.toString().endsWith(".properties");
  }

  /**
   * @return the text, without a byte order mark
   * @throws MigrateException {@code FILE_ACCESS} when it cannot be read, {@code INVALID_PARAMETER}
   *     when it is not UTF-8
   */
  String text() {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw unreadable("it is not UTF-8", e);
    } catch (IOException e) {
      throw FileFailures.cannotRead(name, e);
    }
  }

  /**
   * @param why what is wrong with it
   * @param cause who says so; or null
   * @return the failure, to be thrown
   */
  MigrateException unreadable(String why, Exception cause) {
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "%s cannot be read, so it is not known what it says of Flyway: %s. Nothing was written."
            .formatted(name, why),
        "Mend the file, or say what counts with -Dflyway.locations=… and Flyway's other names.",
        cause);
  }

  /** As messages name it: from the project's directory, or from somebody's home. */
  @Override
  public String toString() {
    return name;
  }
}
