package dev.migrate.model;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A model")
class ModelIT {
  @TempDir private Path folder;
  private ScratchDatabase base;
  private ScratchWorkspace workspace;

  @BeforeEach
  void start() {
    base = TestPostgres.database("model_base");
    workspace = new ScratchWorkspace(TestPostgres.server(), base, false);
  }

  @AfterEach
  void end() {
    base.close();
  }

  private void write(String name, String sql) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, sql);
  }

  private Schema load(String model) {
    return new ModelLoader(workspace, Scope.standard().withOwners(true), Optional.empty())
        .load(Model.of(model, folder, name -> null));
  }

  private MigrateException failure(String sql) throws IOException {
    write("schema.sql", sql);
    MigrateException failure = failureOf(() -> load("schema.sql"));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_MODEL);
    return failure;
  }

  private static FactId table(String name) {
    return FactId.of(Kind.TABLE, "public", name);
  }

  @Test
  @DisplayName("may be one file, a folder in the order of names, or a list")
  void files() throws IOException {
    write("model/20_b.sql", "create table b (a int references a);");
    write("model/10_a.sql", "create table a (id int primary key);");
    write("model/notes.txt", "no SQL");
    write("views.sql", "create view v as select * from b;");
    assertThat(load("model").facts()).containsKeys(table("a"), table("b"));
    assertThat(load("model, views.sql").facts()).containsKey(FactId.of(Kind.VIEW, "public", "v"));
    assertThat(load("model/10_a.sql").facts()).doesNotContainKey(table("b"));
  }

  @Test
  @DisplayName("may be a database that somebody has shaped by hand")
  void database() throws Exception {
    try (ScratchDatabase shaped = TestPostgres.database("shaped")) {
      try (Connection connection = shaped.connect();
          java.sql.Statement statement = connection.createStatement()) {
        statement.execute("create table by_hand (id int)");
      }
      String url =
          "%s?user=%s&password=%s".formatted(shaped.jdbcUrl(), shaped.user(), shaped.password());
      assertThat(load(url).facts()).containsKey(table("by_hand"));
      assertThat(load(url.replace("jdbc:", "")).facts()).containsKey(table("by_hand"));
    }
    MigrateException failure = failureOf(() -> load("postgresql://nobody@127.0.0.1:1/nowhere"));
    assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
    assertThat(failureOf(() -> load("jdbc:mysql://host/db")).code())
        .isEqualTo(FailureCode.INVALID_PARAMETER);
  }

  @Test
  @DisplayName("that does not load says file, line and what PostgreSQL says")
  void doesNotLoad() throws IOException {
    write("model/a.sql", "create table a (id int primary key);");
    write(
        "model/b.sql",
        "-- a comment\n\n/* and another */\ncreate table b (\n  a int references c,\n  x text\n);\n");
    MigrateException failure = failureOf(() -> load("model"));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_MODEL);
    assertThat(failure.problem())
        .contains("model/b.sql, line 4: relation \"c\" does not exist (SQLSTATE 42P01)")
        .contains("Statement:", "create table b");
    MigrateException typo =
        failure("create table a (id int);\ncreate table b (\n  id int,\n  x txet\n);");
    assertThat(typo.problem()).contains("schema.sql, line 4: type \"txet\" does not exist");
    MigrateException hint = failure("create table a (id int);\nselect idd from a;");
    assertThat(hint.problem()).contains("Hint:");
  }

  @Test
  @DisplayName("holds no commands of psql; the message says what to do instead")
  void metaCommands() throws IOException {
    MigrateException include =
        failure("create table a (id int);\n\n-- more\n\\i other.sql\ncreate table b (id int);");
    assertThat(include.problem())
        .contains("schema.sql, line 4: \"\\i other.sql\" is a command of psql");
    assertThat(include.remedy()).contains("-Dmigrate.model=first.sql,second.sql");
    assertThat(failure("\\connect other\n").remedy()).contains("nothing but SQL");
    for (String command : List.of("\\connect other", "\\copy a from 'a.csv'")) {
      assertThat(failure("create table a (i int);\n" + command + "\ntable a;").problem())
          .endsWith("schema.sql, line 2: \"" + command + "\" is a command of psql and not SQL.");
    }
    assertThat(failure("select 'create table a (i int)' \\gexec\nselect 1;").remedy())
        .startsWith("What begins with a backslash is a command of psql");
    MigrateException dump = failure("-- a dump\n\n\\restrict Key1\n\nSET lock_timeout = 0;");
    assertThat(dump.problem())
        .contains("schema.sql, line 3: \"\\restrict Key1\" is a command of psql and not SQL.");
    assertThat(dump.remedy()).contains("pg_dump", "a model holds nothing but SQL");
  }

  @Test
  @DisplayName("with a link that leads nowhere, or round in a circle, is refused with the link")
  void links() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.writeString(models.resolve("a.sql"), "create table a (id int);");
    Files.createSymbolicLink(models.resolve("b.sql"), Path.of("c.sql"));
    Files.createSymbolicLink(models.resolve("c.sql"), Path.of("b.sql"));
    MigrateException circle = failureOf(() -> Model.of("models", folder, name -> null));
    assertThat(circle.code()).isEqualTo(FailureCode.FILE_ACCESS);
    assertThat(circle.problem())
        .matches(
            "models/[bc]\\.sql, which is part of the model, is a link that leads back to itself: .*")
        .contains("b.sql → ", "c.sql");
    Files.delete(models.resolve("c.sql"));
    assertThat(failureOf(() -> Model.of("models", folder, name -> null)).problem())
        .matches("models/b\\.sql, .* is a link to .*c\\.sql, which does not exist\\.");
    Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
    assertThat(failureOf(() -> Model.of("self", folder, name -> null)).problem())
        .contains("self, which is part of the model, is a link that leads back to itself");
  }

  @Test
  @DisplayName("may hold COPY, dollar quotes and ${…}")
  void syntax() throws IOException {
    write(
        "schema.sql",
        """
        create table kinds (id int, name text);
        COPY kinds (id, name) FROM stdin;
        1\tone; two
        2\t${x}
        \\.
        do $do$ begin perform 1; execute 'create table made (id int)'; end $do$;
        """);
    assertThat(load("schema.sql").facts()).containsKeys(table("kinds"), table("made"));
  }

  @Test
  @DisplayName("that needs an extension that scratch does not have says which, and what to do")
  void extension() throws IOException {
    MigrateException failure = failure("create extension no_such_thing;");
    assertThat(failure.problem()).contains("schema.sql, line 1", "no_such_thing");
    assertThat(failure.remedy()).contains("the extension no_such_thing", "-Dmigrate.scratchUrl=");
  }

  @Test
  @DisplayName("may mention and create roles that the embedded scratch does not have")
  void roles() throws IOException {
    write(
        "schema.sql",
        """
        create role model_creates;
        create table a (id int);
        alter table a owner to "Model Mentions";
        grant select on a to model_creates;
        """);
    Schema first = load("schema.sql");
    assertThat(first).isEqualTo(load("schema.sql"));
    assertThat(first.find(FactId.about(Kind.OWNER, table("a"))).orElseThrow().text(Attribute.ROLE))
        .isEqualTo("Model Mentions");
  }

  @Test
  @DisplayName("must not leave a transaction open")
  void openTransaction() throws IOException {
    assertThat(failure("begin;\ncreate table a (id int);").problem())
        .contains("schema.sql begins a transaction");
    write("schema.sql", "begin;\ncreate table a (id int);\ncommit;");
    assertThat(load("schema.sql").facts()).containsKey(table("a"));
  }

  @Test
  @DisplayName("that is not there, not UTF-8 or not closed is said to be so")
  void unreadable() throws IOException {
    assertThat(failureOf(() -> load("missing.sql")).problem())
        .isEqualTo("The model missing.sql does not exist.");
    Files.createDirectories(folder.resolve("nothing"));
    assertThat(failureOf(() -> load("nothing")).problem()).contains("holds no .sql file");
    assertThat(failureOf(() -> load(" , ")).code()).isEqualTo(FailureCode.INVALID_MODEL);
    Files.write(folder.resolve("latin.sql"), "-- Gerät".getBytes(StandardCharsets.ISO_8859_1));
    MigrateException latin = failureOf(() -> load("latin.sql"));
    assertThat(latin.code()).isEqualTo(FailureCode.INVALID_MODEL);
    assertThat(latin.problem()).contains("latin.sql is not UTF-8", "line 1");
    assertThat(failure("create table a (x text default 'open);").code())
        .isEqualTo(FailureCode.INVALID_MODEL);
  }
}
