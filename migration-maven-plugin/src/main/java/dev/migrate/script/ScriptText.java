package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileFailures;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Decodes the content of a script, read once: strictly in its character encoding, which is UTF-8 if
 * nobody has said otherwise.
 *
 * @param text without a BOM
 * @param bom whether the file starts with one
 * @param checksum as Flyway computes it
 */
record ScriptText(String text, boolean bom, int checksum) {
  private static final int[] BOM = {0xEF, 0xBB, 0xBF};
  private static final char REPLACEMENT = '\uFFFD';

  static ScriptText read(Path path, String name) {
    return read(path, name, StandardCharsets.UTF_8);
  }

  static ScriptText read(Path path, String name, Charset encoding) {
    byte[] bytes = bytes(path, name);
    return encoding.equals(StandardCharsets.UTF_8)
        ? utf8(bytes, name)
        : foreign(bytes, name, encoding);
  }

  private static byte[] bytes(Path path, String name) {
    // A channel would cost twice the time, which is felt with many scripts in a fresh JVM.
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw FileFailures.cannotRead(name, notOpened(path, e));
    } catch (IOException e) {
      throw FileFailures.cannotRead(name, e);
    }
  }

  /** Flyway, too, sums up what it has read, and not how it was written. */
  private static ScriptText foreign(byte[] bytes, String name, Charset encoding) {
    try {
      String read =
          encoding
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      boolean bom = read.startsWith("\uFEFF");
      String text = bom ? read.substring(1) : read;
      return new ScriptText(text, bom, checksum(text.getBytes(StandardCharsets.UTF_8), 0));
    } catch (CharacterCodingException e) {
      throw new MigrateException(
          FailureCode.INVALID_REVISION_FILE,
          "%s is not %s, the encoding that is configured for this project's scripts."
              .formatted(name, encoding),
          "Save the file so, or correct <encoding> in <flyway> of the plugin's configuration.",
          e);
    }
  }

  private static ScriptText utf8(byte[] bytes, String name) {
    boolean bom = startsWithBom(bytes);
    int start = bom ? BOM.length : 0;
    String text = text(bytes, start, name);
    boolean ascii = text.length() == bytes.length - start;
    return new ScriptText(text, bom, ascii ? checksum(text, bytes, start) : checksum(bytes, start));
  }

  /** Bytes that are not UTF-8 come out as the replacement character: then it is looked at. */
  private static String text(byte[] bytes, int start, String name) {
    String quick = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    if (quick.indexOf('\0') >= 0 || quick.indexOf(REPLACEMENT) >= 0) {
      ScriptEncoding.of(bytes).ifPresent(other -> other.refuse(name));
    }
    return quick.indexOf(REPLACEMENT) < 0 ? quick : decoded(bytes, start, name);
  }

  /** The stream says in words of the system what the channel says by type. */
  private static IOException notOpened(Path path, FileNotFoundException e) {
    if (!Files.exists(path)) {
      return new NoSuchFileException(path.toString());
    }
    return Files.isReadable(path) ? e : new AccessDeniedException(path.toString());
  }

  private static boolean startsWithBom(byte[] bytes) {
    for (int i = 0; i < BOM.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != BOM[i]) {
        return false;
      }
    }
    return true;
  }

  private static String decoded(byte[] bytes, int start, String name) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length - start);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isUnderflow()) {
      result = decoder.flush(out);
    }
    if (result.isError()) {
      int offset = in.position();
      long line = 1;
      for (int i = 0; i < offset; i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new MigrateException(
          FailureCode.INVALID_REVISION_FILE,
          name
              + " is not UTF-8: byte "
              + String.format("0x%02X", bytes[offset] & 0xFF)
              + " at offset "
              + offset
              + ", in line "
              + line
              + ".",
          ScriptEncoding.UNKNOWN_REMEDY);
    }
    return out.flip().toString();
  }

  /** The same where characters are bytes: line ends are found without looking at each byte. */
  private static int checksum(String text, byte[] bytes, int start) {
    if (text.indexOf('\r') >= 0) {
      return checksum(bytes, start);
    }
    CRC32 crc = new CRC32();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      crc.update(bytes, start + from, end - from);
      from = end + 1;
    }
    crc.update(bytes, start + from, text.length() - from);
    return (int) crc.getValue();
  }

  /** In valid UTF-8 the bytes of a line are those that Flyway encodes again, so none is needed. */
  private static int checksum(byte[] bytes, int start) {
    CRC32 crc = new CRC32();
    int from = start;
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        crc.update(bytes, from, i - from);
        from = i + 1;
      }
    }
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
