package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What generate would take back")
class RemovalCheckIT {
  private static final String MODEL = "create table assets (id int primary key, name varchar(20));";

  @TempDir private Path root;
  private ModelProject project;

  @BeforeEach
  void generated() {
    project = ModelProject.at(root).model(MODEL);
    project.generate("Create assets");
  }

  /** As migrate:revision writes it, filled in by hand. */
  private RevisionFile byHand(String message, String up, String down) {
    return new RevisionWriter(project.files(), Clock.systemUTC())
        .write(
            NewRevision.empty(message, project.files().graph().parentsForNew("head"))
                .running(up, down));
  }

  private RevisionFile tags() {
    return byHand(
        "Add tags",
        "ALTER TABLE assets ADD COLUMN tags text[];",
        "ALTER TABLE assets DROP COLUMN tags;");
  }

  private String upgradeOf(GenerateResult generated) throws IOException {
    return Files.readString(((GenerateResult.Written) generated).files().get(0).upgrade().path());
  }

  @Test
  @DisplayName("of a column written by hand is named with its revision, and nothing is written")
  void column() {
    RevisionFile added = tags();
    MigrateException failure = failureOf(() -> project.generate("Nothing new"));
    assertThat(failure.code()).isEqualTo(FailureCode.DROP_UNDECIDED);
    assertThat(failure.problem())
        .contains(added.id() + " (Add tags) added the column public.assets.tags");
    assertThat(failure.remedy())
        .contains(
            "schema.sql",
            "mvn migrate:generate -Dmigrate.message=\"Nothing new\" -Dmigrate.drop=assets.tags");
    assertThat(project.files().all()).hasSize(2);
  }

  @Test
  @DisplayName("goes when somebody says that it may, by its name or all of it")
  void said() throws IOException {
    tags();
    assertThat(failureOf(() -> project.drop("none")).code()).isEqualTo(FailureCode.DROP_UNDECIDED);
    assertThat(failureOf(() -> project.drop("assets.nosuch")).code())
        .isEqualTo(FailureCode.INVALID_PARAMETER);
    GenerateResult.Written written = (GenerateResult.Written) project.drop("assets.tags");
    assertThat(upgradeOf(written)).contains("DROP COLUMN tags");
    assertThat(written.warnings())
        .singleElement()
        .asString()
        .contains("takes back", "added the column public.assets.tags");
    tags();
    assertThat(upgradeOf(project.drop("all"))).contains("DROP COLUMN tags");
  }

  @Test
  @DisplayName("is nothing once the model says the same")
  void modelSaysSo() {
    tags();
    project.edit("name varchar(20)", "name varchar(20), tags text[]");
    assertThat(project.generate("x")).isInstanceOf(GenerateResult.NoDifference.class);
  }

  @Test
  @DisplayName("is not what a generated revision made and the model has lost since")
  void ordinary() throws IOException {
    project.edit(", name varchar(20)", "");
    assertThat(upgradeOf(project.generate("Drop name"))).contains("DROP COLUMN name");
  }

  @Test
  @DisplayName("is not what the model has said in between")
  void saidInBetween() throws IOException {
    tags();
    project.edit("name varchar(20)", "name varchar(20), tags text[], price int");
    project.generate("Add price");
    project.edit(", tags text[]", "");
    assertThat(upgradeOf(project.generate("Drop tags"))).contains("DROP COLUMN tags");
  }

  @Test
  @DisplayName("of other changes by hand is named, too: each table once, and beside what is new")
  void otherKinds() {
    byHand(
        "Widen",
        "ALTER TABLE assets ALTER name TYPE varchar(50);\n"
            + "ALTER TABLE assets DROP CONSTRAINT assets_pkey;\n"
            + "CREATE TABLE log (id int PRIMARY KEY, at timestamptz DEFAULT now());\n"
            + "COMMENT ON TABLE log IS 'by hand'; CREATE INDEX log_at ON log (at);",
        "DROP TABLE log;");
    project.edit("name varchar(20)", "name varchar(20), price int");
    MigrateException failure = failureOf(() -> project.generate("Add price"));
    assertThat(failure.problem().lines().filter(line -> line.startsWith("  ")))
        .hasSize(4)
        .anyMatch(line -> line.endsWith("(Widen) changed the column public.assets.name"))
        .anyMatch(line -> line.endsWith("removed the constraint public.assets.assets_pkey"))
        .anyMatch(line -> line.endsWith("added the table public.log"))
        .anyMatch(line -> line.endsWith("added the index public.log_at"));
  }

  @Test
  @DisplayName("of a generated revision that somebody has added to is named")
  void edited() throws IOException {
    Path script = project.files().all().get(0).upgrade().path();
    Files.writeString(script, Files.readString(script) + "\n-- as discussed\n");
    project.edit(", name varchar(20)", "");
    assertThat(upgradeOf(project.generate("Drop name"))).contains("DROP COLUMN name");
    Path last = project.files().all().get(1).upgrade().path();
    Files.writeString(last, Files.readString(last) + "\nALTER TABLE assets ADD COLUMN more int;\n");
    assertThat(failureOf(() -> project.generate("x")).problem())
        .contains("(Drop name) added the column public.assets.more");
  }

  @Test
  @DisplayName("is asked about at a terminal, one by one")
  void asked() throws IOException {
    tags();
    List<String> asked = new ArrayList<>();
    project.with(answering(asked, "no"));
    assertThat(failureOf(() -> project.generate("x")).code()).isEqualTo(FailureCode.DROP_UNDECIDED);
    assertThat(asked)
        .singleElement()
        .asString()
        .contains("added the column public.assets.tags, and the model does not say so.");
    project.with(answering(asked, "y"));
    assertThat(upgradeOf(project.generate("x"))).contains("DROP COLUMN tags");
  }

  private static UserPrompt answering(List<String> asked, String answer) {
    return new UserPrompt() {
      @Override
      public boolean possible() {
        return true;
      }

      @Override
      public Optional<String> answer(String question, String suggestion) {
        asked.add(question);
        return Optional.of(answer);
      }
    };
  }
}
