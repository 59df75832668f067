package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.revision.RevisionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guard of a baseline")
class BaselineGuardTest {
  @Test
  @DisplayName(
      "is known by its text, whichever baseline it guards, and not when somebody added to it")
  void known() {
    String guard =
        BaselineGuard.sql(
            HistoryOptions.defaults(), RevisionId.of("20260118103000"), "It's told; run this.");

    assertThat(BaselineGuard.is(guard)).isTrue();
    assertThat(BaselineGuard.is(guard.replace("\n", "\r\n"))).isTrue();
    assertThat(BaselineGuard.is(guard + "DELETE FROM t;")).isFalse();
    assertThat(BaselineGuard.is(guard.replace("RETURN;", "DELETE FROM t;"))).isFalse();
    assertThat(BaselineGuard.is(guard.replace("bool_or(", "purge("))).isFalse();
  }
}
