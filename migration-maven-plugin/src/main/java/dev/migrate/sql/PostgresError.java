package dev.migrate.sql;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * Reads the server's error message (SQLSTATE, detail, hint) out of an exception: what PostgreSQL
 * said when it refused something. What to do about it depends on what was tried, and is said where
 * that is known.
 */
public final class PostgresError {
  private static final Pattern EXTENSION =
      Pattern.compile("extension \"(.*?)\" is not available|extension control file \"(.*?)\"");

  private PostgresError() {}

  /**
   * @param thrown any failure
   * @return what the server said, if it or one of its causes came from there
   */
  public static Optional<ServerErrorMessage> server(Throwable thrown) {
    return causes(thrown)
        .filter(PSQLException.class::isInstance)
        .map(cause -> ((PSQLException) cause).getServerErrorMessage())
        .filter(message -> message != null)
        .findFirst();
  }

  /**
   * @param thrown any failure
   * @return the error as the driver reported it, at the bottom of what was thrown
   */
  public static Optional<SQLException> cause(Throwable thrown) {
    return causes(thrown)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner);
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
  }

  /**
   * @param refused what the driver threw
   * @return PostgreSQL's primary message; where the server said nothing, the first line of what the
   *     driver says, without its full stop
   */
  public static String message(SQLException refused) {
    Optional<String> said = said(refused).map(ServerErrorMessage::getMessage);
    if (said.isPresent()) {
      return said.get();
    }
    if (refused.getCause() instanceof SocketTimeoutException) {
      return "the server has not answered within the socketTimeout of the address";
    }
    String text = refused.getMessage() == null ? refused.toString() : refused.getMessage();
    return text.lines().findFirst().orElse(text).replaceAll("\\.$", "");
  }

  /**
   * @param refused what the driver threw
   * @return {@link #message} and, in parentheses, PostgreSQL's detail if there is one
   */
  public static String messageAndDetail(SQLException refused) {
    return message(refused)
        + said(refused)
            .filter(server -> server.getMessage() != null)
            .map(ServerErrorMessage::getDetail)
            .map(detail -> " (" + detail + ")")
            .orElse("");
  }

  /**
   * @param refused what the driver threw, or a warning
   * @return all that the server said, if this came from there
   */
  public static Optional<ServerErrorMessage> said(SQLException refused) {
    if (refused instanceof PSQLWarning warning) {
      return Optional.ofNullable(warning.getServerErrorMessage());
    }
    return refused instanceof PSQLException postgres
        ? Optional.ofNullable(postgres.getServerErrorMessage())
        : Optional.empty();
  }

  /**
   * @param refused what the driver threw
   * @return whether the session is gone: class 08, or the server was shut down, crashed or ended it
   *     (57P01 to 57P05)
   */
  public static boolean isConnectionLost(SQLException refused) {
    String state = String.valueOf(refused.getSQLState());
    return state.startsWith("08") || state.startsWith("57P0");
  }

  /**
   * @param refused what the driver threw
   * @return whether the transaction may only read, as all of a standby's
   */
  public static boolean isReadOnly(SQLException refused) {
    return SqlState.READ_ONLY_TRANSACTION.is(refused);
  }

  /**
   * @param message what PostgreSQL or one of its programs says
   * @return the extension, or the file of it, that the server does not have, if that is it
   */
  public static Optional<String> missingExtension(String message) {
    Matcher extension = EXTENSION.matcher(String.valueOf(message));
    return extension.find()
        ? Optional.of(extension.group(1) == null ? extension.group(2) : extension.group(1))
        : Optional.empty();
  }
}
