package dev.migrate.conformance;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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
    create(admin(), database, "template0");
  }

  /** Copies a template that nobody is connected to. */
  default void create(Connection admin, String database, String template) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute(
          "CREATE DATABASE "
              + database
              + " TEMPLATE "
              + template
              + (major() >= FILE_COPY ? " STRATEGY file_copy" : ""));
    }
  }

  default void drop(String database) throws SQLException {
    drop(admin(), database);
  }

  default void drop(Connection admin, String database) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      dropSubscriptions(database, statement);
      statement.execute("DROP DATABASE IF EXISTS " + database + " (FORCE)");
    }
  }

  /** A database that subscribes cannot be dropped. */
  private void dropSubscriptions(String database, Statement inPostgres) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        inPostgres.executeQuery(
            "select quote_ident(subname) from pg_subscription s join pg_database d"
                + " on d.oid = s.subdbid where d.datname = '"
                + database
                + "'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    if (names.isEmpty()) {
      return;
    }
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String name : names) {
        statement.execute("ALTER SUBSCRIPTION " + name + " DISABLE");
        statement.execute("ALTER SUBSCRIPTION " + name + " SET (slot_name = NONE)");
        statement.execute("DROP SUBSCRIPTION " + name);
      }
    }
  }
}
