package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.ProjectTree;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.model.SchemaSources;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.revision.Revision;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A grown database")
class ModelFromDatabaseIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private Target target;

  @BeforeEach
  void start() {
    database = TestPostgres.database("grown");
    target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  @AfterEach
  void end() {
    database.close();
  }

  private void grow(String sql) throws SQLException {
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Schema schema() throws SQLException {
    try (Connection connection = database.connect()) {
      return new Introspector(Scope.standard()).read(connection);
    }
  }

  private ModelFromDatabase adoption(ModelProject project) {
    return new ModelFromDatabase(
        project.scratchSource(), HistoryOptions.defaults(), Scope.standard());
  }

  private static final String ASSETS =
      ModelProject.read(
          Path.of(
              "../asset-archetype/src/main/resources/archetype-resources/src/main/database/schema.sql"));

  @Test
  @DisplayName("becomes a model, a first revision, and a history that stands at it")
  void adopted() throws SQLException {
    grow(ASSETS);
    grow("insert into people (full_name, email) values ('Ada', 'ada@example.org')");
    Schema before = schema();
    ModelProject project = ModelProject.at(folder);
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isTrue();

    ModelFromDatabase.Adopted adopted =
        adoption(project).run(target, project.files(), project.model());

    assertThat(adopted.model()).hasContent(ModelProject.read(project.model()));
    assertThat(ModelProject.read(project.model()))
        .startsWith("-- The schema of the database " + database.name())
        .contains("-- assets\n\nCREATE TABLE public.assets (");
    assertThat(schema()).isEqualTo(before);
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isFalse();
    try (Connection connection = database.connect()) {
      HistoryTable table =
          HistoryTable.locate(connection, Optional.empty(), HistoryTable.DEFAULT_NAME);
      TargetState state = TargetState.of(project.files(), HistoryReader.read(connection, table));
      assertThat(state.current()).extracting(Revision::id).containsExactly(adopted.revision().id());
    }
    assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
    assertThat(schemaSources(project).schema("model")).isEqualTo(before);
    assertThat(schemaSources(project).schema("current")).isEqualTo(before);
    assertThat(adopted.revision().downgradeScript().text()).contains("DROP TABLE public.assets;");
  }

  private SchemaSources schemaSources(ModelProject project) {
    return new SchemaSources(
        new ReplaySettings(
            project.scratchSource(),
            project.files(),
            HistoryOptions.defaults(),
            Scope.standard(),
            project.progress()),
        () -> Model.of(project.model().toString(), folder, name -> null),
        () -> target,
        name -> null);
  }

  @Test
  @DisplayName("overwrites neither a model nor revisions")
  void overwritesNothing() throws SQLException {
    grow("create table a (id int)");
    ModelProject model = ModelProject.empty(folder).model("create table mine (id int);");
    MigrateException failure =
        failureOf(() -> adoption(model).run(target, model.files(), model.model()));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
    assertThat(failure.problem()).contains("schema.sql is not empty");
    assertThat(ModelProject.read(model.model())).isEqualTo("create table mine (id int);");
    ModelProject comments = model.model("-- nothing but a comment\n");
    comments.revision(1, "create table a (id int);", "drop table a;");
    assertThat(
            failureOf(() -> adoption(comments).run(target, comments.files(), comments.model()))
                .problem())
        .contains("has revisions already", "V1__step_1.sql");
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isTrue();
  }

  @Test
  @DisplayName("records what an earlier run had written and not recorded, unless it has changed")
  void recorded() throws SQLException {
    grow("create table asset (id bigint primary key)");
    ModelProject project = ModelProject.at(folder);
    adoption(project).run(target, project.files(), project.model());
    Map<String, String> written = ProjectTree.of(folder.resolve("src"));
    grow("drop table flyway_schema_history");
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isTrue();
    adoption(project).run(target, project.files(), project.model());
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isFalse();
    assertThat(ProjectTree.of(folder.resolve("src"))).isEqualTo(written);

    grow("drop table flyway_schema_history; alter table asset add late int");
    MigrateException refused =
        failureOf(() -> adoption(project).run(target, project.files(), project.model()));
    assertThat(refused.code()).isEqualTo(FailureCode.PROOF_FAILED);
    assertThat(refused.problem()).contains("the target has changed since");
    assertThat(ProjectTree.of(folder.resolve("src"))).isEqualTo(written);
  }

  @Test
  @DisplayName("is none when there is nothing in it that users made")
  void empty() throws SQLException {
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isFalse();
    grow("create extension pg_trgm");
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isFalse();
    grow("create type mood as enum ('good')");
    assertThat(ModelFromDatabase.hasGrown(target, HistoryOptions.defaults())).isTrue();
  }

  @Test
  @DisplayName("is compared with model, head and current, and drift is seen")
  void compared() throws SQLException {
    ModelProject project =
        ModelProject.empty(folder)
            .revision(1, "create table a (id int primary key, name text);", "drop table a;")
            .model("create table a (id int primary key, name varchar(40) not null, place int);");
    grow("create table a (id int primary key, name text); create index drifted on a (name)");
    SchemaSources schemaSources = schemaSources(project);
    SchemaComparison wanted =
        SchemaComparison.of(schemaSources.schema("head"), schemaSources.schema("model"), "");
    List<String> tree =
        new dev.migrate.report.DiffText(
                wanted.from(),
                wanted.to(),
                wanted.diff(),
                wanted.plan(),
                dev.migrate.report.TerminalStyle.PLAIN)
            .tree();
    assertThat(tree)
        .containsSubsequence(
            "~ table public.a",
            "  ~ column public.a.name",
            "      not null: (none) → true",
            "      type: text → character varying(40)",
            "  + column public.a.place  (type: integer)")
        .anySatisfy(line -> assertThat(line).startsWith("! fails if this finds rows: SELECT"));
    assertThat(
            SchemaComparison.of(schemaSources.schema("current"), schemaSources.schema("target"), "")
                .diff()
                .changes())
        .hasSizeGreaterThan(1);
    SchemaComparison drift =
        SchemaComparison.of(schemaSources.schema("head"), schemaSources.schema("target"), "");
    assertThat(drift.diff().changes()).hasSize(1);
    assertThat(drift.plan().sql()).isEqualTo("CREATE INDEX drifted ON public.a (name);");
    assertThat(failureOf(() -> schemaSources.schema("haed")).code())
        .isEqualTo(FailureCode.INVALID_PARAMETER);
    String url =
        "%s?user=%s&password=%s"
            .formatted(database.jdbcUrl(), database.user(), database.password());
    assertThat(schemaSources.schema(url)).isEqualTo(schemaSources.schema("target"));
  }
}
