package dev.migrate.files;

import java.nio.file.Path;

/**
 * A planned change of one file (create, replace, remove) within a {@link Journal change of
 * several}.
 */
public sealed interface FileChange {
  /**
   * @return the file
   */
  Path path();

  /**
   * A file that must not be there yet; the folders that it needs are created.
   *
   * @param path the file
   * @param content what it will hold
   */
  record Create(Path path, byte[] content) implements FileChange {}

  /**
   * A file that gets a content, whatever it held.
   *
   * @param path the file
   * @param content what it will hold
   */
  record Replace(Path path, byte[] content) implements FileChange {}

  /**
   * A file that goes.
   *
   * @param path the file
   */
  record Remove(Path path) implements FileChange {}
}
