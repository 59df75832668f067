package dev.migrate.script;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Event;

/**
 * Parser of a migration file name as Flyway reads it: prefix, version, description, suffix.
 *
 * @param kind what the prefix says
 * @param prefix the prefix
 * @param version the version part, empty for a repeatable migration
 * @param rest everything after the version, for example {@code __add_people.sql}
 * @param description what Flyway calls the description
 */
record MigrationFileName(
    Kind kind, String prefix, String version, String rest, String description) {
  private static final int MAX_CODE_POINTS = 60;

  /** With version, separators and suffix the name stays below the 255 bytes of a file system. */
  private static final int MAX_BYTES = 200;

  /** What callbacks of these are about does not happen in an upgrade. */
  static final Set<String> ELSEWHERE = Set.of("Clean", "Undo", "Info", "Repair");

  static final Set<String> CALLBACKS =
      Stream.of(Event.values()).map(Event::getId).collect(Collectors.toUnmodifiableSet());

  /** What a script is for. */
  enum Kind {
    UPGRADE,
    DOWNGRADE,
    BASELINE,
    REPEATABLE
  }

  /**
   * Makes the descriptive part of a file name.
   *
   * @param message in any language
   * @return letters, digits and the marks on them in lower case, everything else as single
   *     underscores; at most 60 code points, never empty
   */
  static String slug(String message) {
    String text = Normalizer.normalize(message, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    StringBuilder slug = new StringBuilder();
    int codePoints = 0;
    int bytes = 0;
    boolean gap = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      boolean mark = isMark(c) && !slug.isEmpty() && !gap;
      if (!Character.isLetterOrDigit(c) && !mark) {
        gap = true;
        continue;
      }
      String added = (gap && !slug.isEmpty() ? "_" : "") + Character.toString(c);
      codePoints += added.codePointCount(0, added.length());
      bytes += added.getBytes(StandardCharsets.UTF_8).length;
      if (codePoints > MAX_CODE_POINTS || bytes > MAX_BYTES) {
        break;
      }
      slug.append(added);
      gap = false;
    }
    return slug.isEmpty() ? "revision" : slug.toString();
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
