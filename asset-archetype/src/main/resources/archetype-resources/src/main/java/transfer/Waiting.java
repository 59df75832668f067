package ${package}.transfer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * Somebody who waits for a page that takes long. Each second a blank is sent, which means nothing
 * before a page: so it is noticed when nobody is there any more, and the work can end.
 */
final class Waiting implements Runnable {
  private static final long SECOND = 1_000_000_000L;

  private final HttpServletResponse response;
  private final LongSupplier nanos;
  private long last;

  /**
   * @param nanos what time it is
   */
  Waiting(HttpServletResponse response, LongSupplier nanos) {
    this.response = response;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Nobody waits any more. */
  static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoneException() {
      super("Whoever waited for this is gone.");
    }
  }

  /**
   * @throws GoneException if nobody waits any more
   */
  @Override
  public void run() {
    if (nanos.getAsLong() - last < SECOND) {
      return;
    }
    try {
      if (!response.isCommitted()) {
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      }
      PrintWriter page = response.getWriter();
      page.write(' ');
      if (page.checkError()) {
        throw new GoneException();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last = nanos.getAsLong();
  }
}
