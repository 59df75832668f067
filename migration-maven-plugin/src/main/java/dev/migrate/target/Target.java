package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.jdbcurlresolver.PgPassParser;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLException;

/**
 * A target database: its address and login. It knows its password and never tells: what it prints
 * is fit for any log.
 */
public final class Target {
  private static final String CONNECT_TIMEOUT_SECONDS = "10";
  private static final String VERSION_TIMEOUT_SECONDS = "3";

  /** For a server that lets us in to where it listens, and then says nothing. */
  private static final String LOGIN_TIMEOUT_SECONDS = "30";

  private static final String ANSWER_TIMEOUT = "socketTimeout";

  /**
   * The variables of the environment by which libpq's programs could be led elsewhere, or otherwise
   * than the driver; all but {@code PGPASSFILE}, which the driver reads, too.
   */
  public static final Set<String> LIBPQ_VARIABLES = LibpqSettings.leading();

  private final Properties properties;
  private final String origin;

  Target(Properties properties, String origin) {
    this.properties = (Properties) properties.clone();
    this.origin = Objects.requireNonNull(origin, "origin");
  }

  /**
   * A database on a server that we run ourselves, or that is lent.
   *
   * @param user the role to connect as; null when the URL or the environment says it
   * @param password its password; null when the URL or {@code .pgpass} says it, or none is needed
   * @param origin what it is, as a person would say it
   * @return the target
   */
  public static Target of(String jdbcUrl, String user, String password, String origin) {
    Properties properties = DatabaseUrl.parse(new Setting(jdbcUrl, origin), System::getenv);
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    return new Target(properties, origin);
  }

  /**
   * A database whose URL says everything, or leaves it to the environment.
   *
   * @param origin what it is, as a person would say it
   * @return the target
   */
  public static Target at(String jdbcUrl, String origin) {
    return of(jdbcUrl, null, null, origin);
  }

  /**
   * Asks the server for its version, and does not wait long for the answer.
   *
   * @return its major version, such as 16; empty when it cannot be reached or does not let us in
   */
  public OptionalInt serverMajor() {
    Properties asked = withPassword();
    asked.setProperty("connectTimeout", VERSION_TIMEOUT_SECONDS);
    asked.setProperty("loginTimeout", VERSION_TIMEOUT_SECONDS);
    try (Connection connection = SecureConnections.open(jdbcUrl(), asked)) {
      return OptionalInt.of(connection.getMetaData().getDatabaseMajorVersion());
    } catch (SQLException unreachable) {
      return OptionalInt.empty();
    }
  }

  /**
   * Opens a connection for statements of ours, in autocommit mode: nothing of the database's own is
   * in its search path.
   *
   * @param purpose what for, such as {@code migrate:upgrade}; shown in {@code pg_stat_activity}
   * @return the connection, to be closed by the caller
   * @throws MigrateException {@code CONNECTION} when the database cannot be reached or refuses
   */
  public Connection connect(String purpose) {
    return connect(purpose, SecureConnections::open);
  }

  /**
   * Opens a connection for somebody's script, in autocommit mode, with the search path that is
   * configured for it. Statements of ours have no business there.
   *
   * @param purpose what for, such as {@code migrate:upgrade}; shown in {@code pg_stat_activity}
   * @return the connection, to be closed by the caller
   * @throws MigrateException {@code CONNECTION} when the database cannot be reached or refuses
   */
  public Connection connectForScripts(String purpose) {
    return connect(purpose, SecureConnections::openForScripts);
  }

  /** One of the two ways through the door. */
  private interface Opening {
    Connection open(String url, Properties properties) throws SQLException;
  }

  private Connection connect(String purpose, Opening opening) {
    Properties asked = connecting(purpose);
    try {
      Connection connection = opening.open(jdbcUrl(), asked);
      if (!properties.containsKey(ANSWER_TIMEOUT)) {
        connection.setNetworkTimeout(Runnable::run, 0); // a script may take its time
      }
      return connection;
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /**
   * Opens a connection for a question or two, in a fraction of the time of {@link #connect}.
   *
   * @param purpose what for; shown in {@code pg_stat_activity}
   * @return the connection, to be closed by the caller
   * @throws MigrateException {@code CONNECTION} when the database cannot be reached or refuses
   */
  public QueryConnection ask(String purpose) {
    Properties asked = connecting(purpose);
    asked.setProperty("user", user());
    try {
      return QueryConnection.open(asked, jdbcUrl(), properties.containsKey(ANSWER_TIMEOUT));
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /**
   * The driver looks a password up for the list of hosts as it is written, and for an address of
   * IPv6 with its brackets; a line of .pgpass has one host, without.
   */
  private Properties withPassword() {
    Properties known = (Properties) properties.clone();
    if (known.getProperty("password") != null) {
      return known;
    }
    String[] hosts = properties.getProperty("PGHOST", "localhost").split(",");
    String[] ports = properties.getProperty("PGPORT", "5432").split(",");
    for (int i = 0; i < hosts.length; i++) {
      String port = ports[Math.min(i, ports.length - 1)];
      String kept = PgPassParser.getPassword(hosts[i], port, database(), user());
      if (kept != null) {
        known.setProperty("password", kept);
        return known;
      }
    }
    return known;
  }

  private Properties connecting(String purpose) {
    Properties asked = withPassword();
    asked.putIfAbsent("ApplicationName", purpose);
    asked.putIfAbsent("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    asked.putIfAbsent("tcpKeepAlive", "true");
    // Who was a standby a moment ago may have taken over.
    asked.putIfAbsent("hostRecheckSeconds", "0");
    // The driver's own would wait in a thread of its own, and leave that behind.
    Object login = asked.remove("loginTimeout");
    asked.putIfAbsent(ANSWER_TIMEOUT, login == null ? LOGIN_TIMEOUT_SECONDS : login);
    return asked;
  }

  /**
   * Another database of the same server, for the same role.
   *
   * @param database its name, unquoted
   * @return that database as a target
   */
  public Target withDatabase(String database) {
    Properties other = (Properties) properties.clone();
    other.setProperty("PGDBNAME", database);
    return new Target(other, origin);
  }

  /**
   * What libpq's programs, such as {@code pg_dump}, read from their environment to reach this
   * database.
   *
   * @return the variables, the password among them if one was configured: for a process's
   *     environment, never for its arguments and never for a log
   * @see <a href="https://www.postgresql.org/docs/current/libpq-envars.html">Environment
   *     Variables</a>
   */
  public Map<String, String> libpqEnvironment() {
    Properties asked = withPassword();
    asked.setProperty("user", user());
    asked.putIfAbsent("PGHOST", "localhost");
    asked.putIfAbsent("PGPORT", "5432");
    asked.putIfAbsent("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    Map<String, String> variables = LibpqSettings.variables(asked);
    variables.put("PGDATABASE", database());
    return variables;
  }

  /**
   * What keeps libpq's programs from reaching this database as the driver does.
   *
   * @param major the major version of the program
   * @return the reason, as the end of a sentence; empty when they can reach it
   */
  public Optional<String> libpqObstacle(int major) {
    return LibpqSettings.obstacle(properties, major);
  }

  /**
   * @param purpose what for; shown in {@code pg_stat_activity}
   * @return whether a pooler stands before the server, and lends its sessions
   * @throws MigrateException {@code CONNECTION} when the database cannot be reached
   */
  public boolean isLent(String purpose) {
    try (Connection connection = connect(purpose)) {
      return SecureConnections.isLent(connection);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /**
   * Of several hosts the one that a connection has reached: a snapshot, for one, is known only
   * there.
   *
   * @param connection one of ours
   * @return this database, on that host alone
   * @throws SQLException when the connection is closed
   */
  public Target reached(Connection connection) throws SQLException {
    HostSpec host = SecureConnections.host(connection);
    Properties one = withPassword();
    one.setProperty("PGHOST", host.getHost().replaceAll("^\\[(.*)\\]$", "$1"));
    one.setProperty("PGPORT", String.valueOf(host.getPort()));
    return new Target(one, origin);
  }

  /**
   * @return the JDBC URL, without user, password or parameters
   */
  public String jdbcUrl() {
    return "jdbc:postgresql:" + location();
  }

  /**
   * The whole address for the driver: to connect with, never for a log.
   *
   * @return the JDBC URL with all its parameters, user and password among them where they were
   *     given
   */
  public String loginUrl() {
    return properties.stringPropertyNames().stream()
        .filter(name -> !Set.of("PGHOST", "PGPORT", "PGDBNAME").contains(name))
        .sorted()
        .map(name -> encoded(name) + "=" + encoded(properties.getProperty(name)))
        .collect(Collectors.joining("&", jdbcUrl() + "?", ""))
        .replaceAll("\\?$", "");
  }

  /**
   * @return the database's name
   */
  public String database() {
    return properties.getProperty("PGDBNAME");
  }

  /**
   * @return whether the address names a database
   */
  public boolean hasDatabase() {
    return !properties.getProperty("PGDBNAME", "").isEmpty();
  }

  /**
   * @return the role that connects
   */
  public String user() {
    return properties.getProperty("user", System.getProperty("user.name"));
  }

  /**
   * @return how long an answer of the server may take, where its address says so
   */
  public Optional<Duration> answerTimeout() {
    return Optional.ofNullable(properties.getProperty(ANSWER_TIMEOUT))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .filter(limit -> !limit.isZero());
  }

  /**
   * @return where it was configured, as a person would say it
   */
  public String origin() {
    return origin;
  }

  /**
   * @return {@code postgresql://host:port/database}: which database it is, whoever connects
   */
  public String place() {
    return "postgresql:" + location();
  }

  /**
   * @return {@code postgresql://user@host:port/database}, fit for any log
   */
  @Override
  public String toString() {
    return "postgresql://" + user() + "@" + location().substring("//".length());
  }

  private String location() {
    String[] hosts = properties.getProperty("PGHOST", "localhost").split(",");
    String[] ports = properties.getProperty("PGPORT", "5432").split(",");
    StringBuilder location = new StringBuilder("//");
    for (int i = 0; i < hosts.length; i++) {
      location.append(i == 0 ? "" : ",").append(bracketed(hosts[i]));
      location.append(':').append(ports[Math.min(i, ports.length - 1)]);
    }
    return location.append('/').append(encoded(hasDatabase() ? database() : "")).toString();
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static String encoded(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private MigrateException refused(SQLException e) {
    SqlState state = SqlState.of(e);
    if (state == SqlState.CONNECTION_REJECTED && !properties.containsKey("password")) {
      state =
          SqlState
              .INVALID_PASSWORD; // What the driver says when the server asks for a password and it
      // has none.
    }
    String where = "This address comes from " + origin + ".";
    return switch (state) {
      case INVALID_PASSWORD, INVALID_AUTHORIZATION ->
          connection(
              "PostgreSQL at %s refuses user \"%s\": %s.".formatted(jdbcUrl(), user(), reason(e)),
              "Give the right -Dmigrate.user, and its password in the environment variable"
                  + " MIGRATE_PASSWORD, in a <server> of settings.xml (-Dmigrate.server=ID) or in a"
                  + " line of ~/.pgpass. "
                  + where,
              e);
      case UNKNOWN_DATABASE ->
          connection(
              "There is no database \"%s\" at %s.".formatted(database(), jdbcUrl()),
              "Create it (createdb -h %s -p %s -U %s %s), or correct -Dmigrate.url. %s"
                  .formatted(
                      properties.getProperty("PGHOST", "localhost"),
                      properties.getProperty("PGPORT", "5432"),
                      user(),
                      database(),
                      where),
              e);
      case UNABLE_TO_CONNECT, CONNECTION_REJECTED, CONNECTION_FAILURE ->
          connection(
              "No connection to %s: %s.".formatted(jdbcUrl(), reason(e)),
              "Check that PostgreSQL runs there and accepts connections from this machine, or"
                  + " correct -Dmigrate.url. "
                  + where,
              e);
      case PROTOCOL_VIOLATION ->
          connection(
              "What answers at %s does not let us in: %s.".formatted(jdbcUrl(), reason(e)),
              "If it is a pooler that does not pass a parameter of the address on, add that to its"
                  + " ignore_startup_parameters, leave it out, or give the address of the server"
                  + " itself. "
                  + where,
              e);
      default ->
          connection(
              "PostgreSQL at %s does not let us in: %s (SQLSTATE %s)."
                  .formatted(jdbcUrl(), reason(e), e.getSQLState()),
              "Check the address and the rights of user \"%s\". %s".formatted(user(), where),
              e);
    };
  }

  private static MigrateException connection(String problem, String remedy, SQLException cause) {
    return new MigrateException(FailureCode.CONNECTION, problem, remedy, cause);
  }

  /** The first line of what the driver says, without its final full stop. */
  private static String reason(SQLException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    if (e.getCause() instanceof java.net.UnknownHostException) {
      message = "the host \"" + e.getCause().getMessage() + "\" is not known";
    }
    String first = message.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
    // Of a key or a certificate the driver says only that it is none; the cause says why.
    return e.getCause() instanceof PSQLException cause && cause.getMessage() != null
        ? first + ": " + cause.getMessage().lines().findFirst().orElse("").replaceAll("\\.$", "")
        : first;
  }
}
