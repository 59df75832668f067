package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verification")
class VerificationTest {
  private static final CheckResult FILES =
      CheckResult.passed(Check.FILES, "3 revisions", List.of());
  private static final CheckResult TARGET = CheckResult.skipped(Check.TARGET, "not asked");

  @Test
  @DisplayName("lets a release go on when every check passed or was skipped")
  void fine() {
    assertThatCode(new Verification(List.of(FILES, TARGET), false)::require)
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("says in the failure itself what is wrong first, and what could not be run and why")
  void notFine() {
    CheckResult reversible =
        CheckResult.of(
            Check.REVERSIBLE,
            "3 revisions up, down, up",
            List.of(
                CheckFinding.of("2", "The downgrade of 2 does nothing.\n+ table a", "Mend it."),
                CheckFinding.of("3", "The downgrade of 3 leaves a trace.", "Mend it.")),
            List.of());
    String reason = "no scratch database could be used";
    MigrateException failure =
        catchThrowableOfType(
            MigrateException.class,
            new Verification(
                    List.of(
                        FILES,
                        reversible,
                        CheckResult.notRun(Check.COMMUTE, reason),
                        CheckResult.notRun(Check.DATA, reason),
                        TARGET),
                    false)
                ::require);

    assertThat(failure.code()).isEqualTo(FailureCode.VERIFY_FAILED);
    assertThat(failure.problem().lines())
        .containsExactly(
            "The revisions are not fit to be released. Failed: reversible. Not run: commute, data.",
            "  reversible: The downgrade of 2 does nothing. (and 1 more)",
            "  commute: no scratch database could be used");
  }

  @Test
  @DisplayName("ends no reason in a colon: what the colon announces follows, or a full stop")
  void announced() {
    assertThat(reason("It differs:", "  + table a")).isEqualTo("It differs: + table a");
    assertThat(reason("It differs:\n", "+ a", "- b")).isEqualTo("It differs: + a; …");
    assertThat(reason("It fails:\n\n  no such table")).isEqualTo("It fails: no such table");
    assertThat(reason("It fails:")).isEqualTo("It fails.");
  }

  private static String reason(String problem, String... details) {
    CheckResult replay =
        CheckResult.of(
            Check.REPLAY,
            "",
            List.of(new CheckFinding("", problem, "Mend it.", List.of(details))),
            List.of());
    return catchThrowableOfType(
            MigrateException.class, new Verification(List.of(replay), false)::require)
        .problem()
        .lines()
        .skip(1)
        .findFirst()
        .orElseThrow()
        .replaceFirst("^  replay: ", "");
  }
}
