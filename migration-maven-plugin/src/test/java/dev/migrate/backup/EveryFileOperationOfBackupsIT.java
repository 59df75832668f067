package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Ended;
import dev.migrate.files.LastOperation.Moment;
import dev.migrate.files.Points;
import dev.migrate.files.ProjectTree;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backups, ended at a sample of their file operations, at all of them with {@code
 * -DfileOperations=all}.
 */
@DisplayName("A backup, ended at file operations and taken again")
class EveryFileOperationOfBackupsIT {
  @TempDir private Path directory;

  private static void take(ScratchDatabase database, Path folder) {
    new Backup(
            BackupIT.target(database),
            "test",
            "flyway_schema_history",
            BackupOptions.in(folder).with(Engine.Choice.JDBC),
            BackupProgress.SILENT)
        .take(connection -> List.of());
  }

  /** The names in the folder, without the moments that are in them. */
  private static Set<String> names(Path folder) {
    Set<String> names = new TreeSet<>();
    for (String name : ProjectTree.of(folder).keySet()) {
      names.add(name.replaceAll("\\d{8}T\\d{6}Z", "<time>"));
    }
    return names;
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE", "FULL", "READ_ONLY"})
  @DisplayName("is there once and whole, and nothing is left over; a full disk has none")
  void ended(Moment kind) throws Exception {
    try (ScratchDatabase database = TestPostgres.database("backup")) {
      BackupIT.execute(
          BackupIT.target(database),
          "create table asset (id int primary key, name text)",
          "insert into asset select i, 'asset ' || i from generate_series(1, 100) i");
      Path first = Files.createDirectory(directory.resolve("undisturbed"));
      Path folder = first.resolve("backups");
      List<String> operations = LastOperation.countedIn(first, () -> take(database, folder));
      Set<String> expected = names(first);
      int points = 0;
      int whole = 0;
      for (Points point : Points.of(operations)) {
        Moment moment = kind == Moment.BEFORE ? point.moment() : kind;
        Path root = Files.createDirectory(directory.resolve(kind + "-" + ++points));
        Path backups = root.resolve("backups");
        Throwable end =
            LastOperation.of(root, point.number(), moment, () -> take(database, backups));
        BackupFolder.Content left = new BackupFolder(backups).content();
        assertThat(left.broken()).as(point.toString()).isEmpty();
        assertThat(left.backups()).as(point.toString()).hasSizeLessThanOrEqualTo(1);
        if (kind == Moment.BEFORE) {
          assertThat(end).as(point.toString()).isInstanceOf(Ended.class);
        } else if (end != null) {
          assertThat(end).as(point.toString()).isInstanceOf(MigrateException.class);
        }
        if (kind == Moment.FULL && end != null) {
          assertThat(names(root)).as(point.toString()).doesNotContainAnyElementsOf(data(expected));
        }
        if (left.backups().isEmpty()) {
          take(database, backups);
        } else {
          whole++;
        }
        assertThat(names(root)).as(point.toString()).isEqualTo(expected);
        assertThat(new BackupFolder(backups).content().backups()).hasSize(1);
      }
      System.out.printf(
          "backup: %s, %d file operations, ended at %d points, %d of them with the backup whole;"
              + " lost 0, needed a hand 0, left behind 0%n",
          kind, operations.size(), points, whole);
    }
  }

  private static List<String> data(Set<String> expected) {
    return expected.stream().filter(name -> name.contains("<time>")).toList();
  }
}
