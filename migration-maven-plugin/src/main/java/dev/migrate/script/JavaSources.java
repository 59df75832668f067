package dev.migrate.script;

import dev.migrate.files.FileFailures;
import dev.migrate.revision.RevisionId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds Java migrations in source folders by the names that Flyway wants them to have. */
final class JavaSources {
  private static final List<String> LANGUAGES = List.of("java", "kotlin", "groovy", "scala");

  private static final Pattern NAME =
      Pattern.compile(
          "(?:[VB](?<version>[0-9]+(?:_[0-9]+)*)|R)__(?<words>\\w+)\\.(?:java|kt|groovy|scala)");

  private JavaSources() {}

  /**
   * @param folders of the scripts
   * @return the migrations among the sources of the project, and beside its scripts
   */
  static List<JavaMigration> of(RevisionFolders folders) {
    Path main = folders.root().resolve("src").resolve("main");
    return Stream.concat(LANGUAGES.stream().map(main::resolve), folders.upgrades().stream())
        .filter(Files::isDirectory)
        .flatMap(folder -> in(folder, folders).stream())
        .toList();
  }

  /** What cannot be looked into holds no migration that anybody could name. */
  private static List<JavaMigration> in(Path folder, RevisionFolders folders) {
    List<JavaMigration> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              named(file, folders).ifPresent(found::add);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw FileFailures.cannotRead("The folder " + folders.display(folder), e);
    }
    found.sort(Comparator.comparing(JavaMigration::place));
    return found;
  }

  private static Optional<JavaMigration> named(Path file, RevisionFolders folders) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(
            new JavaMigration(
                Optional.ofNullable(name.group("version")).flatMap(RevisionId::parse),
                name.group("words").replace('_', ' '),
                folders.display(file)))
        : Optional.empty();
  }
}
