package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What they run is run by {@link AssetTrackerIT}. */
@DisplayName("The files for CI servers")
class CiFilesTest {
  private static final Path PROJECT = CiFiles.FOLDER.getParent();

  @Test
  @DisplayName("hold for GitHub only words that a workflow has, each where it belongs")
  void gitHub() {
    Map<Object, Object> workflow = CiFiles.gitHub();
    assertThat(workflow.keySet())
        .isSubsetOf("name", Boolean.TRUE, "permissions", "concurrency", "jobs");
    assertThat(CiFiles.map(workflow.get(Boolean.TRUE)).keySet())
        .containsOnly("push", "pull_request");
    assertThat(CiFiles.map(workflow.get("permissions"))).isEqualTo(Map.of("contents", "read"));
    Map<Object, Object> job = CiFiles.map(CiFiles.map(workflow.get("jobs")).get("verify"));
    assertThat(job.keySet()).containsOnly("runs-on", "timeout-minutes", "steps");

    for (Map<Object, Object> step : CiFiles.steps()) {
      assertThat(step.keySet()).isSubsetOf("name", "uses", "with", "run", "if");
      assertThat(step.containsKey("uses")).isNotEqualTo(step.containsKey("run"));
      if (step.containsKey("uses")) {
        assertThat(step.get("uses").toString()).matches("actions/[a-z-]+@v\\d+");
      }
    }
    assertThat(CiFiles.steps().get(0).get("uses").toString()).startsWith("actions/checkout@");
    assertThat(CiFiles.map(CiFiles.steps().get(0).get("with")))
        .as("git describe wants the tags")
        .isEqualTo(Map.of("fetch-depth", 0));
  }

  @Test
  @DisplayName("name files that are there, and folders that the build writes")
  void namesWhatIsThere() throws Exception {
    String workflow =
        Files.readString(CiFiles.FOLDER.resolve("github/.github/workflows/verify.yml"));
    Matcher hashed = Pattern.compile("hashFiles\\('([^']+)'\\)").matcher(workflow);
    assertThat(hashed.find()).isTrue();
    var glob = FileSystems.getDefault().getPathMatcher("glob:" + hashed.group(1));
    try (Stream<Path> files = Files.walk(PROJECT.resolve("src"))) {
      assertThat(files.map(PROJECT::relativize).filter(glob::matches)).isNotEmpty();
    }
    String ignored = Files.readString(PROJECT.resolve(".gitignore"));
    for (String cached : List.of(".migrate/", "target/")) {
      assertThat(workflow).contains(cached);
      assertThat(ignored).contains(cached);
    }
    Map<Object, Object> job = CiFiles.map(CiFiles.gitLab().get("verify"));
    assertThat(job.toString())
        .contains("key={files=[pom.xml]}", ".migrate/proofs/", "target/*-reports/");
    assertThat(PROJECT.resolve("pom.xml")).exists();
  }

  @Test
  @DisplayName("run the same on GitLab as on GitHub")
  void gitLab() {
    assertThat(CiFiles.gitLab().keySet()).isEqualTo(Set.of("verify"));
    Map<Object, Object> job = CiFiles.map(CiFiles.gitLab().get("verify"));
    assertThat(job.keySet())
        .isSubsetOf("image", "timeout", "variables", "cache", "script", "artifacts");
    assertThat(
            String.join(
                "\n", ((List<?>) job.get("script")).stream().map(Object::toString).toList()))
        .isEqualTo(CiFiles.script().strip());
    assertThat(CiFiles.map(job.get("variables"))).as("all tags").containsEntry("GIT_DEPTH", 0);
  }
}
