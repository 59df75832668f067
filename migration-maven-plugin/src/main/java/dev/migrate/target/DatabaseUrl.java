package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.Driver;

/**
 * Reads the two ways in which people write the address of a database: JDBC's, and libpq's
 * connection URI.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">
 *     Connection URIs</a>
 */
final class DatabaseUrl {
  /** libpq's parameter words that pgjdbc calls otherwise; all other words are passed on. */
  private static final Map<String, String> PGJDBC_NAMES =
      Map.of(
          "connect_timeout", "connectTimeout",
          "application_name", "ApplicationName",
          "dbname", "PGDBNAME",
          "port", "PGPORT",
          "host", "PGHOST",
          "keepalives", "tcpKeepAlive",
          "target_session_attrs", "targetServerType");

  /** Values of theirs that pgjdbc calls otherwise. */
  private static final Map<String, String> PGJDBC_VALUES =
      Map.of(
          "target_session_attrs=read-write", "primary",
          "target_session_attrs=standby", "secondary",
          "target_session_attrs=read-only", "secondary",
          "target_session_attrs=prefer-standby", "preferSecondary",
          "keepalives=1", "true",
          "keepalives=0", "false");

  /** Stands for "no password", so that the driver does not fill one in from .pgpass too early. */
  private static final String NO_PASSWORD = "\0";

  /** The driver would log a malformed URL as it is, password and all. Loggers are held weakly. */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  private DatabaseUrl() {}

  /**
   * @param url where the database is, in either form
   * @return pgjdbc's connection properties, among them {@code PGHOST}, {@code PGPORT} and {@code
   *     PGDBNAME}
   * @throws MigrateException {@code INVALID_PARAMETER} when it is neither form
   */
  static Properties parse(Setting url) {
    String text = url.value().strip();
    String lower = text.toLowerCase(Locale.ROOT);
    boolean jdbc = lower.startsWith("jdbc:postgresql:");
    if (jdbc || lower.startsWith("postgresql://") || lower.startsWith("postgres://")) {
      int scheme = text.indexOf(':', jdbc ? "jdbc:".length() : 0) + 1;
      Optional<Properties> plain = PlainUrl.parse(text.substring(scheme), !jdbc);
      if (plain.isPresent()) {
        return plain.get();
      }
    }
    if (jdbc) {
      return parseJdbc(text, url);
    }
    if (lower.startsWith("postgresql://") || lower.startsWith("postgres://")) {
      return parseUri(text, url);
    }
    throw malformed(url, "it starts with neither jdbc:postgresql: nor postgresql://");
  }

  private static Properties parseJdbc(String text, Setting url) {
    Properties parsed =
        read(text).orElseThrow(() -> malformed(url, "the driver does not understand it"));
    if (parsed.getProperty("PGHOST", "").contains("@")) {
      // The driver would look for a host of this name, and everybody would read the password.
      throw malformed(url, "in JDBC's form user and password do not stand before the host");
    }
    return parsed;
  }

  private static Properties parseUri(String text, Setting url) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw malformed(
          url, "special characters in it must be percent-encoded (@ is %40, / is %2F, : is %3A)");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    if (hosts.startsWith("%2F") || hosts.startsWith("%2f")) {
      throw malformed(url, "a Unix-domain socket cannot be reached from Java; give host and port");
    }
    Properties result =
        read("jdbc:postgresql://" + (hosts.isEmpty() ? "localhost" : hosts) + path(uri))
            .orElseThrow(() -> malformed(url, "host, port or database name cannot be read"));
    if (at >= 0) {
      String[] credentials = authority.substring(0, at).split(":", 2);
      result.setProperty("user", decode(credentials[0]));
      if (credentials.length == 2) {
        result.setProperty("password", decode(credentials[1]));
      }
    }
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&")) {
        String[] word = pair.split("=", 2);
        if (word.length != 2) {
          throw malformed(url, "the parameter " + word[0] + " has no value");
        }
        String name = PGJDBC_NAMES.getOrDefault(word[0], word[0]);
        String value = decode(word[1]);
        result.setProperty(name, PGJDBC_VALUES.getOrDefault(word[0] + "=" + value, value));
      }
    }
    return result;
  }

  private static String path(URI uri) {
    return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  private static Optional<Properties> read(String jdbcUrl) {
    Properties defaults = new Properties();
    defaults.setProperty("password", NO_PASSWORD);
    Properties parsed = Driver.parseURL(jdbcUrl, defaults);
    if (parsed != null) {
      parsed.remove("password", NO_PASSWORD);
    }
    return Optional.ofNullable(parsed);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static MigrateException malformed(Setting url, String why) {
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "The database URL \"%s\" from %s is malformed: %s."
            .formatted(url.shown(), url.origin(), why),
        "Write it as jdbc:postgresql://host:5432/database or"
            + " postgresql://user@host:5432/database.");
  }

  /** A malformed URL is shown to its writer; what may be a password in it is not. */
  static String masked(String url) {
    String known = url.contains("//") ? url : url.replaceAll("^([^@:]*):.*(?=@)", "$1:***");
    return known
        .replaceAll("(?<=//)([^/@:]*):.*(?=@)", "$1:***")
        .replaceAll("(?i)(password=)[^&]*", "$1***");
  }
}
