package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An installation of PostgreSQL")
class PostgresInstallationIT {
  private static final PostgresVersion VERSION = PostgresVersion.DEFAULT;
  private static final String NAME = "postgres-" + VERSION.full() + "-" + Platform.current().name();

  @TempDir Path cache;

  @Test
  @DisplayName("is made once, whoever asks at the same moment; what was left half-way is swept")
  void madeOnce() throws Exception {
    Path orphan = cache.resolve(NAME + ".unfinished-killed");
    Files.createDirectories(orphan.resolve("bin"));
    Files.writeString(orphan.resolve("bin/postgres"), "half of it");
    AtomicInteger asked = new AtomicInteger();
    PostgresBinaries counting =
        (version, platform) -> {
          asked.incrementAndGet();
          return new ClasspathBinaries().archiveFor(version, platform);
        };
    Callable<Path> find =
        () -> PostgresInstallation.in(VERSION, counting, cache).program("postgres");

    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Path>> found = threads.invokeAll(List.of(find, find));
    threads.shutdown();

    Path postgres = cache.resolve(NAME).resolve("bin/postgres");
    assertThat(found).allSatisfy(path -> assertThat(path.get()).isEqualTo(postgres));
    assertThat(asked).hasValue(1);
    assertThat(SystemCommand.run(cache, List.of(postgres.toString(), "--version")).output())
        .startsWith("postgres (PostgreSQL) 18.");
    assertThat(orphan).doesNotExist();
  }

  @Test
  @DisplayName("says which archive cannot be read, and leaves nothing behind")
  void unreadable() throws IOException {
    Path broken = Files.writeString(cache.resolve("broken.jar"), "<html>404</html>");
    PostgresInstallation installation =
        PostgresInstallation.in(VERSION, (version, platform) -> broken, cache.resolve("c"));

    assertThatThrownBy(() -> installation.program("postgres"))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.EMBEDDED_POSTGRES);
              assertThat(e.problem()).contains(broken.toString());
              assertThat(e.remedy()).contains("Delete that file").contains("migrate.url");
            });
    try (var left = Files.list(cache.resolve("c"))) {
      assertThat(left).allSatisfy(path -> assertThat(path).isRegularFile());
    }
  }
}
