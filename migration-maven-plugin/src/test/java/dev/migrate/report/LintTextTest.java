package dev.migrate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.lint.Finding;
import dev.migrate.lint.LintResult;
import dev.migrate.lint.LintedScript;
import dev.migrate.lint.NotChecked;
import dev.migrate.lint.Severity;
import dev.migrate.lint.SourcePosition;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The text of a lint")
class LintTextTest {
  private static LintedScript script(int version, List<Finding> findings, List<NotChecked> rest) {
    RevisionId id = RevisionId.of(String.valueOf(version));
    return new LintedScript(
        new Revision(id, "step", List.of(), List.of(), List.of(), Instant.EPOCH, file(version)),
        file(version),
        21,
        0,
        findings,
        List.of(),
        rest);
  }

  private static String file(int version) {
    return "V%d__step.sql".formatted(version);
  }

  private static List<NotChecked> unreached(int version, int from, int to, String reason) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(
            line ->
                new NotChecked(
                    new SourcePosition(file(version), line, 1), reason, "select " + line))
        .toList();
  }

  @Test
  @DisplayName("says once what holds for all statements after one that was refused")
  void refused() {
    String after = "not reached, since a statement before it failed";
    String later = "not reached, since revision 5 does not run";
    List<NotChecked> refused =
        List.of(
            new NotChecked(new SourcePosition(file(5), 1, 1), "PostgreSQL refused it", "select x"));
    LintResult linted =
        new LintResult(
            List.of(
                script(
                    5,
                    List.of(),
                    Stream.concat(refused.stream(), unreached(5, 2, 21, after).stream()).toList()),
                script(13, List.of(), unreached(13, 1, 20, later)),
                script(14, List.of(), unreached(14, 1, 1, later))));

    List<String> lines = new LintText(linted, TerminalStyle.PLAIN).lines();

    assertThat(lines.subList(0, 8))
        .containsExactly(
            "V5__step.sql:1:1  NOT CHECKED: PostgreSQL refused it",
            "  select x",
            "V5__step.sql:2:1  NOT CHECKED: " + after,
            "  select 2",
            "  and 19 more statements after it, to V5__step.sql:21:1",
            "V13__step.sql:1:1  NOT CHECKED: " + later,
            "  select 1",
            "  and 20 more statements after it, to V14__step.sql:1:1");
    assertThat(lines).hasSize(10);
    assertThat(lines.get(9)).endsWith("42 NOT CHECKED.");
  }

  @Test
  @DisplayName(
      "names the first place in the order in which scripts run, not in that of their names")
  void first() {
    LintResult linted =
        new LintResult(
            List.of(
                script(5, List.of(), unreached(5, 7, 7, "refused")),
                script(13, List.of(), unreached(13, 1, 1, "refused"))));
    assertThatThrownBy(() -> linted.require(Severity.ERROR))
        .hasMessageContaining("the first at V5__step.sql:7:1.");
  }
}
