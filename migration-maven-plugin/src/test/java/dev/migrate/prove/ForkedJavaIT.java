package dev.migrate.prove;

import static dev.migrate.prove.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.ForkedJava;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.script.RevisionFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
                folder.resolve("target/classes").toString(),
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
    return project
        .files()
        .runnableBy(
            new ForkedJava(
                Path.of(System.getProperty("java.home")),
                List.of(folder.resolve("target/classes")),
                "db/migration",
                () ->
                    Stream.concat(
                            Stream.of(folder.resolve("target/classes")),
                            Stream.of(
                                    System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of))
                        .toList(),
                limit));
  }

  private RevisionFiles files() {
    return files(Duration.ofMinutes(2));
  }

  private Generated generate() {
    return new Generate(
            project.workshop(),
            files(),
            HistoryOptions.defaults(),
            Scope.standard(),
            project.progress(),
            Questions.NOBODY)
        .run(Model.of(project.model().toString(), folder, name -> null), "x", "");
  }

  private Flyway application(Deployed database) throws Exception {
    try (var loader =
        new java.net.URLClassLoader(
            new java.net.URL[] {folder.resolve("target/classes").toUri().toURL()},
            ForkedJavaIT.class.getClassLoader())) {
      var migration =
          (org.flywaydb.core.api.migration.JavaMigration)
              loader.loadClass("db.migration.V2__Split_names").getConstructor().newInstance();
      return Flyway.configure(ForkedJavaIT.class.getClassLoader())
          .dataSource(
              database.database().jdbcUrl(),
              database.database().user(),
              database.database().password())
          .locations("filesystem:" + project.folders().upgrade())
          .javaMigrations(migration)
          .load();
    }
  }

  @Test
  @DisplayName("runs them on scratch, and in a target as its application does")
  void runs() throws Exception {
    compileMigration("statement.execute(\"alter table a add y text\");");
    Generated generated = generate();
    assertThat(generated).isInstanceOf(Generated.NoDifference.class);
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
}
