package dev.migrate.script;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Event;

/**
 * The name of a script as Flyway reads it.
 *
 * @param kind what the first letter says
 * @param version the version part, empty for a repeatable migration
 * @param rest everything after the version, for example {@code __add_people.sql}
 */
record FileName(Kind kind, String version, String rest) {
  private static final int MAX_CODE_POINTS = 60;

  /** With version, separators and suffix the name stays below the 255 bytes of a file system. */
  private static final int MAX_BYTES = 200;

  private static final String SUFFIX = ".sql";

  /** What callbacks of these are about does not happen in an upgrade. */
  private static final Set<String> ELSEWHERE = Set.of("Clean", "Undo", "Info", "Repair");

  private static final Set<String> CALLBACKS =
      Stream.of(Event.values()).map(Event::getId).collect(Collectors.toUnmodifiableSet());

  private static final Pattern VERSIONED =
      Pattern.compile("(?s)([VUB])([0-9]+(?:[._][0-9]+)*)(?<rest>(?:__.*)?\\.(?i:sql))");
  private static final Pattern REPEATABLE = Pattern.compile("(?s)R(?<rest>__.*\\.(?i:sql))");

  /** Signs, and the digits of other scripts: BigInteger takes them, and so does Flyway. */
  private static final Pattern ODD_VERSION =
      Pattern.compile("(?s)[VB][+-]?\\p{Nd}+(?:[._][+-]?\\p{Nd}+)*(?:__.*)?\\.(?i:sql)");

  private static final Pattern ALMOST =
      Pattern.compile("(?:[VUBvub][0-9_]|[Rr]_).*\\.(?i:sql)", Pattern.DOTALL);

  /** What a script is for. */
  enum Kind {
    UPGRADE,
    DOWNGRADE,
    BASELINE,
    REPEATABLE
  }

  static Optional<FileName> parse(String name) {
    Matcher versioned = VERSIONED.matcher(name);
    if (versioned.matches()) {
      Kind kind =
          switch (versioned.group(1)) {
            case "V" -> Kind.UPGRADE;
            case "U" -> Kind.DOWNGRADE;
            default -> Kind.BASELINE;
          };
      return Optional.of(new FileName(kind, versioned.group(2), versioned.group("rest")));
    }
    Matcher repeatable = REPEATABLE.matcher(name);
    return repeatable.matches()
        ? Optional.of(new FileName(Kind.REPEATABLE, "", repeatable.group("rest")))
        : Optional.empty();
  }

  /** Whether this is the name of a SQL file, in whatever capitals: as Flyway looks at it. */
  static boolean hasSuffix(String name) {
    return name.regionMatches(true, name.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
  }

  /** Whether Flyway runs a file of this name before or after something else. */
  static boolean isCallback(String name) {
    if (!hasSuffix(name)) {
      return false;
    }
    String words = name.substring(0, name.length() - SUFFIX.length());
    int separator = words.indexOf("__");
    return CALLBACKS.contains(separator < 0 ? words : words.substring(0, separator));
  }

  /** Whether an upgrade can run a file of this name before or after something else. */
  static boolean isCallbackOfUpgrade(String name) {
    String event = name.split("__", 2)[0];
    return isCallback(name) && ELSEWHERE.stream().noneMatch(event::contains);
  }

  /** Whether Flyway could take it for a migration; then it sees only what it is told to run. */
  static boolean isForMigrations(String name) {
    return !name.isEmpty() && "VBRU".indexOf(name.charAt(0)) >= 0;
  }

  /** Whether Flyway runs it under a version that no revision of ours can have. */
  static boolean hasOddVersion(String name) {
    return ODD_VERSION.matcher(name).matches();
  }

  /** Whether a name that does not parse was probably meant to. */
  static boolean isAlmostOne(String name) {
    return ALMOST.matcher(name).matches();
  }

  /** What Flyway calls the description. */
  String description() {
    String words = rest.substring(0, rest.length() - SUFFIX.length());
    return words.startsWith("__") ? words.substring(2).replace('_', ' ') : words;
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
