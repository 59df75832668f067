package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of the samples that the Maven Invoker builds,")
class SamplesTest {

  private static List<Path> samples() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("src/it"))) {
      return all.filter(path -> Files.exists(path.resolve("pom.xml")))
          .filter(path -> !path.endsWith("setup"))
          .sorted()
          .toList();
    }
  }

  @Test
  @DisplayName("each goal has one, of its name")
  void eachGoalHasOne() throws IOException {
    List<String> names = samples().stream().map(path -> path.getFileName().toString()).toList();
    assertThat(Goals.all()).hasSizeGreaterThanOrEqualTo(25);
    assertThat(Goals.all())
        .allSatisfy(goal -> assertThat(names).anyMatch(name -> name.startsWith(goal + "-")));
  }

  @Test
  @DisplayName("each says what it shows, and looks at what came of it")
  void eachIsLookedAt() throws IOException {
    assertThat(samples())
        .allSatisfy(
            sample -> {
              assertThat(sample.resolve("invoker.properties"))
                  .content()
                  .contains("invoker.name = ", "invoker.goals");
              assertThat(sample.resolve("verify.groovy"))
                  .content()
                  .containsAnyOf("sample.says(", ".says(", "assert ");
            });
  }
}
