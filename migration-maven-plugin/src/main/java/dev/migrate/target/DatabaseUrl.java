package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * Parser of database addresses: JDBC URLs, and libpq's connection URIs.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">
 *     Connection URIs</a>
 */
final class DatabaseUrl {
  /** What may stand in a URI; Java's own class for it takes no lists of hosts. */
  private static final Pattern URI_TEXT =
      Pattern.compile("(?:[!$&-;=?-Z\\[\\]_a-z~]|%[0-9A-Fa-f]{2})*");

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
   * @param environment says where a service file is
   * @return pgjdbc's connection properties, among them {@code PGHOST}, {@code PGPORT} and {@code
   *     PGDBNAME}
   * @throws MigrateException {@code INVALID_PARAMETER} when it is neither form, or says something
   *     that the driver cannot do
   */
  static Properties parse(Setting url, UnaryOperator<String> environment) {
    String text = url.value().strip();
    String lower = text.toLowerCase(Locale.ROOT);
    boolean jdbc = lower.startsWith("jdbc:postgresql:");
    boolean uri = lower.startsWith("postgresql://") || lower.startsWith("postgres://");
    if (!jdbc && !uri) {
      throw malformed(
          url, "it is not a PostgreSQL URL, which starts with jdbc:postgresql: or postgresql://");
    }
    int scheme = text.indexOf(':', jdbc ? "jdbc:".length() : 0) + 1;
    Optional<Properties> plain = SimpleUrl.parse(text.substring(scheme), !jdbc);
    if (plain.isPresent()) {
      return plain.get();
    }
    Properties said = jdbc ? parseJdbc(text, url) : parseUri(text, url);
    return complete(LibpqSettings.toDriver(said, uri, url.origin()), url, environment);
  }

  /** Adds what a service says, and what stands by itself; nothing in it may be a socket. */
  private static Properties complete(
      Properties said, Setting url, UnaryOperator<String> environment) {
    Object service = said.remove("service");
    if (service != null) {
      addService(said, service.toString(), url.origin(), environment);
    }
    said.putIfAbsent("PGHOST", "localhost");
    said.putIfAbsent("PGPORT", "5432");
    refuseSockets(said, url);
    said.setProperty("PGHOST", withoutBrackets(said.getProperty("PGHOST")));
    return said;
  }

  /** What an address says itself comes first, as in libpq. */
  static void addService(
      Properties said, String service, String origin, UnaryOperator<String> environment) {
    Properties kept = ServiceFile.read(service, environment, origin);
    LibpqSettings.toDriver(kept, true, "the service \"" + service + "\"")
        .forEach(said::putIfAbsent);
  }

  /** The driver and libpq's URIs write an address of IPv6 in brackets, libpq's variables do not. */
  private static String withoutBrackets(String hosts) {
    return Arrays.stream(hosts.split(",", -1))
        .map(host -> host.replaceAll("^\\[(.*)\\]$", "$1"))
        .collect(Collectors.joining(","));
  }

  private static void refuseSockets(Properties said, Setting url) {
    for (String host : said.getProperty("PGHOST").split(",")) {
      if (isSocket(host)) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "The database URL \"%s\" from %s is malformed: \"%s\" is a Unix-domain socket, which Java cannot reach."
                .formatted(url.shown(), url.origin(), host),
            "Give the address at which the server listens, such as"
                + " jdbc:postgresql://localhost:5432/database; in place of jdbc:postgresql://host:5432/database"
                + " postgresql://user@host:5432/database does as well.");
      }
    }
  }

  static boolean isSocket(String host) {
    return host.startsWith("/")
        || host.startsWith("@")
        || host.toLowerCase(Locale.ROOT).startsWith("%2f");
  }

  private static Properties parseJdbc(String text, Setting url) {
    int query = text.indexOf('?');
    String bare = query < 0 ? text : text.substring(0, query);
    Properties said =
        read(withHost(bare)).orElseThrow(() -> malformed(url, "the driver does not understand it"));
    if (said.getProperty("PGHOST", "").contains("@")) {
      // The driver would look for a host of this name, and everybody would read the password.
      throw malformed(url, "in JDBC's form user and password do not stand before the host");
    }
    if (!bare.matches("(?is).{16}//[^/].*")) {
      said.remove("PGHOST"); // the driver's own default, which a service may know better
      said.remove("PGPORT");
    }
    if (query >= 0) {
      for (String pair : text.substring(query + 1).split("&")) {
        String[] word = pair.split("=", 2);
        if (!pair.isEmpty()) {
          said.setProperty(word[0], word.length == 1 ? "" : decodeJdbc(word[1], url));
        }
      }
    }
    return said;
  }

  /** The driver wants a host, though it has one in mind. */
  private static String withHost(String bare) {
    String rest = bare.substring("jdbc:postgresql:".length());
    if (rest.isEmpty() || rest.equals("/") || rest.equals("//")) {
      return "jdbc:postgresql://localhost/";
    }
    return rest.startsWith("///")
        ? "jdbc:postgresql://localhost" + rest.substring("//".length())
        : "jdbc:postgresql:" + rest;
  }

  private static Properties parseUri(String text, Setting url) {
    if (!URI_TEXT.matcher(text).matches()) {
      throw malformed(
          url, "special characters in it must be percent-encoded (@ is %40, / is %2F, : is %3A)");
    }
    int begin = text.indexOf("//") + 2;
    int question = text.indexOf('?', begin);
    String before = text.substring(begin, question < 0 ? text.length() : question);
    int slash = before.indexOf('/');
    String authority = slash < 0 ? before : before.substring(0, slash);
    String path = slash < 0 ? "/" : before.substring(slash).replace("+", "%2B");
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    Properties result =
        read("jdbc:postgresql://" + (hosts.isEmpty() ? "localhost" : hosts) + path)
            .orElseThrow(() -> malformed(url, "host, port or database name cannot be read"));
    if (hosts.isEmpty()) {
      result.remove("PGHOST");
      result.remove("PGPORT");
    }
    if (at >= 0) {
      String[] credentials = authority.substring(0, at).split(":", 2);
      result.setProperty("user", decode(credentials[0]));
      if (credentials.length == 2) {
        result.setProperty("password", decode(credentials[1]));
      }
    }
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&")) {
        String[] word = pair.split("=", 2);
        if (word.length != 2) {
          throw malformed(url, "the parameter " + word[0] + " has no value");
        }
        result.setProperty(decode(word[0]), decode(word[1]));
      }
    }
    return result;
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

  private static String decodeJdbc(String text, Setting url) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(url, "the driver does not understand it: a % is written %25");
    }
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
        .replaceAll("(?i)(password=|secret=|_key=)[^&]*", "$1***");
  }
}
