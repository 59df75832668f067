package dev.migrate.report;

import dev.migrate.verify.CheckFinding;
import dev.migrate.verify.CheckResult;
import dev.migrate.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats the results of {@code verify} as lines for people. */
public final class VerificationText {
  private static final String INDENT = "      ";

  private final Verification verification;
  private final TerminalStyle style;

  /**
   * @param verification what came of the checks
   * @param style colour or none
   */
  public VerificationText(Verification verification, TerminalStyle style) {
    this.verification = verification;
    this.style = style;
  }

  /**
   * @return a line a check, below it what was found and noted
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (verification.upToDate()) {
      lines.add("Nothing has changed since the last run; found then:");
    }
    for (CheckResult result : verification.results()) {
      lines.add(
          "  %-11s %s  %s"
              .formatted(
                  result.check().label(),
                  painted(result.status(), "%-7s".formatted(result.status().text())),
                  detail(result)));
      result.findings().forEach(finding -> describe(finding, lines));
      result.notes().forEach(note -> lines.add(INDENT + "note: " + note));
    }
    return lines;
  }

  private static String detail(CheckResult result) {
    return switch (result.status()) {
      case PASSED ->
          "%s: %s (%s)"
              .formatted(result.check().claim(), result.summary(), Durations.text(result.took()));
      case FAILED -> "%s: no".formatted(result.check().claim());
      case SKIPPED, NOT_RUN -> result.summary();
    };
  }

  private void describe(CheckFinding finding, List<String> lines) {
    List<String> problem = finding.problem().lines().toList();
    lines.add(INDENT + style.bad(problem.get(0)));
    problem.stream().skip(1).forEach(line -> lines.add(INDENT + line));
    finding.details().forEach(detail -> lines.add(INDENT + "  " + detail));
    lines.add(INDENT + "What to do: " + finding.remedy());
  }

  private String painted(CheckResult.Status status, String text) {
    return switch (status) {
      case PASSED -> style.good(text);
      case SKIPPED -> text;
      case FAILED, NOT_RUN -> style.bad(text.toUpperCase(Locale.ROOT));
    };
  }
}
