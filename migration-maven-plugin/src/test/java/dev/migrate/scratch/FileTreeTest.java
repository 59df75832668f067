package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder")
@DisabledOnOs(OS.WINDOWS)
class FileTreeTest {
  @TempDir private Path directory;

  @Test
  @DisplayName("that a killed process left goes, though a program still writes there")
  void swept() throws Exception {
    Path orphan = Files.createDirectory(directory.resolve("unfinished-1"));
    Process writer =
        new ProcessBuilder(
                "sh", "-c", "i=0; echo; while [ $i -lt 100000 ]; do i=$((i+1)); : > f$i; done")
            .directory(orphan.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(writer.getInputStream().read()).isEqualTo('\n');
      FileTree.sweep(directory, "unfinished-");
      try (Stream<Path> left = Files.list(directory)) {
        assertThat(left).isEmpty();
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  @Test
  @DisplayName("is copied as it is, with what is hidden")
  void copied() throws Exception {
    Path from = Files.createDirectories(directory.resolve("from/deep/.hidden")).getParent();
    Files.writeString(from.resolve("file"), "text");
    Path to = directory.resolve("to");
    FileTree.copy(from.getParent(), to);
    assertThat(to.resolve("deep/file")).hasContent("text");
    assertThat(to.resolve("deep/.hidden")).isDirectory();
    assertThat(List.of(directory.toFile().list())).containsExactlyInAnyOrder("from", "to");
  }
}
