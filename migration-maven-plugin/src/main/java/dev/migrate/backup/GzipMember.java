package dev.migrate.backup;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One gzip member of a compressed backup file, so that the whole file is what {@code gunzip}
 * understands. An extra field of its header says how long it is and what is in it, so that our
 * restore finds the pieces without unpacking them, and loads several at once.
 *
 * @param part what is in it
 * @param packed the member, header and all
 * @param size its length when it is unpacked
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
record GzipMember(Part part, byte[] packed, int size) {
  private static final int HEADER = 10;
  private static final int EXTRA = 2 + 4 + 5;
  private static final int TRAILER = 8;
  private static final byte FLAG_EXTRA = 4;

  /** Deflate makes nothing smaller than this part of it. */
  private static final int BEST_RATIO = 1100;

  /** What stands in a piece. */
  enum Part {
    /** Settings of the session. */
    PREAMBLE,
    /** One statement that is needed before the rows. */
    BEFORE_DATA,
    /** One {@code COPY} with its rows; in any order, and any number at once. */
    DATA,
    /** One statement that follows the rows: a sequence's value, a large object. */
    WITH_DATA,
    /** One statement that makes an index or a key; those that follow each other in any order. */
    INDEX,
    /** One statement that is faster, or only right, when the rows are there. */
    AFTER_DATA,
    /** One statement that makes a foreign key; those that follow each other in any order. */
    FOREIGN_KEY,
    /** One statement about owners and privileges. */
    RIGHTS,
    /** One statement about an event trigger, which hears of what comes after it. */
    EVENT_TRIGGER;

    /** Whether pieces that follow each other may be loaded at once. */
    boolean anyOrder() {
      return this == DATA || this == INDEX || this == FOREIGN_KEY;
    }

    /** Whether all rows are there when it is its turn. */
    boolean afterRows() {
      return compareTo(INDEX) >= 0;
    }
  }

  /** Compresses a piece. */
  static GzipMember pack(Part part, byte[] content, int length, int level) {
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setInput(content, 0, length);
      deflater.finish();
      ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(64, length / 4));
      byte[] buffer = new byte[64 * 1024];
      while (!deflater.finished()) {
        body.write(buffer, 0, deflater.deflate(buffer));
      }
      CRC32 crc = new CRC32();
      crc.update(content, 0, length);
      int total = HEADER + EXTRA + body.size() + TRAILER;
      ByteBuffer packed = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
      packed.put((byte) 0x1f).put((byte) 0x8b).put((byte) 8).put(FLAG_EXTRA).putInt(0);
      packed.put((byte) 0).put((byte) 255);
      packed.putShort((short) (EXTRA - 2)).put((byte) 'M').put((byte) 'G').putShort((short) 5);
      packed.putInt(total).put((byte) part.ordinal());
      packed.put(body.toByteArray()).putInt((int) crc.getValue()).putInt(length);
      return new GzipMember(part, packed.array(), length);
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads the next piece of a file, still packed.
   *
   * @return the piece, or null at the end of the file
   * @throws IOException when the file ends within a piece, or is none of ours
   */
  static GzipMember next(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER + EXTRA);
    if (header.length == 0) {
      return null;
    }
    if (header.length < HEADER + EXTRA) {
      throw new EOFException("the file ends in the middle of a piece");
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    boolean ours =
        header[0] == 0x1f
            && header[1] == (byte) 0x8b
            && header[3] == FLAG_EXTRA
            && header[12] == 'M'
            && header[13] == 'G';
    int total = fields.getInt(16);
    if (!ours || total < HEADER + EXTRA + TRAILER || header[20] >= Part.values().length) {
      throw new IOException("it does not consist of the pieces that this plugin writes");
    }
    // Only as much memory as there is file: the length may be wrong.
    byte[] rest = in.readNBytes(total - header.length);
    if (rest.length < total - header.length) {
      throw new EOFException("the file ends in the middle of a piece");
    }
    byte[] packed = Arrays.copyOf(header, total);
    System.arraycopy(rest, 0, packed, header.length, rest.length);
    int size = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getInt(total - 4);
    return new GzipMember(Part.values()[header[20]], packed, size);
  }

  /**
   * @return the content
   * @throws IOException when the piece is damaged
   */
  byte[] unpack() throws IOException {
    if (size < 0 || size > (long) packed.length * BEST_RATIO) {
      throw new IOException("a piece is damaged");
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed, HEADER + EXTRA, packed.length - HEADER - EXTRA - TRAILER);
      byte[] content = new byte[size];
      int length = 0;
      while (length < size && !inflater.finished() && !inflater.needsInput()) {
        length += inflater.inflate(content, length, size - length);
      }
      CRC32 crc = new CRC32();
      crc.update(content);
      int expected =
          ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getInt(packed.length - TRAILER);
      if (length != size || (int) crc.getValue() != expected) {
        throw new IOException("a piece is damaged");
      }
      return content;
    } catch (DataFormatException e) {
      throw new IOException("a piece is damaged", e);
    } finally {
      inflater.end();
    }
  }
}
