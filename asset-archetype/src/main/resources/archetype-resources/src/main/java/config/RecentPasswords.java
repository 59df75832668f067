package ${package}.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Knows again a password that was right a moment ago. The API gets one with each request, and a slow
 * hash, which is there to make guessing expensive, would cost more than the answer.
 *
 * <p>What is kept is no password but its HMAC with a key of this process, beside the hash that it
 * fits: who has another password, or a new one, has another hash. A wrong password always costs the
 * slow way.
 */
final class RecentPasswords implements PasswordEncoder {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MOST = 1000;

  private final PasswordEncoder slow;
  private final SecretKeySpec key;
  private final Map<String, byte[]> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > MOST;
        }
      };

  RecentPasswords(PasswordEncoder slow) {
    this.slow = slow;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  @Override
  public String encode(CharSequence password) {
    return slow.encode(password);
  }

  @Override
  public boolean matches(CharSequence password, String hash) {
    if (password == null || hash == null) {
      return slow.matches(password, hash);
    }
    byte[] sealed = sealed(password);
    byte[] before;
    synchronized (known) {
      before = known.get(hash);
    }
    if (before != null && MessageDigest.isEqual(before, sealed)) {
      return true;
    }
    boolean right = slow.matches(password, hash);
    if (right) {
      synchronized (known) {
        known.put(hash, sealed);
      }
    }
    return right;
  }

  @Override
  public boolean upgradeEncoding(String hash) {
    return slow.upgradeEncoding(hash);
  }

  private byte[] sealed(CharSequence password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
    }
  }
}
