package ${package}.standby;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The standby mode, for the time of a deployment.
 *
 * @param file while it exists, every page answers 503; its text is shown
 * @param retryAfter when people and programs are told to come back
 */
@ConfigurationProperties("app.standby")
public record StandbyProperties(
    @DefaultValue("standby") Path file, @DefaultValue("5m") Duration retryAfter) {}
