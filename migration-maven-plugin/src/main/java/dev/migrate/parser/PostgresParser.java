package dev.migrate.parser;

import com.dylibso.chicory.wasm.ChicoryException;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/**
 * The parser of PostgreSQL 18 itself (libpg_query), as WebAssembly in a Java interpreter: no native
 * library, no process, the same answer everywhere. Older servers accept hardly anything that it
 * does not.
 */
public final class PostgresParser {
  private PgQuery module;

  /**
   * @param sql one statement or several
   * @return its statements, or why it cannot be read; never an exception for bad SQL
   */
  public synchronized Parsed parse(String sql) {
    Offsets offsets = new Offsets(sql);
    if (sql.indexOf('\0') >= 0) {
      return new Parsed.Refused("a NUL character", sql.indexOf('\0'));
    }
    try {
      if (module == null) {
        module = PgQuery.open();
      }
      PgQuery.Answer answer = module.parse(sql);
      if (answer.message() != null) {
        return new Parsed.Refused(answer.message(), offsets.ofPosition(answer.position()));
      }
      return new Parsed.Statements(nodes(answer.tree(), offsets));
    } catch (StackOverflowError | ChicoryException | JsonParseException e) {
      module = null; // Its memory is in no state to go on with.
      return new Parsed.Refused(
          "too deeply nested for the parser (" + e.getClass().getName() + ")", 0);
    }
  }

  private static List<Node> nodes(String tree, Offsets offsets) {
    JsonObject whole = JsonParser.parseString(tree).getAsJsonObject();
    List<Node> nodes = new ArrayList<>();
    if (whole.has("stmts")) {
      for (JsonElement one : whole.getAsJsonArray("stmts")) {
        nodes.add(Node.wrapped(one.getAsJsonObject().getAsJsonObject("stmt"), offsets));
      }
    }
    return nodes;
  }
}
