package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Files of {@code src/test/resources/formats}, which are never changed: a released form is added.
 */
@DisplayName("The JSON of the goals")
class OlderOutputTest {
  @Test
  @DisplayName("is described so that what older versions have written still fits")
  void older() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/formats/output-1"))) {
      List<Path> documents = files.sorted().toList();
      assertThat(documents).hasSizeGreaterThanOrEqualTo(6);
      for (Path document : documents) {
        OutputSchema.read(Files.readString(document));
      }
    }
  }
}
