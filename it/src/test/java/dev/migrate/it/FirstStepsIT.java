package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a small project, with no database installed")
class FirstStepsIT {

  @Test
  @DisplayName("a change lives: written, filled in, applied, taken back, applied")
  void aChangeLives() {
    Project project = Project.sample("first-steps");
    project
        .run("migrate:upgrade", "migrate:revision", "-Dmigrate.message=Add location to maintenance")
        .succeeds()
        .says("4 revisions", "Now at 20260119101500", "add_location_to_maintenance.sql");
    project
        .append(
            project.only(".*/V\\d+__add_location_to_maintenance.sql"),
            "alter table maintenance add column location_id bigint references locations;\n")
        .append(
            project.only(".*/U\\d+__add_location_to_maintenance.sql"),
            "alter table maintenance drop column location_id;\n");
    project
        .run("migrate:upgrade", "migrate:downgrade", "migrate:upgrade", "migrate:check")
        .succeeds()
        .says("1 revision", "(Add location to maintenance)", "Now at 20260119101500");
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

  /** Some Mavens end with a sequence that resets colours; of older ones a younger Java warns. */
  private static String answer(Build build) {
    return build
        .succeeds()
        .output()
        .replace("\u001b[0m", "")
        .replaceAll("(?m)^WARNING: .*\\R", "")
        .strip();
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
    project.write(edited, before);

    project.delete(project.only(".*/V20260119101500__.*"));
    project.delete(project.only(".*/U20260119101500__.*"));
    project
        .run("migrate:generate", "-Dmigrate.message=Again")
        .fails()
        .says("DATABASE_AHEAD", "it has applied 20260119101500");
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
