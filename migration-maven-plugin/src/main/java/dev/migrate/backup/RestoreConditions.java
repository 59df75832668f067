package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks the preconditions of a restore before it touches anything: permissions, versions, other
 * sessions, what the database holds.
 */
final class RestoreConditions {
  private static final long SESSIONS_END_NANOS = 1_000_000_000L;

  private static final String OBJECTS =
      """
      select (select count(*) from pg_class c where c.oid >= 16384
          and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
            and d.objid = c.oid and d.deptype in ('e', 'i'))
          and c.relnamespace in (select oid from pg_namespace where nspname !~ '^pg_'))
        + (select count(*) from pg_proc p where p.oid >= 16384
          and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass
            and d.objid = p.oid and d.deptype = 'e'))
        + (select count(*) from pg_type t where t.oid >= 16384 and t.typtype in ('e', 'd', 'r')
          and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass
            and d.objid = t.oid and d.deptype = 'e'))
        + (select count(*) from pg_namespace n where n.oid >= 16384 and nspname !~ '^pg_'
          and not exists (select from pg_depend d where d.classid = 'pg_namespace'::regclass
            and d.objid = n.oid and d.deptype = 'e'))
        + (select count(*) from pg_largeobject_metadata)
      """;

  private final Target target;
  private final String purpose;
  private final RestoreOptions allowed;

  RestoreConditions(Target target, String purpose, RestoreOptions allowed) {
    this.target = target;
    this.purpose = purpose;
    this.allowed = allowed;
  }

  /**
   * @param empty whether there is nothing in the target
   * @param mayBeNew whether a new database could take the place of the target
   */
  record Found(boolean empty, boolean mayBeNew) {}

  /**
   * @return what was found; nothing was touched
   * @throws MigrateException {@code RESTORE_REFUSED} when the backup must not, or cannot, go there
   */
  Found require(Manifest manifest, HistoryLockHold hold) {
    try (Connection connection = target.connect(purpose)) {
      requireServer(manifest, connection);
      boolean empty = isEmpty(connection);
      requireConsent(manifest, empty);
      requireRoles(manifest, connection);
      requireNobody(connection, hold);
      return new Found(
          empty, !keepsExtensions(manifest, connection) && mayCreateDatabases(connection));
    } catch (SQLException e) {
      throw PostgresRefusal.of("The database cannot be looked at", e);
    }
  }

  /** Where no name is exchanged, they would only be waited for. */
  void endOthers(HistoryLockHold hold) {
    if (allowed.terminate()) {
      try (Connection connection = target.connect(purpose)) {
        Queries.all(
            connection,
            "select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity"
                + DatabaseNameSwap.others(target.database(), hold)
                + " and pid <> pg_catalog.pg_backend_pid()");
      } catch (SQLException e) {
        throw PostgresRefusal.of("The sessions of others cannot be ended; nothing was touched", e);
      }
    }
  }

  static void requireIntact(Manifest manifest, Path file) {
    if (!isIntact(manifest, file)) {
      throw new MigrateException(
          FailureCode.BACKUP_DAMAGED,
          "The backup %s is damaged: its checksum is not the one of its manifest.".formatted(file),
          "Restore another backup of the list that mvn migrate:backups shows. Nothing was"
              + " touched.");
    }
  }

  static boolean isIntact(Manifest manifest, Path file) {
    try {
      return PgDump.checksum(file).equals(manifest.sha256());
    } catch (IOException e) {
      throw BackupFolder.failure("read", file, e);
    }
  }

  static boolean isSuperuser(Connection connection) throws SQLException {
    return "t"
        .equals(
            Queries.text(
                connection,
                "select rolsuper from pg_catalog.pg_roles where rolname = current_user"));
  }

  /**
   * Whether there is something in the backup that this role cannot make in a new database.
   *
   * @throws MigrateException {@code RESTORE_REFUSED} when it is not there already, either
   */
  private boolean keepsExtensions(Manifest manifest, Connection connection) throws SQLException {
    if (manifest.superuserExtensions().isEmpty() || isSuperuser(connection)) {
      return false;
    }
    List<String> missing = new ArrayList<>(manifest.superuserExtensions());
    missing.removeAll(
        Queries.column(connection, "select extname::text from pg_catalog.pg_extension"));
    if (!missing.isEmpty()) {
      throw refused(
          "The backup %s needs the extensions %s, which only a superuser can create, and %s does not"
                  .formatted(manifest.name(), UndroppableExtensions.list(missing), target)
              + " have them.",
          "Let a superuser run "
              + missing.stream()
                  .map(name -> "CREATE EXTENSION " + SqlNames.quote(name) + ";")
                  .collect(Collectors.joining(" "))
              + " there, and restore again: what is there stays. Or restore as a superuser.");
    }
    return true;
  }

  private void requireServer(Manifest manifest, Connection connection) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < manifest.serverMajor()) {
      throw refused(
          "The backup %s is of PostgreSQL %d, and %s is PostgreSQL %d."
              .formatted(manifest.name(), manifest.serverMajor(), target, major),
          "Restore it into a server of version %d or later with -Dmigrate.url."
              .formatted(manifest.serverMajor()));
    }
  }

  static boolean isEmpty(Connection connection) throws SQLException {
    return "0".equals(Queries.text(connection, OBJECTS));
  }

  private void requireConsent(Manifest manifest, boolean empty) {
    if (!empty && !allowed.force()) {
      throw refused(
          "%s is not empty, and the backup %s would take its place."
              .formatted(target, manifest.name()),
          "If that is what you want, run mvn migrate:restore -Dmigrate.backupName=%s"
                  .formatted(manifest.name())
              + " -Dmigrate.force=true; what is there now is kept. Or restore into another"
              + " database with -Dmigrate.url.");
    }
  }

  private void requireRoles(Manifest manifest, Connection connection) throws SQLException {
    if (allowed.rights()) {
      List<String> known =
          Queries.column(connection, "select rolname::text from pg_catalog.pg_roles");
      List<String> missing =
          manifest.roles().stream().filter(role -> !known.contains(role)).toList();
      if (!missing.isEmpty()) {
        throw refused(
            "This server does not have the roles %s, which own something in the backup or may do"
                    .formatted(
                        missing.stream().map(SqlNames::quote).collect(Collectors.joining(", ")))
                + " something.",
            "Create them ("
                + missing.stream()
                    .map(role -> "CREATE ROLE " + SqlNames.quote(role) + ";")
                    .collect(Collectors.joining(" "))
                + "), or restore without owners and privileges with -Dmigrate.restoreRights=false.");
      }
    }
  }

  private void requireNobody(Connection connection, HistoryLockHold hold) throws SQLException {
    if (allowed.terminate()) {
      return;
    }
    List<String> sessions = sessions(connection, hold);
    // The server notices a little later than the client that a session has ended.
    long patience = System.nanoTime() + SESSIONS_END_NANOS;
    while (!sessions.isEmpty() && System.nanoTime() < patience) {
      Queries.text(connection, "select pg_catalog.pg_sleep(0.05)::text");
      sessions = sessions(connection, hold);
    }
    if (!sessions.isEmpty()) {
      throw refused(
          "Others are connected to %s: %s.".formatted(target, String.join(", ", sessions)),
          "Stop the application, or end their sessions with -Dmigrate.terminateConnections=true.");
    }
  }

  private List<String> sessions(Connection connection, HistoryLockHold hold) throws SQLException {
    return Queries.column(
        connection,
        """
        select pg_catalog.format('pid %s (%s, user %s)', pid,
          coalesce(nullif(application_name, ''), 'no name'), usename)
        from pg_catalog.pg_stat_activity
        """
            + DatabaseNameSwap.others(target.database(), hold)
            + " and pid <> pg_catalog.pg_backend_pid() order by pid");
  }

  private static boolean mayCreateDatabases(Connection connection) throws SQLException {
    return "t"
        .equals(
            Queries.text(
                connection,
                """
                select (r.rolsuper or r.rolcreatedb) and pg_has_role(d.datdba, 'USAGE')
                from pg_catalog.pg_roles r, pg_catalog.pg_database d
                where r.rolname = current_user and d.datname = current_database()
                """));
  }

  private static MigrateException refused(String problem, String remedy) {
    return new MigrateException(FailureCode.RESTORE_REFUSED, problem, remedy);
  }
}
