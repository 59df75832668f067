package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.generate.RewritePolicy.Kept;
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
  @DisplayName(
      "is a file that the last commit has as it is now, and one that was edited since is told from one that it never had")
  void committedAsItIs() throws Exception {
    Path file = folder.resolve("db/Übersicht der Preise/R__what it costs.sql");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "select 1;\n");
    assertThat(committed.apply(file)).as("without git").isEqualTo(Kept.UNKNOWN);
    git("init", "-q");
    assertThat(committed.apply(file)).as("before the first commit").isEqualTo(Kept.UNKNOWN);
    git("add", ".");
    assertThat(committed.apply(file)).as("added only").isEqualTo(Kept.UNKNOWN);
    commit();
    assertThat(committed.apply(file)).as("committed").isEqualTo(Kept.COMMITTED);
    Files.writeString(file, "select 2;\n");
    assertThat(committed.apply(file)).as("edited").isEqualTo(Kept.EDITED);
    git("add", ".");
    assertThat(committed.apply(file)).as("edited and added").isEqualTo(Kept.EDITED);
    git("update-index", "--assume-unchanged", file.toString());
    assertThat(committed.apply(file)).as("where git was told not to look").isEqualTo(Kept.EDITED);
    git("update-index", "--no-assume-unchanged", file.toString());
    commit();
    assertThat(committed.apply(file)).as("committed again").isEqualTo(Kept.COMMITTED);
    Path beside = Files.writeString(file.resolveSibling("R__beside.sql"), "select 2;\n");
    assertThat(committed.apply(beside))
        .as("not tracked, with the content of another")
        .isEqualTo(Kept.UNKNOWN);
    Files.writeString(folder.resolve(".gitignore"), "R__beside.sql\n");
    assertThat(committed.apply(beside)).as("ignored").isEqualTo(Kept.UNKNOWN);
    assertThat(new CommittedFiles("no-such-git").apply(file))
        .as("no git to ask")
        .isEqualTo(Kept.UNKNOWN);
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
