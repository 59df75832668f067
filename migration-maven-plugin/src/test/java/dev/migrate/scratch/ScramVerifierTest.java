package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A password as PostgreSQL stores it")
class ScramVerifierTest {
  @Test
  @DisplayName("is what PostgreSQL 18 made of it with scram_iterations = 1")
  void known() {
    byte[] salt = Base64.getDecoder().decode("I6FbIGNJuG4ErC3Wr1Iz6g==");
    assertThat(ScramVerifier.of("tr0ub4dor", salt))
        .isEqualTo(
            "SCRAM-SHA-256$1:I6FbIGNJuG4ErC3Wr1Iz6g==$/Zev9OWRp59ybT6I6cBezHSSoEEwxmeHc/hqRCfMZFw="
                + ":vfZSODiIxTsVqCZla8I4Iijn3Mu+xskeT3YuQZcKlnM=");
  }

  @Test
  @DisplayName("has another salt each time")
  void salted() {
    assertThat(ScramVerifier.of("same")).isNotEqualTo(ScramVerifier.of("same"));
  }
}
