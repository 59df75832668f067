package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The answer of a goal")
class AnswersIT {
  @TempDir private Path root;
  private ScratchDatabase database;

  @BeforeEach
  void begin() throws IOException {
    file("db/migration/V1__a.sql", "create table a (id int);\n");
    file("db/undo/U1__a.sql", "drop table a;\n");
    database = TestPostgres.database("answers");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  @DisplayName("names the target first when the log is silenced, whatever is done there")
  void namesTarget() {
    for (String goal :
        List.of("upgrade", "current", "history", "check", "show", "downgrade", "stamp")) {
      Goal asked = goal(goal).quiet();
      List<String> said = (goal.equals("stamp") ? asked.with("to", "base") : asked).in(root);
      assertThat(said).as(goal).isNotEmpty();
      assertThat(said.get(0)).as(goal).startsWith("Target: ").contains(target());
    }
  }

  @Test
  @DisplayName("says what a stamp found in the target, also when nothing moves and at base")
  void stampCompares() {
    goal("upgrade").in(root);
    assertThat(stamped("current")).doesNotContain("differs");
    assertThat(stamped("base")).contains("differs from what base", "table public.a");
    assertThat(stamped("base")).as("again").contains("differs from what base");
    assertThat(stamped("head")).doesNotContain("differs");
    String nowhere =
        String.join(
            "\n",
            goal("stamp")
                .quiet()
                .with("to", "head")
                .with("scratchUrl", "jdbc:postgresql://127.0.0.1:1/postgres")
                .in(root));
    assertThat(nowhere).contains("was not found out");
  }

  @Test
  @DisplayName("names the backup that was always wanted, also with nothing to do")
  void alwaysBackedUp() throws IOException {
    goal("upgrade").in(root);
    List<String> said =
        goal("upgrade").quiet().with("backup", "always").with("backupEngine", "jdbc").in(root);
    assertThat(said).anyMatch(line -> line.startsWith("Backup of before: "));
    try (var backups = Files.list(root.resolve("backups"))) {
      assertThat(backups.filter(one -> one.toString().endsWith(".manifest.json"))).hasSize(1);
    }
  }

  @Test
  @DisplayName("says at the upgrade what cannot be taken back")
  void oneWay() throws IOException {
    file("db/migration/V2__b.sql", "create table b (id int);\n");
    file("db/undo/U2__b.sql", "-- to be written\n");
    file("db/migration/V3__c.sql", "create table c (id int);\n");
    assertThat(goal("upgrade").quiet().in(root))
        .contains(
            "Cannot be taken back: 2 (b) (its downgrade script has no statement), 3 (c) (it has no downgrade script).");
    assertThat(goal("upgrade").quiet().in(root)).noneMatch(line -> line.contains("taken back"));
  }

  @Test
  @DisplayName("of a rehearsal with nothing pending needs no copy")
  void rehearsesNothing() {
    goal("upgrade").in(root);
    List<String> said =
        goal("rehearse").with("scratchUrl", "jdbc:postgresql://127.0.0.1:1/postgres").in(root);
    assertThat(said).anyMatch(line -> line.startsWith("Nothing is pending in "));
  }

  @Test
  @DisplayName("of generate is that files are missing when the target has applied them")
  void generatesOnAllFiles() throws IOException {
    file("db/migration/V2__b.sql", "create table b (id int);\n");
    goal("upgrade").in(root);
    Path lost = root.resolve("src/main/resources/db/migration/V2__b.sql");
    Files.delete(lost);
    Path model = root.resolve("src/main/database/schema.sql");
    Files.createDirectories(model.getParent());
    Files.writeString(model, "create table a (id int); create table b (id int);");
    Goal generate = goal("generate").with("message", "Again");
    MigrateException failure =
        catchThrowableOfType(MigrateException.class, () -> generate.in(root));
    assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_AHEAD);
    assertThat(failure.remedy()).contains("git log --all -- '*2*'");
    try (var files = Files.list(lost.getParent())) {
      assertThat(files).hasSize(1);
    }
  }

  private String stamped(String to) {
    return String.join("\n", goal("stamp").quiet().with("to", to).in(root));
  }

  private String target() {
    return database.jdbcUrl().replaceFirst(".*/", "").replaceFirst("[?].*", "");
  }

  private Goal goal(String name) {
    return Goal.of(name).on(database);
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve("src/main/resources").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
