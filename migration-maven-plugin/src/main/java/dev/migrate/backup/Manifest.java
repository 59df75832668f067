package dev.migrate.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The manifest of a backup: a small JSON file beside the data, written last, that says what the
 * backup is. Data without a manifest is no backup.
 *
 * @param format the version of this description
 * @param name the name of the backup, by which people ask for it
 * @param file the name of the file with the data, in the same folder
 * @param layout what that file is
 * @param engine what wrote it
 * @param tool the program and its version
 * @param database the database's name
 * @param server where it was, fit for any log
 * @param serverVersion the version of its server, as the server says it
 * @param serverMajor the major version
 * @param revisions where the database stood: the heads of what was applied
 * @param historyTable the table that recorded it, which the fingerprint does not count
 * @param fingerprint of its schema, without privileges and owners
 * @param tables its tables, with the number of their rows
 * @param roles the roles that own something, or may do something
 * @param warnings what is not in the backup
 * @param bytes the size of the data file
 * @param sha256 its checksum, in hexadecimal
 * @param created when the backup saw the database, in ISO 8601
 * @param millis how long it took
 * @param verified when it was last restored and found complete, in ISO 8601; null if never
 * @param superuserExtensions the extensions in it that only a superuser can create
 * @param state a mark that the database bears as long as nothing is written; null when it could not
 *     be told
 */
public record Manifest(
    int format,
    String name,
    String file,
    Layout layout,
    BackupEngine engine,
    String tool,
    String database,
    String server,
    String serverVersion,
    int serverMajor,
    List<String> revisions,
    String historyTable,
    String fingerprint,
    List<TableChecksum> tables,
    List<String> roles,
    List<String> warnings,
    long bytes,
    String sha256,
    String created,
    long millis,
    String verified,
    List<String> superuserExtensions,
    String state) {

  /** The version of the description that this code writes. */
  static final int FORMAT = 1;

  /** What the data file of a backup is. */
  public enum Layout {
    /** The archive of {@code pg_dump -Fc}, for {@code pg_restore}. */
    CUSTOM(".dump"),
    /** SQL for {@code psql}. */
    SQL(".sql"),
    /** SQL for {@code psql}, compressed with gzip in pieces. */
    SQL_GZ(".sql.gz");

    private final String extension;

    Layout(String extension) {
      this.extension = extension;
    }

    String extension() {
      return extension;
    }
  }

  /** Every part but {@code verified} and {@code state} is needed; older ones lack the last two. */
  public Manifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(tool, "tool");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(serverVersion, "serverVersion");
    revisions = List.copyOf(revisions);
    Objects.requireNonNull(historyTable, "historyTable");
    Objects.requireNonNull(fingerprint, "fingerprint");
    tables = List.copyOf(tables);
    roles = List.copyOf(roles);
    warnings = List.copyOf(warnings);
    superuserExtensions =
        superuserExtensions == null ? List.of() : List.copyOf(superuserExtensions);
    Objects.requireNonNull(sha256, "sha256");
    Instant.parse(created);
  }

  /**
   * @return when the backup saw the database
   */
  public Instant createdAt() {
    return Instant.parse(created);
  }

  /**
   * @return host, port and database that it is of, whoever took it
   */
  String place() {
    return server.replaceFirst("^postgresql://.*@", "postgresql://");
  }

  /**
   * @return when it was last restored and found complete
   */
  public Optional<Instant> verifiedAt() {
    return Optional.ofNullable(verified).map(Instant::parse);
  }

  /**
   * @return whether nothing that was in the database is missing
   */
  public boolean complete() {
    return warnings.isEmpty();
  }

  /**
   * @return the number of rows of all tables
   */
  public long rows() {
    return tables.stream().mapToLong(TableChecksum::rows).sum();
  }

  Manifest verifiedAt(Instant moment) {
    return new Manifest(
        format,
        name,
        file,
        layout,
        engine,
        tool,
        database,
        server,
        serverVersion,
        serverMajor,
        revisions,
        historyTable,
        fingerprint,
        tables,
        roles,
        warnings,
        bytes,
        sha256,
        created,
        millis,
        moment.toString(),
        superuserExtensions,
        state);
  }
}
