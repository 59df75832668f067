package dev.migrate.generate;

import dev.migrate.plan.Operation;
import dev.migrate.script.RunnableScript;
import dev.migrate.script.ScriptStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Editor of a repeatable migration file that rewrites single statements of it. Everything else in
 * it stays as it is, comments and white space included.
 */
final class RepeatableText {
  private static final Pattern OR_REPLACE = Pattern.compile("(?is)CREATE\\s+OR\\s+REPLACE\\s.*");
  private final String text;
  private final List<Place> places;
  private final TreeMap<Integer, List<String>> anew = new TreeMap<>();

  /**
   * Where a statement stands.
   *
   * @param start the index of its first character
   * @param end the index behind its last one, which is not the semicolon
   */
  private record Place(int start, int end) {}

  private RepeatableText(String text, List<Place> places) {
    this.text = text;
    this.places = places;
  }

  /**
   * @param text of the file
   * @param script the same, split
   * @return the file, to be changed; empty when its statements do not stand there as they run,
   *     because of placeholders
   */
  static Optional<RepeatableText> of(String text, RunnableScript script) {
    List<Place> places = new ArrayList<>();
    int from = 0;
    for (ScriptStatement statement : script.statements()) {
      String sql = statement.sql().strip();
      int start = text.indexOf(sql, from);
      if (start < 0) {
        return Optional.empty();
      }
      from = start + sql.length();
      places.add(new Place(start, from));
    }
    return Optional.of(new RepeatableText(text, places));
  }

  /**
   * @param statement which one, from 0
   * @param operations what stands in its place: nothing takes it away
   */
  void replace(int statement, List<Operation> operations) {
    Place place = places.get(statement);
    boolean again = OR_REPLACE.matcher(text.substring(place.start(), place.end())).matches();
    anew.put(
        statement,
        operations.stream()
            .map(
                operation ->
                    again && operation instanceof Operation.CreateReplaceable created
                        ? created.replacing()
                        : operation)
            .map(Operation::sql)
            .toList());
  }

  /**
   * @param note ends the file when it would else be what it was
   * @return the new text
   */
  String written(String note) {
    StringBuilder written = new StringBuilder(text);
    anew.descendingMap()
        .forEach(
            (statement, statements) -> {
              Place place = places.get(statement);
              int end = statements.isEmpty() ? behindSemicolon(place.end()) : place.end();
              written.replace(place.start(), end, String.join(";\n\n", statements));
            });
    return written.toString().equals(text) ? noted(written, note) : written.toString();
  }

  private static String noted(StringBuilder text, String note) {
    boolean ended = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
    return text.append(ended ? "" : "\n").append(note).toString();
  }

  private int behindSemicolon(int end) {
    int at = end;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == ';' ? at + 1 : end;
  }
}
