package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The names of given parameters")
class ParameterNamesTest {
  private final ParameterNames names =
      new ParameterNames(
          Map.of(
              "upgrade", Set.of("url", "user", "to", "dryRun", "sql", "directory"),
              "downgrade", Set.of("url", "user", "to", "dryRun", "sql", "directory"),
              "generate", Set.of("url", "user", "message", "model", "directory"),
              "lint", Set.of("url", "to", "range"),
              "show", Set.of("revision", "directory"),
              "heads", Set.of("directory")));

  @Test
  @DisplayName("are quiet when they are right")
  void areQuietWhenRight() {
    assertThat(warnings(List.of("upgrade"), "migrate.url", "migrate.dryRun", "maven.repo.local"))
        .isEmpty();
  }

  @Test
  @DisplayName("are refused when they are misspelt")
  void areRefusedWhenMisspelt() {
    refused(List.of("upgrade"), "migrate.ulr", "no parameter -Dmigrate.ulr", "-Dmigrate.url ");
    refused(List.of("upgrade"), "migrate.dryrun", "-Dmigrate.dryrun", "-Dmigrate.dryRun ");
    refused(List.of(), "migrate.mesage", "-Dmigrate.mesage", "-Dmigrate.message ");
  }

  @Test
  @DisplayName("are named when they may belong to somebody else")
  void areNamedWhenSomebodyElsesPerhaps() {
    assertThat(warnings(List.of("upgrade"), "migrate.quickly"))
        .containsExactly(
            "-Dmigrate.quickly is no parameter of this plugin and changes nothing; mvn"
                + " migrate:help -Ddetail=true lists all.");
    assertThat(names.warnings(List.of("migrate.ulr"), Set.of("migrate.ulr"), List.of("upgrade")))
        .as("a property of the POM")
        .isEmpty();
  }

  @Test
  @DisplayName("are refused without the prefix when they would decide what happens")
  void areRefusedWithoutPrefix() {
    refused(List.of("upgrade"), "url", "-Durl lacks its prefix", "-Dmigrate.url.");
    refused(List.of("downgrade"), "to", "-Dto lacks its prefix", "-Dmigrate.to.");
    assertThat(warnings(List.of("upgrade"), "user"))
        .containsExactly("-Duser changes nothing here; perhaps -Dmigrate.user was meant.");
    assertThat(warnings(List.of(), "url", "to")).as("in a build with other goals").isEmpty();
  }

  @Test
  @DisplayName("are refused with a prefix that was guessed")
  void areRefusedWithGuessedPrefix() {
    for (String prefix : List.of("migration.", "migrations.", "Migrate.", "migrate-", "migrat.")) {
      refused(
          List.of("downgrade"),
          prefix + "to",
          "-D" + prefix + "to has not the prefix of this plugin",
          "Write -Dmigrate.to.");
    }
    refused(List.of("upgrade"), "migration.ulr", "-Dmigration.ulr", "Write -Dmigrate.url.");
    assertThat(warnings(List.of("upgrade"), "migration.of.data", "flyway.url")).isEmpty();
    assertThat(warnings(List.of(), "migration.url")).as("in a build with other goals").isEmpty();
  }

  @Test
  @DisplayName("are refused at a goal that does not know them when they would decide what happens")
  void areRefusedAtAnotherGoal() {
    refused(
        List.of("generate"),
        "migrate.dryRun",
        "migrate:generate has no parameter -Dmigrate.dryRun",
        "it belongs to migrate:downgrade, migrate:upgrade.");
    refused(
        List.of("downgrade"),
        "migrate.revision",
        "migrate:downgrade has no parameter -Dmigrate.revision",
        "Perhaps -Dmigrate.to was meant");
    refused(
        List.of("lint"),
        "migrate.revision",
        "migrate:lint has no parameter -Dmigrate.revision",
        "Perhaps -Dmigrate.range was meant; -Dmigrate.revision belongs to migrate:show.");
    assertThat(warnings(List.of("heads"), "migrate.url", "migrate.model"))
        .as("what is set for all goals, once")
        .isEmpty();
    assertThat(warnings(List.of("generate", "upgrade"), "migrate.dryRun"))
        .as("one of the goals knows it")
        .isEmpty();
  }

  @Test
  @DisplayName("are named when they stand in the POM and no goal knows them")
  void areNamedInThePom() {
    assertThat(
            ParameterNames.unknownElements(
                List.of("url", "ulr", "quickly", "lintOff"), Set.of("url", "to", "lintOff")))
        .containsExactly(
            "<quickly> in the plugin's configuration is no parameter of this plugin.",
            "<ulr> in the plugin's configuration is no parameter of this plugin; perhaps <url> was"
                + " meant.");
  }

  private List<String> warnings(List<String> asked, String... given) {
    return names.warnings(List.of(given), Set.of(), asked);
  }

  private void refused(List<String> asked, String given, String problem, String remedy) {
    assertThatThrownBy(() -> warnings(asked, given))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
              assertThat(e.problem()).contains(problem);
              assertThat(e.remedy()).contains(remedy);
            });
  }
}
