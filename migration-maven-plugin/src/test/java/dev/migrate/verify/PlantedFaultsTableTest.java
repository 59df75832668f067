package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of planted faults")
class PlantedFaultsTableTest {
  private static final Pattern FAULT = Pattern.compile("(\\d+), (.*): (\\w+)(, .*)?");

  @Test
  @DisplayName("in docs/release.md is the list of the tests, with the check that catches each")
  void isTheListOfTests() throws IOException {
    Map<Integer, String> rows = new TreeMap<>();
    for (Method test : PlantedFaultsIT.class.getDeclaredMethods()) {
      DisplayName name = test.getAnnotation(DisplayName.class);
      Matcher fault = FAULT.matcher(name == null ? "" : name.value());
      if (fault.matches()) {
        int number = Integer.parseInt(fault.group(1));
        assertThat(Stream.of(Check.values()).map(Check::label)).contains(fault.group(3));
        String before =
            rows.put(
                number,
                "| %d | %s | `%s`%s |"
                    .formatted(
                        number,
                        fault.group(2),
                        fault.group(3),
                        fault.group(4) == null ? "" : fault.group(4)));
        assertThat(before).as("two tests have the number %d", number).isNull();
      }
    }
    assertThat(rows).hasSizeGreaterThanOrEqualTo(12);
    assertThat(Files.readAllLines(Path.of("..", "docs", "release.md")))
        .as("docs/release.md should hold%n%s", String.join("\n", rows.values()))
        .containsAll(rows.values());
  }
}
