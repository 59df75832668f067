package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Every kind of fact")
class EveryKindHasARuleTest {
  @ParameterizedTest(name = "{0}")
  @EnumSource(Kind.class)
  @DisplayName("has a rule")
  void hasARule(Kind kind) {
    assertThat(AllRules.rules().of(kind).kinds()).contains(kind);
  }
}
