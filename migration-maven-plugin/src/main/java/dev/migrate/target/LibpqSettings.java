package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.File;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * Maps connection parameters between pgjdbc and libpq, the library of {@code pg_dump} and its
 * sisters: one table. Whatever somebody gives in one of the two spellings either reaches both, or
 * is refused in a sentence, or keeps libpq's programs away.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">
 *     Parameter Key Words</a>
 * @see <a href="https://www.postgresql.org/docs/current/libpq-envars.html">Environment
 *     Variables</a>
 */
final class LibpqSettings {
  static final String SYSTEM_STORE = "org.postgresql.ssl.DefaultJavaSSLFactory";
  private static final String TRUSTING = "org.postgresql.ssl.NonValidatingFactory";

  /**
   * One thing with its names.
   *
   * @param driver the driver's property
   * @param word libpq's, as in a connection URI
   * @param variable the variable of the environment from which libpq's programs take it
   * @param since the first major version of those programs that knows it; 0 for all that we use
   */
  record Word(String driver, String word, String variable, int since) {}

  static final List<Word> WORDS =
      List.of(
          new Word("PGHOST", "host", "PGHOST", 0),
          new Word("PGPORT", "port", "PGPORT", 0),
          new Word("PGDBNAME", "dbname", "PGDATABASE", 0),
          new Word("user", "user", "PGUSER", 0),
          new Word("password", "password", "PGPASSWORD", 0),
          new Word("connectTimeout", "connect_timeout", "PGCONNECT_TIMEOUT", 0),
          new Word("options", "options", "PGOPTIONS", 0),
          new Word("targetServerType", "target_session_attrs", "PGTARGETSESSIONATTRS", 0),
          new Word("sslmode", "sslmode", "PGSSLMODE", 0),
          new Word("sslrootcert", "sslrootcert", "PGSSLROOTCERT", 0),
          new Word("sslcert", "sslcert", "PGSSLCERT", 0),
          new Word("sslkey", "sslkey", "PGSSLKEY", 0),
          new Word("sslNegotiation", "sslnegotiation", "PGSSLNEGOTIATION", 17),
          new Word("channelBinding", "channel_binding", "PGCHANNELBINDING", 0),
          new Word("requireAuth", "require_auth", "PGREQUIREAUTH", 16),
          new Word("gssEncMode", "gssencmode", "PGGSSENCMODE", 0),
          new Word("kerberosServerName", "krbsrvname", "PGKRBSRVNAME", 0),
          new Word("gsslib", "gsslib", "PGGSSLIB", 0));

  /** Words of libpq that the driver calls otherwise, and that its programs need not hear of. */
  private static final Map<String, String> DRIVER_ONLY_NEEDS =
      Map.of(
          "application_name", "ApplicationName",
          "keepalives", "tcpKeepAlive",
          "load_balance_hosts", "loadBalanceHosts");

  /** What their values are called in the driver, where that differs. */
  private static final Map<String, String> DRIVER_VALUES =
      Map.ofEntries(
          Map.entry("target_session_attrs=any", "any"),
          Map.entry("target_session_attrs=read-write", "primary"),
          Map.entry("target_session_attrs=primary", "primary"),
          Map.entry("target_session_attrs=standby", "secondary"),
          Map.entry("target_session_attrs=read-only", "secondary"),
          Map.entry("target_session_attrs=prefer-standby", "preferSecondary"),
          Map.entry("keepalives=1", "true"),
          Map.entry("keepalives=0", "false"),
          Map.entry("load_balance_hosts=random", "true"),
          Map.entry("load_balance_hosts=disable", "false"));

  private static final Set<String> WORDS_OF_CHOICE =
      Set.of("target_session_attrs", "keepalives", "load_balance_hosts");

  /** And the other way round; preferPrimary has no word there. */
  private static final Map<String, String> SESSION_ATTRIBUTES =
      Map.of(
          "any", "any",
          "primary", "read-write",
          "master", "read-write",
          "secondary", "standby",
          "slave", "standby",
          "preferSecondary", "prefer-standby",
          "preferSlave", "prefer-standby");

  /** Words of libpq that change nothing for us, whatever they say. */
  private static final Set<String> IDLE =
      Set.of(
          "client_encoding",
          "fallback_application_name",
          "gssdelegation",
          "keepalives_count",
          "keepalives_idle",
          "keepalives_interval",
          "max_protocol_version",
          "min_protocol_version",
          "requirepeer",
          "sslcompression",
          "sslkeylogfile",
          "sslsni",
          "tcp_user_timeout");

  /** Words of libpq that the driver cannot follow, and what to do instead. */
  private static final Map<String, String> UNHEARD =
      Map.ofEntries(
          Map.entry("hostaddr", "Give the address itself as the host."),
          Map.entry(
              "passfile",
              "Name the file in the environment variable PGPASSFILE, or keep the line in"
                  + " ~/.pgpass."),
          Map.entry("sslcrl", "Leave it out, or check the certificate by an sslfactory of yours."),
          Map.entry(
              "sslcrldir", "Leave it out, or check the certificate by an sslfactory of yours."),
          Map.entry(
              "sslcertmode", "Leave it out: a certificate is sent when sslcert and sslkey say so."),
          Map.entry(
              "ssl_min_protocol_version",
              "Leave it out, and set it for Java: MAVEN_OPTS=-Djdk.tls.client.protocols=TLSv1.3."),
          Map.entry(
              "ssl_max_protocol_version",
              "Leave it out, and set it for Java: MAVEN_OPTS=-Djdk.tls.client.protocols=TLSv1.2."),
          Map.entry("scram_client_key", "Give a password instead."),
          Map.entry("scram_server_key", "Give a password instead."),
          Map.entry("oauth_issuer", "Give a password instead."),
          Map.entry("oauth_client_id", "Give a password instead."),
          Map.entry("oauth_client_secret", "Give a password instead."),
          Map.entry("oauth_scope", "Give a password instead."),
          Map.entry(
              "servicefile",
              "Name the file in the environment variable PGSERVICEFILE, or write ~/.pg_service.conf."));

  /** Variables without a property of the driver, by which its programs could go elsewhere. */
  private static final Set<String> MISLEADING =
      Set.of(
          "PGSERVICE",
          "PGSERVICEFILE",
          "PGSYSCONFDIR",
          "PGHOSTADDR",
          "PGLOADBALANCEHOSTS",
          "PGREQUIREPEER",
          "PGREQUIRESSL",
          "PGSSLCRL",
          "PGSSLCRLDIR",
          "PGSSLCERTMODE",
          "PGSSLSNI",
          "PGSSLCOMPRESSION",
          "PGSSLMINPROTOCOLVERSION",
          "PGSSLMAXPROTOCOLVERSION",
          "PGMINPROTOCOLVERSION",
          "PGMAXPROTOCOLVERSION",
          "PGGSSDELEGATION",
          "PGCLIENTENCODING",
          "PGDATESTYLE",
          "PGTZ",
          "PGGEQO");

  /** Properties of the driver by which it goes where libpq's programs cannot follow. */
  static final Map<String, String> UNFOLLOWED =
      Map.ofEntries(
          Map.entry("socketFactory", "is a class of Java"),
          Map.entry("authenticationPluginClassName", "is a class of Java"),
          Map.entry("sslfactory", "is a class of Java"),
          Map.entry("sslhostnameverifier", "is a class of Java"),
          Map.entry("sslpasswordcallback", "is a class of Java"),
          Map.entry(
              "sslpassword", "could be given to them only on a command line, where others read it"),
          Map.entry("localSocketAddress", "has no word there"),
          Map.entry("jaasApplicationName", "is Java's own way to Kerberos"),
          Map.entry("sspiServiceClass", "has no word there"),
          Map.entry("useSpnego", "has no word there"));

  private LibpqSettings() {}

  /**
   * Puts libpq's words into the driver's, wherever they stand.
   *
   * @param given what a URL, a service file or an environment says, in either spelling
   * @param strict whether a word that neither knows is refused, as libpq does it
   * @param origin where it stands, as a person would say it
   * @return the driver's properties
   * @throws MigrateException {@code INVALID_PARAMETER} for what would be passed over otherwise
   */
  static Properties toDriver(Properties given, boolean strict, String origin) {
    Properties properties = new Properties();
    boolean foreign = UNFOLLOWED.keySet().stream().anyMatch(given::containsKey);
    // Of an authority and a query that name two hosts, libpq takes the query's.
    List<String> names =
        given.stringPropertyNames().stream()
            .sorted(Comparator.comparing((String name) -> driverName(name).isPresent()))
            .toList();
    for (String name : names) {
      String value = given.getProperty(name);
      Optional<String> driver = driverName(name);
      if (name.equals("sslrootcert") && value.equals("system")) {
        properties.setProperty("sslfactory", SYSTEM_STORE);
        properties.putIfAbsent("sslmode", given.getProperty("sslmode", "verify-full"));
      } else if (driver.isPresent()) {
        properties.setProperty(driver.get(), driverValue(name, value, origin));
      } else if (UNHEARD.containsKey(name)) {
        throw refused(
            "\"%s\" in the address from %s is libpq's, and the driver cannot follow it"
                .formatted(name, origin),
            UNHEARD.get(name));
      } else if (PGProperty.forName(name) != null || !IDLE.contains(name) && !strict || foreign) {
        refuseOtherCase(name, origin);
        properties.setProperty(name, value);
      } else if (!IDLE.contains(name)) {
        refuseOtherCase(name, origin);
        throw refused(
            "\"%s\" in the address from %s is no parameter of a connection".formatted(name, origin),
            "Correct it, or leave it out.");
      }
    }
    return properties;
  }

  /** All variables that say where and how libpq's programs connect. */
  static Set<String> leading() {
    return Stream.concat(WORDS.stream().map(Word::variable), MISLEADING.stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> driverName(String name) {
    return WORDS.stream()
        .filter(word -> word.word().equals(name))
        .map(Word::driver)
        .findFirst()
        .or(() -> Optional.ofNullable(DRIVER_ONLY_NEEDS.get(name)));
  }

  private static String driverValue(String name, String value, String origin) {
    if (!WORDS_OF_CHOICE.contains(name)) {
      return value;
    }
    String known = DRIVER_VALUES.get(name + "=" + value);
    if (known == null) {
      throw refused(
          "\"%s=%s\" in the address from %s is none of libpq's choices"
              .formatted(name, value, origin),
          "Give one of "
              + DRIVER_VALUES.keySet().stream()
                  .filter(pair -> pair.startsWith(name + "="))
                  .sorted()
                  .toList()
              + ".");
    }
    return known;
  }

  /** The driver would pass over it without a word, and connect without what it asks for. */
  private static void refuseOtherCase(String name, String origin) {
    if (PGProperty.forName(name) != null) {
      return;
    }
    for (PGProperty property : PGProperty.values()) {
      if (property.getName().equalsIgnoreCase(name)) {
        throw refused(
            "\"%s\" in the address from %s means nothing to the driver".formatted(name, origin),
            "Write it as \"%s\".".formatted(property.getName()));
      }
    }
  }

  /**
   * @param environment gives the value of a variable, or null
   * @return the driver's properties that libpq's variables stand for
   */
  static Properties fromEnvironment(UnaryOperator<String> environment) {
    Properties found = new Properties();
    for (Word word : WORDS) {
      String value = environment.apply(word.variable());
      if (value != null && !value.isBlank()) {
        found.setProperty(word.word(), value);
      }
    }
    return toDriver(found, false, "the PG* environment variables");
  }

  /**
   * @param properties the driver's
   * @return what libpq's programs read from their environment to do the same
   */
  static Map<String, String> variables(Properties properties) {
    Map<String, String> variables = new LinkedHashMap<>();
    Properties asked = (Properties) properties.clone();
    asked.remove("PGDBNAME"); // which may be called like a connection string, so see the caller
    sslMode(asked).ifPresent(mode -> asked.setProperty("sslmode", mode));
    clientCertificate(asked);
    for (Word word : WORDS) {
      String value = asked.getProperty(word.driver());
      if (value != null) {
        libpqValue(word, value).ifPresent(told -> variables.put(word.variable(), told));
      }
    }
    return variables;
  }

  private static Optional<String> libpqValue(Word word, String value) {
    return switch (word.driver()) {
      case "targetServerType" -> Optional.ofNullable(SESSION_ATTRIBUTES.get(value));
      // The driver's own, "if the server wants it", is libpq's "if it can be had".
      case "gssEncMode" -> Optional.of(value.equals("allow") ? "prefer" : value);
      case "gsslib" -> value.equals("auto") ? Optional.empty() : Optional.of(value);
      case "sslmode" -> Optional.of(value.toLowerCase(Locale.ROOT));
      default -> Optional.of(value);
    };
  }

  /** What the driver makes of its two ways to ask for TLS; nothing when it is left to chance. */
  private static Optional<String> sslMode(Properties properties) {
    boolean trusting = TRUSTING.equals(properties.getProperty("sslfactory"));
    String mode = properties.getProperty("sslmode");
    if (mode == null && asksForTls(properties.getProperty("ssl"))) {
      mode = "verify-full";
    }
    return trusting && mode != null && mode.startsWith("verify-")
        ? Optional.of("require")
        : Optional.ofNullable(mode);
  }

  private static boolean asksForTls(String ssl) {
    return ssl != null && (ssl.isEmpty() || ssl.equalsIgnoreCase("true"));
  }

  /** The driver's key lies elsewhere than libpq's, when nobody says where. */
  private static void clientCertificate(Properties properties) {
    File folder = new File(System.getProperty("user.home"), ".postgresql");
    Map.of("sslrootcert", "root.crt", "sslcert", "postgresql.crt", "sslkey", "postgresql.pk8")
        .forEach(
            (name, file) -> {
              File usual = new File(folder, file);
              if (properties.getProperty(name) == null && usual.isFile()) {
                properties.setProperty(name, usual.getPath());
              }
            });
  }

  /**
   * @param properties the driver's
   * @param major the major version of libpq's program
   * @return why it cannot reach the server as the driver does, as the end of a sentence; empty when
   *     it can
   */
  static Optional<String> obstacle(Properties properties, int major) {
    Map<String, String> obstacles = new TreeMap<>();
    UNFOLLOWED.forEach(
        (name, why) -> {
          if (isSet(properties, name)) {
            obstacles.put(name, "\"%s\" %s".formatted(name, why));
          }
        });
    String key = properties.getProperty("sslkey", "").toLowerCase(Locale.ROOT);
    if (key.endsWith(".p12") || key.endsWith(".pfx")) {
      obstacles.put("sslkey", "\"sslkey\" is a PKCS-12 file, which only Java reads");
    }
    for (String name : List.of("sslcert", "sslkey")) {
      if ("".equals(properties.getProperty(name))) {
        obstacles.put(name, "\"%s\" is empty, which has no word there".formatted(name));
      }
    }
    if ("preferPrimary".equals(properties.getProperty("targetServerType"))) {
      obstacles.put("targetServerType", "\"targetServerType=preferPrimary\" has no word there");
    }
    for (Word word : WORDS) {
      if (word.since() > major && properties.containsKey(word.driver())) {
        obstacles.put(
            word.driver(),
            "\"%s\" is known there from version %d on".formatted(word.driver(), word.since()));
      }
    }
    return obstacles.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", obstacles.values()));
  }

  private static boolean isSet(Properties properties, String name) {
    String value = properties.getProperty(name, "");
    return switch (name) {
      case "sslfactory" ->
          !value.isEmpty() && !value.endsWith(".LibPQFactory") && !value.equals(TRUSTING);
      case "useSpnego" -> value.equalsIgnoreCase("true");
      default -> !value.isEmpty();
    };
  }

  private static MigrateException refused(String problem, String remedy) {
    return new MigrateException(FailureCode.INVALID_PARAMETER, problem + ".", remedy);
  }
}
