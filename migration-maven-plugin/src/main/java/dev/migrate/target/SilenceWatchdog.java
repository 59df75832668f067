package dev.migrate.target;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Watchdog that warns when a server says nothing for long: it may be at work, wait for a lock, or
 * have stopped for ever. It listens where all connections are opened, so that no statement of any
 * goal waits unseen.
 */
public final class SilenceWatchdog {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final List<WeakReference<SilenceWatchdog>> WAITING = new CopyOnWriteArrayList<>();

  private final String server;
  private volatile long since;
  private long told;

  private SilenceWatchdog(String server) {
    this.server = server;
  }

  /** Listens until it is closed. */
  public static final class Ear implements AutoCloseable {
    private final Consumer<String> log;
    private final Duration after;
    private final Thread thread = new Thread(this::listen, "migrate-silence");

    private Ear(Consumer<String> log, Duration after) {
      this.log = log;
      this.after = after;
      thread.setDaemon(true);
      thread.start();
    }

    private void listen() {
      try {
        while (true) {
          Thread.sleep(Math.max(50, after.toMillis() / 10));
          for (WeakReference<SilenceWatchdog> one : WAITING) {
            SilenceWatchdog silence = one.get();
            if (silence != null) {
              silence.look(this);
            }
          }
        }
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  /**
   * @param log hears of it, after half a minute and then each time that it has lasted twice as long
   * @return who listens, to be closed
   */
  public static Ear hear(Consumer<String> log) {
    return hear(log, LONG);
  }

  /**
   * @param log hears of it
   * @param after how long a silence is long
   * @return who listens, to be closed
   */
  public static Ear hear(Consumer<String> log, Duration after) {
    return new Ear(log, after);
  }

  /** A program that waits for a server in our place, such as {@code pg_dump}. */
  public static final class Program implements AutoCloseable {
    private final SilenceWatchdog silence;

    private Program(SilenceWatchdog silence) {
      this.silence = silence;
      heard();
    }

    /** The server has said something to it. */
    public void heard() {
      silence.since = System.nanoTime();
    }

    /**
     * @return how long the server has said nothing to it
     */
    public Duration lasted() {
      return Duration.ofNanos(System.nanoTime() - silence.since);
    }

    @Override
    public void close() {
      silence.since = 0;
    }
  }

  /**
   * @param server the server, and which program waits for it
   * @return the program, until it is closed
   */
  public static Program listenTo(String server) {
    return new Program(heardOf(server));
  }

  private static SilenceWatchdog heardOf(String server) {
    SilenceWatchdog silence = new SilenceWatchdog(server);
    WAITING.removeIf(other -> other.get() == null);
    WAITING.add(new WeakReference<>(silence));
    return silence;
  }

  /** What comes from a server; a read that takes long is told. */
  static InputStream listenTo(InputStream stream, String server) {
    SilenceWatchdog silence = heardOf(server);
    return new FilterInputStream(stream) {
      @Override
      public int read() throws IOException {
        silence.since = System.nanoTime();
        try {
          return super.read();
        } finally {
          silence.since = 0;
        }
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        silence.since = System.nanoTime();
        try {
          return super.read(buffer, offset, length);
        } finally {
          silence.since = 0;
        }
      }
    };
  }

  private void look(Ear ear) {
    long begin = since;
    if (begin == 0) {
      told = 0;
      return;
    }
    long lasted = System.nanoTime() - begin;
    if (lasted >= Math.max(ear.after.toNanos(), 2 * told)) {
      told = lasted;
      ear.log.accept(
          "No answer from the server %s for %d s: it is at work, waits for a lock, or has"
                  .formatted(server, Duration.ofNanos(lasted).toSeconds())
              + " stopped (pg_stat_activity shows which). socketTimeout=<seconds> in the address"
              + " ends such a wait: -Dmigrate.url=\"…?socketTimeout=600\".");
    }
  }
}
