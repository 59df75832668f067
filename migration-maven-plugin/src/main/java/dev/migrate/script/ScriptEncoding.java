package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Optional;

/**
 * Detects the character encoding of a script from its bytes: by a byte order mark, or by the zeros
 * of UTF-16 and UTF-32.
 *
 * @param name what people call it
 * @param iconv what iconv calls it
 */
record ScriptEncoding(String name, String iconv) {
  /** Bytes of one alphabet or another: the file does not say which. */
  static final String UNKNOWN_REMEDY =
      "Save the file as UTF-8; if it is in Windows' alphabet for Western Europe, with 'iconv -f"
          + " WINDOWS-1252 -t UTF-8'.";

  /** So many bytes tell how a file is meant. */
  private static final int SAMPLE = 4096;

  /**
   * @param bytes a file
   * @return how it is meant, if it says so and it is not UTF-8
   */
  static Optional<ScriptEncoding> of(byte[] bytes) {
    if (begins(bytes, 0xFF, 0xFE, 0, 0) || begins(bytes, 0, 0, 0xFE, 0xFF)) {
      return Optional.of(new ScriptEncoding("UTF-32", "UTF-32"));
    }
    if (begins(bytes, 0xFF, 0xFE) || begins(bytes, 0xFE, 0xFF)) {
      return Optional.of(new ScriptEncoding("UTF-16", "UTF-16"));
    }
    if (begins(bytes, 0x84, 0x31, 0x95, 0x33)) {
      return Optional.of(new ScriptEncoding("GB 18030", "GB18030"));
    }
    if (begins(bytes, 0x2B, 0x2F, 0x76)) {
      return Optional.of(new ScriptEncoding("UTF-7", "UTF-7"));
    }
    return withoutMark(bytes);
  }

  /** In SQL nearly every character is ASCII, and all bytes of it but one are zero. */
  private static Optional<ScriptEncoding> withoutMark(byte[] bytes) {
    int[] zeros = new int[4];
    int size = Math.min(bytes.length, SAMPLE) / 4 * 4;
    for (int i = 0; i < size; i++) {
      zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
    }
    int most = size / 4 / 2;
    boolean[] empty = new boolean[4];
    for (int i = 0; i < 4; i++) {
      empty[i] = size > 0 && zeros[i] > most;
    }
    if (empty[1] && empty[2] && empty[3] != empty[0]) {
      return Optional.of(new ScriptEncoding("UTF-32", empty[0] ? "UTF-32BE" : "UTF-32LE"));
    }
    if (empty[1] && empty[3]) {
      return Optional.of(
          new ScriptEncoding("UTF-16", "UTF-16")); // iconv takes it for little-endian
    }
    return empty[0] && empty[2]
        ? Optional.of(new ScriptEncoding("UTF-16", "UTF-16BE"))
        : Optional.empty();
  }

  private static boolean begins(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  void refuse(String file) {
    throw new MigrateException(
        FailureCode.INVALID_REVISION_FILE,
        "%s is %s and not UTF-8.".formatted(file, name),
        "Save the file as UTF-8, for example with 'iconv -f %s -t UTF-8'.".formatted(iconv));
  }
}
