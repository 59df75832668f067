package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import dev.migrate.verify.CheckResult.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A target in which repeatable migrations have run")
class RepeatablesOfTargetIT {
  @TempDir private Path folder;
  private VerifiedProject project;
  private ScratchDatabase database;

  @BeforeEach
  void start() {
    database = TestPostgres.database("repeatables");
    project =
        new VerifiedProject(folder)
            .revision(1, "none", "create table a (x int, y int);", "drop table a;")
            .skip("files", "reversible", "data", "model", "commute")
            .target(database);
    repeatable("v", "create or replace view v as select x from a where x < 10;");
    project.upgrade(database);
  }

  @AfterEach
  void end() {
    database.close();
  }

  private Path repeatable(String name, String sql) {
    Path file = project.folders().upgrade().resolve("R__" + name + ".sql");
    VerifiedProject.write(file, sql);
    return file;
  }

  private CheckResult target() {
    return project.verify().of(Check.TARGET);
  }

  @Test
  @DisplayName("has not drifted because a file has changed since, and drift elsewhere is found")
  void changed() {
    assertThat(target().status()).isEqualTo(Status.PASSED);
    repeatable("v", "create or replace view v as select x, y from a where x < 20;");
    repeatable("w", "create or replace view w as select y from a;");
    CheckResult behind = target();
    assertThat(behind.status()).as(behind.toString()).isEqualTo(Status.PASSED);
    assertThat(behind.notes())
        .singleElement()
        .asString()
        .contains("Pending, repeatable, new or changed: ", "R__v.sql", "R__w.sql");
    project.revision(2, "1", "create table b (x int);", "drop table b;");
    assertThat(target().findings()).isEmpty();
    VerifiedProject.execute(database, "create view strange as select 1 as one");
    assertThat(target().findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(String.join("\n", finding.details()))
                    .contains("view public.strange")
                    .doesNotContain("public.v", "public.w"));
  }

  @Test
  @DisplayName("has not drifted when the changed file needs what is pending, too")
  void changedWithRevision() {
    project.revision(2, "1", "alter table a add z int;", "alter table a drop z;");
    repeatable("v", "create or replace view v as select x, z from a;");
    assertThat(target().findings()).isEmpty();
    VerifiedProject.execute(database, "alter table a add strange int");
    assertThat(target().findings()).hasSize(1);
  }

  @Test
  @DisplayName("has drifted by what a file made that is gone: that is named")
  void fileGone() throws Exception {
    Files.delete(project.folders().upgrade().resolve("R__v.sql"));
    CheckResult gone = target();
    assertThat(gone.findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.details()).anyMatch(one -> one.contains("view public.v")));
    assertThat(gone.notes())
        .singleElement()
        .asString()
        .contains("R__v.sql has run there, and is gone from the files");
    VerifiedProject.execute(database, "drop view v");
    assertThat(target().findings()).isEmpty();
  }

  @Test
  @DisplayName("is not green when nobody could look whether it has drifted")
  void notLooked() {
    project.revision(2, "1", "alter table a add z int;", "drop view z; alter table a drop z;");
    repeatable("z", "create or replace view z as select z from a;");
    project.upgrade(database);
    project.downgrade(database, "-1");
    CheckResult unknown = target();
    assertThat(unknown.status()).isEqualTo(Status.FAILED);
    assertThat(unknown.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.problem())
                  .contains("Whether the schema of the target has drifted was not looked for")
                  .contains("R__z.sql");
              assertThat(finding.remedy()).contains("Upgrade the target");
            });
  }
}
