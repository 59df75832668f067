package dev.migrate.lint;

/**
 * Line and column in a script.
 *
 * @param file how messages name the script
 * @param line from 1
 * @param column from 1
 */
public record SourcePosition(String file, int line, int column)
    implements Comparable<SourcePosition> {

  /** The place at an offset of a text. */
  static SourcePosition of(String file, String text, int offset) {
    int line = 1;
    int start = 0;
    int end = Math.min(offset, text.length());
    for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      line++;
      start = at + 1;
    }
    return new SourcePosition(file, line, end - start + 1);
  }

  @Override
  public int compareTo(SourcePosition other) {
    int byFile = file.compareTo(other.file);
    int byLine = Integer.compare(line, other.line);
    return byFile != 0 ? byFile : byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  /**
   * @return {@code file:line:column}, which editors and consoles make a link
   */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
