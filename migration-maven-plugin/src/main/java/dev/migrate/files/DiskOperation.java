package dev.migrate.files;

import java.nio.file.Path;

/**
 * One write operation on the file system, as a value.
 *
 * @param deed what is done
 * @param path to which file or folder; of a move or a copy, the one that appears
 */
record DiskOperation(Deed deed, Path path) {
  enum Deed {
    CREATE,
    WRITE,
    SYNC,
    MOVE,
    COPY,
    LINK,
    DELETE,
    CREATE_FOLDER,
    SET_ATTRIBUTE,
    /** Another program writes: {@code cp}, {@code initdb}, {@code pg_dump}. */
    PROGRAM
  }

  @Override
  public String toString() {
    return deed + " " + path;
  }
}
