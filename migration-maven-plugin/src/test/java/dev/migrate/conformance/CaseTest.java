package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A case of the conformance run")
class CaseTest {
  @TempDir Path folder;

  @Test
  @DisplayName("names its oldest version as a number or as a text, with or without a minor one")
  void versions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cases.jsonl"),
            """
            {"id": "a", "min_version": 15}
            {"id": "b", "min_version": "9.1"}
            {"id": "c", "min_version": "18"}

            {"id": "d"}
            """);
    assertThat(Case.read(file)).extracting(Case::minMajor).containsExactly(15, 9, 18, 0);
  }
}
