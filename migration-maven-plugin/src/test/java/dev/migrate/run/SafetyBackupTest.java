package dev.migrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.Manifest;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.DowngradeRequest;
import dev.migrate.history.History;
import dev.migrate.history.HistoryRow;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.loss.DataLoss;
import dev.migrate.loss.SideEffectCatalog;
import dev.migrate.parser.PostgresParser;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.Placeholders;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a server: what the database holds, and the backups of it, are said by the test. */
@DisplayName("A backup before a run")
class SafetyBackupTest {
  private static final PostgresParser PARSER = new PostgresParser();

  private static final SideEffectCatalog NOTHING =
      new SideEffectCatalog(Map.of("now", false), List.of(), List.of(), Set.of(), Set.of());

  private static final Manifest TAKEN = manifest("taken");
  private static final Manifest EARLIER = manifest("earlier");

  @TempDir private Path folder;
  private final List<String> heard = new ArrayList<>();
  private boolean rows = true;
  private Optional<Manifest> ofThisVeryState = Optional.empty();

  private static Manifest manifest(String name) {
    return new Manifest(
        1,
        name,
        name + ".dump",
        Manifest.Layout.CUSTOM,
        BackupEngine.PG_DUMP,
        "pg_dump",
        "shop",
        "server",
        "18.1",
        18,
        List.of(),
        "flyway_schema_history",
        "f",
        List.of(),
        List.of(),
        List.of(),
        1,
        "s",
        "2026-01-01T00:00:00Z",
        1,
        null,
        List.of(),
        null);
  }

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(RevisionFolders.of(folder).upgrade());
    Files.createDirectories(RevisionFolders.of(folder).downgrade());
  }

  private void upgrade(String name, String sql) throws IOException {
    Files.writeString(RevisionFolders.of(folder).upgrade().resolve(name), sql);
  }

  private void downgrade(String name, String sql) throws IOException {
    Files.writeString(RevisionFolders.of(folder).downgrade().resolve(name), sql);
  }

  private RevisionFiles files() {
    return RevisionFiles.read(RevisionFolders.of(folder), MissingFolder.REFUSE);
  }

  private PlannedRun up() {
    return PlannedRun.of(
        new RunDirection.Up(new UpgradeRequest("head", List.of(), false)),
        TargetState.of(files(), History.empty()));
  }

  private PlannedRun down() {
    RevisionFiles files = files();
    List<HistoryRow> applied = new ArrayList<>();
    for (RevisionFile file : files.all()) {
      applied.add(
          new HistoryRow(
              applied.size() + 1,
              Optional.of(file.id()),
              file.upgrade().description(),
              "SQL",
              files.relative(file.upgrade()),
              Optional.of(file.upgrade().checksum()),
              "somebody",
              LocalDateTime.MIN,
              Duration.ZERO,
              true));
    }
    return PlannedRun.of(
        new RunDirection.Down(new DowngradeRequest("base", List.of())),
        TargetState.of(files, History.of(applied)));
  }

  private Optional<String> backup(BackupPolicy.When when, PlannedRun run) {
    BackupStore store =
        new BackupStore() {
          @Override
          public boolean hasRows() {
            return rows;
          }

          @Override
          public Optional<Manifest> ofThisVeryState() {
            return ofThisVeryState;
          }

          @Override
          public Manifest take() {
            return TAKEN;
          }
        };
    RunProgress progress =
        new RunProgress() {
          @Override
          public void backupDue(String reason) {
            heard.add("due: " + reason);
          }

          @Override
          public void backupExists(String reason, Manifest backup) {
            heard.add("exists: " + reason);
          }

          @Override
          public void backedUp(Manifest backup) {
            heard.add("taken");
          }
        };
    return new SafetyBackup(
            when,
            () -> store,
            new LossSearch(Placeholders.of(Map.of()), () -> new DataLoss(NOTHING, PARSER)),
            progress)
        .before(run)
        .map(Manifest::name);
  }

  private Optional<String> auto(PlannedRun run) {
    return backup(BackupPolicy.When.AUTO, run);
  }

  @Test
  @DisplayName("is not due for scripts that only add")
  void addsOnly() throws IOException {
    upgrade("V1__one.sql", "create table t (i int);");
    upgrade("V2__two.sql", "alter table t add j int;");
    assertThat(auto(up())).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("is due for a script that drops a table, and says which one does")
  void script() throws IOException {
    upgrade("V1__one.sql", "create table t (i int);");
    upgrade("V2__two.sql", "drop table assets;");
    assertThat(auto(up())).contains("taken");
    assertThat(heard).containsExactly("due: 2: drop table assets", "taken");
  }

  @Test
  @DisplayName("is not due where there are no rows, whatever the script does")
  void noRows() throws IOException {
    upgrade("V1__one.sql", "drop table assets;");
    rows = false;
    assertThat(auto(up())).isEmpty();
  }

  @Test
  @DisplayName("is due for a callback, which runs before any revision")
  void callback() throws IOException {
    upgrade("V1__one.sql", "drop table assets;");
    upgrade("beforeMigrate.sql", "delete from log;");
    assertThat(auto(up())).contains("taken");
    assertThat(heard)
        .first()
        .asString()
        .startsWith("due: src/main/resources/db/migration/beforeMigrate.sql: delete from log");
  }

  @Test
  @DisplayName("is due for a repeatable migration that has changed")
  void repeatable() throws IOException {
    upgrade("V1__one.sql", "create table t (i int);");
    upgrade("R__clean.sql", "delete from log;");
    assertThat(auto(up())).contains("taken");
    assertThat(heard)
        .first()
        .asString()
        .startsWith("due: src/main/resources/db/migration/R__clean.sql: delete from log");
  }

  @Test
  @DisplayName("is due for a Java migration, which nobody can read, before any script is read")
  void java() throws IOException {
    upgrade("V1__one.sql", "drop table assets;");
    PlannedRun run = up();
    JavaMigration step = new JavaMigration(Optional.of(RevisionId.of("2")), "fill", "app.V2__Fill");
    PlannedRun withJava =
        new PlannedRun(run.direction(), run.before(), run.plan(), run.repeatables(), List.of(step));
    assertThat(auto(withJava)).contains("taken");
    assertThat(heard)
        .first()
        .isEqualTo(
            "due: 2 fill (app.V2__Fill): nobody can tell what a Java migration does with rows");
  }

  @Test
  @DisplayName("is due for a downgrade script, and neither for its upgrade nor for callbacks")
  void downgradeScript() throws IOException {
    upgrade("V1__one.sql", "drop table assets;");
    upgrade("beforeMigrate.sql", "delete from log;");
    downgrade("U1__one.sql", "create table assets (i int);");
    assertThat(auto(down())).isEmpty();
    downgrade("U1__one.sql", "drop table other;");
    assertThat(auto(down())).contains("taken");
    assertThat(heard).first().isEqualTo("due: 1: drop table other");
  }

  @Test
  @DisplayName("is not due when nothing is pending, unless it is wanted always")
  void idle() {
    assertThat(auto(up())).isEmpty();
    assertThat(backup(BackupPolicy.When.ALWAYS, up())).contains("taken");
  }

  @Test
  @DisplayName("is taken always or never by word, whatever the scripts do")
  void byWord() throws IOException {
    upgrade("V1__one.sql", "create table t (i int);");
    rows = false;
    assertThat(backup(BackupPolicy.When.ALWAYS, up())).contains("taken");
    rows = true;
    upgrade("V1__one.sql", "drop table assets;");
    assertThat(backup(BackupPolicy.When.NEVER, up())).isEmpty();
  }

  @Test
  @DisplayName("is not taken a second time of the very same state, except always")
  void secondOfThisState() throws IOException {
    upgrade("V1__one.sql", "drop table assets;");
    ofThisVeryState = Optional.of(EARLIER);
    assertThat(auto(up())).contains("earlier");
    assertThat(heard).containsExactly("exists: 1: drop table assets");
    assertThat(backup(BackupPolicy.When.ALWAYS, up())).contains("taken");
  }

  @Test
  @DisplayName("is not even looked for where it is not wanted")
  void notOpened() throws IOException {
    upgrade("V1__one.sql", "drop table assets;");
    SafetyBackup never =
        new SafetyBackup(
            BackupPolicy.When.NEVER,
            () -> {
              throw new AssertionError("opened");
            },
            new LossSearch(
                Placeholders.of(Map.of()),
                () -> {
                  throw new AssertionError("read");
                }),
            new RunProgress() {});
    assertThat(never.before(up())).isEmpty();
  }

  @Test
  @DisplayName("is asked for by one of three words, in their one spelling")
  void words() {
    assertThat(BackupPolicy.When.of("auto")).isEqualTo(BackupPolicy.When.AUTO);
    for (String wrong : List.of("", "AUTO", "true", "sometimes")) {
      assertThatThrownBy(() -> BackupPolicy.When.of(wrong))
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> {
                assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
                assertThat(e.remedy()).contains("always, auto or never");
              });
    }
  }

  @Test
  @DisplayName("is named in the remedy of a failure, with its folder where that is not the usual")
  void advice() {
    MigrateException failure =
        new MigrateException(FailureCode.SCRIPT_FAILED, "It failed.", "Mend it.");
    assertThat(new RestoreAdvice(TAKEN, "backups").addTo(failure).remedy())
        .isEqualTo(
            "Mend it.%nTo go back to where the database stood before: mvn migrate:restore -Dmigrate.backupName=taken -Dmigrate.force=true"
                .formatted());
    MigrateException elsewhere = new RestoreAdvice(TAKEN, "/var/my backups").addTo(failure);
    assertThat(elsewhere.remedy()).endsWith(" \"-Dmigrate.backupDirectory=/var/my backups\"");
    assertThat(elsewhere.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(elsewhere.getCause()).isSameAs(failure);
  }
}
