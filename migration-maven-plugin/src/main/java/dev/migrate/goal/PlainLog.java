package dev.migrate.goal;

import dev.migrate.report.TerminalStyle;
import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;

/**
 * Maven log wrapper that sanitises messages. Whatever a message quotes, each of its lines is a line
 * of the log of its own, those behind the first are indented, and none tells a terminal what to do:
 * so nobody's notice looks like a line of Maven's.
 *
 * @param log Maven's
 */
record PlainLog(Log log) implements Log {
  private static void write(CharSequence content, Consumer<CharSequence> level) {
    TerminalStyle.onConsole(String.valueOf(content)).forEach(level);
  }

  private static void write(
      CharSequence content,
      Throwable error,
      Consumer<CharSequence> level,
      Consumer<Throwable> trace) {
    write(content, level);
    trace.accept(PlainThrowable.of(error));
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public void debug(CharSequence content) {
    write(content, log::debug);
  }

  @Override
  public void debug(CharSequence content, Throwable error) {
    write(content, error, log::debug, log::debug);
  }

  @Override
  public void debug(Throwable error) {
    log.debug(PlainThrowable.of(error));
  }

  @Override
  public boolean isInfoEnabled() {
    return log.isInfoEnabled();
  }

  @Override
  public void info(CharSequence content) {
    write(content, log::info);
  }

  @Override
  public void info(CharSequence content, Throwable error) {
    write(content, error, log::info, log::info);
  }

  @Override
  public void info(Throwable error) {
    log.info(PlainThrowable.of(error));
  }

  @Override
  public boolean isWarnEnabled() {
    return log.isWarnEnabled();
  }

  @Override
  public void warn(CharSequence content) {
    write(content, log::warn);
  }

  @Override
  public void warn(CharSequence content, Throwable error) {
    write(content, error, log::warn, log::warn);
  }

  @Override
  public void warn(Throwable error) {
    log.warn(PlainThrowable.of(error));
  }

  @Override
  public boolean isErrorEnabled() {
    return log.isErrorEnabled();
  }

  @Override
  public void error(CharSequence content) {
    write(content, log::error);
  }

  @Override
  public void error(CharSequence content, Throwable error) {
    write(content, error, log::error, log::error);
  }

  @Override
  public void error(Throwable error) {
    log.error(PlainThrowable.of(error));
  }
}
