package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The address of a server")
class ServerAddressTest {
  private final ServerAddress address = new ServerAddress("127.0.0.1", 5433, "postgres", "s3cret");

  @Test
  @DisplayName("gives the URL of any database, however it is called")
  void url() {
    assertThat(address.jdbcUrl("app")).isEqualTo("jdbc:postgresql://127.0.0.1:5433/app");
    assertThat(address.jdbcUrl("a/b?c")).isEqualTo("jdbc:postgresql://127.0.0.1:5433/a%2Fb%3Fc");
  }

  @Test
  @DisplayName("never shows the password")
  void noPassword() {
    assertThat(address.toString() + address.jdbcUrl("app")).doesNotContain("s3cret");
  }
}
