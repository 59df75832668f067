package dev.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each rule")
class RulesIT {
  @TempDir private Path folder;

  static List<Example> examples() {
    return Example.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  @DisplayName("finds what breaks it, and leaves alone what does not")
  void firesAndIsQuiet(Example example) {
    LintedScript firing =
        new LintedProject(folder.resolve("firing"))
            .script(Example.BEFORE)
            .script(example.firing())
            .last();
    assertThat(LintedProject.rules(firing)).contains(example.rule().label());
    LintedScript quiet =
        new LintedProject(folder.resolve("quiet"))
            .script(Example.BEFORE)
            .script(example.quiet())
            .last();
    assertThat(LintedProject.rules(quiet)).doesNotContain(example.rule().label());
    assertThat(quiet.notChecked()).isEmpty();
  }

  @Test
  @DisplayName("has an example")
  void everyRuleHasAnExample() {
    assertThat(Example.all().stream().map(Example::rule).distinct())
        .containsExactlyInAnyOrder(Rule.values());
  }
}
