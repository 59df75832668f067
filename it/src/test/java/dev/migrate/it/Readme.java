package dev.migrate.it;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a README tells its reader to do, in order: so that it and the test which follows it cannot
 * part. Commands stand in blocks of {@code shell}, changes of files in blocks of {@code diff}, new
 * files in blocks of {@code java} after a paragraph that names them.
 */
final class Readme {
  private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");
  private static final Pattern FILE = Pattern.compile("`(src/[^`]+)`");

  private Readme() {}

  /** Something to do. */
  sealed interface Step {
    /** Maven with these arguments. */
    record Run(List<String> arguments) implements Step {
      public Run {
        arguments = List.copyOf(arguments);
      }
    }

    /** Other lines instead of some, in the file whose name ends so. */
    record Change(String file, String before, String after) implements Step {}

    /** A new file. */
    record Write(String file, String content) implements Step {}
  }

  /**
   * @param text the README
   * @param heading a heading of the second level
   * @return what to do there
   */
  static List<Step> steps(String text, String heading) {
    int begin = text.indexOf("\n## " + heading + "\n");
    if (begin < 0) {
      throw new AssertionError("No heading " + heading);
    }
    int end = text.indexOf("\n## ", begin + 1);
    List<Step> steps = new ArrayList<>();
    StringBuilder prose = new StringBuilder();
    List<String> block = null;
    String language = "";
    int indent = 0;
    for (String line : text.substring(begin, end < 0 ? text.length() : end).split("\n")) {
      Matcher fence = FENCE.matcher(line);
      if (!fence.matches()) {
        if (block == null) {
          prose.append(line).append('\n');
        } else {
          block.add(line.substring(Math.min(indent, line.length())));
        }
      } else if (block == null) {
        block = new ArrayList<>();
        indent = fence.group(1).length();
        language = fence.group(2);
      } else {
        steps.addAll(read(language, block, prose.toString()));
        block = null;
        prose.setLength(0);
      }
    }
    return steps;
  }

  private static List<Step> read(String language, List<String> block, String prose) {
    return switch (language) {
      case "shell" -> block.stream().map(Readme::command).toList();
      case "diff" -> List.of(change(block));
      case "java" -> List.of(new Step.Write(file(prose), String.join("\n", block) + "\n"));
      default -> throw new AssertionError("A block of " + language + " cannot be followed");
    };
  }

  private static Step command(String line) {
    Matcher words =
        Pattern.compile("\"([^\"]*)\"|#.*|([^\\s\"#]+)")
            .matcher(line.replaceAll("=\"", "=\u0000\""));
    List<String> command = new ArrayList<>();
    boolean glue = false;
    while (words.find()) {
      String word = words.group(1) != null ? words.group(1) : words.group(2);
      if (word != null) {
        boolean open = word.endsWith("\u0000");
        String plain = open ? word.substring(0, word.length() - 1) : word;
        if (glue) {
          command.add(command.remove(command.size() - 1) + plain);
        } else {
          command.add(plain);
        }
        glue = open;
      }
    }
    if (command.isEmpty() || !command.get(0).equals("mvn")) {
      throw new AssertionError("Not a command of Maven: " + line);
    }
    return new Step.Run(command.subList(1, command.size()));
  }

  static Step.Change change(List<String> block) {
    String file = block.get(0).replaceFirst("^--- ", "");
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (String line : block.subList(1, block.size())) {
      String text = line.substring(1) + "\n";
      switch (line.charAt(0)) {
        case '-' -> before.append(text);
        case '+' -> after.append(text);
        case ' ' -> {
          before.append(text);
          after.append(text);
        }
        default -> throw new AssertionError("Neither kept, nor added, nor taken away: " + line);
      }
    }
    return new Step.Change(file, before.toString(), after.toString());
  }

  private static String file(String prose) {
    Matcher file = FILE.matcher(prose);
    String last = null;
    while (file.find()) {
      last = file.group(1);
    }
    if (last == null) {
      throw new AssertionError("No file is named in: " + prose);
    }
    return last;
  }
}
