package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.Leftovers.Leftover;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What killed runs leave")
class LeftoversIT {
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
        execute(admin, "create database " + name + Leftovers.mark());
      }
      execute(admin, "create database " + unmarked);
      Leftovers leftovers = new Leftovers(target, "test", folder.resolve("copies"));
      try (Connection owner = admin.connect("test");
          Connection inside = target.withDatabase(entered).connect("test")) {
        Leftovers.claim(owner, claimed);
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
      Path ours = Leftovers.newCopy(copies);
      Path dead = Files.createFile(copies.resolve("copy-999999999-1700000000000-12.sql.gz"));
      Files.createFile(copies.resolve("copy.sql.gz"));
      Leftovers leftovers = new Leftovers(BackupIT.target(database), "test", copies);

      List<Leftover> found = leftovers.find();

      assertThat(found.stream().map(Leftover::title)).containsExactly("the file " + dead);
      assertThat(leftovers.sweep(found.get(0))).isTrue();
      assertThat(dead).doesNotExist();
      assertThat(ours).exists();
    }
  }
}
