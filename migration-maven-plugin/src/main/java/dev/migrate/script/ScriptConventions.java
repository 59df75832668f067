package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension;

/**
 * Naming and encoding conventions of a project's scripts: prefixes, separator, suffixes, character
 * set. Flyway lets a project choose; whoever has chosen otherwise than Flyway's own way keeps that
 * here.
 *
 * @param versioned the prefix of upgrade scripts; it may be empty
 * @param undo the prefix of downgrade scripts
 * @param repeatable the prefix of repeatable migrations
 * @param baseline the prefix of baseline migrations
 * @param separator what stands between the version and the words
 * @param suffixes the ends of names; new files take the first
 * @param encoding the alphabet of all scripts
 */
public record ScriptConventions(
    String versioned,
    String undo,
    String repeatable,
    String baseline,
    String separator,
    List<String> suffixes,
    Charset encoding) {
  /** Flyway's, where nothing else is said. */
  public static final ScriptConventions FLYWAY =
      new ScriptConventions("V", "U", "R", "B", "__", List.of(".sql"), StandardCharsets.UTF_8);

  private static final List<MigrationFileName.Kind> KINDS =
      List.of(MigrationFileName.Kind.values());

  private static final Pattern VERSION = Pattern.compile("[0-9]+(?:[._][0-9]+)*");

  /** Signs, and the digits of other scripts: BigInteger takes them, and so does Flyway. */
  private static final Pattern ODD_VERSION = Pattern.compile("[+-]?\\p{Nd}+(?:[._][+-]?\\p{Nd}+)*");

  /**
   * Copies what it is given.
   *
   * @throws MigrateException {@code INVALID_PARAMETER} when files could not be told apart by these
   */
  public ScriptConventions {
    Objects.requireNonNull(encoding, "encoding");
    suffixes = List.copyOf(suffixes);
    refuseTwins(
        Map.of(
            "sqlMigrationPrefix", versioned,
            "undoSqlMigrationPrefix", undo,
            "repeatableSqlMigrationPrefix", repeatable,
            "baselineMigrationPrefix", baseline));
    if (separator.isEmpty()) {
      throw refused(
          "sqlMigrationSeparator is empty, so that no name has an end of its version.",
          "Say what stands between the version and the words, such as __.");
    }
    if (suffixes.isEmpty() || suffixes.contains("")) {
      throw refused(
          "sqlMigrationSuffixes has an empty suffix, so that every file would be a script.",
          "Say how the names of scripts end, such as .sql.");
    }
  }

  private static void refuseTwins(Map<String, String> prefixes) {
    List<String> names = prefixes.keySet().stream().sorted().toList();
    for (String one : names) {
      for (String other : names) {
        if (one.compareTo(other) < 0 && prefixes.get(one).equals(prefixes.get(other))) {
          throw refused(
              "%s and %s are both \"%s\", so that no script can be told from the other kind."
                  .formatted(one, other, prefixes.get(one)),
              "Give one of them another prefix.");
        }
      }
    }
  }

  private static MigrateException refused(String problem, String remedy) {
    return new MigrateException(FailureCode.INVALID_PARAMETER, problem, remedy);
  }

  /** The settings of Flyway that say the same, by their names. */
  private static final List<String> PREFIXES =
      List.of(
          "sqlMigrationPrefix",
          "undoSqlMigrationPrefix",
          "repeatableSqlMigrationPrefix",
          "baselineMigrationPrefix");

  /**
   * @param settings settings of Flyway by their names, of which those about names and the encoding
   *     count
   * @return what they say, and Flyway's own way where they say nothing
   * @throws MigrateException {@code INVALID_PARAMETER} when they contradict each other, or name an
   *     encoding that Java does not have
   */
  public static ScriptConventions of(Map<String, String> settings) {
    List<String> prefixes = new ArrayList<>();
    List<String> usual = List.of(FLYWAY.versioned, FLYWAY.undo, FLYWAY.repeatable, FLYWAY.baseline);
    for (int i = 0; i < PREFIXES.size(); i++) {
      prefixes.add(
          settings.containsKey(PREFIXES.get(i)) ? text(settings, PREFIXES.get(i)) : usual.get(i));
    }
    return new ScriptConventions(
        prefixes.get(0),
        prefixes.get(1),
        prefixes.get(2),
        prefixes.get(3),
        settings.containsKey("sqlMigrationSeparator")
            ? text(settings, "sqlMigrationSeparator")
            : FLYWAY.separator,
        settings.containsKey("sqlMigrationSuffixes")
            ? Stream.of(text(settings, "sqlMigrationSuffixes").split(","))
                .map(String::strip)
                .toList()
            : FLYWAY.suffixes,
        settings.containsKey("encoding") ? charset(text(settings, "encoding")) : FLYWAY.encoding);
  }

  /** An empty element of a POM has no value. */
  private static String text(Map<String, String> settings, String name) {
    String value = settings.get(name);
    return value == null ? "" : value.strip();
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "encoding is \"%s\", which is no encoding that Java knows.".formatted(name),
          "Say in which encoding the scripts are written, such as UTF-8 or windows-1252.",
          e);
    }
  }

  /**
   * Tells Flyway the same.
   *
   * @param configuration takes it
   * @return the configuration
   */
  public FluentConfiguration tell(FluentConfiguration configuration) {
    FlywayConfiguration.extension(configuration, BaselineMigrationConfigurationExtension.class)
        .setBaselineMigrationPrefix(baseline);
    return configuration
        .sqlMigrationPrefix(versioned)
        .repeatableSqlMigrationPrefix(repeatable)
        .sqlMigrationSeparator(separator)
        .sqlMigrationSuffixes(suffixes.toArray(String[]::new));
  }

  /**
   * @param name the name of a file
   * @return it as Flyway reads it, if it is a script's
   */
  Optional<MigrationFileName> parse(String name) {
    String suffix = suffix(name);
    if (suffix == null || isCallback(name)) {
      return Optional.empty();
    }
    MigrationFileName.Kind kind = kind(name);
    if (kind == null) {
      return Optional.empty();
    }
    String prefix = prefix(kind);
    String words = name.substring(prefix.length(), name.length() - suffix.length());
    int at = words.indexOf(separator);
    String version = at < 0 ? words : words.substring(0, at);
    boolean understood =
        kind == MigrationFileName.Kind.REPEATABLE ? at == 0 : VERSION.matcher(version).matches();
    return understood
        ? Optional.of(
            new MigrationFileName(
                kind,
                prefix,
                version,
                name.substring(prefix.length() + version.length()),
                at < 0 ? "" : words.substring(at + separator.length()).replace('_', ' ')))
        : Optional.empty();
  }

  /** Of several prefixes that fit, Flyway takes the longest. */
  private MigrationFileName.Kind kind(String name) {
    MigrationFileName.Kind longest = null;
    for (MigrationFileName.Kind kind : KINDS) {
      boolean longer = longest == null || prefix(kind).length() > prefix(longest).length();
      if (longer && name.startsWith(prefix(kind))) {
        longest = kind;
      }
    }
    return longest;
  }

  private String prefix(MigrationFileName.Kind kind) {
    return switch (kind) {
      case UPGRADE -> versioned;
      case DOWNGRADE -> undo;
      case BASELINE -> baseline;
      case REPEATABLE -> repeatable;
    };
  }

  private String suffix(String name) {
    for (String suffix : suffixes) {
      if (name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length())) {
        return suffix;
      }
    }
    return null;
  }

  /** Whether this is the name of a SQL file, in whatever capitals: as Flyway looks at it. */
  boolean hasSuffix(String name) {
    return suffix(name) != null;
  }

  /** Whether Flyway runs a file of this name before or after something else. */
  boolean isCallback(String name) {
    return MigrationFileName.CALLBACKS.contains(event(name));
  }

  /** Whether an upgrade can run a file of this name before or after something else. */
  boolean isCallbackOfUpgrade(String name) {
    return isCallback(name)
        && MigrationFileName.ELSEWHERE.stream().noneMatch(event(name)::contains);
  }

  private String event(String name) {
    String suffix = suffix(name);
    if (suffix == null) {
      return "";
    }
    String words = name.substring(0, name.length() - suffix.length());
    int at = words.indexOf(separator);
    return at < 0 ? words : words.substring(0, at);
  }

  /** Whether Flyway runs it under a version that no revision of ours can have. */
  boolean hasOddVersion(String name) {
    MigrationFileName.Kind kind = hasSuffix(name) ? kind(name) : null;
    if (kind != MigrationFileName.Kind.UPGRADE && kind != MigrationFileName.Kind.BASELINE) {
      return false;
    }
    String version = event(name).substring(Math.min(prefix(kind).length(), event(name).length()));
    return ODD_VERSION.matcher(version).matches() && !VERSION.matcher(version).matches();
  }

  /** Whether a name that does not parse was probably meant to. */
  boolean isAlmostOne(String name) {
    return hasSuffix(name) && KINDS.stream().anyMatch(kind -> begins(name, prefix(kind), kind));
  }

  private static boolean begins(String name, String prefix, MigrationFileName.Kind kind) {
    if (name.length() <= prefix.length()
        || !name.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return false;
    }
    char next = name.charAt(prefix.length());
    boolean digit = next >= '0' && next <= '9' && kind != MigrationFileName.Kind.REPEATABLE;
    return digit || next == '_' && !prefix.isEmpty();
  }

  /**
   * @param name the name of a file
   * @return whether it is that of an upgrade, a downgrade or a baseline
   */
  public boolean isOfVersion(String name) {
    return parse(name).filter(one -> one.kind() != MigrationFileName.Kind.REPEATABLE).isPresent();
  }

  /**
   * @param words what else its name is to say
   * @return the name of a new upgrade script
   */
  public String upgrade(String version, String words) {
    return name(MigrationFileName.Kind.UPGRADE, version, words);
  }

  /**
   * @param words what else its name is to say
   * @return the name of a new downgrade script
   */
  public String downgrade(String version, String words) {
    return name(MigrationFileName.Kind.DOWNGRADE, version, words);
  }

  /** The name of a new file. */
  String name(MigrationFileName.Kind kind, String version, String message) {
    return prefix(kind) + version + separator + MigrationFileName.slug(message) + suffixes.get(0);
  }

  /**
   * @param event when it runs, such as {@code beforeMigrate}
   * @param words what else its name says
   * @return the name of a new callback
   */
  public String callback(String event, String words) {
    return event + separator + words + suffixes.get(0);
  }

  /**
   * @param utf8 the text of a new file
   * @param name how messages name the file
   * @return the same in the alphabet of the project
   * @throws MigrateException {@code INVALID_PARAMETER} when that has not all of its characters
   */
  public byte[] encoded(byte[] utf8, String name) {
    if (encoding.equals(StandardCharsets.UTF_8)) {
      return utf8;
    }
    try {
      var bytes =
          encoding.newEncoder().encode(CharBuffer.wrap(new String(utf8, StandardCharsets.UTF_8)));
      byte[] encoded = new byte[bytes.remaining()];
      bytes.get(encoded);
      return encoded;
    } catch (CharacterCodingException e) {
      throw refused(
          "%s would hold characters that %s, the encoding of this project's scripts, does not have."
              .formatted(name, encoding),
          "Choose other words for the message and for names, or save all scripts as UTF-8 and say"
              + " so.");
    }
  }
}
