package dev.migrate.backup;

import dev.migrate.backup.GzipMember.Part;
import dev.migrate.scratch.SandboxAdministrator;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import dev.migrate.target.Target;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Parallel restore of a backup of the JDBC engine: rows, indexes and foreign keys over several
 * connections, other statements one after the other.
 */
final class ParallelLoader {
  private static final byte[] HEAD_END = " FROM stdin;\n".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = "\\.\n\n".length();

  private final Path file;
  private final boolean rights;
  private final UndroppableExtensions kept;
  private final BackupProgress progress;

  ParallelLoader(Path file, boolean rights, BackupProgress progress) {
    this(file, rights, UndroppableExtensions.NONE, progress);
  }

  /**
   * @param kept what is there and stays
   */
  ParallelLoader(Path file, boolean rights, UndroppableExtensions kept, BackupProgress progress) {
    this.kept = kept;
    this.file = file;
    this.rights = rights;
    this.progress = progress;
  }

  /** Something to do when the rows are there and what checks them is not. */
  @FunctionalInterface
  interface Supplement {
    void add() throws SQLException, IOException;
  }

  /** Loads into an empty database that nobody else uses. */
  void load(Target into, String purpose, int jobs) throws SQLException, IOException {
    load(into, purpose, jobs, () -> {});
  }

  void load(Target into, String purpose, int jobs, Supplement supplement)
      throws SQLException, IOException {
    load(into, purpose, jobs, supplement, Queries::execute);
  }

  /** Loads what comes from a database of others, each statement as whoever may run it. */
  void load(
      Target into,
      String purpose,
      int jobs,
      Supplement supplement,
      SandboxAdministrator administrator)
      throws SQLException, IOException {
    load(into, purpose, jobs, supplement, administrator::run);
    try (Connection connection = into.connect(purpose)) {
      administrator.finish(connection, rights);
    }
  }

  /** How statements are run. */
  private interface Runner {
    void run(Connection connection, String sql) throws SQLException;
  }

  private void load(Target into, String purpose, int jobs, Supplement supplement, Runner runner)
      throws SQLException, IOException {
    try (Connection connection = into.connect(purpose);
        Crew crew = new Crew(into, purpose, jobs)) {
      prepare(connection);
      Queries.execute(connection, "SET synchronous_commit = off");
      List<String> before = new ArrayList<>();
      Part[] last = {Part.PREAMBLE};
      each(
          member -> {
            Part part = member.part();
            if (part == Part.BEFORE_DATA) {
              before.add(sql(member));
              return;
            }
            for (String sql : SandboxAdministrator.extensionsFirst(before)) {
              runner.run(connection, sql);
            }
            before.clear();
            if (part != last[0] || !part.anyOrder()) {
              crew.await();
            }
            if (part.afterRows() && !last[0].afterRows()) {
              supplement.add();
            }
            last[0] = part;
            if (part.anyOrder()) {
              crew.hand(member);
            } else {
              runner.run(connection, sql(member));
            }
          });
      for (String sql : SandboxAdministrator.extensionsFirst(before)) {
        runner.run(connection, sql);
      }
      crew.await();
    }
  }

  /** Loads over one connection, in whatever transaction it has. */
  void load(Connection connection) throws SQLException, IOException {
    prepare(connection);
    each(
        member -> {
          if (member.part() == Part.DATA) {
            copy(connection, member);
          } else {
            statement(connection, member);
          }
        });
  }

  private interface Consumer {
    void accept(GzipMember member) throws SQLException, IOException;
  }

  private void each(Consumer consumer) throws SQLException, IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      GzipMember member;
      while ((member = GzipMember.next(in)) != null) {
        boolean left =
            member.part() == Part.PREAMBLE
                || member.part() == Part.RIGHTS && !rights
                || !kept.isEmpty() && kept.leavesOut(member.unpack());
        if (!left) {
          consumer.accept(member);
        }
        progress.moved(0, member.packed().length);
      }
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    for (String sql : JdbcDump.PREAMBLE) {
      Queries.execute(connection, sql);
    }
  }

  private static void statement(Connection connection, GzipMember member)
      throws SQLException, IOException {
    Queries.execute(connection, sql(member));
  }

  private static String sql(GzipMember member) throws IOException {
    String sql = new String(member.unpack(), StandardCharsets.UTF_8);
    return sql.substring(0, sql.lastIndexOf(';'));
  }

  private static void copy(Connection connection, GzipMember member)
      throws SQLException, IOException {
    byte[] content = member.unpack();
    int head = indexOf(content, HEAD_END);
    String sql = new String(content, 0, head + HEAD_END.length - 2, StandardCharsets.UTF_8);
    int from = head + HEAD_END.length;
    CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      in.writeToCopy(content, from, content.length - from - TAIL);
      in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  private static int indexOf(byte[] content, byte[] wanted) throws IOException {
    for (int i = 0; i + wanted.length <= content.length; i++) {
      int j = 0;
      while (j < wanted.length && content[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return i;
      }
    }
    throw new IOException("a piece with rows does not begin with COPY");
  }

  /** Connections that load pieces at the same time. */
  private static final class Crew implements AutoCloseable {
    private final BlockingQueue<GzipMember> waiting;
    private final FirstFailure failure = new FirstFailure();
    private final List<Thread> threads = new ArrayList<>();
    private int underWay;
    private volatile boolean closed;

    Crew(Target into, String purpose, int jobs) {
      waiting = new ArrayBlockingQueue<>(jobs * 2);
      for (int i = 0; i < jobs; i++) {
        Thread thread = TableDump.daemon("load").newThread(() -> work(into, purpose));
        threads.add(thread);
        thread.start();
      }
    }

    private void work(Target into, String purpose) {
      Connection connection = null;
      try {
        while (!closed) {
          GzipMember member = waiting.poll(100, TimeUnit.MILLISECONDS);
          if (member == null) {
            continue;
          }
          try {
            if (!failure.happened()) {
              if (connection == null) {
                connection = into.connect(purpose);
                prepare(connection);
                Queries.execute(connection, "SET synchronous_commit = off");
              }
              load(connection, member);
            }
          } catch (Throwable e) { // an error, too, must not pass for a loaded piece
            failure.keep(e);
          } finally {
            done();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        close(connection);
      }
    }

    private static void load(Connection connection, GzipMember member)
        throws SQLException, IOException {
      if (member.part() == Part.DATA) {
        copy(connection, member);
        return;
      }
      while (true) {
        try {
          statement(connection, member);
          return;
        } catch (SQLException e) {
          // Two foreign keys between the same tables wait for each other; one of them goes on.
          if (!SqlState.DEADLOCK.is(e)) {
            throw e;
          }
        }
      }
    }

    private void close(Connection connection) {
      try {
        if (connection != null) {
          connection.close();
        }
      } catch (SQLException e) {
        failure.keep(e);
      }
    }

    private synchronized void done() {
      underWay--;
      notifyAll();
    }

    void hand(GzipMember member) throws SQLException, IOException {
      failure.rethrow();
      synchronized (this) {
        underWay++;
      }
      try {
        waiting.put(member);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    synchronized void await() throws SQLException, IOException {
      try {
        while (underWay > 0) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      failure.rethrow();
    }

    /** Waits for the threads: a database with sessions cannot be renamed. */
    @Override
    public void close() throws IOException {
      closed = true;
      try {
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
