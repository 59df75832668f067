package dev.migrate.verify;

import dev.migrate.introspect.Introspector;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.Queries;
import dev.migrate.target.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Introspects a database repeatedly while scripts run on it. It has a session of its own, whose
 * search path never changes: with another one the driver forgets its statements, and PostgreSQL
 * plans each query anew, which takes it longer than running them.
 */
final class SchemaReader implements AutoCloseable {
  /** Plans are made for the size that the catalog has; it grows. */
  private static final int READINGS_PER_PLAN = 60;

  private final Introspector introspector;
  private final Connection connection;
  private final int readingsPerPlan;
  private int readings;

  private SchemaReader(Introspector introspector, Connection connection, int readingsPerPlan) {
    this.introspector = introspector;
    this.connection = connection;
    this.readingsPerPlan = readingsPerPlan;
  }

  /**
   * @param introspector reads what is compared
   * @param database what to read; it must stay until this is closed
   * @throws SQLException when nobody can connect to it
   */
  static SchemaReader of(Introspector introspector, ScratchDatabase database) throws SQLException {
    return of(introspector, database, READINGS_PER_PLAN);
  }

  /** One that has its queries planned anew after that many readings. */
  static SchemaReader of(Introspector introspector, ScratchDatabase database, int readingsPerPlan)
      throws SQLException {
    return new SchemaReader(introspector, database.connectToRead(), readingsPerPlan);
  }

  /**
   * @param writer the session in which the scripts run
   * @return the schema as they have left it
   * @throws SQLException when the connection is lost
   */
  Schema read(Connection writer) throws SQLException {
    // What a script has begun and not ended nobody else sees, and might wait for without an end.
    if (TransactionStatus.of(writer) != TransactionStatus.NONE) {
      return introspector.read(writer);
    }
    if (++readings % readingsPerPlan == 0) {
      Queries.execute(connection, "DISCARD PLANS");
    }
    return introspector.read(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
