package dev.migrate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The target")
class TargetResolverTest {
  private static final Map<String, String> NOTHING = Map.of();

  @ParameterizedTest
  @DisplayName("is read from every form of URL")
  @CsvSource({
    "jdbc:postgresql://db.example:5433/assets?user=ann, postgresql://ann@db.example:5433/assets",
    "jdbc:postgresql://db.example/assets?user=ann, postgresql://ann@db.example:5432/assets",
    "jdbc:postgresql:assets?user=ann, postgresql://ann@localhost:5432/assets",
    "postgresql://ann:secret@db.example:5433/assets, postgresql://ann@db.example:5433/assets",
    "postgres://ann@db.example/assets, postgresql://ann@db.example:5432/assets",
    "postgresql://ann@/assets, postgresql://ann@localhost:5432/assets",
    "postgresql://ann@[::1]:5433/assets, postgresql://ann@[::1]:5433/assets",
    "postgresql://an%40n:p%40ss@db/as%20sets, postgresql://an@n@db:5432/as%20sets",
  })
  void everyFormOfUrl(String url, String expected) {
    assertThat(resolve(given(url), NOTHING)).map(Target::toString).hasValue(expected);
  }

  @ParameterizedTest
  @DisplayName("shows no password of a URL that somebody has written wrong")
  @ValueSource(
      strings = {
        "jdbc:postgresql://bob:s3cret@db:5432/d",
        "jdbc:postgresql://bob:s3cret@db/d",
        "postgresql://bob:a@s3cret b@db/d",
        "postgresql://bob:s3cret/x@db/d",
        "bob:s3cret@db/d",
        "jdbc:mysql://bob:s3cret@db/d",
        "postgresql:///d?user=u&password=s3cret&bad"
      })
  void noPasswordOfAWrongUrl(String url) {
    assertThatThrownBy(() -> resolve(given(url), NOTHING))
        .isInstanceOf(MigrateException.class)
        .message()
        .contains("***")
        .doesNotContain("s3cret");
  }

  @Test
  @DisplayName("is given up when the server takes the connection and then says nothing")
  void silentServer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Target target =
          resolve(
                  given(
                      "jdbc:postgresql://127.0.0.1:%s/d?user=u&sslmode=disable&loginTimeout=1"
                          .formatted(silent.getLocalPort())),
                  NOTHING)
              .orElseThrow();
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            assertThatThrownBy(() -> target.connect("test")).isInstanceOf(MigrateException.class);
            assertThatThrownBy(() -> target.ask("test")).isInstanceOf(MigrateException.class);
          });
    }
  }

  @Test
  @DisplayName("is the same one, as securely, for PostgreSQL's own programs")
  void environmentOfPrograms() {
    assertThat(
            resolve(
                    given("jdbc:postgresql://a,b/d?user=u&ssl=true&targetServerType=primary"),
                    NOTHING)
                .orElseThrow()
                .libpqEnvironment())
        .containsEntry("PGHOST", "a,b")
        .containsEntry("PGSSLMODE", "verify-full")
        .containsEntry("PGTARGETSESSIONATTRS", "read-write");
    assertThat(
            resolve(given("postgresql://u@a/d?sslmode=require"), NOTHING)
                .orElseThrow()
                .libpqEnvironment())
        .containsEntry("PGSSLMODE", "require")
        .doesNotContainKey("PGTARGETSESSIONATTRS");
  }

  @Test
  @DisplayName("is the embedded database when nobody names another")
  void embeddedByDefault() {
    assertThat(resolve(TargetRequest.none(), NOTHING)).isEmpty();
  }

  @Test
  @DisplayName("is the embedded database when that is asked for, whatever the environment says")
  void embeddedWhenAsked() {
    assertThat(resolve(given("embedded"), Map.of("DATABASE_URL", "postgres://h/d"))).isEmpty();
  }

  @Test
  @DisplayName("comes from the build before MIGRATE_URL, DATABASE_URL and PG*, in this order")
  void precedence() {
    Map<String, String> all =
        Map.of(
            "MIGRATE_URL", "postgres://u@migrate/d",
            "DATABASE_URL", "postgres://u@database/d",
            "PGHOST", "pg",
            "PGDATABASE", "d",
            "PGUSER", "u");
    assertThat(resolve(given("postgres://u@build/d"), all).map(Target::toString))
        .hasValue("postgresql://u@build:5432/d");
    assertThat(resolve(TargetRequest.none(), all).map(Target::toString))
        .hasValue("postgresql://u@migrate:5432/d");
    assertThat(resolve(TargetRequest.none(), without(all, "MIGRATE_URL")).map(Target::toString))
        .hasValue("postgresql://u@database:5432/d");
    Optional<Target> libpq =
        resolve(TargetRequest.none(), Map.of("PGHOST", "pg", "PGDATABASE", "d", "PGUSER", "u"));
    assertThat(libpq).map(Target::toString).hasValue("postgresql://u@pg:5432/d");
    assertThat(libpq).map(Target::origin).hasValue("the PG* environment variables");
  }

  @Test
  @DisplayName("takes an explicit user before the URL's, and the URL's before settings.xml's")
  void userPrecedence() {
    Optional<Setting> server = Optional.of(new Setting("server", "settings.xml"));
    Optional<Setting> explicit = Optional.of(new Setting("explicit", "-Dmigrate.user"));
    Setting withUser = new Setting("postgres://url@h/d", "a test");
    Setting bare = new Setting("postgres://h/d", "a test");
    assertThat(user(withUser, explicit, server)).hasValue("explicit");
    assertThat(user(withUser, Optional.empty(), server)).hasValue("url");
    assertThat(user(bare, Optional.empty(), server)).hasValue("server");
  }

  @ParameterizedTest
  @DisplayName("is refused when its URL is malformed, and the password stays out of the message")
  @ValueSource(
      strings = {
        "mysql://ann:secret@h/d",
        "jdbc:postgresql://ann:secret@h:port/d/e",
        "postgresql://ann:secret@h:port/d",
        "postgresql://ann:se cret@h/d",
        "postgresql://ann:secret@%2Ftmp/d",
        "jdbc:postgresql://h:notaport/d?password=secret",
      })
  void malformedUrls(String url) {
    assertThatThrownBy(() -> resolve(given(url), NOTHING))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
              assertThat(e.problem()).contains("malformed", "a test").doesNotContain("cret");
              assertThat(e.remedy()).contains("jdbc:postgresql://host:5432/database");
            });
  }

  @Test
  @DisplayName("is refused when its URL names no database")
  void noDatabase() {
    assertThatThrownBy(() -> resolve(given("jdbc:postgresql://h/"), NOTHING))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("names no database");
  }

  @Test
  @DisplayName("never prints its password")
  void neverPrintsItsPassword() {
    Target target = resolve(given("postgresql://ann:secret@h/d"), NOTHING).orElseThrow();
    assertThat(target.toString() + target.jdbcUrl() + target.origin()).doesNotContain("secret");
  }

  private static Optional<String> user(
      Setting url, Optional<Setting> explicit, Optional<Setting> server) {
    return resolve(
            new TargetRequest(
                Optional.of(url), explicit, Optional.empty(), server, server, Optional.empty()),
            NOTHING)
        .map(Target::user);
  }

  private static TargetRequest given(String url) {
    return TargetRequest.of(new Setting(url, "a test"));
  }

  private static Optional<Target> resolve(TargetRequest request, Map<String, String> environment) {
    return new TargetResolver(environment::get).resolve(request);
  }

  private static Map<String, String> without(Map<String, String> map, String key) {
    Map<String, String> rest = new java.util.HashMap<>(map);
    rest.remove(key);
    return rest;
  }
}
