package ${package}.schemastate;

import ${package}.schemastate.SchemaState.Status;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Says in /actuator/health/revision which one the database has, and whether that is the right one. */
@Component
class SchemaHealthIndicator extends AbstractHealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaHealthIndicator.class);

  private final SchemaGuard guard;

  SchemaHealthIndicator(SchemaGuard guard) {
    super("The database cannot be asked where it stands.");
    this.guard = guard;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    SchemaState state;
    try {
      state = guard.state();
    } catch (DataAccessException e) {
      // Everybody may read this: why it cannot be asked is said in the log.
      LOG.warn(
          "The database cannot be asked where it stands: {}",
          e.getMostSpecificCause().getMessage());
      health.down().withDetail("problem", "The database cannot be asked where it stands.");
      return;
    }
    health
        .status(state.status() == Status.CURRENT ? "UP" : "DOWN")
        .withDetail("schema", state.status().name().toLowerCase(Locale.ROOT))
        .withDetail("revision", state.revision() == null ? "base" : state.revision())
        .withDetail("expected", state.expected());
    if (state.status() != Status.CURRENT) {
      health.withDetail("problem", state.problem()).withDetail("remedy", state.remedy());
    }
  }
}
