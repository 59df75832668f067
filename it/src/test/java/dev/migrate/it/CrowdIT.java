package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("Eight processes")
class CrowdIT {
  private static final int PROCESSES = 8;
  private static final int REVISIONS = 30;

  @Test
  @DisplayName("upgrade one empty database at the same moment, and each revision runs once")
  void upgradeOneDatabaseAtTheSameMoment(Database database) {
    Project project = Steps.project("crowd", REVISIONS, id -> "");
    Project target = project.with(database.targetOf(project.maven()));

    List<RunningBuild> builds =
        IntStream.range(0, PROCESSES).mapToObj(i -> target.start("migrate:upgrade")).toList();
    builds.forEach(build -> build.await().succeeds());

    assertThat(Steps.ran(database)).isEqualTo(Steps.ids(REVISIONS));
    assertThat(
            database.query(
                "select version from flyway_schema_history where version is not null"
                    + " order by installed_rank"))
        .isEqualTo(Steps.ids(REVISIONS));
  }

  @Test
  @DisplayName("share the embedded server of one project")
  void shareTheEmbeddedServer() {
    Project project = Steps.project("embedded-crowd", REVISIONS, id -> "");
    List<RunningBuild> builds =
        IntStream.range(0, 3).mapToObj(i -> project.start("migrate:upgrade")).toList();
    builds.forEach(build -> build.await().succeeds());
    project.run("migrate:check", "migrate:stop").succeeds().says("Not running");
  }
}
