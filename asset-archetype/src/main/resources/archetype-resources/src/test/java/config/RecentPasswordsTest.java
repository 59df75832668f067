package ${package}.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

@DisplayName("A password that was right a moment ago")
class RecentPasswordsTest {
  private final Counting slow = new Counting();
  private final RecentPasswords passwords = new RecentPasswords(slow);

  @Test
  @DisplayName("is known again without the slow hash")
  void isKnownAgain() {
    assertThat(passwords.matches("secret", "hash of secret")).isTrue();
    assertThat(passwords.matches("secret", "hash of secret")).isTrue();
    assertThat(slow.asked).isEqualTo(1);
  }

  @Test
  @DisplayName("lets no other in, neither another password nor another user")
  void letsNoOtherIn() {
    assertThat(passwords.matches("secret", "hash of secret")).isTrue();
    assertThat(passwords.matches("guess", "hash of secret")).isFalse();
    assertThat(passwords.matches("guess", "hash of secret")).isFalse();
    assertThat(passwords.matches("secret", "hash of another")).isFalse();
    assertThat(slow.asked).as("a wrong one costs the slow way each time").isEqualTo(4);
  }

  @Test
  @DisplayName("is forgotten when it is changed, and comes again")
  void isForgottenWhenItIsChanged() {
    passwords.matches("old", "hash of old");
    assertThat(passwords.matches("old", "hash of new")).isFalse();
    assertThat(passwords.matches("new", "hash of new")).isTrue();
  }

  @Test
  @DisplayName("leaves what is nothing, and the making of hashes, to the slow one")
  void leavesTheRestToTheSlowOne() {
    assertThat(passwords.matches("secret", null)).isFalse();
    assertThat(passwords.encode("x")).isEqualTo("hash of x");
  }

  private static final class Counting implements PasswordEncoder {
    private int asked;

    @Override
    public String encode(CharSequence password) {
      return "hash of " + password;
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
      asked++;
      return encode(password).equals(hash);
    }
  }
}
