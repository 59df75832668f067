package dev.migrate.prove;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.Squash;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The scripts of a project as they would be after a squash, in a folder that goes away. */
final class StagedProject implements AutoCloseable {
  private final Path root;

  private StagedProject(Path root) {
    this.root = root;
  }

  static StagedProject of(
      RevisionFiles files, Squash squash, Revision baseline, byte[] text, byte[] guard) {
    try {
      StagedProject staged = new StagedProject(Files.createTempDirectory("migrate-squash"));
      try {
        staged.fill(files, squash, baseline, text, guard);
        return staged;
      } catch (IOException | RuntimeException e) {
        staged.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  RevisionFiles files() {
    return RevisionFiles.read(RevisionFolders.of(root), MissingFolder.REFUSE);
  }

  private void fill(
      RevisionFiles files, Squash squash, Revision baseline, byte[] text, byte[] guard)
      throws IOException {
    RevisionFolders staged = RevisionFolders.of(root);
    Files.createDirectories(staged.upgrade());
    Files.createDirectories(staged.downgrade());
    Set<Path> replaced = new HashSet<>();
    for (RevisionFile file : files.get(squash.replaced())) {
      replaced.add(file.upgrade().path());
      file.downgrade().ifPresent(script -> replaced.add(script.path()));
    }
    files.baselines().forEach(other -> replaced.add(other.script().path()));
    for (Path folder : files.folders().upgrades()) {
      copy(folder, staged.upgrade(), replaced);
    }
    for (Path folder : files.folders().downgrades()) {
      if (Files.isDirectory(folder)) {
        copy(folder, staged.downgrade(), replaced);
      }
    }
    Path name = Path.of(baseline.origin()).getFileName();
    Files.write(staged.upgrade().resolve(name), text);
    Files.write(
        staged.upgrade().resolve("beforeMigrate__baseline_" + baseline.id() + ".sql"), guard);
  }

  private static void copy(Path from, Path to, Set<Path> without) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        if (!without.contains(file)) {
          Path copy = to.resolve(from.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static MigrateException failed(IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "The temporary folder cannot be used: %s.".formatted(e.getMessage()),
        "Check that there is space in it, or name another with -Djava.io.tmpdir=….",
        e);
  }
}
