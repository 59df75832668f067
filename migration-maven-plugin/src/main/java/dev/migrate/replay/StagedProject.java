package dev.migrate.replay;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.FileChange;
import dev.migrate.revision.Revision;
import dev.migrate.revision.SquashPlan;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.script.RevisionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A temporary copy of a project's scripts with a change applied, in a folder that goes away. */
public final class StagedProject implements AutoCloseable {
  private final Path root;
  private final RevisionFolders folders;
  private final RevisionFiles original;

  private StagedProject(Path root, RevisionFiles original) {
    this.root = root;
    this.folders = original.folders().at(root);
    this.original = original;
  }

  public static StagedProject of(
      RevisionFiles files, SquashPlan squash, Revision baseline, byte[] text, byte[] guard) {
    try {
      StagedProject staged = new StagedProject(Disk.createTemporaryFolder("migrate-squash"), files);
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

  /**
   * @param files a project
   * @param drafts revisions that it is to have besides
   * @param besides files of its folders of upgrade scripts that change with them
   * @param clock gives the ids
   */
  public static StagedProject adding(
      RevisionFiles files,
      List<NewRevision> drafts,
      List<FileChange.Replace> besides,
      Clock clock) {
    try {
      StagedProject staged = new StagedProject(Disk.createTemporaryFolder("migrate-proof"), files);
      try {
        staged.fill(files, Set.of());
        for (FileChange.Replace one : besides) {
          Disk.write(staged.folders.upgrade().resolve(relative(files, one.path())), one.content());
        }
        new RevisionWriter(staged.files(), clock, "generate").write(drafts, List.of());
        return staged;
      } catch (IOException | RuntimeException e) {
        staged.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static Path relative(RevisionFiles files, Path script) {
    Path folder =
        files.folders().upgrades().stream().filter(script::startsWith).findFirst().orElseThrow();
    return folder.relativize(script);
  }

  public RevisionFiles files() {
    return RevisionFiles.read(folders, MissingFolder.REFUSE).knowingLike(original);
  }

  private void fill(
      RevisionFiles files, SquashPlan squash, Revision baseline, byte[] text, byte[] guard)
      throws IOException {
    Set<Path> replaced = new HashSet<>();
    for (RevisionFile file : files.get(squash.replaced())) {
      replaced.add(file.upgrade().path());
      file.downgrade().ifPresent(script -> replaced.add(script.path()));
    }
    files.baselines().forEach(other -> replaced.add(other.script().path()));
    fill(files, replaced);
    RevisionFolders staged = folders;
    Path name = Path.of(baseline.origin()).getFileName();
    Disk.write(
        staged.upgrade().resolve(name), staged.conventions().encoded(text, baseline.origin()));
    Disk.write(
        staged
            .upgrade()
            .resolve(staged.conventions().callback("beforeMigrate", "baseline_" + baseline.id())),
        staged.conventions().encoded(guard, baseline.origin()));
  }

  private void fill(RevisionFiles files, Set<Path> replaced) throws IOException {
    RevisionFolders staged = folders;
    Disk.createFolders(staged.upgrade());
    Disk.createFolders(staged.downgrade());
    for (Path folder : files.folders().upgrades()) {
      copy(
          folder,
          files.found().stream().filter(file -> file.startsWith(folder)).toList(),
          staged.upgrade(),
          replaced);
    }
    for (Path folder : files.folders().downgrades()) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          copy(
              folder,
              all.filter(Files::isRegularFile).sorted().toList(),
              staged.downgrade(),
              replaced);
        }
      }
    }
  }

  private static void copy(Path from, List<Path> files, Path to, Set<Path> without)
      throws IOException {
    for (Path file : files) {
      if (!without.contains(file)) {
        Path copy = to.resolve(from.relativize(file));
        Disk.createFolders(copy.getParent());
        Disk.copy(file, copy);
      }
    }
  }

  @Override
  public void close() {
    try {
      Disk.deleteTree(root);
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
