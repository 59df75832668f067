package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a small project, with no database installed")
class FirstStepsIT {

  @Test
  @DisplayName("a change lives: written, applied, taken back, applied")
  void aChangeLives() {
    Project project = Project.sample("first-steps");
    project.run("migrate:upgrade").succeeds().says("4 revisions", "Now at 20260119101500");

    project
        .run("migrate:revision", "-Dmigrate.message=Add location to maintenance")
        .succeeds()
        .says("add_location_to_maintenance.sql");
    project
        .append(
            project.only(".*/V\\d+__add_location_to_maintenance.sql"),
            "alter table maintenance add column location_id bigint references locations;\n")
        .append(
            project.only(".*/U\\d+__add_location_to_maintenance.sql"),
            "alter table maintenance drop column location_id;\n");

    project.run("migrate:upgrade").succeeds().says("1 revision", "(Add location to maintenance)");
    project.run("migrate:downgrade").succeeds().says("Now at 20260119101500");
    project.run("migrate:check").fails().says("PENDING", "mvn migrate:upgrade");
    project.run("migrate:upgrade", "migrate:check").succeeds();
    project
        .run("migrate:history")
        .succeeds()
        .says("Add location to maintenance", "current, head]", "Create locations and people");
  }

  @Test
  @DisplayName("Flyway migrations that are there already give the model")
  void migrationsGiveTheModel() {
    Project project =
        Project.small("brownfield").revision("1", "create table one (id int);", "drop table one;");
    project
        .run("migrate:init")
        .succeeds()
        .says("Created src/main/database/schema.sql", "the model gives what the revisions give");
    assertThat(project.read("src/main/database/schema.sql")).contains("CREATE TABLE public.one (");
    project.run("migrate:generate").succeeds().says("There is no difference");
    project.run("migrate:init").succeeds().says("Everything is there already");
  }

  @OnEachMaven
  @DisplayName("the whole history goes up, down to nothing and up again")
  void theWholeHistoryGoesUpAndDownAndUp(Maven maven) {
    Project project = Project.sample("up-down-up").with(maven);
    project
        .run("migrate:upgrade", "migrate:check", "migrate:history", "migrate:show")
        .succeeds()
        .says("4 revisions to apply, from base")
        .saysNothingOf("org.flywaydb", "org.jooq", "SLF4J");
    project
        .run("migrate:downgrade", "-Dmigrate.to=base")
        .succeeds()
        .says("4 revisions to take back", "Now at base");
    project
        .run("migrate:upgrade", "migrate:check", "migrate:current")
        .succeeds()
        .says("Current: 20260119101500");
  }

  @OnEachMaven
  @DisplayName("with -q a goal prints its answer and nothing else")
  void quietGoalsPrintTheirAnswerAlone(Maven maven) {
    Project project = Project.sample("quiet").with(maven);
    project.run("-q", "migrate:upgrade").succeeds();
    assertThat(answer(project.run("-q", "migrate:current")))
        .matches(
            "Target: postgresql://\\S+ \\(embedded PostgreSQL .*\\)\\R"
                + "Current: 20260119101500  Add warranty to assets \\(head\\)\\R"
                + " +applied \\S+ \\S+ by \\S+ in \\d+ ms");
    assertThat(answer(project.run("-q", "migrate:heads")))
        .isEqualTo("20260119101500  Add warranty to assets");
  }

  /** Some Mavens end with a sequence that resets colours. */
  private static String answer(Build build) {
    return build.succeeds().output().replace("\u001b[0m", "").strip();
  }

  @Test
  @DisplayName("what the database has applied is named when its file is edited or gone")
  void whatWasAppliedIsNamed() {
    Project project = Project.sample("gone");
    project.run("migrate:upgrade").succeeds();
    String edited = project.only(".*/V20260106103000__.*");
    String before = project.read(edited);
    project.append(edited, "\ncreate table extra (id int);\n");
    project
        .run("migrate:verify", "-Dmigrate.skipChecks=reversible,commute,data")
        .fails()
        .says("Edited since the database has applied it, which may be why: ")
        .says("V20260106103000__create_assets.sql. mvn migrate:current");
    project
        .run("migrate:upgrade")
        .fails()
        .says(
            "TAMPERED_SCRIPT",
            "V20260106103000__create_assets.sql was edited after the database had applied it");
    project.write(edited, before);

    project.delete(project.only(".*/V20260119101500__.*"));
    project.delete(project.only(".*/U20260119101500__.*"));
    project
        .run("migrate:generate", "-Dmigrate.message=Again")
        .fails()
        .says("DATABASE_AHEAD", "it has applied 20260119101500");
  }

  @Test
  @DisplayName("the embedded server keeps its data, and runs from start to stop")
  void theEmbeddedServerRunsFromStartToStop() throws SQLException {
    Project project = Project.sample("start-stop");
    project
        .run(
            "migrate:upgrade",
            "migrate:start",
            "-Dmigrate.showPassword=true",
            "-Dmigrate.format=json",
            "-Dmigrate.output=target/start.json")
        .succeeds();
    JsonObject started =
        JsonParser.parseString(project.read("target/start.json")).getAsJsonObject();
    Database database =
        new Database(
            started.get("url").getAsString(),
            started.get("user").getAsString(),
            started.get("password").getAsString());
    assertThat(database.applied()).hasSize(4);

    project.run("migrate:current").succeeds().says("20260119101500");
    assertThat(database.tables()).as("after another goal").contains("assets");

    project.run("migrate:stop").succeeds().says("Stopped");
    assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
    project.run("migrate:current").succeeds().says("20260119101500");
  }

  @Test
  @DisplayName("a killed build leaves no server behind, and the data is there afterwards")
  void aKilledBuildLeavesNoServerBehind() {
    Project project = Project.sample("killed");
    project.write(
        "src/main/resources/db/migration/V20260201000000__slow.sql",
        "create table slow (id int);\nselect pg_sleep(60);\n");
    RunningBuild build = project.start("migrate:upgrade");
    build.awaitOutput("20260119101500  Add warranty to assets (");
    build.kill();

    project.run("migrate:current").succeeds().says("Current: 20260119101500", "Pending: 1 rev");
  }
}
