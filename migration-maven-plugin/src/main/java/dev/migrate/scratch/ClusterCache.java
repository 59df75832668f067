package dev.migrate.scratch;

import dev.migrate.files.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Cache of data folders of stopped scratch servers, kept under names to begin from later. Each gets
 * its name when it is complete, so what has a name is whole, whoever was killed meanwhile. To be
 * called under the lock of the scratch servers' folder.
 *
 * <p>Scratch servers do not wait for the disk, so what one wrote is safe from a crash of the server
 * and not from one of the machine: a kept cluster counts only until the machine starts anew, unless
 * it was written through to the disk.
 */
final class ClusterCache {
  private static final String PREFIX = "kept-";
  private static final String UNFINISHED = "unfinished-";
  private static final String BOOT = "boot";
  private static final String ANY_BOOT = "any";
  private static final int MOST = 4;

  private final PostgresInstallation installation;
  private final Path parent;
  private final String prefix;

  ClusterCache(PostgresInstallation installation, Path parent) {
    this.installation = installation;
    this.parent = parent;
    this.prefix = PREFIX + installation.version().full() + "-";
  }

  /** The names of what is kept for this version. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Path folder : folders()) {
      String name = folder.getFileName().toString();
      if (name.startsWith(prefix) && survived(folder)) {
        names.add(name.substring(prefix.length()));
      }
    }
    return names;
  }

  /**
   * Copies what is kept under a name into a folder.
   *
   * @return the copy; empty when nothing is kept under the name
   */
  Optional<Cluster> copy(String name, Path folder) throws IOException {
    Path kept = parent.resolve(prefix + name);
    if (!Files.isDirectory(kept) || !survived(kept)) {
      return Optional.empty();
    }
    Disk.touch(kept.resolve(BOOT), FileTime.from(Instant.now()));
    return Optional.of(new Cluster(kept).duplicate(folder));
  }

  /** Keeps a copy of a stopped cluster, and forgets those that were not used for longest. */
  void put(String name, Cluster stopped) throws IOException {
    FileTree.sweep(parent, UNFINISHED);
    Path kept = parent.resolve(prefix + name);
    if (Files.isDirectory(kept)) {
      return; // somebody else was first
    }
    Path unfinished =
        ServerAccount.current()
            .admit(FileTree.privateFolder(parent.resolve(UNFINISHED + UUID.randomUUID())));
    Cluster copy = stopped.duplicate(unfinished);
    String boot = bootId();
    if (boot.equals(ANY_BOOT)) {
      copy.sync(installation.program("initdb"));
    }
    Disk.write(unfinished.resolve(BOOT), boot);
    Disk.move(unfinished, kept);
    sweep();
  }

  void forget(String name) throws IOException {
    Disk.deleteTree(parent.resolve(prefix + name));
  }

  private void sweep() throws IOException {
    Map<Path, FileTime> used = new HashMap<>();
    for (Path folder : folders()) {
      if (survived(folder)) {
        used.put(folder, Files.getLastModifiedTime(folder.resolve(BOOT)));
      } else {
        Disk.deleteTree(folder);
      }
    }
    List<Path> newestFirst = new ArrayList<>(used.keySet());
    newestFirst.sort(Comparator.comparing((Path folder) -> used.get(folder)).reversed());
    for (Path old : newestFirst.subList(Math.min(MOST, newestFirst.size()), newestFirst.size())) {
      Disk.deleteTree(old);
    }
  }

  private List<Path> folders() {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList();
    } catch (IOException e) {
      throw ScratchFailure.file("read", parent, e);
    }
  }

  private static boolean survived(Path folder) {
    try {
      String boot = Files.readString(folder.resolve(BOOT));
      return boot.equals(ANY_BOOT) || boot.equals(bootId());
    } catch (IOException gone) {
      return false;
    }
  }

  private static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException notLinux) {
      return ANY_BOOT;
    }
  }
}
