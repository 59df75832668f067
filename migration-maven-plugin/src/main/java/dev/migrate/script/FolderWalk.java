package dev.migrate.script;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** Lists the files below a folder, except hidden ones and those in hidden folders. */
final class FolderWalk extends SimpleFileVisitor<Path> {
  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  private FolderWalk(Path folder) {
    this.folder = folder;
  }

  static List<Path> files(Path folder) throws IOException {
    FolderWalk walk = new FolderWalk(folder);
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    walk.files.sort(Comparator.naturalOrder());
    return walk.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return !directory.equals(folder) && isHidden(directory)
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    // What is still a link here leads nowhere; whoever reads it will say so.
    if ((attributes.isRegularFile() || attributes.isSymbolicLink()) && !isHidden(file)) {
      files.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  /** The hidden files of another writer come and go while we look. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException && isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
