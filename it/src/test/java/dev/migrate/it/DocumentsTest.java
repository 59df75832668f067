package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.it.Document.Block;
import dev.migrate.it.Document.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A page of ours")
class DocumentsTest {

  static Stream<String> pages() {
    return Document.all().stream().map(Document::path);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  @DisplayName(
      "shows no command that nobody tries: each block of commands says who does, or why not")
  void everyCommandIsTried(String page) throws IOException {
    for (Block block : Document.read(page).blocks()) {
      if (block.isOfCommands()) {
        assertThat(block.trials())
            .as("above line %d of %s, <!-- run in, tested by or not run: … -->", block.line(), page)
            .hasSize(1);
      }
      for (Trial trial : block.trials()) {
        if (trial instanceof Trial.NotRun no) {
          assertThat(no.reason()).as("the reason at line %d", block.line()).contains(" ");
        } else if (trial instanceof Trial.TestedBy by) {
          assertThat(
                  List.of(
                      Path.of("src/it", by.test(), "verify.groovy"),
                      Path.of("src/test/java/dev/migrate/it", by.test() + ".java")))
              .as("the sample or the test at line %d", block.line())
              .anyMatch(Files::exists);
        } else if (trial instanceof Trial.Run run) {
          assertThat(run.scenario())
              .as("where line %d runs", block.line())
              .isIn(DocumentsIT.scenarios());
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  @DisplayName("leads nowhere but to pages and headings that are there")
  void linksLeadSomewhere(String page) throws IOException {
    Path file = Document.ROOT.resolve(page);
    List<String> broken = new java.util.ArrayList<>();
    var links =
        java.util.regex.Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]+))?\\)")
            .matcher(Files.readString(file));
    while (links.find()) {
      Path target =
          links.group(1).isEmpty() ? file : file.getParent().resolve(links.group(1)).normalize();
      if (!Files.exists(target)) {
        broken.add(links.group());
      } else if (links.group(2) != null && !anchors(target).contains(links.group(2))) {
        broken.add(links.group());
      }
    }
    assertThat(broken).isEmpty();
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    try (Stream<String> lines = Files.lines(page)) {
      return lines
          .filter(line -> line.matches("#+ .*"))
          .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
          .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
          .toList();
    }
  }
}
