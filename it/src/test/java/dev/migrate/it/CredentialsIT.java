package dev.migrate.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("The password is found")
class CredentialsIT {

  @Test
  @DisplayName("in settings.xml, plain or encrypted, and never shown")
  void inSettings(Database database) throws IOException {
    // Made once with mvn --encrypt-master-password and mvn --encrypt-password.
    database.execute("create role plain login password 'plain words'");
    database.execute("create role hidden login password 'hidden words'");
    Project project = project("settings", database);
    project.write(
        "settings-security.xml",
        "<settingsSecurity><master>{A2jBPwDUnx4HUpyWhv3O6TyWKUMfbK705G6qqgvom+77d5s7ICNZ8ZCUNBpOBC+k}</master></settingsSecurity>\n");
    String settings = Files.readString(UnderTest.work().resolve("settings.xml"));
    project.write(
        "settings.xml",
        settings.replace(
            "</settings>",
            "<servers>"
                + server("plain", "plain words")
                + server("hidden", "{//fIjEwniHMH4ZNLP0VbNZMQnGJSdf630DrN5rA4XTQ=}")
                + "</servers></settings>"));
    Project configured = project.with(project.maven().withSettings(project.file("settings.xml")));
    for (String id : new String[] {"plain", "hidden"}) {
      configured
          .run(
              "migrate:current",
              "-X",
              "-Dmigrate.server=" + id,
              "-Dsettings.security=" + project.file("settings-security.xml"))
          .succeeds()
          .says("//" + id + "@")
          .saysNothingOf(id + " words");
    }
    configured
        .run("migrate:current", "-Dmigrate.server=missing")
        .fails()
        .says("INVALID_PARAMETER", "no <server> with the id \"missing\"");
  }

  @Test
  @DisplayName("in .pgpass")
  void inPgpass(Database database) throws IOException {
    Project project = project("pgpass", database);
    Path file = project.write("pgpass", "*:*:*:*:" + database.password() + "\n").file("pgpass");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    project
        .with(
            project
                .maven()
                .withEnvironment("PGPASSFILE", file.toString())
                .withEnvironment("MIGRATE_USER", database.user()))
        .run("migrate:current", "-X")
        .succeeds()
        .says("//" + database.user() + "@")
        .saysNothingOf(database.password());
  }

  @Test
  @DisplayName("in a URL of the kind that hosting services give, and never shown")
  void inAUrl(Database database) {
    Project project = project("url", database);
    String address = database.url().substring("jdbc:postgresql://".length());
    project
        .with(
            project
                .maven()
                .withEnvironment(
                    "DATABASE_URL",
                    "postgres://" + database.user() + ":" + database.password() + "@" + address)
                .withEnvironment("MIGRATE_URL", ""))
        .run("migrate:current", "-X")
        .succeeds()
        .says("//" + database.user() + "@")
        .saysNothingOf(database.password());
  }

  private static Project project(String name, Database database) {
    Project project =
        Project.small(name)
            .revision("20260101000000", "create table one (id int);", "drop table one;");
    return project.with(project.maven().withEnvironment("MIGRATE_URL", database.url()));
  }

  private static String server(String id, String password) {
    return "<server><id>%s</id><username>%s</username><password>%s</password></server>"
        .formatted(id, id, password);
  }
}
