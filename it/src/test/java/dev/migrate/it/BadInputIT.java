package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("Bad input gets one sentence of what is wrong and one of what to do:")
class BadInputIT {
  private static final String ONE = "20260101000000";
  private static final String TWO = "20260102000000";

  @Test
  @DisplayName("no connection")
  void noConnection() {
    refused(
        Project.small("no-connection").revision(ONE, "select 1;", "select 1;"),
        "CONNECTION",
        "No connection to jdbc:postgresql://localhost:1/nowhere",
        "migrate:upgrade",
        "-Dmigrate.url=jdbc:postgresql://localhost:1/nowhere");
  }

  @Test
  @DisplayName("a wrong password, which is not shown")
  void wrongPassword(Database database) {
    Build build =
        refused(
            project("wrong-password", database),
            "CONNECTION",
            "password authentication failed",
            "migrate:upgrade",
            "-Dmigrate.password=geheim");
    assertThat(build.output()).doesNotContain("geheim", database.password());
    assertThat(database.tables()).isEmpty();
  }

  @Test
  @DisplayName("no password where one is needed")
  void noPassword(Database database) {
    refused(
        Project.small("no-password").revision(ONE, "select 1;", "select 1;"),
        "CONNECTION",
        "refuses user",
        "migrate:upgrade",
        "-Dmigrate.url=" + database.url(),
        "-Dmigrate.user=" + database.user());
  }

  @Test
  @DisplayName("parameters that nobody would hear")
  void parametersThatNobodyWouldHear(Database database) {
    Project project = project("unheard", database);
    refused(
            project,
            "INVALID_PARAMETER",
            "no parameter -Dmigrate.dryrun",
            "migrate:upgrade",
            "-Dmigrate.dryrun=true")
        .says("-Dmigrate.dryRun");
    refused(
        project, "INVALID_PARAMETER", "-Dto lacks its prefix", "migrate:upgrade", "-Dto=" + ONE);
    refused(
        project,
        "INVALID_PARAMETER",
        "migrate:revision has no parameter -Dmigrate.dryRun",
        "migrate:revision",
        "-Dmigrate.message=x",
        "-Dmigrate.dryRun=true");
    project
        .run("migrate:heads", "-Dmigrate.quickly=yes")
        .succeeds()
        .says("[WARNING] -Dmigrate.quickly is no parameter of this plugin");
    assertThat(database.tables()).isEmpty();
  }

  @Test
  @DisplayName("an unknown database")
  void unknownDatabase(Database database) {
    refused(
        project("unknown-database", database),
        "CONNECTION",
        "There is no database \"missing\"",
        "migrate:upgrade",
        "-Dmigrate.url=" + database.url().replaceFirst("/it\\d+", "/missing"));
  }

  @Test
  @DisplayName("a malformed URL")
  void malformedUrl() {
    refused(
        Project.small("malformed-url").revision(ONE, "select 1;", "select 1;"),
        "INVALID_PARAMETER",
        "jdbc:mysql://localhost/x",
        "migrate:upgrade",
        "-Dmigrate.url=jdbc:mysql://localhost/x");
  }

  @Test
  @DisplayName("an unknown, an ambiguous and a too short revision")
  void revisionsThatCannotBeFound(Database database) {
    Project project = project("revisions", database);
    refused(
        project, "UNKNOWN_REVISION", "20991231", "migrate:upgrade", "-Dmigrate.to=20991231235959");
    Build ambiguous =
        refused(project, "AMBIGUOUS_REVISION", ONE, "migrate:upgrade", "-Dmigrate.to=202601");
    ambiguous.says(TWO);
    refused(project, "INVALID_PARAMETER", "20", "migrate:upgrade", "-Dmigrate.to=20");
    assertThat(database.tables()).isEmpty();
  }

  @Test
  @DisplayName("several heads where one is needed")
  void severalHeads(Database database) {
    Project project = project("heads", database);
    project.write(
        Project.upgradeScript("20260103000000"),
        "-- Three\n--\n-- revision: 20260103000000\n-- revises:  " + ONE + "\n\nselect 1;\n");
    refused(project, "SEVERAL_HEADS", TWO, "migrate:upgrade")
        .says("20260103000000", "mvn migrate:merge");
    assertThat(database.tables()).isEmpty();
  }

  @Test
  @DisplayName("a database ahead of the files")
  void databaseAhead(Database database) throws IOException {
    Project project = project("ahead", database);
    project.run("migrate:upgrade").succeeds();
    Files.delete(project.file(Project.upgradeScript(TWO)));
    Files.delete(project.file(Project.downgradeScript(TWO)));
    refused(project, "DATABASE_AHEAD", TWO, "migrate:upgrade");
    refused(project, "DATABASE_AHEAD", TWO, "migrate:check");
    project.run("migrate:history").succeeds().says("? " + TWO, "unknown");
  }

  @Test
  @DisplayName("an edited script, with both checksums")
  void editedScript(Database database) {
    Project project = project("edited", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + ONE).succeeds();
    String applied = database.query("select checksum from flyway_schema_history").get(0);
    project.append(Project.upgradeScript(ONE), "create table added_later (id int);\n");
    refused(project, "TAMPERED_SCRIPT", Project.upgradeScript(ONE), "migrate:upgrade")
        .says("after the database had applied it", applied);
    assertThat(database.tables()).containsExactly("one");
  }

  @Test
  @DisplayName("a script with invalid SQL, which leaves nothing behind")
  void invalidSql(Database database) {
    Project project = project("invalid-sql", database);
    project.revision(
        "20260103000000",
        "create table three (id int);\n\nalter table three\n  add colum x int;\n",
        "drop table three;\n");
    refused(project, "SCRIPT_FAILED", "V20260103000000__r.sql", "migrate:upgrade")
        .says("line 4", "add colum x int", "syntax error");
    assertThat(database.tables()).containsExactly("one", "two");
    assertThat(database.applied()).containsExactly(ONE, TWO);
  }

  @Test
  @DisplayName("a folder that is missing, or is a file")
  void folderThatCannotBeUsed(Database database) {
    Project project = project("folders", database);
    refused(
        project, "FILE_ACCESS", "db/nowhere", "migrate:upgrade", "-Dmigrate.directory=db/nowhere");
    project.write("db/file", "");
    refused(
        project,
        "FILE_ACCESS",
        "db/file",
        "migrate:revision",
        "-Dmigrate.message=x",
        "-Dmigrate.directory=db/file");
  }

  @Test
  @DisplayName("an id that no timestamp can follow")
  void idThatIsNoTimestamp() {
    Project project =
        Project.small("no-timestamp").revision("99999999999999", "select 1;", "select 1;");
    refused(
        project,
        "INVALID_REVISION_FILE",
        "99999999999999",
        "migrate:revision",
        "-Dmigrate.message=x");
  }

  @Test
  @DisplayName("a script that is not UTF-8")
  void notUtf8(Database database) throws IOException {
    Project project = project("latin", database);
    Files.write(
        project.file(Project.upgradeScript(TWO)),
        "select 'Größe';\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(project, "INVALID_REVISION_FILE", "V" + TWO + "__r.sql", "migrate:upgrade")
        .says("not UTF-8");
    assertThat(database.tables()).isEmpty();
  }

  @Test
  @DisplayName("a missing message, an unknown format, a duration that is none")
  void parametersThatMakeNoSense(Database database) {
    Project project = project("parameters", database);
    refused(project, "INVALID_PARAMETER", "migrate.message", "migrate:revision");
    refused(project, "INVALID_PARAMETER", "yaml", "migrate:current", "-Dmigrate.format=yaml");
    refused(project, "INVALID_PARAMETER", "soon", "migrate:upgrade", "-Dmigrate.lockWait=soon");
    assertThat(database.tables()).isEmpty();
  }

  private static Project project(String name, Database database) {
    Project project =
        Project.small(name)
            .revision(ONE, "create table one (id int);\n", "drop table one;\n")
            .revision(TWO, "create table two (id int);\n", "drop table two;\n");
    return project.with(database.targetOf(project.maven()));
  }

  /** Runs what is wrong, and sees that it fails as it should: code, problem, remedy, no trace. */
  private static Build refused(Project project, String code, String problem, String... arguments) {
    List<String> before = project.files();
    Build build = project.run(arguments).fails();
    build
        .says(code, problem, "What to do: ")
        .saysNothingOf("\tat ", "    at ", "Caused by", "Exception:");
    assertThat(project.files()).isEqualTo(before);
    return build;
  }
}
