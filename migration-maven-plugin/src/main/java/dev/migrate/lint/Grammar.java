package dev.migrate.lint;

import dev.migrate.parser.Body;
import dev.migrate.parser.Parsed;
import dev.migrate.parser.PostgresParser;
import java.util.Optional;

/** What can read SQL. */
interface Grammar {
  /** Says that it will be needed soon. */
  void prepare();

  /** What a statement says. */
  Parsed parse(String sql);

  /** What a DO block runs; empty when it cannot be read. */
  Optional<Body> body(String sql);

  /** That of PostgreSQL. */
  static Grammar postgres() {
    PostgresParser parser = new PostgresParser();
    return new Grammar() {
      @Override
      public void prepare() {
        parser.prepare();
      }

      @Override
      public Parsed parse(String sql) {
        return parser.parse(sql);
      }

      @Override
      public Optional<Body> body(String sql) {
        return parser.body(sql);
      }
    };
  }
}
