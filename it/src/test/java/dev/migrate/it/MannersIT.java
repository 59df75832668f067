package dev.migrate.it;

import org.junit.jupiter.api.DisplayName;

@DisplayName("As a guest in a Maven build, the plugin")
class MannersIT {

  @OnEachMaven
  @DisplayName("explains itself")
  void explainsItself(Maven maven) {
    Project.generated("help")
        .with(maven)
        .run("migrate:help")
        .succeeds()
        .says("Reversible, proven database migrations for PostgreSQL");
  }
}
