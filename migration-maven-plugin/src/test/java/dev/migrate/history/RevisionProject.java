package dev.migrate.history;

import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder with revisions and a database to run them on: what the tests of the history play with.
 */
final class RevisionProject {
  private final Path root;
  private final Target target;
  private HistoryOptions options = options(Duration.ofSeconds(10), Duration.ofSeconds(5), 3);
  private Progress progress = Progress.SILENT;

  RevisionProject(Path root, Target target) throws IOException {
    this.root = root;
    this.target = target;
    Files.createDirectories(folders().upgrade());
    Files.createDirectories(folders().downgrade());
  }

  static HistoryOptions options(Duration lockWait, Duration lockTimeout, int retries) {
    return HistoryOptions.defaults()
        .with(new Timeouts(lockWait, lockTimeout, Duration.ZERO, retries));
  }

  RevisionProject with(HistoryOptions changed) {
    this.options = changed;
    return this;
  }

  RevisionProject with(Progress listener) {
    this.progress = listener;
    return this;
  }

  RevisionFolders folders() {
    return RevisionFolders.of(root);
  }

  /** Adds the revision {@code number} on top of the one before it. */
  RevisionProject revision(int number, String upgrade, String downgrade) {
    write(folders().upgrade().resolve("V%d__step_%d.sql".formatted(number, number)), upgrade);
    if (downgrade != null) {
      write(folders().downgrade().resolve("U%d__step_%d.sql".formatted(number, number)), downgrade);
    }
    return this;
  }

  /** Adds any file beside the upgrade scripts. */
  RevisionProject file(String name, String text) {
    write(folders().upgrade().resolve(name), text);
    return this;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RevisionFiles files() {
    return RevisionFiles.read(folders(), MissingFolder.REFUSE);
  }

  RunOutcome upgrade(String to) {
    try (LockedTarget locked = open()) {
      RevisionFiles files = files();
      return locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), to));
    }
  }

  RunOutcome downgrade(String to) {
    try (LockedTarget locked = open()) {
      RevisionFiles files = files();
      return locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), to));
    }
  }

  /** Upgrades, and lets these revisions run again that stopped half-way. */
  RunOutcome upgrade(String to, RevisionId... rerun) {
    try (LockedTarget locked = open()) {
      RevisionFiles files = files();
      return locked.upgrade(
          files, files.graph().upgrade(locked.state(files).applied(), to), Set.of(rerun));
    }
  }

  /** Downgrades, and lets the downgrades of these revisions run again that stopped half-way. */
  RunOutcome downgrade(String to, RevisionId... rerun) {
    try (LockedTarget locked = open()) {
      RevisionFiles files = files();
      return locked.downgrade(
          files, files.graph().downgrade(locked.state(files).applied(), to), Set.of(rerun));
    }
  }

  StampOutcome stamp(String to) {
    try (LockedTarget locked = open()) {
      RevisionFiles files = files();
      return locked.stamp(files, files.graph().stamp(locked.state(files).known(), to), true);
    }
  }

  LockedTarget open() {
    return LockedTarget.open(target, "test", options, progress);
  }

  TargetState state() {
    try (Connection connection = target.connectForScripts("test")) {
      HistoryTable table = HistoryTable.locate(connection, Optional.empty(), options.table());
      return TargetState.of(files(), HistoryReader.read(connection, table));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The states of all revisions, such as {@code "1 APPLIED", "2 PENDING"}. */
  List<String> states() {
    return state().states().stream().map(state -> state.id() + " " + state.status()).toList();
  }

  List<String> query(String sql) {
    try (Connection connection = target.connectForScripts("test");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    try (Connection connection = target.connectForScripts("test");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> tables() {
    return query(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            + " AND relname <> 'flyway_schema_history' ORDER BY 1");
  }

  Target target() {
    return target;
  }

  static MigrateException failureOf(Runnable run) {
    try {
      run.run();
    } catch (MigrateException e) {
      return e;
    }
    throw new AssertionError("It did not fail.");
  }

  static RevisionId id(int number) {
    return RevisionId.of(String.valueOf(number));
  }
}
