package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.DatabaseCopy;
import dev.migrate.backup.OrphanedCopies;
import dev.migrate.generate.UserPrompt;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sweep of what killed runs have left")
class OrphanSweepIT {
  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();

  private final Log log =
      new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
          lines.add("[INFO] " + line);
        }

        @Override
        public void warn(CharSequence line) {
          lines.add("[WARNING] " + line);
        }
      };

  @Test
  @DisplayName(
      "names it and leaves it where nobody answers, asks at a terminal, and drops on demand")
  void sweeps() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("sweeping")) {
      Target target = DatabaseCopy.target(database);
      String left = target.database() + "_restore_20260101_120000";
      leave(target, left);
      String named = "A run that was killed has left the database " + left + " (";

      sweep(target, UserPrompt.NOBODY, false);
      assertThat(lines).singleElement().asString().startsWith("[WARNING] " + named);
      assertThat(lines.get(0)).endsWith("To drop what such runs leave, give -Dmigrate.sweep=true.");
      sweep(target, answering("no"), false);
      sweep(target, answering(""), false);
      assertThat(questions).hasSize(2).allMatch(one -> one.startsWith(named));
      assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("[WARNING]"));
      assertThat(isThere(target, left)).isTrue();
      sweep(target, answering("yes"), false);
      assertThat(lines.get(3)).startsWith("[INFO] " + named).endsWith("; it is gone now.");
      assertThat(isThere(target, left)).isFalse();

      leave(target, left);
      sweep(target, answering("not asked"), true);
      assertThat(questions).hasSize(3);
      assertThat(isThere(target, left)).isFalse();
      sweep(target, UserPrompt.NOBODY, true);
      assertThat(lines).hasSize(5);
    }
  }

  private void sweep(Target target, UserPrompt somebody, boolean wanted) {
    new OrphanSweep(new OrphanedCopies(target, "test", folder), somebody, log, wanted).run();
  }

  private UserPrompt answering(String answer) {
    return new UserPrompt() {
      @Override
      public boolean possible() {
        return true;
      }

      @Override
      public Optional<String> answer(String question, String suggestion) {
        questions.add(question);
        return Optional.of(answer.isEmpty() ? suggestion : answer);
      }
    };
  }

  private static void leave(Target target, String name) throws SQLException {
    try (Connection connection = target.connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + OrphanedCopies.mark());
    }
  }

  private static boolean isThere(Target target, String name) throws SQLException {
    try (Connection connection = target.connect("test");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
      return row.next();
    }
  }
}
