package dev.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.replay.ScratchWorkspace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each rule")
class RulesIT {
  @TempDir private static Path shared;
  private static ScratchWorkspace before;

  @TempDir private Path folder;

  @BeforeAll
  static void runWhatIsBefore() {
    before = new LintedProject(shared).script(Example.BEFORE).workspace();
  }

  @AfterAll
  static void close() {
    before.close();
  }

  static List<Example> examples() {
    return Example.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  @DisplayName("finds what breaks it, and leaves alone what does not")
  void firesAndIsQuiet(Example example) {
    LintedScript firing = lint("firing", example.firing());
    assertThat(LintedProject.rules(firing)).contains(example.rule().label());
    LintedScript quiet = lint("quiet", example.quiet());
    assertThat(LintedProject.rules(quiet)).doesNotContain(example.rule().label());
    assertThat(quiet.notChecked()).isEmpty();
  }

  private LintedScript lint(String name, String sql) {
    return new LintedProject(folder.resolve(name))
        .script(Example.BEFORE)
        .script(sql)
        .lastOn(before);
  }

  @Test
  @DisplayName("has an example")
  void everyRuleHasAnExample() {
    assertThat(Example.all().stream().map(Example::rule).distinct())
        .containsExactlyInAnyOrder(Rule.values());
  }
}
