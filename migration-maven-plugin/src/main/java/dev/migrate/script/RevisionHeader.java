package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parsed header comment of a script ({@code -- revision:}, {@code -- revises:}, {@code -- labels:}
 * …). Only comments before the first SQL count, and only one run of them is the header: the first
 * that has a line {@code -- revision:} or {@code -- revises:}.
 */
final class RevisionHeader {
  /** The form of header that this code reads and writes; a header that does not say is of it. */
  private static final int FORMAT = 1;

  private static final int SECONDS_LENGTH = "2026-01-18T10:30:00Z".length();

  private final String name;
  private final boolean present;
  private final String message;
  private final Map<Key, Line> values;
  private final boolean transactional;
  private final boolean repeatable;
  private final boolean irreversible;
  private final boolean nothingToTakeBack;

  private RevisionHeader(
      String name,
      boolean present,
      String message,
      Map<Key, Line> values,
      boolean transactional,
      boolean repeatable,
      boolean irreversible,
      boolean nothingToTakeBack) {
    this.name = name;
    this.present = present;
    this.message = message;
    this.values = values;
    this.transactional = transactional;
    this.repeatable = repeatable;
    this.irreversible = irreversible;
    this.nothingToTakeBack = nothingToTakeBack;
  }

  /** The keys that mean something; all others are ordinary comments. */
  enum Key {
    FORMAT,
    MESSAGE,
    REVISION,
    REVISES,
    DEPENDS,
    LABELS,
    CREATED,
    TRANSACTION,
    RERUN,
    DOWNGRADE,
    ARCHIVE,
    GENERATED,
    REPEATABLES;

    private static final Key[] ALL = values();

    /** The key of this name, or null. */
    static Key of(String text) {
      for (Key key : ALL) {
        if (key.name().equalsIgnoreCase(text)) {
          return key;
        }
      }
      return null;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A line of the header.
   *
   * @param number counted from 1
   * @param start where its value starts in the text
   * @param end where its value ends
   * @param value the value
   */
  record Line(int number, int start, int end, String value) {}

  /**
   * @param text the script without a BOM
   * @param name how messages name it
   */
  static RevisionHeader parse(String text, String name) {
    return new Parser(text, name).parse();
  }

  /** Whether this text would be read as a line with a key. */
  static boolean looksLikeKey(String message) {
    return CommentLine.of("-- " + message).key() != null;
  }

  boolean isPresent() {
    return present;
  }

  String message() {
    return values.containsKey(Key.MESSAGE) ? values.get(Key.MESSAGE).value() : message;
  }

  boolean transactional() {
    return transactional;
  }

  /** Whether it says {@code -- rerun: safe}. */
  boolean repeatable() {
    return repeatable;
  }

  /** Whether it says {@code -- downgrade: none}. */
  boolean irreversible() {
    return irreversible;
  }

  /** Whether it says {@code -- downgrade: nothing}. */
  boolean nothingToTakeBack() {
    return nothingToTakeBack;
  }

  Optional<Line> line(Key key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Where the files lie that a baseline has replaced, from the project's directory. */
  Optional<String> archive() {
    return line(Key.ARCHIVE).map(Line::value).filter(value -> !value.isEmpty());
  }

  /** The checksum of the statements that were generated. */
  Optional<String> generated() {
    return line(Key.GENERATED).map(Line::value);
  }

  /** The repeatable migrations whose files changed with it, as Flyway records their names. */
  List<String> repeatables() {
    return line(Key.REPEATABLES)
        .map(line -> Arrays.stream(line.value().split(",")).map(String::strip))
        .orElseGet(Stream::empty)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Fails unless the header, if it gives an id, gives that of the file's name. */
  void confirm(RevisionId id) {
    Line line = values.get(Key.REVISION);
    if (line != null && !RevisionId.parse(line.value()).equals(Optional.of(id))) {
      throw bad(
          line, "says revision " + line.value() + ", and the name of the file says " + id + ".");
    }
  }

  List<RevisionId> revises() {
    Line line = values.get(Key.REVISES);
    List<RevisionId> parents = new ArrayList<>();
    for (String word : words(Key.REVISES)) {
      parents.add(RevisionId.parse(word).orElseThrow(() -> noParent(line, word)));
    }
    return parents;
  }

  List<String> depends() {
    return words(Key.DEPENDS);
  }

  List<String> labels() {
    return words(Key.LABELS);
  }

  /** When the file was created, or null. */
  Instant created() {
    Line line = values.get(Key.CREATED);
    if (line == null || line.value().isEmpty()) {
      return null;
    }
    try {
      Instant plain = inSeconds(line.value());
      return plain != null ? plain : OffsetDateTime.parse(line.value()).toInstant();
    } catch (DateTimeException e) {
      throw bad(line, "says created '" + line.value() + "', which is not a time.");
    }
  }

  /** The form that we write, without the parser that knows all forms; null for another one. */
  private static Instant inSeconds(String value) {
    if (value.length() != SECONDS_LENGTH) {
      return null;
    }
    for (int i = 0; i < SECONDS_LENGTH; i++) {
      char wanted = "0000-00-00T00:00:00Z".charAt(i);
      char c = value.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return null;
      }
    }
    return LocalDateTime.of(
            Integer.parseInt(value, 0, 4, 10),
            Integer.parseInt(value, 5, 7, 10),
            Integer.parseInt(value, 8, 10, 10),
            Integer.parseInt(value, 11, 13, 10),
            Integer.parseInt(value, 14, 16, 10),
            Integer.parseInt(value, 17, 19, 10))
        .toInstant(ZoneOffset.UTC);
  }

  private List<String> words(Key key) {
    Line line = values.get(key);
    if (line == null || line.value().equalsIgnoreCase("none")) {
      return List.of();
    }
    return isOneWord(line.value())
        ? List.of(line.value())
        : Arrays.stream(line.value().split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static boolean isOneWord(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == ',') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private MigrateException noParent(Line line, String word) {
    MigrateException bad = bad(line, "revises '" + word + "', which is not a revision id.");
    return word.equalsIgnoreCase("base")
        ? new MigrateException(
            bad.code(),
            bad.problem(),
            "A revision that begins the history says '-- revises: none'; base is a place to go to, such"
                + " as -Dmigrate.to=base.")
        : bad;
  }

  private MigrateException bad(Line line, String what) {
    return new MigrateException(
        FailureCode.INVALID_REVISION_FILE,
        name + ", line " + line.number() + ": the header " + what,
        "Correct the line; a header looks like '-- revision: 20260118103000', '-- revises:"
            + " 20260110091500', '-- created: 2026-01-18T10:30:00Z'.");
  }

  /** Reads comments from the top until something else comes. */
  private static final class Parser {
    private final String text;
    private final String name;
    private final boolean returns;
    private final Map<Key, Line> values = new EnumMap<>(Key.class);
    private boolean present;
    private boolean closed;
    private boolean transactional = true;
    private boolean repeatable;
    private boolean irreversible;
    private boolean nothingToTakeBack;
    private String firstText = "";
    private String runText = "";
    private String message = "";
    private final Map<Key, Line> run = new EnumMap<>(Key.class);

    Parser(String text, String name) {
      this.text = text;
      this.name = name;
      this.returns = text.indexOf('\r') >= 0;
    }

    RevisionHeader parse() {
      int position = 0;
      int number = 1;
      while (position < text.length()) {
        int end = endOfLine(position);
        String line = text.substring(position, end);
        String content = line.strip();
        if (content.startsWith("/*")) {
          endRun();
          int after = LeadingComments.endOfBlock(text, text.indexOf("/*", position));
          int rest = endOfLine(after);
          if (!text.substring(after, rest).isBlank()) {
            break;
          }
          number += lineEnds(position, rest);
          end = rest;
        } else if (content.isEmpty()) {
          endRun();
        } else if (content.startsWith("--")) {
          comment(line, number, position);
        } else {
          break;
        }
        position = afterLineEnd(end);
        number++;
      }
      endRun();
      return new RevisionHeader(
          name,
          present,
          present ? message : "",
          values,
          transactional,
          repeatable,
          irreversible,
          nothingToTakeBack);
    }

    private void comment(String line, int number, int position) {
      CommentLine comment = CommentLine.of(line);
      String said = line.substring(comment.start(), comment.end());
      Key key = comment.key();
      if (key == null) {
        if (runText.isEmpty() && run.isEmpty()) {
          runText = said;
        }
        return;
      }
      Line found = new Line(number, position + comment.start(), position + comment.end(), said);
      if (key == Key.TRANSACTION) {
        transactional &= !said.equalsIgnoreCase("none");
      }
      if (key == Key.RERUN) {
        repeatable |= said.equalsIgnoreCase("safe");
      }
      if (key == Key.DOWNGRADE) {
        irreversible |= said.equalsIgnoreCase("none");
        nothingToTakeBack |= said.equalsIgnoreCase("nothing");
      }
      Line before = run.put(key, found);
      if (before != null && !closed && isHeader(run)) {
        throw new MigrateException(
            FailureCode.INVALID_REVISION_FILE,
            name + ", line " + number + ": the header says " + key.text() + " twice.",
            "Keep one of the lines " + before.number() + " and " + number + ".");
      }
    }

    private void endRun() {
      if (!closed && isHeader(run)) {
        closed = true;
        present = true;
        values.putAll(run);
        refuseNewer();
        refuseOthers(Key.TRANSACTION, "none", "to run the script outside a transaction");
        refuseOthers(Key.RERUN, "safe", "when the script may run again after it stopped half-way");
        if (!nothingToTakeBack) {
          refuseOthers(
              Key.DOWNGRADE,
              "none",
              "when the revision cannot be taken back, '-- downgrade: nothing' when there is nothing"
                  + " to take back");
        }
        message = runText.isEmpty() ? firstText : runText;
      }
      if (firstText.isEmpty()) {
        firstText = runText;
      }
      runText = "";
      run.clear();
    }

    private void refuseNewer() {
      Line line = run.get(Key.FORMAT);
      if (line != null && Integer.parseInt(line.value()) > FORMAT) {
        throw new MigrateException(
            FailureCode.INVALID_REVISION_FILE,
            "%s, line %d: the header is of format %s, which this version of the plugin does not know."
                .formatted(name, line.number(), line.value()),
            "Use the version of the plugin that wrote the script, or a newer one.");
      }
    }

    private void refuseOthers(Key key, String known, String meaning) {
      Line line = run.get(key);
      if (line != null && !line.value().equalsIgnoreCase(known)) {
        throw new MigrateException(
            FailureCode.INVALID_REVISION_FILE,
            "%s, line %d: the header says %s '%s', and only '%s' has a meaning."
                .formatted(name, line.number(), key.text(), line.value(), known),
            "Write '-- %s: %s' %s, or remove the line.".formatted(key.text(), known, meaning));
      }
    }

    private static boolean isHeader(Map<Key, Line> run) {
      return run.containsKey(Key.REVISION) || run.containsKey(Key.REVISES);
    }

    private int endOfLine(int from) {
      if (!returns) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
      }
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      return end;
    }

    private int afterLineEnd(int end) {
      return text.startsWith("\r\n", end) ? end + 2 : end + 1;
    }

    private int lineEnds(int from, int to) {
      int count = 0;
      for (int at = endOfLine(from); at < to; at = endOfLine(afterLineEnd(at))) {
        count++;
      }
      return count;
    }
  }
}
