package dev.migrate.backup;

import dev.migrate.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** One backup or one restore in a JVM of its own, which says what it took: one number a line. */
final class BackupJob {
  static final String RESTORE = "RESTORE";

  private BackupJob() {}

  /** Takes URL, user, password, folder, an engine or {@link #RESTORE}, and a backup's name. */
  public static void main(String[] arguments) throws IOException {
    Target target = Target.of(arguments[0], arguments[1], arguments[2], "benchmark");
    Path folder = Path.of(arguments[3]);
    long start = System.nanoTime();
    long bytes = 0;
    String name = arguments[5];
    if (arguments[4].equals(RESTORE)) {
      Restoring.run(
          target,
          "benchmark",
          BackupOptions.in(folder),
          new RestoreOptions(false, false, true),
          BackupProgress.SILENT,
          name);
    } else {
      Manifest manifest =
          new Backup(
                  target,
                  "benchmark",
                  "flyway_schema_history",
                  BackupOptions.in(folder).with(BackupEngine.Choice.valueOf(arguments[4])),
                  BackupProgress.SILENT)
              .take(connection -> List.of());
      bytes = manifest.bytes();
      name = manifest.name();
    }
    System.out.println((System.nanoTime() - start) / 1e9);
    System.out.println(bytes);
    System.out.println(Runtime.getRuntime().totalMemory());
    System.out.println(resident(ProcessHandle.current().pid()));
    System.out.println(name);
  }

  /** The most memory that a process has had, in bytes; 0 when it has ended or nobody can say. */
  static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException ended) {
      return 0;
    } catch (IOException e) {
      if (!Files.exists(Path.of("/proc/" + pid))) {
        return 0;
      }
      throw new UncheckedIOException(e);
    }
  }
}
