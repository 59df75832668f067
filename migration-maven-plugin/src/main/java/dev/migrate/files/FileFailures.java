package dev.migrate.files;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Error messages for what the file system refuses. */
public final class FileFailures {
  private FileFailures() {}

  /**
   * @param name what could not be read, as messages name it
   * @param cause why
   * @return the failure
   */
  public static MigrateException cannotRead(String name, IOException cause) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        name + " cannot be read: " + reason(cause) + ".",
        "Check that it exists and that this account may read it.",
        cause);
  }

  /**
   * @param name what could not be written, as messages name it
   * @param cause why
   * @return the failure
   */
  public static MigrateException cannotWrite(String name, IOException cause) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        name + " cannot be written: " + reason(cause) + ".",
        "Check that the folder exists, is a folder, has space, and that this account may write to"
            + " it.",
        cause);
  }

  static String reason(Exception cause) {
    if (cause instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException) {
      return "there is a file where a folder should be";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
