package ${package}.transfer;

import java.io.IOException;
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
   * All lines that are not blank; the apostrophes of {@code write} are taken away again.
   *
   * @throws FormatException if a quote is not closed, or is followed by something else
   */
  static List<Line> read(String text) throws FormatException {
    return new Reader(text).lines();
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

  /** Goes through the text once. */
  private static final class Reader {
    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    Reader(String text) {
      String whole = text.replace("\r\n", "\n").replace('\r', '\n');
      this.text =
          !whole.isEmpty() && whole.charAt(0) == BYTE_ORDER_MARK ? whole.substring(1) : whole;
      String first = this.text.lines().findFirst().orElse("");
      this.separator = first.indexOf(';') >= 0 && first.indexOf(',') < 0 ? ';' : ',';
    }

    List<Line> lines() throws FormatException {
      List<Line> lines = new ArrayList<>();
      while (at < text.length()) {
        int number = line;
        List<String> fields = fields();
        if (fields.stream().anyMatch(field -> !field.isBlank())) {
          lines.add(new Line(number, fields));
        }
      }
      return lines;
    }

    private List<String> fields() throws FormatException {
      List<String> fields = new ArrayList<>();
      while (true) {
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        fields.add(unguarded(quoted ? quotedField() : plainField()));
        if (at >= text.length()) {
          return fields;
        }
        char end = text.charAt(at++);
        if (end == '\n') {
          line++;
          return fields;
        }
      }
    }

    private String plainField() {
      int start = at;
      while (at < text.length() && text.charAt(at) != separator && text.charAt(at) != '\n') {
        at++;
      }
      return text.substring(start, at).strip();
    }

    private String quotedField() throws FormatException {
      int start = line;
      StringBuilder field = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != '"') {
          field.append(c);
          line += c == '\n' ? 1 : 0;
        } else if (at < text.length() && text.charAt(at) == '"') {
          field.append('"');
          at++;
        } else if (at == text.length() || text.charAt(at) == separator || text.charAt(at) == '\n') {
          return field.toString();
        } else {
          throw new FormatException(line, "After a closing quote the field has to end.");
        }
      }
      throw new FormatException(start, "A quote is opened here and never closed.");
    }
  }
}
