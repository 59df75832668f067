package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.Path;

/** Exceptions of the embedded and scratch servers, worded in one place. */
final class ScratchFailure {
  private static final String OWN_SERVER =
      "or give migrate.url to use a server of your own instead.";

  private ScratchFailure() {}

  static MigrateException embedded(String problem, String remedy) {
    return embedded(problem, remedy, null);
  }

  static MigrateException embedded(String problem, String remedy, Throwable cause) {
    return new MigrateException(
        FailureCode.EMBEDDED_POSTGRES, problem, remedy + ", " + OWN_SERVER, cause);
  }

  static MigrateException file(String doing, Path path, IOException cause) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "Cannot " + doing + " " + path + ": " + reason(cause) + ".",
        "Make sure that the folder exists, that you may write to it and that the disk is not"
            + " full.",
        cause);
  }

  static MigrateException interrupted(String doing) {
    Thread.currentThread().interrupt();
    return new MigrateException(
        FailureCode.EMBEDDED_POSTGRES,
        "Interrupted while " + doing + ".",
        "Run the goal again; nothing is lost.");
  }

  private static String reason(IOException cause) {
    String name = cause.getClass().getSimpleName().replace("Exception", "");
    String message = cause.getMessage();
    return message == null ? name : name + " (" + message + ")";
  }
}
