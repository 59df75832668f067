package dev.migrate.report;

import dev.migrate.lint.Finding;
import dev.migrate.lint.Linted;
import dev.migrate.lint.LintedScript;
import dev.migrate.lint.NotChecked;
import dev.migrate.lint.Rule;
import dev.migrate.lint.Severity;
import dev.migrate.lint.Suppressed;
import dev.migrate.text.Plain;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the scripts do to a database in use, for people. */
public final class LintText {
  private final Linted linted;
  private final Style style;

  /**
   * @param linted what was found
   * @param style colour or none
   */
  public LintText(Linted linted, Style style) {
    this.linted = linted;
    this.style = style;
  }

  /**
   * @return each finding with its place, what each rule that found something means, and the sum
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    List<NotChecked> alike = new ArrayList<>();
    for (LintedScript script : linted.scripts()) {
      boolean through = script.findings().isEmpty() && script.suppressed().isEmpty();
      for (NotChecked one : script.notChecked()) {
        if (!alike.isEmpty() && !alike.get(0).reason().equals(one.reason())) {
          tell(alike, lines);
        }
        alike.add(one);
      }
      if (!through) {
        tell(alike, lines);
      }
      for (Finding finding : script.findings()) {
        rules.add(finding.rule());
        add(finding, lines);
      }
      script.suppressed().forEach(one -> add(one, lines));
    }
    tell(alike, lines);
    for (Rule rule : rules) {
      lines.add("");
      lines.add(rule.label() + ": " + rule.hazard());
      lines.add("  Safer: " + rule.safer());
    }
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(sum());
    return lines;
  }

  /** One after the other for one reason: the first of them and their number say it all. */
  private void tell(List<NotChecked> alike, List<String> lines) {
    if (alike.isEmpty()) {
      return;
    }
    NotChecked first = alike.get(0);
    lines.add("%s  %s: %s".formatted(first.place(), style.bad("NOT CHECKED"), first.reason()));
    lines.add("  " + first.statement());
    if (alike.size() > 1) {
      lines.add(
          "  and %s after it, to %s"
              .formatted(
                  StateText.count(alike.size() - 1, "more statement"),
                  alike.get(alike.size() - 1).place()));
    }
    alike.clear();
  }

  private void add(Finding finding, List<String> lines) {
    Severity severity = finding.rule().severity();
    String subject = finding.subject().isEmpty() ? "" : " (" + Plain.line(finding.subject()) + ")";
    lines.add(
        "%s  %s %s%s"
            .formatted(
                finding.place(),
                painted(severity, severity.label()),
                finding.rule().label(),
                subject));
    lines.add("  " + finding.statement());
  }

  private static void add(Suppressed one, List<String> lines) {
    lines.add(
        "%s  ignored %s: %s"
            .formatted(one.finding().place(), one.finding().rule().label(), one.reason()));
  }

  private String painted(Severity severity, String text) {
    return switch (severity) {
      case ERROR -> style.bad(text);
      case WARNING -> style.waiting(text);
      case NOTE -> text;
    };
  }

  private String sum() {
    int statements = linted.scripts().stream().mapToInt(LintedScript::statements).sum();
    int watched = linted.scripts().stream().mapToInt(LintedScript::watched).sum();
    int ignored = linted.scripts().stream().mapToInt(script -> script.suppressed().size()).sum();
    int notChecked = linted.notChecked().size();
    return "%s in %s (%d watched while they ran): %s, %s, %s, %d ignored%s."
        .formatted(
            StateText.count(statements, "statement"),
            StateText.count(linted.scripts().size(), "revision"),
            watched,
            StateText.count((int) linted.count(Severity.ERROR), "error"),
            StateText.count((int) linted.count(Severity.WARNING), "warning"),
            StateText.count((int) linted.count(Severity.NOTE), "note"),
            ignored,
            notChecked == 0 ? "" : ", " + style.bad(notChecked + " NOT CHECKED"));
  }
}
