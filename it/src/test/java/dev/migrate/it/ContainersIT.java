package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said of the files for containers without running one. */
@DisplayName("Of the files for containers,")
class ContainersIT {

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"compose.yaml", "compose.prod.yaml"})
  @DisplayName("Compose accepts each by its schema:")
  void composeAcceptsIt(String file) throws IOException, InterruptedException {
    Assumptions.assumeTrue(isThere("docker-compose"), "docker-compose is not installed");
    Project project = Project.generated("compose");
    Process process =
        new ProcessBuilder("docker-compose", "-f", file, "config", "--quiet")
            .directory(project.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(project.file("config.log").toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(project.read("config.log")).isZero();
  }

  @Test
  @DisplayName("every one names files, services, secrets and stages that are there")
  void namesWhatIsThere() {
    Project project = Project.generated("containers");
    String dockerfile = project.read("Dockerfile");
    for (String file : List.of("compose.yaml", "compose.prod.yaml")) {
      Map<String, Object> compose =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(project.read(file));
      Map<String, Object> services = map(compose.get("services"));
      services.forEach(
          (name, value) -> {
            Map<String, Object> service = map(value);
            if (service.containsKey("depends_on")) {
              assertThat(services)
                  .as(file + " " + name)
                  .containsKeys(map(service.get("depends_on")).keySet().toArray(String[]::new));
            }
            if (service.containsKey("build")) {
              assertThat(dockerfile)
                  .contains(" AS " + map(service.get("build")).get("target") + "\n");
            }
            if (service.get("volumes") instanceof List<?> volumes) {
              for (Object volume : volumes) {
                String source = volume.toString().replaceFirst(":.*", "");
                if (source.startsWith("./") && !source.equals("./backups")) {
                  assertThat(project.file(source)).exists();
                } else if (!source.startsWith(".")) {
                  assertThat(map(compose.get("volumes"))).containsKey(source);
                }
              }
            }
            if (service.get("secrets") instanceof List<?> secrets) {
              for (Object secret : secrets) {
                String source =
                    secret instanceof Map<?, ?> one
                        ? one.get("source").toString()
                        : secret.toString();
                assertThat(map(compose.get("secrets"))).containsKey(source);
              }
            }
          });
    }
    Stream.of(dockerfile.split("\n"))
        .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
        .flatMap(line -> Stream.of(line.split(" ")).skip(1))
        .filter(word -> !word.startsWith("--") && !word.startsWith("/") && !word.startsWith("."))
        .forEach(
            source -> {
              assertThat(project.file(source)).exists();
              assertThat(project.read(".dockerignore")).contains("!" + source);
            });
    assertThat(project.read(".dockerignore")).contains("!.mvn");
    assertThat(Files.exists(project.file(".mvn/repository"))).isTrue();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object yaml) {
    return (Map<String, Object>) yaml;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
