package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Plan;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Generate")
class GenerateIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("says that there is no difference in the project that the archetype makes")
  void nothingToDo() {
    ModelProject project = ModelProject.assetTracker(folder).onOwnServers();
    assertThat(project.generate("Nothing"))
        .isInstanceOfSatisfying(
            GenerateResult.NoDifference.class, same -> assertThat(same.columnOrder()).isEmpty());
    assertThat(project.replayed()).isNotEmpty().hasSameSizeAs(project.files().all());
    assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
    assertThat(project.replayed()).isEmpty();
  }

  @Test
  @DisplayName("writes a careful pair of scripts for a column, a check, an index, a value, a view")
  void assetTracker() {
    ModelProject project =
        ModelProject.assetTracker(folder)
            .onOwnServers()
            .edit(
                "  warranty_until date,\n",
                "  warranty_until date,\n  condition smallint not null,\n")
            .edit(
                "  constraint assets_tag_key unique (tag),\n",
                "  constraint assets_tag_key unique (tag),\n  constraint assets_condition_check check (condition between 1 and 5),\n")
            .edit("'lost', 'retired')", "'lost', 'sold', 'retired')")
            .edit(
                "create index assets_location_id_idx",
                "create index assets_sold_idx on assets (retired_on) where status = 'sold';\ncreate index assets_location_id_idx")
            .edit("  a.warranty_until\nfrom", "  a.warranty_until,\n  a.condition\nfrom");
    GenerateResult generated = project.generate("Grade assets, and sell them");
    List<RevisionFile> files = ((GenerateResult.Written) generated).files();
    assertThat(files)
        .extracting(file -> file.revision().message())
        .containsExactly(
            "Grade assets, and sell them (1 of 2)", "Grade assets, and sell them (2 of 2)");
    assertThat(files.get(1).revision().parents()).containsExactly(files.get(0).id());
    String first = files.get(0).upgrade().text();
    assertThat(first)
        .contains(
            "ADD VALUE 'sold' AFTER 'lost';",
            "-- Will fail if this finds rows: SELECT * FROM public.assets LIMIT 1",
            "-- UPDATE public.assets SET condition = …;",
            "-- Locks public.assets (ACCESS EXCLUSIVE): reads and writes wait until this script is done.",
            "ADD COLUMN condition smallint NOT NULL;",
            "ADD CONSTRAINT assets_condition_check CHECK");
    assertThat(files.get(0).downgradeScript().text())
        .contains(
            "-- This does not bring back everything:",
            "--   * It fails while rows hold 'sold' of public.asset_status",
            "-- LOSES DATA: column public.assets.condition.");
    assertThat(files.get(1).upgrade().text())
        .contains(
            "-- Locks public.assets (SHARE): writes wait until this script is done.",
            "CREATE INDEX assets_sold_idx",
            "CREATE OR REPLACE VIEW public.asset_overview");
    assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
    assertThat(project.replayed()).hasSameSizeAs(project.files().all());
  }

  @Test
  @DisplayName("writes nothing when only the order of columns differs, and says so")
  void columnOrder() {
    ModelProject project =
        ModelProject.empty(folder)
            .revision(1, "create table a (x int, y int);", "drop table a;")
            .model("create table a (y int, x int);");
    GenerateResult.NoDifference same = (GenerateResult.NoDifference) project.generate("Order");
    assertThat(same.columnOrder()).extracting(Object::toString).containsExactly("table public.a");
    assertThat(project.files().all()).hasSize(1);
  }

  @Test
  @DisplayName("writes the first revision of a project, and its downgrade takes everything back")
  void firstRevision() {
    ModelProject project =
        ModelProject.empty(folder)
            .model("create table a (x int primary key);\ncreate view v as table a;");
    GenerateResult.Written written = (GenerateResult.Written) project.generate("Begin");
    assertThat(written.files()).hasSize(1);
    assertThat(written.files().get(0).revision().parents()).isEmpty();
    assertThat(written.files().get(0).downgradeScript().text())
        .contains("DROP VIEW", "LOSES DATA", "DROP TABLE");
    assertThat(written.verdict().proven()).isTrue();
  }

  @Test
  @DisplayName("does not take a model that holds no statement for the wish to drop everything")
  void emptyModel() {
    ModelProject project =
        ModelProject.empty(folder)
            .revision(1, "create table a (x int);", "drop table a;")
            .model("-- to be written\n");
    MigrateException failure = failureOf(() -> project.generate("Drop"));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_MODEL);
    assertThat(failure.problem()).contains("schema.sql holds no statement");
    assertThat(failure.remedy()).contains("mvn migrate:init");
    assertThat(project.files().all()).hasSize(1);
  }

  @Test
  @DisplayName("refuses to build on a history that has branched")
  void severalHeads() {
    ModelProject project = ModelProject.empty(folder).model("create table a (x int);");
    project.file(
        "src/main/resources/db/migration/V20260101000000__one.sql",
        "-- One\n--\n-- revision: 20260101000000\n-- revises: none\n");
    project.file(
        "src/main/resources/db/migration/V20260102000000__two.sql",
        "-- Two\n--\n-- revision: 20260102000000\n-- revises: none\n");
    MigrateException failure = failureOf(() -> project.generate("More"));
    assertThat(failure.code()).isEqualTo(FailureCode.SEVERAL_HEADS);
    assertThat(failure.remedy()).contains("migrate:merge");
  }

  @Test
  @DisplayName("suggests a message from the changes when there is none")
  void suggestsMessage() {
    ModelProject project =
        ModelProject.empty(folder)
            .revision(
                1, "create table a (x int); create table c (x int);", "drop table a; drop table c;")
            .model(
                "create table a (x int, y int); create table b (id int primary key); comment on table b is 'B';");
    MigrateException failure = failureOf(() -> project.generate("", "none"));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
    assertThat(failure.remedy())
        .contains(
            "mvn migrate:generate -Dmigrate.message=\"Add b and a.y, drop c\" -Dmigrate.rename=none");
    assertThat(project.files().all()).hasSize(1);
    Asked asked = new Asked(List.of("Tidy up"));
    GenerateResult.Written written =
        (GenerateResult.Written) project.with(asked).generate("", "none");
    assertThat(asked.questions)
        .containsExactly("What does the revision do? (Add b and a.y, drop c)");
    assertThat(written.files().get(0).revision().message()).isEqualTo("Tidy up");
  }

  /** Somebody at a terminal with a list of answers. */
  private static final class Asked implements UserPrompt {
    private final List<String> questions = new ArrayList<>();
    private final List<String> answers;

    Asked(List<String> answers) {
      this.answers = new ArrayList<>(answers);
    }

    @Override
    public boolean possible() {
      return true;
    }

    @Override
    public Optional<String> answer(String question, String suggestion) {
      questions.add(question + " (" + suggestion + ")");
      return answers.isEmpty() ? Optional.empty() : Optional.of(answers.remove(0));
    }
  }

  private ModelProject renamed() {
    return ModelProject.empty(folder)
        .revision(
            1,
            "create type mood as enum ('good', 'bad'); create table assets (id int primary key, name text, mood mood);",
            "drop table assets; drop type mood;")
        .model(
            "create type mood as enum ('good', 'poor'); create table assets (id int primary key, title text, mood mood);");
  }

  @Test
  @DisplayName("never guesses a rename: it stops, and prints the flags that answer")
  void renameUndecided() {
    MigrateException failure = failureOf(() -> renamed().generate("Rename"));
    assertThat(failure.code()).isEqualTo(FailureCode.RENAME_UNDECIDED);
    assertThat(failure.problem())
        .contains("the column assets.name to assets.title")
        .contains("the value 'bad' of the enum mood to 'poor'");
    assertThat(failure.remedy())
        .contains(
            "  mvn migrate:generate -Dmigrate.message=\"Rename\""
                + " -Dmigrate.rename=assets.name:assets.title")
        .contains("-Dmigrate.rename=mood.bad:mood.poor")
        .contains("-Dmigrate.rename=none");
    MigrateException half =
        failureOf(() -> renamed().generate("Rename", "assets.name:assets.title"));
    assertThat(half.problem()).doesNotContain("assets.title");
    assertThat(half.remedy())
        .contains("-Dmigrate.rename=assets.name:assets.title,mood.bad:mood.poor");
  }

  @Test
  @DisplayName("renames what it is told was renamed, and back")
  void renames() {
    GenerateResult.Written written =
        (GenerateResult.Written)
            renamed().generate("Rename", "assets.name:title,public.mood.bad:public.mood.poor");
    RevisionFile file = written.files().get(0);
    assertThat(file.upgrade().text())
        .contains("RENAME COLUMN name TO title", "RENAME VALUE 'bad' TO 'poor'")
        .doesNotContain("DROP", "LOSES DATA");
    assertThat(file.downgradeScript().text())
        .contains("RENAME COLUMN title TO name", "RENAME VALUE 'poor' TO 'bad'");
  }

  @Test
  @DisplayName("asks at a terminal whether something was renamed")
  void asksForRenames() {
    Asked asked = new Asked(List.of("no", "y"));
    GenerateResult.Written written =
        (GenerateResult.Written) renamed().with(asked).generate("Rename");
    assertThat(asked.questions)
        .containsExactly(
            "Did you rename the value 'bad' of the enum mood to 'poor'? (no)",
            "Did you rename the column assets.name to assets.title? (no)");
    assertThat(written.files().get(0).upgrade().text())
        .contains("RENAME COLUMN name TO title")
        .doesNotContain("RENAME VALUE");
  }

  @Test
  @DisplayName("takes a terminal that was closed for no answer, and drops nothing")
  void takesAClosedTerminalForNoAnswer() {
    ModelProject project = renamed().with(new Asked(List.of("no")));
    MigrateException failure = failureOf(() -> project.generate("Rename"));
    assertThat(failure.code()).isEqualTo(FailureCode.RENAME_UNDECIDED);
    assertThat(project.files().all()).hasSize(1);
  }

  @Test
  @DisplayName("follows a renamed table into its columns")
  void renamesTableAndColumn() {
    ModelProject project =
        ModelProject.empty(folder)
            .revision(
                1,
                "create table things (id int primary key, name text, colour text);",
                "drop table things;")
            .model("create table assets (id int primary key, title text, colour text);");
    assertThat(failureOf(() -> project.generate("Rename")).problem())
        .contains("the table things to assets");
    GenerateResult.Written written =
        (GenerateResult.Written)
            project.generate("Rename", "things:assets,assets.name:assets.title");
    assertThat(written.files().get(0).upgrade().text())
        .contains("RENAME TO assets", "RENAME COLUMN name TO title")
        .doesNotContain("DROP");
    assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
  }

  @Test
  @DisplayName("refuses a rename that does not apply, and says which would")
  void wrongRename() {
    MigrateException failure =
        failureOf(() -> renamed().generate("Rename", "assets.nome:assets.title,none"));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
    assertThat(failure.problem()).contains("assets.nome:assets.title does not apply");
    assertThat(failure.remedy()).contains("-Dmigrate.rename=assets.name:assets.title");
  }

  @Test
  @DisplayName("writes nothing when the proof fails, and shows scripts and difference")
  void proofFails() {
    ModelProject project =
        ModelProject.assetTracker(folder)
            .edit(
                "create index assets_location_id_idx",
                "create index more on assets (name);\ncreate index assets_location_id_idx")
            .with((from, to, options) -> new Plan(List.of()));
    int before = project.files().all().size();
    MigrateException failure = failureOf(() -> project.generate("More"));
    assertThat(failure.code()).isEqualTo(FailureCode.PROOF_FAILED);
    assertThat(failure.problem()).contains("nothing was written", "+ index public.more");
    assertThat(project.files().all()).hasSize(before);
  }

  @Test
  @DisplayName("carries every name and text through: quotes, dots, emoji, keywords, dollars")
  void strangeNames() {
    ModelProject project =
        ModelProject.empty(folder)
            .model(
                """
                create schema "My Schema";
                create table "My Schema"."select" ("a.b" int primary key, "üñí 😀" text default 'it''s', "Order" int,
                  "%s" int, constraint "che""ck" check ("Order" > 0));
                comment on column "My Schema"."select"."üñí 😀" is 'It''s
                two lines; and $$ and ${x}';
                create function "do"(x int) returns text language plpgsql as $f$
                begin
                  return '$$ ${x} ;' || x; -- it's
                end $f$;
                """
                    .formatted("n".repeat(63)));
    GenerateResult.Written written =
        (GenerateResult.Written) project.generate("Strange \"names\" 😀");
    assertThat(written.verdict().proven()).isTrue();
    assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
  }

  @Test
  @DisplayName("compares privileges only when it is asked to")
  void privileges() {
    ModelProject project =
        ModelProject.empty(folder)
            .onOwnServers()
            .revision(1, "create table a (x int);", "drop table a;")
            .model("create table a (x int); grant select on a to reporting;");
    assertThat(project.generate("Grant")).isInstanceOf(GenerateResult.NoDifference.class);
    GenerateResult.Written written =
        (GenerateResult.Written)
            project.with(Scope.standard().withPrivileges(true)).generate("Grant");
    assertThat(written.files().get(0).upgrade().text())
        .contains("GRANT SELECT ON TABLE public.a TO reporting;");
  }

  @Test
  @DisplayName("stays within the schemas that it is given, and says what leads out of them")
  void schemas() {
    ModelProject project =
        ModelProject.empty(folder)
            .model(
                """
                create schema app; create schema other;
                create table other.t (id int primary key);
                create table app.a (id int references other.t);
                create view app.v as select * from other.t;
                """)
            .with(Scope.standard().withSchemas(List.of("other")));
    project.generate("Other");
    GenerateResult second =
        project.with(Scope.standard().withSchemas(List.of("app"))).generate("App");
    assertThat(second.warnings())
        .anySatisfy(line -> assertThat(line).contains("table app.a refers to table other.t"))
        .anySatisfy(line -> assertThat(line).contains("view app.v refers to table other.t"));
    assertThat(((GenerateResult.Written) second).files().get(0).upgrade().text())
        .contains("app.a", "app.v")
        .doesNotContain("CREATE TABLE other");
  }

  @Test
  @DisplayName("warns of what it does not cover, by name")
  void uncovered() {
    ModelProject project =
        ModelProject.empty(folder)
            .model(
                """
                create table a (x int primary key); create table b (x int references a);
                alter table b disable trigger all;
                """);
    assertThat(project.generate("Uncovered").warnings())
        .anySatisfy(line -> assertThat(line).contains("not covered").contains("internal trigger"));
  }

  @Test
  @DisplayName("writes scripts that the engine runs up, down and up again, commits in between")
  void runsUpAndDown() throws SQLException {
    ModelProject project =
        ModelProject.empty(folder)
            .revision(
                1,
                "create type mood as enum ('good', 'bad'); create table a (id int, m mood default 'bad');",
                "drop table a; drop type mood;")
            .model(
                "create type mood as enum ('good'); create table a (id int, m mood default 'good');");
    GenerateResult.Written written = (GenerateResult.Written) project.generate("Be good");
    ProofResult.Step step = written.verdict().steps().get(0);
    assertThat(step.down()).hasSizeGreaterThan(1);
    assertThat(written.files().get(0).downgradeScript().text()).contains("-- transaction: none");
    try (ScratchDatabase database = TestPostgres.database("updown")) {
      Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
      RevisionFiles files = project.files();
      try (LockedTarget locked =
          LockedTarget.open(target, "test", HistoryOptions.defaults(), Progress.SILENT)) {
        var graph = files.graph();
        locked.upgrade(files, graph.upgrade(locked.state(files).applied(), "head"));
        locked.downgrade(files, graph.downgrade(locked.state(files).applied(), "-1"));
        try (Connection connection = database.connect()) {
          assertThat(new Introspector(Scope.standard()).read(connection)).isEqualTo(step.before());
        }
        locked.upgrade(files, graph.upgrade(locked.state(files).applied(), "head"));
        try (Connection connection = database.connect()) {
          assertThat(new Introspector(Scope.standard()).read(connection)).isEqualTo(step.after());
        }
      }
    }
  }
}
