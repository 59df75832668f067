package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of ours as its tests see it: the fenced blocks, the tables of commands, and what a comment
 * above each says about who tries it. A reader does not see these comments.
 *
 * <pre>
 * &lt;!-- run in: SCENARIO -->              it is run there, and what it shows is compared
 * &lt;!-- run in: SCENARIO, fails -->       the same, and it fails
 * &lt;!-- run in: SCENARIO, into: FILE -->  it is added to the end of the file
 * &lt;!-- run in: SCENARIO, into: FILE, after: TEXT -->  it is put behind the line that holds the text
 * &lt;!-- tested by: NAME -->               a test or a sample of src/it does the same
 * &lt;!-- not run: REASON -->               it cannot be run
 * </pre>
 *
 * @param path where it is, from the root
 * @param blocks its blocks and tables, in order
 */
record Document(String path, List<Block> blocks) {
  static final Path ROOT = root();

  private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");
  private static final Pattern MARKER =
      Pattern.compile(" *<!-- (run in|tested by|not run): (.*) -->");
  private static final Pattern CELL = Pattern.compile("`([^`]+)`");

  Document {
    blocks = List.copyOf(blocks);
  }

  /** Seen from the classes: scripts of the Invoker run in another folder than tests. */
  private static Path root() {
    try {
      Path classes =
          Path.of(Document.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who tries a block. */
  sealed interface Trial {
    /**
     * @param scenario where
     * @param fails whether the last command fails
     * @param file the pattern of the name of a file that takes the text; empty for commands
     * @param after a text in the line behind which it is put; empty for the end
     */
    record Run(String scenario, boolean fails, String file, String after) implements Trial {}

    /** Another test. */
    record TestedBy(String test) implements Trial {}

    /** Nobody. */
    record NotRun(String reason) implements Trial {}
  }

  /**
   * @param line where it begins
   * @param language what stands behind the ticks; {@code table} for a table
   * @param text what stands in it; for a table, the commands of its last column
   * @param trials what the comment above says; none, or one
   */
  record Block(int line, String language, String text, List<Trial> trials) {
    Block {
      trials = List.copyOf(trials);
    }

    boolean isOfCommands() {
      return List.of("shell", "console", "bash", "sh").contains(language)
          || language.isEmpty() && text.matches("(?s)(\\$|mvn|[.]/migrate|docker|git|psql) .*");
    }
  }

  /** All pages. */
  static List<Document> all() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              docs.map(ROOT::relativize)
                  .map(path -> path.toString().replace('\\', '/'))
                  .filter(name -> name.endsWith(".md"))
                  .sorted(),
              Stream.of(
                  "README.md", "asset-archetype/src/main/resources/archetype-resources/README.md"))
          .map(Document::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param path where it is, from the root
   * @return the page
   */
  static Document read(String path) {
    try {
      return new Document(path, blocks(Files.readAllLines(ROOT.resolve(path))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param text something that only one of the blocks says
   * @return that block
   */
  Block block(String text) {
    List<Block> found = blocks.stream().filter(block -> block.text().contains(text)).toList();
    if (found.size() != 1) {
      throw new AssertionError(path + " has " + found.size() + " blocks with " + text);
    }
    return found.get(0);
  }

  private static List<Block> blocks(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    List<Trial> trials = List.of();
    for (int i = 0; i < lines.size(); i++) {
      Matcher marker = MARKER.matcher(lines.get(i));
      Matcher fence = FENCE.matcher(lines.get(i));
      if (marker.matches()) {
        trials = List.of(trial(marker.group(1), marker.group(2)));
      } else if (fence.matches()) {
        int begin = i + 1;
        int indent = fence.group(1).length();
        StringBuilder text = new StringBuilder();
        while (!lines.get(++i).strip().equals("```")) {
          String line = lines.get(i);
          text.append(line.substring(Math.min(indent, line.length()))).append('\n');
        }
        blocks.add(new Block(begin, fence.group(2), text.toString(), trials));
        trials = List.of();
      } else if (lines.get(i).startsWith("|")) {
        int begin = i + 1;
        StringBuilder commands = new StringBuilder();
        for (; i < lines.size() && lines.get(i).startsWith("|"); i++) {
          String[] cells = lines.get(i).split("(?<!\\\\)\\|");
          Matcher cell = CELL.matcher(cells[cells.length - 1]);
          while (cell.find()) {
            commands.append(cell.group(1)).append('\n');
          }
        }
        i--;
        blocks.add(new Block(begin, "table", commands.toString(), trials));
        trials = List.of();
      }
    }
    return blocks;
  }

  private static Trial trial(String kind, String text) {
    if (kind.equals("tested by")) {
      return new Trial.TestedBy(text.strip());
    }
    if (kind.equals("not run")) {
      return new Trial.NotRun(text.strip());
    }
    String[] words = text.split(", (?=fails$|into: |after: )");
    boolean fails = false;
    String file = "";
    String after = "";
    for (int i = 1; i < words.length; i++) {
      if (words[i].equals("fails")) {
        fails = true;
      } else if (words[i].startsWith("into: ")) {
        file = words[i].substring("into: ".length());
      } else {
        after = words[i].substring("after: ".length());
      }
    }
    return new Trial.Run(words[0].strip(), fails, file, after);
  }
}
