package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.OrphanedCopies.Leftover;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What killed runs leave")
class OrphanedCopiesIT {
  @TempDir Path folder;

  @Test
  @DisplayName("is told from what is somebody else's, in use, or looks alike")
  void told() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("leaving")) {
      Target target = BackupIT.target(database);
      Target admin = target.withDatabase("postgres");
      String stem = target.database();
      String left = stem + "_restore_20260101_120000";
      String copied = stem + "_rehearsal_20260101_120000";
      String claimed = stem + "_restore_20260101_120001";
      String entered = stem + "_restore_20260101_120002";
      List<String> marked =
          List.of(left, copied, claimed, entered, stem + "_before_20260101_120000", stem + "x");
      String unmarked = stem + "_restore_20260101_120003";
      for (String name : marked) {
        execute(admin, "create database " + name + OrphanedCopies.mark());
      }
      execute(admin, "create database " + unmarked);
      OrphanedCopies leftovers = new OrphanedCopies(target, "test", folder.resolve("copies"));
      try (Connection owner = admin.connect("test");
          Connection inside = target.withDatabase(entered).connect("test")) {
        OrphanedCopies.claim(owner, claimed);
        assertThat(inside.isValid(1)).isTrue();

        List<Leftover> found = leftovers.find();

        assertThat(found.stream().map(Leftover::title))
            .containsExactly("the database " + copied, "the database " + left);
        found.forEach(one -> assertThat(leftovers.sweep(one)).isTrue());
        assertThat(leftovers.find()).isEmpty();
        assertThat(
                query(
                    admin,
                    "select count(*) from pg_database where datname like '%s%%'"
                        .formatted(stem.replace("_", "\\_"))))
            .containsExactly("6");
      } finally {
        for (String name :
            query(
                admin,
                "select datname from pg_database where datname like '%s%%' and datname <> '%s'"
                    .formatted(stem.replace("_", "\\_"), stem))) {
          execute(admin, "drop database " + name);
        }
      }
    }
  }

  @Test
  @DisplayName("is a file of a copy only when its process lives no more")
  void files() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("leaving_files")) {
      Path copies = folder.resolve("copies");
      Path ours = OrphanedCopies.newCopy(copies);
      Path dead = Files.createFile(copies.resolve("copy-999999999-1700000000000-12.sql.gz"));
      Files.createFile(copies.resolve("copy.sql.gz"));
      OrphanedCopies leftovers = new OrphanedCopies(BackupIT.target(database), "test", copies);

      List<Leftover> found = leftovers.find();

      assertThat(found.stream().map(Leftover::title)).containsExactly("the file " + dead);
      assertThat(leftovers.sweep(found.get(0))).isTrue();
      assertThat(dead).doesNotExist();
      assertThat(ours).exists();
    }
  }

  @Test
  @DisplayName("is that of the database itself, and of no other whose name is like it")
  void namesAlike() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("alike")) {
      Target target = BackupIT.target(database);
      String time = "_restore_20260101_120000";
      String name = target.database();
      String upper = name.toUpperCase(java.util.Locale.ROOT);
      String longName = "a_long_name_of_a_database_of_an_application_";
      List<String> others =
          List.of(
              OrphanedCopies.stem(longName + "one") + time,
              OrphanedCopies.stem(longName + "other") + time,
              upper + time,
              name.replace('_', 'x') + time,
              name + "_restore" + time,
              name + "_rehearsal_20260101_120000_old",
              "x" + name + time);
      assertThat(others).doesNotHaveDuplicates();
      assertThat(others).allMatch(one -> one.length() <= 63);
      Target admin = target.withDatabase("postgres");
      try {
        for (String other : others) {
          execute(admin, "create database \"%s\"%s".formatted(other, OrphanedCopies.mark()));
        }
        assertThat(new OrphanedCopies(target, "test", folder).find()).isEmpty();
        assertThat(
                new OrphanedCopies(target.withDatabase(longName + "other"), "test", folder).find())
            .extracting(Leftover::title)
            .containsExactly("the database " + others.get(1));
      } finally {
        for (String other : others) {
          execute(admin, "drop database if exists \"%s\"".formatted(other));
        }
      }
    }
  }

  @Test
  @DisplayName("is not what a restore that is at work makes, nor what one has put aside")
  void whileAnotherRestores() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("restoring")) {
      Target target = BackupIT.target(database);
      execute(target, "create table t as select generate_series(1, 10) as id");
      BackupOptions options =
          BackupOptions.in(folder.resolve("backups")).with(BackupEngine.Choice.JDBC);
      new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT)
          .take(connection -> List.of());
      OrphanedCopies leftovers = new OrphanedCopies(target, "test", folder.resolve("copies"));
      List<List<Leftover>> seen = new ArrayList<>();
      List<Boolean> swept = new ArrayList<>();
      String beside = "select datname from pg_database where datname like '%s\\_restore\\_%%'";
      BackupProgress sweeping =
          new BackupProgress() {
            @Override
            public void begins(String what, int tables, long bytes) {
              try {
                for (String name :
                    query(
                        target.withDatabase("postgres"),
                        beside.formatted(target.database().replace("_", "\\_")))) {
                  seen.add(leftovers.find());
                  swept.add(leftovers.sweep(new OrphanedCopies.LeftDatabase(name, 0)));
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }

            @Override
            public void moved(int tables, long bytes) {}

            @Override
            public void ends() {}

            @Override
            public void warning(String text) {}
          };
      RestoreResult restored =
          Restoring.run(
              target, "test", options, new RestoreOptions(true, true, false), sweeping, "latest");
      assertThat(seen).isNotEmpty().allMatch(List::isEmpty);
      assertThat(swept).isNotEmpty().containsOnly(false);
      assertThat(query(target, "select count(*) from t")).containsExactly("10");
      assertThat(leftovers.find()).as("the old one holds data: " + restored).isEmpty();
      for (String kept :
          query(
              target.withDatabase("postgres"),
              "select datname from pg_database where datname like '%s\\_before\\_%%'"
                  .formatted(target.database().replace("_", "\\_")))) {
        execute(target.withDatabase("postgres"), "drop database " + kept);
      }
    }
  }
}
