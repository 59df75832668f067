package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A version of PostgreSQL")
class PostgresVersionTest {
  @ParameterizedTest(name = "\"{0}\" is artifact {2} of major version {1}")
  @CsvSource({
    "13, 13, 13.23.0",
    "18, 18, 18.6.0",
    "' 18 ', 18, 18.6.0",
    "17.10.0, 17, 17.10.0",
    "17.10, 17, 17.10.0",
    "13.1.0-1, 13, 13.1.0-1"
  })
  void readsWhatUsersWrite(String text, int major, String full) {
    assertThat(PostgresVersion.of(text)).isEqualTo(new PostgresVersion(major, full));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "12", "19", "9.6.24", "latest", "18.x", "../18"})
  @DisplayName("refuses what it cannot provide, and says what to do")
  void refusesOthers(String text) {
    assertThatThrownBy(() -> PostgresVersion.of(text))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.EMBEDDED_POSTGRES);
              assertThat(e.problem()).contains("\"" + text + "\"");
              assertThat(e.remedy()).contains("13, 14, 15, 16, 17, 18").contains("migrate.url");
            });
  }

  @Test
  @DisplayName("its two parts must agree")
  void partsAgree() {
    assertThatThrownBy(() -> new PostgresVersion(17, "18.6.0"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
