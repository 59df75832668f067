package dev.migrate.backup;

import dev.migrate.backup.Snapshot.Segment;
import dev.migrate.backup.Snapshot.StoredTable;
import dev.migrate.sql.Queries;
import dev.migrate.target.Target;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Counts the rows of tables and computes a checksum of each, several tables in parallel. */
final class TableChecksums {
  private static final Comparator<TableChecksum> BY_NAME =
      Comparator.comparing(TableChecksum::schema).thenComparing(TableChecksum::table);

  private TableChecksums() {}

  /**
   * Looks at every table of a database.
   *
   * @param checksums whether the rows are summed up, too
   */
  static List<TableChecksum> of(Target target, String purpose, int jobs, boolean checksums) {
    try (Snapshot snapshot = Snapshot.open(target, purpose)) {
      return of(snapshot, jobs, checksums);
    }
  }

  static List<TableChecksum> of(Snapshot snapshot, int jobs, boolean checksums) {
    Map<StoredTable, TableChecksum> found = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(jobs, TableDump.daemon("count"));
    try {
      Queue<Segment> waiting = new ConcurrentLinkedQueue<>(snapshot.segments());
      List<Future<Void>> running = new ArrayList<>();
      int useful = Math.min(jobs, waiting.size());
      for (int i = 0; i < useful; i++) {
        running.add(
            threads.submit(
                () -> {
                  try (Connection connection = snapshot.share()) {
                    Segment segment;
                    while ((segment = waiting.poll()) != null) {
                      found.merge(
                          segment.table(),
                          one(connection, segment, checksums),
                          TableChecksum::plus);
                    }
                  }
                  return null;
                }));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    } catch (SQLException e) {
      throw PostgresRefusal.of("The rows cannot be counted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException refused) {
        throw PostgresRefusal.of("The rows cannot be counted", refused);
      }
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while counting rows", e);
    } finally {
      threads.shutdownNow();
    }
    return sorted(found.values());
  }

  static List<TableChecksum> sorted(Iterable<TableChecksum> contents) {
    List<TableChecksum> sorted = new ArrayList<>();
    contents.forEach(sorted::add);
    sorted.sort(BY_NAME);
    return sorted;
  }

  /**
   * The same for a table whose owner's code a query would call: its rows are read as a backup reads
   * them, and hashed here.
   */
  private static TableChecksum read(Connection connection, Segment segment, boolean checksum)
      throws SQLException {
    CopyOut rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(segment.copyOut());
    MessageDigest digest = sha256();
    long count = 0;
    BigInteger sum = BigInteger.ZERO;
    byte[] row;
    while ((row = rows.readFromCopy()) != null) {
      count++;
      if (checksum) {
        sum = sum.add(BigInteger.valueOf(ByteBuffer.wrap(digest.digest(row)).getLong()));
      }
    }
    StoredTable table = segment.table();
    return new TableChecksum(table.schema(), table.name(), count, checksum ? sum.toString() : null);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }

  /**
   * The sum of a hash of each row's text: the order of the rows does not count, and the settings of
   * the snapshot's sessions make the text the same everywhere. The alias is one that no column has;
   * a cast to text could be one that the owner of the table has made.
   */
  static TableChecksum one(Connection connection, Segment segment, boolean checksum)
      throws SQLException {
    StoredTable table = segment.table();
    if (table.coded() && segment.whole()) {
      return read(connection, segment, checksum);
    }
    String sum =
        checksum
            ? ", coalesce(sum(pg_catalog.hashtextextended("
                + "pg_catalog.format('%s', migrate_row_), 0)::numeric), 0)::text"
            : ", null";
    List<String> row =
        Queries.all(
                connection,
                "SELECT count(*)::text"
                    + sum
                    + " FROM ONLY "
                    + table.quoted()
                    + " AS migrate_row_ "
                    + table.condition()
                    + segment.range("migrate_row_."))
            .get(0);
    return new TableChecksum(table.schema(), table.name(), Long.parseLong(row.get(0)), row.get(1));
  }

  /** Names each table whose content differs, and how. */
  static List<String> differences(List<TableChecksum> wanted, List<TableChecksum> actual) {
    Map<String, TableChecksum> found = new TreeMap<>();
    actual.forEach(one -> found.put(one.title(), one));
    List<String> differences = new ArrayList<>();
    for (TableChecksum one : wanted) {
      TableChecksum other = found.remove(one.title());
      if (other == null) {
        differences.add(one.title() + " is missing");
      } else if (one.rows() != other.rows()) {
        differences.add(
            "%s has %d rows instead of %d".formatted(one.title(), other.rows(), one.rows()));
      } else if (one.sum().isPresent()
          && other.sum().isPresent()
          && !one.sum().equals(other.sum())) {
        differences.add(one.title() + " has other values");
      }
    }
    found.keySet().forEach(title -> differences.add(title + " was not there before"));
    return differences;
  }
}
