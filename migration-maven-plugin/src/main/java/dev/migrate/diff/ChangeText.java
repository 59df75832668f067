package dev.migrate.diff;

import dev.migrate.schema.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A change in words, each attribute with its old and its new value. */
public final class ChangeText {
  private static final int LONGEST = 160;

  private ChangeText() {}

  /**
   * @param change a change
   * @return {@code +}, {@code −} or {@code ~}
   */
  public static String sign(Change change) {
    if (change instanceof Change.Added) {
      return "+";
    }
    return change instanceof Change.Removed ? "−" : "~";
  }

  /**
   * @param change a change
   * @return what is to be said besides sign and name: the attributes of what is new, the old and
   *     new values of what is altered
   */
  public static List<String> details(Change change) {
    List<String> details = new ArrayList<>();
    if (change instanceof Change.Added added) {
      added.fact().attributes().forEach((name, value) -> details.add(pair(name, value)));
    } else if (change instanceof Change.Altered altered) {
      altered
          .attributes()
          .forEach(
              (name, values) ->
                  details.add(
                      "%s: %s → %s".formatted(name, text(values.before()), text(values.after()))));
    }
    return details;
  }

  private static String pair(String name, Value value) {
    String text = text(Optional.of(value));
    return text.equals("true") ? name : name + ": " + text;
  }

  private static String text(Optional<Value> value) {
    if (value.isEmpty()) {
      return "(none)";
    }
    String line =
        value.get().toString().lines().map(String::strip).collect(Collectors.joining(" "));
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
  }

  /**
   * @param change a change
   * @return sign, name and details, on one line
   */
  public static String line(Change change) {
    List<String> details = details(change);
    return sign(change)
        + " "
        + change.id()
        + (details.isEmpty() ? "" : "  (" + String.join(", ", details) + ")");
  }
}
