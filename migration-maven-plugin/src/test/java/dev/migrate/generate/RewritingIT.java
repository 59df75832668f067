package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.report.StateText;
import dev.migrate.report.TerminalStyle;
import dev.migrate.testing.Deployed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What somebody has put into a repeatable migration by hand")
class RewritingIT {
  private static final String TABLE = "create table item (id int primary key, price int not null);";

  private static final String NAME = "src/main/resources/db/migration/R__cheap.sql";

  @TempDir private Path folder;
  private RewritePolicy.Kept kept = RewritePolicy.Kept.EDITED;
  private ModelProject project;
  private Path file;

  @BeforeEach
  void start() {
    project = ModelProject.at(folder).with(rewriting("")).revision(1, TABLE, "drop table item;");
    file = project.file(NAME, "create or replace view cheap as select id from item;\n");
  }

  @Test
  @DisplayName("is not lost, whatever the model changes, until it is kept or given up")
  void isNotLost() throws Exception {
    String model = TABLE + "create view cheap as select id from item;";
    String edited = "create or replace view cheap as select id, price from item;\n";
    Files.writeString(file, edited);
    project.model(model.replace("price int", "price int, zip text"));
    Set<Path> before = files();
    MigrateException refused = failureOf(() -> project.generate("Add zip"));
    assertThat(refused.code()).isEqualTo(FailureCode.REPEATABLE_OWNED);
    assertThat(refused.problem()).contains("R__cheap.sql", "by hand", "Nothing was written");
    assertThat(refused.remedy())
        .endsWith(
            "mvn migrate:generate -Dmigrate.message=\"Add zip\" -Dmigrate.rewrite=R__cheap.sql");
    assertThat(files()).isEqualTo(before);
    assertThat(ModelProject.read(file)).isEqualTo(edited);

    kept = RewritePolicy.Kept.COMMITTED;
    GenerateResult.Written written = (GenerateResult.Written) project.generate("Add zip");
    assertThat(written.anew())
        .containsExactly(new GenerateResult.Rewritten(NAME, Optional.empty()));
    assertThat(ModelProject.read(file)).isNotEqualTo(edited);

    kept = RewritePolicy.Kept.EDITED;
    String second = ModelProject.read(file);
    project.model(
        TABLE.replace("price int", "price int, zip text")
            + "create view cheap as select price from item;");
    assertThat(failureOf(() -> project.generate("Price")).code())
        .isEqualTo(FailureCode.REPEATABLE_OWNED);
    project.with(rewriting("R__other.sql, R__cheap.sql"));
    assertThat(keptText((GenerateResult.Written) project.generate("Price"))).isEqualTo(second);

    kept = RewritePolicy.Kept.UNKNOWN;
    project.with(rewriting(""));
    String third = ModelProject.read(file);
    project.model(
        TABLE.replace("price int", "price int, zip text")
            + "create view cheap as select id, zip from item;");
    assertThat(keptText((GenerateResult.Written) project.generate("Zip"))).isEqualTo(third);
  }

  @Test
  @DisplayName("stays as it is where the model says the same, or changes something else")
  void staysAsItIs() throws Exception {
    String edited = "create or replace view cheap as select id, price from item;\n";
    Files.writeString(file, edited);
    String model = TABLE + "create view cheap as select id, price from item;";
    project.model(model);
    assertThat(project.generate("Same")).isInstanceOf(GenerateResult.NoDifference.class);
    project.model(model.replace("price int", "price int, zip text"));
    assertThat(((GenerateResult.Written) project.generate("Zip")).anew()).isEmpty();
    assertThat(ModelProject.read(file)).isEqualTo(edited);
  }

  @Test
  @DisplayName("is told of by current and history until it has run")
  void isToldOf() throws Exception {
    try (Deployed target = Deployed.of(project)) {
      assertThat(current(target)).contains("Pending, repeatable: " + NAME + " (new)");
      target.upgrade();
      assertThat(current(target)).doesNotContain("R__cheap");
      assertThat(history(target)).doesNotContain("R__cheap");
      Files.writeString(file, "create or replace view cheap as select id, price from item;\n");
      assertThat(current(target))
          .contains("Pending, repeatable: " + NAME + " (changed since it ran)");
      assertThat(history(target)).contains(NAME + "  [pending, repeatable, changed since it ran]");
      target.upgrade();
      assertThat(current(target)).doesNotContain("R__cheap");
    }
  }

  @Test
  @DisplayName("or has taken away is missed: what is left is not the head of the database")
  void goneIsNotHead() throws Exception {
    project.revision(2, "create table other (id int);", "drop table other;");
    try (Deployed target = Deployed.of(project)) {
      target.upgrade();
      assertThat(current(target)).contains("(head)");
      for (Path one : files()) {
        if (one.getFileName().toString().matches("[VU]2__.*")) {
          Files.delete(one);
        }
      }
      assertThat(current(target))
          .contains("(head of the files; the database is ahead of them)", "git log --all -- '*2*'")
          .doesNotContain("(head)");
    }
  }

  private RewritePolicy rewriting(String names) {
    return RewritePolicy.of(names, any -> kept, folder.resolve(".migrate/rewritten"));
  }

  private String keptText(GenerateResult.Written written) {
    assertThat(written.anew()).hasSize(1);
    assertThat(written.anew().get(0).name()).isEqualTo(NAME);
    return ModelProject.read(folder.resolve(written.anew().get(0).before().orElseThrow()));
  }

  private static String current(Deployed target) {
    return String.join("\n", new StateText(target.state(), TerminalStyle.PLAIN).current());
  }

  private static String history(Deployed target) {
    return String.join(
        "\n",
        new StateText(target.state(), TerminalStyle.PLAIN)
            .history(target.state().graph().revisions(), false));
  }

  private Set<Path> files() throws Exception {
    try (var all = Files.walk(folder.resolve("src"))) {
      return new HashSet<>(all.filter(Files::isRegularFile).toList());
    }
  }
}
