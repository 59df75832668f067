package dev.migrate.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A diff")
class DiffTest {
  private static final Fact KEPT = Fact.of(FactId.of(Kind.SCHEMA, "app")).build();
  private static final Fact GONE = Fact.of(FactId.of(Kind.VIEW, "app", "v")).build();
  private static final Fact NEW = Fact.of(FactId.of(Kind.TABLE, "app", "t")).build();
  private static final FactId SEQUENCE = FactId.of(Kind.SEQUENCE, "app", "s");

  private static Schema of(Fact... facts) {
    return new Schema(List.of(facts), List.of(), Map.of(), Schema.Origin.UNKNOWN);
  }

  @Test
  @DisplayName("names what was added, removed and altered, and nothing else")
  void changes() {
    Fact before = Fact.of(SEQUENCE).text(Attribute.START, "1").flag(Attribute.CYCLE, true).build();
    Fact after = Fact.of(SEQUENCE).text(Attribute.START, "2").text(Attribute.CACHE, "9").build();

    Diff diff = Diff.between(of(KEPT, GONE, before), of(KEPT, NEW, after));

    assertThat(diff.changes())
        .containsExactlyInAnyOrder(
            new Change.Removed(GONE), new Change.Added(NEW), new Change.Altered(before, after));
    Change.Altered altered = new Change.Altered(before, after);
    assertThat(altered.attributes()).containsOnlyKeys("start", "cycle", "cache");
    assertThat(altered.attributes().get("start").before()).contains(new AttributeValue.Text("1"));
    assertThat(altered.attributes().get("cache").before()).isEmpty();
    assertThat(altered.attributes().get("cycle").after()).isEmpty();
  }

  @Test
  @DisplayName("of a schema with itself is empty")
  void nothing() {
    assertThat(Diff.between(of(KEPT, NEW), of(NEW, KEPT)).isEmpty()).isTrue();
  }

  @Test
  @DisplayName("is found by code that names no kind of object")
  void namesNoKind() throws IOException {
    Path sources = Path.of("src/main/java/dev/migrate/diff");
    try (Stream<Path> files = Files.list(sources)) {
      // These two say of differences that are found already which are expected, by the patterns
      // that
      // people write, and which are one partition.
      List<Path> found = files.toList();
      assertThat(found)
          .contains(
              sources.resolve("ExpectedDifferences.java"),
              sources.resolve("UnknownPartitions.java"));
      for (Path file : found) {
        if (!file.endsWith("ExpectedDifferences.java")
            && !file.endsWith("UnknownPartitions.java")) {
          assertThat(Files.readString(file)).doesNotContain("Kind");
        }
      }
    }
  }
}
