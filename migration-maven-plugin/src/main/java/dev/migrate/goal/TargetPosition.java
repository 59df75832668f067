package dev.migrate.goal;

import dev.migrate.backup.Backup;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
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
import java.util.Optional;

/** Where a target stands, for the manifest of its backup. */
final class TargetPosition {
  private TargetPosition() {}

  static Backup.Position of(
      Target target,
      String purpose,
      Optional<String> schema,
      String tableName,
      RevisionFiles files) {
    HistoryTable table;
    try (Connection connection = target.connect(purpose)) {
      // The snapshot of a backup has an empty search path.
      table = HistoryTable.locate(connection, schema, tableName);
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
