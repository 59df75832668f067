package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database that is read again and again")
class SchemaReaderIT {
  private final Introspector introspector = new Introspector(Scope.standard());

  @Test
  @DisplayName("is seen each time as somebody sees it who has just connected")
  void everyTime() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("read");
        Connection writer = database.connect();
        SchemaReader reader = SchemaReader.of(introspector, database, 8)) {
      for (int i = 0; i < 18; i++) {
        execute(
            writer,
            "create table t%d (id int primary key, name text check (name <> ''))".formatted(i));
        if (i > 0) {
          execute(writer, "alter table t%d rename name to former".formatted(i - 1));
          execute(writer, "create index on t%d (former)".formatted(i - 1));
          execute(
              writer, "alter table t%d add foreign key (id) references t%d".formatted(i, i - 1));
        }
        if (i % 4 == 1) {
          try (Connection fresh = database.connect()) {
            assertThat(reader.read(writer)).isEqualTo(introspector.read(fresh));
          }
        } else {
          assertThat(reader.read(writer).find(FactId.of(Kind.TABLE, "public", "t" + i)))
              .isPresent();
        }
      }
    }
  }

  @Test
  @DisplayName("is not read past a transaction that a script has left open")
  void openTransaction() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("read");
        Connection writer = database.connect();
        SchemaReader reader = SchemaReader.of(introspector, database)) {
      execute(writer, "begin");
      execute(writer, "create table t (id int)");

      assertThatThrownBy(() -> reader.read(writer))
          .isInstanceOf(MigrateException.class)
          .hasMessageContaining("SET TRANSACTION ISOLATION LEVEL");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
