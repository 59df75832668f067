package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@DisplayName("As a guest in a Maven build, the plugin")
class MannersIT {
  private static final String NOWHERE = "jdbc:postgresql://localhost:1/nowhere";

  @OnEachMaven
  @DisplayName("explains itself")
  void explainsItself(Maven maven) {
    Build help = Project.small("help").with(maven).run("migrate:help").succeeds();
    help.says("Reversible, proven database migrations for PostgreSQL");
    help.says(Goals.all().stream().map(goal -> "migrate:" + goal).toArray(String[]::new));
  }

  @Test
  @DisplayName("skips every goal when it is told to, before it looks at anything else")
  void skipsEveryGoal() {
    List<String> goals = Goals.all().stream().filter(goal -> !goal.equals("help")).toList();
    assertThat(goals).hasSizeGreaterThanOrEqualTo(15);
    Project project = Project.small("skip");
    List<String> before = project.files();

    Build build =
        project.run(
            Stream.concat(
                    goals.stream().map(goal -> "migrate:" + goal),
                    Stream.of(
                        "-Dmigrate.skip=true",
                        "-Dmigrate.url=" + NOWHERE,
                        "-Dmigrate.format=neither"))
                .toArray(String[]::new));

    build.succeeds();
    assertThat(Pattern.compile("Skipped").matcher(build.output()).results()).hasSameSizeAs(goals);
    assertThat(project.files()).isEqualTo(before);
  }

  @Test
  @DisplayName("lets the command line win over the POM, in what is skipped, too")
  void letsTheCommandLineWin(Database database) {
    Project project = Project.empty("precedence");
    project
        .write(
            "pom.xml",
            Project.pom(
                "precedence", Project.plugin("<skip>true</skip><url>" + NOWHERE + "</url>")))
        .revision("20260101000000", "create table one (id int);", "drop table one;");
    project.run("migrate:upgrade").succeeds().says("Skipped");
    project
        .with(
            project
                .maven()
                .withEnvironment("MIGRATE_USER", database.user())
                .withEnvironment("MIGRATE_PASSWORD", database.password()))
        .run("migrate:upgrade", "-Dmigrate.skip=false", "-Dmigrate.url=" + database.url())
        .succeeds();
    assertThat(database.tables()).containsExactly("one");
  }

  @OnEachMaven
  @DisplayName("works in several modules, in parallel, where it is bound to a phase")
  void worksInSeveralModules(Maven maven, Database orders, Database stock) {
    Project project = modules("modules", orders, stock).with(orders.targetOf(maven));

    project.run("-T", "2", "validate").succeeds();

    assertThat(orders.tables()).containsExactly("orders");
    assertThat(stock.tables()).containsExactly("stock");
    assertThat(project.files()).noneMatch(file -> file.contains(".migrate"));
  }

  @Test
  @DisplayName("runs, at the root of several modules, in those that have revisions, or asks which")
  void runsWhereTheRevisionsAre(Database orders, Database stock) {
    Project modules = modules("root", orders, stock);
    Project project = modules.with(orders.targetOf(modules.maven()));
    assertThat(project.run("-pl", "orders", "migrate:upgrade").succeeds().output())
        .contains("Now at");
    assertThat(orders.tables()).containsExactly("orders");
    assertThat(stock.tables()).isEmpty();
    assertThat(project.run("migrate:upgrade").succeeds().output())
        .contains("Module orders:", "Module stock:");
    assertThat(stock.tables()).containsExactly("stock");
    project
        .run("migrate:downgrade")
        .fails()
        .says("INVALID_PARAMETER", "Several modules", "mvn -pl :orders migrate:downgrade");
    assertThat(orders.tables()).containsExactly("orders");
  }

  @Test
  @DisplayName("refuses one target for the revisions of several modules, before the first of them")
  void oneTargetForSeveralModules(Database orders, Database stock) {
    Project modules = modules("one-target", orders, stock);
    Project project = modules.with(orders.targetOf(modules.maven()));
    String same = orders.url().replace("jdbc:", "");
    for (List<String> goal :
        List.of(
            List.of("migrate:upgrade"),
            List.of("migrate:downgrade", "-Dmigrate.to=base"),
            List.of("migrate:stamp", "-Dmigrate.to=head"))) {
      List<String> arguments = new ArrayList<>(goal);
      arguments.add("-Dmigrate.url=" + same);
      project
          .run(arguments.toArray(String[]::new))
          .fails()
          .says("INVALID_PARAMETER", "modules", "mvn -pl :orders " + goal.get(0));
    }
    project
        .write("stock/pom.xml", Project.pom("stock", Project.plugin("<url>" + same + "</url>")))
        .run("migrate:upgrade")
        .fails()
        .says("INVALID_PARAMETER", "one target is given for both: neither was migrated");
    assertThat(orders.tables()).isEmpty();
    assertThat(orders.query("select to_regclass('flyway_schema_history')")).contains("null");
  }

  private static Project modules(String name, Database orders, Database stock) {
    Project project = Project.empty(name);
    project.write(
        "pom.xml",
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>it.example</groupId>
          <artifactId>modules</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <modules><module>orders</module><module>web</module><module>stock</module></modules>
          <build><pluginManagement><plugins>%s</plugins></pluginManagement></build>
        </project>
        """
            .formatted(Project.plugin("")));
    project.write("orders/pom.xml", Project.pom("orders", bound(orders)));
    project.write("web/pom.xml", Project.pom("web", ""));
    project.write("stock/pom.xml", Project.pom("stock", bound(stock)));
    for (String module : List.of("orders", "stock")) {
      project.write(
          module + "/src/main/resources/db/migration/V20260101000000__a.sql",
          "create table " + module + " (id int);");
    }
    return project;
  }

  /** The plugin with an upgrade in the phase {@code validate}. */
  private static String bound(Database database) {
    String execution =
        "<executions><execution><phase>validate</phase><goals><goal>upgrade</goal></goals>"
            + "</execution></executions>";
    return Project.plugin("<url>" + database.url() + "</url>")
        .replace("</plugin>", execution + "</plugin>");
  }

  @OnEachMaven
  @DisplayName("works without a project")
  void worksWithoutAProject(Maven maven, Database database) {
    Project folder = Project.empty("no-project").with(database.targetOf(maven));
    folder
        .write("sql/V20260101000000__a.sql", "create table a (id int);")
        .write("undo/U20260101000000__a.sql", "drop table a;");
    String plugin = "dev.migrate:migration-maven-plugin:" + UnderTest.version() + ":";
    folder
        .run(
            plugin + "upgrade",
            plugin + "history",
            "-Dmigrate.directory=sql",
            "-Dmigrate.undoDirectory=undo")
        .succeeds()
        .says("20260101000000");
    assertThat(database.tables()).containsExactly("a");
  }
}
