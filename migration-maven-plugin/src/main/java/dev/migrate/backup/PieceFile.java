package dev.migrate.backup;

import dev.migrate.backup.GzipMember.Part;
import dev.migrate.files.OpenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Output file of a backup to which any number of threads append compressed pieces (gzip members).
 */
final class PieceFile {
  private final OpenFile file;
  private final int level;
  private final MessageDigest digest = sha256();
  private long bytes;

  PieceFile(OpenFile file, int level) {
    this.file = file;
    this.level = level;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Appends one statement. */
  void statement(Part part, String sql) throws IOException {
    byte[] text = (sql + ";\n\n").getBytes(StandardCharsets.UTF_8);
    append(part, text, text.length);
  }

  /** Compresses in the caller's thread, so that several can do it at once. */
  void append(Part part, byte[] content, int length) throws IOException {
    write(GzipMember.pack(part, content, length, level).packed());
  }

  private synchronized void write(byte[] packed) throws IOException {
    file.write(packed);
    digest.update(packed);
    bytes += packed.length;
  }

  synchronized long bytes() {
    return bytes;
  }

  /** The checksum of everything that was appended; nothing can be appended afterwards. */
  synchronized String checksum() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
