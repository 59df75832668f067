package dev.migrate.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every file and folder below a folder, hidden ones included, with contents. */
public final class ProjectTree {
  private static final Pattern ID = Pattern.compile("\\d{14}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\dZ?");

  private ProjectTree() {}

  /**
   * @return names and contents as they are; folders end with a slash
   */
  public static Map<String, String> of(Path root) {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(one -> !one.equals(root)).toList()) {
        String name = root.relativize(path).toString();
        if (Files.isDirectory(path)) {
          tree.put(name + "/", "");
        } else {
          tree.put(name, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  /**
   * @return the same, with the ids of revisions numbered and times left out
   */
  public static Map<String, String> withoutTimes(Path root) {
    Map<String, String> tree = of(root);
    TreeSet<String> ids = new TreeSet<>();
    for (String name : tree.keySet()) {
      Matcher id = ID.matcher(name);
      while (id.find()) {
        ids.add(id.group());
      }
    }
    Map<String, String> plain = new TreeMap<>();
    tree.forEach(
        (name, text) -> {
          String key = name;
          String value = TIME.matcher(text).replaceAll("<time>");
          int number = 0;
          for (String id : ids) {
            number++;
            key = key.replace(id, "<id " + number + ">");
            value = value.replace(id, "<id " + number + ">");
          }
          plain.put(key, value);
        });
    return plain;
  }
}
