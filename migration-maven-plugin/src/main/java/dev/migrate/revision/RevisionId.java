package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * The id of a revision, which is also its Flyway version: numbers separated by dots or underscores,
 * compared number by number, so that {@code 1.0} equals {@code 1} and {@code 01}. The ids that we
 * write ourselves are fourteen digits of UTC time, for example {@code 20260118103000}.
 */
public final class RevisionId implements Comparable<RevisionId> {
  /** The width of the version column in Flyway's history table. */
  public static final int MAX_LENGTH = 50;

  private static final int TIMESTAMP_LENGTH = 14;

  private final String text;

  /** Without leading zeros, and without parts that are zero at the end. */
  private final String[] parts;

  private RevisionId(String text) {
    this.text = text.replace('_', '.');
    this.parts =
        this.text.indexOf('.') < 0
            ? new String[] {withoutLeadingZeros(this.text)}
            : significant(this.text.split("\\."));
  }

  /**
   * @param text an id as a person or a file name gives it
   * @return the id
   * @throws IllegalArgumentException if it is none; see {@link #parse} for text that may be wrong
   */
  public static RevisionId of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a revision id"));
  }

  /**
   * @param text anything
   * @return the id, or empty when the text is not numbers separated by dots or underscores, or is
   *     longer than {@link #MAX_LENGTH}
   */
  public static Optional<RevisionId> parse(String text) {
    return text.length() <= MAX_LENGTH && isId(text)
        ? Optional.of(new RevisionId(text))
        : Optional.empty();
  }

  /** Digits, in parts with a dot or an underscore between. */
  private static boolean isId(String text) {
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean separates = digit && (c == '.' || c == '_');
      digit = c >= '0' && c <= '9';
      if (!digit && !separates) {
        return false;
      }
    }
    return digit;
  }

  /**
   * @param time any moment
   * @return the id of that second
   */
  public static RevisionId at(Instant time) {
    return new RevisionId(
        DateTimeFormatter.ofPattern("uuuuMMddHHmmss").format(time.atOffset(ZoneOffset.UTC)));
  }

  /**
   * The id that a new revision gets.
   *
   * @param now the moment of its creation
   * @param older the ids that it has to be greater than
   * @return the id of {@code now}, or of the first second after the youngest of {@code older}
   * @throws MigrateException if one of {@code older} is no timestamp and greater than now, because
   *     no timestamp comes next to it
   */
  public static RevisionId following(Instant now, Collection<RevisionId> older) {
    RevisionId id = at(now);
    for (RevisionId other : older) {
      if (id.compareTo(other) > 0) {
        continue;
      }
      id =
          other
              .timestamp()
              .map(time -> at(time.plusSeconds(1)))
              .filter(next -> next.compareTo(other) > 0)
              .orElseThrow(
                  () ->
                      new MigrateException(
                          FailureCode.INVALID_REVISION_FILE,
                          "No new revision can follow "
                              + other
                              + ", because it is not a UTC timestamp and is greater than every"
                              + " timestamp of today.",
                          "Give that file a version that is lower than "
                              + at(now)
                              + ", or write the next file by hand with a higher version."));
    }
    return id;
  }

  /**
   * @return the moment that this id stands for, or empty when it is not a valid UTC timestamp
   */
  public Optional<Instant> timestamp() {
    if (text.length() != TIMESTAMP_LENGTH || text.indexOf('.') >= 0) {
      return Optional.empty();
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              Integer.parseInt(text.substring(0, 4)),
              Integer.parseInt(text.substring(4, 6)),
              Integer.parseInt(text.substring(6, 8)),
              Integer.parseInt(text.substring(8, 10)),
              Integer.parseInt(text.substring(10, 12)),
              Integer.parseInt(text.substring(12, 14)));
      return time.getYear() < 1970 ? Optional.empty() : Optional.of(time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  /**
   * @return whether this id is fourteen digits of a valid UTC time
   */
  public boolean isTimestamp() {
    return timestamp().isPresent();
  }

  @Override
  public int compareTo(RevisionId other) {
    int common = Math.min(parts.length, other.parts.length);
    for (int i = 0; i < common; i++) {
      int byLength = Integer.compare(parts[i].length(), other.parts[i].length());
      int order = byLength != 0 ? byLength : parts[i].compareTo(other.parts[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.length, other.parts.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RevisionId id && Arrays.equals(parts, id.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  /**
   * @return the id as it was given, with dots; this is how Flyway writes it into its history
   */
  @Override
  public String toString() {
    return text;
  }

  private static String[] significant(String[] numbers) {
    int length = numbers.length;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = withoutLeadingZeros(numbers[i]);
    }
    while (length > 1 && numbers[length - 1].equals("0")) {
      length--;
    }
    return Arrays.copyOf(numbers, length);
  }

  private static String withoutLeadingZeros(String number) {
    int start = 0;
    while (start < number.length() - 1 && number.charAt(start) == '0') {
      start++;
    }
    return number.substring(start);
  }
}
