package dev.migrate.it;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("As a guest in a Maven build, the plugin")
class MannersIT {

  @Test
  @DisplayName("explains itself")
  void explainsItself() {
    Project.generated("help")
        .run("migrate:help")
        .succeeds()
        .says("Reversible, proven database migrations for PostgreSQL");
  }
}
