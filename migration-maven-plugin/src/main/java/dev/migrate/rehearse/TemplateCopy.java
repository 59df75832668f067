package dev.migrate.rehearse;

import dev.migrate.backup.MaintenanceDatabase;
import dev.migrate.backup.OrphanedCopies;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A clone of a database on its own server, made by {@code CREATE DATABASE … TEMPLATE}: fast and
 * exact, and only while nobody is connected to the original. Closing drops it.
 */
public final class TemplateCopy implements AutoCloseable {

  private static final String ELSEWHERE =
      "Connect as a role that may create databases, or rehearse on scratch with"
          + " -Dmigrate.rehearseOn=scratch.";

  private final Connection admin;
  private final Target copy;

  private TemplateCopy(Connection admin, Target copy) {
    this.admin = admin;
    this.copy = copy;
  }

  /**
   * @param source the database
   * @param purpose what its administrator reads in pg_stat_activity
   * @return the copy
   * @throws MigrateException {@code DATABASE} when the server refuses, or there is no database to
   *     do it from
   */
  public static TemplateCopy of(Target source, String purpose) {
    Target maintenance =
        MaintenanceDatabase.of(source, purpose)
            .orElseThrow(
                () ->
                    new MigrateException(
                        FailureCode.DATABASE,
                        "There is no database postgres or template1 from which this role could copy"
                            + " another one.",
                        ELSEWHERE));
    String name = OrphanedCopies.name(source, OrphanedCopies.Use.REHEARSAL);
    Connection admin = maintenance.connect(purpose);
    TemplateCopy copy = new TemplateCopy(admin, source.withDatabase(name));
    try {
      OrphanedCopies.claim(admin, name);
      copy.execute(
          "CREATE DATABASE "
              + SqlNames.quote(name)
              + " TEMPLATE "
              + SqlNames.quote(source.database())
              + OrphanedCopies.mark());
      return copy;
    } catch (SQLException e) {
      throw copy.abandoned(refused("claim " + name, e));
    } catch (MigrateException e) {
      throw copy.abandoned(e);
    }
  }

  private MigrateException abandoned(MigrateException reason) {
    try {
      admin.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }

  /**
   * @return the copy
   */
  public Target target() {
    return copy;
  }

  private void execute(String sql) {
    try {
      Queries.execute(admin, sql);
    } catch (SQLException e) {
      throw refused(sql, e);
    }
  }

  private static MigrateException refused(String sql, SQLException e) {
    return new MigrateException(
        FailureCode.DATABASE,
        "The server refused \"%s\": %s."
            .formatted(sql, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
        SqlState.OBJECT_IN_USE.is(e)
            ? "A template must not be in use: stop the application, or rehearse on scratch with"
                + " -Dmigrate.rehearseOn=scratch."
            : ELSEWHERE,
        e);
  }

  @Override
  public void close() {
    try (admin) {
      execute("DROP DATABASE IF EXISTS " + SqlNames.quote(copy.database()) + " WITH (FORCE)");
    } catch (SQLException e) {
      throw refused("close", e);
    }
  }
}
