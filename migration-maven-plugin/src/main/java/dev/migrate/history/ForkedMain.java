package dev.migrate.history;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Main class of the forked JVM in which Java migrations run: it reads over its standard input what
 * is on their class path, which may be longer than a command line, and what to do, which nobody
 * else is to read. It ends when whoever started it does.
 */
public final class ForkedMain {
  private static final int ORPHANED = 3;

  private ForkedMain() {}

  /**
   * @param arguments none
   * @throws Exception when it cannot begin
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // What migrations print is no answer.
    DataInputStream in = new DataInputStream(System.in);
    List<URL> path = new ArrayList<>();
    for (String element : read(in)) {
      path.add(new File(element).toURI().toURL());
    }
    List<String> task = read(in);
    endWith(in);
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass("dev.migrate.history.ForkedWork")
          .getMethod("run", List.class, PrintStream.class)
          .invoke(null, task, answers);
    } catch (InvocationTargetException e) {
      answers.println(ForkedJava.REASON + reason(e.getCause()));
      for (StackTraceElement frame : innermost(e.getCause()).getStackTrace()) {
        answers.println(ForkedJava.TRACE + frame);
      }
      System.exit(1);
    }
    answers.println(ForkedJava.DONE);
    System.exit(0); // A migration may have left threads behind.
  }

  private static List<String> read(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** The innermost cause in one line. */
  private static String reason(Throwable thrown) {
    Throwable cause = innermost(thrown);
    String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return (cause.getClass().getSimpleName() + said).replaceAll("\\s+", " ").strip();
  }

  private static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static void endWith(DataInputStream in) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (in.read() >= 0) {
                  // Nothing more is said.
                }
              } catch (IOException e) {
                // It is gone, then.
              }
              Runtime.getRuntime().halt(ORPHANED);
            });
    watch.setDaemon(true);
    watch.start();
  }
}
