package dev.migrate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An example of a regular expression")
class RegexExampleTest {
  @ParameterizedTest(name = "matches {0}")
  @ValueSource(
      strings = {
        "^[A-Z]{2,4}-[0-9]{4}$",
        "^[^@ ]+@[^@]+\\.[a-z]{2,}$",
        "^(red|green)-\\d+$",
        "^https?://",
        "^[[:upper:]][[:digit:]]*$",
        "^\\+?[0-9 ()-]{6,20}$",
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        "^.{3,}?x$",
        "^\\S+\\W\\D{2}$",
      })
  void matches(String pattern) {
    String java = pattern.replace("[:upper:]", "A-Z").replace("[:digit:]", "0-9");
    for (int seed = 0; seed < 20; seed++) {
      assertThat(RegexExample.of(pattern, seed * 1_009).orElseThrow()).containsPattern(java);
    }
  }

  @Test
  @DisplayName("differs from seed to seed, for columns that are unique")
  void differs() {
    assertThat(
            IntStream.range(0, 8)
                .mapToObj(seed -> RegexExample.of("^[A-Z]{2}-[0-9]{4}$", seed * 1_009))
                .distinct())
        .hasSizeGreaterThan(4);
  }

  @ParameterizedTest(name = "is not made up for {0}")
  @ValueSource(strings = {"[a", "(a", "a)b", "a{x}"})
  void notUnderstood(String pattern) {
    assertThat(RegexExample.of(pattern, 1)).isEmpty();
  }
}
