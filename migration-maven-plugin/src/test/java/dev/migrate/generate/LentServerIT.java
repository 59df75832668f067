package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.testing.InstalledCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Revisions are replayed on a server that somebody lends")
class LentServerIT {
  private static final String PASSWORD_FILE = "org.postgresql.pgpassfile";

  private static InstalledCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = InstalledCluster.create();
    cluster.hba("host all all 127.0.0.1/32 trust\nhost all all ::1/128 scram-sha-256\n");
    cluster.run();
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://127.0.0.1:PORT/postgres, postgres, ",
    "jdbc:postgresql://127.0.0.1:PORT/?user=postgres, , ",
    "postgresql://127.0.0.1:PORT, postgres, ",
    "postgresql://postgres@127.0.0.1:PORT/postgres?connect_timeout=5, , ",
    "postgresql://postgres:secret%20word@[::1]:PORT/postgres, , ",
    "postgresql://[::1]:PORT/postgres, postgres, secret word",
  })
  @DisplayName("at an address in either form, and as a user who needs no password")
  void lent(String url, String user, String password) {
    ModelProject project =
        ModelProject.empty(folder).revision(1, "create table a (id int);", "drop table a;");
    ScratchSource scratchSource =
        new ScratchSource.Borrowed(url.replace("PORT", "" + cluster.port()), user, password);
    Replay replay =
        new Replay(scratchSource, project.files(), HistoryOptions.defaults(), Progress.SILENT);
    try (ScratchWorkspace workspace = replay.of(List.of(RevisionId.of("1")))) {
      assertThat(workspace.read(workspace.base(), Scope.standard()).facts().keySet())
          .filteredOn(id -> id.kind() == Kind.TABLE)
          .extracting(FactId::lastName)
          .containsExactly("a");
    }
  }

  @Test
  @DisplayName("with a password from the file of passwords")
  void passwordFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pgpass"),
            "[::1]:*:*:postgres:%1$s%n::1:*:*:postgres:%1$s%n".formatted("secret word"));
    String before = System.getProperty(PASSWORD_FILE);
    System.setProperty(PASSWORD_FILE, file.toString());
    try {
      lent("jdbc:postgresql://[::1]:PORT/postgres", "postgres", null);
      lent("postgresql://postgres@[::1]:PORT", null, null);
    } finally {
      if (before == null) {
        System.clearProperty(PASSWORD_FILE);
      } else {
        System.setProperty(PASSWORD_FILE, before);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://[::1]:PORT/postgres, postgres, wrong",
    "postgresql://postgres@[::1]:PORT/postgres, , ",
    "postgresql://[::1]:PORT/postgres, nobody, wrong",
  })
  @DisplayName("and says where a password belongs that is wrong or missing: on no command line")
  void noPassword(String url, String user, String password) {
    ScratchSource scratchSource =
        new ScratchSource.Borrowed(url.replace("PORT", "" + cluster.port()), user, password);
    assertThatThrownBy(scratchSource::open)
        .isInstanceOfSatisfying(
            MigrateException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(FailureCode.CONNECTION);
              assertThat(refused.problem()).startsWith("The scratch server cannot be used: ");
              assertThat(refused.remedy())
                  .contains("-Dmigrate.scratchUser", "~/.pgpass", "${env.SCRATCH_PASSWORD}")
                  .doesNotContain("-Dmigrate.scratchPassword", "-Dmigrate.password");
            });
  }
}
