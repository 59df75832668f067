package ${package}.schemastate;

import ${package}.failure.CannotStartException;
import ${package}.schemastate.SchemaProperties.OnMismatch;
import ${package}.schemastate.SchemaState.Status;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Keeps the application from working on a schema that it was not made for. It never changes the
 * schema: whoever deploys does that.
 */
@Component
public class SchemaGuard implements SmartInitializingSingleton {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaGuard.class);

  private final SchemaInspection inspection;
  private final SchemaProperties properties;
  private final Clock clock = Clock.systemUTC();
  private Answer last;

  SchemaGuard(SchemaInspection inspection, SchemaProperties properties) {
    this.inspection = inspection;
    this.properties = properties;
  }

  /** Before the first request is answered. */
  @Override
  public void afterSingletonsInstantiated() {
    SchemaState state;
    try {
      state = state();
    } catch (DataAccessException e) {
      if (properties.onMismatch() == OnMismatch.REFUSE) {
        throw new CannotStartException(
            "The database does not say where it stands: " + e.getMostSpecificCause().getMessage(),
            "Check spring.datasource.url, and that the user may read flyway_schema_history.");
      }
      LOG.warn("The database does not say where it stands: {}", e.getMostSpecificCause().getMessage());
      return;
    }
    if (state.status() == Status.CURRENT) {
      return;
    }
    if (properties.onMismatch() == OnMismatch.REFUSE) {
      throw new CannotStartException(state.problem(), state.remedy());
    }
    LOG.warn("{} {} Until then, this application reports that it is down.", state.problem(), state.remedy());
  }

  /**
   * Where the database stands, as of a few seconds ago.
   *
   * @throws DataAccessException if the database cannot be asked
   */
  public synchronized SchemaState state() {
    Instant now = clock.instant();
    if (last == null || last.at().plus(properties.recheckAfter()).isBefore(now)) {
      last = new Answer(now, inspection.inspect());
    }
    return last.state();
  }

  /** Whether requests have to wait until the database is where it should be. */
  public boolean closed() {
    return properties.onMismatch() == OnMismatch.DOWN && !isCurrent();
  }

  private boolean isCurrent() {
    try {
      return state().status() == Status.CURRENT;
    } catch (DataAccessException e) {
      LOG.debug("The database cannot be asked where it stands.", e);
      return false;
    }
  }

  private record Answer(Instant at, SchemaState state) {}
}
