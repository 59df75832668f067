package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("A build with migrate:lint")
class LintGoalIT {
  private static final String ONE = "20260101000000";
  private static final String TWO = "20260102000000";
  private static final String INDEX = "create index thing_code on thing (code);\n";
  private static final String[] JSON = {
    "migrate:lint", "-Dmigrate.format=json", "-Dmigrate.output=target/lint.json"
  };

  /** One revision is applied, the other is pending. */
  private static Project project(String name, Database database, String pending) {
    Project project =
        Project.small("lint-" + name)
            .revision(
                ONE,
                "create table thing (id bigint, code text);\ncreate index on thing (id);\n",
                "drop table thing;\n")
            .revision(TWO, pending, "select 1;\n");
    Project target = project.with(database.targetOf(project.maven()));
    target.run("migrate:upgrade", "-Dmigrate.to=" + ONE).succeeds();
    return target;
  }

  private static JsonObject script(Project project) {
    JsonObject document = OutputSchema.read(project.read("target/lint.json"));
    assertThat(document.getAsJsonArray("scripts")).hasSize(1);
    return document.getAsJsonArray("scripts").get(0).getAsJsonObject();
  }

  @Test
  @DisplayName("fails at file, line and column of what is pending and would stop the service")
  void fails(Database database) {
    Project project = project("fails", database, "set lock_timeout = '5s';\nselect 1;  " + INDEX);
    project
        .run("migrate:lint")
        .fails()
        .says(
            Project.upgradeScript(TWO) + ":2:12",
            "error index-not-concurrent (public.thing)",
            "CREATE INDEX CONCURRENTLY",
            "3 statements in 1 revision",
            "LINT_FAILED")
        .saysNothingOf(Project.upgradeScript(ONE) + ":", "\tat ");
    assertThat(database.applied()).containsExactly(ONE);

    project.run("migrate:lint", "-Dmigrate.lintFail=never").succeeds().says("1 error,");
    project
        .run("migrate:lint", "-Dmigrate.lintFail=sometimes")
        .fails()
        .says("INVALID_PARAMETER", "Give error, warning or never.");
    project.run(JSON).fails();
    JsonObject finding = script(project).getAsJsonArray("findings").get(0).getAsJsonObject();
    assertThat(finding.get("rule").getAsString()).isEqualTo("index-not-concurrent");
    assertThat(finding.get("line").getAsInt()).isEqualTo(2);
    assertThat(finding.get("column").getAsInt()).isEqualTo(12);
    JsonObject document = OutputSchema.read(project.read("target/lint.json"));
    assertThat(document.getAsJsonObject("failure").get("code").getAsString())
        .isEqualTo("LINT_FAILED");
  }

  @Test
  @DisplayName("passes what is silenced with a reason, and not what is silenced without one")
  void suppressed(Database database) {
    Project project =
        project(
            "suppressed",
            database,
            "set lock_timeout = '5s';\n-- lint:ignore index-not-concurrent: it has ten rows\n"
                + INDEX);
    project
        .run("migrate:lint")
        .succeeds()
        .says("ignored index-not-concurrent: it has ten rows", "0 errors, 0 warnings, 0 notes");
    project.run(JSON).succeeds();
    JsonObject ignored = script(project).getAsJsonArray("ignored").get(0).getAsJsonObject();
    assertThat(ignored.get("reason").getAsString()).isEqualTo("it has ten rows");

    project.write(
        Project.upgradeScript(TWO),
        "set lock_timeout = '5s';\n-- lint:ignore index-not-concurrent\n" + INDEX);
    project
        .run("migrate:lint")
        .fails()
        .says(":2:1  warning suppression-without-reason", ":3:1  error index-not-concurrent");
  }

  @Test
  @DisplayName(
      "names a statement that nobody knows as not checked, and fails, as it does for what a block"
          + " calls")
  void notChecked(Database database) {
    Project project =
        project("unknown", database, "select 1;\nalter tabel thing add a int;\nselect 2;\n");
    project
        .run("migrate:lint")
        .fails()
        .says(
            Project.upgradeScript(TWO) + ":2:1  NOT CHECKED: PostgreSQL refused it on scratch",
            ":3:1  NOT CHECKED: not reached",
            "2 NOT CHECKED",
            "LINT_FAILED");
    project.run(JSON).fails();
    assertThat(script(project).getAsJsonArray("notChecked")).hasSize(2);

    project.write(
        Project.upgradeScript(TWO),
        "-- Fill\n-- revision: %s\n-- revises: %s\n-- transaction: none\n\n".formatted(TWO, ONE)
            + "do $$ begin execute 'drop table thing'; commit; end $$;\n");
    project.run("migrate:lint").fails().says(":6:1  NOT CHECKED: a block", "1 NOT CHECKED");
  }
}
