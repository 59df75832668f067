package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The script {@code deploy/deploy} of the generated project with that project's application: two
 * jars of two releases, roles and secrets as in production, and a command that starts and stops a
 * release, as systemd does. {@link DeployIT} tries the script in each build, with a page in the
 * place of the application.
 */
@Thorough
@WithDatabase
@DisabledOnOs(OS.WINDOWS)
@DisplayName("The generated application, deployed,")
class DeployedTrackerIT {
  private static final String HEAD = "20260316083000";
  private static final String NEXT = "20270101000000";

  /**
   * Starts a release once what ran before has ended, or ends it; does not wait until it is well.
   */
  private static final String SERVICE =
      """
      #!/bin/sh
      set -eu
      cd "$(dirname "$0")"
      if [ -e pid ]; then
        kill "$(cat pid)" 2> /dev/null || true
        while kill -0 "$(cat pid)" 2> /dev/null; do sleep 0.1; done
        rm -f pid
      fi
      echo "$1 $(curl -s -o /dev/null -w '%%{http_code}' "http://127.0.0.1:%2$d/login")" >> service.log
      [ "$1" != stop ] || exit 0
      export SPRING_DATASOURCE_URL='%3$s' SPRING_DATASOURCE_USERNAME=asset_tracker
      export SPRING_CONFIG_IMPORT="configtree:$PWD/run/,file:$PWD/secrets/users.yaml"
      export APP_STANDBY_FILE="$PWD/standby" SERVER_PORT=%2$d
      '%1$s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -jar "$1.jar" > "$1.log" 2>&1 &
      echo $! > pid
      """;

  private static Path releases;

  private Project project;
  private int port;

  @BeforeAll
  static void buildTwoReleases() throws IOException {
    Project built = Project.generated("releases");
    releases = Files.createDirectories(built.file("releases"));
    built.run("-DskipTests", "package").succeeds();
    Files.move(
        built.file(built.only("target/asset-tracker-.*[.]jar")), releases.resolve("old.jar"));
    release(built);
    built.run("-DskipTests", "package").succeeds();
    Files.move(
        built.file(built.only("target/asset-tracker-.*[.]jar")), releases.resolve("new.jar"));
  }

  private static void release(Project project) {
    project.revision(
        NEXT, "alter table people add phone text;\n", "alter table people drop phone;\n");
  }

  @AfterEach
  void stopApplication() {
    shell("./service stop").succeeds();
  }

  @Test
  @DisplayName("goes up in standby, and back without the new column but with all rows")
  void goesUpAndBack(Database database) {
    production("deployed", database);
    deploy("").succeeds().says("Pending: 20260105090000", "answers 200", "== Done");
    assertThat(answer("/login")).isEqualTo(200);
    assertThat(answer("/assets")).as("a page wants a login").isEqualTo(302);
    goesIntoStandbyAsTheReadmeTells();
    database.execute(
        "insert into people (full_name, email) values ('Before', 'before@example.com')");

    release(project);
    start("new", "old");
    deploy("--dry-run --standby")
        .succeeds()
        .says("Now at: " + HEAD, "Pending: " + NEXT, "would run: ./service new");
    assertThat(project.read("service.log")).isEqualTo("old 000\n");
    deploy("--standby").succeeds();
    assertThat(project.read("service.log")).isEqualTo("old 000\nnew 000\n");
    assertThat(project.files()).doesNotContain("standby");
    assertThat(revision()).contains(NEXT);
    database.execute(
        "insert into people (full_name, email, phone) values ('After', 'after@example.com', '1')");

    start("new", "");
    deploy("back").fails().says("DEPLOY_RESTART_PREVIOUS is not set");
    assertThat(revision()).as("it was not touched").contains(NEXT);

    start("new", "old");
    deploy("back").succeeds().says("answers 200", "== Done");
    assertThat(revision()).contains(HEAD);
    assertThat(database.query("select full_name from people order by 1"))
        .containsExactly("After", "Before");
    assertThat(database.query("select 1 from pg_attribute where attname = 'phone'")).isEmpty();
  }

  @Test
  @DisplayName("goes on while a revision fails, and comes back from a release that does not start")
  void survivesWhatFails(Database database) {
    production("deployed-sick", database);
    deploy("").succeeds();
    database.execute(
        "insert into people (full_name, email) values ('Before', 'before@example.com')");
    project.revision(
        NEXT,
        "alter table people add constraint known check (full_name <> 'Before');\n",
        "alter table people drop constraint known;\n");
    start("new", "old");
    deploy("--standby").fails().says("known", "Nothing was changed.", "== Out of standby");
    assertThat(answer("/login")).as("the release before still runs").isEqualTo(200);

    release(project);
    project.write("run/spring.datasource.password", "wrong");
    deploy("").fails().says("does not answer 200 after");
    database.execute("insert into people (full_name, email) values ('After', 'after@example.com')");
    shell("cp secrets/app_password run/spring.datasource.password").succeeds();
    deploy("restore").succeeds();
    assertThat(revision()).contains(HEAD);
    assertThat(database.query("select full_name from people")).containsExactly("Before");
  }

  /** Its two commands, with the address and the password of this application. */
  private void goesIntoStandbyAsTheReadmeTells() {
    String password =
        project.read("secrets/users.yaml").replaceAll("(?s).*\\{noop\\}(\\w+).*", "$1");
    String[] commands =
        Document.read("asset-archetype/src/main/resources/archetype-resources/README.md")
            .block("-X DELETE")
            .text()
            .replace("-u ann", "-sf -u operator:" + password)
            .replace("localhost:8080", "127.0.0.1:" + port)
            .split("(?=curl .*-X DELETE)");
    shell(commands[0]).succeeds();
    assertThat(answer("/login")).isEqualTo(503);
    shell(commands[1]).succeeds();
    assertThat(answer("/login")).isEqualTo(200);
  }

  private void production(String name, Database database) {
    project = Project.generated(name);
    project = project.with(project.maven().withTimeout(Duration.ofMinutes(10)));
    port = freePort();
    URI server = URI.create(database.url().substring("jdbc:".length()));
    project
        .write("service", SERVICE.formatted(project.maven().javaHome(), port, database.url()))
        .write(
            "setup",
            """
            chmod +x service
            deploy/secrets
            mkdir run
            cp secrets/app_password run/spring.datasource.password
            ln -s '%s'/* .
            PGPASSWORD='%s' psql -X -q --host=%s --port=%d --username=%s --dbname=%s \\
              --variable=secrets=secrets --variable=passwords=new --file=deploy/roles.sql
            """
                .formatted(
                    releases,
                    database.password(),
                    server.getHost(),
                    server.getPort(),
                    database.user(),
                    server.getPath().substring(1)));
    shell("sh -e setup").succeeds();
    start("old", "old");
    project.write("url", database.url());
    settings(database.url());
  }

  /** What starts the new release, and the one before. */
  private void start(String release, String previous) {
    project.write(
        "commands",
        """
        DEPLOY_RESTART="./service %s"
        DEPLOY_STOP="./service stop"
        DEPLOY_RESTART_PREVIOUS="%s"
        """
            .formatted(release, previous.isEmpty() ? "" : "./service " + previous));
  }

  private void settings(String url) {
    project.write(
        "deploy/settings",
        """
        . ./commands
        MIGRATE_URL='%s'
        MIGRATE_USER=asset_tracker_owner
        MIGRATE_PASSWORD=$(cat secrets/owner_password)
        DEPLOY_STANDBY_ON="touch standby"
        DEPLOY_STANDBY_OFF="rm -f standby"
        DEPLOY_HEALTH_URL=http://127.0.0.1:%d/actuator/health
        DEPLOY_HEALTH_TIMEOUT=%s
        """
            .formatted(url, port, 60));
  }

  private Build deploy(String arguments) {
    Build build = shell("deploy/deploy " + arguments);
    project.write("deploy.log", "$ deploy/deploy " + arguments + "\n" + build + "\n");
    if (Boolean.getBoolean("it.show")) {
      System.out.println(project.read("deploy.log"));
    }
    return build;
  }

  private Build shell(String script) {
    return project.maven().shell(project.directory(), script);
  }

  private String revision() {
    return shell("curl -sf http://127.0.0.1:%d/actuator/health/revision".formatted(port))
        .succeeds()
        .output();
  }

  private int answer(String path) {
    String code =
        shell("curl -s -o /dev/null -w '%%{http_code}' http://127.0.0.1:%d%s".formatted(port, path))
            .succeeds()
            .output();
    return Integer.parseInt(code);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
