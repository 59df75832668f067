package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The content of a script, read once: strictly UTF-8.
 *
 * @param text without a BOM
 * @param bom whether the file starts with one
 * @param checksum as Flyway computes it
 */
record ScriptText(String text, boolean bom, int checksum) {
  private static final int[] BOM = {0xEF, 0xBB, 0xBF};

  static ScriptText read(Path path, String name) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw FileFailures.cannotRead(name, e);
    }
    boolean bom = startsWithBom(bytes);
    int start = bom ? BOM.length : 0;
    return new ScriptText(decoded(bytes, start, name), bom, checksum(bytes, start));
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
          "Save the file as UTF-8, for example with 'iconv -f WINDOWS-1252 -t UTF-8'.");
    }
    return out.flip().toString();
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
