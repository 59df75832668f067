package dev.migrate.loss;

import dev.migrate.parser.ParseResult;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.RoutineBody;
import dev.migrate.parser.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Extracts the SQL statements that the body of a routine or a DO block runs. */
final class RoutineBodies {
  /** Extensions whose functions run SQL that they are given as text. */
  private static final Set<String> RUN_TEXT = Set.of("tablefunc", "xml2", "dblink", "adminpack");

  /** Of extensions of PostgreSQL's own: volatile, because no two answers are the same. */
  private static final Set<String> HARMLESS =
      Set.of(
          "uuid_generate_v1",
          "uuid_generate_v1mc",
          "uuid_generate_v4",
          "gen_random_uuid",
          "gen_random_bytes",
          "gen_salt",
          "pgp_sym_encrypt",
          "pgp_sym_encrypt_bytea",
          "pgp_pub_encrypt",
          "pgp_pub_encrypt_bytea");

  private final PostgresParser parser;

  RoutineBodies(PostgresParser parser) {
    this.parser = parser;
  }

  /** What a body runs, as far as it can be read. */
  sealed interface Content {
    /** Nothing that it does can be read off. */
    record Unread() implements Content {}

    /** It runs what stands somewhere in this, which can only be queries. */
    record Holds(SyntaxNode node) implements Content {}

    /** It runs these statements, and nothing else. */
    record Runs(List<Statement> statements) implements Content {}
  }

  /** A statement, with its text where it has one of its own. */
  record Statement(SyntaxNode node, String text) {}

  private static final Content UNREAD = new Content.Unread();
  private static final Content NOTHING = new Content.Runs(List.of());

  /**
   * @return the statement that makes a routine, where there is one: with the defaults and the types
   *     of its parameters, and the body if it is not a text
   */
  Optional<SyntaxNode> head(Routine routine) {
    return only(routine.definition());
  }

  Content of(Routine routine) {
    return switch (routine.language()) {
      case "sql", "rule" -> sql(routine.definition());
      case "plpgsql" -> plpgsql(routine.definition());
      case "aggregate" -> NOTHING; // its parts do what it does
      case "c" ->
          !routine.extension().isEmpty()
                  && !RUN_TEXT.contains(routine.extension())
                  && (!routine.changing() || HARMLESS.contains(routine.name()))
              ? NOTHING
              : UNREAD;
      default -> UNREAD;
    };
  }

  /** A function in SQL: its text, or the statements that stand in it unquoted; or a rule. */
  private Content sql(String definition) {
    Optional<SyntaxNode> made = only(definition);
    if (made.isEmpty()) {
      return UNREAD;
    }
    for (SyntaxNode option : made.get().list("options")) {
      if (option.text("defname").equals("as")) {
        List<String> texts =
            option.node("arg").stream()
                .flatMap(arg -> arg.list("items").stream())
                .map(item -> item.text("sval"))
                .toList();
        return texts.size() == 1 ? statements(texts) : UNREAD;
      }
    }
    return new Content.Holds(made.get());
  }

  /** A DO block, or a function in PL/pgSQL. */
  Content plpgsql(String statement) {
    Optional<RoutineBody> body = parser.body(statement);
    if (body.isEmpty() || body.get().dynamic()) {
      return UNREAD;
    }
    List<String> run = new ArrayList<>(body.get().statements());
    body.get().types().forEach(type -> run.add("SELECT NULL::" + type)); // checked as one is set
    return statements(run);
  }

  private Content statements(List<String> texts) {
    List<Statement> statements = new ArrayList<>();
    for (String text : texts) {
      if (!(parser.parse(text) instanceof ParseResult.Statements read)) {
        return UNREAD;
      }
      List<SyntaxNode> nodes = read.nodes();
      nodes.forEach(node -> statements.add(new Statement(node, nodes.size() == 1 ? text : "")));
    }
    return new Content.Runs(List.copyOf(statements));
  }

  private Optional<SyntaxNode> only(String sql) {
    return parser.parse(sql) instanceof ParseResult.Statements read && read.nodes().size() == 1
        ? Optional.of(read.nodes().get(0))
        : Optional.empty();
  }
}
