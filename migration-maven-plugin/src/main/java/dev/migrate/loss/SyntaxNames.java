package dev.migrate.loss;

import dev.migrate.parser.SyntaxNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Reads names out of the nodes of a parse tree. */
final class SyntaxNames {
  private SyntaxNames() {}

  /** The relation that a statement is about. */
  static List<String> named(SyntaxNode statement) {
    return statement.node("relation").map(SyntaxNames::names).orElse(List.of(""));
  }

  static List<String> names(SyntaxNode relation) {
    return relation.has("schemaname")
        ? List.of(relation.text("schemaname"), relation.text("relname"))
        : List.of(relation.text("relname"));
  }

  static List<String> texts(List<SyntaxNode> parts) {
    return parts.stream().filter(part -> part.is("String")).map(part -> part.text("sval")).toList();
  }

  static String value(SyntaxNode option) {
    return option
        .node("arg")
        .map(arg -> arg.has("ival") ? arg.text("ival") : arg.text("sval") + arg.text("boolval"))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .orElse("");
  }

  static boolean anyIn(SyntaxNode whole, Predicate<SyntaxNode> wanted) {
    boolean[] found = {false};
    whole.walk(node -> found[0] |= wanted.test(node));
    return found[0];
  }
}
