package dev.migrate.goal;

import dev.migrate.text.PlainText;

/**
 * Copy of an exception with sanitised messages for the stack trace of {@code mvn -e}: each further
 * line of a message is indented, because what a server said stands in it.
 */
final class PlainThrowable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;

  private PlainThrowable(Throwable original) {
    super(
        original.getMessage() == null
            ? null
            : String.join(System.lineSeparator(), PlainText.lines(original.getMessage())),
        original.getCause() == null ? null : of(original.getCause()));
    type = original.getClass().getName();
    setStackTrace(original.getStackTrace());
    for (Throwable suppressed : original.getSuppressed()) {
      addSuppressed(of(suppressed));
    }
  }

  static PlainThrowable of(Throwable original) {
    return original instanceof PlainThrowable plain ? plain : new PlainThrowable(original);
  }

  @Override
  public String toString() {
    return getMessage() == null ? type : type + ": " + getMessage();
  }
}
