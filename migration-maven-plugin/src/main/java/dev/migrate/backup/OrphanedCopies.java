package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds and drops orphaned databases and files that killed restores and rehearsals have left beside
 * the target.
 *
 * <p>Such a database bears our mark from the moment it is there, because {@code CREATE DATABASE}
 * sets it: a limit of connections that nobody would choose. It also bears the target's name, what
 * it is for, and the time; and whoever is at work on it holds an advisory lock for it. What lacks
 * one of these, or is in use, is left alone.
 */
public final class OrphanedCopies {
  /** As good as none, and recognisable. */
  static final int MARK = 1_836_214_630;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

  /** PostgreSQL cuts names off after 63 bytes. */
  private static final int LONGEST_STEM = 35;

  private static final Pattern COPY = Pattern.compile("copy-(\\d{1,18})-(\\d+)-\\d+\\.sql\\.gz");

  private static final String MARKED =
      """
      select d.datname::text,
        case when pg_catalog.has_database_privilege(d.oid, 'CONNECT')
          then pg_catalog.pg_database_size(d.oid) else 0 end::text
      from pg_catalog.pg_database d
      where d.datconnlimit = %d and pg_catalog.pg_has_role(d.datdba, 'USAGE')
        and not exists (select from pg_catalog.pg_stat_activity a where a.datname = d.datname)
      order by 1
      """;

  private final Target target;
  private final String purpose;
  private final Path copies;

  /** What a database beside the target is for. */
  public enum Use {
    /** A restore fills it, and it then takes the target's name. */
    RESTORE,
    /** Revisions are tried on it. */
    REHEARSAL;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Something that nobody is at work on any more. */
  public sealed interface Leftover {
    /**
     * @return what it is, for people
     */
    String title();

    /**
     * @return its size in bytes
     */
    long bytes();
  }

  /** A database on the server of the target. */
  record LeftDatabase(String name, long bytes) implements Leftover {
    @Override
    public String title() {
      return "the database " + SqlNames.quote(name);
    }
  }

  /** A file in the folder of copies. */
  record LeftFile(Path path, long bytes) implements Leftover {
    @Override
    public String title() {
      return "the file " + path;
    }
  }

  /**
   * @param target the database that was restored or rehearsed on
   * @param purpose what its administrator reads in pg_stat_activity
   * @param copies the folder of {@link DatabaseCopy}
   */
  public OrphanedCopies(Target target, String purpose, Path copies) {
    this.target = target;
    this.purpose = purpose;
    this.copies = copies;
  }

  /**
   * @param target a database
   * @param use what another one beside it is for
   * @return a name for that
   */
  public static String name(Target target, Use use) {
    return name(target, use, Instant.now());
  }

  /**
   * @param time the second that the name says
   */
  static String name(Target target, Use use, Instant time) {
    return stem(target.database()) + "_" + use.word() + "_" + STAMP.format(time);
  }

  /** Of a long name its beginning and a sum of it all: others may begin like it. */
  static String stem(String database) {
    if (bytes(database) <= LONGEST_STEM) {
      return database;
    }
    String sum = "_%08x".formatted(database.hashCode());
    String stem = database;
    while (bytes(stem) > LONGEST_STEM - sum.length()) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem + sum;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * @return what {@code CREATE DATABASE} ends with, so that the database bears the mark
   */
  public static String mark() {
    return " CONNECTION LIMIT " + MARK;
  }

  /**
   * Says that a database is in use, until the connection closes. To be called before it is created.
   *
   * @param maintenance to the database that {@link MaintenanceDatabase} names
   * @param name the name that it will have
   * @throws SQLException when the server refuses
   */
  public static void claim(Connection maintenance, String name) throws SQLException {
    Queries.text(maintenance, "select pg_catalog.pg_advisory_lock(" + key(name) + ")");
  }

  private static String key(String name) {
    return MARK + ", " + name.hashCode();
  }

  /**
   * Looks for them; nothing is changed.
   *
   * @return what is there
   * @throws MigrateException {@code DATABASE} or {@code FILE_ACCESS} when it cannot be looked at
   */
  public List<Leftover> find() {
    List<Leftover> found = new ArrayList<>(databases());
    found.addAll(files());
    return found;
  }

  private List<Leftover> databases() {
    Optional<Target> maintenance = MaintenanceDatabase.of(target, purpose);
    if (maintenance.isEmpty()) {
      return List.of(); // nor could a database have been made from there
    }
    Pattern ours =
        Pattern.compile(
            Pattern.quote(stem(target.database())) + "_(restore|rehearsal)_\\d{8}_\\d{6}");
    List<Leftover> found = new ArrayList<>();
    try (Connection admin = maintenance.get().connect(purpose)) {
      for (List<String> row : Queries.all(admin, MARKED.formatted(MARK))) {
        String name = row.get(0);
        if (ours.matcher(name).matches() && isFree(admin, name)) {
          found.add(new LeftDatabase(name, Long.parseLong(row.get(1))));
          release(admin, name);
        }
      }
    } catch (SQLException e) {
      throw PostgresRefusal.of("What killed runs have left cannot be looked for", e);
    }
    return found;
  }

  private static boolean isFree(Connection admin, String name) throws SQLException {
    return "t"
        .equals(Queries.text(admin, "select pg_catalog.pg_try_advisory_lock(" + key(name) + ")"));
  }

  private static void release(Connection admin, String name) throws SQLException {
    Queries.text(admin, "select pg_catalog.pg_advisory_unlock(" + key(name) + ")");
  }

  private List<Leftover> files() {
    if (!Files.isDirectory(copies)) {
      return List.of();
    }
    List<Leftover> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(copies)) {
      for (Path path : all.sorted().toList()) {
        Matcher owner = COPY.matcher(path.getFileName().toString());
        if (owner.matches() && !lives(Long.parseLong(owner.group(1)), owner.group(2))) {
          found.add(new LeftFile(path, Files.size(path)));
        }
      }
    } catch (IOException e) {
      throw BackupFolder.failure("read", copies, e);
    }
    return found;
  }

  /**
   * Makes a file for a copy. Its name tells whose it is, so that nobody sweeps it as long as this
   * process lives.
   *
   * @param folder where
   * @return the path of a new file
   * @throws IOException when it cannot be made
   */
  static Path newCopy(Path folder) throws IOException {
    Disk.createFolders(folder);
    ProcessHandle me = ProcessHandle.current();
    String owner = "copy-" + me.pid() + "-" + began(me) + "-";
    return Disk.createTemporaryFile(folder, owner, ".sql.gz");
  }

  private static boolean lives(long pid, String began) {
    return ProcessHandle.of(pid).filter(process -> began(process).equals(began)).isPresent();
  }

  /** Numbers of processes come back, the moments at which they began do not. */
  private static String began(ProcessHandle process) {
    return process.info().startInstant().map(start -> "" + start.toEpochMilli()).orElse("0");
  }

  /**
   * Takes one away, unless somebody has begun to use it.
   *
   * @param one what {@link #find} has found
   * @return whether it is gone
   * @throws MigrateException {@code DATABASE} or {@code FILE_ACCESS} when it cannot be taken away
   */
  public boolean sweep(Leftover one) {
    if (one instanceof LeftDatabase database) {
      return drop(database.name());
    }
    LeftFile file = (LeftFile) one;
    try {
      return Disk.deleteIfThere(file.path());
    } catch (IOException e) {
      throw BackupFolder.failure("delete", file.path(), e);
    }
  }

  private boolean drop(String name) {
    Target maintenance =
        MaintenanceDatabase.of(target, purpose)
            .orElseThrow(
                () ->
                    new MigrateException(
                        FailureCode.DATABASE,
                        "The database %s cannot be dropped from here.".formatted(name),
                        "Drop it yourself: DROP DATABASE " + SqlNames.quote(name) + ";"));
    try (Connection admin = maintenance.connect(purpose)) {
      if (!isFree(admin, name)) {
        return false;
      }
      // Without FORCE: whoever is in it has a reason.
      Queries.execute(admin, "DROP DATABASE IF EXISTS " + SqlNames.quote(name));
      return true;
    } catch (SQLException e) {
      throw PostgresRefusal.of("The database " + name + " cannot be dropped", e);
    }
  }
}
