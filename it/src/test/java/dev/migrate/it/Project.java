package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A project on disk, made for one test, in a folder of its own that stays for who wants to look.
 */
final class Project {
  private static final Path SAMPLE = resource("/sample");
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path directory;
  private final Maven maven;

  private Project(Path directory, Maven maven) {
    this.directory = directory;
    this.maven = maven;
  }

  /**
   * A copy of the project that the archetype generates; it is generated once.
   *
   * @param name what the folder is called, for who looks
   * @return the project
   */
  static Project generated(String name) {
    Path directory = folder(name);
    copy(Generated.PROJECT, directory);
    return new Project(directory, UnderTest.maven());
  }

  /**
   * A project with four revisions, a model that equals their head, and nothing but the plugin in
   * its POM: for tests that are about goals, not about the archetype.
   *
   * @param name what the folder is called, for who looks
   * @return the project
   */
  static Project sample(String name) {
    Project project = small(name);
    copy(SAMPLE, project.directory);
    return project;
  }

  /**
   * A project of nothing: a root of its own for Maven, without a POM.
   *
   * @param name what the folder is called, for who looks
   * @return the project
   */
  static Project empty(String name) {
    Path directory = folder(name);
    try {
      Files.createDirectories(directory.resolve(".mvn"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Project(directory, UnderTest.maven());
  }

  /**
   * A project with the plugin in its POM and a few revisions.
   *
   * @param name what the folder is called, for who looks
   * @return the project, without revisions yet
   */
  static Project small(String name) {
    return empty(name).write("pom.xml", pom("small", plugin("")));
  }

  /** A POM with a build of these plugins. */
  static String pom(String artifactId, String plugins) {
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>it.example</groupId>
      <artifactId>%s</artifactId>
      <version>1</version>
      <packaging>pom</packaging>
      <build><plugins>%s</plugins></build>
    </project>
    """
        .formatted(artifactId, plugins);
  }

  /** The plugin, with what stands in its {@code <configuration>}. */
  static String plugin(String configuration) {
    return """
    <plugin>
      <groupId>dev.migrate</groupId>
      <artifactId>migration-maven-plugin</artifactId>
      <version>%s</version>
      <configuration>%s</configuration>
    </plugin>
    """
        .formatted(UnderTest.version(), configuration);
  }

  /**
   * Adds a revision that revises the one before it in version order.
   *
   * @param id its id
   * @param upgrade the SQL of its upgrade script
   * @param downgrade the SQL of its downgrade script
   * @return this project
   */
  Project revision(String id, String upgrade, String downgrade) {
    return write(upgradeScript(id), upgrade).write(downgradeScript(id), downgrade);
  }

  /** The name of the upgrade script that {@link #revision} writes. */
  static String upgradeScript(String id) {
    return "src/main/resources/db/migration/V" + id + "__r.sql";
  }

  /** The name of the downgrade script that {@link #revision} writes. */
  static String downgradeScript(String id) {
    return "src/main/resources/db/undo/U" + id + "__r.sql";
  }

  /**
   * @param other the Maven to use from now on
   * @return the same folder with another Maven
   */
  Project with(Maven other) {
    return new Project(directory, other);
  }

  /** The project in a folder of this one. */
  Project child(String name) {
    return new Project(file(name), maven);
  }

  /** A copy of this project, in a folder of its own. */
  Project copy(String name) {
    Path other = folder(name);
    copy(directory, other);
    return new Project(other, maven);
  }

  Maven maven() {
    return maven;
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Runs Maven in this project and waits for it. */
  Build run(String... arguments) {
    return maven.run(directory, arguments);
  }

  /** Starts Maven in this project. */
  RunningBuild start(String... arguments) {
    return maven.start(directory, arguments);
  }

  /** Writes a file, and the folders that it is in. */
  Project write(String name, String content) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file that is there. */
  Project delete(String name) {
    try {
      Files.delete(file(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds to the end of a file. */
  Project append(String name, String content) {
    return write(name, read(name) + content);
  }

  /** The one file whose name, relative to the project, matches. */
  String only(String regex) {
    List<String> found = files().stream().filter(name -> name.matches(regex)).toList();
    if (found.size() != 1) {
      throw new AssertionError("One file should match " + regex + ": " + found);
    }
    return found.get(0);
  }

  String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all files but those of the embedded database, relative to the project, sorted. */
  List<String> files() {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return folder.endsWith(".migrate")
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream()
        .map(path -> directory.relativize(path).toString().replace('\\', '/'))
        .sorted()
        .toList();
  }

  private static Path resource(String name) {
    try {
      return Path.of(Project.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static Path folder(String name) {
    long process = ProcessHandle.current().pid();
    String unique = "%s-%d-%d".formatted(name, process, NUMBER.incrementAndGet());
    return UnderTest.work().resolve("projects").resolve(unique);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              Files.createDirectories(to.resolve(from.relativize(folder)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.copy(
                  file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy " + from + " to " + to, e);
    }
  }

  /** The one that the archetype generates in this run. */
  private static final class Generated {
    static final Path PROJECT = generate();

    private static Path generate() {
      Project parent = empty("generated");
      parent.run(archetype("it.example", "asset-tracker")).succeeds();
      return parent.file("asset-tracker");
    }
  }

  /**
   * The arguments that generate a project from the archetype.
   *
   * @param groupId of the project to generate
   * @param artifactId of the project to generate, and its folder's name
   * @param options what else is to be said; it counts more than what stands before
   * @return goal and options
   */
  static String[] archetype(String groupId, String artifactId, String... options) {
    List<String> arguments =
        List.of(
            "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate",
            "-DarchetypeCatalog=internal",
            "-DarchetypeGroupId=dev.migrate",
            "-DarchetypeArtifactId=asset-archetype",
            "-DarchetypeVersion=" + UnderTest.version(),
            "-DgroupId=" + groupId,
            "-DartifactId=" + artifactId);
    return Stream.concat(arguments.stream(), Stream.of(options)).toArray(String[]::new);
  }
}
