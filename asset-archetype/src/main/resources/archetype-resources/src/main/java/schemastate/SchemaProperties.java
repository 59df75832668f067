package ${package}.schemastate;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of the application when the database is not where it should be.
 *
 * @param onMismatch refuse to start, or start and report down
 * @param recheckAfter how old an answer may be before the database is asked again
 */
@ConfigurationProperties("app.schema")
public record SchemaProperties(
    @DefaultValue("refuse") OnMismatch onMismatch, @DefaultValue("10s") Duration recheckAfter) {

  /** What becomes of the application. */
  public enum OnMismatch {
    REFUSE,
    DOWN
  }
}
