package ${package}.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the problem and what to do, in place of a stack trace. */
class CannotStartAnalyzer extends AbstractFailureAnalyzer<CannotStartException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, CannotStartException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
  }
}
