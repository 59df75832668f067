package ${package}.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

@DisplayName("Guessing passwords")
class LoginGuardTest {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final LoginGuard guard = new LoginGuard(() -> now);

  @Test
  @DisplayName("is slowed for a name, whatever the address, each time more")
  void isSlowedForAName() {
    for (int i = 0; i < 5; i++) {
      guard.begin("mia", "192.0.2." + i);
    }
    assertWaits("Mia ", "192.0.2.9", 2);
    now = now.plusSeconds(1);
    guard.begin("mia", "192.0.2.10");
    assertWaits("mia", "192.0.2.11", 3);
    for (int i = 0; i < 60; i++) {
      now = now.plusSeconds(300);
      guard.begin("mia", "192.0.2.12");
    }
    assertWaits("mia", "192.0.2.13", 301);
    assertThatCode(() -> guard.begin("noah", "192.0.2.13")).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("is slowed for an address, whatever the name, and for all of one network")
  void isSlowedForAnAddress() {
    for (int i = 0; i < 30; i++) {
      guard.begin("name" + i, "2001:db8::" + i);
    }
    assertWaits("somebody", "2001:db8::ffff", 2);
    assertThatCode(() -> guard.begin("somebody", "2001:db8:1::1")).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("locks nobody out who has logged in from there before, and slows it there, too")
  void locksNobodyOut() {
    guard.begin("mia", "192.0.2.1");
    guard.succeeded("mia", "192.0.2.1");
    for (int i = 0; i < 5; i++) {
      guard.begin("mia", "198.51.100.1");
    }
    assertWaits("mia", "198.51.100.1", 2);
    for (int i = 0; i < 5; i++) {
      guard.begin("mia", "192.0.2.1");
    }
    assertWaits("mia", "192.0.2.1", 2);
    now = now.plusSeconds(2);
    guard.begin("mia", "192.0.2.1");
    guard.succeeded("mia", "192.0.2.1");
    assertThatCode(() -> guard.begin("mia", "192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("is not made up for by a right password for another name")
  void isNotMadeUpFor() {
    for (int i = 0; i < 29; i++) {
      guard.begin("name" + i, "192.0.2.1");
    }
    guard.begin("own", "192.0.2.1");
    guard.succeeded("own", "192.0.2.1");
    guard.begin("next", "192.0.2.1");
    assertWaits("another", "192.0.2.1", 2);
  }

  @Test
  @DisplayName("costs the same for a name that nobody has")
  void costsTheSame() {
    List<String> compared = new ArrayList<>();
    PasswordEncoder passwords =
        new PasswordEncoder() {
          @Override
          public String encode(CharSequence password) {
            throw new AssertionError("Another hash takes another time.");
          }

          @Override
          public boolean matches(CharSequence password, String hash) {
            compared.add(hash);
            return password.equals("right");
          }
        };
    GuardedLogin login =
        new GuardedLogin(
            new InMemoryUserDetailsManager(
                User.withUsername("mia").password("hash").roles("VIEWER").build()),
            List.of("mia"),
            passwords,
            guard);

    for (String name : List.of("mia", "nobody")) {
      assertThatThrownBy(() -> login.authenticate(asked(name, "wrong")))
          .isInstanceOf(BadCredentialsException.class)
          .hasMessage("The name or the password is wrong.");
    }
    assertThatThrownBy(() -> login.authenticate(asked("nobody", "right")))
        .isInstanceOf(BadCredentialsException.class);
    assertThat(compared).containsExactly("hash", "hash", "hash");
    assertThat(login.authenticate(asked("mia", "right")).isAuthenticated()).isTrue();
  }

  private static UsernamePasswordAuthenticationToken asked(String name, String password) {
    return UsernamePasswordAuthenticationToken.unauthenticated(name, password);
  }

  private void assertWaits(String name, String address, long seconds) {
    assertThatThrownBy(() -> guard.begin(name, address))
        .isInstanceOfSatisfying(
            TooManyGuessesException.class,
            failure -> assertThat(failure.seconds()).isEqualTo(seconds));
  }
}
