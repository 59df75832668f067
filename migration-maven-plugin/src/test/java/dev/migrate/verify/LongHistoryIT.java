package dev.migrate.verify;

import static dev.migrate.verify.VerifiedProject.id;
import static dev.migrate.verify.VerifiedProject.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testing.Thorough;
import dev.migrate.verify.CheckResult.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A history that is long enough to be walked in pieces")
class LongHistoryIT {
  private static final int REVISIONS = 48;

  @TempDir private Path folder;

  @Thorough
  @Test
  @DisplayName(
      "tells the faults of all pieces in their order, and keeps what comes before the first")
  void faultsInEveryPiece() {
    VerifiedProject project = project();
    replace(project.downgradeOf(9), "drop table t9;", "-- later");
    replace(project.downgradeOf(40), "drop table t40;", "alter table t40 add trace int;");

    Verification found = project.verify();
    assertThat(found.of(Check.REVERSIBLE).findings())
        .extracting(CheckFinding::subject)
        .containsExactly(id(9), id(40), id(40));
    assertThat(found.of(Check.REVERSIBLE).findings())
        .extracting(CheckFinding::problem)
        .satisfiesExactly(
            first -> assertThat(first).contains("does nothing"),
            second -> assertThat(second).contains("leaves a trace"),
            third -> assertThat(third).contains("does not run again"));
    assertThat(project.walked()).hasSize(REVISIONS);

    replace(project.downgradeOf(9), "-- later", "drop table t9;");
    replace(project.downgradeOf(40), "alter table t40 add trace int;", "drop table t40;");
    CheckResult mended = project.verify().of(Check.REVERSIBLE);
    assertThat(mended.status()).isEqualTo(Status.PASSED);
    assertThat(mended.summary()).contains("8 of them proven before");
  }

  @Test
  @DisplayName("is not taken for sound when it does not run up to a piece")
  void pieceCannotBegin() {
    VerifiedProject project = project().skip("files", "replay", "model", "commute", "data");
    replace(project.upgradeOf(3), "create table t3 (id int);", "create tabel t3 (id int);");

    CheckResult found = project.verify().of(Check.REVERSIBLE);
    assertThat(found.status()).isEqualTo(Status.FAILED);
    assertThat(found.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.problem()).contains("step_3.sql", "tabel"));
  }

  @Test
  @DisplayName("of scripts that only go up is run once more below what comes down, and not read")
  void onlyTheNewestComesDown() {
    VerifiedProject project = new VerifiedProject(folder).skip("files", "model", "commute", "data");
    for (int i = 1; i < REVISIONS; i++) {
      project.revision(
          i,
          i == 1 ? "none" : String.valueOf(i - 1),
          "-- downgrade: none",
          "create table t%d (id int);".formatted(i),
          null);
    }
    project.verify();
    project.walked();
    project.revision(
        REVISIONS,
        String.valueOf(REVISIONS - 1),
        "create table t%d (id int);".formatted(REVISIONS),
        "drop table t%d;".formatted(REVISIONS));
    CheckResult found = project.verify().of(Check.REVERSIBLE);
    assertThat(found.status()).isEqualTo(Status.PASSED);
    assertThat(found.summary()).contains("1 revision up, down, up, and 47 without a downgrade");
    replace(project.downgradeOf(REVISIONS), "drop table t%d;".formatted(REVISIONS), "select 1;");
    assertThat(project.verify().of(Check.REVERSIBLE).findings())
        .extracting(CheckFinding::subject)
        .containsExactly(id(REVISIONS));
  }

  private VerifiedProject project() {
    VerifiedProject project = new VerifiedProject(folder).skip("model", "data");
    for (int i = 1; i <= REVISIONS; i++) {
      project.revision(
          i,
          i == 1 ? "none" : String.valueOf(i - 1),
          "create table t%d (id int);".formatted(i),
          "drop table t%d;".formatted(i));
    }
    return project;
  }
}
