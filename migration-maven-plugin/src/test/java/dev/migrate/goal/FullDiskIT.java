package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.backup.BackupFolder;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.ProjectTree;
import dev.migrate.testing.InstalledCluster;
import dev.migrate.testing.Thorough;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full: goals run in a process that has mounted one of a few megabytes for
 * itself, filled but for a page; but for none, one, two … until the goal has enough with {@code
 * -DfileOperations=all}.
 */
@Thorough
@DisplayName("On a disk that is full")
class FullDiskIT {
  private static final boolean ALL = "all".equals(System.getProperty("fileOperations"));
  private static final int PAGE = 4096;

  /** So many pages are less than the backup, and more than is asked for beforehand. */
  private static final int STEP = 60;

  private static final Set<Work> REFUSED_BY_DISK = EnumSet.noneOf(Work.class);

  private static final String UP = "src/main/resources/db/migration/";

  @TempDir private Path directory;

  /** What is tried. */
  enum Work {
    BACKUP_JDBC("backup", "filled"),
    BACKUP_PG_DUMP("backup", "filled"),
    GENERATE("generate", "postgres"),
    GENERATE_ONLINE("generate", "postgres"),
    SQUASH("squash", "postgres"),
    MERGE("merge", "postgres"),
    REBASE("rebase", "postgres");

    private final String goal;
    private final String database;

    Work(String goal, String database) {
      this.goal = goal;
      this.database = database;
    }

    private void run(Path root, String server) {
      Goal run =
          Goal.of(goal)
              .with("url", server + database)
              .with("user", "postgres")
              .with("password", InstalledCluster.PASSWORD)
              .with("scratchUrl", server + "postgres")
              .with("scratchUser", "postgres")
              .with("scratchPassword", InstalledCluster.PASSWORD);
      switch (this) {
        case BACKUP_JDBC -> run.with("backupEngine", "jdbc").with("backupLevel", "0");
        case BACKUP_PG_DUMP -> run.with("backupEngine", "pg_dump").with("backupLevel", "0");
        case GENERATE -> run.with("message", "More");
        case GENERATE_ONLINE -> run.with("message", "More").with("online", "true");
        case SQUASH -> run.with("to", "20260102000000");
        case MERGE -> run.with("message", "Join");
        case REBASE -> run.with("revision", "20260102000000").with("onto", "20260103000000");
      }
      run.in(root);
    }

    private void prepare(Path root) throws IOException {
      boolean branched = this == MERGE || this == REBASE;
      revision(root, "20260101000000", "none", "create table a (id int, n text);");
      revision(root, "20260102000000", "20260101000000", "create table b (id int);");
      revision(
          root,
          "20260103000000",
          branched ? "20260101000000" : "20260102000000",
          "create table c (id int);");
      file(
          root,
          "src/main/database/schema.sql",
          "create table a (id int, n text);\ncreate table b (id int);\ncreate table c (id int);\n"
              + "create table d (id int);\ncreate index by_n on a (n);\n");
    }
  }

  private static void revision(Path root, String id, String parent, String sql) throws IOException {
    file(
        root,
        UP + "V%s__step.sql".formatted(id),
        "-- revision: %s\n-- revises: %s\n%s\n".formatted(id, parent, sql));
    file(
        root,
        "src/main/resources/db/undo/U%s__step.sql".formatted(id),
        "-- revision: %s\n%s\n".formatted(id, sql.replaceAll("create (table \\w).*", "drop $1;")));
  }

  private static void file(Path root, String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  @DisplayName("goals say so, leave everything as it was, and work once there is room")
  void full() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        unshared("mount -t tmpfs -o size=1m none \"$0\"", disk.toString()).waitFor() == 0,
        "This account may not mount a disk of its own here: a full one is not tried");
    try (InstalledCluster cluster = InstalledCluster.start()) {
      try (Connection connection = cluster.target("postgres").connect("test");
          Statement statement = connection.createStatement()) {
        statement.execute("create database filled");
      }
      try (Connection connection = cluster.target("filled").connect("test");
          Statement statement = connection.createStatement()) {
        statement.execute(
            "create table public.t as select i, md5(i::text) from generate_series(1, 20000) i");
      }
      Process child =
          unshared(
              "mount -t tmpfs -o size=8m none \"$0\" && mkdir \"$0/tmp\" && exec \"$@\"",
              disk.toString(),
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-Djava.io.tmpdir=" + disk.resolve("tmp"),
              "-DfileOperations=" + (ALL ? "all" : "some"),
              "-cp",
              System.getProperty("java.class.path"),
              FullDiskIT.class.getName(),
              disk.toString(),
              cluster.url(""));
      String said =
          new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      System.out.println(said);
      assertThat(child.waitFor()).as(said).isZero();
      for (Work work : Work.values()) {
        assertThat(said).contains(work + ": full at ");
      }
    }
  }

  /** Runs a script of the shell in a process that can mount what it likes, for itself. */
  private static Process unshared(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare", "-Urm", "sh", "-c", script));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "unshare is missing here: a full disk is not tried");
      throw e;
    }
  }

  /** The process with a disk of its own; takes where it is, and a server. */
  public static void main(String[] arguments) throws Exception {
    Path disk = Path.of(arguments[0]);
    for (Work work : Work.values()) {
      int full = 0;
      if (ALL) {
        int step = work.goal.equals("backup") ? STEP : 1;
        while (isFull(work, disk, arguments[1], full * step)) {
          full++;
        }
      } else {
        full += isFull(work, disk, arguments[1], work.goal.equals("backup") ? STEP : 1) ? 1 : 0;
      }
      assertThat(full).as(work.toString()).isPositive();
      assertThat(REFUSED_BY_DISK).as(work + " noticed by the disk alone").contains(work);
      System.out.printf(
          "%s: full at %d points; half 0, each ran once there was room%n", work, full);
    }
  }

  /** Whether so many free pages were not enough. */
  private static boolean isFull(Work work, Path disk, String server, int pages)
      throws IOException, SQLException {
    String point = "%s with %d pages".formatted(work, pages);
    empty(disk.resolve("project"));
    Path root = Files.createDirectories(disk.resolve("project"));
    work.prepare(root);
    Path filler = disk.resolve("filler");
    fill(filler, pages);
    Map<String, String> before = files(disk);
    try {
      work.run(root, server);
      Files.delete(filler);
      return false;
    } catch (MigrateException e) {
      assertThat(e.code()).as(point).isIn(FailureCode.FILE_ACCESS, FailureCode.BACKUP_FAILED);
      if (e.problem().contains("No space left on device")) {
        REFUSED_BY_DISK.add(work);
      } else { // seen beforehand
        assertThat(e.problem()).as(point).matches("The backup needs about .* MB free\\.");
      }
      assertThat(e.remedy()).as(point).containsPattern("space|room|disk");
    }
    assertThat(files(disk)).as(point).isEqualTo(before);
    Files.delete(filler);
    work.run(root, server);
    if (work.goal.equals("backup")) {
      BackupFolder.Content content = new BackupFolder(root.resolve("backups")).content();
      assertThat(content.backups()).as(point).hasSize(1);
      assertThat(content.strangers()).as(point).isEmpty();
    } else {
      assertThat(files(disk)).as(point).isNotEqualTo(before);
    }
    assertThat(files(disk).keySet()).as(point).noneMatch(name -> name.contains(".tmp"));
    return true;
  }

  private static Map<String, String> files(Path disk) {
    Map<String, String> files = ProjectTree.of(disk);
    files.keySet().removeIf(name -> name.endsWith("/") || name.equals("filler"));
    // The folder of backups may be there already, hidden from Git.
    files.keySet().removeIf(name -> name.equals("project/backups/.gitignore"));
    return files;
  }

  /** Writes until nothing goes, and gives some pages back. */
  private static void fill(Path filler, int pages) throws IOException {
    try (FileChannel channel =
        FileChannel.open(filler, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = 0;
      try {
        while (true) {
          size += channel.write(ByteBuffer.allocate(PAGE));
        }
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space left on device");
      }
      channel.truncate(size - (long) pages * PAGE);
    }
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
