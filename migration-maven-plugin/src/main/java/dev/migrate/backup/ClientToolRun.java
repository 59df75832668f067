package dev.migrate.backup;

import dev.migrate.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One operating-system process of a PostgreSQL client program, with its streams and its exit code;
 * the password is only in its environment.
 */
final class ClientToolRun implements AutoCloseable {
  private static final int LINES_KEPT = 20;

  /** What libpq's programs say first when they do not get in; LC_MESSAGES is C. */
  private static final Pattern NO_CONNECTION =
      Pattern.compile("connection to (server|database) .*failed|could not connect");

  private final Process process;
  private final Deque<String> messages = new ArrayDeque<>();
  private final Thread listener;

  private ClientToolRun(Process process) {
    this.process = process;
    this.listener = TableDump.daemon("messages").newThread(() -> listen(process.getErrorStream()));
    listener.start();
  }

  static ClientToolRun start(
      ClientTool tool, Target target, List<String> arguments, boolean discard) throws IOException {
    List<String> command = new ArrayList<>(tool.command());
    command.addAll(arguments);
    Map<String, String> environment = target.libpqEnvironment();
    if (tool.remote()) {
      // Inside the container the server is at its usual place; only role and database are ours.
      command.add("--username=" + target.user());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(
        discard ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.PIPE);
    // Whatever else the environment says, it must not lead anywhere but to the target.
    builder.environment().keySet().removeAll(Target.LIBPQ_VARIABLES);
    builder.environment().putAll(environment);
    builder.environment().put("PGAPPNAME", "migrate");
    builder.environment().put("LC_MESSAGES", "C");
    return new ClientToolRun(builder.start());
  }

  /**
   * The argument that names a database to any of PostgreSQL's programs. As it is, a name with an
   * equals sign would be read as a connection string.
   *
   * @param readMoney whether money is written and read as {@link Snapshot} and {@link JdbcDump} do
   *     it, whatever the settings of the database
   */
  static String database(Target target, boolean readMoney) {
    // Here and not in the environment, where the options of this argument would hide them.
    String options =
        (target.libpqEnvironment().getOrDefault("PGOPTIONS", "")
                + (readMoney ? " -c lc_monetary=C" : ""))
            .strip();
    return "--dbname=dbname="
        + quoted(target.database())
        + (options.isEmpty() ? "" : " options=" + quoted(options));
  }

  private static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A run that needs no database. */
  static ClientToolRun writing(ClientTool tool, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(tool.command());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_MESSAGES", "C");
    return new ClientToolRun(builder.start());
  }

  Process process() {
    return process;
  }

  private void listen(InputStream errors) {
    try (var reader =
        new java.io.BufferedReader(new java.io.InputStreamReader(errors, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        synchronized (messages) {
          messages.add(line);
          if (messages.size() > LINES_KEPT) {
            messages.remove();
          }
        }
      }
    } catch (IOException e) {
      synchronized (messages) {
        messages.add("its messages cannot be read: " + e.getMessage());
      }
    }
  }

  /**
   * Waits for its end.
   *
   * @throws Failed with what it said, when it did not end well
   */
  void finish() throws IOException {
    try {
      int exit = process.waitFor();
      listener.join();
      if (exit != 0) {
        throw new Failed(said().isEmpty() ? "exit code " + exit : said());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  String said() {
    synchronized (messages) {
      return String.join("; ", messages);
    }
  }

  /** A program that did not end well; its message is what it said. */
  static final class Failed extends IOException {
    private static final long serialVersionUID = 1;

    Failed(String said) {
      super(said);
    }

    /** Whether it never got in, where the driver did. */
    boolean unconnected() {
      return NO_CONNECTION.matcher(getMessage()).find();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
