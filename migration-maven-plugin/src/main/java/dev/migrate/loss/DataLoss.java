package dev.migrate.loss;

import dev.migrate.parser.ParseResult;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Static analysis that decides whether SQL scripts can lose data that no other script brings back:
 * read with PostgreSQL's own grammar, and with what the database has under the names in them. It
 * errs on the side of a backup too many: whatever cannot be read off counts. What one script makes,
 * the next one may use, so one of these is for one run of scripts, in their order.
 */
public final class DataLoss {
  /** What the generated scripts say before such a statement. */
  private static final Pattern MARKER =
      Pattern.compile("(?m)^\\s*--\\s*LOSES DATA: (.*?)(?:, in the rows that this finds: .*)?$");

  private final PostgresParser parser;
  private final StatementEffects effects;

  /**
   * @param catalog what the database has
   * @param parser PostgreSQL's grammar
   */
  public DataLoss(SideEffectCatalog catalog, PostgresParser parser) {
    this.parser = parser;
    this.effects = new StatementEffects(new SymbolTable(catalog), parser);
  }

  /**
   * @param text the script as it is
   * @param statements its statements, as they run
   * @return the first thing in it that can lose data, shortened for people; empty when nothing can
   */
  public Optional<String> in(String text, List<String> statements) {
    Matcher marked = MARKER.matcher(text);
    if (marked.find()) {
      return Optional.of(marked.group(1).strip());
    }
    for (String statement : statements) {
      Optional<String> why = why(statement);
      if (why.isPresent()) {
        return Optional.of(
            shortened(statement) + (why.get().isEmpty() ? "" : " (" + why.get() + ")"));
      }
    }
    return Optional.empty();
  }

  private Optional<String> why(String statement) {
    if (parser.parse(statement) instanceof ParseResult.Statements read) {
      List<SyntaxNode> nodes = read.nodes();
      for (SyntaxNode node : nodes) {
        Optional<String> why = effects.of(node, nodes.size() == 1 ? statement : "");
        if (why.isPresent()) {
          return why;
        }
      }
      return Optional.empty();
    }
    return Optional.of("PostgreSQL's grammar does not know it");
  }

  private static String shortened(String statement) {
    String line = statement.strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 79) + "…";
  }
}
