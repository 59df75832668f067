package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** With the schemas that both publish: {@code npm install -g @action-validator/cli}. */
  @Test
  @DisplayName("and the one that a page shows fit GitHub's schema")
  void fitGitHub(@TempDir Path folder) throws Exception {
    needs("action-validator");
    Path shown = folder.resolve("shown.yml");
    Files.writeString(shown, Document.read("docs/release.md").block("name: build").text());
    Path ours = CiFiles.FOLDER.resolve("github/.github/workflows/verify.yml");
    Path wrong = folder.resolve("wrong.yml");
    Files.writeString(wrong, Files.readString(ours).replace("runs-on", "run-on"));

    assertThat(said(folder, "action-validator", ours.toString())).endsWith("status 0");
    assertThat(said(folder, "action-validator", shown.toString())).endsWith("status 0");
    assertThat(said(folder, "action-validator", wrong.toString())).endsWith("status 1");
  }

  /** {@code npm install -g gitlab-ci-local}. */
  @Test
  @DisplayName("and the one that a page shows fit GitLab's schema")
  void fitGitLab(@TempDir Path folder) throws Exception {
    needs("gitlab-ci-local");
    String ours = Files.readString(CiFiles.FOLDER.resolve("gitlab/.gitlab-ci.yml"));
    String shown = Document.read("docs/release.md").block("GIT_DEPTH: 0").text();
    Path file = folder.resolve(".gitlab-ci.yml");
    said(folder, "git", "init", "-q", ".");
    said(folder, "git", "remote", "add", "origin", "git@example.com:a/b.git");
    String valid = "json schema validated";

    Files.writeString(file, ours);
    assertThat(said(folder, "gitlab-ci-local", "--list")).contains(valid);
    Files.writeString(file, shown);
    assertThat(said(folder, "gitlab-ci-local", "--list")).contains(valid);
    Files.writeString(file, ours.replace("image:", "images:"));
    assertThat(said(folder, "gitlab-ci-local", "--list"))
        .contains("'images'")
        .doesNotContain(valid);
  }

  private static void needs(String program) {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(bin -> new File(bin, program).canExecute()),
        program + " is not installed");
  }

  private static String said(Path folder, String... command) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return Files.readString(log) + "status " + process.exitValue();
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
