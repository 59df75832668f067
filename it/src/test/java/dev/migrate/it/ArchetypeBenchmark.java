package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * From nothing to a green build and to the first page, with a local repository that has everything,
 * and with one that has nothing but the plugin and the archetype. The second needs the network.
 */
@Tag("benchmark")
@DisplayName("The archetype, measured:")
class ArchetypeBenchmark {

  @Test
  @DisplayName("with a warm local repository")
  void warm() {
    Maven maven = UnderTest.maven();
    measure("to warm up", maven);
    measure("warm local repository", maven);
  }

  @Test
  @DisplayName("with a cold local repository")
  void cold() throws IOException {
    Path repository = Files.createTempDirectory(UnderTest.work(), "cold-repository");
    Path ours = Path.of(Maven.property("it.localRepository")).resolve("dev/migrate");
    try (Stream<Path> files = Files.walk(ours)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = repository.resolve("dev/migrate").resolve(ours.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    measure(
        "cold local repository",
        Maven.ofThisBuild().withOptions("-Dmaven.repo.local=" + repository, "-Dstyle.color=never"));
  }

  @Test
  @DisplayName("what the application depends on")
  void dependencies() {
    Project project = generate(UnderTest.maven());
    String output =
        project
            .run("dependency:tree", "-Dscope=runtime", "-DoutputFile=target/tree.txt")
            .succeeds()
            .output();
    assertThat(output).contains("BUILD SUCCESS");
    String tree = project.read("target/tree.txt");
    System.out.println(tree);
    System.out.printf("%d artifacts at run time%n", tree.lines().count() - 1);
  }

  private static Project generate(Maven maven) {
    Project parent =
        Project.empty("benchmark-archetype").with(maven.withTimeout(Duration.ofMinutes(20)));
    parent.run(Project.archetype("com.acme", "inventory")).succeeds();
    return parent.child("inventory");
  }

  private static void measure(String name, Maven maven) {
    long begin = System.nanoTime();
    Project project = generate(maven);
    double generated = since(begin);
    project.run("verify").succeeds();
    double verified = since(begin);

    Project other = generate(maven);
    long again = System.nanoTime();
    try (RunningApplication application = RunningApplication.start(other)) {
      assertThat(application.get("/").statusCode()).isEqualTo(200);
      double page = since(again);
      Matcher start =
          Pattern.compile("Started Application in ([0-9.]+) seconds").matcher(application.output());
      assertThat(start.find()).isTrue();
      System.out.printf(
          "%-22s  generated %5.1f s   green mvn verify %6.1f s   first page %5.1f s after"
              + " mvn spring-boot:run, of which the application %s s%n",
          name, generated, verified, page, start.group(1));
    }
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
