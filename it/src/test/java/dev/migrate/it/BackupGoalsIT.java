package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("The goals that keep data")
class BackupGoalsIT {
  private static final String FIRST = "20260101000000";
  private static final String SECOND = "20260102000000";
  private static final String THIRD = "20260103000000";
  private static final String FOURTH = "20260104000000";
  private static final Pattern COMMAND =
      Pattern.compile("mvn (migrate:restore -Dmigrate\\.backupName=\\S+.*)");

  @Test
  @DisplayName("back up, list, refuse to overwrite, and restore the latest backup after damage")
  void restoreAfterDamage(Database database) {
    Project project = assets("restore", database);
    project
        .run("migrate:upgrade", "migrate:backup", "migrate:backups", "-Dmigrate.backupKeep=5")
        .succeeds()
        .says("Backed up as it", "at revision " + FIRST, "not verified")
        .saysNothingOf(database.password());
    database.execute("delete from assets where id > 10");

    project
        .run("migrate:restore")
        .fails()
        .says("RESTORE_REFUSED", "is not empty", "-Dmigrate.force=true");
    assertThat(database.query("select count(*) from assets")).containsExactly("10");

    project
        .run("migrate:restore", "-Dmigrate.force=true", "migrate:check")
        .succeeds()
        .says("Restored it", "at revision " + FIRST, "What was there before is the database");
    assertThat(database.query("select count(*) from assets")).containsExactly("1000");
  }

  @Test
  @DisplayName("back up before a script that loses rows, as they are told to")
  void backUpBeforeLoss(Database database) {
    Project project =
        assets("loss", database)
            .revision(
                SECOND,
                "alter table assets drop column name;\n",
                "alter table assets add column name text;\n");
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds().saysNothingOf("Backed up");

    project.run("migrate:upgrade", "-Dmigrate.backup=never").succeeds().saysNothingOf("Backed up");
    project.run("migrate:downgrade").succeeds().says("Now at " + FIRST).saysNothingOf("Backed up");
    project
        .run("migrate:upgrade")
        .succeeds()
        .says("A backup first, because of: " + SECOND, "Backed up as it");

    project.revision(THIRD, "create table notes (id int);\n", "drop table notes;\n");
    project
        .run("migrate:upgrade", "-Dmigrate.backup=always")
        .succeeds()
        .says("Backed up as it")
        .saysNothingOf("because of");
    project
        .run("migrate:downgrade", "migrate:backups")
        .succeeds()
        .says("A backup first, because of: " + THIRD, "at revision " + THIRD);
    assertThat(project.files()).filteredOn(name -> name.endsWith(".sql.gz")).hasSize(3);
  }

  /** On a server of its own: another database's transaction is as good as one of this. */
  @Test
  @DisplayName("take no second backup where a verified one of this very state is there")
  void backUpOnce() {
    Project project =
        assets(Project.small("once"))
            .revision(
                SECOND,
                "alter table assets drop column name;\n",
                "alter table assets add column name text;\n");
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();
    project
        .run("migrate:backup", "-Dmigrate.backupVerify=true", "migrate:upgrade")
        .succeeds()
        .says("No second backup because of: " + SECOND)
        .saysNothingOf("A backup first");
    assertThat(project.files()).filteredOn(name -> name.endsWith(".sql.gz")).hasSize(1);
  }

  @Test
  @DisplayName("print the command that brings back what a failed upgrade has lost; it works")
  void printTheRestoreCommand(Database database) {
    Project project =
        assets("failing", database)
            .revision(SECOND, "delete from assets;\n", "select 1;\n")
            .revision(THIRD, "select 1 / 0;\n", "select 1;\n");
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();

    Build failed =
        project.run("migrate:upgrade", "-Dmigrate.backupDirectory=target/kept copies").fails();
    failed.says("division by zero", "To go back to where the database stood before: mvn ");
    assertThat(database.query("select count(*) from assets")).containsExactly("0");

    Matcher command = COMMAND.matcher(failed.output());
    assertThat(command.find()).isTrue();
    project.run(words(command.group(1))).succeeds().says("at revision " + FIRST);
    assertThat(database.query("select count(*) from assets")).containsExactly("1000");
    assertThat(database.applied()).containsExactly(FIRST);
  }

  /** As a shell splits a command with words in double quotes. */
  private static String[] words(String command) {
    return Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+")
        .matcher(command)
        .results()
        .map(word -> word.group().replace("\"", ""))
        .toArray(String[]::new);
  }

  @Test
  @DisplayName("rehearse an index, a rewrite and a failure, for people and for programs")
  void rehearse(Database database) {
    Project project = assets("rehearse", database);
    revision(
        project,
        SECOND + "__index_assets_by_name.sql",
        "create index assets_name_idx on assets (name);\n",
        "drop index assets_name_idx;\n");
    revision(
        project,
        THIRD + "__count_more_pieces.sql",
        "alter table assets alter column pieces type bigint;\n",
        "alter table assets alter column pieces type integer;\n");
    revision(
        project,
        FOURTH + "__require_a_name.sql",
        "alter table assets alter column name set not null;\n",
        "alter table assets alter column name drop not null;\n");
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();

    project
        .run("migrate:rehearse")
        .fails()
        .says(
            "public.assets: SHARE for ",
            "public.assets: ACCESS EXCLUSIVE for ",
            "rewritten, 1000 rows",
            "FAILED: ",
            "Rows with null in name of public.assets: id 400, 800",
            "REHEARSAL_FAILED",
            "The rehearsal failed; the target was not touched.");

    project
        .run("migrate:rehearse", "-Dmigrate.format=json", "-Dmigrate.output=target/rehearsal.json")
        .fails();
    JsonObject document =
        JsonParser.parseString(project.read("target/rehearsal.json")).getAsJsonObject();
    assertThat(document.getAsJsonObject("failure").get("code").getAsString())
        .isEqualTo("REHEARSAL_FAILED");
    List<JsonObject> runs =
        StreamSupport.stream(
                document.getAsJsonObject("rehearsal").getAsJsonArray("runs").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .toList();
    assertThat(runs)
        .extracting(run -> run.get("id").getAsString())
        .containsExactly(SECOND, THIRD, FOURTH);
    assertThat(table(runs.get(0)).get("lock").getAsString()).isEqualTo("SHARE");
    assertThat(table(runs.get(0)).get("rewritten").getAsBoolean()).isFalse();
    assertThat(table(runs.get(1)).get("rewritten").getAsBoolean()).isTrue();
    assertThat(table(runs.get(1)).get("rowsAfter").getAsLong()).isEqualTo(1000);
    assertThat(runs.get(2).get("failure").getAsString()).contains("null values", "id 400, 800");

    project
        .run("migrate:rehearse", "-Dmigrate.format=html", "-Dmigrate.output=target/rehearsal.html")
        .fails();
    assertThat(project.read("target/rehearsal.html"))
        .startsWith("<!DOCTYPE html>")
        .contains("class=\"bad\"", "public.assets: ACCESS EXCLUSIVE", "id 400, 800")
        .endsWith("</body></html>\n");
    assertThat(database.applied()).as("the target").containsExactly(FIRST);
  }

  /** With a name that says something, because it stands in the report. */
  private static void revision(Project project, String name, String upgrade, String downgrade) {
    project
        .write("src/main/resources/db/migration/V" + name, upgrade)
        .write("src/main/resources/db/undo/U" + name, downgrade);
  }

  private static JsonObject table(JsonObject run) {
    return run.getAsJsonArray("tables").get(0).getAsJsonObject();
  }

  /** A thousand assets; those of two have no name. */
  private static Project assets(String name, Database database) {
    Project project = Project.small(name);
    return assets(project.with(database.targetOf(project.maven())));
  }

  private static Project assets(Project project) {
    return project.revision(
        FIRST,
        """
        create table assets (id integer primary key, name text, pieces integer not null);
        insert into assets
          select i, case when i % 400 > 0 then 'Asset ' || i end, i from generate_series(1, 1000) i;
        """,
        "drop table assets;\n");
  }
}
