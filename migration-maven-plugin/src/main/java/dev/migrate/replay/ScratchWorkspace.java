package dev.migrate.replay;

import static dev.migrate.sql.SqlNames.inQuotes;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.Sandbox;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ScratchServer;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scratch server with one replayed database as a template; clones of it are made to try things.
 */
public final class ScratchWorkspace implements AutoCloseable {
  private static final Pattern MISSING_ROLE = Pattern.compile("role \"(.*)\" does not exist");
  private static final Pattern CREATE_ROLE =
      Pattern.compile("(?is)CREATE\\s+(ROLE|USER|GROUP)\\s.*");

  private final Scratch scratch;
  private final ScratchDatabase base;
  private final boolean cached;

  /**
   * @param scratch where the database is
   * @param base the database to start from
   * @param cached whether it was there already and nothing had to run
   */
  public ScratchWorkspace(Scratch scratch, ScratchDatabase base, boolean cached) {
    this.scratch = scratch;
    this.base = base;
    this.cached = cached;
  }

  /**
   * @param scratchSource where scratch databases come from
   * @return a workspace whose base is an empty database
   */
  public static ScratchWorkspace empty(ScratchSource scratchSource) {
    return empty(scratchSource::open);
  }

  /**
   * @param scratchSource where scratch databases come from
   * @param trusted whether what is going to be run there is as good as the project's own; else it
   *     is run without power
   * @return a workspace whose base is an empty database
   */
  public static ScratchWorkspace empty(ScratchSource scratchSource, boolean trusted) {
    return trusted ? empty(scratchSource) : empty(() -> scratchSource.open().sandbox());
  }

  private static ScratchWorkspace empty(Supplier<Scratch> opening) {
    Scratch scratch = opening.get();
    try {
      return new ScratchWorkspace(scratch, scratch.database("empty"), false);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  /**
   * @return the database to start from
   */
  public ScratchDatabase base() {
    return base;
  }

  /**
   * @return whether nothing had to run to make it, because an earlier build had kept it
   */
  public boolean cached() {
    return cached;
  }

  /**
   * @param label what it is for
   * @return a copy of the base, to be closed; nobody may be connected to the base
   */
  public ScratchDatabase copy(String label) {
    return scratch.database(label, base);
  }

  /**
   * @param label what it is for
   * @param template another database of this workspace, to which nobody is connected
   * @return a copy of it, to be closed
   */
  public ScratchDatabase copy(String label, ScratchDatabase template) {
    return scratch.database(label, template);
  }

  /**
   * @param copy another database of this workspace
   * @return a workspace that goes on with it; only this one is to be closed
   */
  public ScratchWorkspace at(ScratchDatabase copy) {
    return new ScratchWorkspace(scratch, copy, false);
  }

  /**
   * @param label what it is for
   * @return an empty database, to be closed
   */
  public ScratchDatabase blank(String label) {
    return scratch.database(label);
  }

  /**
   * @param database one of this workspace
   * @param scope what to read
   * @return its schema
   */
  public Schema read(ScratchDatabase database, Scope scope) {
    try (Connection connection = database.connectToRead()) {
      return new Introspector(scope).read(connection);
    } catch (SQLException e) {
      throw lost(e);
    }
  }

  /**
   * Creates the schema of the history, which is where unqualified names are created.
   *
   * @param connection to a database of this workspace
   * @param options where the history would be
   * @throws SQLException when the connection is lost
   */
  public static void createHistorySchema(Connection connection, HistoryOptions options)
      throws SQLException {
    if (options.schema().isPresent()) {
      Queries.execute(
          connection, "CREATE SCHEMA IF NOT EXISTS " + inQuotes(options.schema().get()));
    }
    for (String schema : options.schemas()) {
      Queries.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + inQuotes(schema));
    }
  }

  /**
   * A model and a first revision find the schema of the history, and so make it not.
   *
   * @param database an empty one of this workspace
   * @param options where the history would be
   */
  public static void createHistorySchema(ScratchDatabase database, HistoryOptions options) {
    if (options.schema().isPresent()) {
      try (Connection connection = database.connect()) {
        Queries.execute(
            connection, "CREATE SCHEMA IF NOT EXISTS " + inQuotes(options.schema().get()));
      } catch (SQLException e) {
        throw lost(e);
      }
    }
  }

  /**
   * Makes a session what it is when an upgrade begins, whatever the script before has set; only
   * that no statement waits in vain for a lock here.
   *
   * @param connection to a database of this workspace
   * @param options where the history would be, what statements may take
   * @throws SQLException when the connection is lost
   */
  public static void enter(Connection connection, HistoryOptions options) throws SQLException {
    StringBuilder sql = new StringBuilder("RESET ROLE; RESET ALL");
    sql.append("; SET statement_timeout = ")
        .append(options.timeouts().statementTimeout().toMillis());
    if (options.schema().isPresent()) {
      sql.append("; SET search_path = ")
          .append(inQuotes(options.schema().get()))
          .append(", \"$user\", public");
    }
    Queries.execute(connection, sql.toString());
  }

  /** What to say when a scratch database cannot be talked to any more. */
  public static MigrateException lost(SQLException e) {
    return new MigrateException(
        FailureCode.DATABASE,
        "The connection to the scratch database was lost: " + e.getMessage() + ".",
        "Run the goal again; nothing was changed.",
        e);
  }

  /**
   * Creates the role that a statement misses, so that it can be tried again. Only on a server of
   * our own.
   *
   * @param refused what PostgreSQL said
   * @return whether a role was created
   */
  public boolean createsMissingRole(SQLException refused) {
    Optional<String> role = missingRole(refused);
    if (role.isPresent() && scratch instanceof Sandbox sandbox && sandbox.own()) {
      sandbox.createRoles(List.of(role.get()));
      return true;
    }
    if (role.isPresent() && scratch instanceof ScratchServer own) {
      own.administer("CREATE ROLE " + inQuotes(role.get()) + " NOLOGIN");
      return true;
    }
    return false;
  }

  /**
   * @param sql a statement
   * @param refused what PostgreSQL said to it
   * @return whether it wants to create a role that is there already, on a server of our own
   */
  public boolean hasRoleAlready(String sql, SQLException refused) {
    return scratch instanceof ScratchServer
        && SqlState.DUPLICATE_OBJECT.is(refused)
        && CREATE_ROLE.matcher(sql).matches();
  }

  static Optional<String> missingRole(SQLException refused) {
    Matcher role = MISSING_ROLE.matcher(String.valueOf(refused.getMessage()));
    return SqlState.UNDEFINED_OBJECT.is(refused) && role.find()
        ? Optional.of(role.group(1))
        : Optional.empty();
  }

  /** Drops everything. */
  @Override
  public void close() {
    if (!(scratch instanceof ScratchServer || scratch instanceof Sandbox)) {
      base.close();
    }
    scratch.close();
  }
}
