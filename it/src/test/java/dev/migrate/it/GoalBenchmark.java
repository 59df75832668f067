package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the goals cost, each beside something it is fair to compare with, in turns. */
@Tag("benchmark")
@DisplayName("The cost of")
class GoalBenchmark {
  private static final int ROUNDS = 5;
  private static final int REVISIONS = 1_000;

  /** Flyway's own plugin needs its PostgreSQL module and the driver beside it. */
  private static final String FLYWAY_POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>it.example</groupId>
        <artifactId>flyway</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        <build>
          <plugins>
            <plugin>
              <groupId>org.flywaydb</groupId>
              <artifactId>flyway-maven-plugin</artifactId>
              <version>13.0.0</version>
              <dependencies>
                <dependency>
                  <groupId>org.flywaydb</groupId>
                  <artifactId>flyway-database-postgresql</artifactId>
                  <version>13.0.0</version>
                </dependency>
                <dependency>
                  <groupId>org.postgresql</groupId>
                  <artifactId>postgresql</artifactId>
                  <version>42.7.14</version>
                </dependency>
              </dependencies>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  @Test
  @DisplayName("migrate:current beside validate, in the same project")
  void currentBesideValidate() {
    Project project = Project.sample("benchmark-current");
    project.run("migrate:upgrade").succeeds();
    List<Long> current = new ArrayList<>();
    List<Long> served = new ArrayList<>();
    List<Long> validate = new ArrayList<>();
    for (int i = 0; i <= ROUNDS; i++) {
      validate.add(wall(project, "validate"));
      current.add(wall(project, "migrate:current"));
    }
    project.run("migrate:start").succeeds();
    for (int i = 0; i <= ROUNDS; i++) {
      served.add(wall(project, "migrate:current"));
    }
    project.run("migrate:stop").succeeds();
    print("mvn validate", validate, validate);
    print("mvn migrate:current (starts and stops the embedded server)", current, validate);
    print("mvn migrate:current (server running)", served, validate);
  }

  @Test
  @DisplayName("1,000 small revisions in one run, beside Flyway's own goal and psql")
  void thousandRevisions() throws IOException {
    Project project = Project.sample("benchmark-thousand");
    for (String old : project.files()) {
      if (old.startsWith("src/main/resources/db/")) {
        java.nio.file.Files.delete(project.file(old));
      }
    }
    StringBuilder psql = new StringBuilder();
    for (int i = 1; i <= REVISIONS; i++) {
      String name = "src/main/resources/db/migration/V%d__table_%d.sql".formatted(i, i);
      project.write(name, "CREATE TABLE t%d (id int PRIMARY KEY, name text);\n".formatted(i));
      psql.append("BEGIN;\n\\i ").append(project.file(name)).append("\nCOMMIT;\n");
    }
    project.write("all.sql", psql.toString());
    Project stock =
        Project.empty("benchmark-flyway").with(Maven.ofThisBuild()).write("pom.xml", FLYWAY_POM);
    String started =
        project.run("migrate:start", "-Dmigrate.showPassword=true").succeeds().output();
    String url = find("URL: +jdbc:(\\S+)/migrate", started);
    String password = find("password: +(\\S+)", started);
    try {
      List<Long> ours = new ArrayList<>();
      List<Long> flyway = new ArrayList<>();
      List<Long> plain = new ArrayList<>();
      for (int i = 0; i <= ROUNDS; i++) {
        String fresh = fresh(project, url, password);
        ours.add(
            wall(
                project,
                "migrate:upgrade",
                "-q",
                "-Dmigrate.url=jdbc:" + fresh,
                "-Dmigrate.user=postgres",
                "-Dmigrate.password=" + password));
        String second = fresh(project, url, password);
        flyway.add(
            wall(
                stock,
                "flyway:migrate",
                "-q",
                "-Dflyway.url=jdbc:" + second,
                "-Dflyway.user=postgres",
                "-Dflyway.password=" + password,
                "-Dflyway.locations=filesystem:"
                    + project.file("src/main/resources/db/migration")));
        String third = fresh(project, url, password);
        plain.add(timed(() -> psql(project, third, password, "-f", "all.sql")));
      }
      print("flyway:migrate", flyway, flyway);
      print("migrate:upgrade", ours, flyway);
      print("psql -f", plain, flyway);
    } finally {
      project.run("migrate:stop").succeeds();
    }
  }

  private static long wall(Project project, String... arguments) {
    return timed(
        () -> {
          project.run(arguments).succeeds();
          return 0;
        });
  }

  private static long timed(LongSupplier run) {
    long start = System.nanoTime();
    assertThat(run.getAsLong()).isZero();
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static int databases;

  private static String fresh(Project project, String url, String password) {
    String name = "bench_" + ++databases;
    psql(project, url + "/postgres", password, "-c", "CREATE DATABASE " + name);
    return url + "/" + name;
  }

  private static long psql(Project project, String url, String password, String... arguments) {
    List<String> command = new ArrayList<>(List.of("psql", "-X", "-q", "-U", "postgres"));
    command.addAll(List.of("-v", "ON_ERROR_STOP=1"));
    command.addAll(List.of(arguments));
    command.add(url);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.directory().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PGPASSWORD", password);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  /** The first round warms up and does not count. */
  private static void print(String what, List<Long> all, List<Long> reference) {
    long[] millis = counted(all);
    double ratio = (double) millis[millis.length / 2] / counted(reference)[millis.length / 2];
    System.out.printf(
        Locale.ROOT,
        "%-60s min %6d  median %6d  max %6d ms   x %.2f%n",
        what,
        millis[0],
        millis[millis.length / 2],
        millis[millis.length - 1],
        ratio);
  }

  private static long[] counted(List<Long> all) {
    long[] millis = all.subList(1, all.size()).stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(millis);
    return millis;
  }
}
