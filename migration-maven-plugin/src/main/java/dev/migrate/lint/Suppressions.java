package dev.migrate.lint;

import dev.migrate.lint.ScriptSource.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of the comments that silence lint rules: {@code -- lint:ignore rule: reason} for the
 * statement that follows, contains it or ends on its line, {@code -- lint:ignore-file rule: reason}
 * for all.
 */
final class Suppressions {
  private static final Pattern COMMENT =
      Pattern.compile("lint:ignore(-file)?(?:\\s+([\\w-]+))?\\s*(?::\\s*(.*))?.*");

  private final ScriptSource source;
  private final List<One> all = new ArrayList<>();
  private final List<Finding> own = new ArrayList<>();

  Suppressions(ScriptSource source) {
    this.source = source;
    for (CommentScanner.Comment comment : CommentScanner.in(source.text())) {
      Matcher matcher = COMMENT.matcher(comment.content());
      if (matcher.matches()) {
        read(comment, matcher);
      }
    }
  }

  private static final class One {
    private final Rule rule;
    private final String reason;
    private final int offset;
    private final SourcePosition from;
    private final SourcePosition to;
    private final String content;
    private boolean used;

    private One(
        Rule rule,
        String reason,
        int offset,
        SourcePosition from,
        SourcePosition to,
        String content) {
      this.rule = rule;
      this.reason = reason;
      this.offset = offset;
      this.from = from;
      this.to = to;
      this.content = content;
    }
  }

  private void read(CommentScanner.Comment comment, Matcher matcher) {
    String label = matcher.group(2) == null ? "" : matcher.group(2);
    String reason = matcher.group(3) == null ? "" : matcher.group(3).strip();
    Optional<Rule> rule = Rule.named(label).filter(one -> !one.aboutSuppression());
    if (rule.isEmpty()) {
      report(Rule.SUPPRESSION_OF_UNKNOWN_RULE, comment.offset(), label, comment.content());
    } else if (reason.isEmpty()) {
      report(Rule.SUPPRESSION_WITHOUT_REASON, comment.offset(), label, comment.content());
    } else {
      SourcePosition start = new SourcePosition(source.file(), 1, 1);
      SourcePosition end = new SourcePosition(source.file(), Integer.MAX_VALUE, 1);
      if (matcher.group(1) == null) {
        Optional<Statement> statement = statementOf(comment.offset());
        start = statement.map(source::place).orElse(end);
        end =
            statement
                .map(one -> SourcePosition.of(source.file(), source.text(), one.end()))
                .orElse(end);
      }
      all.add(new One(rule.get(), reason, comment.offset(), start, end, comment.content()));
    }
  }

  /** The one that has just ended on this line, or the next that has not ended yet. */
  private Optional<Statement> statementOf(int offset) {
    Statement before = null;
    for (Statement one : source.statements()) {
      if (one.end() > offset) {
        boolean sameLine =
            before != null && source.text().substring(before.end(), offset).indexOf('\n') < 0;
        return Optional.of(sameLine ? before : one);
      }
      before = one;
    }
    return Optional.ofNullable(before)
        .filter(last -> source.text().substring(last.end(), offset).indexOf('\n') < 0);
  }

  private void report(Rule rule, int offset, String subject, String content) {
    own.add(
        new Finding(
            rule,
            SourcePosition.of(source.file(), source.text(), offset),
            subject,
            "-- " + content));
  }

  /**
   * Takes apart what was found.
   *
   * @param findings what was found
   * @param off rules that the build switches off, and why
   * @param kept takes what is not silenced, what is to be said about the comments included
   * @param suppressed takes what is
   */
  void apply(
      List<Finding> findings,
      Map<Rule, String> off,
      List<Finding> kept,
      List<Suppressed> suppressed) {
    for (Finding finding : findings) {
      Optional<One> one = all.stream().filter(each -> covers(each, finding)).findFirst();
      if (one.isPresent()) {
        one.get().used = true;
        suppressed.add(new Suppressed(finding, one.get().reason));
      } else if (off.containsKey(finding.rule())) {
        suppressed.add(new Suppressed(finding, off.get(finding.rule())));
      } else {
        kept.add(finding);
      }
    }
    kept.addAll(own);
    for (One one : all) {
      if (!one.used) {
        kept.add(
            new Finding(
                Rule.SUPPRESSION_UNUSED,
                SourcePosition.of(source.file(), source.text(), one.offset),
                one.rule.label(),
                "-- " + one.content));
      }
    }
  }

  private static boolean covers(One one, Finding finding) {
    return one.rule == finding.rule()
        && finding.place().compareTo(one.from) >= 0
        && finding.place().compareTo(one.to) <= 0;
  }
}
