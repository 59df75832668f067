package dev.migrate.testing;

import dev.migrate.scratch.ClasspathBinaries;
import dev.migrate.scratch.PostgresInstallation;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ScratchServer;
import java.nio.file.Path;

/**
 * Databases for tests: one real server for the whole JVM, started by the first who needs it, gone
 * when the JVM ends. {@code try (var database = TestPostgres.database("history")) { … }}
 */
public final class TestPostgres {
  private static final class Server {
    static final ScratchServer RUNNING = start();

    private static ScratchServer start() {
      ScratchServer server = ScratchServer.start(installation(), folder().resolve("scratch"));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }
  }

  private TestPostgres() {}

  /**
   * @return the shared server
   */
  public static ScratchServer server() {
    return Server.RUNNING;
  }

  /**
   * @param label what the database is for; part of its name
   * @return a fresh empty database; closing drops it
   */
  public static ScratchDatabase database(String label) {
    return server().database(label);
  }

  /**
   * @return the newest PostgreSQL, from the class path of the tests, unpacked under target/
   */
  public static PostgresInstallation installation() {
    return PostgresInstallation.in(
        PostgresVersion.DEFAULT, new ClasspathBinaries(), folder().resolve("cache"));
  }

  private static Path folder() {
    return Path.of("target", "test-postgres").toAbsolutePath();
  }
}
