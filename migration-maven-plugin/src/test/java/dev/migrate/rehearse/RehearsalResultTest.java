package dev.migrate.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.rehearse.RehearsalResult.Phase;
import dev.migrate.rehearse.RehearsalResult.Run;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rehearsal")
class RehearsalResultTest {
  private static final Revision REVISION =
      new Revision(RevisionId.of("2"), "Add it", List.of(), List.of(), List.of(), null, "V2");

  private static RehearsalResult result(String failure, boolean sameSchema) {
    Run run = new Run(REVISION, Phase.UP_AGAIN, Duration.ZERO, List.of(), 0, failure);
    return new RehearsalResult(
        "db", "18.1", 0, Duration.ZERO, List.of(run), List.of(), sameSchema, true);
  }

  @Test
  @DisplayName("passes when every run went well and the schema came back")
  void passes() {
    assertThat(result(null, true).failure(true)).isEmpty();
  }

  @Test
  @DisplayName("fails with the revision, the direction and the reason of the run that failed")
  void failed() {
    MigrateException failure = result("it is so", true).failure(true).orElseThrow();
    assertThat(failure.code()).isEqualTo(FailureCode.REHEARSAL_FAILED);
    assertThat(failure.problem()).contains("2 (Add it) failed (up again): it is so");
    assertThat(failure.remedy()).startsWith("Mend the script").contains("was not touched");
  }

  @Test
  @DisplayName("tells of the rights of the sandbox when these are what was missing, and only then")
  void sandbox() {
    String denied = "permission denied (SQLSTATE 42501)";
    assertThat(result(denied, true).failure(true).orElseThrow().remedy())
        .contains("-Dmigrate.trustTarget=true");
    assertThat(result(denied, true).failure(false).orElseThrow().remedy())
        .doesNotContain("trustTarget");
  }

  @Test
  @DisplayName("fails when the downgrades do not bring the schema back")
  void notRestored() {
    assertThat(result(null, false).failure(true).orElseThrow().problem())
        .contains("do not bring back the schema");
  }
}
