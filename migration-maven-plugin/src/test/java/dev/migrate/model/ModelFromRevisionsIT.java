package dev.migrate.model;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.ModelProject;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A project with revisions and no model")
class ModelFromRevisionsIT {
  @TempDir private Path folder;

  private ModelFromRevisions transcript(ModelProject project) {
    return new ModelFromRevisions(
        project.scratchSource(), HistoryOptions.defaults(), Scope.standard(), project.progress());
  }

  @Test
  @DisplayName("gets one that gives what the revisions give")
  void getsAModel() {
    ModelProject project =
        ModelProject.at(folder)
            .revision(1, "create table a (x int primary key);", "drop table a;")
            .revision(
                2,
                "alter table a add y text not null; create view v as select y from a;"
                    + " insert into a values (1, 'row');",
                "drop view v; alter table a drop y;");
    assertThat(ModelFromRevisions.isPossible(project.files(), project.model())).isTrue();

    assertThat(transcript(project).run(project.files(), project.model())).isEmpty();

    assertThat(ModelProject.read(project.model()))
        .contains("CREATE TABLE public.a (", "CREATE VIEW public.v")
        .doesNotContain("INSERT", "flyway_schema_history");
    assertThat(project.generate("Nothing")).isInstanceOf(GenerateResult.NoDifference.class);
  }

  @Test
  @DisplayName("keeps a model that somebody has begun")
  void keepsAModel() {
    ModelProject project =
        ModelProject.empty(folder).revision(1, "create table a (x int);", "drop table a;");
    assertThat(ModelFromRevisions.isPossible(project.files(), project.model())).isTrue();
    project.model("create table mine (x int);");
    assertThat(ModelFromRevisions.isPossible(project.files(), project.model())).isFalse();
  }

  @Test
  @DisplayName("gets none when the revisions do not run")
  void getsNoneFromBrokenRevisions() {
    ModelProject project = ModelProject.at(folder).revision(1, "create tabel a;", "select 1;");
    assertThat(failureOf(() -> transcript(project).run(project.files(), project.model())).code())
        .isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(project.model()).doesNotExist();
  }

  @Test
  @DisplayName("says in it what a repeatable migration makes")
  void marksWhatIsRepeatable() throws IOException {
    ModelProject project =
        ModelProject.at(folder).revision(1, "create table a (x int primary key);", "drop table a;");
    Files.writeString(
        project.files().folders().upgrade().resolve("R__cheap.sql"),
        "create or replace view cheap as select x from a where x < 10;");
    transcript(project).run(project.files(), project.model());
    assertThat(ModelProject.read(project.model()))
        .contains("-- cheap, made by R__cheap.sql, which runs last\n")
        .contains("-- a\n");
  }
}
