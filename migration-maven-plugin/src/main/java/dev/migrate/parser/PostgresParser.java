package dev.migrate.parser;

import com.dylibso.chicory.wasm.ChicoryException;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * The parser of PostgreSQL 18 itself (libpg_query), as WebAssembly in a Java interpreter: no native
 * library, no process, the same answer everywhere. Older servers accept hardly anything that it
 * does not.
 */
public final class PostgresParser {
  /** Statements of PL/pgSQL whose SQL is not in the text, or in another place. */
  private static final Set<String> DYNAMIC =
      Set.of("PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors", "PLpgSQL_stmt_call");

  /** In {@code RETURN QUERY EXECUTE} and {@code OPEN … FOR EXECUTE}. */
  private static final String TEXT_TO_RUN = "dynquery";

  private static final Pattern LIKE_ROW = Pattern.compile("(?i)\\s*%\\s*rowtype");

  private static final Pattern LIKE_COLUMN =
      Pattern.compile("(?i)\\s*\\.\\s*(\"[^\"]*\"|[^.\"\\s]+)\\s*%\\s*type");

  /** How PL/pgSQL has a text read (PostgreSQL's RawParseMode); all others are assignments. */
  private static final int WHOLE_STATEMENT = 0;

  private static final int EXPRESSION = 2;

  private PgQuery module;

  /**
   * Begins to load the parser, which takes a second or more, in a thread of its own. Who parses in
   * the meantime waits for it.
   */
  public void prepare() {
    // A goal that has failed before it parses is gone with its classes, and its failure said.
    Thread loading = new Thread(new FutureTask<>(() -> parse("")), "parser");
    loading.setDaemon(true);
    loading.start();
  }

  /**
   * @param sql one statement or several
   * @return its statements, or why it cannot be read; never an exception for bad SQL
   */
  public synchronized ParseResult parse(String sql) {
    Utf8Offsets offsets = new Utf8Offsets(sql);
    if (sql.indexOf('\0') >= 0) {
      return new ParseResult.Refused("a NUL character", sql.indexOf('\0'));
    }
    try {
      if (module == null) {
        module = PgQuery.open();
      }
      PgQuery.Answer answer = module.parse(sql);
      if (answer.message() != null) {
        return new ParseResult.Refused(answer.message(), offsets.ofPosition(answer.position()));
      }
      return new ParseResult.Statements(nodes(answer.tree(), offsets));
    } catch (StackOverflowError | ChicoryException | JsonParseException e) {
      module = null; // Its memory is in no state to go on with.
      return new ParseResult.Refused(
          "too deeply nested for the parser (" + e.getClass().getName() + ")", 0);
    }
  }

  /**
   * Reads the body of a DO block or of a function in PL/pgSQL.
   *
   * @param sql the statement
   * @return what the body runs; empty when it cannot be read
   */
  public synchronized Optional<RoutineBody> body(String sql) {
    try {
      if (module == null) {
        module = PgQuery.open();
      }
      String tree = module.parsePlpgsql(sql);
      // What is no tree is a message: an error, or a word about the module's own failure.
      if (!tree.startsWith("{")) {
        return Optional.empty();
      }
      List<String> statements = new ArrayList<>();
      List<String> types = new ArrayList<>();
      boolean dynamic = collect(JsonParser.parseString(tree), statements, types);
      return Optional.of(new RoutineBody(statements, types, dynamic));
    } catch (StackOverflowError | ChicoryException | JsonParseException e) {
      module = null;
      return Optional.empty();
    }
  }

  /** Whether SQL is put together somewhere in it. */
  private static boolean collect(JsonElement element, List<String> statements, List<String> types) {
    boolean dynamic = false;
    if (element.isJsonArray()) {
      for (JsonElement one : element.getAsJsonArray()) {
        dynamic |= collect(one, statements, types);
      }
    } else if (element.isJsonObject()) {
      for (Map.Entry<String, JsonElement> field : element.getAsJsonObject().entrySet()) {
        if (field.getKey().equals("PLpgSQL_expr")) {
          statements.add(statement(field.getValue().getAsJsonObject()));
        } else if (field.getKey().equals("PLpgSQL_type")) {
          types.add(type(field.getValue().getAsJsonObject()));
        } else {
          boolean ofItsOwn = field.getKey().equals(TEXT_TO_RUN) || DYNAMIC.contains(field.getKey());
          dynamic |= ofItsOwn || collect(field.getValue(), statements, types);
        }
      }
    }
    return dynamic;
  }

  /**
   * An expression as a statement. An assignment becomes a comparison, since only what is called in
   * it counts.
   */
  private static String statement(JsonObject expression) {
    String query = expression.get("query").getAsString();
    int mode = expression.has("parseMode") ? expression.get("parseMode").getAsInt() : 0;
    return switch (mode) {
      case WHOLE_STATEMENT -> query;
      case EXPRESSION -> "SELECT " + query;
      default -> "SELECT " + query.replaceFirst(":=", "=");
    };
  }

  /** Of a variable; one that is like a column may be of any type that the table has. */
  private static String type(JsonObject type) {
    String name = type.get("typname").getAsString();
    return LIKE_COLUMN.matcher(LIKE_ROW.matcher(name).replaceFirst("")).replaceFirst("");
  }

  private static List<SyntaxNode> nodes(String tree, Utf8Offsets offsets) {
    JsonObject whole = JsonParser.parseString(tree).getAsJsonObject();
    List<SyntaxNode> nodes = new ArrayList<>();
    if (whole.has("stmts")) {
      for (JsonElement one : whole.getAsJsonArray("stmts")) {
        nodes.add(SyntaxNode.wrapped(one.getAsJsonObject().getAsJsonObject("stmt"), offsets));
      }
    }
    return nodes;
  }
}
