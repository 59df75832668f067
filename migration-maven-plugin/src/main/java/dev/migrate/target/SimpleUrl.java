package dev.migrate.target;

import java.util.Optional;
import java.util.Properties;

/**
 * Fast parser of simple addresses, {@code //user:password@host:port/database} in letters, digits
 * and {@code . _ ~ -}, without loading the driver. That would cost more than the question that a
 * goal may have. Every other address is the driver's.
 */
final class SimpleUrl {
  private static final String DEFAULT_PORT = "5432";
  private static final int MOST_PORT = 65_535;

  private SimpleUrl() {}

  /**
   * @param rest what comes after {@code jdbc:postgresql:} or {@code postgresql:}
   * @param credentials whether user and password may stand before the host
   * @return the driver's properties, or nothing when the address is not of the plain form
   */
  static Optional<Properties> parse(String rest, boolean credentials) {
    int slash = rest.indexOf('/', 2);
    if (!rest.startsWith("//") || slash < 0) {
      return Optional.empty();
    }
    int at = rest.indexOf('@');
    if (at > slash || at >= 0 && !credentials) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    boolean plain =
        put(properties, "PGDBNAME", rest.substring(slash + 1))
            && place(properties, rest.substring(Math.max(at + 1, 2), slash))
            && (at < 0 || account(properties, rest.substring(2, at)));
    return plain ? Optional.of(properties) : Optional.empty();
  }

  private static boolean place(Properties properties, String text) {
    int colon = text.indexOf(':');
    String port = colon < 0 ? DEFAULT_PORT : text.substring(colon + 1);
    return isPort(port)
        && put(properties, "PGHOST", colon < 0 ? text : text.substring(0, colon))
        && put(properties, "PGPORT", port);
  }

  private static boolean account(Properties properties, String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? put(properties, "user", text)
        : put(properties, "user", text.substring(0, colon))
            && put(properties, "password", text.substring(colon + 1));
  }

  private static boolean put(Properties properties, String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isPlain(value.charAt(i))) {
        return false;
      }
    }
    properties.setProperty(name, value);
    return !value.isEmpty();
  }

  private static boolean isPort(String text) {
    if (text.isEmpty() || text.length() > DEFAULT_PORT.length() + 1) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    int port = Integer.parseInt(text);
    return port > 0 && port <= MOST_PORT;
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_'
        || c == '~'
        || c == '-';
  }
}
