package dev.migrate.lint;

import dev.migrate.observe.Observation;
import dev.migrate.observe.Observation.TableLock;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lint rules about locks and rewrites that only the run shows, whoever causes them: a function, a
 * DO block, a cascade. Comes after the other checks, which know better words for what they know.
 */
final class WatchedChecks implements StatementCheck {
  private static final Set<String> OWN_RULES = Set.of("TruncateStmt", "RefreshMatViewStmt");

  @Override
  public void look(LintedStatement subject, ScriptState past, Findings findings) {
    if (subject.seen().isEmpty()) {
      return;
    }
    Observation seen = subject.observed();
    boolean explained = findings.explained() || OWN_RULES.contains(subject.node().kind());
    past.saw(seen);
    if (!explained) {
      seen.rewritten()
          .forEach(table -> findings.add(Rule.TABLE_REWRITE, subject.statement(), table));
      Set<String> scanned = new TreeSet<>(seen.scanned());
      scanned.removeAll(seen.rewritten());
      scanned.retainAll(past.held().keySet());
      scanned.forEach(table -> findings.add(Rule.SCAN_UNDER_LOCK, subject.statement(), table));
    }
    // Once a script is enough: one line at its beginning mends them all.
    if (!subject.lockTimeout()
        && !findings.has(Rule.MISSING_LOCK_TIMEOUT)
        && seen.locks().values().stream().anyMatch(TableLock::blocksWrites)) {
      findings.add(
          Rule.MISSING_LOCK_TIMEOUT, subject.statement(), String.join(", ", seen.locks().keySet()));
    }
  }
}
