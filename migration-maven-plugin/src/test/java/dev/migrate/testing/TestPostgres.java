package dev.migrate.testing;

import dev.migrate.scratch.ClasspathBinaries;
import dev.migrate.scratch.PostgresInstallation;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ScratchServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Databases for tests: one real server of each version for the whole JVM, started by the first who
 * needs it, gone when the JVM ends. {@code try (var database = TestPostgres.database("history")) {
 * … }}
 */
public final class TestPostgres {
  private static final Map<PostgresVersion, ScratchServer> RUNNING = new HashMap<>();

  private TestPostgres() {}

  /**
   * @return the shared server
   */
  public static ScratchServer server() {
    return server(PostgresVersion.DEFAULT);
  }

  /**
   * @param version one whose binaries the build has put on the class path or under target/
   * @return the shared server of that version
   */
  public static synchronized ScratchServer server(PostgresVersion version) {
    return RUNNING.computeIfAbsent(version, TestPostgres::start);
  }

  private static ScratchServer start(PostgresVersion version) {
    ScratchServer server = ScratchServer.start(installation(version), folder().resolve("scratch"));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
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
    return installation(PostgresVersion.DEFAULT);
  }

  private static PostgresInstallation installation(PostgresVersion version) {
    return PostgresInstallation.in(version, new ClasspathBinaries(), folder().resolve("cache"));
  }

  private static Path folder() {
    return Path.of("target", "test-postgres").toAbsolutePath();
  }
}
