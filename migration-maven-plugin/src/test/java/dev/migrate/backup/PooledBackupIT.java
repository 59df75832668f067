package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.target.Target;
import dev.migrate.testing.PgBouncer;
import dev.migrate.testing.Thorough;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pooler undoes nothing by itself, so that what we leave is seen. */
@DisplayName("Through a pooler in session mode")
@Timeout(120)
class PooledBackupIT {
  @TempDir private Path folder;
  private final HeardBackup progress = new HeardBackup();
  private final List<String> warnings = progress.warnings();
  private InstalledServer server;
  private PgBouncer bouncer;

  @BeforeEach
  void start() throws Exception {
    Optional<InstalledServer> installed = InstalledServer.get();
    Assumptions.assumeTrue(installed.isPresent(), "PostgreSQL 15 is not installed here");
    server = installed.get();
    bouncer = PgBouncer.before(server.port(), "session", 12, "server_reset_query=");
    for (String sql :
        List.of("CREATE DATABASE pooled", "CREATE DATABASE emptied", "CREATE DATABASE replaced")) {
      execute("postgres", sql);
    }
    execute("pooled", "CREATE TABLE public.t AS SELECT 12.5::float8::numeric::money AS m, 1 AS id");
  }

  @AfterEach
  void stop() throws Exception {
    if (bouncer != null) {
      bouncer.close();
    }
  }

  @Thorough
  @Test
  @DisplayName("backups are taken and restored, and no session keeps a setting of ours")
  void backups() throws SQLException {
    Manifest over = backUp(through("pooled"));
    assertThat(over.engine()).isEqualTo(BackupEngine.JDBC);
    assertThat(warnings).singleElement().asString().contains("a pooler lends its sessions");
    warnings.clear();
    restore("emptied", over.name());
    assertThat(value("emptied")).isEqualTo("$12.50");

    Manifest direct = backUp(server.target("pooled"));
    assertThat(direct.engine()).isEqualTo(BackupEngine.PG_DUMP);
    assertThat(warnings).isEmpty();
    restore("replaced", direct.name());
    assertThat(value("replaced")).isEqualTo("$12.50");

    for (String database : List.of("pooled", "emptied", "replaced", "postgres")) {
      assertUntouched(database);
    }
  }

  private Target through(String database) {
    return Target.of(bouncer.url(database), "postgres", InstalledServer.PASSWORD, "test");
  }

  private Manifest backUp(Target target) {
    return new Backup(target, "test", "flyway_schema_history", BackupOptions.in(folder), progress)
        .take(connection -> List.of());
  }

  private void restore(String database, String name) {
    Restoring.run(
        through(database),
        "test",
        BackupOptions.in(folder),
        new RestoreOptions(true, true, true),
        BackupProgress.SILENT,
        name);
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = server.target(database).connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String value(String database) throws SQLException {
    try (Connection connection = server.target(database).connect("test");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT m::text FROM public.t")) {
      row.next();
      return row.getString(1);
    }
  }

  /** One session after the other, as an application gets them. */
  private void assertUntouched(String database) throws SQLException {
    List<Connection> held = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        java.util.Properties properties = new java.util.Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", InstalledServer.PASSWORD);
        Connection connection =
            new org.postgresql.Driver().connect(bouncer.url(database), properties);
        held.add(connection);
        try (Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery(
                    "SELECT current_setting('search_path') || ' ' || current_setting('lock_timeout')"
                        + " || ' ' || current_setting('row_security') || ' ' ||"
                        + " current_setting('client_min_messages') || ' ' ||"
                        + " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')")) {
          row.next();
          assertThat(row.getString(1)).as(database).isEqualTo("\"$user\", public 0 on notice 0");
        }
      }
    } finally {
      for (Connection connection : held) {
        connection.close();
      }
    }
  }
}
