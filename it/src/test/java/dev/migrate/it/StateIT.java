package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("The goals that show where a database stands")
class StateIT {
  private static final String FIRST = "20260105090000";
  private static final String SECOND = "20260106103000";
  private static final String THIRD = "20260112140000";
  private static final String FOURTH = "20260119101500";

  @Test
  @DisplayName("mark what is applied, current, pending, head and irreversible")
  void markEveryRevision(Database database) {
    Project project = sample("marks", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + SECOND).succeeds();
    project
        .write("src/main/resources/db/migration/V20260301000000__no_way_back.sql", "select 1;\n")
        .run("migrate:history", "migrate:current")
        .succeeds()
        .says(
            "* 20260301000000  no way back  [pending, head, irreversible]",
            "* " + THIRD + "  Create assignments and maintenance  [pending]",
            "* " + FIRST + "  Create locations and people  [applied ",
            "Current: " + SECOND,
            "Pending: 3 revisions")
        .saysNothingOf("FAILURE");
  }

  @Test
  @DisplayName("give the same to programs, as JSON")
  void giveJson(Database database) {
    Project project = sample("json", database);
    project.run("migrate:upgrade", "-Dmigrate.to=+3").succeeds();

    JsonObject current = json(project, "current");
    assertThat(current.get("goal").getAsString()).isEqualTo("current");
    assertThat(strings(current, "current")).containsExactly(THIRD);
    assertThat(strings(current, "heads")).containsExactly(FOURTH);
    assertThat(strings(current, "pending")).containsExactly(FOURTH);
    assertThat(current.get("target").getAsString()).doesNotContain(database.password());

    JsonArray revisions = json(project, "history").getAsJsonArray("revisions");
    assertThat(revisions).hasSize(4);
    JsonObject show = json(project, "show", "-Dmigrate.revision=" + SECOND);
    JsonObject shown = show.getAsJsonArray("revisions").get(0).getAsJsonObject();
    assertThat(shown.get("id").getAsString()).isEqualTo(SECOND);
    assertThat(shown.get("status").getAsString()).isEqualTo("applied");
    assertThat(strings(shown, "parents")).containsExactly(FIRST);
    assertThat(shown.getAsJsonObject("applied").get("millis").getAsLong()).isNotNegative();

    assertThat(strings(json(project, "heads"), "heads")).containsExactly(FOURTH);

    Build check =
        project.run("migrate:check", "-Dmigrate.format=json", "-Dmigrate.output=target/check.json");
    check.fails();
    JsonObject failure = read(project, "target/check.json").getAsJsonObject("failure");
    assertThat(failure.get("code").getAsString()).isEqualTo("PENDING");
    assertThat(failure.get("problem").getAsString()).contains(FOURTH);
    assertThat(failure.get("remedy").getAsString()).contains("mvn migrate:upgrade");
  }

  @Test
  @DisplayName("list what would run, from the database's real position, and change nothing")
  void listWhatWouldRun(Database database) {
    Project project = sample("dry-run", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();
    List<String> before = database.query("select * from flyway_schema_history");

    project
        .run("migrate:upgrade", "-Dmigrate.dryRun=true")
        .succeeds()
        .says(SECOND, THIRD, FOURTH, "Nothing was changed.")
        .saysNothingOf("  " + FIRST + "  ");
    project
        .run("migrate:downgrade", "-Dmigrate.dryRun=true")
        .succeeds()
        .says(FIRST, "Nothing was changed.");

    assertThat(database.query("select * from flyway_schema_history")).isEqualTo(before);
  }

  @Test
  @DisplayName("say so, and change nothing, when there is nowhere to go")
  void sayThatThereIsNothingToDo(Database database) {
    Project project = sample("nothing-to-do", database);
    project.run("migrate:upgrade").succeeds();
    List<String> before = database.query("select * from flyway_schema_history");

    project.run("migrate:upgrade").succeeds().saysNothingOf("to apply");
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds().saysNothingOf("to apply");
    project.run("migrate:downgrade", "-Dmigrate.to=" + FOURTH).succeeds();

    assertThat(database.query("select * from flyway_schema_history")).isEqualTo(before);
  }

  @Test
  @DisplayName("show branches, and a merge or a rebase makes one head of them again")
  void showBranches(Database database) {
    Project project = sample("branches", database);
    project.run("migrate:upgrade").succeeds();
    project
        .run("migrate:revision", "-Dmigrate.message=Ann", "-Dmigrate.parent=" + FOURTH)
        .succeeds();
    project
        .run("migrate:revision", "-Dmigrate.message=Ben", "-Dmigrate.parent=" + FOURTH)
        .succeeds();
    project.run("migrate:heads", "migrate:branches").succeeds().says("Ann", "Ben", FOURTH);
    project.run("migrate:upgrade").fails().says("SEVERAL_HEADS", "mvn migrate:merge");
    Project copy = project.copy("rebase");

    project.run("migrate:merge", "-Dmigrate.message=Join").succeeds();
    project
        .run("migrate:upgrade", "migrate:check", "migrate:history")
        .succeeds()
        .says("|", "Join", "Ann", "Ben");
    assertThat(database.applied()).hasSize(7);

    database.execute("drop schema public cascade");
    database.execute("create schema public");
    String ben = copy.only(".*/V\\d+__ben.sql").replaceAll(".*/V(\\d+)__.*", "$1");
    String ann = copy.only(".*/V\\d+__ann.sql").replaceAll(".*/V(\\d+)__.*", "$1");
    copy.run("migrate:rebase", "-Dmigrate.revision=" + ben, "-Dmigrate.onto=" + ann).succeeds();
    assertThat(copy.read(copy.only(".*/V\\d+__ben.sql"))).contains("-- revises:  " + ann);
    copy.run("migrate:upgrade", "migrate:check").succeeds();
    assertThat(database.applied()).hasSize(6);
  }

  private static Project sample(String name, Database database) {
    Project project = Project.sample(name);
    return project.with(database.targetOf(project.maven()));
  }

  private static JsonObject json(Project project, String goal, String... options) {
    String file = "target/" + goal + ".json";
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("migrate:" + goal);
    arguments.add("-Dmigrate.format=json");
    arguments.add("-Dmigrate.output=" + file);
    project.run(arguments.toArray(String[]::new)).succeeds();
    return read(project, file);
  }

  private static JsonObject read(Project project, String file) {
    return JsonParser.parseString(project.read(file)).getAsJsonObject();
  }

  private static List<String> strings(JsonObject object, String name) {
    return StreamSupport.stream(object.getAsJsonArray(name).spliterator(), false)
        .map(JsonElement::getAsString)
        .toList();
  }
}
