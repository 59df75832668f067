package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.plan.SqlNames;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Restores a backup into a database, all or nothing. Where the role may create databases, into a
 * new one that takes over the name of the old one when it is complete and checked; the old one
 * stays under another name. Else in one transaction, after a backup of what is there.
 */
public final class Restore {
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
  private final BackupOptions options;
  private final RestoreOptions allowed;
  private final BackupProgress progress;

  /**
   * @param target the database to restore into
   * @param purpose what the administrator of the database reads in pg_stat_activity
   * @param options where the backups are, and how the one before the restore is taken
   * @param allowed what may be done
   * @param progress hears how it gets on
   */
  public Restore(
      Target target,
      String purpose,
      BackupOptions options,
      RestoreOptions allowed,
      BackupProgress progress) {
    this.target = target;
    this.purpose = purpose;
    this.options = options;
    this.allowed = allowed;
    this.progress = progress;
  }

  /**
   * @return what PostgreSQL's documentation says of restoring as a superuser; empty when the role
   *     is none
   * @throws MigrateException {@code CONNECTION} when the target cannot be reached
   */
  public Optional<String> caution() {
    try (Connection connection = target.connect(purpose)) {
      return isSuperuser(connection)
          ? Optional.of(
              "The role %s is a superuser, and what stands in the backup runs with its rights. PostgreSQL's"
                      .formatted(target.user())
                  + " documentation says: \"Restoring a dump causes the destination to execute arbitrary"
                  + " code of the source superusers' choice.\" Where you do not trust them, look through"
                  + " the backup first; where you do not trust everybody who may create objects in the"
                  + " source, restore as the owner of the database, who is no superuser.")
          : Optional.empty();
    } catch (SQLException e) {
      throw PostgresRefusal.of("The database cannot be looked at", e);
    }
  }

  /**
   * Restores a backup.
   *
   * @param name its name, or {@code latest}
   * @param hold the lock of the target's history, held from before until after
   * @return what was done
   * @throws MigrateException {@code BACKUP_NOT_FOUND}, {@code BACKUP_DAMAGED}, {@code
   *     RESTORE_REFUSED} or {@code CLIENT_TOOL} before anything was touched, {@code RESTORE_FAILED}
   *     when the database is as it was
   */
  public RestoreResult run(String name, HistoryLockHold hold) {
    long start = System.nanoTime();
    BackupFolder folder = new BackupFolder(options.folder());
    Manifest manifest = folder.find(name, target);
    Path file = folder.data(manifest);
    requireIntact(manifest, file);
    BackupLoader loading = new BackupLoader(manifest, file, options, allowed.rights(), progress);
    loading.prepare();
    boolean empty;
    boolean swap;
    try (Connection connection = target.connect(purpose)) {
      requireServer(manifest, connection);
      empty = isEmpty(connection);
      requireConsent(manifest, empty);
      requireRoles(manifest, connection);
      requireNobody(connection, hold);
      swap = !keepsExtensions(manifest, connection) && mayCreateDatabases(connection);
    } catch (SQLException e) {
      throw PostgresRefusal.of("The database cannot be looked at", e);
    }
    Optional<Target> maintenance =
        swap ? MaintenanceDatabase.of(target, purpose) : Optional.empty();
    if (maintenance.isEmpty()) {
      endOthers(hold);
      return new InPlaceRestore(target, purpose, options, progress, hold)
          .run(manifest, loading, file, empty, allowed.rights(), start);
    }
    return swap(manifest, loading, maintenance.get(), hold, empty, start);
  }

  private RestoreResult swap(
      Manifest manifest,
      BackupLoader loading,
      Target maintenance,
      HistoryLockHold hold,
      boolean empty,
      long start) {
    try (Connection admin = maintenance.connect(purpose);
        Connection watch = maintenance.connect(purpose)) {
      Instant time = Instant.now();
      // What an earlier restore has kept may have its name from the same second.
      while (isThere(admin, kept(time))) {
        time = time.plusSeconds(1);
      }
      String fresh = Leftovers.name(target, Leftovers.Use.RESTORE, time);
      String kept = kept(time);
      EmptyDatabaseClone twin = new EmptyDatabaseClone(admin, target.database());
      Leftovers.claim(admin, fresh);
      twin.create(fresh);
      boolean compared;
      try {
        Target into = target.withDatabase(fresh);
        loading.into(into, purpose);
        compared = check(manifest, into);
        twin.dress(fresh);
        new DatabaseNameSwap(admin, watch, target, hold, allowed.terminate())
            .run(fresh, kept, twin.unmark(fresh));
      } catch (SQLException | IOException | RuntimeException e) {
        discard(admin, fresh, e);
        throw e;
      }
      // From here on the restore has succeeded, whatever becomes of the old database.
      boolean gone = empty && dropped(admin, kept);
      return new RestoreResult(
          manifest, target.database(), gone ? null : kept, null, compared, since(start));
    } catch (SQLException e) {
      throw failed(manifest, PostgresRefusal.message(e), e);
    } catch (IOException e) {
      throw failed(manifest, e.getMessage(), e);
    }
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Where no name is exchanged, they would only be waited for. */
  private void endOthers(HistoryLockHold hold) {
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

  /** What the database that was there is called from then on. */
  private String kept(Instant time) {
    return Leftovers.name(target, Leftovers.Use.RESTORE, time)
        .replaceFirst("_restore_(?=[0-9]{8}_[0-9]{6}$)", "_before_");
  }

  private static boolean isThere(Connection admin, String database) throws SQLException {
    return Queries.text(
            admin,
            "select pg_catalog.count(*)::text from pg_catalog.pg_database where datname = "
                + SqlNames.literal(database))
        .equals("1");
  }

  /** It was empty before the restore began; what has come since then is kept. */
  private boolean dropped(Connection admin, String kept) {
    try {
      boolean empty;
      try (Connection inside = target.withDatabase(kept).connect(purpose)) {
        empty = isEmpty(inside);
      }
      if (empty) {
        Queries.execute(admin, "DROP DATABASE " + SqlNames.quote(kept));
        return true;
      }
      progress.warning(
          "The database was empty when the restore began and is not any more; what was written to"
              + " it meanwhile is in "
              + kept
              + ".");
    } catch (SQLException | MigrateException e) {
      progress.warning(
          "The empty database that was there before could not be dropped, and is still there as "
              + kept
              + ".");
    }
    return false;
  }

  private static void discard(Connection admin, String fresh, Exception reason) {
    try {
      Queries.execute(admin, "DROP DATABASE IF EXISTS " + SqlNames.quote(fresh) + " WITH (FORCE)");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private boolean check(Manifest manifest, Target into) throws SQLException {
    try (Connection connection = into.connect(purpose)) {
      boolean comparable =
          connection.getMetaData().getDatabaseMajorVersion() == manifest.serverMajor();
      if (comparable) {
        String fingerprint =
            new Introspector(Backup.comparable(manifest.historyTable()))
                .read(connection)
                .fingerprint();
        requireSame(manifest, fingerprint.equals(manifest.fingerprint()));
      }
      boolean sums =
          comparable && manifest.tables().stream().anyMatch(table -> table.sum().isPresent());
      requireSame(manifest, TableChecksums.of(into, purpose, options.jobs(), sums));
      return comparable;
    }
  }

  static void requireSame(Manifest manifest, boolean same) {
    if (!same) {
      throw failed(manifest, "the schema is another than the one that was backed up", null);
    }
  }

  static void requireSame(Manifest manifest, List<TableChecksum> found) {
    requireSame(manifest.tables(), manifest, found);
  }

  static void requireSame(
      List<TableChecksum> wanted, Manifest manifest, List<TableChecksum> found) {
    List<String> differences = TableChecksums.differences(wanted, found);
    // Sums of rows belong to one version of the server; on others only rows are counted.
    if (!differences.isEmpty()) {
      throw failed(manifest, String.join(", ", differences), null);
    }
  }

  static MigrateException failed(Manifest manifest, String why, Exception cause) {
    return new MigrateException(
        FailureCode.RESTORE_FAILED,
        "The backup %s was not restored: %s. The database is as it was."
            .formatted(manifest.name(), why),
        "Mend what is named and run the goal again, or restore another backup of the list that mvn"
            + " migrate:backups shows.",
        cause);
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
