package dev.migrate.schema;

import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Identity of a fact: its kind and its names, outermost first ({@code schema, table, column}). A
 * fact about another fact, such as its comment, carries the other's kind and names behind its own
 * kind; see {@link #about} and {@link #target}.
 *
 * @param kind what it is
 * @param names the names that tell it from others of its kind, unquoted
 */
public record FactId(Kind kind, List<String> names) implements Comparable<FactId> {
  private static final Comparator<FactId> ORDER =
      Comparator.comparing(FactId::kind).thenComparing(FactId::names, FactId::compareNames);

  /**
   * @param kind what it is
   * @param names its names, outermost first; not empty
   */
  public FactId {
    Objects.requireNonNull(kind, "kind");
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("A fact needs a name");
    }
  }

  /**
   * @param kind what it is
   * @param names its names, outermost first
   * @return the identity
   */
  public static FactId of(Kind kind, String... names) {
    return new FactId(kind, List.of(names));
  }

  /**
   * The identity of a fact that is about another one.
   *
   * @param kind the kind of the fact, such as {@link Kind#COMMENT}
   * @param target what it is about
   * @param more what else tells it from others, such as the grantee of a privilege
   * @return the identity
   */
  public static FactId about(Kind kind, FactId target, String... more) {
    List<String> names = new ArrayList<>(List.of(more));
    names.add(target.kind.name());
    names.addAll(target.names);
    return new FactId(kind, names);
  }

  /**
   * What a fact made by {@link #about} is about.
   *
   * @param more how many names of its own it has
   * @return the identity of the other fact
   */
  public FactId target(int more) {
    return new FactId(Kind.valueOf(names.get(more)), names.subList(more + 1, names.size()));
  }

  /**
   * @return what it is about, if it is a fact about another one: the object of a comment, of an
   *     owner, of privileges
   */
  public Optional<FactId> subject() {
    return switch (kind.place()) {
      case ABOUT -> Optional.of(target(0));
      case ABOUT_NAMED -> Optional.of(target(1));
      default -> Optional.empty();
    };
  }

  /**
   * @param other another fact
   * @return the same about that one; itself when it is about none
   */
  public FactId about(FactId other) {
    return switch (kind.place()) {
      case ABOUT -> about(kind, other);
      case ABOUT_NAMED -> about(kind, other, names.get(0));
      default -> this;
    };
  }

  /**
   * @param index position, from 0
   * @return the name at that position
   */
  public String name(int index) {
    return names.get(index);
  }

  /**
   * @return the last name: the column of a column, the table of a table
   */
  public String lastName() {
    return names.get(names.size() - 1);
  }

  /**
   * @param other a kind
   * @return the identity with the same names in another kind
   */
  public FactId as(Kind other) {
    return new FactId(other, names);
  }

  /**
   * One text for an identity and one identity for a text, whatever characters the names hold.
   *
   * @return the kind and the names, separated by tabs; tab and backslash in names are escaped
   */
  public String encode() {
    StringBuilder text = new StringBuilder(kind.name());
    for (String name : names) {
      text.append('\t').append(name.replace("\\", "\\\\").replace("\t", "\\t"));
    }
    return text.toString();
  }

  /**
   * @param text what {@link #encode} gave
   * @return the identity
   */
  public static FactId decode(String text) {
    String[] parts = text.split("\t", -1);
    List<String> names = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      names.add(unescape(parts[i]));
    }
    return new FactId(Kind.valueOf(parts[0]), names);
  }

  private static String unescape(String part) {
    StringBuilder name = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '\\') {
        i++;
        name.append(part.charAt(i) == 't' ? '\t' : '\\');
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  private static int compareNames(List<String> left, List<String> right) {
    for (int i = 0; i < left.size() && i < right.size(); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  @Override
  public int compareTo(FactId other) {
    return ORDER.compare(this, other);
  }

  /**
   * @return the identity as people read it: {@code column app.assets.name}
   */
  @Override
  public String toString() {
    return PlainText.line(words());
  }

  private String words() {
    return switch (kind) {
      case PRIVILEGE ->
          kind.word()
              + " "
              + target(1)
              + " for "
              + (names.get(0).isEmpty() ? "its owner" : names.get(0));
      case FUNCTION, PROCEDURE, AGGREGATE ->
          kind.word() + " " + names.get(0) + "." + names.get(1) + "(" + names.get(2) + ")";
      default ->
          kind.word() + " " + subject().map(FactId::words).orElseGet(() -> String.join(".", names));
    };
  }
}
