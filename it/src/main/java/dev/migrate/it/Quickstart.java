package dev.migrate.it;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The quick start: a project from the archetype, its schema on an embedded PostgreSQL, and a look
 * at where the database stands. Run by the profile {@code quickstart}, after the plugin and the
 * archetype were installed.
 */
public final class Quickstart {
  private static final String ARTIFACT = "asset-tracker";

  /** Says that a folder is ours to replace. */
  private static final String MARK = ".quickstart";

  private final Maven maven;
  private final Path folder;
  private final String version;
  private final String archetypePlugin;
  private final PrintStream out;

  private Quickstart(
      Maven maven, Path folder, String version, String archetypePlugin, PrintStream out) {
    this.maven = maven;
    this.folder = folder;
    this.version = version;
    this.archetypePlugin = archetypePlugin;
    this.out = out;
  }

  /**
   * @param arguments the folder to generate into, the version of the archetype, and the version of
   *     the plugin that generates from archetypes
   * @throws IOException if the folder cannot be made anew
   * @throws InterruptedException if somebody ends it
   * @throws IllegalStateException if a step fails; its output says why
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
    // The terminal itself: Maven 4 puts a prefix before each line of System.out.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    new Quickstart(Maven.ofThisBuild(), folder, arguments[1], arguments[2], out).run();
  }

  private void run() throws IOException, InterruptedException {
    Path project = folder.resolve(ARTIFACT);
    if (Files.exists(project)) {
      if (!Files.exists(folder.resolve(MARK))) {
        throw new IllegalStateException(
            project + " is not from an earlier quick start. Move it away, and try again.");
      }
      stopEmbeddedDatabase(project);
      delete(folder);
    }
    // The folder .mvn makes it a root of its own, not a part of the build around it.
    Files.createDirectories(folder.resolve(".mvn"));
    Files.createFile(folder.resolve(MARK));

    generate(project);
    show(project, "migrate:upgrade");
    show(project, "migrate:current");
    show(project, "migrate:history");
    Runtime.getRuntime().addShutdownHook(new Thread(outermost(), lastWords(project)));
  }

  private void generate(Path project) {
    heading("Generating " + relative(project) + " from the archetype");
    Build build =
        maven.run(
            folder,
            "org.apache.maven.plugins:maven-archetype-plugin:" + archetypePlugin + ":generate",
            "-DarchetypeCatalog=internal",
            "-DarchetypeGroupId=dev.migrate",
            "-DarchetypeArtifactId=asset-archetype",
            "-DarchetypeVersion=" + version,
            "-DgroupId=com.example",
            "-DartifactId=" + ARTIFACT,
            "-Dversion=1.0-SNAPSHOT");
    if (build.exitCode() != 0) {
      out.println(build.output());
      throw new IllegalStateException("The archetype could not be generated from; see above.");
    }
  }

  private void show(Path project, String goal) throws InterruptedException {
    heading("mvn " + goal);
    if (maven.show(project, goal) != 0) {
      throw new IllegalStateException("mvn " + goal + " failed; see above.");
    }
  }

  /** The database of the last quick start must not outlive its files. */
  private void stopEmbeddedDatabase(Path project) {
    if (Files.isDirectory(project.resolve(".migrate"))) {
      maven.run(project, "migrate:stop");
    }
  }

  /** What to type next: at the very end, after Maven's own summary, where it is seen. */
  private Runnable lastWords(Path project) {
    String text =
        """

        == Done. The project is in %1$s

        Look at the application, on http://localhost:8080:

          cd %1$s
          mvn spring-boot:run

        Or make a change of your own.
        Edit src/main/database/schema.sql, for example add to the table maintenance the column
        location_id bigint references locations, and then:

          mvn migrate:diff
          mvn migrate:generate -Dmigrate.message="Add location to maintenance"
          mvn migrate:upgrade
          mvn migrate:downgrade
          mvn migrate:history

        README.md in that folder tells the rest.
        """
            .formatted(relative(project));
    return () -> out.print(text);
  }

  /** The group of the thread that we run in is gone when this JVM ends. */
  private static ThreadGroup outermost() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  private void heading(String text) {
    out.println();
    out.println("== " + text);
    out.println();
  }

  /** As a reader would type it who stands where this build was started. */
  private static String relative(Path path) {
    Path here = Path.of(Maven.property("it.start"));
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
