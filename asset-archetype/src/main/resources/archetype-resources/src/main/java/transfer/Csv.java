package ${package}.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma separated values as RFC 4180 describes them, and as spreadsheets write them: also with
 * semicolons, with a byte order mark, and with either kind of line end.
 */
final class Csv {
  /**
   * What a spreadsheet would take for the beginning of a formula, and run; also the wide forms, which
   * some spreadsheets make narrow first.
   */
  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20\u2212\uFE62\uFE63\uFE66\uFE6B";

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int LONGEST_HEADING = 10_000;
  private static final int LONGEST_LINE = 100_000;
  private static final int LONGEST_FILE = 300_000_000;

  private Csv() {}

  /**
   * A line of a file; one that holds line ends in quotes has the number of its first.
   *
   * @param number from 1
   */
  record Line(int number, List<String> fields) {
    Line {
      fields = List.copyOf(fields);
    }
  }

  /** The text is no CSV. */
  static final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    FormatException(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  /** Writes a line; a field that looks like a formula gets an apostrophe, which disarms it. */
  static void write(Appendable out, List<String> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(quoted(guarded(fields.get(i) == null ? "" : fields.get(i))));
    }
    out.append("\r\n");
  }

  /** Begins a file, so that spreadsheets know its encoding. */
  static void begin(Appendable out) throws IOException {
    out.append(BYTE_ORDER_MARK);
  }

  /**
   * The lines that are not blank, one at a time; the apostrophes of {@code write} are taken away
   * again.
   */
  static Lines read(Reader text) throws IOException {
    return new Lines(text);
  }

  private static String guarded(String field) {
    return isFormula(field) || isGuarded(field) ? "'" + field : field;
  }

  private static String unguarded(String field) {
    return isGuarded(field) ? field.substring(1) : field;
  }

  private static boolean isFormula(String field) {
    return !field.isEmpty() && FORMULA.indexOf(field.charAt(0)) >= 0;
  }

  /** An apostrophe, or several, before a formula. */
  private static boolean isGuarded(String field) {
    String rest = field.replaceFirst("^'+", "");
    return field.startsWith("'") && isFormula(rest);
  }

  private static String quoted(String field) {
    boolean plain =
        field.chars().noneMatch(c -> c == ',' || c == ';' || c == '"' || c == '\n' || c == '\r')
            && field.equals(field.strip());
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** Goes through a text once. */
  static final class Lines {
    private static final int END = -1;

    private final PushbackReader text;
    private final char separator;
    private int line = 1;
    private int length;
    private int total;

    private Lines(Reader text) throws IOException {
      this.text = new PushbackReader(new BufferedReader(text), LONGEST_HEADING + 2);
      char[] begin = new char[LONGEST_HEADING];
      int length = 0;
      for (int c = this.text.read(); c != END; c = this.text.read()) {
        if (length > 0 || c != BYTE_ORDER_MARK) {
          begin[length++] = (char) c;
        }
        if (c == '\n' || c == '\r' || length == begin.length) {
          break;
        }
      }
      String first = new String(begin, 0, length);
      separator = count(first, ';') > count(first, ',') ? ';' : ',';
      this.text.unread(begin, 0, length);
    }

    /**
     * The next line; null after the last.
     *
     * @throws FormatException if a quote is not closed, or is followed by something else, or the line
     *     or the file has no end
     */
    Line next() throws IOException, FormatException {
      while (peek() != END) {
        int number = line;
        length = 0;
        List<String> fields = fields();
        if (fields.stream().anyMatch(field -> !field.isBlank())) {
          return new Line(number, fields);
        }
      }
      return null;
    }

    private List<String> fields() throws IOException, FormatException {
      List<String> fields = new ArrayList<>();
      while (true) {
        fields.add(unguarded(peek() == '"' ? quotedField() : plainField()));
        grow();
        int end = take();
        if (end == END) {
          return fields;
        }
        if (end == '\n') {
          line++;
          return fields;
        }
      }
    }

    private String plainField() throws IOException, FormatException {
      StringBuilder field = new StringBuilder();
      for (int c = peek(); c != END && c != separator && c != '\n'; c = peek()) {
        field.append((char) take());
        grow();
      }
      return field.toString().strip();
    }

    /** So that no file, whatever is in it, fills the memory. */
    private void grow() throws FormatException {
      if (++length > LONGEST_LINE) {
        throw new FormatException(
            line, "This line is longer than 100,000 characters: is a quote not closed?");
      }
      if (++total > LONGEST_FILE) {
        throw new FormatException(line, "The file is larger than 300 MB.");
      }
    }

    private String quotedField() throws IOException, FormatException {
      int start = line;
      StringBuilder field = new StringBuilder();
      take();
      int before = END;
      for (int c = text.read(); c != END; c = text.read()) {
        grow();
        if (c != '"') {
          // Line ends stay as they are: they belong to the value.
          field.append((char) c);
          line += c == '\r' || c == '\n' && before != '\r' ? 1 : 0;
          before = c;
        } else if (peek() == '"') {
          field.append((char) take());
          before = c;
        } else if (peek() == END || peek() == separator || peek() == '\n') {
          return field.toString();
        } else {
          throw new FormatException(line, "After a closing quote the field has to end.");
        }
      }
      throw new FormatException(start, "A quote is opened here and never closed.");
    }

    private int peek() throws IOException {
      int c = take();
      if (c != END) {
        text.unread(c);
      }
      return c;
    }

    /** Every kind of line end as one character. */
    private int take() throws IOException {
      int c = text.read();
      if (c != '\r') {
        return c;
      }
      int after = text.read();
      if (after != '\n' && after != END) {
        text.unread(after);
      }
      return '\n';
    }

    private static long count(String text, char c) {
      return text.chars().filter(each -> each == c).count();
    }
  }
}
