package dev.migrate.scratch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A scratch database, to be thrown away: closing it drops it, and ends the sessions that are still
 * in it.
 */
public final class ScratchDatabase implements AutoCloseable {
  private final String name;
  private final String jdbcUrl;
  private final String user;
  private final String password;
  private final Consumer<ScratchDatabase> drop;
  private final ScratchDatabase administered;

  ScratchDatabase(
      String name, String jdbcUrl, String user, String password, Consumer<ScratchDatabase> drop) {
    this(name, jdbcUrl, user, password, drop, null);
  }

  private ScratchDatabase(
      String name,
      String jdbcUrl,
      String user,
      String password,
      Consumer<ScratchDatabase> drop,
      ScratchDatabase administered) {
    this.name = Objects.requireNonNull(name, "name");
    this.jdbcUrl = Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    this.user = user;
    this.password = password;
    this.drop = drop;
    this.administered = administered == null ? this : administered;
  }

  /** The same database for the role that owns it, in a {@link Sandbox}. */
  ScratchDatabase ownedBy(String role, String password) {
    String url =
        role == null ? jdbcUrl : jdbcUrl.replaceAll("(?<=[?&])(user|password)=[^&]*&?", "");
    return new ScratchDatabase(name, url, role, password, one -> close(), this);
  }

  /**
   * @return whether what is in it comes from a database of others, and is loaded by a role without
   *     power and an {@link SandboxAdministrator}
   */
  public boolean sandboxed() {
    return administered != this;
  }

  /**
   * @return its name, unquoted
   */
  public String name() {
    return name;
  }

  /**
   * @return its JDBC URL, without credentials of ours
   */
  public String jdbcUrl() {
    return jdbcUrl;
  }

  /**
   * @return the role to log in as; null when the URL or the environment says it
   */
  public String user() {
    return user;
  }

  /**
   * @return its password; null when the URL or the environment says it
   */
  public String password() {
    return password;
  }

  /**
   * Opens a connection for scripts of the project, with the search path of a session.
   *
   * @return a new connection, in autocommit
   * @throws SQLException when the server refuses
   */
  public Connection connect() throws SQLException {
    return ScratchConnections.connectForScripts(jdbcUrl, user, password);
  }

  /**
   * Opens a connection for statements of ours: nothing that is in the database is in its search
   * path. In a sandbox it may see the whole catalog, and is not to read anybody's tables.
   *
   * @return a new connection, in autocommit
   * @throws SQLException when the server refuses
   */
  public Connection connectToRead() throws SQLException {
    return ScratchConnections.connect(
        administered.jdbcUrl, administered.user, administered.password);
  }

  @Override
  public void close() {
    drop.accept(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
