package dev.migrate.history;

import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.api.callback.Warning;

/**
 * What PostgreSQL says beside its answers while a script runs. That something is not there which
 * {@code IF EXISTS} allows to be missing is no news.
 *
 * @param progress hears the rest
 */
record Notices(Progress progress) {
  private static final Pattern EXPECTED =
      Pattern.compile("[a-z ]+ .+ does not exist, skipping", Pattern.DOTALL);

  private static final String SUCCESS = "00000";

  /**
   * @param warnings of one statement
   */
  void tell(List<Warning> warnings) {
    for (Warning warning : warnings) {
      boolean expected =
          SUCCESS.equals(warning.getState()) && EXPECTED.matcher(warning.getMessage()).matches();
      if (!expected) {
        progress.notice(warning.getMessage());
      }
    }
  }
}
