package dev.migrate.lint;

import dev.migrate.parser.ParseResult;
import dev.migrate.parser.SyntaxNode;
import dev.migrate.script.RunnableScript;
import dev.migrate.script.ScriptStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parsed source of a script: its statements, where they stand and what they say. */
final class ScriptSource {
  private static final Pattern RERUN = Pattern.compile("(?mi)^\\s*--\\s*rerun\\s*:\\s*safe\\b.*");

  private final String file;
  private final String text;
  private final boolean transactional;
  private final List<Statement> statements = new ArrayList<>();

  /** Reads a script. */
  ScriptSource(RunnableScript script, String text, SqlGrammar grammar) {
    this.file = script.name();
    this.text = text;
    this.transactional = script.transactional();
    int from = 0;
    for (ScriptStatement one : script.statements()) {
      // Placeholders and COPY's rows are not in the text as they run: then the line must do.
      int start = text.indexOf(one.sql(), from);
      boolean verbatim = start >= 0;
      if (!verbatim) {
        start = Math.max(from, startOfLine(one.line()));
      }
      int end = verbatim ? start + one.sql().length() : start;
      statements.add(new Statement(one, grammar.parse(one.sql()), start, end, verbatim));
      from = end;
    }
  }

  /**
   * A statement.
   *
   * @param runnable what runs
   * @param parsed what it says
   * @param start where in the text it starts
   * @param end where it ends
   * @param verbatim whether the text has it word for word
   */
  record Statement(
      ScriptStatement runnable, ParseResult parsed, int start, int end, boolean verbatim) {
    Statement {
      Objects.requireNonNull(runnable, "runnable");
      Objects.requireNonNull(parsed, "parsed");
    }

    /** Its one node; none when the parser did not know it. */
    Optional<SyntaxNode> node() {
      return parsed instanceof ParseResult.Statements known && known.nodes().size() == 1
          ? Optional.of(known.nodes().get(0))
          : Optional.empty();
    }

    /** A statement inside this one, which has no place of its own. */
    Statement with(ParseResult inner) {
      return new Statement(runnable, inner, start, end, false);
    }

    /** For output. */
    String firstLine() {
      return runnable.sql().lines().findFirst().orElse("").strip();
    }
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  boolean transactional() {
    return transactional;
  }

  List<Statement> statements() {
    return statements;
  }

  /** Whether its author says that it can be run again after it stopped. */
  boolean rerunSafe() {
    return RERUN.matcher(text).find();
  }

  SourcePosition place(Statement statement) {
    return SourcePosition.of(file, text, statement.start());
  }

  /** The place of a node in a statement; of the statement, when the parser does not say. */
  SourcePosition place(Statement statement, Optional<Integer> offset) {
    return offset.isPresent() && statement.verbatim()
        ? SourcePosition.of(file, text, statement.start() + offset.get())
        : place(statement);
  }

  /** The line of the statement that shows what is meant. */
  String excerpt(Statement statement, SourcePosition place) {
    if (!statement.verbatim() || place.line() == place(statement).line()) {
      return statement.firstLine();
    }
    int start = startOfLine(place.line());
    return text.substring(start, Math.max(start, statement.end()))
        .lines()
        .findFirst()
        .orElse("")
        .strip();
  }

  private int startOfLine(int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return start;
      }
      start = end + 1;
    }
    return start;
  }
}
