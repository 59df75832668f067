package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.replay.ScratchSource;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.squash.SquashHistory;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A release that was squashed later")
class SquashedReleaseIT {
  @TempDir private Path root;

  private static void squash(VerifiedProject project, Path root) {
    ServerAddress address = TestPostgres.server().address();
    new SquashHistory(
            new ScratchSource.Borrowed(
                address.jdbcUrl("postgres"), address.user(), address.password()),
            project.files(),
            HistoryOptions.defaults(),
            root.resolve("src/main/resources/db/archive"),
            Progress.SILENT,
            Clock.systemUTC())
        .run(VerifiedProject.id(4), Optional.empty(), "", false);
  }

  @Test
  @DisplayName("is verified with its baseline, its later revisions and a target that is past it")
  void verified() {
    VerifiedProject project = VerifiedProject.sound(root).release("v1");
    try (ScratchDatabase database = TestPostgres.database("squashed")) {
      project.upgrade(database).target(database);
      squash(project, root);

      Verification found = project.verify();

      assertThat(found.results())
          .allSatisfy(result -> assertThat(result.fine()).as("%s", result).isTrue());
      assertThat(found.of(Check.FILES).notes())
          .anySatisfy(note -> assertThat(note).contains("8 scripts").contains("in the archive"));
    }
  }

  @Test
  @DisplayName("is missed when the archive has something else")
  void archiveEdited() throws IOException {
    VerifiedProject project = VerifiedProject.sound(root).release("v1");
    squash(project, root);
    Path archive = root.resolve("src/main/resources/db/archive/" + VerifiedProject.id(4));
    try (var files = Files.walk(archive)) {
      Path first =
          files
              .filter(file -> file.getFileName().toString().startsWith("V" + VerifiedProject.id(1)))
              .findFirst()
              .orElseThrow();
      Files.writeString(first, Files.readString(first) + "-- more\n");
    }

    CheckResult result =
        project.skip("replay", "reversible", "data", "model").verify().of(Check.FILES);

    assertThat(result.findings()).singleElement().asString().contains("was removed since v1");
  }
}
