package dev.migrate.report;

import dev.migrate.lint.Finding;
import dev.migrate.lint.LintResult;
import dev.migrate.lint.LintedScript;
import dev.migrate.lint.NotChecked;
import dev.migrate.lint.Rule;
import dev.migrate.lint.Severity;
import dev.migrate.lint.Suppressed;
import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Formats lint results as lines for people. */
public final class LintText {
  /** From so many scripts on, the same is said once. */
  private static final int MANY = 4;

  private final LintResult linted;
  private final TerminalStyle style;

  /**
   * @param linted what was found
   * @param style colour or none
   */
  public LintText(LintResult linted, TerminalStyle style) {
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
    Set<Finding> told = new HashSet<>();
    for (LintedScript script : linted.judged()) {
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
        if (told.add(finding)) {
          List<Finding> same = same(finding);
          add(finding, same, lines);
          told.addAll(same);
        }
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
    LintResult below = linted.below();
    if (!below.scripts().isEmpty()) {
      lines.add(
          "%s released already, so counted and not judged: %s, %s, %s."
              .formatted(
                  below.scripts().size() == 1
                      ? "1 revision is"
                      : below.scripts().size() + " revisions are",
                  StateText.count((int) below.count(Severity.ERROR), "error"),
                  StateText.count((int) below.count(Severity.WARNING), "warning"),
                  StateText.count((int) below.count(Severity.NOTE), "note")));
    }
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

  /** What is so in many scripts is one thing to know, and one to decide. */
  private List<Finding> same(Finding first) {
    List<Finding> same =
        linted.findings().stream()
            .filter(one -> one.rule() == first.rule() && one.subject().equals(first.subject()))
            .toList();
    long files = same.stream().map(one -> one.place().file()).distinct().count();
    return files < MANY ? List.of(first) : same;
  }

  private void add(Finding finding, List<Finding> same, List<String> lines) {
    Severity severity = finding.rule().severity();
    String subject =
        finding.subject().isEmpty() ? "" : " (" + PlainText.line(finding.subject()) + ")";
    lines.add(
        "%s  %s %s%s"
            .formatted(
                finding.place(),
                painted(severity, severity.label()),
                finding.rule().label(),
                subject));
    lines.add("  " + finding.statement());
    if (same.size() > 1) {
      lines.add(
          "  and the same %s more in %s, to %s"
              .formatted(
                  same.size() == 2 ? "once" : (same.size() - 1) + " times",
                  StateText.count(
                      (int) same.stream().map(one -> one.place().file()).distinct().count(),
                      "script"),
                  same.get(same.size() - 1).place()));
    }
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
    int statements = linted.judged().stream().mapToInt(LintedScript::statements).sum();
    int watched = linted.judged().stream().mapToInt(LintedScript::watched).sum();
    int ignored = linted.judged().stream().mapToInt(script -> script.suppressed().size()).sum();
    int notChecked = linted.notChecked().size();
    return "%s in %s (%d watched while they ran): %s, %s, %s, %d ignored%s."
        .formatted(
            StateText.count(statements, "statement"),
            StateText.count(linted.judged().size(), "revision"),
            watched,
            StateText.count((int) linted.count(Severity.ERROR), "error"),
            StateText.count((int) linted.count(Severity.WARNING), "warning"),
            StateText.count((int) linted.count(Severity.NOTE), "note"),
            ignored,
            notChecked == 0 ? "" : ", " + style.bad(notChecked + " NOT CHECKED"));
  }
}
