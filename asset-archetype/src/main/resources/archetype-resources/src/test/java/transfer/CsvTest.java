package ${package}.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A CSV file")
class CsvTest {

  @Test
  @DisplayName("is read with commas or semicolons, any line end, and a byte order mark")
  void isReadAsSpreadsheetsWriteIt() throws Exception {
    assertThat(read("\uFEFFtag,name\r\nNB-1,Lamp\r\n\r\nNB-2,Chair"))
        .containsExactly(
            new Csv.Line(1, List.of("tag", "name")),
            new Csv.Line(2, List.of("NB-1", "Lamp")),
            new Csv.Line(4, List.of("NB-2", "Chair")));
    assertThat(read("tag;name\nNB-1;a, b"))
        .containsExactly(
            new Csv.Line(1, List.of("tag", "name")), new Csv.Line(2, List.of("NB-1", "a, b")));
  }

  @Test
  @DisplayName("has quotes around separators, quotes and line ends, and counts lines through them")
  void hasQuotes() throws Exception {
    assertThat(read("a,b\n\"x, \"\"y\"\"\",\"1\n2\"\nlast,"))
        .containsExactly(
            new Csv.Line(1, List.of("a", "b")),
            new Csv.Line(2, List.of("x, \"y\"", "1\n2")),
            new Csv.Line(4, List.of("last", "")));
  }

  @Test
  @DisplayName("is refused, with the line, where a quote is wrong")
  void isRefusedWhereAQuoteIsWrong() {
    assertThatThrownBy(() -> read("a\n\"b\nc"))
        .isInstanceOf(Csv.FormatException.class)
        .hasMessage("A quote is opened here and never closed.")
        .extracting(e -> ((Csv.FormatException) e).line())
        .isEqualTo(2);
    assertThatThrownBy(() -> read("a\n\n\"b\"c"))
        .isInstanceOf(Csv.FormatException.class)
        .extracting(e -> ((Csv.FormatException) e).line())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+41 31", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "＋1", "－1", "＠SUM(A1)", "=cmd|' /C calc'!A0"})
  @DisplayName("holds nothing that a spreadsheet would run")
  void holdsNoFormulas(String dangerous) throws Exception {
    assertThat(written(dangerous).replaceFirst("^\"", "")).startsWith("'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "a,b",
        "a;b",
        "say \"x\"",
        "two\nlines",
        "two\r\nlines\rmore",
        " space ",
        "=1",
        "'=1",
        "＝1",
        "'＝1",
        "''=1",
        "'tis",
        "-5",
        "ü€"
      })
  @DisplayName("is read as it was written")
  void isReadAsItWasWritten(String field) throws Exception {
    assertThat(read(written("first", field)))
        .containsExactly(new Csv.Line(1, List.of("first", field)));
  }

  private static List<Csv.Line> read(String text) throws Exception {
    List<Csv.Line> all = new ArrayList<>();
    Csv.Lines lines = Csv.read(new StringReader(text));
    for (Csv.Line line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    return all;
  }

  private static String written(String... fields) throws IOException {
    StringBuilder out = new StringBuilder();
    Csv.write(out, List.of(fields));
    return out.toString();
  }
}
