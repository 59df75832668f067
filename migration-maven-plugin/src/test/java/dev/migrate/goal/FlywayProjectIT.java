package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.testing.TestPostgres;
import dev.migrate.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("mvn migrate:init in a project that Flyway has served")
class FlywayProjectIT {
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <build>
          <plugins>
            <plugin>
              <groupId>dev.migrate</groupId>
              <artifactId>migration-maven-plugin</artifactId>
            </plugin>
          </plugins>
        </build>
      </project>
      """;

  @TempDir private Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String name) throws IOException {
    return Files.readString(root.resolve(name));
  }

  private static Map<String, String> on(ScratchDatabase target) {
    ServerAddress scratch = TestPostgres.server().address();
    Map<String, String> always = new HashMap<>();
    always.put("url", target == null ? "embedded" : target.jdbcUrl());
    if (target != null) {
      always.put("user", target.user());
      always.put("password", target.password());
      always.put("backup", "never");
    }
    always.put("scratchUrl", scratch.jdbcUrl("postgres"));
    always.put("scratchUser", scratch.user());
    always.put("scratchPassword", scratch.password());
    return always;
  }

  private Goals goals(ScratchDatabase target, String... more) {
    Map<String, String> always = on(target);
    for (String one : more) {
      always.put(one.split("=", 2)[0], one.split("=", 2)[1]);
    }
    return new Goals(root, always);
  }

  /** Flyway as the project configures it, without this plugin. */
  private FluentConfiguration stock(ScratchDatabase target) {
    return Flyway.configure(FlywayProjectIT.class.getClassLoader())
        .dataSource(target.jdbcUrl(), target.user(), target.password())
        .sqlMigrationPrefix("")
        .sqlMigrationSeparator("-")
        .table("changes")
        .schemas("app", "audit")
        .placeholderPrefix("#[")
        .placeholderSuffix("]")
        .placeholders(Map.of("limit", "10"))
        .locations("filesystem:" + root.resolve("sql"), "filesystem:" + root.resolve("more"));
  }

  private void odd() throws IOException {
    file("pom.xml", POM);
    file(
        "flyway.conf",
        """
        flyway.locations=filesystem:sql,filesystem:more
        flyway.sqlMigrationPrefix=
        flyway.sqlMigrationSeparator=-
        flyway.table=changes
        flyway.schemas=app,audit
        flyway.placeholderPrefix=#[
        flyway.placeholderSuffix=]
        flyway.placeholders.limit=10
        flyway.callbacks=com.acme.Hook
        """);
    file(
        "sql/001-people.sql",
        "create table people (id int check (id < #[limit]), t text default '${x}');");
    file("more/002-log.sql", "create table audit.log (id int);");
    file("sql/notes.sql", "not sql");
    file("sql/002.1-more.sql", "alter table people add n text not null;");
  }

  @Test
  @DisplayName("takes its settings over, and stock Flyway goes on agreeing about the same database")
  void settings() throws Exception {
    odd();
    try (ScratchDatabase target = TestPostgres.database("odd")) {
      stock(target).load().migrate();
      List<String> said = goals(target).run("init");
      assertThat(said)
          .anyMatch(line -> line.contains("Found: 3 revisions") && line.contains("1 SQL file of"))
          .anyMatch(line -> line.contains("from flyway.conf") && line.contains("table=changes"))
          .anyMatch(line -> line.contains("app.changes") && line.contains("has 3 of the revisions"))
          .anyMatch(line -> line.contains("Not taken") && line.contains("com.acme.Hook"));
      assertThat(said.size()).isLessThan(20);
      assertThat(read("pom.xml"))
          .contains("<directory>sql,more</directory>", "<historySchema>app</historySchema>")
          .contains("<historyTable>changes</historyTable>", "<sqlMigrationPrefix/>")
          .contains("<schemas>audit</schemas>", "<limit>10</limit>", "<released>002.1</released>");
      assertThat(read("src/main/database/schema.sql"))
          .contains("CREATE TABLE app.people", "< 10", "'${x}'", "CREATE TABLE audit.log")
          .doesNotContain("people_n_not_null");

      Goals configured =
          goals(
              target,
              "directory=sql,more",
              "historySchema=app",
              "historyTable=changes",
              "flyway.sqlMigrationPrefix=",
              "flyway.sqlMigrationSeparator=-",
              "flyway.placeholderPrefix=#[",
              "flyway.schemas=audit");
      assertThat(configured.run("check")).isNotNull();
      file("sql/003-cities.sql", "create table cities (id int);");
      configured.run("upgrade");
      stock(target).load().validate();
      assertThat(stock(target).load().migrate().migrationsExecuted).isZero();
      assertThat(exists(target, "app.cities")).isTrue();
    }
  }

  private static boolean exists(ScratchDatabase target, String table) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select to_regclass('" + table + "') is not null")) {
      result.next();
      return result.getBoolean(1);
    }
  }

  private void refused(Goals goals, String goal, String... words) throws IOException {
    String pom = read("pom.xml");
    assertThatThrownBy(() -> goals.run(goal)).as(goal).hasMessageContainingAll(words);
    assertThat(read("pom.xml")).isEqualTo(pom);
    assertThat(root.resolve("src/main/database")).doesNotExist();
  }

  @Test
  @DisplayName("names scripts of other names, in every goal that reads the folder")
  void otherNames() throws Exception {
    file("pom.xml", POM);
    for (int i = 1; i < 4; i++) {
      file("src/main/resources/db/migration/00" + i + "_a.sql", "create table a" + i + " (x int);");
    }
    for (String goal : List.of("init", "heads", "lint", "generate")) {
      refused(
          goals(null),
          goal,
          "3 SQL files lie in",
          "001_a.sql",
          "-Dflyway.sqlMigrationPrefix=",
          "-Dflyway.sqlMigrationSeparator=_");
    }
    assertThatThrownBy(() -> goals(null).run("verify skipChecks=replay,reversible,data"))
        .hasMessageContaining("VERIFY_FAILED");
    Goals said = goals(null, "flyway.sqlMigrationPrefix=", "flyway.sqlMigrationSeparator=_");
    assertThat(said.run("init")).anyMatch(line -> line.contains("Found: 3 revisions"));
  }

  @Thorough
  @Test
  @DisplayName("asks what to do with a history whose files are nowhere, and each answer works")
  void noFiles() throws Exception {
    file("pom.xml", POM);
    file("elsewhere/V1__a.sql", "create table a (x int);");
    try (ScratchDatabase target = TestPostgres.database("lost")) {
      Flyway.configure(FlywayProjectIT.class.getClassLoader())
          .dataSource(target.jdbcUrl(), target.user(), target.password())
          .locations("filesystem:" + root.resolve("elsewhere"))
          .load()
          .migrate();
      refused(
          goals(target),
          "init",
          "public.flyway_schema_history (1 row)",
          "migrate:stamp",
          "directory");
      goals(target, "to=base", "purge=true").run("stamp");
      assertThat(goals(target).run("init"))
          .anyMatch(line -> line.contains("The model was written from the target"));
    }
  }

  @Thorough
  @Test
  @DisplayName("asks which of two histories is meant, and says when it is another one")
  void severalHistories() throws Exception {
    file("pom.xml", POM);
    file("src/main/resources/db/migration/V1__a.sql", "create table a (x int);");
    try (ScratchDatabase target = TestPostgres.database("two")) {
      for (String table : List.of("schema_version", "other")) {
        Flyway.configure(FlywayProjectIT.class.getClassLoader())
            .dataSource(target.jdbcUrl(), target.user(), target.password())
            .locations("filesystem:" + root.resolve("src/main/resources/db/migration"))
            .table(table)
            .baselineOnMigrate(true)
            .load()
            .migrate();
        refused(goals(target), "init", "public.schema_version", "-Dmigrate.historyTable=");
      }
      List<String> said = goals(target, "historyTable=schema_version").run("init");
      assertThat(said)
          .anyMatch(line -> line.contains("has 1 of the revisions"))
          .anyMatch(line -> line.contains("Not taken") && line.contains("public.other"));
    }
  }

  @Test
  @DisplayName("refuses what contradicts or cannot be had, and writes nothing")
  void badInput() throws Exception {
    file("pom.xml", POM);
    file("src/main/resources/db/migration/V1__a.sql", "create table a (x int);");
    file("src/main/resources/application.properties", "spring.flyway.table=b\n");
    file("flyway.conf", "flyway.table=a\n");
    refused(goals(null), "init", "flyway.conf says table=a", "application.properties says table=b");
    file("flyway.conf", "flyway.sqlMigrationPrefix=R\n");
    refused(goals(null), "init", "repeatableSqlMigrationPrefix and sqlMigrationPrefix are both");
    file("flyway.conf", "flyway.locations=classpath:com/acme/shared\n");
    refused(goals(null), "init", "class path of a dependency");
    Files.delete(root.resolve("flyway.conf"));
    file("flyway.toml", "[flyway]\ntable = 'x'\n");
    refused(goals(null), "init", "flyway.toml", "-Dflyway.table=");
  }

  @Test
  @DisplayName("takes over pairs of another tool, proves what undoes, and lists what does not")
  void otherTool() throws Exception {
    file("pom.xml", POM);
    file("db/migrations/000001_a.up.sql", "BEGIN;\ncreate table a (x int);\nCOMMIT;\n");
    file("db/migrations/000001_a.down.sql", "drop table a;");
    file("db/migrations/000002_b.up.sql", "alter table a add y int;");
    file("db/migrations/000002_b.down.sql", "select 1;");
    file("db/migrations/000003_c.up.sql", "create index concurrently i on a (x);");
    List<String> said = goals(null, "from=db/migrations").run("init");
    assertThat(said)
        .anyMatch(line -> line.contains("golang-migrate") && line.contains("3 migrations, 2 of"))
        .anyMatch(
            line -> line.contains("1 downgrade does not undo its upgrade, and is to be mended"))
        .anyMatch(line -> line.contains("Without a downgrade: 000003"));
    assertThat(read("src/main/database/schema.sql")).contains("CREATE INDEX i", "y integer");
    assertThat(read("pom.xml")).contains("<released>000003</released>");
    assertThat(read("src/main/resources/db/undo/U000001__a.sql")).isEqualTo("drop table a;\n");
    refused(goals(null, "from=db/migrations"), "has revisions already");

    file("other/1_a.up.sql", "create tabel a;");
    Path model = root.resolve("other-model.sql");
    assertThatThrownBy(
            () ->
                goals(null, "from=other", "directory=new/up", "undoDirectory=new/down")
                    .run("init model=" + model))
        .hasMessageContainingAll("nothing was written", "tabel");
    assertThat(root.resolve("new")).doesNotExist();
    assertThat(model).doesNotExist();
  }

  private void refused(Goals goals, String words) throws IOException {
    String pom = read("pom.xml");
    assertThatThrownBy(() -> goals.run("init")).hasMessageContaining(words);
    assertThat(read("pom.xml")).isEqualTo(pom);
  }

  @Test
  @DisplayName("draws a line, below which lint and verify count and fail nothing")
  void line() throws Exception {
    String folder = "src/main/resources/db/migration/";
    file(folder + "V1__a.sql", "create table a (x int primary key, t text);");
    file(folder + "V2__b.sql", "alter table a add n text not null;");
    file("src/main/resources/db/undo/U2__b.sql", "select 1;");
    for (int i = 3; i < 8; i++) {
      file(folder + "V" + i + "__c.sql", "alter table a add c" + i + " int;");
    }
    Goals open = goals(null, "skipChecks=model,commute");
    assertThatThrownBy(() -> open.run("verify")).hasMessageContaining("reversible");
    Goals line = goals(null, "skipChecks=model,commute", "released=7");
    List<String> said = line.run("verify");
    assertThat(said)
        .anyMatch(one -> one.contains("1 revision up, down, up, and 6 without a downgrade"))
        .filteredOn(one -> one.contains("Released up to 7, so counted and not failed: 1 finding"))
        .hasSize(2);
    assertThat(line.run("lint"))
        .anyMatch(one -> one.contains("7 revisions are released already, so counted"))
        .noneMatch(one -> one.contains("V2__b.sql"));
    file(folder + "V8__d.sql", "alter table a add z text not null;");
    assertThatThrownBy(() -> line.run("verify")).hasMessageContaining("data");
    List<String> all = goals(null, "lintFail=never").run("lint");
    assertThat(all).filteredOn(one -> one.contains("missing-lock-timeout (")).hasSize(1);
    assertThat(all).anyMatch(one -> one.contains("and the same"));
    assertThatThrownBy(() -> goals(null, "released=nowhere").run("lint"))
        .hasMessageContaining("Which revisions are released with \"nowhere\"");
  }
}
