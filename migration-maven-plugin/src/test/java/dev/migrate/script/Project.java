package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.script.RevisionFiles.MissingFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A project directory of a test. */
record Project(Path root) {

  RevisionFolders folders() {
    return new RevisionFolders(root, List.of(Path.of("up")), List.of(Path.of("down")));
  }

  Project file(String path, String... lines) {
    return bytes(path, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  Project bytes(String path, byte[] content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RevisionFiles read() {
    return RevisionFiles.read(folders(), MissingFolder.REFUSE);
  }

  RevisionFiles readOrEmpty() {
    return RevisionFiles.read(folders(), MissingFolder.ALLOW);
  }

  /** The paths of all files, sorted, hidden ones included. */
  List<String> listing() {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String problem(FailureCode code, Runnable work) {
    MigrateException failure = catchThrowableOfType(MigrateException.class, work::run);
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.code()).as(failure.problem()).isEqualTo(code);
    assertThat(failure.remedy()).isNotEmpty();
    return failure.problem();
  }

  String problem() {
    return problem(FailureCode.INVALID_REVISION_FILE, this::read);
  }

  /** Why the project cannot be read. */
  MigrateException failure() {
    MigrateException failure = catchThrowableOfType(MigrateException.class, this::read);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }
}
