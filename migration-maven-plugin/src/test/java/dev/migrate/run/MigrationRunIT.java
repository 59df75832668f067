package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupOptions;
import dev.migrate.backup.BackupProgress;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.DowngradeRequest;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An upgrade or a downgrade")
class MigrationRunIT {
  private static final String MANIFEST = ".manifest.json";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private Target target;

  @BeforeEach
  void start() throws IOException {
    database = TestPostgres.database("run");
    target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    Files.createDirectories(RevisionFolders.of(folder).upgrade());
    Files.createDirectories(RevisionFolders.of(folder).downgrade());
    revision(
        1, "CREATE TABLE assets (i int); INSERT INTO assets VALUES (1);", "DROP TABLE assets;");
    up(BackupPolicy.When.NEVER);
  }

  @AfterEach
  void end() {
    database.close();
  }

  private void revision(int number, String upgrade, String downgrade) throws IOException {
    RevisionFolders folders = RevisionFolders.of(folder);
    Files.writeString(folders.upgrade().resolve("V%d__step.sql".formatted(number)), upgrade);
    Files.writeString(folders.downgrade().resolve("U%d__step.sql".formatted(number)), downgrade);
  }

  private RunResult run(RunDirection direction, BackupPolicy.When when) {
    RevisionFiles files = RevisionFiles.read(RevisionFolders.of(folder), MissingFolder.REFUSE);
    BackupPolicy policy =
        new BackupPolicy(
            when,
            "elsewhere",
            () -> BackupOptions.in(folder.resolve("elsewhere")).with(BackupEngine.Choice.JDBC));
    return new MigrationRun(target, "test", HistoryOptions.defaults(), policy)
        .run(direction, files, new RunProgress() {}, BackupProgress.SILENT);
  }

  private RunResult up(BackupPolicy.When when) {
    return run(new RunDirection.Up(new UpgradeRequest("head", List.of(), false)), when);
  }

  private RunResult down() {
    return run(
        new RunDirection.Down(new DowngradeRequest("-1", List.of())), BackupPolicy.When.AUTO);
  }

  private List<String> backups() throws IOException {
    Path backups = folder.resolve("elsewhere");
    if (!Files.exists(backups)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(backups)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(MANIFEST))
          .toList();
    }
  }

  private static MigrateException failure(Runnable run) {
    return catchThrowableOfType(MigrateException.class, run::run);
  }

  @Test
  @DisplayName("that loses rows is preceded by a backup, in both directions")
  void backedUp() throws Exception {
    revision(2, "ALTER TABLE assets ADD name text;", "ALTER TABLE assets DROP name;");
    assertThat(up(BackupPolicy.When.AUTO).backup()).isEmpty();
    assertThat(backups()).isEmpty();
    RunResult back = down();
    assertThat(back.backup()).isPresent();
    assertThat(back.backup().orElseThrow().revisions()).containsExactly("2");
    assertThat(back.after().current()).extracting(one -> one.id().toString()).containsExactly("1");
    assertThat(backups()).hasSize(1);
  }

  @Test
  @DisplayName("names what of it cannot be taken back")
  void irreversible() throws Exception {
    revision(2, "ALTER TABLE assets ADD name text;", "-- to be written\n");
    Files.writeString(
        RevisionFolders.of(folder).upgrade().resolve("V3__step.sql"),
        "ALTER TABLE assets ADD more text;");
    assertThat(up(BackupPolicy.When.AUTO).irreversible())
        .extracting(one -> one.revision().id() + ": " + one.why())
        .containsExactly(
            "2: its downgrade script has no statement", "3: it has no downgrade script");
  }

  @Test
  @DisplayName("that failed and left nothing behind does not advise to restore")
  void nothingMoved() throws Exception {
    revision(2, "DROP TABLE assets; SELECT 1/0;", "SELECT 1;");
    MigrateException failure = failure(() -> up(BackupPolicy.When.AUTO));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(failure.remedy()).doesNotContain("migrate:restore");
    assertThat(backups()).hasSize(1);
  }

  @Test
  @DisplayName("that failed after it moved says how to restore the backup of before, and which")
  void somethingMoved() throws Exception {
    revision(2, "DROP TABLE assets;", "CREATE TABLE assets (i int);");
    revision(3, "SELECT 1/0;", "SELECT 1;");
    MigrateException failure = failure(() -> up(BackupPolicy.When.AUTO));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    String manifest = backups().get(0);
    assertThat(failure.remedy())
        .contains(
            "mvn migrate:restore -Dmigrate.backupName=%s -Dmigrate.force=true \"-Dmigrate.backupDirectory=elsewhere\""
                .formatted(manifest.substring(0, manifest.length() - MANIFEST.length())));
  }

  @Test
  @DisplayName(
      "that stopped half-way outside a transaction says it, too, though nothing is applied")
  void halfDone() throws Exception {
    revision(2, "-- transaction: none\nDROP TABLE assets;\nSELECT 1/0;", "SELECT 1;");
    MigrateException failure = failure(() -> up(BackupPolicy.When.AUTO));
    assertThat(failure.remedy()).contains("mvn migrate:restore -Dmigrate.backupName=");
  }

  @Test
  @DisplayName("that failed without a backup advises none")
  void withoutBackup() throws Exception {
    revision(2, "DROP TABLE assets;", "CREATE TABLE assets (i int);");
    revision(3, "SELECT 1/0;", "SELECT 1;");
    MigrateException failure = failure(() -> up(BackupPolicy.When.NEVER));
    assertThat(failure.remedy()).doesNotContain("migrate:restore");
    assertThat(backups()).isEmpty();
  }
}
