package dev.migrate.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Text from elsewhere")
class PlainTextTest {
  @Test
  @DisplayName("is left alone where it is text, in whatever language")
  void untouched() {
    for (String text : new String[] {"", "assets.name", "Größe — 日本 😀 ①", "a\\nb", "50 % \"x\""}) {
      assertThat(PlainText.line(text)).isSameAs(text);
    }
  }

  @Test
  @DisplayName("stays on its line, with line ends of every kind shown")
  void lineEnds() {
    assertThat(PlainText.line("a\nb\rc\r\nd\u0085e\u2028f\u2029g\u000bh\fi\tj"))
        .isEqualTo("a\\nb\\rc\\r\\nd\\u0085e\\u2028f\\u2029g\\u000bh\\u000ci\\tj");
  }

  @Test
  @DisplayName("shows what would give a terminal orders, turn the direction or not be seen")
  void orders() {
    assertThat(
            PlainText.line("\0\u001b[2J\u009b1m\u007f\u202e\u2066\u200b\u200d\ufeff\u00ad\u061c"))
        .isEqualTo(
            "\\u0000\\u001b[2J\\u009b1m\\u007f\\u202e\\u2066\\u200b\\u200d\\ufeff\\u00ad\\u061c");
    assertThat(PlainText.line("\ud83d \ude00 \udb40\udc41 \ufffe"))
        .isEqualTo("\\ud83d \\ude00 \\udb40\\udc41 \\ufffe");
  }

  @Test
  @DisplayName("of several lines has each further one indented")
  void lines() {
    assertThat(PlainText.lines("x\n[INFO] BUILD SUCCESS\r\n    Detail: y\n\nz\u2028\r\n"))
        .containsExactly("x", "  [INFO] BUILD SUCCESS", "    Detail: y", "", "  z\\u2028");
    assertThat(PlainText.lines("x\n[INFO]", "      ")).containsExactly("x", "      [INFO]");
    assertThat(PlainText.lines("x\r[INFO] y")).containsExactly("x\\r[INFO] y");
  }
}
