package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A build that was started and may still run. */
public final class RunningBuild {
  private final List<String> command;
  private final Process process;
  private final Path log;
  private final long start;
  private final Duration timeout;

  RunningBuild(List<String> command, Process process, Path log, long start, Duration timeout) {
    this.command = List.copyOf(command);
    this.process = process;
    this.log = log;
    this.start = start;
    this.timeout = timeout;
  }

  /**
   * Waits for the end.
   *
   * @return what came of it
   * @throws AssertionError if it takes longer than its timeout; it is killed then
   */
  public Build await() {
    if (!ended(timeout)) {
      kill();
      throw new AssertionError("Not ended after " + timeout + ": " + describe());
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    return new Build(command, process.exitValue(), output(), duration);
  }

  /**
   * Waits until the build has written a text.
   *
   * @param text what to wait for
   * @throws AssertionError if the build ends, or its timeout passes, before
   */
  public void awaitOutput(String text) {
    long deadline = start + timeout.toNanos();
    boolean running = true;
    while (!output().contains(text)) {
      if (!running || System.nanoTime() > deadline) {
        throw new AssertionError("No '" + text + "' from " + describe());
      }
      running = !ended(Duration.ofMillis(20));
    }
  }

  /**
   * Ends the build's JVM as {@code kill -9} does: no shutdown hook of it runs. (The script {@code
   * mvn} replaces itself by the JVM, so the process we know is the JVM.)
   */
  public void kill() {
    process.destroyForcibly();
    if (!ended(Duration.ofSeconds(30))) {
      throw new AssertionError("Does not die: " + describe());
    }
  }

  /** Ends the build's JVM as Ctrl-C does: shutdown hooks run. */
  public void interrupt() {
    process.destroy();
  }

  /**
   * @return whether it still runs
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * @return what it has written up to now
   */
  public String output() {
    try {
      return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + log, e);
    }
  }

  private boolean ended(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new AssertionError("Interrupted while waiting for " + describe(), e);
    }
  }

  private String describe() {
    return String.join(" ", command) + System.lineSeparator() + output();
  }
}
