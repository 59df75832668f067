package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comment at the top of a script says. Only comments before the first SQL count, and only
 * one run of them is the header: the first that has a line {@code -- revision:} or {@code --
 * revises:}.
 */
final class Header {
  private static final Pattern KEY_LINE =
      Pattern.compile("(\\s*--\\s*(\\p{Alpha}+)\\s*:\\s*)(.*?)\\s*", Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("\\s*--+\\s*(.*?)\\s*", Pattern.DOTALL);

  private final String name;
  private final boolean present;
  private final String message;
  private final Map<Key, Line> values;
  private final boolean transactional;
  private final boolean repeatable;
  private final boolean irreversible;

  private Header(
      String name,
      boolean present,
      String message,
      Map<Key, Line> values,
      boolean transactional,
      boolean repeatable,
      boolean irreversible) {
    this.name = name;
    this.present = present;
    this.message = message;
    this.values = values;
    this.transactional = transactional;
    this.repeatable = repeatable;
    this.irreversible = irreversible;
  }

  /** The keys that mean something; all others are ordinary comments. */
  enum Key {
    MESSAGE,
    REVISION,
    REVISES,
    DEPENDS,
    LABELS,
    CREATED,
    TRANSACTION,
    RERUN,
    DOWNGRADE;

    static Optional<Key> of(String text) {
      String upper = text.toUpperCase(Locale.ROOT);
      return Arrays.stream(values()).filter(key -> key.name().equals(upper)).findFirst();
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
  static Header parse(String text, String name) {
    return new Parser(text, name).parse();
  }

  /** Whether this text would be read as a line with a key. */
  static boolean looksLikeKey(String message) {
    Matcher matcher = KEY_LINE.matcher("-- " + message);
    return matcher.matches() && Key.of(matcher.group(2)).isPresent();
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

  Optional<Line> line(Key key) {
    return Optional.ofNullable(values.get(key));
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
      parents.add(
          RevisionId.parse(word)
              .orElseThrow(() -> bad(line, "revises '" + word + "', which is not a revision id.")));
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
      return OffsetDateTime.parse(line.value()).toInstant();
    } catch (DateTimeException e) {
      throw bad(line, "says created '" + line.value() + "', which is not a time.");
    }
  }

  private List<String> words(Key key) {
    Line line = values.get(key);
    if (line == null || line.value().equalsIgnoreCase("none")) {
      return List.of();
    }
    return Arrays.stream(line.value().split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
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
    private final Map<Key, Line> values = new EnumMap<>(Key.class);
    private boolean present;
    private boolean closed;
    private boolean transactional = true;
    private boolean repeatable;
    private boolean irreversible;
    private String firstText = "";
    private String runText = "";
    private String message = "";
    private Map<Key, Line> run = new EnumMap<>(Key.class);

    Parser(String text, String name) {
      this.text = text;
      this.name = name;
    }

    Header parse() {
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
      return new Header(
          name,
          present,
          present ? message : "",
          values,
          transactional,
          repeatable,
          irreversible);
    }

    private void comment(String line, int number, int position) {
      Matcher matcher = KEY_LINE.matcher(line);
      Optional<Key> key = matcher.matches() ? Key.of(matcher.group(2)) : Optional.empty();
      if (key.isEmpty()) {
        Matcher comment = COMMENT.matcher(line);
        String said = comment.matches() ? comment.group(1) : "";
        if (runText.isEmpty() && run.isEmpty()) {
          runText = said;
        }
        return;
      }
      Line found =
          new Line(
              number, position + matcher.start(3), position + matcher.end(3), matcher.group(3));
      if (key.get() == Key.TRANSACTION) {
        transactional &= !found.value().equalsIgnoreCase("none");
      }
      if (key.get() == Key.RERUN) {
        repeatable |= found.value().equalsIgnoreCase("safe");
      }
      if (key.get() == Key.DOWNGRADE) {
        irreversible |= found.value().equalsIgnoreCase("none");
      }
      Line before = run.put(key.get(), found);
      if (before != null && !closed && isHeader(run)) {
        throw new MigrateException(
            FailureCode.INVALID_REVISION_FILE,
            name + ", line " + number + ": the header says " + key.get().text() + " twice.",
            "Keep one of the lines " + before.number() + " and " + number + ".");
      }
    }

    private void endRun() {
      if (!closed && isHeader(run)) {
        closed = true;
        present = true;
        values.putAll(run);
        refuseOthers(Key.TRANSACTION, "none", "to run the script outside a transaction");
        refuseOthers(
            Key.RERUN, "safe", "when the script may run again after it stopped half-way");
        refuseOthers(Key.DOWNGRADE, "none", "when the revision cannot be taken back");
        message = runText.isEmpty() ? firstText : runText;
      }
      if (firstText.isEmpty()) {
        firstText = runText;
      }
      runText = "";
      run = new EnumMap<>(Key.class);
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
