package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.target.Setting;
import dev.migrate.target.SilenceWatchdog;
import dev.migrate.target.Target;
import dev.migrate.target.TargetRequest;
import dev.migrate.target.TargetResolver;
import dev.migrate.testing.InstalledCluster;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One server, which wants TLS and a client's certificate for the database {@code certified}, and a
 * password for all others; reached in every way in which an address can be given.
 */
@DisplayName("A backup reaches the server as the driver does")
class ReachIT {
  private static final String ODD_NAME = "a=b 'c'\\%41+\"é?/#&";

  @TempDir private static Path keys;
  @TempDir private Path folder;
  private static InstalledCluster cluster;

  private final HeardBackup progress = new HeardBackup();
  private final List<String> warnings = progress.warnings();

  @BeforeAll
  static void start() throws IOException, InterruptedException, SQLException {
    cluster = InstalledCluster.create();
    certificates();
    cluster.hba(
        """
        hostssl certified all all cert
        host    certified all all reject
        host    all       all all scram-sha-256
        """);
    cluster.configure(
        "ssl = on",
        "ssl_ca_file = '%s'".formatted(cluster.file("ca.crt", bytes("ca.crt"))),
        "ssl_cert_file = '%s'".formatted(cluster.file("server.crt", bytes("server.crt"))),
        "ssl_key_file = '%s'".formatted(cluster.file("server.key", bytes("server.key"))));
    cluster.run();
    try (Connection connection = cluster.target("postgres").connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE certified");
      statement.execute("CREATE DATABASE \"" + ODD_NAME.replace("\"", "\"\"") + '"');
      statement.execute("CREATE ROLE owner");
      statement.execute("CREATE ROLE \"ann@x:y/z\" LOGIN PASSWORD 'p@/:%s+s &='");
      statement.execute("GRANT owner TO \"ann@x:y/z\"");
      statement.execute("ALTER ROLE \"ann@x:y/z\" NOINHERIT");
      statement.execute("CREATE TABLE public.owned AS SELECT 1 AS one");
      statement.execute("ALTER TABLE public.owned OWNER TO owner");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void certificates() throws IOException, InterruptedException {
    openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.crt");
    signed("server", "/CN=localhost", "subjectAltName=DNS:localhost");
    signed("client", "/CN=postgres", "extendedKeyUsage=clientAuth");
    openssl("pkcs8 -topk8 -nocrypt -in client.key -outform DER -out client.pk8");
    openssl("pkcs8 -topk8 -nocrypt -in client.key -out client.pem");
    openssl("pkcs8 -topk8 -nocrypt -in client.key -out open.pem");
    openssl(
        "pkcs12 -export -in client.crt -inkey client.key -name user -passout pass:x -out client.p12");
    Files.setPosixFilePermissions(
        keys.resolve("open.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    for (String key : List.of("client.pk8", "client.pem")) {
      Files.setPosixFilePermissions(
          keys.resolve(key), PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static void signed(String name, String subject, String extension)
      throws IOException, InterruptedException {
    openssl(
        "req -newkey rsa:2048 -nodes -subj %1$s -keyout %2$s.key -out %2$s.csr"
            .formatted(subject, name));
    Files.writeString(keys.resolve(name + ".ext"), extension + "\n");
    openssl(
        "x509 -req -days 2 -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile %1$s.ext -out %1$s.crt"
            .formatted(name));
  }

  private static void openssl(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command)
            .directory(keys.toFile())
            .redirectErrorStream(true)
            .redirectOutput(keys.resolve("openssl.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> arguments + ": " + read("openssl.log")).isZero();
  }

  private static String read(String file) {
    return new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(keys.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("and says why a key cannot be used")
  void unusableKey() {
    assertThatThrownBy(() -> backUp(certified("open.pem"), BackupEngine.Choice.AUTO))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("open.pem\" has group or world access");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("and does not wait for ever for a pg_dump that hears nothing")
  void silentServer(boolean inContainer) throws IOException {
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("pg_dump");
    Files.writeString(
        program,
        "#!/bin/sh\ncase \"$*\" in *--version*) echo 'pg_dump (PostgreSQL) 18.0';; *) exec sleep 600;;"
            + " esac\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Target bounded =
        Target.of(
            "jdbc:postgresql://localhost:%d/postgres?socketTimeout=2".formatted(cluster.port()),
            "postgres",
            InstalledCluster.PASSWORD,
            "test");
    BackupOptions usual =
        BackupOptions.in(folder.resolve("silent")).with(BackupEngine.Choice.PG_DUMP);
    BackupOptions options =
        new BackupOptions(
            usual.folder(),
            usual.engine(),
            usual.plain(),
            usual.level(),
            usual.jobs(),
            inContainer ? usual.pgDump() : program,
            inContainer
                ? List.of("env", "PATH=" + program.getParent() + ":/bin:/usr/bin")
                : List.of(),
            usual.checksums(),
            usual.incomplete());
    List<String> heard = new CopyOnWriteArrayList<>();
    try (SilenceWatchdog.Ear ear = SilenceWatchdog.hear(heard::add, Duration.ofSeconds(1))) {
      assertThat(ear).isNotNull();
      assertThatThrownBy(
              () ->
                  new Backup(
                          bounded, "test", "flyway_schema_history", options, BackupProgress.SILENT)
                      .take(connection -> List.of()))
          .isInstanceOfSatisfying(
              MigrateException.class,
              failure -> assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION))
          .hasMessageContaining("has not answered pg_dump within the socketTimeout");
    }
    assertThat(heard).anyMatch(line -> line.contains(" to pg_dump for "));
  }

  @ParameterizedTest
  @ValueSource(strings = {":wrong", ""})
  @DisplayName("and says where a password belongs that is wrong or missing: on no command line")
  void passwords(String password) {
    Target refused =
        new TargetResolver(name -> null)
            .resolve(
                TargetRequest.of(
                    new Setting(
                        "postgresql://postgres%s@localhost:%d/postgres"
                            .formatted(password, cluster.port()),
                        "-Dmigrate.url")))
            .orElseThrow();
    List<ThrowingCallable> doors =
        List.of(
            () -> refused.connect("test"),
            () -> refused.connectForScripts("test"),
            () -> refused.ask("test"),
            () -> backUp(refused, BackupEngine.Choice.PG_DUMP),
            () -> backUp(refused, BackupEngine.Choice.JDBC),
            () -> backUp(refused, BackupEngine.Choice.AUTO));
    for (ThrowingCallable door : doors) {
      assertThatThrownBy(door)
          .isInstanceOfSatisfying(
              MigrateException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
                assertThat(failure.problem()).contains("refuses user \"postgres\"");
                assertThat(failure.remedy())
                    .contains("MIGRATE_PASSWORD", "-Dmigrate.server", "~/.pgpass")
                    .doesNotContain("-Dmigrate.password");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.pk8", "client.pem"})
  @DisplayName("with a client's key in DER or PEM, checking the server's certificate and name")
  void clientCertificate(String key) {
    assertThat(backUp(certified(key), BackupEngine.Choice.PG_DUMP).engine())
        .isEqualTo(BackupEngine.PG_DUMP);
    assertThat(warnings).isEmpty();
  }

  @Test
  @DisplayName("or the engine jdbc does it, where only Java can read the key")
  void onlyForJava() {
    Target target = certified("client.p12&sslpassword=x");
    assertThat(backUp(target, BackupEngine.Choice.AUTO).engine()).isEqualTo(BackupEngine.JDBC);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("PKCS-12", "sslpassword", "The engine jdbc takes the backup")
        .doesNotContain("\n");
    assertThatThrownBy(() -> backUp(target, BackupEngine.Choice.PG_DUMP))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.CLIENT_TOOL);
              assertThat(e.problem()).contains("pg_dump", "PKCS-12");
              assertThat(e.remedy()).contains("-Dmigrate.backupEngine=jdbc");
            });
  }

  @Test
  @DisplayName("or the engine jdbc does it, where pg_dump finds out by itself that it cannot")
  void foundOut() throws IOException {
    // With a root certificate, libpq takes "require" for "verify-ca", which the driver does not.
    Target target =
        resolve(
            "jdbc:postgresql://localhost:%d/postgres?user=postgres&password=secret+word&sslmode=require&sslrootcert=%s"
                .formatted(cluster.port(), keys.resolve("client.crt")),
            Map.of());
    assertThat(backUp(target, BackupEngine.Choice.AUTO).engine()).isEqualTo(BackupEngine.JDBC);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("cannot connect where the driver could", "certificate verify failed");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.toString().replaceAll("^[^.]*", "")))
          .containsExactlyInAnyOrder(".sql.gz", ".manifest.json");
    }
    assertThatThrownBy(() -> backUp(target, BackupEngine.Choice.PG_DUMP))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.BACKUP_FAILED);
              assertThat(e.problem()).contains("certificate verify failed");
              assertThat(e.remedy())
                  .contains("-Dmigrate.backupEngine=jdbc")
                  .doesNotContainIgnoringCase("make room");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://postgres:secret%20word@[::1]:PORT/postgres",
        "jdbc:postgresql://[::1]:PORT/postgres?user=postgres&password=secret+word",
        "jdbc:postgresql://127.0.0.1:CLOSED,[::1]:PORT/postgres?user=postgres&password=secret%20word&targetServerType=primary",
        "postgresql://postgres:secret%20word@/postgres?host=::1&port=PORT&target_session_attrs=read-write",
        "postgresql://postgres:secret%20word@localhost:PORT/a%3Db%20'c'%5C%2541+%22%C3%A9%3F%2F%23%26",
        "postgresql://ann%40x%3Ay%2Fz:p%40%2F%3A%25s+s%20%26%3D@localhost:PORT/postgres?options=-c%20role%3Downer&channel_binding=require&sslmode=require",
        "jdbc:postgresql://?service=reach",
      })
  @DisplayName(
      "by an address of IPv6, a list of hosts, odd names and passwords, options, a service")
  void addresses(String address) throws IOException {
    Path services =
        Files.writeString(
            keys.resolve("services"),
            "[reach]\nhost=localhost\nport=%d\ndbname=postgres\nuser=postgres\npassword=secret word\nconnect_timeout=5\n"
                .formatted(cluster.port()));
    Target target =
        resolve(
            address.replace("PORT", "" + cluster.port()).replace("CLOSED", "" + closedPort()),
            Map.of("PGSERVICEFILE", services.toString()));
    Manifest manifest = backUp(target, BackupEngine.Choice.PG_DUMP);
    assertThat(manifest.engine()).isEqualTo(BackupEngine.PG_DUMP);
    assertThat(warnings).isEmpty();
    if (manifest.database().startsWith("a")) {
      assertThat(manifest.database()).isEqualTo(ODD_NAME);
    } else {
      assertThat(manifest.tables()).extracting(TableChecksum::table).contains("owned");
    }
  }

  private Target certified(String key) {
    return resolve(
        "jdbc:postgresql://localhost:%d/certified?user=postgres&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s"
            .formatted(
                cluster.port(),
                keys.resolve("ca.crt"),
                keys.resolve("client.crt"),
                keys.resolve(key)),
        Map.of());
  }

  private static Target resolve(String url, Map<String, String> environment) {
    return new TargetResolver(environment::get)
        .resolve(TargetRequest.of(new Setting(url, "a test")))
        .orElseThrow();
  }

  private Manifest backUp(Target target, BackupEngine.Choice engine) {
    return new Backup(
            target,
            "test",
            "flyway_schema_history",
            BackupOptions.in(folder).with(engine),
            progress)
        .take(connection -> List.of());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
