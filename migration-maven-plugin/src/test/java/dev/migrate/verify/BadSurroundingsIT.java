package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.MigrateException;
import dev.migrate.replay.ScratchSource;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import dev.migrate.verify.CheckResult.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A check that cannot run is not passed")
class BadSurroundingsIT {
  @TempDir private Path folder;
  private VerifiedProject project;

  @BeforeEach
  void project() {
    project =
        new VerifiedProject(folder)
            .revision(1, "none", "create table one (id int);", "drop table one;");
  }

  @Test
  @DisplayName("when there is no git command")
  void noGit() {
    project.releasedAt("v1").git("no-git-here").skip("replay", "reversible", "data", "model");
    assertThat(notRun(Check.FILES))
        .contains("since v1 cannot be found out: the command git cannot be run here")
        .contains("Install git");
  }

  @Test
  @DisplayName("when the project is in no git repository")
  void noRepository() {
    project.releasedAt("v1").skip("replay", "reversible", "data", "model");
    assertThat(notRun(Check.FILES))
        .contains("cannot be found out")
        .contains("not a git repository");
  }

  @Test
  @DisplayName("when git does not know the release")
  void noReference() {
    project.release("v1").releasedAt("v2").skip("replay", "reversible", "data", "model");
    assertThat(notRun(Check.FILES))
        .contains("git knows no tag, branch or commit \"v2\"")
        .contains("git fetch --tags");
  }

  @Test
  @DisplayName(
      "when git does not know the release and something else is wrong, too: no comparison is claimed")
  void noReferenceAndMore() {
    project
        .revision(2, "1", "create table two (id int);", null)
        .release("v1")
        .releasedAt("v2")
        .skip("replay", "reversible", "data", "model");
    CheckResult found = project.verify().of(Check.FILES);
    assertThat(found.status()).isEqualTo(Status.FAILED);
    assertThat(found.summary()).doesNotContain("compared");
    assertThat(found.notes()).anyMatch(note -> note.contains("git knows no tag"));
  }

  @Test
  @DisplayName("when no scratch server answers")
  void noScratch() {
    project.on(
        new ScratchSource.Borrowed("jdbc:postgresql://localhost:1/postgres", "me", "secret"));
    assertThat(notRun(Check.REPLAY)).contains("localhost:1").doesNotContain("secret");
    Verification found = project.verify();
    for (Check check : List.of(Check.REVERSIBLE, Check.MODEL, Check.COMMUTE, Check.DATA)) {
      assertThat(found.of(check).status()).isEqualTo(Status.NOT_RUN);
      assertThat(found.of(check).summary()).contains("no scratch database could be used");
    }
    assertThat(found.of(Check.FILES).status()).isEqualTo(Status.PASSED);
    assertThatThrownBy(found::require)
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("Not run: replay, reversible, model, commute, data.");
  }

  @Test
  @DisplayName("when a revision needs an extension that scratch does not have")
  void noExtension() {
    project.revision(2, "1", "create extension postgis;", "drop extension postgis;");
    assertThat(notRun(Check.REPLAY))
        .contains("does not have the extension postgis")
        .contains("step_2.sql, line")
        .contains("-Dmigrate.scratchUrl");
  }

  @Test
  @DisplayName("when a revision needs a superuser and scratch has none")
  void noSuperuser() {
    TestPostgres.server().administer("create role plain login createdb password 'plain'");
    ServerAddress address = TestPostgres.server().address();
    project
        .revision(2, "1", "create extension file_fdw;", "drop extension file_fdw;")
        .on(new ScratchSource.Borrowed(address.jdbcUrl("postgres"), "plain", "plain"));
    assertThat(notRun(Check.REPLAY))
        .contains("permission denied")
        .contains("lacks the right of a superuser")
        .contains("leave out -Dmigrate.scratchUrl");
  }

  @Test
  @DisplayName("and names the Java migration without which a script does not run")
  void javaMigration() throws IOException {
    project.revision(3, "1", "create view v as select y from one;", "drop view v;");
    String name = "src/main/java/db/migration/V20260101000002__Split.java";
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "class V20260101000002__Split {}");
    String sentence =
        "1 migration is run only by the Flyway of the application, and what it does to the schema is"
            + " missing on scratch: 20260101000002 Split (%s).".formatted(name);

    Verification found = project.skip("data", "model").verify();

    assertThat(found.of(Check.FILES).notes()).contains(sentence);
    assertNamed(found.of(Check.REPLAY), sentence);
    assertNamed(project.skip("replay", "data", "model").verify().of(Check.REVERSIBLE), sentence);
  }

  private static void assertNamed(CheckResult result, String sentence) {
    CheckFinding finding = result.findings().get(0);
    assertThat(finding.problem()).contains("column \"y\" does not exist", sentence);
    assertThat(finding.remedy()).contains("V20260101000002__Split.sql");
  }

  @Test
  @DisplayName("when a revision never ends: stopped, and said how to allow more")
  void neverEnds() {
    project.revision(2, "1", "select pg_sleep(3600);", "-- nothing");
    Verification found = project.statementTimeout(Duration.ofSeconds(1)).verify();
    assertThat(found.of(Check.REPLAY).status()).isEqualTo(Status.FAILED);
    CheckFinding finding = found.of(Check.REPLAY).findings().get(0);
    assertThat(finding.problem()).contains("step_2.sql").contains("statement timeout");
    assertThat(finding.remedy())
        .contains("did not end within 1 s")
        .contains("-Dmigrate.statementTimeout");
  }

  @Test
  @DisplayName("when a downgrade never ends: that one is named")
  void downgradeNeverEnds() {
    project.revision(2, "1", "-- nothing", "select pg_sleep(3600);");
    Verification found = project.statementTimeout(Duration.ofSeconds(1)).verify();
    assertThat(found.of(Check.REVERSIBLE).status()).isEqualTo(Status.FAILED);
    assertThat(found.of(Check.REVERSIBLE).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(VerifiedProject.id(2));
              assertThat(finding.remedy()).contains("did not end within 1 s");
            });
  }

  @Test
  @DisplayName("when a file cannot be read: files fails, and nothing else is claimed")
  void notUtf8() throws IOException {
    Files.write(project.upgradeOf(1), "-- Größe\nselect 1;".getBytes(StandardCharsets.ISO_8859_1));
    Verification found = project.verify();
    assertThat(found.of(Check.FILES).status()).isEqualTo(Status.FAILED);
    assertThat(found.of(Check.FILES).findings().get(0).problem()).contains("UTF-8");
    assertThat(found.results())
        .filteredOn(result -> result.check() != Check.FILES)
        .hasSize(6)
        .allSatisfy(result -> assertThat(result.status()).isEqualTo(Status.NOT_RUN));
  }

  @Test
  @DisplayName("when the target cannot be reached: target fails")
  void noTarget() {
    Target nowhere = Target.of("jdbc:postgresql://localhost:1/x", "me", "secret", "a test");
    Verification found = project.target(nowhere).verify();
    assertThat(found.of(Check.TARGET).status()).isEqualTo(Status.FAILED);
    assertThat(found.of(Check.TARGET).findings().get(0).problem()).contains("localhost:1");
    assertThat(found.of(Check.DATA).status()).isEqualTo(Status.PASSED);
  }

  @Test
  @DisplayName("and a check that does not exist cannot be left out")
  void unknownCheck() {
    assertThatThrownBy(() -> project.skip("date"))
        .hasMessageContaining("There is no check \"date\"")
        .hasMessageContaining("files, replay, reversible, model, commute, data, target");
  }

  private String notRun(Check check) {
    CheckResult result = project.verify().of(check);
    assertThat(result.status()).as("%s", result).isEqualTo(Status.NOT_RUN);
    assertThat(result.findings()).isEmpty();
    return result.summary();
  }
}
