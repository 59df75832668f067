package ${package}.development;

import ${package}.failure.CannotStartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The embedded PostgreSQL of this project, which {@code mvn spring-boot:run} starts and brings to
 * the head. For another database, set {@code app.development.embedded} to false, and {@code
 * spring.datasource.url} as everywhere.
 */
@Component
@Profile("dev")
@ConditionalOnProperty("app.development.embedded")
class DevelopmentDatabase implements JdbcConnectionDetails {
  private final Properties address = new Properties();

  DevelopmentDatabase(Environment environment) throws IOException {
    Path file = Path.of(environment.getRequiredProperty("app.development.address-file"));
    if (!Files.isRegularFile(file)) {
      throw new CannotStartException(
          "The address of the embedded database is not in " + file.toAbsolutePath() + ".",
          "Start the application with mvn spring-boot:run, or run mvn generate-sources first.");
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      address.load(reader);
    }
  }

  @Override
  public String getJdbcUrl() {
    return address.getProperty("url");
  }

  @Override
  public String getUsername() {
    return address.getProperty("user");
  }

  @Override
  public String getPassword() {
    return address.getProperty("password");
  }
}
