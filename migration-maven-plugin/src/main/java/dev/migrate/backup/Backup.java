package dev.migrate.backup;

import dev.migrate.backup.Snapshot.StoredTable;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import dev.migrate.target.SecureConnections;
import dev.migrate.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Takes a backup of a database, with {@code pg_dump} or over JDBC, into a folder of backups. */
public final class Backup {
  /** A first guess at how much smaller a backup is than the tables, on the low side. */
  private static final int BEST_RATIO = 8;

  private static final String ROLES =
      """
      select distinct r.rolname::text from pg_catalog.pg_shdepend d
      join pg_catalog.pg_roles r on r.oid = d.refobjid
      where d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass and d.dbid =
        (select oid from pg_catalog.pg_database where datname = current_database())
      """;

  private final Target target;
  private final String purpose;
  private final String historyTable;
  private final BackupOptions options;
  private final BackupProgress progress;

  /** Says where the database stands, as the history table has it at the moment of the backup. */
  @FunctionalInterface
  public interface Position {
    /**
     * @param connection in the snapshot, with an empty search path; to be read from only
     * @return the ids of the current revisions
     * @throws SQLException when the history cannot be read
     */
    List<String> revisions(Connection connection) throws SQLException;
  }

  /**
   * @param target the database
   * @param purpose what the administrator of the database reads in pg_stat_activity
   * @param historyTable the name of the history table
   * @param options how
   * @param progress hears how it gets on
   */
  public Backup(
      Target target,
      String purpose,
      String historyTable,
      BackupOptions options,
      BackupProgress progress) {
    this.target = target;
    this.purpose = purpose;
    this.historyTable = historyTable;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Takes a backup. Either it is complete and synced to the disk when this returns, or there is
   * none.
   *
   * @param position says where the database stands
   * @return its manifest
   * @throws MigrateException {@code BACKUP_FAILED}, {@code BACKUP_INCOMPLETE}, {@code CLIENT_TOOL},
   *     {@code DATABASE}, {@code CONNECTION} or {@code FILE_ACCESS}
   */
  public Manifest take(Position position) {
    long start = System.nanoTime();
    BackupFolder folder = new BackupFolder(options.folder());
    try (Snapshot snapshot = Snapshot.open(target, purpose)) {
      Optional<ClientTool> pgDump =
          pgDump(major(snapshot), SecureConnections.isLent(snapshot.connection()));
      try {
        return take(folder, snapshot, pgDump, position, start);
      } catch (ClientToolRun.Failed e) {
        if (options.engine() != BackupEngine.Choice.AUTO || !e.unconnected()) {
          throw e;
        }
        progress.warning(
            "pg_dump cannot connect where the driver could, so the engine jdbc takes the backup: "
                + e.getMessage());
        return take(folder, snapshot, Optional.empty(), position, start);
      }
    } catch (SQLException e) {
      throw PostgresRefusal.of("The backup failed, and left no file", e);
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.BACKUP_FAILED,
          "The backup failed, and left no file: %s.".formatted(e.getMessage()),
          remedy(e, folder),
          e);
    }
  }

  private String remedy(IOException e, BackupFolder folder) {
    String said = String.valueOf(e.getMessage());
    if (said.contains("LOCK TABLE")) {
      return PostgresRefusal.LOOK_FOR_LOCKS;
    }
    if (e instanceof ClientToolRun.Failed && !said.contains("No space left")) {
      return "Mend what pg_dump names, or use -Dmigrate.backupEngine=jdbc, which needs no program.";
    }
    return room(folder);
  }

  private Manifest take(
      BackupFolder folder,
      Snapshot snapshot,
      Optional<ClientTool> pgDump,
      Position position,
      long start)
      throws IOException, SQLException {
    final Instant created = Instant.now();
    final String state = DatabaseFingerprint.mark(snapshot.connection());
    List<String> superuserExtensions = UndroppableExtensions.forSuperusers(snapshot.connection());
    warnOf(superuserExtensions, snapshot.connection());
    BackupEngine engine = pgDump.isPresent() ? BackupEngine.PG_DUMP : BackupEngine.JDBC;
    requireSpace(folder, engine, snapshot);
    Schema schema = snapshot.schema(JdbcDump.everything());
    Schema compared = snapshot.schema(comparable(historyTable));
    // That of what will come back.
    String fingerprint =
        (engine == BackupEngine.PG_DUMP ? compared : known(compared)).fingerprint();
    List<String> warnings = requireComplete(engine, schema);
    warnings.forEach(progress::warning);
    Manifest.Layout layout =
        engine == BackupEngine.JDBC
            ? Manifest.Layout.SQL_GZ
            : options.plain() ? Manifest.Layout.SQL : Manifest.Layout.CUSTOM;
    progress.begins("Backing up " + target.database(), snapshot.tables().size(), snapshot.bytes());
    try (BackupFolder.Partial file = folder.begin(target.database(), created, layout)) {
      Written written =
          pgDump.isPresent()
              ? byPgDump(pgDump.get(), snapshot, file)
              : byJdbc(snapshot, schema, file, created);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              file.name(),
              file.data().getFileName().toString(),
              layout,
              engine,
              pgDump.map(ClientTool::version).orElse("migration-maven-plugin"),
              target.database(),
              target.toString(),
              version(snapshot),
              major(snapshot),
              position.revisions(snapshot.connection()),
              historyTable,
              fingerprint,
              written.tables(),
              roles(snapshot.connection(), schema),
              warnings,
              file.open().size(),
              written.sha256(),
              created.toString(),
              (System.nanoTime() - start) / 1_000_000,
              null,
              superuserExtensions,
              state);
      folder.publish(file, manifest);
      return manifest;
    } finally {
      progress.ends();
    }
  }

  /** What a restore by the same role could not do is better known while there is time. */
  private void warnOf(List<String> superuserExtensions, Connection connection) throws SQLException {
    if (!superuserExtensions.isEmpty() && !RestoreConditions.isSuperuser(connection)) {
      progress.warning(
          "Only a superuser can bring back the extensions %s: a restore as %s keeps those that are"
                  .formatted(UndroppableExtensions.list(superuserExtensions), target.user())
              + " in the database, and is refused where they are missing.");
    }
  }

  /**
   * Looks for a backup that a new one would only repeat.
   *
   * @return the newest one that lacks nothing, was verified, is undamaged, and since which nothing
   *     was written; empty when there is none, or it cannot be told
   * @throws MigrateException {@code DATABASE}, {@code CONNECTION} or {@code FILE_ACCESS}
   */
  public Optional<Manifest> ofThisVeryState() {
    BackupFolder folder = new BackupFolder(options.folder());
    String now;
    try (Connection connection = target.connect(purpose)) {
      now = DatabaseFingerprint.mark(connection);
    } catch (SQLException e) {
      throw PostgresRefusal.of("The state of the database cannot be looked at", e);
    }
    return folder.content().backups().stream()
        .filter(one -> now != null && now.equals(one.state()))
        .filter(one -> one.complete() && one.verifiedAt().isPresent())
        .filter(one -> RestoreConditions.isIntact(one, folder.data(one)))
        .max(Comparator.comparing(Manifest::createdAt));
  }

  private String room(BackupFolder folder) {
    return "%d MB are free in %s. Make room, or give another folder with"
            .formatted(folder.freeBytes() >> 20, options.folder())
        + " -Dmigrate.backupDirectory, and run the goal again.";
  }

  /**
   * Deletes backups of this database that have had their time; never the newest.
   *
   * @param rotation how many and how old they may be
   * @return what was deleted
   */
  public List<Manifest> rotate(BackupRotation rotation) {
    return new BackupFolder(options.folder()).rotate(rotation, target.database(), Instant.now());
  }

  /**
   * Whether there is anything to lose.
   *
   * @return whether any table, the history table left aside, has a row, or hides its rows from us,
   *     or there is a large object
   * @throws MigrateException {@code DATABASE} or {@code CONNECTION}
   */
  public boolean hasRows() {
    try (Connection connection = target.connect(purpose)) {
      // A table that a policy makes look empty is not: let PostgreSQL refuse it instead.
      Queries.execute(connection, "SET row_security = off");
      for (StoredTable table : Snapshot.tables(connection)) {
        if (!table.name().equals(historyTable) && hasRows(connection, table)) {
          return true;
        }
      }
      return Queries.text(connection, "SELECT 1 FROM pg_catalog.pg_largeobject_metadata LIMIT 1")
          != null;
    } catch (SQLException e) {
      if (SqlState.INSUFFICIENT_PRIVILEGE.is(e)) {
        return true; // what we may not see may be there; the backup says what is wrong
      }
      throw PostgresRefusal.of("The tables cannot be looked at", e);
    }
  }

  private static boolean hasRows(Connection connection, StoredTable table) throws SQLException {
    if (table.coded()) {
      return TableChecksums.one(connection, new Snapshot.Segment(table, 0, 0), false).rows() > 0;
    }
    return Queries.text(connection, "SELECT 1 FROM ONLY " + table.quoted() + " LIMIT 1") != null;
  }

  private static Schema known(Schema schema) {
    return new Schema(schema.facts().values(), List.of(), schema.columnOrder(), schema.origin());
  }

  /** What is compared before and after, and between servers. */
  static Scope comparable(String historyTable) {
    return new Scope(new TreeSet<>(), historyTable, false, false);
  }

  /** The catalog does not record the role that made the cluster, except as an owner. */
  static List<String> roles(Connection connection, Schema schema) throws SQLException {
    Set<String> roles = new TreeSet<>(Queries.column(connection, ROLES));
    for (Fact fact : schema.facts().values()) {
      if (fact.id().kind() == Kind.OWNER) {
        roles.add(fact.text(Attribute.ROLE));
      }
    }
    roles.remove("pg_database_owner");
    return List.copyOf(roles);
  }

  private record Written(List<TableChecksum> tables, String sha256) {}

  private Optional<ClientTool> pgDump(int major, boolean pooled) {
    return switch (options.engine()) {
      case JDBC -> Optional.empty();
      case AUTO -> ClientTool.find("pg_dump", options, major).filter(tool -> suits(tool, pooled));
      case PG_DUMP ->
          Optional.of(
              ClientTool.find("pg_dump", options, major)
                  .map(tool -> tool.reaching(target))
                  .orElseThrow(
                      () ->
                          new MigrateException(
                              FailureCode.CLIENT_TOOL,
                              "No pg_dump of version %d or later is on this machine."
                                  .formatted(major),
                              "Name one with -Dmigrate.pgDump, call one in a container with"
                                  + " -Dmigrate.backupCommand=\"docker compose exec -T db\", or use"
                                  + " -Dmigrate.backupEngine=jdbc, which needs no program.")));
    };
  }

  private boolean suits(ClientTool tool, boolean pooled) {
    Optional<String> obstacle =
        pooled && !tool.remote()
            ? Optional.of("a pooler lends its sessions, and pg_dump would leave settings in them")
            : tool.obstacle(target);
    obstacle.ifPresent(
        why ->
            progress.warning(
                "pg_dump cannot reach this server as the driver does: %s. The engine jdbc takes the"
                        .formatted(why)
                    + " backup."));
    return obstacle.isEmpty();
  }

  private Written byPgDump(ClientTool tool, Snapshot snapshot, BackupFolder.Partial file)
      throws IOException, SQLException {
    AtomicReference<List<TableChecksum>> contents = new AtomicReference<>();
    new PgDump(tool, options, progress)
        .run(
            snapshot.target(),
            snapshot,
            file,
            () -> contents.set(TableChecksums.of(snapshot, options.jobs(), options.checksums())));
    return new Written(contents.get(), PgDump.checksum(file.path()));
  }

  private Written byJdbc(
      Snapshot snapshot, Schema schema, BackupFolder.Partial file, Instant created)
      throws IOException, SQLException {
    PieceFile pieces = new PieceFile(file.open(), options.level());
    Map<StoredTable, Long> counts =
        new JdbcDump(snapshot, pieces, options.jobs(), progress)
            .run(schema, "Backup of " + target + ", " + created);
    List<TableChecksum> tables = new ArrayList<>();
    if (options.checksums()) {
      tables.addAll(TableChecksums.of(snapshot, options.jobs(), true));
    } else {
      counts.forEach(
          (table, rows) -> tables.add(new TableChecksum(table.schema(), table.name(), rows, null)));
    }
    return new Written(TableChecksums.sorted(tables), pieces.checksum());
  }

  /** A backup that lacks something must not look like one that does not. */
  private List<String> requireComplete(BackupEngine engine, Schema schema) {
    if (engine == BackupEngine.PG_DUMP || schema.uncovered().isEmpty()) {
      return List.of();
    }
    if (!options.incomplete()) {
      throw new MigrateException(
          FailureCode.BACKUP_INCOMPLETE,
          "The engine jdbc cannot back up everything that is in %s: %s."
              .formatted(
                  target.database(),
                  schema.uncovered().stream()
                      .map(String::valueOf)
                      .collect(Collectors.joining(", "))),
          "Let pg_dump do it: install one of the server's version, name it with -Dmigrate.pgDump,"
              + " or call one in a container with -Dmigrate.backupCommand. To go without what is"
              + " named, give -Dmigrate.backupIncomplete=true.");
    }
    return schema.uncovered().stream()
        .map(one -> "Not in the backup, because only pg_dump knows it: " + one)
        .toList();
  }

  private void requireSpace(BackupFolder folder, BackupEngine engine, Snapshot snapshot) {
    long expected =
        folder
            .last(target.database(), engine)
            .map(Manifest::bytes)
            .orElse(snapshot.bytes() / BEST_RATIO);
    long free = folder.freeBytes();
    if (free < expected) {
      throw new MigrateException(
          FailureCode.BACKUP_FAILED,
          "The backup needs about %d MB, and %s has %d MB free."
              .formatted((expected >> 20) + 1, options.folder(), free >> 20),
          "Make room, let fewer backups be kept (-Dmigrate.backupKeep), or give another folder with"
              + " -Dmigrate.backupDirectory.");
    }
  }

  private static int major(Snapshot snapshot) throws SQLException {
    return snapshot.connection().getMetaData().getDatabaseMajorVersion();
  }

  private static String version(Snapshot snapshot) throws SQLException {
    return snapshot.connection().getMetaData().getDatabaseProductVersion();
  }
}
