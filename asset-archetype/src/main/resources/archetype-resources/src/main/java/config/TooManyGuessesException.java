package ${package}.config;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many wrong passwords came for this name, or from this address. */
class TooManyGuessesException extends AuthenticationException {
  private static final long serialVersionUID = 1L;

  private final long seconds;

  TooManyGuessesException(Duration wait) {
    super("Too many wrong passwords. Try again later.");
    this.seconds = wait.toSeconds() + 1;
  }

  /** How long to wait. */
  long seconds() {
    return seconds;
  }
}
