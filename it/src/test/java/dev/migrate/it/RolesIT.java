package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The roles of the generated project, on a server with others. */
@WithDatabase
@DisabledOnOs(OS.WINDOWS)
@DisplayName("deploy/roles.sql")
class RolesIT {
  private static final Path DEPLOY =
      Path.of("..", "asset-archetype/src/main/resources/archetype-resources/deploy")
          .toAbsolutePath()
          .normalize();

  @Test
  @DisplayName("runs again, in several databases and for several projects of one server")
  void runsAgain(Database production, Database staging, Database other) throws Exception {
    Assumptions.assumeTrue(new File("/usr/bin/psql").canExecute(), "psql is not installed");
    Project project = project("roles", "roles_it");
    String secret = project.read("secrets/app_password").strip();

    for (Database database : List.of(production, production, staging)) {
      assertThat(psql(project, database)).isZero();
    }
    assertThat(psql(project("other", "other_it"), other)).isZero();
    assertThat(
            production.query(
                "select rolname from pg_roles where rolname ~ '^(roles|other)_it' order by 1"))
        .containsExactly(
            "other_it",
            "other_it_app",
            "other_it_owner",
            "roles_it",
            "roles_it_app",
            "roles_it_owner");
    for (Database database : List.of(production, staging)) {
      assertThat(
              database.query(
                  """
                  select pg_get_userbyid(datdba), pg_get_userbyid(nspowner),
                         has_database_privilege('roles_it', datname, 'connect')::text,
                         has_database_privilege('other_it', datname, 'connect')::text,
                         pg_has_role('roles_it', 'roles_it_app', 'usage')::text
                  from pg_database, pg_namespace
                  where datname = current_database() and nspname = 'public'
                  """))
          .containsExactly("roles_it_owner|roles_it_owner|true|false|true");
      assertThat(entersAs(database, "roles_it", secret)).isTrue();
      assertThat(entersAs(database, "other_it", secret)).isFalse();
    }

    project.write("secrets/app_password", "an other one's \"secret\\$\n");
    assertThat(psql(project, staging)).isZero();
    assertThat(entersAs(production, "roles_it", secret))
        .as("another database may use the role: its password stays")
        .isTrue();
    assertThat(psql(project, staging, "--variable=passwords=new")).isZero();
    assertThat(entersAs(production, "roles_it", "an other one's \"secret\\$")).isTrue();

    project.delete("secrets/app_password");
    assertThat(psql(project, other, "--variable=application=roles_it_none")).isNotZero();
    assertThat(project.read("psql.log")).contains("A password is missing");
    assertThat(other.query("select count(*) from pg_roles where rolname = 'roles_it_none'"))
        .containsExactly("0");
    assertThat(
            other.query(
                "select pg_get_userbyid(datdba) from pg_database where datname ="
                    + " current_database()"))
        .containsExactly("other_it_owner");
  }

  @Test
  @DisplayName("works for an administrator who is no superuser, and gives staging roles of its own")
  void worksForAnAdministrator(Database production, Database staging) throws Exception {
    Assumptions.assumeTrue(new File("/usr/bin/psql").canExecute(), "psql is not installed");
    Project project = project("cloud", "cloud_it");
    production.execute("create role admin_it login createrole createdb password 'admin'");
    for (Database database : List.of(production, staging)) {
      database.execute("alter database %s owner to admin_it".formatted(name(database)));
      database.execute("alter schema public owner to admin_it");
    }
    Database asAdmin = new Database(production.url(), "admin_it", "admin");
    assertThat(psql(project, asAdmin)).as(project.read("psql.log")).isZero();
    assertThat(
            psql(
                project,
                new Database(staging.url(), "admin_it", "admin"),
                "--variable=owner=cloud_it_staging_owner",
                "--variable=application=cloud_it_staging"))
        .as(project.read("psql.log"))
        .isZero();
    String secret = project.read("secrets/app_password").strip();
    assertThat(entersAs(staging, "cloud_it_staging", secret)).isTrue();
    assertThat(entersAs(production, "cloud_it_staging", secret)).isFalse();
    assertThat(entersAs(production, "cloud_it", secret)).isTrue();
  }

  @Test
  @DisplayName(
      "finds its secrets where deploy/secrets has made them, whatever the umask, and again")
  void secrets() throws Exception {
    Project project = Project.empty("secrets");
    Files.createDirectories(project.file("deploy"));
    for (String name : List.of("roles.sql", "secrets")) {
      Files.copy(DEPLOY.resolve(name), project.file("deploy/" + name));
    }
    for (String umask : List.of("077", "022")) {
      run(
          project,
          "sh",
          "-c",
          "umask " + umask + " && chmod 600 deploy/roles.sql && sh deploy/secrets");
      run(project, "stat", "-c", "%a %n", "secrets", "secrets/app_password", "deploy/roles.sql");
      assertThat(project.read("psql.log"))
          .isEqualTo("700 secrets\n644 secrets/app_password\n644 deploy/roles.sql\n");
      run(project, "sha256sum", "secrets/app_password", "secrets/users.yaml");
      if (umask.equals("077")) {
        project.write("first", project.read("psql.log"));
      }
    }
    assertThat(project.read("psql.log")).isEqualTo(project.read("first"));
    assertThat(project.read("secrets/app_password")).matches("[0-9a-f]{48}\n");
    assertThat(project.read("secrets/app_password"))
        .isNotEqualTo(project.read("secrets/owner_password"));
  }

  private static Project project(String name, String roles) throws IOException {
    Project project = Project.empty(name);
    String script = Files.readString(DEPLOY.resolve("roles.sql"));
    return project
        .write("deploy/roles.sql", script.replace("asset_tracker", roles))
        .write("psql.log", "")
        .write("secrets/owner_password", "owner's " + roles + "\n")
        .write("secrets/app_password", "application's " + roles + "\n");
  }

  private static String name(Database database) {
    return database.url().replaceFirst(".*/([^/?]+).*", "$1");
  }

  private static int psql(Project project, Database database, String... options) throws Exception {
    URI uri = URI.create(database.url().substring("jdbc:".length()));
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "psql",
                "-X",
                "--host=" + uri.getHost(),
                "--port=" + uri.getPort(),
                "--username=" + database.user(),
                "--dbname=" + name(database),
                "--variable=secrets=secrets",
                "--file=deploy/roles.sql"));
    command.addAll(List.of(options));
    project.write("password", database.password());
    return run(project, command.toArray(String[]::new));
  }

  private static int run(Project project, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.directory().toFile());
    if (Files.exists(project.file("password"))) {
      builder.environment().put("PGPASSWORD", project.read("password"));
    }
    Process process =
        builder.redirectErrorStream(true).redirectOutput(project.file("psql.log").toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static boolean entersAs(Database database, String user, String password) {
    try {
      DriverManager.getConnection(database.url(), user, password).close();
      return true;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as(e.getMessage()).isIn("28P01", "42501");
      return false;
    }
  }
}
