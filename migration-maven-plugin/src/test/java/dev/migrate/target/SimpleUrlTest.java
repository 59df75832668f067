package dev.migrate.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

@DisplayName("A plain address")
class SimpleUrlTest {
  @ParameterizedTest(name = "is read as the driver reads it: {0}")
  @ValueSource(
      strings = {
        "//localhost/app",
        "//localhost:5433/app",
        "//db-1.example.org:65535/my_app~2.x",
        "//10.0.0.7:1/A",
      })
  void asTheDriver(String rest) {
    Properties expected = Driver.parseURL("jdbc:postgresql:" + rest, new Properties());

    Properties found = SimpleUrl.parse(rest, false).orElseThrow();

    for (String name : new String[] {"PGHOST", "PGPORT", "PGDBNAME"}) {
      assertThat(found.getProperty(name)).as(name).isEqualTo(expected.getProperty(name));
    }
    assertThat(found).hasSize(3);
  }

  @Test
  @DisplayName("may name user and password, where that is the form")
  void account() {
    assertThat(SimpleUrl.parse("//me:s3cret@host:5433/app", true).orElseThrow())
        .containsEntry("user", "me")
        .containsEntry("password", "s3cret")
        .containsEntry("PGHOST", "host")
        .containsEntry("PGPORT", "5433")
        .containsEntry("PGDBNAME", "app")
        .hasSize(5);
    assertThat(SimpleUrl.parse("//me@host/app", false)).isEmpty();
  }

  @ParameterizedTest(name = "is not {0}")
  @ValueSource(
      strings = {
        "app",
        "/app",
        "//host",
        "//host/",
        "///app",
        "//host:/app",
        "//host:0/app",
        "//host:65536/app",
        "//host:123456/app",
        "//host:5432x/app",
        "//host/app?ssl=true",
        "//host/a%20b",
        "//one,two/app",
        "//[::1]/app",
        "//host/app/more",
        "//me:p%40ss@host/app",
        "//me:@host/app",
        "//@host/app",
        "//host/app@more",
      })
  void leftToTheDriver(String rest) {
    assertThat(SimpleUrl.parse(rest, true)).isEmpty();
  }
}
