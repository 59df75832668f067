package ${package}.transfer;

import static ${package}.testing.Pages.document;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
@DisplayName("A file that cannot be what it claims to be")
class HostileFilesIT {
  @Autowired private Pages pages;

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @DisplayName("is told in one line, with its number and what is wrong:")
  void isToldInOneLine(String what, byte[] file, String told) {
    assertThat(
            document(pages.upload("/transfer/preview", file), 200)
                .select("section[aria-labelledby=problems] tbody tr")
                .eachText())
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).matches(told));
  }

  private static Stream<Arguments> files() {
    String assets = "tag,name\nNB-8001,Lamp\n";
    byte[] zip = zip(StandardCharsets.UTF_8, "assets.csv", assets + "NB-8002,Chair\n".repeat(200));
    return Stream.of(
        file(
            "two files of one name",
            zip(StandardCharsets.UTF_8, "a/assets.csv", assets, "../assets.csv", assets),
            "Line 1 assets.csv This file is in the ZIP twice."),
        file(
            "a file of another name",
            zip(StandardCharsets.UTF_8, "../../etc/passwd", "x"),
            "Line 1 passwd There is no such file in an inventory.*"),
        file(
            "names in another encoding",
            zip(StandardCharsets.ISO_8859_1, "Geräte.csv", assets),
            "Line 1 (Ger.*csv There is no such file in an inventory.*|This is no ZIP file that can be read.)"),
        file(
            "a ZIP that ends too early",
            Arrays.copyOf(zip, zip.length - 30),
            "Line 1 This is no ZIP file that can be read."),
        file(
            "a ZIP with other bytes in it",
            spoilt(zip, 60),
            "Line [0-9]+ (assets .*|This is no ZIP file that can be read.)"),
        file(
            "a ZIP with a password",
            encrypted(zip),
            "Line 1 This is no ZIP file that can be read."),
        file(
            "a ZIP of a line without end",
            zip(StandardCharsets.UTF_8, "assets.csv", "tag,name\nNB-8001," + "x".repeat(5_000_000)),
            "Line 2 assets This line is longer than 100,000 characters: is a quote not closed."),
        file(
            "a quote that is never closed",
            utf8("tag,name\nNB-8001,\"Lamp\n" + "NB-8002,Chair\n".repeat(20_000)),
            "Line [0-9]+ This line is longer than 100,000 characters: is a quote not closed."),
        file(
            "a ZIP of lines without end",
            zip(StandardCharsets.UTF_8, "assets.csv", assets + "\n".repeat(2_000_000) + "NB-8002,Chair\n"),
            "Line [0-9]+ assets The file has more than 200,000 lines: import them in several files."),
        file(
            "three hundred columns",
            utf8("tag,name" + ",column".repeat(300) + "\nNB-8001,Lamp\n"),
            "Line 1 assets column, column.*… There are no such columns. Use: tag, name, .*"),
        file(
            "a file in UTF-16",
            assets.getBytes(StandardCharsets.UTF_16LE),
            "Line 1 The file is not in UTF-8.*"),
        file(
            "a file in UTF-16 with a byte order mark",
            assets.getBytes(StandardCharsets.UTF_16),
            "Line 1 The file is not in UTF-8.*"),
        file("bytes without meaning", new byte[5000], "Line 1 The file is not in UTF-8.*"),
        file(
            "a thousand places one inside the other",
            utf8("tag,name,location\nNB-8001,Lamp,A" + " / A".repeat(1000) + "\n"),
            "Line 2 assets location Put at most 20 places one inside the other."),
        file(
            "a place at the end of a thousand",
            utf8("place\nA" + " / A".repeat(1000) + "\n"),
            "Line 2 locations place Put at most 20 places one inside the other."),
        file(
            "a moment that nobody means",
            utf8("tag,name,held_since\nNB-8001,Lamp,+292278994-08-17T00:00:00Z\n"),
            "Line 2 assets held_since Enter a moment such as .*"),
        file(
            "a day that nobody means",
            utf8("tag,name,purchased_on\nNB-8001,Lamp,+999999-01-01\n"),
            "Line 2 assets purchased_on Enter a day as .*"),
        file(
            "an amount without end",
            utf8("tag,name,purchase_price\nNB-8001,Lamp," + "9".repeat(5000) + "\n"),
            "Line 2 assets purchase_price Enter an amount, such as .*"),
        file(
            "a tag without end",
            utf8("tag,name\nNB-" + "9".repeat(5000) + ",Lamp\n"),
            "Line 2 assets tag Write two to four capital letters.*"));
  }

  private static Arguments file(String what, byte[] content, String told) {
    return Arguments.of(what, content, told);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param files names and contents in turn
   */
  private static byte[] zip(Charset names, String... files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, names)) {
      for (int i = 0; i < files.length; i += 2) {
        zip.putNextEntry(new ZipEntry(files[i]));
        zip.write(utf8(files[i + 1]));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] spoilt(byte[] zip, int at) {
    byte[] other = zip.clone();
    Arrays.fill(other, at, at + 8, (byte) 0xFF);
    return other;
  }

  /** The bit that says so is set in the directory at the end. */
  private static byte[] encrypted(byte[] zip) {
    byte[] other = zip.clone();
    for (int i = 0; i < other.length - 8; i++) {
      if (other[i] == 'P' && other[i + 1] == 'K' && other[i + 2] == 1 && other[i + 3] == 2) {
        other[i + 8] |= 1;
      }
    }
    return other;
  }
}
