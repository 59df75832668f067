package dev.migrate.replay;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.ModelProject;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.model.ModelLoader;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.testing.TestPostgres;
import dev.migrate.testing.Thorough;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A replay")
@Timeout(180)
class ReplayIT {
  @TempDir private Path folder;

  private static ModelProject three(Path folder) {
    return ModelProject.empty(folder)
        .onOwnServers()
        .revision(1, "create table a (id int);", "drop table a;")
        .revision(2, "create table b (id int);", "drop table b;")
        .revision(3, "create table c (id int);", "drop table c;");
  }

  private static Schema replay(ModelProject project, String... ids) {
    List<RevisionId> wanted = List.of(ids).stream().map(RevisionId::of).toList();
    try (ScratchWorkspace workspace =
        new Replay(
                project.scratchSource(),
                project.files(),
                HistoryOptions.defaults(),
                project.progress())
            .of(wanted)) {
      return workspace.read(workspace.base(), Scope.standard());
    }
  }

  private static List<String> tables(Schema schema) {
    return schema.facts().keySet().stream()
        .filter(id -> id.kind() == Kind.TABLE)
        .map(FactId::lastName)
        .toList();
  }

  @Test
  @DisplayName("runs each revision once and never again, also when others are added")
  void cached() {
    ModelProject project = three(folder);
    assertThat(tables(replay(project, "1", "2"))).containsExactly("a", "b");
    assertThat(project.replayed()).containsExactly("1", "2");
    assertThat(tables(replay(project, "1", "2", "3"))).containsExactly("a", "b", "c");
    assertThat(project.replayed()).containsExactly("3");
    Schema again = replay(project, "1", "2", "3");
    assertThat(tables(again)).containsExactly("a", "b", "c");
    assertThat(project.replayed()).isEmpty();
    project.revision(4, "create table d (id int);", "drop table d;");
    assertThat(tables(replay(project, "1", "2", "3", "4"))).containsExactly("a", "b", "c", "d");
    assertThat(project.replayed()).containsExactly("4");
  }

  @Test
  @DisplayName("that nobody will ask for again is not kept, and another goes on with what it gave")
  void once() {
    ModelProject project = three(folder);
    Replay replay =
        new Replay(
            project.scratchSource(),
            project.files(),
            HistoryOptions.defaults(),
            project.progress());
    List<RevisionId> all = List.of(RevisionId.of("1"), RevisionId.of("2"), RevisionId.of("3"));
    try (ScratchWorkspace workspace = replay.once(all.subList(0, 1))) {
      assertThat(tables(workspace.read(workspace.base(), Scope.standard()))).containsExactly("a");
      replay.onward(workspace, all);
      assertThat(tables(workspace.read(workspace.base(), Scope.standard())))
          .containsExactly("a", "b", "c");
    }
    assertThat(project.replayed()).containsExactly("1", "2", "3");
    assertThat(tables(replay(project, "1"))).containsExactly("a");
    assertThat(project.replayed()).containsExactly("1");
  }

  @Thorough
  @Test
  @DisplayName("begins anew where a script, a callback or a repeatable migration was edited")
  void edited() {
    ModelProject project = three(folder);
    replay(project, "1", "2");
    replay(project, "1", "2", "3");
    project.replayed();
    project.revision(3, "create table cc (id int);", "drop table cc;");
    assertThat(tables(replay(project, "1", "2", "3"))).containsExactly("a", "b", "cc");
    assertThat(project.replayed()).containsExactly("3");
    String migrations = "src/main/resources/db/migration/";
    project.file(migrations + "R__view.sql", "create or replace view v as select 1 as x;");
    assertThat(replay(project, "1", "2", "3").facts())
        .containsKey(FactId.of(Kind.VIEW, "public", "v"));
    project.file(migrations + "R__view.sql", "create or replace view w as select 1 as x;");
    assertThat(replay(project, "1", "2", "3").facts())
        .containsKey(FactId.of(Kind.VIEW, "public", "w"));
    project.replayed();
    project.file(migrations + "beforeMigrate.sql", "create table if not exists called (id int);");
    assertThat(tables(replay(project, "1", "2"))).containsExactly("a", "b", "called");
    assertThat(project.replayed()).containsExactly("1", "2");
  }

  @Thorough
  @Test
  @DisplayName("creates roles that scripts mention; scripts may create their own, each time")
  void roles() {
    ModelProject project =
        ModelProject.empty(folder)
            .onOwnServers()
            .revision(
                1,
                "create role own_role; create table a (id int); grant select on a to own_role;",
                "drop role own_role;")
            .revision(2, "grant select on a to other_role;", "revoke select on a from other_role;");
    replay(project, "1", "2");
    project.replayed();
    project.revision(
        1,
        "create role own_role; create table b (id int); create table a (id int);",
        "drop role own_role;");
    assertThat(tables(replay(project, "1", "2"))).containsExactly("a", "b");
    project.model("create role own_role; create table a (id int); create table b (id int);");
    assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
  }

  @Test
  @DisplayName("that fails says file and line, and keeps nothing")
  void fails() {
    ModelProject project =
        three(folder).revision(3, "create table c (id int);\nselect nothing;", "");
    MigrateException failure = failureOf(() -> replay(project, "1", "2", "3"));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(failure.problem())
        .contains("do not run on an empty database", "V3__step_3.sql, line 2", "\"nothing\"");
    project.revision(3, "create extension no_such_thing;", "");
    assertThat(failureOf(() -> replay(project, "1", "2", "3")).remedy())
        .contains("the extension no_such_thing");
    project.replayed();
    project.revision(3, "create table c (id int);", "drop table c;");
    assertThat(tables(replay(project, "1", "2", "3"))).containsExactly("a", "b", "c");
    assertThat(project.replayed()).containsExactly("1", "2", "3");
  }

  @Test
  @DisplayName("is kept for a few histories, and the oldest make room")
  void sweeps() throws Exception {
    ModelProject project = ModelProject.empty(folder).onOwnServers();
    for (int i = 1; i <= 6; i++) {
      project.revision(1, "create table t%d (id int);".formatted(i), "");
      replay(project, "1");
    }
    try (var kept = Files.list(folder.resolve(".migrate/scratch"))) {
      assertThat(kept.filter(path -> path.getFileName().toString().startsWith("kept-"))).hasSize(4);
    }
    project.replayed();
    replay(project, "1");
    assertThat(project.replayed()).isEmpty();
  }

  @Test
  @DisplayName("may run in several builds at once")
  void atOnce() throws Exception {
    three(folder);
    ExecutorService builds = Executors.newFixedThreadPool(4);
    try {
      Callable<List<String>> build =
          () -> tables(replay(ModelProject.at(folder).onOwnServers(), "1", "2", "3"));
      List<Future<List<String>>> all =
          builds.invokeAll(IntStream.range(0, 6).mapToObj(i -> build).toList());
      for (Future<List<String>> one : all) {
        assertThat(one.get()).containsExactly("a", "b", "c");
      }
    } finally {
      builds.shutdown();
    }
  }

  /** Replays a project in a JVM of its own and says which revision it is at. */
  public static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      ModelProject project = ModelProject.at(Path.of(arguments[0])).onOwnServers();
      Progress progress =
          new Progress() {
            @Override
            public void started(Revision revision) {
              System.out.println("started " + revision.id());
            }
          };
      List<RevisionId> all =
          project.files().graph().revisions().stream().map(Revision::id).toList();
      new Replay(project.scratchSource(), project.files(), HistoryOptions.defaults(), progress)
          .of(all)
          .close();
      System.out.println("done");
    }
  }

  @Test
  @DisplayName("that is killed leaves nothing that anybody would take for whole, and no server")
  void killed() throws Exception {
    ModelProject project = three(folder);
    project.revision(2, "create table b (id int); select pg_sleep(30);", "drop table b;");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = said.readLine();
      while (line != null && !line.equals("started 2")) {
        line = said.readLine();
      }
      assertThat(line).isEqualTo("started 2");
      child.toHandle().destroyForcibly();
      assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    project.revision(2, "create table b (id int);", "drop table b;");
    assertThat(tables(replay(project, "1", "2", "3"))).containsExactly("a", "b", "c");
    assertThat(project.replayed()).containsExactly("1", "2", "3");
    try (var left = Files.list(folder.resolve(".migrate/scratch"))) {
      assertThat(left.map(path -> path.getFileName().toString().replaceFirst("-.*", "")))
          .containsExactlyInAnyOrder(".gitignore", "kept", "lock");
    }
  }

  @Test
  @DisplayName("on a borrowed server creates no role, and drops its databases")
  void borrowed() {
    ModelProject project = three(folder);
    var server = TestPostgres.server().address();
    ScratchSource borrowed =
        new ScratchSource.Borrowed(server.jdbcUrl("postgres"), server.user(), server.password());
    Replay replay =
        new Replay(borrowed, project.files(), HistoryOptions.defaults(), Progress.SILENT);
    try (ScratchWorkspace workspace = replay.of(List.of(RevisionId.of("1"), RevisionId.of("2")))) {
      assertThat(tables(workspace.read(workspace.base(), Scope.standard())))
          .containsExactly("a", "b");
      ModelLoader loader = new ModelLoader(workspace, Scope.standard(), java.util.Optional.empty());
      project.model("create table a (id int);\ngrant select on a to nobody_has_this_role;");
      MigrateException failure =
          failureOf(() -> loader.load(Model.of(project.model().toString(), folder, name -> null)));
      assertThat(failure.problem()).contains("line 2", "nobody_has_this_role");
      assertThat(failure.remedy()).contains("CREATE ROLE \"nobody_has_this_role\" NOLOGIN");
    }
  }
}
