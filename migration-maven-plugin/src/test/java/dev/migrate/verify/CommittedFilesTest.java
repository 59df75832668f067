package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What git can give back")
class CommittedFilesTest {
  private final CommittedFiles committed = new CommittedFiles("git");
  @TempDir private Path folder;

  @Test
  @DisplayName("is a file that the last commit has as it is now, and no other")
  void committedAsItIs() throws Exception {
    Path file = folder.resolve("db/Übersicht der Preise/R__what it costs.sql");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "select 1;\n");
    assertThat(committed.test(file)).as("without git").isFalse();
    git("init", "-q");
    assertThat(committed.test(file)).as("before the first commit").isFalse();
    git("add", ".");
    assertThat(committed.test(file)).as("added only").isFalse();
    commit();
    assertThat(committed.test(file)).as("committed").isTrue();
    Files.writeString(file, "select 2;\n");
    assertThat(committed.test(file)).as("edited").isFalse();
    git("add", ".");
    assertThat(committed.test(file)).as("edited and added").isFalse();
    git("update-index", "--assume-unchanged", file.toString());
    assertThat(committed.test(file)).as("where git was told not to look").isFalse();
    git("update-index", "--no-assume-unchanged", file.toString());
    commit();
    assertThat(committed.test(file)).as("committed again").isTrue();
    Path beside = Files.writeString(file.resolveSibling("R__beside.sql"), "select 2;\n");
    assertThat(committed.test(beside)).as("not tracked, with the content of another").isFalse();
    Files.writeString(folder.resolve(".gitignore"), "R__beside.sql\n");
    assertThat(committed.test(beside)).as("ignored").isFalse();
    assertThat(new CommittedFiles("no-such-git").test(file)).as("no git to ask").isFalse();
  }

  private void commit() throws Exception {
    git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q", "-m", "x");
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
