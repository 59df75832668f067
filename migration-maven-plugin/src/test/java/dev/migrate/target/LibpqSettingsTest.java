package dev.migrate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

@DisplayName("What says how a server is reached")
class LibpqSettingsTest {
  private static final int NEWEST = 18;

  /** How a connection behaves once it stands, and what is asked of the JVM only. */
  private static final Set<String> NOT_ABOUT_REACHING =
      Set.of(
          "adaptiveFetch",
          "adaptiveFetchMaximum",
          "adaptiveFetchMinimum",
          "allowEncodingChanges",
          "ApplicationName",
          "assumeMinServerVersion",
          "autosave",
          "binaryTransfer",
          "binaryTransferDisable",
          "binaryTransferEnable",
          "cancelSignalTimeout",
          "classLoaderStrategy",
          "cleanupSavepoints",
          "connectExecutor",
          "connectExecutorArg",
          "convertBooleanToNumeric",
          "currentSchema",
          "databaseMetadataCacheFields",
          "databaseMetadataCacheFieldsMiB",
          "defaultRowFetchSize",
          "disableColumnSanitiser",
          "escapeSyntaxCallMode",
          "flushCacheOnDdl",
          "groupStartupParameters",
          "hideUnprivilegedObjects",
          "loggerFile",
          "loggerLevel",
          "logServerErrorDetail",
          "logUnclosedConnections",
          "maxResultBuffer",
          "maxSendBufferSize",
          "preferQueryMode",
          "preparedStatementCacheQueries",
          "preparedStatementCacheSizeMiB",
          "prepareThreshold",
          "protocolVersion",
          "queryTimeout",
          "quoteReturningIdentifiers",
          "readOnly",
          "readOnlyMode",
          "receiveBufferSize",
          "replication",
          "reWriteBatchedInserts",
          "reWriteBatchedInsertsSize",
          "sendBufferSize",
          "stringtype",
          "tcpKeepAlive",
          "tcpNoDelay",
          "unknownLength",
          "xmlFactoryFactory",
          // how long is waited, and where among equals is begun: a program gets one host
          "gssResponseTimeout",
          "hostRecheckSeconds",
          "loadBalanceHosts",
          "loginTimeout",
          "socketTimeout",
          "sslResponseTimeout",
          "scramMaxIterations",
          // arguments of what is unfollowed itself
          "sslfactoryarg",
          "socketFactoryArg",
          "gssUseDefaultCreds",
          "jaasLogin",
          "pemKeyAlgorithm",
          // read when the address is: what a service says, and TLS in the old way
          "service",
          "ssl");

  static Stream<LibpqSettings.Word> words() {
    return LibpqSettings.WORDS.stream()
        .filter(word -> !Set.of("PGHOST", "PGPORT", "PGDBNAME", "user").contains(word.driver()));
  }

  @Test
  @DisplayName("is known for every property of the driver: followed, unfollowed or of no matter")
  void everyProperty() {
    Set<String> known = new HashSet<>(NOT_ABOUT_REACHING);
    LibpqSettings.WORDS.forEach(word -> known.add(word.driver()));
    known.addAll(LibpqSettings.UNFOLLOWED.keySet());
    assertThat(Stream.of(PGProperty.values()).map(PGProperty::getName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @ParameterizedTest
  @MethodSource("words")
  @DisplayName("is the same in the driver's word, in libpq's and in a variable of the environment")
  void threeSpellings(LibpqSettings.Word word) {
    String value = example(word.word());
    String driver = word.word().equals("target_session_attrs") ? "primary" : value;
    Map<String, String> spelled =
        Map.of(
            "jdbc", "jdbc:postgresql://h/d?user=u&" + word.driver() + "=" + driver,
            "libpq", "postgresql://u@h/d?" + word.word() + "=" + value,
            "libpq's in JDBC's form", "jdbc:postgresql://h/d?user=u&" + word.word() + "=" + value);
    spelled.forEach(
        (form, url) -> {
          Target target = target(url);
          assertThat(target.libpqEnvironment()).as(form).containsEntry(word.variable(), value);
          assertThat(target.loginUrl()).as(form).contains(word.driver() + "=" + driver);
          assertThat(target.libpqObstacle(NEWEST)).as(form).isEmpty();
        });
    Map<String, String> variables =
        new HashMap<>(Map.of("PGHOST", "h", "PGDATABASE", "d", "PGUSER", "u"));
    variables.put(word.variable(), value);
    Target target = resolve(TargetRequest.none(), variables).orElseThrow();
    assertThat(target.libpqEnvironment()).containsEntry(word.variable(), value);
    assertThat(target.loginUrl()).contains(word.driver() + "=" + driver);
  }

  private static String example(String word) {
    return switch (word) {
      case "target_session_attrs" -> "read-write";
      case "connect_timeout" -> "7";
      case "sslmode" -> "verify-ca";
      case "gssencmode" -> "disable";
      case "gsslib" -> "gssapi";
      case "channel_binding" -> "require";
      case "sslnegotiation" -> "direct";
      case "require_auth" -> "scram-sha-256";
      default -> "x";
    };
  }

  @ParameterizedTest
  @DisplayName("keeps libpq's programs away, in a sentence, where they cannot follow the driver")
  @CsvSource({
    "socketFactory=a.B, class of Java",
    "authenticationPluginClassName=a.B, class of Java",
    "sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory, class of Java",
    "sslrootcert=system, class of Java",
    "sslhostnameverifier=a.B, class of Java",
    "sslpasswordcallback=a.B, class of Java",
    "sslpassword=x, command line",
    "sslkey=/k/client.p12, PKCS-12",
    "sslkey=/k/client.PFX, PKCS-12",
    "sslkey=, is empty",
    "localSocketAddress=10.0.0.1, no word",
    "jaasApplicationName=x, Kerberos",
    "useSpnego=true, no word",
    "targetServerType=preferPrimary, no word",
  })
  void unfollowed(String parameter, String why) {
    assertThat(target("jdbc:postgresql://h/d?user=u&" + parameter).libpqObstacle(NEWEST))
        .hasValueSatisfying(reason -> assertThat(reason).contains(why));
  }

  @ParameterizedTest
  @DisplayName("is followed by programs that are young enough")
  @CsvSource({"sslNegotiation=direct, 17", "requireAuth=scram-sha-256, 16"})
  void youngEnough(String parameter, int since) {
    Target target = target("jdbc:postgresql://h/d?user=u&" + parameter);
    assertThat(target.libpqObstacle(since - 1).orElseThrow()).contains("from version " + since);
    assertThat(target.libpqObstacle(since)).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("is followed although it is spelled otherwise")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "jdbc:postgresql://h/d?user=u&ssl=true, PGSSLMODE, verify-full",
        "jdbc:postgresql://h/d?user=u&ssl, PGSSLMODE, verify-full",
        "jdbc:postgresql://h/d?user=u&ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory, PGSSLMODE, require",
        "jdbc:postgresql://h/d?user=u&targetServerType=preferSecondary, PGTARGETSESSIONATTRS, prefer-standby",
        "jdbc:postgresql://h/d?user=u&targetServerType=slave, PGTARGETSESSIONATTRS, standby",
        "jdbc:postgresql://h/d?user=u&gssEncMode=allow, PGGSSENCMODE, prefer",
        "jdbc:postgresql://[::1]:5433/d?user=u, PGHOST, ::1",
        "postgresql://u@[::1]:5433/d, PGHOST, ::1",
        "postgresql://u@/d?host=::1, PGHOST, ::1",
        "`postgresql://u@[::1]:1,[fe80::2],h:3/d`, PGHOST, `::1,fe80::2,h`",
        "`postgresql://u@[::1]:1,[fe80::2],h:3/d`, PGPORT, `1,5432,3`",
        "`postgresql://u@x/d?host=a,b&port=1,2`, PGHOST, `a,b`",
        "`postgresql://u@x/d?host=a,b&port=1,2`, PGPORT, `1,2`",
        "postgresql://u:p%40%2F%3A%25s+s@h/d, PGPASSWORD, p@/:%s+s",
        "postgresql://an%40n@h/d, PGUSER, an@n",
        "postgresql://u@h/a%3Db%20'c'%5C, PGDATABASE, a=b 'c'\\",
        "postgresql://u@h/d?options=-c%20role%3Downer, PGOPTIONS, -c role=owner",
        "postgresql://u@h/d, PGCONNECT_TIMEOUT, 10",
      })
  void spelledOtherwise(String url, String variable, String expected) {
    assertThat(target(url).libpqEnvironment()).containsEntry(variable, expected);
  }

  @ParameterizedTest
  @DisplayName("is refused where the driver would pass over it without a word")
  @ValueSource(
      strings = {
        "postgresql://u@h/d?sslcrl=/x",
        "postgresql://u@h/d?hostaddr=10.0.0.1",
        "postgresql://u@h/d?passfile=/x",
        "postgresql://u@h/d?ssl_min_protocol_version=TLSv1.3",
        "postgresql://u@h/d?target_session_attrs=any-at-all",
        "postgresql://u@h/d?sslmod=require",
        "jdbc:postgresql://h/d?sslMode=require",
        "jdbc:postgresql://h/d?channelbinding=require",
      })
  void refused(String url) {
    String name = url.replaceAll(".*\\?(.*)=.*", "$1");
    assertThatThrownBy(() -> target(url))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
              assertThat(e.problem()).contains("\"" + name);
              assertThat(e.remedy()).isNotBlank();
            });
  }

  @ParameterizedTest
  @DisplayName("is refused for a Unix-domain socket, with what to give instead")
  @ValueSource(
      strings = {
        "postgresql:///db?host=/var/run/postgresql",
        "postgresql://u@%2Fvar%2Frun%2Fpostgresql/db",
        "postgresql://u@%2fvar%2frun%2fpostgresql:5433/db",
        "jdbc:postgresql:///db?host=/var/run/postgresql",
        "jdbc:postgresql://%2Fvar%2Frun/db",
        "postgresql:///db?host=h,/tmp",
        "postgresql:///db?host=@abstract",
      })
  void sockets(String url) {
    assertThatThrownBy(() -> target(url))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
              assertThat(e.problem()).contains("Unix-domain socket, which Java cannot reach");
              assertThat(e.remedy()).contains("jdbc:postgresql://localhost:5432/database");
            });
  }

  @Test
  @DisplayName("may stand in a service file, in libpq's words, below what the address says itself")
  void services(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("services"),
            """
            # ours
            [other]
            host=elsewhere
            [prod]
            host=db.example
            port=5433
            dbname=assets
            user=ann
            password=pa=ss
            sslrootcert=/r.pem
            connect_timeout=3
            [last]
            host=wrong
            """);
    Map<String, String> environment = Map.of("PGSERVICEFILE", file.toString());
    for (String url :
        new String[] {
          "postgresql://?service=prod",
          "postgresql:///?service=prod",
          "jdbc:postgresql://?service=prod",
          "jdbc:postgresql:///?service=prod"
        }) {
      Target target = resolve(given(url), environment).orElseThrow();
      assertThat(target).as(url).hasToString("postgresql://ann@db.example:5433/assets");
      assertThat(target.libpqEnvironment())
          .containsEntry("PGPASSWORD", "pa=ss")
          .containsEntry("PGSSLROOTCERT", "/r.pem")
          .containsEntry("PGCONNECT_TIMEOUT", "3");
    }
    assertThat(resolve(given("postgresql://bob@h/d?service=prod"), environment))
        .map(Target::toString)
        .hasValue("postgresql://bob@h:5432/d");
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("PGSERVICE", "prod");
    variables.put("PGHOST", "passed-over");
    assertThat(resolve(TargetRequest.none(), variables))
        .map(Target::toString)
        .hasValue("postgresql://ann@db.example:5433/assets");
    assertThatThrownBy(() -> resolve(given("postgresql://?service=none"), environment))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("no service \"none\"");
  }

  @Test
  @DisplayName("is put back whole into one address for the driver")
  void wholeAddress() {
    Target target =
        target("postgresql://an%40n:p%26w@[::1],h:2/a%20b?sslmode=require&options=-c%20a%3Db");
    assertThat(Target.at(target.loginUrl(), "test").loginUrl()).isEqualTo(target.loginUrl());
    assertThat(Target.at(target.loginUrl(), "test").libpqEnvironment())
        .isEqualTo(target.libpqEnvironment());
  }

  private static TargetRequest given(String url) {
    return TargetRequest.of(new Setting(url, "a test"));
  }

  private static Target target(String url) {
    return resolve(given(url), Map.of()).orElseThrow();
  }

  private static Optional<Target> resolve(TargetRequest request, Map<String, String> environment) {
    return new TargetResolver(environment::get).resolve(request);
  }
}
