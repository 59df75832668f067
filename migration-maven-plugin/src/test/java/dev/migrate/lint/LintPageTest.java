package dev.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page about lint")
class LintPageTest {
  private static final Path PAGE = Path.of("../docs/lint.md");
  private static final Pattern RULE_NAME = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

  @Test
  @DisplayName("has exactly the rules of the code, in their words")
  void rules() throws IOException {
    List<String> rows =
        section("## The rules", "## Beside").filter(line -> line.startsWith("| `")).toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Rule.values())
                .map(
                    rule ->
                        "| `%s` | %s | %s | %s | %s |"
                            .formatted(
                                rule.label(),
                                rule.severity().label(),
                                rule.detection().label(),
                                rule.hazard(),
                                rule.safer()))
                .toList());
  }

  @Test
  @DisplayName("compares with others only by rules that exist")
  void comparison() throws IOException {
    List<String> named =
        section("## Beside", "## False alarms")
            .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
            .map(line -> line.split("\\|")[2])
            .flatMap(ours -> RULE_NAME.matcher(ours).results().map(match -> match.group(1)))
            .distinct()
            .toList();
    assertThat(named).hasSizeGreaterThan(20).allMatch(name -> Rule.named(name).isPresent());
  }

  private static java.util.stream.Stream<String> section(String from, String to)
      throws IOException {
    String page = Files.readString(PAGE);
    return page.substring(page.indexOf(from), page.indexOf(to)).lines();
  }
}
