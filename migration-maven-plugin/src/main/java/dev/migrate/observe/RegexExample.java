package dev.migrate.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Generates a string that matches a regular expression, for the expressions that CHECK constraints
 * are made of: literals, classes, groups, alternatives and quantifiers. It is a proposal, and
 * PostgreSQL has the last word.
 */
final class RegexExample {
  private static final String DIGITS = "0123456789";
  private static final String WORD = "abcdefghijklmnopqrstuvwxyz";
  private static final int LONGEST = 60;

  private final String pattern;
  private final int seed;
  private int at;
  private int turn;

  private RegexExample(String pattern, int seed) {
    this.pattern = pattern;
    this.seed = seed;
  }

  /**
   * @param pattern a regular expression
   * @param seed other seeds give other examples, where the expression allows several
   * @return an example, unless the expression has something that is not understood
   */
  static Optional<String> of(String pattern, int seed) {
    RegexExample example = new RegexExample(pattern, seed);
    try {
      String text = example.alternatives();
      return example.at == pattern.length() ? Optional.of(text) : Optional.empty();
    } catch (IndexOutOfBoundsException | NumberFormatException notUnderstood) {
      return Optional.empty();
    }
  }

  /** The first alternative; the others are read over. */
  private String alternatives() {
    String first = sequence();
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      sequence();
    }
    return first;
  }

  private String sequence() {
    StringBuilder text = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      char next = pattern.charAt(at);
      if (next == '^' || next == '$') {
        at++;
        continue;
      }
      int start = at;
      String one = atom();
      int end = at;
      int count = quantity();
      int after = at;
      if (count > 0) {
        text.append(one);
      }
      for (int i = 1; i < Math.min(count, LONGEST); i++) {
        at = start;
        text.append(atom());
        at = end;
      }
      at = after;
    }
    return text.toString();
  }

  private String atom() {
    char first = pattern.charAt(at++);
    return switch (first) {
      case '(' -> group();
      case '[' -> chosen(members());
      case '.' -> chosen(WORD);
      case '\\' -> escaped(pattern.charAt(at++));
      default -> String.valueOf(first);
    };
  }

  private String group() {
    if (pattern.startsWith("?:", at)) {
      at += 2;
    }
    String inside = alternatives();
    if (pattern.charAt(at++) != ')') {
      throw new IndexOutOfBoundsException(at);
    }
    return inside;
  }

  private String escaped(char letter) {
    return switch (letter) {
      case 'd' -> chosen(DIGITS);
      case 'w', 'D', 'S' -> chosen(WORD);
      case 's', 'W' -> " ";
      case 'm', 'M', 'y', 'A', 'Z' -> "";
      default -> String.valueOf(letter);
    };
  }

  private String members() {
    boolean without = pattern.charAt(at) == '^';
    if (without) {
      at++;
    }
    List<Character> members = new ArrayList<>();
    boolean first = true;
    while (first || pattern.charAt(at) != ']') {
      first = false;
      if (pattern.startsWith("[:", at)) {
        int end = pattern.indexOf(":]", at);
        named(pattern.substring(at + 2, end)).chars().forEach(one -> members.add((char) one));
        at = end + 2;
        continue;
      }
      char low = pattern.charAt(at++);
      if (low == '\\') {
        String meant = escaped(pattern.charAt(at++));
        meant.chars().forEach(one -> members.add((char) one));
      } else if (pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
        char high = pattern.charAt(at + 1);
        for (char one = low; one <= high; one++) {
          members.add(one);
        }
        at += 2;
      } else {
        members.add(low);
      }
    }
    at++;
    StringBuilder text = new StringBuilder();
    if (without) {
      (WORD + DIGITS)
          .chars()
          .filter(one -> !members.contains((char) one))
          .forEach(text::appendCodePoint);
    } else {
      members.forEach(text::append);
    }
    return text.toString();
  }

  private static String named(String name) {
    return switch (name) {
      case "digit", "xdigit" -> DIGITS;
      case "upper" -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
      case "space" -> " ";
      default -> WORD;
    };
  }

  /** How often the atom before comes; least, but once where that is allowed. */
  private int quantity() {
    if (at == pattern.length()) {
      return 1;
    }
    int count =
        switch (pattern.charAt(at)) {
          case '*', '+', '?' -> {
            at++;
            yield 1;
          }
          case '{' -> {
            int end = pattern.indexOf('}', at);
            String[] bounds = pattern.substring(at + 1, end).split(",", 2);
            at = end + 1;
            int least = Integer.parseInt(bounds[0]);
            yield least == 0 ? 1 : least;
          }
          default -> 1;
        };
    if (at < pattern.length() && pattern.charAt(at) == '?') {
      at++; // as few as possible
    }
    return count;
  }

  private String chosen(String members) {
    turn++;
    int index = Math.floorMod(seed / (int) Math.pow(3, turn % 8) + turn, members.length());
    return String.valueOf(members.charAt(index));
  }
}
