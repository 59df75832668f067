package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.model.SchemaSources;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.schema.Schema;
import dev.migrate.script.RevisionFile;
import dev.migrate.testing.Deployed;
import dev.migrate.testing.Thorough;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What repeatable migrations make")
class RepeatablesIT {
  private static final String TABLE = "create table item (id int primary key, price int not null);";

  @TempDir private Path folder;
  private ModelProject project;

  @BeforeEach
  void start() {
    project = ModelProject.at(folder).revision(1, TABLE, "drop table item;");
  }

  private Path repeatable(String name, String sql) {
    return project.file("src/main/resources/db/migration/R__" + name + ".sql", sql);
  }

  private static String cheap(int below) {
    return "create view cheap as select id, price from item where price < %d;".formatted(below);
  }

  private RevisionFile generated(String message) {
    return ((GenerateResult.Written) project.generate(message)).files().get(0);
  }

  private void assertInStep(Deployed... databases) {
    assertThat(project.generate("x")).isInstanceOf(GenerateResult.NoDifference.class);
    Schema first = databases[0].schema();
    for (Deployed one : databases) {
      assertThat(one.schema()).isEqualTo(first);
      one.state().require().atHead();
      one.flyway().validate();
      assertThat(one.flyway().migrate().migrationsExecuted).isZero();
    }
  }

  @Test
  @DisplayName(
      "changes in their file: old and new databases end equal, and the downgrade brings back what was there")
  void viewOfRepeatable() {
    Path file =
        repeatable(
            "cheap",
            "-- What is cheap, for the shop window.\n"
                + "create or replace view cheap as\n  select id, price from item where price < 10;\n"
                + "-- The end.\n");
    try (Deployed old = Deployed.of(project);
        Deployed fresh = Deployed.of(project)) {
      assertThat(old.flyway().migrate().migrationsExecuted).isEqualTo(2);
      project.model(TABLE + cheap(10));
      assertInStep(old);

      project.model(TABLE + cheap(20));
      RevisionFile revision = generated("Cheaper");
      assertThat(ModelProject.read(file))
          .startsWith(
              "-- What is cheap, for the shop window.\ncreate or replace view "
                  .replace("create or replace view", "CREATE OR REPLACE VIEW"))
          .contains("< 20")
          .doesNotContain("10")
          .endsWith(";\n-- The end.\n");
      assertThat(revision.repeatables()).containsExactly("R__cheap.sql");
      assertThat(ModelProject.read(revision.upgrade().path()))
          .contains("-- repeatables: R__cheap.sql")
          .doesNotContain("VIEW");
      assertThat(ModelProject.read(revision.downgradeScript().path())).contains("< 10");

      assertThat(failureOf(() -> old.state().require().atHead()).code())
          .isEqualTo(FailureCode.PENDING);
      assertThat(old.upgrade().repeatables()).isEqualTo(1);
      fresh.upgrade();
      assertThat(old.query("select pg_get_viewdef('cheap')")).contains("20");
      assertInStep(old, fresh);

      old.downgrade("-1");
      assertThat(old.query("select pg_get_viewdef('cheap')")).contains("10");
      assertThat(failureOf(() -> old.state().require().atHead()).problem()).contains("Cheaper");
      assertThat(old.flyway().migrate().migrationsExecuted).isEqualTo(2);
      assertInStep(old, fresh);
      old.downgrade("-1");
      assertThat(old.upgrade().repeatables()).isEqualTo(1);
      assertInStep(old, fresh);
    }
  }

  @Test
  @DisplayName(
      "changes together with the tables below, also where PostgreSQL replaces nothing in its place")
  void columnsBelow() {
    repeatable("cheap", "create or replace view cheap as select id, price from item;");
    try (Deployed old = Deployed.of(project);
        Deployed fresh = Deployed.of(project)) {
      old.flyway().migrate();
      old.execute("insert into item values (1, 5)");
      project.model(
          "create table item (id int primary key, price numeric(10,2) not null);"
              + "create view cheap as select price from item;");
      generated("Cents");
      old.upgrade();
      fresh.flyway().migrate();
      assertInStep(old, fresh);
      old.downgrade("-1");
      assertThat(old.query("select string_agg(id || ':' || price, ',') from cheap"))
          .isEqualTo("1:5");
      old.upgrade();
      assertInStep(old, fresh);
    }
  }

  @Test
  @Thorough
  @DisplayName("comes back, although it stays as it is, where a table below it changes")
  void tableBelowAlone() {
    Path file = repeatable("cheap", "create or replace view cheap as select id, price from item;");
    try (Deployed old = Deployed.of(project);
        Deployed fresh = Deployed.of(project)) {
      old.flyway().migrate();
      project.model(
          "create table item (id int primary key, price bigint not null);"
              + "create view cheap as select id, price from item;");
      generated("Dearer");
      assertThat(ModelProject.read(file)).contains("-- It runs again after \"Dearer\".");
      old.upgrade();
      fresh.flyway().migrate();
      assertInStep(old, fresh);
      old.downgrade("-1");
      old.flyway().migrate();
      assertInStep(old, fresh);
    }
  }

  @Test
  @Thorough
  @DisplayName("may build on one another, in the order of their descriptions")
  void twoInOrder() {
    repeatable(
        "1_tax",
        "create or replace function tax(p int) returns int language sql immutable as $$ select p * 2 $$;");
    repeatable("2_taxed", "create or replace view taxed as select id, tax(price) as t from item;");
    String model =
        TABLE
            + "create function tax(p int) returns int language sql immutable as $$ select p * %d $$;"
            + "create view taxed as select id, tax(price)%s as t from item;";
    try (Deployed old = Deployed.of(project);
        Deployed fresh = Deployed.of(project)) {
      old.flyway().migrate();
      project.model(model.formatted(2, ""));
      assertInStep(old);
      project.model(model.formatted(3, " + 1"));
      assertThat(generated("Tax").repeatables()).containsExactly("R__1_tax.sql", "R__2_taxed.sql");
      old.upgrade();
      fresh.flyway().migrate();
      assertInStep(old, fresh);
      assertThat(old.query("select tax(1)")).isEqualTo("3");
      old.downgrade("-1");
      assertThat(old.query("select tax(1)")).isEqualTo("2");
    }
  }

  @Test
  @DisplayName("cannot be what a revision needs: that is said, and nothing is written")
  void revisionOnFunction() {
    String function =
        "create or replace function zero() returns int language sql immutable as $$ select 0 $$;";
    Path file = repeatable("zero", function);
    project.model(
        "create table item (id int primary key, price int not null default zero());"
            .replace("create table", function + "create table"));
    MigrateException stopped = failureOf(() -> project.generate("Default"));
    assertThat(stopped.code()).isEqualTo(FailureCode.REPEATABLE_OWNED);
    assertThat(stopped.problem())
        .contains(
            "default of column public.item.price", "function public.zero()", "Nothing was written");
    assertThat(project.files().all()).hasSize(1);
    assertThat(ModelProject.read(file)).isEqualTo(function);
  }

  @Test
  @Thorough
  @DisplayName("goes from their file only when somebody says so")
  void removed() {
    Path file = repeatable("cheap", "create or replace view cheap as select id from item;\n");
    try (Deployed old = Deployed.of(project);
        Deployed fresh = Deployed.of(project)) {
      old.flyway().migrate();
      project.model(TABLE);
      MigrateException asked = failureOf(() -> project.generate("Gone"));
      assertThat(asked.code()).isEqualTo(FailureCode.DROP_UNDECIDED);
      assertThat(asked.remedy()).contains("-Dmigrate.drop=cheap");
      project.drop("cheap");
      assertThat(ModelProject.read(file)).doesNotContain("view");
      old.upgrade();
      fresh.flyway().migrate();
      assertInStep(old, fresh);
      old.downgrade("-1");
      assertThat(old.query("select count(*) from cheap")).isEqualTo("0");
      old.upgrade();
      assertInStep(old, fresh);
    }
  }

  @Test
  @Thorough
  @DisplayName("goes from old databases, too, where it is a procedure")
  void removedProcedure() {
    Path file =
        repeatable(
            "tidy", "create or replace procedure tidy() language sql as $$ delete from item $$;\n");
    try (Deployed old = Deployed.of(project);
        Deployed fresh = Deployed.of(project)) {
      old.flyway().migrate();
      project.model(TABLE);
      project.drop("all");
      assertThat(ModelProject.read(file)).doesNotContain("procedure");
      old.upgrade();
      fresh.flyway().migrate();
      assertInStep(old, fresh);
      old.downgrade("-1");
      assertThat(old.query("select count(*) from pg_proc where proname = 'tidy'")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("keeps its rows: a table of theirs is not changed by writing their file anew")
  void tableOfRepeatable() {
    String sql =
        "create table if not exists kind (id int primary key);\n"
            + "insert into kind values (1) on conflict do nothing;\n";
    Path file = repeatable("kinds", sql);
    project.model(TABLE + "create table kind (id int primary key, word text);");
    MigrateException stopped = failureOf(() -> project.generate("Words"));
    assertThat(stopped.code()).isEqualTo(FailureCode.REPEATABLE_OWNED);
    assertThat(stopped.problem())
        .contains("column public.kind.word", "table public.kind", "Nothing was written");
    assertThat(ModelProject.read(file)).isEqualTo(sql);
    project.model(
        TABLE.replace("not null", "not null, word text")
            + "create table kind (id int primary key);");
    assertThat(project.generate("Beside")).isInstanceOf(GenerateResult.Written.class);
  }

  @Test
  @Thorough
  @DisplayName("is said to be beyond reach where their file has placeholders in the statement")
  void placeholders() {
    repeatable(
        "cheap",
        "create or replace view cheap as select id, '${flyway:database}'::text as d from item;");
    project.model(TABLE + "create view cheap as select id + 1 as id, 'x'::text as d from item;");
    MigrateException stopped =
        failureOf(
            () ->
                new Generate(
                        new ReplaySettings(
                            project.scratchSource(),
                            project.files(),
                            HistoryOptions.defaults().withPlaceholders(Map.of("a", "b")),
                            Scope.standard(),
                            project.progress()),
                        UserPrompt.NOBODY)
                    .run(Model.of(project.model().toString(), folder, name -> null), "x", ""));
    assertThat(stopped.code()).isEqualTo(FailureCode.REPEATABLE_OWNED);
    assertThat(stopped.problem()).contains("R__cheap.sql has placeholders in it");
  }

  @Test
  @DisplayName("follows the hand that edits their file, and is no drift before")
  void editedByHand() throws Exception {
    Path file =
        repeatable(
            "cheap",
            "create or replace view cheap as select id, price from item where price < 10;");
    project.model(TABLE + cheap(10));
    try (Deployed old = Deployed.of(project)) {
      old.upgrade();
      assertThat(differences(old)).isEmpty();
      project.revision(2, "create table other (id int);", "drop table other;");
      assertThat(differences(old)).isEmpty();
      Files.writeString(file, ModelProject.read(file).replace("10", "30"));
      assertThat(failureOf(() -> old.state().require().atHead()).code())
          .isEqualTo(FailureCode.PENDING);
      assertThat(schemaSources(old).outOfScope()).isEmpty();
      SchemaSources schemaSources = schemaSources(old);
      schemaSources.schema("current");
      assertThat(schemaSources.outOfScope())
          .singleElement()
          .asString()
          .contains("R__cheap.sql has changed");
      assertThat(old.upgrade().repeatables()).isEqualTo(1);
      assertThat(differences(old)).isEmpty();
    }
  }

  private SchemaSources schemaSources(Deployed database) {
    return new SchemaSources(
        new ReplaySettings(
            project.scratchSource(),
            project.files(),
            HistoryOptions.defaults(),
            Scope.standard(),
            project.progress()),
        () -> Model.of(project.model().toString(), folder, name -> null),
        database::target,
        name -> null);
  }

  private List<String> differences(Deployed database) {
    SchemaSources schemaSources = schemaSources(database);
    return SchemaComparison.of(schemaSources.schema("current"), schemaSources.schema("target"), "")
        .diff()
        .changes()
        .stream()
        .map(change -> change.id().toString())
        .toList();
  }
}
