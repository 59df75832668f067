package dev.migrate.squash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.ModelProject;
import dev.migrate.history.ForkedJava;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.StockFlyway;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.model.ModelFromRevisions;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.testing.Deployed;
import dev.migrate.testing.Thorough;
import dev.migrate.verify.CheckResult;
import dev.migrate.verify.Verification;
import dev.migrate.verify.Verify;
import dev.migrate.verify.VerifySettings;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories as projects have them that Flyway has served for years: made up, with everything in
 * them that was met. A database that stock Flyway has migrated is taken over, changed, verified and
 * squashed, and stock Flyway runs on it again. What each step took is printed.
 */
@DisplayName("A history of years")
@Thorough
class HistoriesIT {
  private static final String MIGRATIONS = "src/main/resources/db/migration/";

  @TempDir private Path folder;

  @Test
  @DisplayName("of 50 scripts, run by Flyway 11 until now")
  void fifty() {
    taken(50, 11);
  }

  @Test
  @DisplayName("of 200 scripts, run by Flyway 12 until now")
  void twoHundred() {
    taken(200, 12);
  }

  @Test
  @DisplayName("of 600 scripts, run by Flyway 13 until now")
  void sixHundred() {
    taken(600, 13);
  }

  /** Eight scripts to a table, one of each kind. */
  private static String script(int number) {
    int table = (number - 1) / 8;
    return switch ((number - 1) % 8) {
      case 0 ->
          ("BEGIN;\ncreate table t%1$d (id int primary key, at varchar(30), who text, price int not null,"
                  + " body jsonb not null, name text generated always as (body ->> 'name') stored not null);\nCOMMIT;")
              .formatted(table);
      case 1 ->
          "insert into t%1$d (id, at, price, body) values (-1, '2020-01-01 10:00', 5, '{\"name\": \"x\"}');"
              .formatted(table);
      case 2 ->
          "alter table t%1$d alter at type timestamptz using at::timestamptz;".formatted(table);
      case 3 -> "create index t%1$d_name on t%1$d (name);".formatted(table);
      case 4 ->
          ("create function f%1$d() returns trigger language plpgsql as $$\nBEGIN\n  NEW.price := NEW.price + 0;\n"
                  + "  RETURN NEW;\nEND;\n$$;\ncreate trigger g before insert on t%1$d for each row execute function f%1$d();")
              .formatted(table);
      case 5 -> "alter table t%1$d alter who type uuid using who::uuid;".formatted(table);
      case 6 ->
          "alter table t%1$d add column done boolean;\nupdate t%1$d set done = false;\nalter table t%1$d alter done set not null;"
              .formatted(table);
      default ->
          "create view v%1$d as select id, name, price from t%1$d where done;".formatted(table);
    };
  }

  private ModelProject made(int scripts) {
    ModelProject project = ModelProject.at(folder).onOwnServers();
    for (int number = 1; number <= scripts; number++) {
      String name = "V%d_%d__step_%d.sql".formatted(number / 10, number % 10, number);
      project.file(MIGRATIONS + name, script(number));
      if ((number - 1) % 8 == 3) {
        project.file(MIGRATIONS + name + ".conf", "executeInTransaction=false");
      }
    }
    project.file(
        MIGRATIONS + "R__1_tax.sql",
        "create or replace function tax(p int) returns int language sql immutable as $$ select p * 2 $$;");
    project.file(
        MIGRATIONS + "R__2_cheap.sql",
        "create or replace view cheap as select id, tax(price) as price from t0 where price < 10;");
    project.file(MIGRATIONS + "afterMigrate.sql", "select 1;");
    project.file(MIGRATIONS + "notes.sql", "-- nobody runs this");
    for (int quarter = 1; quarter < 4; quarter++) {
      javaStep(project, scripts * quarter / 4);
    }
    return project.with(
        new ForkedJava(
            Path.of(System.getProperty("java.home")),
            List.of(classes()),
            List.of(),
            List.of("db/migration"),
            () ->
                Stream.concat(
                        Stream.of(classes()),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Path::of))
                    .toList(),
            Duration.ofMinutes(2)));
  }

  private Path classes() {
    return folder.resolve("target/classes");
  }

  /**
   * What only Java can do, after a script: it changes the schema and the rows of the first table.
   */
  private void javaStep(ModelProject project, int after) {
    String name = "V%d_%d_1__In_java_%d".formatted(after / 10, after % 10, after);
    Path source =
        project.file(
            "src/main/java/db/migration/" + name + ".java",
            """
            package db.migration;
            import org.flywaydb.core.api.migration.BaseJavaMigration;
            import org.flywaydb.core.api.migration.Context;
            public class %s extends BaseJavaMigration {
              public void migrate(Context context) throws Exception {
                try (var statement = context.getConnection().createStatement()) {
                  statement.execute("alter table t0 add java_%d int");
                  statement.execute("update t0 set java_%2$d = price");
                }
              }
            }
            """
                .formatted(name, after));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes().toString(),
                    source.toString()))
        .isZero();
  }

  private void taken(int scripts, int major) {
    ModelProject project = made(scripts);
    RevisionId last = RevisionId.of("%d.%d".formatted(scripts / 10, scripts % 10));
    Path folderOfScripts = project.folders().upgrade();
    try (StockFlyway stock = StockFlyway.of(major, List.of(classes()));
        Deployed old = Deployed.of(project);
        Deployed fresh = Deployed.of(project)) {
      String of = "%d scripts, Flyway %d: ".formatted(scripts, major);
      timed(of + "stock migrate", () -> stock.migrate(old.database(), folderOfScripts) + " run");
      timed(
          of + "model written",
          () ->
              new ModelFromRevisions(
                      project.scratchSource(),
                      HistoryOptions.defaults(),
                      Scope.standard(),
                      project.progress())
                  .run(project.files(), project.model()));
      timed(of + "generate, nothing to do", () -> project.generate("x").getClass().getSimpleName());
      assertThat(project.generate("x")).isInstanceOf(GenerateResult.NoDifference.class);
      project.edit("(price < 10)", "(price < 20)");
      project.model(
          ModelProject.read(project.model())
              + "\ncreate table public.extra (id int primary key);\n");
      timed(
          of + "generate",
          () -> {
            GenerateResult.Written written = (GenerateResult.Written) project.generate("Dearer");
            return written.files().get(0).revision().title() + " " + written.warnings();
          });
      Supplier<RevisionFiles> files = () -> project.files().released(id -> id.compareTo(last) <= 0);
      timed(of + "upgrade", () -> old.upgrade(files.get()).steps().size() + " run");
      timed(
          of + "upgrade of a new database",
          () -> fresh.upgrade(files.get()).steps().size() + " run");
      assertThat(old.schema()).isEqualTo(fresh.schema());
      assertThat(old.query("select pg_get_viewdef('cheap')")).contains("20");
      timed(of + "stock validate and migrate", () -> agrees(stock, old, fresh, folderOfScripts));
      timed(of + "downgrade", () -> old.downgrade("-1").steps().size() + " taken back");
      assertThat(old.query("select pg_get_viewdef('cheap')")).contains("10");
      timed(
          of + "stock migrate again",
          () -> stock.migrate(old.database(), folderOfScripts) + " run");
      assertThat(old.schema()).isEqualTo(fresh.schema());
      timed(of + "verify", () -> verified(project, last, old));
      timed(of + "verify, nothing changed", () -> verified(project, last, old));
      timed(
          of + "squash",
          () ->
              new SquashHistory(
                      project.scratchSource(),
                      files.get(),
                      HistoryOptions.defaults(),
                      folder.resolve("src/main/database/archive"),
                      project.progress(),
                      Clock.systemUTC())
                  .run(last.toString(), Optional.of(old.state()), "", false)
                  .getClass()
                  .getSimpleName());
      try (Deployed newest = Deployed.of(project)) {
        newest.upgrade();
        assertThat(newest.schema()).isEqualTo(old.schema());
        timed(
            of + "stock validate and migrate after squash",
            () -> agrees(stock.afterSquash(), old, newest, folderOfScripts));
      }
    }
  }

  private static String agrees(StockFlyway stock, Deployed one, Deployed other, Path scripts) {
    for (Deployed database : List.of(one, other)) {
      stock.validate(database.database(), scripts);
      assertThat(stock.migrate(database.database(), scripts)).isZero();
    }
    return "agrees";
  }

  private String verified(ModelProject project, RevisionId last, Deployed old) {
    Verification found =
        new Verify(
                VerifySettings.of(
                        project.folders(),
                        project::scratchSource,
                        HistoryOptions.defaults(),
                        Scope.standard(),
                        new VerifySettings.Cache(
                            folder.resolve("proofs"),
                            folder.resolve("verified.json"),
                            List.of("test")))
                    .withModel(
                        () ->
                            Optional.of(Model.of(project.model().toString(), folder, name -> null)))
                    .withTarget(Optional.of(old::target))
                    .withRelease(
                        new VerifySettings.Release(
                            Optional.empty(), Optional.of(last.toString()), "git")),
                project.progress(),
                project.files().javaRunner())
            .run();
    StringBuilder text = new StringBuilder();
    for (CheckResult result : found.results()) {
      text.append(
          "%n    %s %s, %s, %.1f s"
              .formatted(
                  result.check().label(),
                  result.status(),
                  result.summary(),
                  result.took().toNanos() / 1e9));
      result.notes().forEach(one -> text.append("\n      ").append(one));
      assertThat(result.findings()).as(result.check().label()).isEmpty();
      assertThat(result.fine()).as(result.check().label()).isTrue();
    }
    return text.toString();
  }

  private static void timed(String what, Supplier<Object> step) {
    long start = System.nanoTime();
    Object came = step.get();
    System.out.printf("%s: %.1f s, %s%n", what, (System.nanoTime() - start) / 1e9, came);
  }
}
