package dev.migrate.verify;

import static dev.migrate.verify.VerifiedProject.id;
import static dev.migrate.verify.VerifiedProject.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import dev.migrate.verify.CheckResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults planted into a sound project: each is caught, by the one check that is for it. The names
 * of these tests are a table in docs/release.md.
 */
@DisplayName("A planted fault")
class PlantedFaultsIT {
  @TempDir private Path folder;
  private VerifiedProject project;

  @BeforeEach
  void soundProject() {
    project = VerifiedProject.sound(folder);
  }

  @Test
  @DisplayName("none: everything passes, the target included")
  void soundness() {
    project.release("v1").onOwnServers();
    try (ScratchDatabase database = TestPostgres.database("sound")) {
      Verification found = project.upgrade(database).target(database).verify();
      assertThat(found.results())
          .allSatisfy(
              result -> assertThat(result.status()).as("%s", result).isEqualTo(Status.PASSED))
          .hasSize(7);
      assertThat(found.of(Check.DATA).notes()).isEmpty();
      assertThat(found.upToDate()).isFalse();
    }
  }

  @Test
  @DisplayName("none in what the archetype makes, either")
  void archetype() {
    Verification found = VerifiedProject.assetTracker(folder.resolve("tracker")).verify();
    assertThat(found.results())
        .allSatisfy(result -> assertThat(result.fine()).as("%s", result).isTrue());
    assertThat(found.of(Check.DATA).status()).isEqualTo(Status.PASSED);
    assertThat(found.of(Check.DATA).notes()).isEmpty();
    assertThat(found.of(Check.MODEL).status()).isEqualTo(Status.PASSED);
  }

  @Test
  @DisplayName("1, a downgrade that does nothing: reversible")
  void noOpDowngrade() {
    project.revision(6, "5", "create table more (id int);", "-- later");
    modelHas("create table more (id int);");
    assertThat(caught(Check.REVERSIBLE))
        .contains("does nothing")
        .contains(id(6))
        .contains("+ table public.more");
  }

  @Test
  @DisplayName("2, a downgrade that leaves a trace: reversible")
  void trace() {
    project.revision(
        6, "5", "create table more (id int); create type kind as enum ('a');", "drop table more;");
    modelHas("create table more (id int); create type kind as enum ('a');");
    assertThat(caught(Check.REVERSIBLE)).contains("leaves a trace").contains("+ enum public.kind");
  }

  @Test
  @DisplayName("3, a model that says something else: model")
  void otherModel() {
    replace(folder.resolve("schema.sql"), "owner text not null", "owner text");
    assertThat(caught(Check.MODEL)).contains("thing.owner").contains("not null: true");
  }

  @Test
  @DisplayName("4, a released revision that was edited: files")
  void editedRelease() {
    project.release("v1");
    replace(project.upgradeOf(2), "note text", "note  text");
    assertThat(caught(Check.FILES)).contains("was edited since v1").contains("step_2.sql");
  }

  @Test
  @DisplayName("5, a released revision that was removed: files")
  void removedRelease() throws IOException {
    project.revision(6, "5", "create table more (id int);", "drop table more;");
    project.release("v1");
    Files.delete(project.upgradeOf(6));
    Files.delete(project.downgradeOf(6));
    assertThat(caught(Check.FILES)).contains("was removed since v1").contains("step_6.sql");
  }

  @Test
  @DisplayName("6, branches whose order matters: commute")
  void branches() {
    project.revision(6, "5", "create view v as select 1 as a;", "drop view v;");
    project.revision(
        7,
        "6",
        "create or replace view v as select 2 as a;",
        "create or replace view v as select 1 as a;");
    project.revision(
        8,
        "6",
        "create or replace view v as select 3 as a;",
        "create or replace view v as select 1 as a;");
    project.revision(9, "7, 8", "-- joins", "-- nothing");
    modelHas("create view v as select 3 as a;");
    Verification found = project.verify();
    assertThat(text(found.of(Check.COMMUTE)))
        .contains("do not commute")
        .contains("view public.v")
        .contains("SELECT 2");
    // Walking down one branch while the other is applied shows the same fault from another side.
    assertThat(failed(found)).contains(Check.COMMUTE).isSubsetOf(Check.COMMUTE, Check.REVERSIBLE);
  }

  @Test
  @DisplayName("7, a column that is NOT NULL without default: data")
  void notNullOnRows() {
    project.revision(
        6, "5", "alter table thing add colour text not null;", "alter table thing drop colour;");
    replace(
        folder.resolve("schema.sql"),
        "owner text not null,",
        "owner text not null, colour text not null,");
    assertThat(caught(Check.DATA)).contains("contains null values").contains("step_6.sql, line");
  }

  @Test
  @DisplayName("8, drift of the target: target")
  void drift() {
    try (ScratchDatabase database = TestPostgres.database("drift")) {
      project.upgrade(database).target(database);
      VerifiedProject.execute(database, "alter table thing add surprise int");
      assertThat(caught(Check.TARGET))
          .contains("has drifted")
          .contains("+ column public.thing.surprise");
    }
  }

  @Test
  @DisplayName("9, a revision of the target that no file has: target")
  void unknownRevision() throws IOException {
    try (ScratchDatabase database = TestPostgres.database("unknown")) {
      project.revision(6, "5", "create table more (id int);", "drop table more;");
      project.upgrade(database).target(database);
      Files.delete(project.upgradeOf(6));
      Files.delete(project.downgradeOf(6));
      assertThat(caught(Check.TARGET)).contains("ahead of the files").contains(id(6));
    }
  }

  @Test
  @DisplayName("10, a script that was edited after the target had applied it: target")
  void tampered() {
    try (ScratchDatabase database = TestPostgres.database("tampered")) {
      project.upgrade(database).target(database);
      replace(project.upgradeOf(2), "note text", "note  text");
      assertThat(caught(Check.TARGET)).contains("was edited after the database had applied it");
    }
  }

  @Test
  @DisplayName("11, a revision that failed half-way on the target: target")
  void failedRevision() {
    try (ScratchDatabase database = TestPostgres.database("failed")) {
      project.upgrade(database).target(database);
      VerifiedProject.execute(
          database,
          "update flyway_schema_history set success = false where version = '%s'".formatted(id(5)));
      assertThat(caught(Check.TARGET)).contains("stopped half-way").contains(id(5));
    }
  }

  @Test
  @DisplayName("12, two heads: files")
  void twoHeads() {
    project.revision(6, "4", "create index on site (name);", "drop index site_name_idx;");
    modelHas("create index on site (name);");
    assertThat(caught(Check.FILES)).contains("There are 2 heads").contains("migrate:merge");
  }

  @Test
  @DisplayName("13, a revision without downgrade that does not say so: files")
  void noDowngrade() {
    project.revision(6, "5", "create table more (id int);", null);
    modelHas("create table more (id int);");
    assertThat(caught(Check.FILES)).contains("has no downgrade").contains("-- downgrade: none");
    project.revision(6, "5", "-- downgrade: none", "create table more (id int);", null);
    assertThat(failed(project.verify())).isEmpty();
  }

  @Test
  @DisplayName("14, a revision that does not run: replay, and nothing that needs it")
  void doesNotRun() {
    project.revision(6, "5", "alter table nothing add x int;", "-- nothing");
    Verification found = project.verify();
    assertThat(failed(found)).containsExactly(Check.REPLAY);
    assertThat(text(found.of(Check.REPLAY))).contains("relation \"nothing\" does not exist");
    for (Check check : List.of(Check.REVERSIBLE, Check.MODEL, Check.COMMUTE, Check.DATA)) {
      assertThat(found.of(check).status()).isEqualTo(Status.NOT_RUN);
      assertThat(found.of(check).summary()).contains("see replay");
    }
  }

  @Test
  @DisplayName("15, a downgrade that PostgreSQL refuses: reversible, and the walk goes on")
  void refusedDowngrade() {
    project.revision(6, "5", "create table more (id int);", "drop table mroe;");
    project.revision(7, "6", "create table most (id int);", "-- nothing");
    modelHas("create table more (id int); create table most (id int);");
    assertThat(caught(Check.REVERSIBLE))
        .contains("table \"mroe\" does not exist")
        .contains(id(6))
        .contains("does nothing")
        .contains(id(7));
  }

  @Test
  @DisplayName("16, a role that a downgrade leaves behind: reversible")
  void roleLeftBehind() {
    project.onOwnServers().revision(6, "5", "create role left_behind;", "-- nothing");
    assertThat(caught(Check.REVERSIBLE))
        .contains("does not run again")
        .contains("role \"left_behind\" already exists");
  }

  private void modelHas(String sql) {
    try {
      Path model = folder.resolve("schema.sql");
      Files.writeString(model, Files.readString(model) + sql);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String caught(Check by) {
    Verification found = project.verify();
    assertThat(failed(found)).containsExactly(by);
    assertThat(found.results())
        .filteredOn(result -> result.check() != by)
        .allSatisfy(result -> assertThat(result.fine()).as("%s", result).isTrue());
    return text(found.of(by));
  }

  private static List<Check> failed(Verification found) {
    return found.results().stream()
        .filter(result -> result.status() == Status.FAILED)
        .map(CheckResult::check)
        .toList();
  }

  private static String text(CheckResult result) {
    return result.findings().stream()
        .map(
            finding ->
                finding.subject()
                    + " "
                    + finding.problem()
                    + "\n"
                    + String.join("\n", finding.details())
                    + "\n"
                    + finding.remedy())
        .collect(Collectors.joining("\n"));
  }
}
