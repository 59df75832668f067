package dev.migrate.conformance;

import dev.migrate.scratch.ClasspathBinaries;
import dev.migrate.scratch.PostgresInstallation;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.ScratchServer;
import dev.migrate.scratch.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * An embedded server: for versions that are not installed. It brings no client programs; the
 * installed psql talks to it, and no pg_dump does, because that refuses newer servers.
 */
final class EmbeddedServer implements Server {
  private static final Path FOLDER = Path.of("target", "test-postgres").toAbsolutePath();

  private final ScratchServer server;
  private Connection admin;

  private EmbeddedServer(ScratchServer server) {
    this.server = server;
  }

  static EmbeddedServer start(PostgresVersion version) {
    return new EmbeddedServer(
        ScratchServer.start(
            PostgresInstallation.in(version, new ClasspathBinaries(), FOLDER.resolve("cache")),
            FOLDER.resolve("scratch")));
  }

  @Override
  public int major() {
    return server.version().major();
  }

  @Override
  public Connection connect(String database) throws SQLException {
    ServerAddress address = server.address();
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("options", "-c statement_timeout=30s");
    return DriverManager.getConnection(address.jdbcUrl(database), properties);
  }

  @Override
  public synchronized Connection admin() throws SQLException {
    if (admin == null) {
      admin = connect("postgres");
    }
    return admin;
  }

  @Override
  public String client(String database, String input, String program, String... arguments)
      throws IOException, InterruptedException {
    ServerAddress address = server.address();
    Path installed = PostgresServer.binaries(PostgresServer.INSTALLED);
    return PostgresServer.client(
        installed.resolve(program),
        Map.of(
            "PGHOST", address.host(),
            "PGPORT", String.valueOf(address.port()),
            "PGUSER", address.user(),
            "PGPASSWORD", address.password(),
            "PGDATABASE", database),
        input,
        arguments);
  }

  @Override
  public void close() {
    server.close();
  }
}
