package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Ended;
import dev.migrate.files.LastOperation.Moment;
import dev.migrate.files.Points;
import dev.migrate.files.ProjectTree;
import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.Scratch;
import dev.migrate.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backups and restores, ended at file operations, or refused by the disk from there on, and done
 * again: at a few of them, at all with {@code -DfileOperations=all}.
 */
@DisplayName("A backup or a restore, ended or refused at file operations and done again")
class EveryFileOperationOfBackupsIT {
  @TempDir private Path directory;

  /** What is done. Every backup makes the one before it go. */
  enum Work {
    JDBC,
    PG_DUMP,
    PG_DUMP_PLAIN,
    /** Loaded into scratch, as a role without power, for which pg_restore is given a list. */
    VERIFIED,
    /** By an owner whose database has a superuser's extension: pg_restore is given a list, too. */
    RESTORE;

    BackupOptions options(Path folder) {
      return new BackupOptions(
          folder,
          this == JDBC ? BackupEngine.Choice.JDBC : BackupEngine.Choice.PG_DUMP,
          this == PG_DUMP_PLAIN,
          6,
          2,
          null,
          List.of(),
          true,
          false);
    }

    void run(Target target, Target admin, Path folder) {
      BackupOptions options = options(folder);
      if (this == RESTORE) {
        Restoring.run(
            target,
            "test",
            options,
            new RestoreOptions(true, false, true),
            BackupProgress.SILENT,
            "first");
        return;
      }
      Backup backup =
          new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT);
      Manifest taken = backup.take(connection -> List.of());
      if (this == VERIFIED) {
        try (Scratch lent = BorrowedScratch.on(admin.jdbcUrl(), "postgres", "secret word");
            Scratch sandbox = lent.sandbox()) {
          new BackupVerification(sandbox, options, BackupProgress.SILENT).verify(taken);
        }
      }
      backup.rotate(new BackupRotation(1, Duration.ZERO));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("ends as an undisturbed one; no backup is half, and there is one at every moment")
  void everyPoint(Work work) throws Exception {
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed: not judged by it");
    final Target admin = server.get().target("postgres");
    String name = ("operations_" + work).toLowerCase(Locale.ROOT);
    execute(
        admin,
        "create role %s login password 'word' nocreatedb".formatted(name),
        "create database %1$s owner %1$s".formatted(name));
    execute(admin.withDatabase(name), "create extension pageinspect");
    Target target = Target.of(admin.withDatabase(name).jdbcUrl(), name, "word", "test");
    execute(
        target,
        "create table asset (id int primary key, name text)",
        "insert into asset select i, 'asset ' || i from generate_series(1, 100) i");
    final List<TableChecksum> wanted = TableChecksums.of(target, "test", 1, true);
    Path pattern = Files.createDirectory(directory.resolve("pattern"));
    first(work.options(pattern.resolve("backups")), target);

    Path whole = copy(pattern, "undisturbed");
    final List<String> before = names(whole);
    List<String> operations =
        LastOperation.countedIn(whole, () -> work.run(target, admin, whole.resolve("backups")));
    List<String> after = names(whole);
    List<Points> points = new ArrayList<>(Points.ofEnds(operations, 1));
    int ends = points.size();
    points.addAll(Points.ofRefusals(operations, 1));
    Set<FailureCode> codes = new TreeSet<>();
    int number = 0;
    for (Points point : points) {
      Path root = copy(pattern, "p" + ++number);
      Path folder = root.resolve("backups");
      Throwable end =
          LastOperation.of(
              root, point.number(), point.moment(), () -> work.run(target, admin, folder));
      if (point.moment() == Moment.FULL || point.moment() == Moment.READ_ONLY) {
        if (end != null) {
          assertThat(end).as(point.toString()).isInstanceOf(MigrateException.class);
          codes.add(((MigrateException) end).code());
        }
        if (end != null && point.moment() == Moment.FULL && work != Work.VERIFIED) {
          List<String> now = names(root);
          now.removeIf(one -> work == Work.RESTORE && one.contains("<time>")); // a safety backup
          assertThat(now).as(point.toString()).isEqualTo(before);
        }
      } else {
        assertThat(end).as(point.toString()).isInstanceOf(Ended.class);
      }
      whole(work.options(folder), point);
      work.run(target, admin, folder);
      assertThat(names(root)).as(point.toString()).isEqualTo(after);
      whole(work.options(folder), point);
      assertThat(TableChecksums.of(target, "test", 1, true)).as(point.toString()).isEqualTo(wanted);
    }
    System.out.printf(
        "%s: %d file operations, ended at %d points and refused at %d %s; lost 0, needed a hand 0,"
            + " left behind 0%n",
        work, operations.size(), ends, points.size() - ends, codes);
  }

  /** The one that is there before, which has a plain name. */
  private static void first(BackupOptions options, Target target) throws Exception {
    Manifest taken =
        new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT)
            .take(connection -> List.of());
    Path folder = options.folder();
    String description = Files.readString(folder.resolve(taken.name() + ManifestFile.EXTENSION));
    assertThat(description).contains(taken.name());
    Files.move(folder.resolve(taken.file()), folder.resolve("first" + taken.layout().extension()));
    Files.delete(folder.resolve(taken.name() + ManifestFile.EXTENSION));
    Files.write(
        folder.resolve("first" + ManifestFile.EXTENSION),
        ManifestFile.write(named(taken, "first")));
  }

  private static Manifest named(Manifest one, String name) {
    return new Manifest(
        one.format(),
        name,
        name + one.layout().extension(),
        one.layout(),
        one.engine(),
        one.tool(),
        one.database(),
        one.server(),
        one.serverVersion(),
        one.serverMajor(),
        one.revisions(),
        one.historyTable(),
        one.fingerprint(),
        one.tables(),
        one.roles(),
        one.warnings(),
        one.bytes(),
        one.sha256(),
        one.created(),
        one.millis(),
        one.verified(),
        one.superuserExtensions(),
        one.state());
  }

  private Path copy(Path pattern, String name) throws Exception {
    Path copy = Files.createDirectory(directory.resolve(name));
    InstalledServer.run(List.of("cp", "-Rp", pattern.resolve("backups").toString(), copy + "/"));
    return copy;
  }

  /** Nothing that is listed is broken, and there is always one to go back to. */
  private static void whole(BackupOptions options, Points point) {
    BackupFolder folder = new BackupFolder(options.folder());
    BackupFolder.Content content = folder.content();
    assertThat(content.broken()).as(point.toString()).isEmpty();
    assertThat(content.backups()).as(point.toString()).isNotEmpty();
    for (Manifest one : content.backups()) {
      assertThat(RestoreConditions.isIntact(one, folder.data(one))).as(point.toString()).isTrue();
    }
  }

  /**
   * The names in the folder, without moments; how many safety backups there are does not matter.
   */
  private static List<String> names(Path root) {
    List<String> names = new ArrayList<>();
    Set<String> safety = new TreeSet<>();
    for (String name : ProjectTree.of(root).keySet()) {
      String plain = name.replaceAll("\\d{8}T\\d{6}Z(-\\d+)?", "<time>");
      if (plain.contains("operations_restore-<time>") && !plain.contains("/.")) {
        safety.add(plain);
      } else {
        names.add(plain);
      }
    }
    names.addAll(safety);
    return names;
  }
}
