package dev.migrate.diff;

import dev.migrate.schema.AttributeValue;
import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes a change in words, each attribute with its old and its new value. */
public final class ChangeText {
  private static final int LONGEST = 160;
  private static final int CONTEXT = 40;

  private ChangeText() {}

  /**
   * @return {@code +}, {@code −} or {@code ~}
   */
  public static String sign(Change change) {
    if (change instanceof Change.Added) {
      return "+";
    }
    return change instanceof Change.Removed ? "−" : "~";
  }

  /**
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
              (name, values) -> details.add(name + ": " + both(values.before(), values.after())));
    }
    return details;
  }

  private static String pair(String name, AttributeValue value) {
    String text = text(Optional.of(value));
    return text.equals("true") ? name : name + ": " + text;
  }

  /** Of two long texts only what is around the difference is shown. */
  private static String both(Optional<AttributeValue> before, Optional<AttributeValue> after) {
    String old = whole(before);
    String wanted = whole(after);
    int same = 0;
    while (same < Math.min(old.length(), wanted.length())
        && old.charAt(same) == wanted.charAt(same)) {
      same++;
    }
    boolean cut = Math.max(old.length(), wanted.length()) > LONGEST && same > CONTEXT;
    int from = cut ? old.lastIndexOf(' ', same - CONTEXT) + 1 : 0;
    return shortened(old, from) + " → " + shortened(wanted, from);
  }

  private static String shortened(String text, int from) {
    String rest = (from > 0 ? "… " : "") + text.substring(from);
    return rest.length() <= LONGEST ? rest : rest.substring(0, LONGEST) + " …";
  }

  private static String text(Optional<AttributeValue> value) {
    return shortened(whole(value), 0);
  }

  private static String whole(Optional<AttributeValue> value) {
    return value
        .map(one -> one.toString().lines().map(String::strip).collect(Collectors.joining(" ")))
        .map(PlainText::line)
        .orElse("(none)");
  }

  /**
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
