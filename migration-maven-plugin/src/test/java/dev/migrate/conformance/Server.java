package dev.migrate.conformance;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that pairs run on. Nobody else uses it. */
interface Server extends Closeable {
  /** From this version on CREATE DATABASE can copy files, which is fastest without fsync. */
  int FILE_COPY = 15;

  int major();

  /** A new connection as the superuser. */
  Connection connect(String database) throws SQLException;

  /** One connection that stays open, to make and drop databases and roles. */
  Connection admin() throws SQLException;

  /** Runs psql or pg_dump on a database; the input is what the program reads. */
  String client(String database, String input, String program, String... arguments)
      throws IOException, InterruptedException;

  default void create(String database) throws SQLException {
    try (Statement statement = admin().createStatement()) {
      statement.execute(
          "CREATE DATABASE "
              + database
              + " TEMPLATE template0"
              + (major() >= FILE_COPY ? " STRATEGY file_copy" : ""));
    }
  }

  default void drop(String database) throws SQLException {
    try (Statement statement = admin().createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + database + " (FORCE)");
    }
  }
}
