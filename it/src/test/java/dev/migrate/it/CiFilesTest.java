package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "github/.github/workflows/verify.yml, vendor.github-workflows, name: build",
    "gitlab/.gitlab-ci.yml, vendor.gitlab-ci, GIT_DEPTH: 0"
  })
  @DisplayName("and those that a page shows are what the schema of their server allows:")
  void fitTheirSchema(String file, String schema, String shown, @TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(bin -> new File(bin, "check-jsonschema").canExecute()),
        "check-jsonschema is not installed");
    Path page = folder.resolve("shown.yml");
    Files.writeString(page, Document.read("docs/release.md").block(shown).text());
    Path wrong = folder.resolve("wrong.yml");
    Files.writeString(
        wrong,
        Files.readString(CiFiles.FOLDER.resolve(file)).replaceAll("image|runs-on", "imagee"));

    assertThat(validated(folder, schema, CiFiles.FOLDER.resolve(file), page)).isEqualTo("0");
    assertThat(validated(folder, schema, wrong)).as("what is wrong is noticed").isEqualTo("1");
  }

  /** The schemas of both servers come with the program. */
  private static String validated(Path folder, String schema, Path... files) throws Exception {
    List<String> command = new ArrayList<>(List.of("check-jsonschema", "--builtin-schema", schema));
    Stream.of(files).map(Path::toString).forEach(command::add);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String status = String.valueOf(process.exitValue());
    return status.equals("1") && files.length > 1 ? Files.readString(log) : status;
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
