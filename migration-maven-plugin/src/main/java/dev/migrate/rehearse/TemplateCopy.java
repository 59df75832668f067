package dev.migrate.rehearse;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.Names;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A copy of a database on its own server, made by {@code CREATE DATABASE … TEMPLATE}: fast and
 * exact, and only while nobody is connected to the original. Closing drops it.
 */
public final class TemplateCopy implements AutoCloseable {
  private static final String IN_USE = "55006";

  private final Target maintenance;
  private final Target copy;
  private final String purpose;

  private TemplateCopy(Target maintenance, Target copy, String purpose) {
    this.maintenance = maintenance;
    this.copy = copy;
    this.purpose = purpose;
  }

  /**
   * @param source the database
   * @param purpose what its administrator reads in pg_stat_activity
   * @return the copy
   * @throws MigrateException {@code DATABASE} when the server refuses, {@code CONNECTION} when
   *     there is no database postgres to do it from
   */
  public static TemplateCopy of(Target source, String purpose) {
    Target maintenance = source.withDatabase("postgres");
    String name = "migrate_rehearsal_" + Long.toString(System.currentTimeMillis(), 36);
    execute(
        maintenance,
        purpose,
        "CREATE DATABASE " + Names.quote(name) + " TEMPLATE " + Names.quote(source.database()));
    return new TemplateCopy(maintenance, source.withDatabase(name), purpose);
  }

  /**
   * @return the copy
   */
  public Target target() {
    return copy;
  }

  private static void execute(Target maintenance, String purpose, String sql) {
    try (Connection connection = maintenance.connect(purpose);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "The server refused \"%s\": %s."
              .formatted(sql, e.getMessage().lines().findFirst().orElse("")),
          IN_USE.equals(e.getSQLState())
              ? "A template must not be in use: stop the application, or rehearse on scratch with"
                  + " -Dmigrate.rehearseOn=scratch."
              : "Connect as a role that may create databases, or rehearse on scratch with"
                  + " -Dmigrate.rehearseOn=scratch.",
          e);
    }
  }

  @Override
  public void close() {
    execute(
        maintenance,
        purpose,
        "DROP DATABASE IF EXISTS " + Names.quote(copy.database()) + " WITH (FORCE)");
  }
}
