package dev.migrate.scratch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes a SCRAM-SHA-256 verifier, a password as PostgreSQL stores it (RFC 5802; the text form is
 * that of PostgreSQL's {@code scram-common.c}), which it takes in place of the password itself.
 *
 * <p>PostgreSQL's own has 4096 iterations to slow down whoever guesses passwords. Nobody guesses
 * 144 random bits, and in a JVM that has just started they cost a fifth of a second at each login:
 * here it is one iteration.
 */
final class ScramVerifier {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  private ScramVerifier() {}

  /**
   * @param password random characters, all ASCII
   * @return what to store
   */
  static String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return of(password, salt);
  }

  static String of(String password, byte[] salt) {
    try {
      byte[] first = Arrays.copyOf(salt, salt.length + Integer.BYTES);
      first[first.length - 1] = 1;
      byte[] salted = hmac(password.getBytes(StandardCharsets.US_ASCII), first);
      byte[] clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
      byte[] serverKey = hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
      Base64.Encoder base64 = Base64.getEncoder();
      return "SCRAM-SHA-256$1:"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(storedKey)
          + ":"
          + base64.encodeToString(serverKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
