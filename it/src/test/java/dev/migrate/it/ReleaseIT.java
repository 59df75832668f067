package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What docs/release.md tells people to copy")
class ReleaseIT {
  private static final String FIRST = "20260101000000";
  private static final String SECOND = "20260102000000";

  @Test
  @DisplayName(
      "is all known to these tests; only the gate, which needs a server of yours, is not run here")
  void isAllKnown() {
    assertThat(ReleaseDocument.languages())
        .containsExactly("shell", "xml", "xml", "xml", "shell", "shell", "yaml", "yaml", "shell");
  }

  @Test
  @DisplayName(
      "lets maven-release-plugin release what holds, and stops it before the tag otherwise")
  void releases() {
    Project project = Project.empty("release");
    String origin = project.file("origin.git").toUri().toString().replaceFirst("/*$", "");
    String profile = ReleaseDocument.block("xml", "<id>release</id>");
    Project app = project.child("app");
    // The deploy plugin does not deploy then, not even into a folder.
    boolean offline = Maven.property("it.network").equals("offline=true");
    app.write(
            "pom.xml",
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>it.example</groupId>
              <artifactId>app</artifactId>
              <version>1.0-SNAPSHOT</version>
              <packaging>pom</packaging>
              <scm><developerConnection>scm:git:%s</developerConnection></scm>
              <distributionManagement>
                <repository><id>here</id><url>%s</url></repository>
              </distributionManagement>
              <build>
                <pluginManagement>
                  <plugins>
                    %s
                    <plugin><artifactId>maven-install-plugin</artifactId><version>3.1.4</version></plugin>
                    <plugin><artifactId>maven-deploy-plugin</artifactId><version>3.1.4</version></plugin>
                  </plugins>
                </pluginManagement>
                <plugins>%s</plugins>
              </build>
              <profiles>%s</profiles>
            </project>
            """
                .formatted(
                    origin,
                    project.file("deployed").toUri(),
                    Project.plugin(""),
                    ReleaseDocument.block("xml", "maven-release-plugin"),
                    profile))
        .write(
            ".mvn/maven.config",
            app.maven().config() + (offline ? "-Dmaven.deploy.skip=true\n" : ""));
    sound(app);
    shell(app, "git init -q --bare -b main ../origin.git");
    git(app, "v0");
    shell(app, "git remote add origin ../origin.git", "git push -q origin main --tags");

    String commands = ReleaseDocument.block("shell", "release:prepare");
    shell(app, commands)
        .says(
            "files       passed   the revision files are in order: 1 revision, compared with v0",
            "reversible  passed",
            "was not asked: give the last release");
    assertThat(shell(app, "git ls-remote --tags origin").output()).contains("app-1.0");
    if (!offline) {
      assertThat(project.file("deployed/it/example/app/1.0/app-1.0.pom")).exists();
    }

    app.append(Project.upgradeScript(FIRST), "-- edited\n")
        .revision(SECOND, "create table b (id int);\n", "-- later\n")
        .append("src/main/database/schema.sql", "create table b (id int);\n");
    shell(app, "git add -A", "git commit -qm broken");
    app.maven()
        .shell(app.directory(), commands)
        .fails()
        .says("was edited since app-1.0", "does nothing", "Failed: files, reversible.");
    assertThat(shell(app, "git tag", "git ls-remote --tags origin").output())
        .contains("app-1.0")
        .doesNotContain("app-1.1");
    shell(app, ReleaseDocument.block("shell", "release:rollback"));
    assertThat(app.read("pom.xml")).contains("<version>1.1-SNAPSHOT</version>");
  }

  @Test
  @DisplayName("runs on GitHub: each step that is a script, and the files of the others")
  void gitHub() {
    Map<String, Object> workflow = ReleaseDocument.yaml("runs-on");
    Map<String, Object> job = map(map(workflow.get("jobs")).get("verify"));
    List<String> scripts = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    for (Object each : list(job.get("steps"))) {
      Map<String, Object> step = map(each);
      if (step.containsKey("run")) {
        scripts.add(step.get("run").toString());
      } else {
        String action = step.get("uses").toString();
        actions.add(action);
        Map<String, Object> with = map(step.get("with"));
        switch (action.replaceFirst("@v\\d+$", "")) {
          case "actions/checkout" -> assertThat(with).containsEntry("fetch-depth", 0);
          case "actions/setup-java" ->
              assertThat(with).containsKeys("distribution", "java-version");
          case "actions/cache" -> assertThat(with).containsEntry("path", ".migrate");
          default -> assertThat(with).containsEntry("path", "**/target/migrate-reports/*.xml");
        }
      }
    }
    assertThat(actions).hasSize(4).allMatch(action -> action.startsWith("actions/"));
    runs("github", String.join("\n", scripts), "**/target/migrate-reports/*.xml");
  }

  @Test
  @Thorough
  @DisplayName("runs on GitLab: each line of the script")
  void gitLab() {
    Map<String, Object> job = map(ReleaseDocument.yaml("GIT_DEPTH").get("verify"));
    assertThat(list(map(job.get("cache")).get("paths"))).hasToString("[.migrate/]");
    List<String> lines = list(job.get("script")).stream().map(Object::toString).toList();
    String reports = map(map(job.get("artifacts")).get("reports")).get("junit").toString();
    runs("gitlab", String.join("\n", lines), reports);
  }

  /** Without a release, then after one, then with what was released edited. */
  private static void runs(String name, String script, String reports) {
    Project project = Project.empty(name);
    String plugin = ReleaseDocument.block("xml", "<version>…</version>");
    project.write("pom.xml", Project.pom(name, plugin.replace("…", UnderTest.version())));
    sound(project);
    git(project, null);
    shell(project, script).says("files       passed", "reversible  passed");
    assertThat(FileSystems.getDefault().getPathMatcher("glob:" + reports))
        .matches(glob -> glob.matches(report(project)), "finds " + report(project));
    assertThat(project.file(".migrate/proofs")).exists();
    assertThat(report(project)).exists();

    shell(project, "git tag v1");
    shell(project, script).says("compared with v1");
    project.append(Project.upgradeScript(FIRST), "-- edited\n");
    project.maven().shell(project.directory(), script).fails().says("was edited since v1");
    assertThat(project.read("target/migrate-reports/TEST-migrate-verify.xml"))
        .contains("<failure")
        .contains("was edited since v1");
    shell(project, "git checkout -q -- .");

    shell(project, ReleaseDocument.block("shell", "migrate:verify")).says("compared with v1");
  }

  private static Path report(Project project) {
    return project.file("target/migrate-reports/TEST-migrate-verify.xml");
  }

  private static void sound(Project project) {
    project
        .revision(FIRST, "create table a (id int);\n", "drop table a;\n")
        .write("src/main/database/schema.sql", "create table a (id int);\n")
        .write(".gitignore", "target/\n.migrate/\n");
  }

  private static void git(Project project, String tag) {
    shell(
        project,
        "git init -q -b main",
        "git config user.email it@example.org",
        "git config user.name it",
        "git add -A",
        "git commit -qm sound",
        tag == null ? "true" : "git tag " + tag);
  }

  private static Build shell(Project project, String... lines) {
    return project.maven().shell(project.directory(), String.join("\n", lines)).succeeds();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object yaml) {
    return (Map<String, Object>) yaml;
  }

  private static List<?> list(Object yaml) {
    return (List<?>) yaml;
  }
}
