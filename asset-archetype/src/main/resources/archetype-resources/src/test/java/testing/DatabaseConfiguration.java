package ${package}.testing;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Gives the application under test a database of its own, and the rights of production. */
@TestConfiguration(proxyBeanMethods = false)
public class DatabaseConfiguration {
  @Bean
  TestDatabase testDatabase() {
    return TestDatabase.atHead();
  }

  @Bean
  JdbcConnectionDetails address(TestDatabase database) {
    return new JdbcConnectionDetails() {
      @Override
      public String getJdbcUrl() {
        return database.url();
      }

      @Override
      public String getUsername() {
        return TestDatabase.APPLICATION_USER;
      }

      @Override
      public String getPassword() {
        return database.password();
      }
    };
  }
}
