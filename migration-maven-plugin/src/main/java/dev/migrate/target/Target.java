package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;

/**
 * A PostgreSQL database that a goal works on. It knows its password and never tells: what it prints
 * is fit for any log.
 */
public final class Target {
  private static final String CONNECT_TIMEOUT_SECONDS = "10";
  private static final String VERSION_TIMEOUT_SECONDS = "3";

  /** For a server that lets us in to where it listens, and then says nothing. */
  private static final String LOGIN_TIMEOUT_SECONDS = "30";

  private static final String ANSWER_TIMEOUT = "socketTimeout";

  /** Properties of the driver that libpq knows, too. */
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of(
          "password", "PGPASSWORD",
          "sslmode", "PGSSLMODE",
          "sslrootcert", "PGSSLROOTCERT",
          "sslcert", "PGSSLCERT",
          "channelBinding", "PGCHANNELBINDING");

  private final Properties properties;
  private final String origin;

  Target(Properties properties, String origin) {
    this.properties = (Properties) properties.clone();
    this.origin = Objects.requireNonNull(origin, "origin");
  }

  /**
   * A database on a server that we run ourselves.
   *
   * @param jdbcUrl its JDBC URL
   * @param user the role to connect as
   * @param password its password
   * @param origin what it is, as a person would say it
   * @return the target
   */
  public static Target of(String jdbcUrl, String user, String password, String origin) {
    Properties properties = DatabaseUrl.parse(new Setting(jdbcUrl, origin));
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return new Target(properties, origin);
  }

  /**
   * A database whose URL says everything, or leaves it to the environment.
   *
   * @param jdbcUrl its JDBC URL
   * @param origin what it is, as a person would say it
   * @return the target
   */
  public static Target at(String jdbcUrl, String origin) {
    return new Target(DatabaseUrl.parse(new Setting(jdbcUrl, origin)), origin);
  }

  /**
   * Asks the server for its version, and does not wait long for the answer.
   *
   * @return its major version, such as 16; empty when it cannot be reached or does not let us in
   */
  public OptionalInt serverMajor() {
    Properties asked = (Properties) properties.clone();
    asked.setProperty("connectTimeout", VERSION_TIMEOUT_SECONDS);
    asked.setProperty("loginTimeout", VERSION_TIMEOUT_SECONDS);
    try (Connection connection = Door.open(jdbcUrl(), asked)) {
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
    return connect(purpose, Door::open);
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
    return connect(purpose, Door::openForScripts);
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
  public Asking ask(String purpose) {
    Properties asked = connecting(purpose);
    asked.setProperty("user", user());
    try {
      return Asking.open(asked, properties.containsKey(ANSWER_TIMEOUT));
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private Properties connecting(String purpose) {
    Properties asked = (Properties) properties.clone();
    asked.putIfAbsent("ApplicationName", purpose);
    asked.putIfAbsent("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    asked.putIfAbsent("tcpKeepAlive", "true");
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
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PGHOST", properties.getProperty("PGHOST", "localhost"));
    variables.put("PGPORT", properties.getProperty("PGPORT", "5432"));
    variables.put("PGDATABASE", database());
    variables.put("PGUSER", user());
    if (Set.of("", "true").contains(properties.getProperty("ssl", "false"))) {
      variables.put("PGSSLMODE", "verify-full"); // what the driver takes it for
    }
    if (Set.of("primary", "master").contains(properties.getProperty("targetServerType", "any"))) {
      variables.put("PGTARGETSESSIONATTRS", "read-write"); // of several hosts the same one
    }
    LIBPQ_NAMES.forEach(
        (property, variable) ->
            Optional.ofNullable(properties.getProperty(property))
                .ifPresent(value -> variables.put(variable, value)));
    return variables;
  }

  /**
   * @return the JDBC URL, without user, password or parameters
   */
  public String jdbcUrl() {
    return "jdbc:postgresql:" + location();
  }

  /**
   * @return the database's name
   */
  public String database() {
    return properties.getProperty("PGDBNAME");
  }

  /**
   * @return the role that connects
   */
  public String user() {
    return properties.getProperty("user", System.getProperty("user.name"));
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
    return location.append('/').append(encoded(database())).toString();
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static String encoded(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private MigrateException refused(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals("08004") && !properties.containsKey("password")) {
      state = "28P01"; // What the driver says when the server asks for a password and it has none.
    }
    String where = "This address comes from " + origin + ".";
    return switch (state) {
      case "28P01", "28000" ->
          connection(
              "PostgreSQL at %s refuses user \"%s\": %s.".formatted(jdbcUrl(), user(), reason(e)),
              "Give the right -Dmigrate.user and -Dmigrate.password, a <server> of settings.xml"
                  + " (-Dmigrate.server=ID), or a line in ~/.pgpass. "
                  + where,
              e);
      case "3D000" ->
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
      case "08001", "08004", "08006" ->
          connection(
              "No connection to %s: %s.".formatted(jdbcUrl(), reason(e)),
              "Check that PostgreSQL runs there and accepts connections from this machine, or"
                  + " correct -Dmigrate.url. "
                  + where,
              e);
      default ->
          connection(
              "PostgreSQL at %s does not let us in: %s (SQLSTATE %s)."
                  .formatted(jdbcUrl(), reason(e), state),
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
    return message.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
  }
}
