package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.scratch.Sandbox;
import dev.migrate.scratch.SandboxAdministrator;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ScratchServer;
import dev.migrate.sql.DollarQuote;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Verifies a backup by restoring it into a scratch database and comparing schema, row counts and
 * checksums.
 */
public final class BackupVerification {
  private static final Pattern NEEDS_POWER =
      Pattern.compile("permission denied|[Mm]ust be (superuser|owner|able to|a superuser)");

  private final Scratch scratch;
  private final BackupOptions options;
  private final BackupProgress progress;

  /**
   * @param scratch a server of the backup's major version
   * @param options where the backups are
   * @param progress hears how it gets on
   */
  public BackupVerification(Scratch scratch, BackupOptions options, BackupProgress progress) {
    this.scratch = scratch;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Restores a backup into scratch and compares the fingerprint of the schema, the number of rows
   * of each table and, where the manifest has them, the checksums.
   *
   * @param manifest the backup
   * @return its manifest, which now says when it was verified
   * @throws MigrateException {@code BACKUP_DAMAGED} when something else came back
   */
  public Manifest verify(Manifest manifest) {
    BackupFolder folder = new BackupFolder(options.folder());
    Path file = folder.data(manifest);
    RestoreConditions.requireIntact(manifest, file);
    try (ScratchDatabase database = scratch.database("verify")) {
      requireVersion(database, manifest.serverMajor());
      Target copy = target(database);
      boolean rights = rights(scratch, copy, manifest.roles());
      BackupLoader loading = new BackupLoader(manifest, file, options, rights, progress);
      if (database.sandboxed()) {
        try (SandboxAdministrator administrator = SandboxAdministrator.of(database)) {
          loading.into(copy, "migrate:verify", administrator);
        }
      } else {
        loading.into(copy, "migrate:verify");
      }
      List<String> differences = differences(manifest, database, copy);
      if (!differences.isEmpty()) {
        throw damaged(manifest, String.join(", ", differences), null);
      }
      Manifest verified = manifest.verifiedAt(Instant.now());
      folder.write(verified);
      return verified;
    } catch (SQLException e) {
      throw damaged(manifest, PostgresError.messageAndDetail(e), e);
    } catch (IOException e) {
      throw damaged(manifest, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * @param database a scratch database
   * @return the same as a target
   */
  static Target target(ScratchDatabase database) {
    return database.user() == null
        ? Target.at(database.jdbcUrl(), "scratch")
        : Target.of(database.jdbcUrl(), database.user(), database.password(), "scratch");
  }

  /**
   * A dump of one version may not load into an older one, and a rehearsal on another is none.
   *
   * @throws MigrateException {@code INVALID_PARAMETER} when a lent server is of another version
   */
  static void requireVersion(ScratchDatabase database, int major) throws SQLException {
    try (Connection connection = database.connectToRead()) {
      int lent = connection.getMetaData().getDatabaseMajorVersion();
      if (lent != major) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "The server of -Dmigrate.scratchUrl is PostgreSQL %d, and the database is of version %d."
                .formatted(lent, major),
            "Name a server of version %d, or leave the parameter out to use an embedded one."
                .formatted(major));
      }
    }
  }

  /**
   * Whether owners and privileges can come back, too. On a server of our own the roles are made; on
   * one that is lent they must be there, and we must be its superuser.
   */
  static boolean rights(Scratch scratch, Target copy, List<String> roles) throws SQLException {
    if (scratch instanceof Sandbox sandbox) {
      if (sandbox.own()) {
        sandbox.createRoles(roles);
      }
      return sandbox.own(); // nothing becomes property of a role that somebody uses
    }
    if (scratch instanceof ScratchServer own) {
      createRoles(own, roles);
      return true;
    }
    return mayGiveRights(copy, roles);
  }

  private static boolean mayGiveRights(Target copy, List<String> roles) throws SQLException {
    try (Connection connection = copy.connect("migrate:verify")) {
      return "on".equals(Queries.text(connection, "show is_superuser"))
          && Queries.column(connection, "select rolname::text from pg_catalog.pg_roles")
              .containsAll(roles);
    }
  }

  static void createRoles(ScratchServer server, List<String> roles) {
    for (String role : roles) {
      server.administer(
          "DO "
              + DollarQuote.of(
                  "BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = "
                      + SqlLiteral.literal(role)
                      + ") THEN CREATE ROLE "
                      + SqlNames.quote(role)
                      + " NOLOGIN; END IF; END",
                  "do"));
    }
  }

  /** The catalog as we see it; the rows as their owner does, whose code reading them may call. */
  private List<String> differences(Manifest manifest, ScratchDatabase database, Target copy)
      throws SQLException {
    try (Connection connection = database.connectToRead()) {
      boolean sameVersion =
          connection.getMetaData().getDatabaseMajorVersion() == manifest.serverMajor();
      if (sameVersion
          && !new Introspector(Backup.comparable(manifest.historyTable()))
              .read(connection)
              .fingerprint()
              .equals(manifest.fingerprint())) {
        return List.of("the schema is another one");
      }
    }
    boolean sums = manifest.tables().stream().anyMatch(table -> table.sum().isPresent());
    return TableChecksums.differences(
        manifest.tables(), TableChecksums.of(copy, "migrate:verify", options.jobs(), sums));
  }

  private static MigrateException damaged(Manifest manifest, String why, Exception cause) {
    if (NEEDS_POWER.matcher(why).find()) {
      return new MigrateException(
          FailureCode.UNTRUSTED_TARGET,
          "The backup %s was taken, and holds something that only a superuser can load: %s."
              .formatted(manifest.name(), why),
          SandboxAdministrator.TRUST,
          cause);
    }
    if (PostgresError.missingExtension(why).isPresent()) {
      return new MigrateException(
          FailureCode.DATABASE,
          "The backup %s was taken, and cannot be verified here: %s."
              .formatted(manifest.name(), why),
          PostgresRefusal.LEND_A_SERVER,
          cause);
    }
    return new MigrateException(
        FailureCode.BACKUP_DAMAGED,
        "The backup %s did not come back from scratch as it was: %s."
            .formatted(manifest.name(), why),
        "Do not rely on it. Take another one, with the other engine (-Dmigrate.backupEngine), and"
            + " look at what the message names.",
        cause);
  }
}
