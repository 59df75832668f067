package dev.migrate.backup;

import dev.migrate.failure.MigrateException;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the maintenance database ({@code postgres} or {@code template1}) of a server, from which
 * another database is created, renamed and dropped.
 */
public final class MaintenanceDatabase {
  private static final int ANSWER_SECONDS = 10;

  private MaintenanceDatabase() {}

  /**
   * @param target a database, which none of this can be done from within
   * @param purpose what the administrator reads in pg_stat_activity
   * @return another one that its role may enter; empty when there is none
   */
  public static Optional<Target> of(Target target, String purpose) {
    for (String name : List.of("postgres", "template1")) {
      if (name.equals(target.database())) {
        continue;
      }
      Target other = target.withDatabase(name);
      try (Connection connection = other.connect(purpose)) {
        return connection.isValid(ANSWER_SECONDS) ? Optional.of(other) : Optional.empty();
      } catch (SQLException | MigrateException closed) {
        continue; // the role may not enter that one
      }
    }
    return Optional.empty();
  }
}
