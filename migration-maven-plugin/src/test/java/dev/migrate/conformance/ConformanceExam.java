package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The conformance run as Maven starts it: profile {@code conformance}. */
@DisplayName("Conformance")
class ConformanceExam {
  @Test
  @DisplayName("real schema changes come out as pg_dump says they should, up and down")
  void passesTheExam() throws Exception {
    double share =
        new ConformanceRun(file("conformance.cases"), file("conformance.report"), System.out)
            .run("");
    assertThat(share)
        .as("share of cases that pass both ways")
        .isGreaterThanOrEqualTo(Double.parseDouble(System.getProperty("conformance.expected")));
  }

  /** Paths are meant from where Maven was started. */
  private static Path file(String property) {
    String given = System.getProperty(property, "");
    assertThat(given).as("-D%s=FILE must be given", property).isNotBlank().doesNotContain("${");
    return Path.of(System.getProperty("conformance.root", "")).resolve(given);
  }
}
