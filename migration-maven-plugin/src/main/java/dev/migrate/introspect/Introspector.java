package dev.migrate.introspect;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Reads the schema of a database from PostgreSQL's catalog. The number of queries does not depend
 * on what is in it; all of them see one moment.
 */
public final class Introspector {
  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    System.setProperty(
        "org.jooq.log.org.jooq.impl.DefaultExecuteContext.logVersionSupport", "ERROR");
  }

  /** Oldest PostgreSQL whose catalog we read. */
  private static final int OLDEST = 130_000;

  /** In the order in which they need each other: what is contained comes after its container. */
  private static final List<KindReader> READERS =
      List.of(
          new Namespaces(),
          new Relations(),
          new Types(),
          new Sequences(),
          new Columns(),
          new Constraints(),
          new Indexes(),
          new Views(),
          new Routines(),
          new Aggregates(),
          new Triggers(),
          new Policies(),
          new ExtendedStatistics(),
          new Collations(),
          new Operators(),
          new Casts(),
          new TextSearch(),
          new ForeignData(),
          new Publications(),
          new Subscriptions(),
          new Comments(),
          new Privileges(),
          new Owners(),
          new UncoveredProbes(),
          new Dependencies());

  private final Scope scope;

  /**
   * @param scope what to read
   */
  public Introspector(Scope scope) {
    this.scope = scope;
  }

  /**
   * Reads the schema in one read-only transaction of its own. The connection must not be in a
   * transaction; it is given back as it was.
   *
   * @param connection to the database
   * @return its schema
   * @throws MigrateException when the catalog cannot be read or the server is too old
   */
  public Schema read(Connection connection) {
    try {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        return readInTransaction(DSL.using(connection, SQLDialect.POSTGRES));
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException | DataAccessException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the schema inside the transaction that the connection is in, as that one sees it; the
   * transaction goes on, and can only read from then on.
   *
   * @param connection in a transaction of isolation level repeatable read
   * @return the schema
   * @throws MigrateException when the catalog cannot be read or the server is too old
   */
  public Schema readInside(Connection connection) {
    try {
      return readInTransaction(DSL.using(connection, SQLDialect.POSTGRES));
    } catch (DataAccessException e) {
      throw unreadable(e);
    }
  }

  private static MigrateException unreadable(Exception e) {
    return new MigrateException(
        FailureCode.DATABASE,
        "The catalog of the database cannot be read: " + e.getMessage(),
        "Check that the user may read pg_catalog, and that the connection was not closed.",
        e);
  }

  private Schema readInTransaction(DSLContext dsl) {
    dsl.execute("set transaction isolation level repeatable read, read only");
    Catalog catalog = new Catalog(dsl, scope);
    if (catalog.version() < OLDEST) {
      throw new MigrateException(
          FailureCode.NOT_SUPPORTED,
          "The server is PostgreSQL "
              + catalog.version() / 10_000
              + "; the oldest supported is 13.",
          "Upgrade the server.");
    }
    for (KindReader reader : READERS) {
      reader.read(catalog);
    }
    return catalog.schema();
  }
}
