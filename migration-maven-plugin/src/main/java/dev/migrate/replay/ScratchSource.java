package dev.migrate.replay;

import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.PostgresInstallation;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchServer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Supplier of scratch databases: an embedded server of a version, or a server that the user lends.
 */
public sealed interface ScratchSource {
  /**
   * Servers of our own, each gone when it is closed. What was replayed is kept for the next time.
   *
   * @param installation the binaries
   * @param folder the folder of the servers, {@code .migrate/scratch} of a project
   */
  record Embedded(PostgresInstallation installation, Path folder) implements ScratchSource {
    /** Both are needed. */
    public Embedded {
      Objects.requireNonNull(installation, "installation");
      Objects.requireNonNull(folder, "folder");
    }

    @Override
    public Scratch open() {
      return ScratchServer.start(installation, folder);
    }
  }

  /**
   * A server that somebody lends: databases are created and dropped there, and nothing else is
   * touched.
   *
   * @param url the JDBC URL of any database of it
   * @param user a role that may create databases; null when the URL says it
   * @param password its password; null when the URL or the environment says it
   */
  record Borrowed(String url, String user, String password) implements ScratchSource {
    @Override
    public Scratch open() {
      return BorrowedScratch.on(url, user, password);
    }

    @Override
    public String toString() {
      return "borrowed scratch";
    }
  }

  /**
   * @return scratch databases, to be closed
   * @throws dev.migrate.failure.MigrateException when there is no server to be had
   */
  Scratch open();
}
