package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("The goal that squashes")
class SquashIT {
  private static final String FIRST = "20260105090000";
  private static final String THIRD = "20260112140000";
  private static final String FOURTH = "20260119101500";

  @Test
  @DisplayName("leads databases that are past, in the middle and empty to the same head")
  void everyDatabase(Database past, Database amid, Database empty) {
    Project project = Project.sample("squash");
    project = project.with(past.targetOf(project.maven()));
    project.run("migrate:upgrade").succeeds();
    String middle = "-Dmigrate.url=" + amid.url();
    String user = "-Dmigrate.user=" + amid.user();
    String password = "-Dmigrate.password=" + amid.password();
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST, middle, user, password).succeeds();

    project
        .run("migrate:squash", "-Dmigrate.to=" + THIRD, middle, user, password)
        .fails()
        .says("SQUASH_REFUSED", "has not applied 2 of the 3 revisions");
    project
        .run(
            "migrate:squash",
            "-Dmigrate.to=" + THIRD,
            "-Dmigrate.format=json",
            "-Dmigrate.output=target/squash.json")
        .succeeds();

    JsonObject done = JsonParser.parseString(project.read("target/squash.json")).getAsJsonObject();
    assertThat(done.get("baseline").getAsString()).isEqualTo(THIRD);
    assertThat(done.getAsJsonArray("replaced")).hasSize(3);
    project
        .run("migrate:history", "migrate:check", "migrate:diff")
        .succeeds()
        .says("* " + THIRD + "  Baseline up to Create assignments and maintenance  [applied ");
    project
        .run("migrate:upgrade", middle, user, password)
        .fails()
        .says("BELOW_BASELINE", "mvn migrate:upgrade -Dmigrate.to=" + THIRD);
    String archive = "src/main/resources/db/archive/" + THIRD;
    project
        .run(
            "migrate:upgrade",
            "-Dmigrate.directory=" + archive + "/migration",
            "-Dmigrate.undoDirectory=" + archive + "/undo",
            middle,
            user,
            password)
        .succeeds();
    project.run("migrate:upgrade", middle, user, password).succeeds().says("at " + FOURTH);
    project
        .run(
            "migrate:upgrade",
            "-Dmigrate.url=" + empty.url(),
            "-Dmigrate.user=" + empty.user(),
            "-Dmigrate.password=" + empty.password())
        .succeeds()
        .says("2 revisions to apply", "at " + FOURTH);
    project.run("migrate:verify").succeeds();
    project.run("migrate:downgrade", "-Dmigrate.to=base").fails().says("IRREVERSIBLE", archive);
  }
}
