package dev.migrate.history;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * No-op log implementation for Flyway: what it has to say reaches people as our own result,
 * progress or failure. Public because Flyway creates it by name.
 */
public final class QuietFlyway implements LogCreator, Log {
  @Override
  public Log createLogger(Class<?> type) {
    return this;
  }

  @Override
  @SuppressWarnings("deprecation") // still abstract in the interface
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public void debug(String message) {}

  @Override
  public void info(String message) {}

  @Override
  public void warn(String message) {}

  @Override
  public void error(String message) {}

  @Override
  public void error(String message, Exception e) {}

  @Override
  public void notice(String message) {}
}
