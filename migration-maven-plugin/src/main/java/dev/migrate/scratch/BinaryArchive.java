package dev.migrate.scratch;

import dev.migrate.files.Disk;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL binaries from their artifact: a {@code .txz} archive in a jar. */
final class BinaryArchive {
  private BinaryArchive() {}

  /**
   * Unpacks the archive with its symbolic links and permissions.
   *
   * @param jar the artifact
   * @param folder an empty folder
   * @throws IOException when the jar cannot be read, holds no archive, or an entry of the archive
   *     points out of the folder
   */
  static void unpack(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry packed =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".txz"))
              .findFirst()
              .map(ZipEntry.class::cast)
              .orElseThrow(() -> new IOException("it holds no .txz archive"));
      try (InputStream in = new BufferedInputStream(zip.getInputStream(packed));
          TarArchiveInputStream tar =
              new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(in)))) {
        unpack(tar, folder.toRealPath());
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e); // commons-compress on a damaged header
    }
  }

  private static void unpack(TarArchiveInputStream tar, Path folder) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = inside(folder, folder.resolve(entry.getName()), entry);
      if (entry.isDirectory()) {
        Disk.createFolders(path);
        continue;
      }
      Disk.createFolders(path.getParent());
      inside(folder, path.getParent().toRealPath(), entry);
      if (entry.isSymbolicLink()) {
        Path aim = Path.of(entry.getLinkName());
        inside(folder, path.getParent().resolve(aim), entry);
        Disk.createSymbolicLink(path, aim);
      } else if (entry.isLink()) {
        Disk.createLink(path, inside(folder, folder.resolve(entry.getLinkName()), entry));
      } else if (entry.isFile()) {
        Disk.copy(new NotClosing(tar), path);
        permit(path, entry.getMode());
      } else {
        throw new IOException("its entry " + entry.getName() + " is neither file nor link");
      }
    }
  }

  private static Path inside(Path folder, Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(folder)) {
      throw new IOException("its entry " + entry.getName() + " points out of the archive");
    }
    return normal;
  }

  /** Files are readable for everyone: as root, the server runs as somebody else. */
  private static void permit(Path file, int mode) throws IOException {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & 0100) != 0) {
      permissions.addAll(
          EnumSet.of(
              PosixFilePermission.OWNER_EXECUTE,
              PosixFilePermission.GROUP_EXECUTE,
              PosixFilePermission.OTHERS_EXECUTE));
    }
    Disk.permit(file, permissions);
  }

  private static final class NotClosing extends FilterInputStream {
    NotClosing(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
