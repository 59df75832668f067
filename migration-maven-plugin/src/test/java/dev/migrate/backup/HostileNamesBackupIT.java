package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import dev.migrate.testing.HostileDatabase;
import dev.migrate.testing.Psql;
import dev.migrate.testing.TestPostgres;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The backup of a database with hostile names")
class HostileNamesBackupIT {
  private static final int COUNT = 60;
  private static final String ROLE = "x$do$;create table public.seen();--$do$\n\\! id";

  @TempDir private Path folder;

  private static Schema schema(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return new Introspector(Scope.standard()).read(connection);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  @DisplayName(
      "is verified, restored and loaded by psql with the same names, and runs nothing else")
  void roundTrip() throws Exception {
    String role = SqlNames.quote(ROLE);
    try (ScratchDatabase source = TestPostgres.database("hostile");
        ScratchDatabase restored = TestPostgres.database("restored");
        ScratchDatabase loaded = TestPostgres.database("loaded")) {
      try (Connection connection = source.connect()) {
        HostileDatabase.make(connection, COUNT);
        execute(connection, "CREATE ROLE " + role);
        execute(connection, "CREATE TABLE owned (i int)");
        execute(connection, "ALTER TABLE owned OWNER TO " + role);
      }
      try {
        BackupOptions options =
            BackupOptions.in(folder).with(BackupEngine.Choice.JDBC).withChecksums();
        Target target = BackupIT.target(source);
        Manifest manifest =
            new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT)
                .take(connection -> java.util.List.of());
        BackupVerification.createRoles(TestPostgres.server(), java.util.List.of(ROLE));
        Restoring.run(
            BackupIT.target(restored),
            "test",
            options,
            new RestoreOptions(false, false, true),
            BackupProgress.SILENT,
            "latest");
        assertThat(schema(restored)).isEqualTo(schema(source));

        Path plain = folder.resolve("plain.sql");
        try (InputStream in =
            new GZIPInputStream(Files.newInputStream(folder.resolve(manifest.file())))) {
          Files.copy(in, plain);
        }
        assertThat(Psql.run(loaded, plain)).isEmpty();
        assertThat(schema(loaded)).isEqualTo(schema(source));
      } finally {
        for (ScratchDatabase one : java.util.List.of(source, restored, loaded)) {
          try (Connection connection = one.connect()) {
            execute(connection, "DROP OWNED BY " + role + " CASCADE");
          }
        }
        try (Connection connection = source.connect()) {
          execute(connection, "DROP ROLE " + role);
        }
      }
    }
  }
}
