package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * First login to a server that is said to run: proves that it is the right one, gives it a password
 * of its own, and makes sure that the database exists.
 */
final class ServerLogin {
  private static final String HOST = "127.0.0.1";
  private static final String MAINTENANCE = "postgres";

  private final Cluster cluster;
  private final Path log;

  ServerLogin(Cluster cluster, Path log) {
    this.cluster = cluster;
    this.log = log;
  }

  /**
   * @param server the running server
   * @param database the wanted database
   * @return where the server listens, with a password that works
   */
  ServerAddress enter(PidFile server, String database) throws IOException {
    try {
      ServerAddress address = settlePassword(server);
      try (Connection connection = ScratchConnections.connect(address, database)) {
        prove(connection);
      } catch (SQLException e) {
        if (!SqlState.UNKNOWN_DATABASE.is(e)) {
          throw e;
        }
        create(address, database);
      }
      return address;
    } catch (SQLException e) {
      if (SqlState.INVALID_PASSWORD.is(e)) {
        throw ScratchFailure.embedded(
            "The embedded PostgreSQL does not accept the password in "
                + cluster.folder().resolve("password")
                + ".",
            "Write the password of the role "
                + Cluster.SUPERUSER
                + " into that file, or delete the folder "
                + cluster.folder()
                + " to begin with an empty database",
            e);
      }
      throw new MigrateException(
          FailureCode.EMBEDDED_POSTGRES,
          "The embedded PostgreSQL runs (process "
              + server.pid()
              + ", port "
              + server.port()
              + ") but cannot be used: "
              + e.getMessage()
              + ".",
          "Read " + log + ", run mvn migrate:stop and then the goal again.",
          e);
    }
  }

  /**
   * A new cluster has the password of the pattern it was copied from. The new password is written
   * down before it comes into force, so that a process killed in between locks nobody out.
   */
  private ServerAddress settlePassword(PidFile server) throws IOException, SQLException {
    ServerAddress present = with(server, cluster.password());
    if (!Files.exists(cluster.proposedPassword())) {
      return present;
    }
    String proposed = Files.readString(cluster.proposedPassword()).strip();
    if (proposed.isEmpty()) {
      proposed = cluster.proposePassword();
    }
    try (Connection connection = ScratchConnections.connect(present, MAINTENANCE)) {
      Queries.execute(
          connection,
          "ALTER ROLE " + Cluster.SUPERUSER + " PASSWORD " + SqlLiteral.literal(proposed));
    } catch (SQLException e) {
      if (!SqlState.INVALID_PASSWORD.is(e)) {
        throw e;
      }
      // It came into force already: the connection below would fail otherwise.
      ScratchConnections.connect(with(server, proposed), MAINTENANCE).close();
    }
    cluster.adoptProposedPassword();
    return with(server, proposed);
  }

  private static ServerAddress with(PidFile server, String password) {
    return new ServerAddress(HOST, server.port(), Cluster.SUPERUSER, password);
  }

  private void prove(Connection connection) throws SQLException, IOException {
    Path data = Path.of(Queries.column(connection, "show data_directory").get(0));
    if (!Files.isSameFile(data, cluster.data())) {
      throw new SQLException("another server, with the data folder " + data + ", listens there");
    }
  }

  private static void create(ServerAddress address, String database) throws SQLException {
    try (Connection connection = ScratchConnections.connect(address, MAINTENANCE)) {
      Queries.execute(connection, "CREATE DATABASE " + SqlNames.inQuotes(database));
    } catch (SQLException e) {
      if (!SqlState.DUPLICATE_DATABASE.is(e)) {
        throw e;
      }
    }
  }
}
