package dev.migrate.lint;

import dev.migrate.lint.ScriptSource.Statement;
import dev.migrate.parser.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collector of the lint findings of one script. */
final class Findings {
  private final ScriptSource source;
  private final List<Finding> all = new ArrayList<>();
  private int ofThisStatement;

  Findings(ScriptSource source) {
    this.source = source;
  }

  void nextStatement() {
    ofThisStatement = all.size();
  }

  /** Whether a rule has already told what this statement does to a table. */
  boolean explained() {
    return all.subList(ofThisStatement, all.size()).stream()
        .anyMatch(finding -> finding.rule().severity() != Severity.NOTE);
  }

  boolean has(Rule rule) {
    return all.stream().anyMatch(finding -> finding.rule() == rule);
  }

  void add(Rule rule, Statement statement, String subject) {
    add(rule, statement, Optional.empty(), subject);
  }

  void add(Rule rule, Statement statement, SyntaxNode node, String subject) {
    add(rule, statement, node.offset(), subject);
  }

  private void add(Rule rule, Statement statement, Optional<Integer> offset, String subject) {
    SourcePosition place = source.place(statement, offset);
    Finding finding = new Finding(rule, place, subject, source.excerpt(statement, place));
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  List<Finding> all() {
    return all;
  }
}
