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

@DisplayName("A stamp that records an edited script again")
class StampEditedIT {
  private static final String UPGRADE = "create table a (id int, phone text);\n";

  @TempDir private Path root;
  private ScratchDatabase database;

  @BeforeEach
  void apply() throws IOException {
    file("db/migration/V1__a.sql", UPGRADE);
    file("db/undo/U1__a.sql", "drop table a;\n");
    database = TestPostgres.database("edited");
    goal("upgrade").in(root);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  @DisplayName("says how the schema differs from what the script is now, or records nothing")
  void differs() throws IOException {
    file("db/migration/V1__a.sql", UPGRADE.replace("text", "varchar(40)"));
    Goal strict = goal("stamp").with("to", "current").with("stampCheck", "fail");
    MigrateException failure = catchThrowableOfType(MigrateException.class, () -> strict.in(root));
    assertThat(failure.code()).isEqualTo(FailureCode.DRIFT);
    assertThat(failure.problem()).contains("gives in 1 thing (").endsWith("Nothing was recorded.");

    assertThat(String.join("\n", goal("stamp").with("to", "current").in(root)))
        .contains("gives in 1 thing (", "1 revision recorded again, as their files are now");
  }

  @Test
  @DisplayName("is silent where only words have changed")
  void agrees() throws IOException {
    file("db/migration/V1__a.sql", "-- a comment\n" + UPGRADE);
    List<String> said = goal("stamp").with("to", "current").with("stampCheck", "fail").in(root);
    assertThat(String.join("\n", said)).contains("recorded again").doesNotContain("differs");
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
