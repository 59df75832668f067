package dev.migrate.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The script of the generated project, in a small one with an application that is only a page. */
@WithDatabase
@DisabledOnOs(OS.WINDOWS)
@DisplayName("The deployment script")
class DeployIT {
  private static final String FIRST = "20260105090000";
  private static final String THIRD = "20260112140000";
  private static final String FOURTH = "20260119101500";
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir", ""))
          .toAbsolutePath()
          .resolveSibling("asset-archetype/src/main/resources/archetype-resources/deploy/deploy");

  private HttpServer application;
  private volatile int health = 200;

  @BeforeEach
  void startApplication() throws IOException {
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(health, -1);
          exchange.close();
        });
    application.start();
  }

  @AfterEach
  void stopApplication() {
    application.stop(0);
  }

  @Test
  @DisplayName("says what it would do, does it, and goes back by the downgrade scripts")
  void goesUpAndBack(Database database) {
    Project project = project("deploy", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();
    // An application that is a process, and is in the way of a downgrade as long as it runs.
    application.stop(0);
    project.write("run", process(project, database));
    project.append(
        project.only(".*/U" + FOURTH + "__.*"),
        """
        do $$
        begin
          if exists (select from pg_stat_activity where application_name ~ '^application-') then
            raise exception 'the application still runs';
          end if;
        end
        $$;
        """);

    deploy(project, database, "--dry-run", "--standby")
        .succeeds()
        .says(
            "Now at: " + FIRST,
            "Pending: 20260106103000 " + THIRD + " " + FOURTH,
            "would run: touch standby",
            "would run: if [ -e standby ]; then echo new",
            "would wait for http://");
    assertThat(database.applied()).containsExactly(FIRST);
    assertThat(project.files()).doesNotContain("restarts", "standby");

    deploy(project, database, "--standby")
        .succeeds()
        .says("answers 200", "== Done", "deploy/deploy back (down to " + FIRST + ")")
        .saysNothingOf("[INFO]", "BUILD SUCCESS", "Scanning for");
    assertThat(database.applied()).hasSize(4);
    assertThat(project.read("restarts")).isEqualTo("new in standby\n");
    assertThat(project.files()).doesNotContain("standby");
    String backup = project.read("backups/deploy/backup").strip();
    assertThat(project.files()).contains("backups/" + backup + ".manifest.json");

    deploy(project, database).succeeds().says("The database has all revisions.");
    assertThat(project.read("backups/deploy/previous").strip())
        .as("a deployment without revisions does not forget where the last one began")
        .isEqualTo(FIRST);

    deploy(project, database, "back", "19990101000000")
        .fails()
        .says("Nothing was changed.")
        .saysNothingOf("== Stop", "== Downgrade");
    deploy(project, database, "restore", "nosuch")
        .fails()
        .says("There is no backup nosuch", "Nothing was changed.")
        .saysNothingOf("== Stop");
    assertThat(sessions(database)).containsExactly("application-new");

    deploy(project, database, "back").succeeds().says("Downgrade to " + FIRST, "answers 200");
    assertThat(database.applied()).containsExactly(FIRST);
    assertThat(project.read("restarts")).isEqualTo("new in standby\nnew\nstop\nold\n");
    assertThat(sessions(database)).containsExactly("application-old");
    run(project, Map.of("DEPLOY_RESTART", "true"), "--help").succeeds();
    stop(project);
  }

  private static List<String> sessions(Database database) {
    return database.query(
        "select application_name from pg_stat_activity where application_name ~ '^application-'"
            + " and datname = current_database()");
  }

  /** A script that starts a release, once what ran before has ended, or ends what runs. */
  private String process(Project project, Database database) {
    return """
    set -eu
    if [ -e pid ]; then
      kill "$(cat pid)" || true
      while kill -0 "$(cat pid)" 2> /dev/null; do sleep 0.05; done
      rm -f pid
    fi
    [ "$1" != stop ] || exit 0
    '%s/bin/java' -cp '%s' %s "$1" %d pid '%s' '%s' '%s' > "application-$1.log" 2>&1 &
    until [ -e pid ]; do sleep 0.05; kill -0 $!; done
    """
        .formatted(
            project.maven().javaHome(),
            System.getProperty("java.class.path"),
            StandInApplication.class.getName(),
            application.getAddress().getPort(),
            database.url(),
            database.user(),
            database.password());
  }

  private static void stop(Project project) {
    shell(project, Map.of(), "sh run stop").succeeds();
  }

  @Test
  @Thorough
  @DisplayName("does with containers what the README tells, as far as a stand-in is Docker")
  void withContainers(Database database) throws IOException {
    Project project = project("deploy-containers", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + THIRD).succeeds();
    Files.copy(
        SCRIPT.getParent().resolveSibling("compose.prod.yaml"), project.file("compose.prod.yaml"));
    project.write("docker/docker", StandInDocker.SCRIPT);
    for (String script : List.of("docker/docker", "deploy/deploy")) {
      assertThat(project.file(script).toFile().setExecutable(true)).isTrue();
    }
    String readme = "asset-archetype/src/main/resources/archetype-resources/README.md";
    Document page = Document.read(readme);
    project.write("deploy/settings", page.block("DEPLOY_MIGRATE=").text());
    Map<String, String> health =
        Map.of("DEPLOY_HEALTH_URL", settings(project, database).get("DEPLOY_HEALTH_URL"));
    String path = "export PATH=\"$PWD/docker:$PATH\"\n";

    shell(project, health, path + page.block("export APP_VERSION").text())
        .succeeds()
        .says("docker compose build", "docker compose up app", "answers 200", "== Done");
    assertThat(database.applied()).hasSize(4);
    shell(project, health, path + "deploy/deploy --standby back")
        .succeeds()
        .says(
            "docker compose exec app touch /standby/on",
            "docker compose stop app",
            "docker compose up app",
            "docker compose exec app rm -f /standby/on");
    assertThat(database.applied()).hasSize(3);
  }

  @Test
  @DisplayName("stops at a script that fails, stays in standby, and says both ways back")
  void stopsAtAScriptThatFails(Database database) {
    Project project = project("deploy-fails", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + THIRD).succeeds();
    database.execute("insert into locations (name) values ('before')");
    project.revision("20270101000000", "select 1 / 0;", "select 1;");

    deploy(project, database, "--standby")
        .fails()
        .says(
            "division by zero",
            "It stood at " + THIRD + " before",
            "deploy/deploy back",
            "deploy/deploy restore",
            "still in standby")
        .saysNothingOf("== Restart");
    assertThat(database.applied()).hasSize(4).contains(FOURTH);
    assertThat(project.files()).contains("standby").doesNotContain("restarts");

    database.execute("insert into locations (name) values ('after')");
    deploy(project, database, "--standby", "restore").succeeds();
    assertThat(database.applied()).hasSize(3);
    assertThat(database.query("select name from locations")).containsExactly("before");
    assertThat(project.read("restarts")).isEqualTo("stop in standby\nold in standby\n");
    assertThat(project.files()).doesNotContain("standby");
  }

  @Test
  @Thorough
  @DisplayName("goes back by itself, when told, from a release that does not get well")
  void goesBackWhenTold(Database database) {
    Project project = project("deploy-sick", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + THIRD).succeeds();
    health = 503;

    deploy(project, database, "--back-on-failure")
        .fails()
        .says("does not answer 200 after 1 seconds. It answers 503. The log of the application")
        .says("Going back", "Downgrade to " + THIRD);
    assertThat(database.applied()).hasSize(3);
    assertThat(project.read("restarts")).isEqualTo("new\nstop\nold\n");
  }

  @Test
  @DisplayName("does nothing with an edited revision, without a restart command, or without a URL")
  void doesNothingWhenItMustNot(Database database) {
    Project project = project("deploy-refused", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();
    project.append(project.only(".*/V" + FIRST + "__.*"), "\nselect 2;\n");

    deploy(project, database, "--standby")
        .fails()
        .says("TAMPERED_SCRIPT", "Nothing was changed.")
        .saysNothingOf("== Backup", "== Standby");
    assertThat(database.applied()).containsExactly(FIRST);

    for (String back : List.of("back", "restore", "--back-on-failure")) {
      run(project, Map.of("DEPLOY_RESTART", "true"), back)
          .fails()
          .says("DEPLOY_RESTART_PREVIOUS is not set");
      run(project, Map.of("DEPLOY_RESTART", "true", "DEPLOY_RESTART_PREVIOUS", "true"), back)
          .fails()
          .says("DEPLOY_STOP is not set");
    }
    run(project, Map.of()).fails().says("DEPLOY_RESTART is not set");
    run(project, Map.of("DEPLOY_RESTART", "true", "MIGRATE_URL", ""))
        .fails()
        .says("MIGRATE_URL is not set");
    run(project, Map.of("DEPLOY_RESTART", "true", "DEPLOY_HEALTH_TIMEOUT", "soon"))
        .fails()
        .says("'soon', which is no number of seconds");
    run(project, Map.of("DEPLOY_RESTART", "true", "DEPLOY_BACKUP_VERIFY", "ture"))
        .fails()
        .says("'ture': it is true or false");
    run(project, Map.of(), "sideways").fails().says("'sideways' is not understood");
    assertThat(project.files()).doesNotContain("restarts", "standby");
  }

  @Test
  @DisplayName("takes from its file what the environment does not say")
  void environmentWins(Database database) {
    Project project = project("deploy-settings", database);
    project.run("migrate:upgrade").succeeds();
    project.write(
        "deploy/settings",
        "DEPLOY_RESTART='echo file >> restarts'\nDEPLOY_HEALTH_TIMEOUT=999\n"
            + "MIGRATE_URL=jdbc:postgresql://nowhere.invalid/none\nMIGRATE_USER=nobody\n");
    Map<String, String> variables = new HashMap<>(settings(project, database));

    run(project, variables).succeeds().says("The database has all revisions.");
    variables.remove("DEPLOY_RESTART");
    run(project, variables).succeeds();
    assertThat(project.read("restarts")).isEqualTo("new\nfile\n");
  }

  @Test
  @DisplayName("says of wrong settings which it is, and that nothing was changed")
  void wrongSettings(Database database) {
    Project project = project("deploy-wrong-settings", database);
    project.run("migrate:upgrade", "-Dmigrate.to=" + FIRST).succeeds();
    Map<String, String> variables = settings(project, database);
    Map<String, String> none = Map.of("MIGRATE_URL", "", "MIGRATE_USER", "");

    for (List<String> one :
        List.of(
            List.of("DEPLOY_RESTRAT=true\n", "sets DEPLOY_RESTRAT, which is no setting"),
            List.of("export DEPLOY_HEALTH_URI=x\n", "sets DEPLOY_HEALTH_URI, which is no setting"),
            List.of("DEPLOY_RESTART='true\n", "deploy/settings is no script for sh"),
            List.of("MIGRATE_PASSWORD=$(cat secrets/nosuch)\n", "secrets/nosuch"),
            List.of("DEPLOY_RESTART=true\n", "MIGRATE_URL is not set"))) {
      project.write("deploy/settings", one.get(0));
      run(project, none).fails().says(one.get(1), "Nothing was changed.").saysNothingOf("== Check");
    }
    shell(project, Map.of(), "chmod 000 deploy/settings && chmod -R go+rX . || true").succeeds();
    String asSomebody = "$([ $(id -u) != 0 ] || echo setpriv --reuid=65534 --clear-groups) ";
    shell(project, none, "chmod 000 deploy/settings; " + asSomebody + "sh deploy/deploy")
        .fails()
        .says("deploy/settings is there, but it is no file that", "may read.");
    project.delete("deploy/settings");

    for (Map.Entry<String, String> wrong :
        Map.of(
                "MIGRATE_PASSWORD", "wrong",
                "MIGRATE_URL", "jdbc:postgresql://127.0.0.1:1/none")
            .entrySet()) {
      Map<String, String> mistaken = new HashMap<>(variables);
      mistaken.put(wrong.getKey(), wrong.getValue());
      run(project, mistaken)
          .fails()
          .says("CONNECTION", "What to do: ", "The check says CONNECTION, so nothing was done.")
          .says("Nothing was changed.")
          .saysNothingOf("== Backup", "[ERROR]", "[INFO]", "BUILD");
    }

    project.write("backups/deploy/running", ProcessHandle.current().pid() + "\n");
    run(project, variables)
        .fails()
        .says("Another deployment is at work, process " + ProcessHandle.current().pid());
    assertThat(project.files()).contains("backups/deploy/running").doesNotContain("restarts");
    assertThat(database.applied()).containsExactly(FIRST);
  }

  private static Project project(String name, Database database) {
    Project project = Project.sample(name);
    try {
      Files.createDirectories(project.file("deploy"));
      Files.copy(SCRIPT, project.file("deploy/deploy"));
      Files.copy(
          SCRIPT.getParent().resolveSibling("migrate"),
          project.file("migrate"),
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!project.file("migrate").toFile().setExecutable(true)) {
      throw new IllegalStateException("Cannot make migrate executable");
    }
    return project.with(database.targetOf(project.maven()));
  }

  private Build deploy(Project project, Database database, String... arguments) {
    return run(project, settings(project, database), arguments);
  }

  private Map<String, String> settings(Project project, Database database) {
    return Map.ofEntries(
        entry("MIGRATE_URL", database.url()),
        entry("MIGRATE_USER", database.user()),
        entry("MIGRATE_PASSWORD", database.password()),
        entry("DEPLOY_RESTART", restart("new")),
        entry("DEPLOY_STOP", restart("stop")),
        entry("DEPLOY_RESTART_PREVIOUS", restart("old")),
        entry("DEPLOY_STANDBY_ON", "touch standby"),
        entry("DEPLOY_STANDBY_OFF", "rm standby"),
        entry(
            "DEPLOY_HEALTH_URL",
            "http://127.0.0.1:%d/health".formatted(application.getAddress().getPort())),
        entry("DEPLOY_HEALTH_TIMEOUT", "1"));
  }

  private static String restart(String release) {
    return "if [ -e standby ]; then echo %1$s in standby >> restarts; else echo %1$s >> restarts; fi; [ ! -e run ] || sh run %1$s"
        .formatted(release);
  }

  private static Build run(Project project, Map<String, String> variables, String... arguments) {
    return shell(project, variables, "sh deploy/deploy " + String.join(" ", arguments));
  }

  private static Build shell(Project project, Map<String, String> variables, String script) {
    Maven maven = project.maven().withTimeout(Duration.ofMinutes(3));
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      maven = maven.withEnvironment(variable.getKey(), variable.getValue());
    }
    return maven.shell(project.directory(), script);
  }
}
