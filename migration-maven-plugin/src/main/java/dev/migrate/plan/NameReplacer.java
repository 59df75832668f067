package dev.migrate.plan;

import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces identifiers in SQL that PostgreSQL printed, leaving literals alone. A name is a chain of
 * identifiers with dots between; the qualified names in {@code '…'::regclass} and its like count
 * too.
 */
final class NameReplacer {
  /** What a chain of identifiers stands for, as far as its neighbours tell. */
  enum Place {
    /** Behind {@code ::}. */
    TYPE,
    /** Before {@code (}. */
    CALL,
    /** Behind {@code ).}, as in {@code (row).field}. */
    FIELD,
    /** Anywhere else. */
    NAME
  }

  /** Gives a chain of identifiers, or what it becomes. */
  @FunctionalInterface
  interface Replacement {
    List<String> of(List<String> chain, Place place);
  }

  /** The names of types that are more than one word: none of these words is a name. */
  private static final Pattern MORE_OF_A_TYPE =
      Pattern.compile("(?:\\(\\d+\\))?(?: with(?:out)? time zone| varying| precision)");

  private static final Pattern DOLLAR = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\d_]*)?\\$");

  private final String text;
  private final Replacement replace;
  private final StringBuilder result = new StringBuilder();
  private int at;

  private NameReplacer(String text, Replacement replace) {
    this.text = text;
    this.replace = replace;
  }

  static String replaced(String text, UnaryOperator<List<String>> replace) {
    return replaced(text, (chain, place) -> replace.apply(chain));
  }

  static String replaced(String text, Replacement replace) {
    return new NameReplacer(text, replace).run();
  }

  private String run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        literal();
      } else if (c == '$' && DOLLAR.matcher(text).region(at, text.length()).lookingAt()) {
        body();
      } else if (startsIdentifier(at)) {
        chain();
      } else if (Character.isLetterOrDigit(c)) {
        skipWord();
      } else {
        result.append(c);
        at++;
      }
    }
    return result.toString();
  }

  /** What stands between dollars is text to PostgreSQL, whatever it says. */
  private void body() {
    String tag = text.substring(at, text.indexOf('$', at + 1) + 1);
    int end = text.indexOf(tag, at + tag.length());
    int after = end < 0 ? text.length() : end + tag.length();
    result.append(text, at, after);
    at = after;
  }

  private void skipWord() {
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      result.append(text.charAt(at));
      at++;
    }
  }

  private void literal() {
    int end = at + 1;
    while (end < text.length()) {
      if (text.charAt(end) == '\'') {
        if (end + 1 < text.length() && text.charAt(end + 1) == '\'') {
          end++;
        } else {
          break;
        }
      }
      end++;
    }
    if (text.startsWith("'::reg", end)) {
      result.append('\'').append(replaced(text.substring(at + 1, end), replace));
      at = end;
    }
    end = Math.min(end + 1, text.length());
    result.append(text, at, end);
    at = end;
  }

  private boolean startsIdentifier(int index) {
    if (index >= text.length()) {
      return false;
    }
    char c = text.charAt(index);
    return c == '"' || c == '_' || Character.isLetter(c);
  }

  private void chain() {
    int start = at;
    boolean type = text.startsWith("::", start - 2);
    boolean field = text.startsWith(").", start - 2);
    List<String> names = new ArrayList<>();
    names.add(identifier());
    while (at < text.length() && text.charAt(at) == '.' && startsIdentifier(at + 1)) {
      at++;
      names.add(identifier());
    }
    boolean call = at < text.length() && text.charAt(at) == '(';
    Place place = type ? Place.TYPE : field ? Place.FIELD : call ? Place.CALL : Place.NAME;
    List<String> changed = replace.of(names, place);
    if (changed.equals(names)) {
      result.append(text, start, at);
    } else {
      result.append(String.join(".", changed.stream().map(SqlNames::quote).toList()));
    }
    Matcher more = MORE_OF_A_TYPE.matcher(text).region(at, text.length());
    if (type && more.lookingAt()) {
      result.append(more.group());
      at = more.end();
    }
  }

  private String identifier() {
    StringBuilder name = new StringBuilder();
    if (text.charAt(at) == '"') {
      at++;
      while (at < text.length()) {
        if (text.charAt(at) == '"') {
          if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
            at++;
          } else {
            break;
          }
        }
        name.append(text.charAt(at));
        at++;
      }
      at = Math.min(at + 1, text.length());
    } else {
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at))
              || text.charAt(at) == '_'
              || text.charAt(at) == '$')) {
        name.append(text.charAt(at));
        at++;
      }
    }
    return name.toString();
  }
}
