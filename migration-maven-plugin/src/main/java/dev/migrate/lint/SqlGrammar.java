package dev.migrate.lint;

import dev.migrate.parser.ParseResult;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.RoutineBody;
import java.util.Optional;

/** Interface of the SQL parser that the linter uses. */
interface SqlGrammar {
  /** Says that it will be needed soon. */
  void prepare();

  /** What a statement says. */
  ParseResult parse(String sql);

  /** What a DO block runs; empty when it cannot be read. */
  Optional<RoutineBody> body(String sql);

  /** That of PostgreSQL. */
  static SqlGrammar postgres() {
    PostgresParser parser = new PostgresParser();
    return new SqlGrammar() {
      @Override
      public void prepare() {
        parser.prepare();
      }

      @Override
      public ParseResult parse(String sql) {
        return parser.parse(sql);
      }

      @Override
      public Optional<RoutineBody> body(String sql) {
        return parser.body(sql);
      }
    };
  }
}
