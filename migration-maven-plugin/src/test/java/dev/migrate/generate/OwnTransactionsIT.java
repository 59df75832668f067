package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.testing.Deployed;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Scripts with BEGIN and COMMIT that Flyway has run for years")
class OwnTransactionsIT {
  private static final String MODEL = "create table a (id int);create table b (id int);";

  @TempDir private Path folder;
  private ModelProject project;

  @BeforeEach
  void start() {
    project =
        ModelProject.at(folder)
            .revision(1, "BEGIN;\ncreate table a (id int);\nCOMMIT;", "drop table a;")
            .revision(2, "begin;\ncreate table b (id int);\nend;", "drop table b;")
            .revision(3, "select 1;", "-- downgrade: nothing")
            .model(MODEL);
  }

  @Test
  @DisplayName("stand in nobody's way: neither on scratch nor where they have run")
  void grown() {
    try (Deployed old = Deployed.of(project)) {
      old.flyway().migrate();
      assertThat(project.generate("x")).isInstanceOf(GenerateResult.NoDifference.class);
      project.model(MODEL + "create table c (id int);");
      assertThat(project.generate("Third")).isInstanceOf(GenerateResult.Written.class);
      old.upgrade();
      old.state().require().atHead();
      old.flyway().validate();
    }
  }

  @Test
  @DisplayName("run on a new database as Flyway runs them, once they are said to be released")
  void released() {
    try (Deployed fresh = Deployed.of(project);
        Deployed flyway = Deployed.of(project)) {
      MigrateException refused = failureOf(fresh::upgrade);
      assertThat(refused.code()).isEqualTo(FailureCode.INVALID_REVISION_FILE);
      assertThat(refused.problem())
          .contains("2 scripts", "V1__step_1.sql, line 1: \"BEGIN\"", "V2__step_2.sql, line 1");
      assertThat(refused.remedy()).contains("migrate.released", "executeInTransaction=false");
      assertThat(fresh.query("select count(*) from pg_class where relname in ('a', 'b')"))
          .isEqualTo("0");

      fresh.upgrade(project.files().released(id -> true));
      flyway.flyway().migrate();
      assertThat(fresh.schema()).isEqualTo(flyway.schema());
      fresh.flyway().validate();
      assertThat(fresh.flyway().migrate().migrationsExecuted).isZero();
    }
  }

  @Test
  @DisplayName("are recorded as failed when they stop behind what they have committed")
  void halfWay() {
    project.revision(3, "BEGIN;\ncreate table c (id int);\nCOMMIT;\nselect 1 / 0;", "select 1;");
    try (Deployed fresh = Deployed.of(project)) {
      MigrateException failed =
          failureOf(() -> fresh.upgrade(project.files().released(id -> true)));
      assertThat(failed.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
      assertThat(failed.problem()).contains("division by zero", "recorded as failed");
      assertThat(fresh.state().in(Status.FAILED)).hasSize(1);
    }
  }

  @Test
  @DisplayName("may say so in a file beside them, which changes no checksum")
  void sidecar() {
    for (int i = 1; i <= 2; i++) {
      project.file(
          "src/main/resources/db/migration/V%1$d__step_%1$d.sql.conf".formatted(i),
          "executeInTransaction=false");
    }
    try (Deployed fresh = Deployed.of(project)) {
      fresh.upgrade();
      fresh.state().require().atHead();
      fresh.flyway().validate();
    }
  }
}
