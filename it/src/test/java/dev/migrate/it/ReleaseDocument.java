package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docs/release.md tells people to copy, so that what they copy is what is tested. */
final class ReleaseDocument {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final String TEXT = text();

  private ReleaseDocument() {}

  private static String text() {
    try {
      return Files.readString(Path.of("..", "docs", "release.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param language what stands behind the three ticks
   * @param word a text that only the block in question holds
   * @return the block
   */
  static String block(String language, String word) {
    List<String> found =
        BLOCK
            .matcher(TEXT)
            .results()
            .filter(block -> block.group(1).equals(language))
            .map(block -> block.group(2))
            .filter(block -> block.contains(word))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " blocks of " + language + " with '" + word + "': " + found);
    }
    return found.get(0);
  }

  /** The same as a document of YAML. */
  static Map<String, Object> yaml(String word) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(block("yaml", word));
  }

  /** The languages of all blocks, for a test to notice one that it does not know. */
  static List<String> languages() {
    return BLOCK.matcher(TEXT).results().map((MatchResult block) -> block.group(1)).toList();
  }
}
