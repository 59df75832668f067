package dev.migrate.backup;

import dev.migrate.backup.GzipMember.Part;
import dev.migrate.backup.Snapshot.Segment;
import dev.migrate.backup.Snapshot.StoredTable;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.ToIntFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Parallel {@code COPY … TO} of the rows of all tables into a file: some threads read, each over a
 * connection of its own in the one snapshot, several of them in one large table, and others
 * compress. What is under way is bounded, so memory does not grow with the tables.
 */
final class TableDump {
  /** How much of a table makes a piece; a row is never split. */
  private static final int PIECE = 2 * 1024 * 1024;

  private static final byte[] END = "\\.\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Snapshot snapshot;
  private final PieceFile file;
  private final BackupProgress progress;
  private final int readers;
  private final ToIntFunction<StoredTable> limit;
  private final int packers = Math.max(1, Runtime.getRuntime().availableProcessors());
  private final Semaphore room = new Semaphore(packers * 2);
  private final ExecutorService packing = Executors.newFixedThreadPool(packers, daemon("pack"));
  private final FirstFailure failure = new FirstFailure();
  private final Map<StoredTable, Long> counts = new ConcurrentHashMap<>();
  private final Queue<Segment> left = new ConcurrentLinkedQueue<>();
  private final Map<StoredTable, Integer> unread = new ConcurrentHashMap<>();

  /**
   * @param limit how many rows of a table at most; 0 is all
   */
  TableDump(
      Snapshot snapshot,
      PieceFile file,
      int readers,
      ToIntFunction<StoredTable> limit,
      BackupProgress progress) {
    this.limit = limit;
    this.snapshot = snapshot;
    this.file = file;
    this.readers = readers;
    this.progress = progress;
  }

  static java.util.concurrent.ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, "migrate-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * @return the number of rows of each table
   */
  Map<StoredTable, Long> run() throws SQLException, IOException {
    List<Segment> segments = segments();
    segments.forEach(segment -> unread.merge(segment.table(), 1, Integer::sum));
    Queue<Segment> waiting = new ConcurrentLinkedQueue<>(segments);
    ExecutorService reading = Executors.newFixedThreadPool(readers, daemon("read"));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(readers, segments.size()); i++) {
        running.add(reading.submit(() -> read(waiting)));
      }
      for (Future<?> one : running) {
        await(one);
      }
      failure.rethrow();
      for (Segment segment : left) {
        copy(snapshot.connection(), segment);
      }
      room.acquire(packers * 2);
      failure.rethrow();
      return Map.copyOf(counts);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      reading.shutdownNow();
      packing.shutdownNow();
    }
  }

  /** A part of a table has the first rows of its own: with a limit, tables are read whole. */
  private List<Segment> segments() throws SQLException {
    List<Segment> all = new ArrayList<>();
    for (Segment segment : snapshot.segments()) {
      if (limit.applyAsInt(segment.table()) == 0) {
        all.add(segment);
      } else if (segment.from() == 0) {
        all.add(new Segment(segment.table(), 0, 0));
      }
    }
    return all;
  }

  private void await(Future<?> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      failure.keep(e.getCause());
    }
  }

  private void read(Queue<Segment> waiting) {
    try (Connection connection = snapshot.share()) {
      Segment segment;
      while (!failure.happened() && (segment = waiting.poll()) != null) {
        if (locked(connection, segment.table())) {
          copy(connection, segment);
        } else {
          left.add(segment);
        }
      }
    } catch (SQLException | IOException | RuntimeException e) {
      failure.keep(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.keep(new IOException("interrupted", e));
    }
  }

  /**
   * Somebody may be waiting for the end of the snapshot's own lock, to drop the table. Whoever
   * queued up behind them would wait for ever; the snapshot's connection need not queue.
   */
  private static boolean locked(Connection connection, StoredTable table) throws SQLException {
    Queries.execute(connection, "SAVEPOINT before_lock");
    try {
      Queries.execute(
          connection, "LOCK TABLE ONLY " + table.quoted() + " IN ACCESS SHARE MODE NOWAIT");
      Queries.execute(connection, "RELEASE before_lock");
      return true;
    } catch (SQLException e) {
      if (!SqlState.LOCK_NOT_AVAILABLE.is(e)) {
        throw e;
      }
      Queries.execute(connection, "ROLLBACK TO before_lock");
      return false;
    }
  }

  private void copy(Connection connection, Segment segment)
      throws SQLException, IOException, InterruptedException {
    StoredTable table = segment.table();
    int most = limit.applyAsInt(table);
    byte[] head =
        ("COPY " + table.quoted() + table.columnList() + " FROM stdin;\n")
            .getBytes(StandardCharsets.UTF_8);
    CopyOut rows =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(most == 0 ? segment.copyOut() : table.copyOut(most));
    try {
      Piece piece = new Piece(head);
      long count = 0;
      byte[] row;
      while ((row = rows.readFromCopy()) != null) {
        piece.add(row);
        count++;
        if (piece.length >= PIECE) {
          hand(piece);
          piece = new Piece(head, PIECE + PIECE / 8);
          if (failure.happened()) {
            return;
          }
        }
      }
      if (piece.length > head.length) {
        hand(piece);
      }
      counts.merge(table, count, Long::sum);
      if (unread.merge(table, -1, Integer::sum) == 0) {
        progress.moved(1, 0);
      }
    } finally {
      if (rows.isActive()) {
        rows.cancelCopy();
      }
    }
  }

  private void hand(Piece piece) throws InterruptedException {
    piece.add(END);
    room.acquire();
    packing.execute(
        () -> {
          try {
            file.append(Part.DATA, piece.bytes, piece.length);
            progress.moved(0, piece.length);
          } catch (
              Throwable e) { // thrown again by who waits for it; a thread would print its trace
            failure.keep(e);
          } finally {
            room.release();
          }
        });
  }

  /** A growing COPY. */
  private static final class Piece {
    private byte[] bytes;
    private int length;

    Piece(byte[] head) {
      this(head, 64 * 1024);
    }

    Piece(byte[] head, int room) {
      bytes = new byte[Math.max(room, head.length)];
      add(head);
    }

    void add(byte[] more) {
      int needed = Math.addExact(length, more.length);
      if (needed > bytes.length) {
        int twice = (int) Math.min(2L * bytes.length, PIECE + PIECE / 8);
        bytes = Arrays.copyOf(bytes, Math.max(needed, twice));
      }
      System.arraycopy(more, 0, bytes, length, more.length);
      length = needed;
    }
  }
}
