package dev.migrate.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.adopt.PomFile.Element;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A POM that gets parameters of this plugin")
class PomFileTest {
  private static final List<Element> WANTED =
      List.of(
          Element.of("historyTable", "a&b"),
          new Element("flyway", "", Map.of("sqlMigrationPrefix", "", "encoding", "x")));

  private static final String OURS =
      "      <plugin>\n        <groupId>dev.migrate</groupId>\n"
          + "        <artifactId>migration-maven-plugin</artifactId>\n%s      </plugin>\n";

  private static final String OTHER =
      "      <plugin>\n        <artifactId>other</artifactId>\n        <configuration>\n"
          + "          <historyTable>no</historyTable>\n        </configuration>\n      </plugin>\n";

  @TempDir private Path folder;

  private static String pom(String build) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ä </project> -->\n<project>\n"
        + "  <modelVersion>4.0.0</modelVersion>\n"
        + build
        + "</project>\n";
  }

  private static String plugins(String... plugins) {
    return "  <build>\n    <plugins>\n" + String.join("", plugins) + "    </plugins>\n  </build>\n";
  }

  private Optional<List<String>> add(String text, String version) throws IOException {
    Path file = folder.resolve("pom.xml");
    Files.writeString(file, text);
    return new PomFile(file, "pom.xml").add(WANTED, version);
  }

  private String written() throws IOException {
    return Files.readString(folder.resolve("pom.xml"));
  }

  @Test
  @DisplayName("keeps every other character, wherever the plugin stands, and takes them only once")
  void everyPlace() throws IOException {
    for (String before :
        List.of(
            pom(plugins(OTHER, OURS.formatted(""))),
            pom(plugins(OURS.formatted("        <configuration/>\n"), OTHER)),
            pom(
                plugins(
                    OURS.formatted(
                        "        <configuration>\n          <model>m.sql</model>\n"
                            + "        </configuration>\n"))),
            pom(plugins(OTHER)),
            pom("  <build>\n  </build>\n"),
            pom(""),
            pom("").replace("\n", "\r\n"))) {
      assertThat(add(before, "1")).as(before).isPresent();
      String after = written();
      assertThat(after)
          .contains("<historyTable>a&amp;b</historyTable>", "<sqlMigrationPrefix/>")
          .contains("<encoding>x</encoding>", "<!-- ä </project> -->");
      for (String line : before.replace("<configuration/>", "").split("\r?\n")) {
        assertThat(after).contains(line.strip());
      }
      assertThat(after.contains("\r\n")).isEqualTo(before.contains("\r\n"));
      assertThat(new PomFile(folder.resolve("pom.xml"), "pom.xml").add(WANTED, "1"))
          .contains(List.of());
      assertThat(written()).isEqualTo(after);
    }
    assertThat(add(pom(plugins(OTHER, OURS.formatted(""))), null)).isPresent();
    assertThat(written())
        .isEqualTo(
            pom(
                plugins(
                    OTHER,
                    OURS.formatted(
                        """
                                <configuration>
                                  <historyTable>a&amp;b</historyTable>
                                  <flyway>
                                    <encoding>x</encoding>
                                    <sqlMigrationPrefix/>
                                  </flyway>
                                </configuration>
                        """))));
  }

  @Test
  @DisplayName("keeps a parameter that somebody has set")
  void keepsWhatIsSet() throws IOException {
    String before =
        pom(
            plugins(
                OURS.formatted(
                    "        <configuration>\n          <historyTable>mine</historyTable>\n"
                        + "        </configuration>\n")));
    assertThat(add(before, null).orElseThrow()).noneMatch(line -> line.contains("historyTable"));
    assertThat(written()).contains("<historyTable>mine</historyTable>", "<flyway>");
  }

  @Test
  @DisplayName("is left alone when it is no POM, or in another alphabet")
  void leftAlone() throws IOException {
    for (String text :
        List.of("", "<project>", "<other/>", pom("").replace("UTF-8", "ISO-8859-1"))) {
      assertThat(add(text, "1")).as(text).isEmpty();
      assertThat(written()).isEqualTo(text);
    }
  }
}
