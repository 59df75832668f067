package dev.migrate.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The nearest name")
class NearestNameTest {
  private static final List<String> NAMES =
      List.of("url", "user", "to", "dryRun", "message", "revision", "revisions", "password");

  @ParameterizedTest
  @CsvSource({
    "ulr, url",
    "usr, user",
    "dryrun, dryRun",
    "dry-run, dryRun",
    "mesage, message",
    "pasword, password",
    "revison, revision",
    "rev, revision"
  })
  @DisplayName("is what was meant when it differs by a slip, or goes on")
  void findsWhatWasMeant(String written, String meant) {
    assertThat(NearestName.meant(written, NAMES)).hasValue(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "live", "x", "quick"})
  @DisplayName("is not what was meant when it is another word")
  void leavesOtherWordsAlone(String written) {
    assertThat(NearestName.meant(written, NAMES)).isEmpty();
  }

  @Test
  @DisplayName("comes first")
  void comesFirst() {
    assertThat(NearestName.first("Biling", List.of("audit", "stock", "billing")))
        .startsWith("billing")
        .hasSize(3);
  }
}
