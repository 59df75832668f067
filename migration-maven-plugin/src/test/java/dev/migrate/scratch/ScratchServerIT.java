package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A scratch server")
@Timeout(120)
class ScratchServerIT {
  @TempDir Path parent;

  @Test
  @DisplayName("comes from nothing and leaves nothing, not even in a strange place")
  void comesAndGoes() throws Exception {
    Path strange = parent.resolve("mit \"Gänsefüßchen\" & $HOME");
    ProcessHandle server;
    try (ScratchServer scratch = ScratchServer.start(TestPostgres.installation(), strange);
        ScratchDatabase database = scratch.database("Ä model/1");
        Connection connection = database.connect()) {
      server = ProcessHandle.of(postmaster(strange)).orElseThrow();
      assertThat(server.isAlive()).isTrue();
      assertThat(Queries.column(connection, "show server_encoding")).containsExactly("UTF8");
      assertThat(Queries.column(connection, "show fsync")).containsExactly("off");
      assertThat(Queries.column(connection, "show log_timezone")).containsExactly("UTC");
      assertThat(Queries.column(connection, "show listen_addresses")).containsExactly("127.0.0.1");
      assertThat(Queries.column(connection, "show unix_socket_directories")).containsExactly("");
    }
    assertThat(server.isAlive()).isFalse();
    assertThat(strange.toFile().list()).containsExactlyInAnyOrder(".gitignore", "lock");
  }

  @Test
  @DisplayName("lets nobody in without the password")
  void password() {
    ServerAddress address = TestPostgres.server().address();
    assertThatThrownBy(
            () ->
                ScratchConnections.connect(address.jdbcUrl("postgres"), "postgres", "guess")
                    .close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  @DisplayName("copies a template, and drops each copy when it is closed")
  void templates() throws Exception {
    ScratchServer scratch = TestPostgres.server();
    try (ScratchDatabase replayed = scratch.database("replayed")) {
      try (Connection connection = replayed.connect()) {
        Queries.execute(connection, "create table asset (id int)");
      }
      scratch.markTemplate(replayed);
      assertThatThrownBy(() -> replayed.connect().close()).isInstanceOf(SQLException.class);
      String name;
      try (ScratchDatabase copy = scratch.database("copy", replayed);
          Connection connection = copy.connect()) {
        name = copy.name();
        assertThat(Queries.column(connection, "select count(*) from asset")).containsExactly("0");
      }
      assertThat(databases(scratch)).contains(replayed.name()).doesNotContain(name);
    }
    assertThat(databases(scratch)).noneMatch(name -> name.startsWith("replayed"));
  }

  @Test
  @DisplayName("of a killed JVM ends by itself, and the next one sweeps its folder")
  void killed() throws Exception {
    ChildJvm child = ChildJvm.start(ChildJvm.SCRATCH, parent);
    ProcessHandle server = ProcessHandle.of(Long.parseLong(child.line())).orElseThrow();
    assertThat(server.isAlive()).isTrue();

    child.kill();

    ChildJvm.awaitEnd(server);
    try (ScratchServer next = ScratchServer.start(TestPostgres.installation(), parent);
        var folders = Files.list(parent)) {
      assertThat(folders.filter(Files::isDirectory)).hasSize(1);
      assertThat(databases(next)).contains("postgres");
    }
  }

  @Test
  @DisplayName("refuses what cannot be done with the server's own words")
  void refuses() {
    ScratchServer scratch = TestPostgres.server();
    ScratchDatabase gone = scratch.database("gone");
    gone.close();
    assertThatThrownBy(() -> scratch.database("copy", gone))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("does not exist");
  }

  private static List<String> databases(ScratchServer scratch) throws SQLException {
    try (Connection connection = ScratchConnections.connect(scratch.address(), "postgres")) {
      return Queries.column(connection, "select datname from pg_database");
    }
  }

  private static long postmaster(Path parent) throws Exception {
    try (var folders = Files.list(parent)) {
      Path folder = folders.filter(Files::isDirectory).findFirst().orElseThrow();
      return PidFile.of(folder.resolve("data")).orElseThrow().pid();
    }
  }
}
