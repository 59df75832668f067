package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A revision id")
class RevisionIdTest {

  @Test
  @DisplayName("is compared number by number, as Flyway does")
  void order() {
    List<String> sorted =
        Stream.of("10", "2", "1.10", "1.2", "1_1", "1", "20260118103000", "1.0.1", "0")
            .map(RevisionId::of)
            .sorted()
            .map(RevisionId::toString)
            .toList();
    assertThat(sorted)
        .containsExactly("0", "1", "1.0.1", "1.1", "1.2", "1.10", "2", "10", "20260118103000");
  }

  @Test
  @DisplayName("equals another way to write the same numbers, and keeps its own")
  void equality() {
    assertThat(RevisionId.of("1.0"))
        .isEqualTo(RevisionId.of("1"))
        .hasSameHashCodeAs(RevisionId.of("001"))
        .isEqualByComparingTo(RevisionId.of("1_0_0"))
        .isNotEqualTo(RevisionId.of("1.0.1"));
    assertThat(RevisionId.of("001_02")).hasToString("001.02").isEqualTo(RevisionId.of("1.2"));
    assertThat(RevisionId.of("0.0")).isEqualTo(RevisionId.of("0"));
    assertThat(RevisionId.of("123456789012345678901234567890"))
        .isGreaterThan(RevisionId.of("99999999999999"));
  }

  @Test
  @DisplayName("is nothing but digits with dots or underscores, fifty characters at most")
  void syntax() {
    assertThat(Stream.of("", "a", "1a", "1..2", ".1", "1.", "-1", " 1", "１").map(RevisionId::parse))
        .allMatch(id -> id.isEmpty());
    assertThat(RevisionId.parse("1".repeat(50))).isPresent();
    assertThat(RevisionId.parse("1".repeat(51))).isEmpty();
    assertThatThrownBy(() -> RevisionId.of("x")).hasMessageContaining("'x'");
  }

  @Test
  @DisplayName("knows whether it is a moment of UTC time")
  void timestamps() {
    assertThat(RevisionId.of("20260118103000").timestamp())
        .contains(Instant.parse("2026-01-18T10:30:00Z"));
    assertThat(RevisionId.of("20240229235959").isTimestamp()).isTrue();
    assertThat(
            Stream.of("20260230103000", "20261301000000", "20260118103060", "00010101000000")
                .map(RevisionId::of))
        .noneMatch(RevisionId::isTimestamp);
    assertThat(Stream.of("1.2", "2026011810300", "202601181030000").map(RevisionId::of))
        .noneMatch(RevisionId::isTimestamp);
    assertThat(RevisionId.at(Instant.parse("2026-01-18T10:30:00.999Z")))
        .hasToString("20260118103000");
  }

  @Test
  @DisplayName("that is new follows the clock and is greater than what it builds on")
  void following() {
    Instant now = Instant.parse("2026-01-18T10:30:59Z");
    assertThat(RevisionId.following(now, List.of())).hasToString("20260118103059");
    assertThat(RevisionId.following(now, List.of(RevisionId.of("20260118103059"))))
        .hasToString("20260118103100");
    assertThat(
            RevisionId.following(
                now, List.of(RevisionId.of("20991231235959"), RevisionId.of("7.1"))))
        .hasToString("21000101000000");
    assertThatThrownBy(() -> RevisionId.following(now, List.of(RevisionId.of("99999999999999"))))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_REVISION_FILE);
              assertThat(e.problem()).contains("99999999999999");
            });
  }
}
