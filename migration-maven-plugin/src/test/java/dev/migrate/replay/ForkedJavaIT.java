package dev.migrate.replay;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.Generate;
import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.ModelProject;
import dev.migrate.generate.UserPrompt;
import dev.migrate.history.ForkedJava;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.model.ModelFromRevisions;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFiles;
import dev.migrate.testing.Deployed;
import dev.migrate.testing.Thorough;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A project whose Java migrations are compiled")
class ForkedJavaIT {
  private static final String MODEL =
      "create table a (x int primary key, y text);create view v as select y from a;";

  private static final String ADDS_Y =
      """
      public void migrate(Context context) throws Exception {
        try (var statement = context.getConnection().createStatement()) {
          statement.execute("alter table a add y text");
        }
      }
      """;

  @TempDir private Path folder;
  private ModelProject project;

  @BeforeEach
  void start() {
    project =
        ModelProject.at(folder)
            .revision(1, "create table a (x int primary key);", "drop table a;")
            .revision(3, "create view v as select y from a;", "drop view v;")
            .model(MODEL);
  }

  private void compile(String name, String body) {
    compile(folder.resolve("target/classes"), name, body);
  }

  private void compile(Path classes, String name, String body) {
    Path source =
        project.file(
            "src/main/java/db/migration/" + name + ".java",
            """
            package db.migration;
            import org.flywaydb.core.api.migration.BaseJavaMigration;
            import org.flywaydb.core.api.migration.Context;
            public class %s extends BaseJavaMigration {
              %s
            }
            """
                .formatted(name, body));
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(exit).isZero();
  }

  private void compileMigration(String statements) {
    compile(
        "V2__Split_names",
        """
        public void migrate(Context context) throws Exception {
          System.out.println("at work");
          try (var statement = context.getConnection().createStatement()) {
            %s
          }
        }
        """
            .formatted(statements));
  }

  private RevisionFiles files(Duration limit) {
    return files(limit, List.of());
  }

  private RevisionFiles files(Duration limit, List<Path> beside) {
    return project
        .files()
        .runnableBy(
            new ForkedJava(
                Path.of(System.getProperty("java.home")),
                List.of(folder.resolve("target/classes")),
                beside,
                List.of("db/migration"),
                () ->
                    Stream.concat(
                            Stream.concat(
                                Stream.of(folder.resolve("target/classes")), beside.stream()),
                            Stream.of(
                                    System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of))
                        .toList(),
                limit));
  }

  private List<Revision> revisions(String... ids) {
    return Stream.of(ids).map(id -> files().get(RevisionId.of(id)).revision()).toList();
  }

  private RevisionFiles files() {
    return files(Duration.ofMinutes(2));
  }

  private GenerateResult generate() {
    return new Generate(
            new ReplaySettings(
                project.scratchSource(),
                files(),
                HistoryOptions.defaults(),
                Scope.standard(),
                project.progress()),
            UserPrompt.NOBODY)
        .run(Model.of(project.model().toString(), folder, name -> null), "x", "");
  }

  private Flyway application(Deployed database) throws Exception {
    return application(database, "V2__Split_names");
  }

  private Flyway application(Deployed database, String... names) throws Exception {
    try (var loader =
        new java.net.URLClassLoader(
            new java.net.URL[] {folder.resolve("target/classes").toUri().toURL()},
            ForkedJavaIT.class.getClassLoader())) {
      var migrations = new org.flywaydb.core.api.migration.JavaMigration[names.length];
      for (int i = 0; i < names.length; i++) {
        migrations[i] =
            (org.flywaydb.core.api.migration.JavaMigration)
                loader.loadClass("db.migration." + names[i]).getConstructor().newInstance();
      }
      return Flyway.configure(ForkedJavaIT.class.getClassLoader())
          .dataSource(
              database.database().jdbcUrl(),
              database.database().user(),
              database.database().password())
          .locations("filesystem:" + project.folders().upgrade())
          .javaMigrations(migrations)
          .placeholders(Map.of("tenant", "acme"))
          .load();
    }
  }

  @Test
  @DisplayName("runs them on scratch, and in a target as its application does")
  void runs() throws Exception {
    compileMigration("statement.execute(\"alter table a add y text\");");
    GenerateResult generated = generate();
    assertThat(generated).isInstanceOf(GenerateResult.NoDifference.class);
    assertThat(generated.warnings()).isEmpty();
    try (Deployed fresh = Deployed.of(project);
        Deployed old = Deployed.of(project)) {
      fresh.upgrade(files());
      application(old).migrate();
      assertThat(fresh.schema()).isEqualTo(old.schema());
      for (Deployed one : List.of(fresh, old)) {
        assertThat(
                one.query(
                    "select string_agg(version || ' ' || type || ' ' || description, ', ' order by installed_rank) from flyway_schema_history"))
            .isEqualTo("1 SQL step 1, 2 JDBC Split names, 3 SQL step 3");
        application(one).validate();
        assertThat(application(one).migrate().migrationsExecuted).isZero();
        assertThat(one.upgrade(files()).steps()).isEmpty();
      }
    }
  }

  @Test
  @DisplayName(
      "says in one sentence why one fails, with what it printed, and records nothing of it")
  void fails() {
    compileMigration(
        "statement.execute(\"create table half (id int)\"); throw new IllegalStateException(\"no names today\");");
    try (Deployed fresh = Deployed.of(project)) {
      MigrateException failed = failureOf(() -> fresh.upgrade(files()));
      assertThat(failed.code()).isEqualTo(FailureCode.JAVA_MIGRATION_FAILED);
      assertThat(failed.problem())
          .contains(
              "The Java migration 2 Split names (db.migration.V2__Split_names) failed:"
                  + " IllegalStateException: no names today. Nothing of it is recorded.")
          .contains("at work", "V2__Split_names.java:");
      assertThat(fresh.query("select to_regclass('half')")).isNull();
      assertThat(fresh.query("select max(version) from flyway_schema_history")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("says so when a class cannot be made without the application, or needs too long")
  void doesNotLoad() throws Exception {
    compile(
        "V2__Split_names",
        "public V2__Split_names(String bean) {} public void migrate(Context context) {}");
    assertThat(failureOf(this::generate).problem())
        .contains(
            "2 Split names (class db.migration.V2__Split_names, which has no constructor without"
                + " parameters)");
    Files.delete(folder.resolve("target/classes/db/migration/V2__Split_names.class"));
    compileMigration("new java.util.concurrent.CountDownLatch(1).await();");
    try (Deployed fresh = Deployed.of(project)) {
      RevisionFiles files = files();
      assertThat(files.javaSteps()).hasSize(1);
      assertThat(failureOf(() -> fresh.upgrade(files(Duration.ofSeconds(3)))).problem())
          .contains("did not end within 3 s");
    }
  }

  @Test
  @DisplayName("finds them what Flyway gives them, and records what they say of themselves")
  void asFlywayDoes() throws Exception {
    compile(
        "V2__Split_names",
        """
        public boolean canExecuteInTransaction() { return false; }
        public Integer getChecksum() { return 4711; }
        public void migrate(Context context) throws Exception {
          var configuration = context.getConfiguration();
          try (var statement = context.getConnection().createStatement()) {
            statement.execute("alter table a add y text default '"
                + configuration.getPlaceholders().get("tenant") + " " + configuration.getTable() + "'");
            statement.execute("vacuum a");
          }
        }
        """);
    String view =
        """
        public Integer getChecksum() { return %d; }
        public void migrate(Context context) throws Exception {
          try (var statement = context.getConnection().createStatement()) {
            statement.execute("create or replace view r as select %d as n");
          }
        }
        """;
    compile("R__Count", view.formatted(1, 1));
    String[] names = {"V2__Split_names", "R__Count"};
    try (Deployed fresh = Deployed.of(project, Map.of("tenant", "acme"));
        Deployed old = Deployed.of(project, Map.of("tenant", "acme"))) {
      fresh.upgrade(files());
      application(old, names).migrate();
      assertThat(fresh.schema()).isEqualTo(old.schema());
      assertThat(fresh.query("select pg_get_viewdef('r')")).contains("1 AS n");
      for (Deployed one : List.of(fresh, old)) {
        assertThat(
                one.query(
                    "select string_agg(concat_ws(' ', version, type, description, checksum), ', ' order by installed_rank)"
                        + " from flyway_schema_history where type = 'JDBC'"))
            .isEqualTo("2 JDBC Split names 4711, JDBC Count 1");
      }
      compile("R__Count", view.formatted(2, 2));
      assertThat(application(fresh, names).info().pending()).hasSize(1);
      fresh.upgrade(files());
      assertThat(fresh.query("select pg_get_viewdef('r')")).contains("2 AS n");
      application(fresh, names).validate();
      assertThat(application(fresh, names).migrate().migrationsExecuted).isZero();
      fresh.upgrade(files());
      assertThat(fresh.query("select count(*) from flyway_schema_history")).isEqualTo("5");
    }
  }

  @Test
  @Thorough
  @DisplayName("finds those of a dependency where Flyway looks, in a folder and in an archive")
  void ofDependency() throws Exception {
    Path classes = folder.resolve("other/target/classes");
    compile(classes, "V2__Split_names", ADDS_Y);
    compile(classes, "V1_5__Nothing", "public void migrate(Context context) {}");
    Path archive = folder.resolve("other.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : List.of("V2__Split_names", "V1_5__Nothing")) {
        String entry = "db/migration/" + name + ".class";
        out.putNextEntry(new ZipEntry(entry));
        out.write(Files.readAllBytes(classes.resolve(entry)));
        out.putNextEntry(new ZipEntry(entry.replace("db/", "elsewhere/")));
        out.write(1);
      }
    }
    for (Path place : List.of(classes, archive)) {
      RevisionFiles files = files(Duration.ofMinutes(2), List.of(place));
      assertThat(files.javaSteps())
          .extracting(JavaMigration::place)
          .containsExactlyInAnyOrder("db.migration.V1_5__Nothing", "db.migration.V2__Split_names");
      assertThat(files.javaMigrations()).isEmpty();
      assertThat(files.javaRunner().fingerprint()).isNotEmpty();
    }
    try (Deployed fresh = Deployed.of(project)) {
      fresh.upgrade(files(Duration.ofMinutes(2), List.of(archive)));
      assertThat(fresh.query("select count(*) from flyway_schema_history where type = 'JDBC'"))
          .isEqualTo("2");
    }
  }

  @Test
  @DisplayName("is not deceived by one that ends the process, and not flooded by one that prints")
  void endsTheProcess() {
    compileMigration("statement.execute(\"create table half (id int)\"); System.exit(0);");
    try (Deployed fresh = Deployed.of(project)) {
      MigrateException failed = failureOf(() -> fresh.upgrade(files()));
      assertThat(failed.code()).isEqualTo(FailureCode.JAVA_MIGRATION_FAILED);
      assertThat(failed.problem())
          .contains("ended before it was done, with the exit code 0 (System.exit, or killed)")
          .contains("Nothing of it is recorded.");
      assertThat(fresh.query("select to_regclass('half')")).isNull();

      compile(
          "V2__Split_names",
          """
          public boolean canExecuteInTransaction() { return false; }
          public void migrate(Context context) throws Exception {
            for (int i = 0; i < 300_000; i++) System.out.println("line " + i + " " + "x".repeat(300));
            throw new Error("enough");
          }
          """);
      failed = failureOf(() -> fresh.upgrade(files()));
      assertThat(failed.problem())
          .contains("Error: enough. Nothing of it is recorded; it runs outside a transaction, so")
          .contains("line 299999 xx", "V2__Split_names.java:")
          .hasSizeLessThan(2500);
      assertThat(failed.remedy()).startsWith("See what it has done");
      assertThat(fresh.query("select max(version) from flyway_schema_history")).isEqualTo("1");
    }
    compile(
        "V2__Split_names",
        "public V2__Split_names() { System.exit(0); } public void migrate(Context context) {}");
    assertThat(failureOf(() -> files().javaSteps()).problem())
        .contains("at the class db.migration.V2__Split_names its process ended");
  }

  @Test
  @Thorough
  @DisplayName("takes nothing back from under one, until a script says what it does")
  void downgrade() throws Exception {
    compileMigration("statement.execute(\"alter table a add y text\");");
    try (Deployed fresh = Deployed.of(project)) {
      fresh.upgrade(files());
      fresh.state(files()).require().reversible(revisions("3"));
      MigrateException refused =
          failureOf(() -> fresh.state(files()).require().reversible(revisions("3", "1")));
      assertThat(refused.code()).isEqualTo(FailureCode.IRREVERSIBLE);
      assertThat(refused.problem())
          .contains("2 Split names (db.migration.V2__Split_names) has run after 1");
      assertThat(refused.remedy()).contains("V2__Split_names.sql, U2__Split_names.sql");

      project.revision(2, "alter table a add y text;", "alter table a drop y;");
      fresh.state(files()).require().reversible(files().graph().revisions());
      fresh.downgrade(files(), "base");
      assertThat(fresh.query("select to_regclass('a')")).isNull();
      fresh.upgrade(files());
      assertThat(fresh.query("select y from a union all select 'x'")).isEqualTo("x");
    }
  }

  @Test
  @DisplayName("is told in the model what they make, and stops before changing what one makes last")
  void owned() {
    compile(
        "V2__Split_names",
        ADDS_Y.replace("add y text\"", "add y text; create table made (id int)\""));
    compile(
        "R__Count",
        ADDS_Y.replace("alter table a add y text", "create or replace view r as select 1 as n"));
    project.model("");
    new ModelFromRevisions(
            project.scratchSource(),
            HistoryOptions.defaults(),
            Scope.standard(),
            project.progress())
        .run(files(), project.model());
    String model = ModelProject.read(project.model());
    assertThat(model)
        .containsPattern("made in Java, by db.migration.R__Count, which runs last\\s+CREATE VIEW")
        .doesNotContainPattern("made in Java\\s+CREATE TABLE (public.)?a ");
    assertThat(generate()).isInstanceOf(GenerateResult.NoDifference.class);
    project.model(model.replaceFirst("SELECT 1 AS n", "SELECT 2 AS n"));
    MigrateException refused = failureOf(this::generate);
    assertThat(refused.code()).isEqualTo(FailureCode.REPEATABLE_OWNED);
    assertThat(refused.problem())
        .contains("db.migration.R__Count")
        .endsWith("Nothing was written.");
  }
}
