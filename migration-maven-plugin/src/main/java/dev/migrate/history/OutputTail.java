package dev.migrate.history;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the last lines of the output of a process, which may print without end. */
final class OutputTail extends OutputStream {
  private final byte[] kept;
  private long written;

  /**
   * @param most how many bytes are kept
   */
  OutputTail(int most) {
    kept = new byte[most];
  }

  @Override
  public synchronized void write(int one) {
    kept[(int) (written % kept.length)] = (byte) one;
    written++;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int skipped = Math.max(0, length - kept.length);
    written += skipped;
    for (int i = offset + skipped; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  /**
   * @return what was printed last; without the line of which only the end is kept
   */
  synchronized String text() {
    if (written <= kept.length) {
      return new String(Arrays.copyOf(kept, (int) written), StandardCharsets.UTF_8);
    }
    int begin = (int) (written % kept.length);
    byte[] inOrder = new byte[kept.length];
    System.arraycopy(kept, begin, inOrder, 0, kept.length - begin);
    System.arraycopy(kept, 0, inOrder, kept.length - begin, begin);
    String text = new String(inOrder, StandardCharsets.UTF_8);
    return text.substring(text.indexOf('\n') + 1);
  }
}
