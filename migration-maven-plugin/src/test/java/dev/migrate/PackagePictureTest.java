package dev.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Keeps the picture in {@code docs/contributing/architecture.md} true: it is drawn from the
 * classes. {@code mvn -pl migration-maven-plugin test -Dtest=PackagePictureTest
 * -Dpicture.write=true} draws it anew.
 */
@DisplayName("The picture of the rooms")
class PackagePictureTest {
  private static final Path PAGE = Path.of("..", "docs", "contributing", "architecture.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/migrate");
  private static final Pattern DRAWN =
      Pattern.compile(
          "(?s)(?<=<!-- drawn by PackagePictureTest -->\n).*(?=<!-- drawn until here -->)");
  private static final Pattern FIRST_SENTENCE =
      Pattern.compile("(?s)/\\*\\*[\\s*]*(.*?\\.)(?=\\s)");

  @Test
  @DisplayName("shows what the classes do: the rooms, what each is, and whom it needs")
  void isTrue() throws IOException {
    Map<String, Set<String>> needs = needs();
    String drawn = graph(needs) + "\n" + table(needs);
    String page = Files.readString(PAGE);
    Matcher found = DRAWN.matcher(page);
    assertThat(found.find()).as("the page has a place for the picture").isTrue();
    if (Boolean.getBoolean("picture.write")) {
      Files.writeString(PAGE, found.replaceFirst(Matcher.quoteReplacement(drawn)));
    } else {
      assertThat(found.group()).isEqualTo(drawn);
    }
  }

  /** The rooms, and the rooms that classes of each use. */
  private static Map<String, Set<String>> needs() {
    Map<String, Set<String>> needs = new TreeMap<>();
    for (JavaClass one : ArchitectureTest.CLASSES) {
      Set<String> needed = needs.computeIfAbsent(room(one), name -> new TreeSet<>());
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass other = dependency.getTargetClass().getBaseComponentType();
        if (other.getPackageName().startsWith("dev.migrate.") && !room(other).equals(room(one))) {
          needed.add(room(other));
        }
      }
    }
    return needs;
  }

  private static String room(JavaClass one) {
    return one.getPackageName().split("\\.")[2];
  }

  /**
   * An arrow for each need that does not follow from others: whoever needs a also needs what a
   * needs.
   */
  private static String graph(Map<String, Set<String>> needs) {
    StringBuilder graph = new StringBuilder("```mermaid\nflowchart TD\n");
    needs.forEach(
        (room, needed) -> {
          for (String other : needed) {
            boolean follows =
                needed.stream().anyMatch(way -> !way.equals(other) && reaches(needs, way, other));
            if (!follows) {
              graph.append("  %s --> %s\n".formatted(room, other));
            }
          }
        });
    return graph.append("```\n").toString();
  }

  private static boolean reaches(Map<String, Set<String>> needs, String from, String to) {
    return needs.get(from).contains(to)
        || needs.get(from).stream().anyMatch(next -> reaches(needs, next, to));
  }

  private static String table(Map<String, Set<String>> needs) throws IOException {
    StringBuilder table = new StringBuilder("| room | what it is |\n|---|---|\n");
    for (String room : topFirst(needs)) {
      Matcher comment =
          FIRST_SENTENCE.matcher(Files.readString(SOURCES.resolve(room + "/package-info.java")));
      assertThat(comment.find()).as("the package comment of %s", room).isTrue();
      String sentence =
          comment
              .group(1)
              .replaceAll("\\s*\n \\*\\s*", " ")
              .replaceAll("\\{@\\w+ #?([^}]*)}", "`$1`");
      table.append("| `%s` | %s |\n".formatted(room, sentence));
    }
    return table.toString();
  }

  /** Whoever needs a room stands above it. */
  private static List<String> topFirst(Map<String, Set<String>> needs) {
    List<String> placed = new ArrayList<>();
    while (placed.size() < needs.size()) {
      needs.keySet().stream()
          .filter(room -> !placed.contains(room))
          .filter(
              room ->
                  needs.entrySet().stream()
                      .filter(other -> !placed.contains(other.getKey()))
                      .noneMatch(other -> other.getValue().contains(room)))
          .toList()
          .forEach(placed::add);
    }
    return placed;
  }
}
