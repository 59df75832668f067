package dev.migrate.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.adopt.PomFile.Element;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
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
            pom("  <build/>\n"),
            pom("  <build />\n").replace("\n", "\r\n"),
            pom("  <build>\n    <plugins/>\n  </build>\n"),
            pom("  <build><plugins></plugins></build>\n"),
            pom("  <build><pluginManagement><plugins/></pluginManagement></build>\n"),
            pom("").replace("\n", "").replace("?>", "?>\n"),
            pom("\t<build>\n\t\t<plugins  />\n\t</build>\n").replace("  <", "\t<"),
            "\uFEFF" + pom(plugins(OTHER)).replace("  ", "    "),
            pom(
                "  <profiles>\n    <profile>\n    <id>p</id>\n"
                    + plugins(OURS.formatted(""))
                    + "    </profile>\n  </profiles>\n"),
            pom(""),
            pom("").replace("\n", "\r\n"))) {
      assertThat(add(before, "1")).as(before).isPresent();
      String after = written();
      assertThat(after)
          .contains("<historyTable>a&amp;b</historyTable>", "<sqlMigrationPrefix/>")
          .contains("<encoding>x</encoding>", "<!-- ä </project> -->");
      for (String tag : before.split("(?<=>)\\s*")) {
        assertThat(after).contains(tag.replaceFirst("<(configuration|build|plugins) */>", ""));
      }
      assertThat(valid(after)).as(after).isEqualTo(1);
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

  /** How often Maven finds the plugin in the build of a POM, which it reads strictly. */
  private static long valid(String pom) throws IOException {
    String text = pom.startsWith("\uFEFF") ? pom.substring(1) : pom;
    try {
      return new MavenXpp3Reader()
          .read(new StringReader(text), true).getBuild().getPlugins().stream()
              .filter(plugin -> plugin.getArtifactId().equals("migration-maven-plugin"))
              .filter(plugin -> ((Xpp3Dom) plugin.getConfiguration()).getChildCount() >= 2)
              .count();
    } catch (XmlPullParserException e) {
      throw new IOException(pom, e);
    }
  }

  @Test
  @DisplayName("is indented as it was before")
  void indented() throws IOException {
    String tabs = "<project>\n\t<modelVersion>4.0.0</modelVersion>\n\t<build/>\n</project>\n";
    assertThat(add(tabs, "1")).isPresent();
    assertThat(written())
        .contains("\n\t<build>\n\t\t<plugins>\n\t\t\t<plugin>\n\t\t\t\t<groupId>")
        .contains("\n\t\t</plugins>\n\t</build>\n</project>\n");
    String four =
        "<project>\n    <modelVersion>4.0.0</modelVersion>\n    <build>\n        <plugins/>\n    </build>\n</project>\n";
    assertThat(add(four, "1")).isPresent();
    assertThat(written())
        .contains("\n        <plugins>\n            <plugin>\n                <groupId>")
        .contains("\n            </plugin>\n        </plugins>\n    </build>\n</project>\n");
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
