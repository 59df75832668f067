package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends the process that starts the server of a project at random moments: {@code -Dkills=50} times,
 * once by default; {@code -Dkills.seed} for other moments.
 */
@DisplayName("A process that is killed while it starts the server of a project")
class KilledStartIT {
  private static final int KILLS = Integer.getInteger("kills", 1);

  @TempDir private Path directory;

  @Test
  @DisplayName("leaves nothing running and nothing half, and the next start works")
  void killed() throws Exception {
    Random random = new Random(Long.getLong("kills.seed", 7));
    String pattern = TestPostgres.server().address().password();
    int running = 0;
    long begun = System.nanoTime();
    ChildJvm undisturbed = ChildJvm.start(ChildJvm.TARGET, directory.resolve("whole/.migrate"));
    assertThat(undisturbed.line()).matches("\\d+");
    int takes = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    undisturbed.release();
    for (int kill = 0; kill < KILLS; kill++) {
      Path state = directory.resolve("p" + kill).resolve(".migrate");
      ChildJvm child = ChildJvm.start(ChildJvm.TARGET, state);
      Thread.sleep(random.nextInt(takes + takes / 5));
      child.end();
      Optional<PidFile> left = PidFile.of(state.resolve("postgres-18/data"));
      if (left.isPresent() && left.get().alive()) {
        running++;
        Optional<ProcessHandle> server = ProcessHandle.of(left.get().pid());
        if (server.isPresent()) { // it may be gone by now
          ChildJvm.awaitEnd(server.get());
        }
      }
      EmbeddedServer server = EmbeddedServer.of(TestPostgres.installation(), state);
      try (EmbeddedServer.Lease lease = server.acquire("migrate")) {
        assertThat(server.running()).contains(lease.address());
        assertThat(lease.address().password()).as("its own").isNotEqualTo(pattern);
      }
      assertThat(server.running()).isEmpty();
      try (Stream<Path> all = Files.list(state.resolve("postgres-18"))) {
        List<String> names = all.map(path -> path.getFileName().toString()).toList();
        assertThat(names)
            .as("kill " + kill)
            .noneMatch(name -> name.endsWith(".tmp") || name.startsWith("unfinished-"));
      }
    }
    System.out.printf(
        "start: %d kills within %d ms, at %d of them the server ran and ended by itself; the next"
            + " start worked each time, left behind 0%n",
        KILLS, takes + takes / 5, running);
  }
}
