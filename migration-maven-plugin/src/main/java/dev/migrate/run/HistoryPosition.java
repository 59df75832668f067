package dev.migrate.run;

import dev.migrate.backup.Backup;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.TargetState;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads which revisions a database is at, in the snapshot of its backup, for the backup's manifest.
 */
public final class HistoryPosition {
  private HistoryPosition() {}

  /**
   * @param target the database
   * @param purpose what for, as {@code pg_stat_activity} shows it
   * @param options where its history is kept
   * @param files the revisions of the project
   * @return reads the current revisions; where the files do not tell the graph, the newest one
   * @throws MigrateException {@code CONNECTION} when the table cannot be looked for
   */
  public static Backup.Position of(
      Target target, String purpose, HistoryOptions options, RevisionFiles files) {
    HistoryTable table;
    try (Connection connection = target.connect(purpose)) {
      // The snapshot of a backup has an empty search path.
      table = HistoryTable.locate(connection, options.schema(), options.table());
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.CONNECTION,
          "The connection to %s was lost: %s.".formatted(target, e.getMessage()),
          "Run the goal again.",
          e);
    }
    return connection -> {
      TargetState state = TargetState.of(files, HistoryReader.read(connection, table));
      List<RevisionId> current = state.current().stream().map(Revision::id).toList();
      // Without the files the graph is not known; the newest revision says most.
      List<RevisionId> newest =
          state.applied().stream().max(RevisionId::compareTo).map(List::of).orElse(List.of());
      return (current.isEmpty() ? newest : current).stream().map(RevisionId::toString).toList();
    };
  }
}
