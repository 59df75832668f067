package dev.migrate.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * The standard output stream of the Maven process, which a pipe behind it reads. With Maven 3 that
 * is {@link System#out}; Maven 4 puts a stream of its own there, which sends each line through the
 * log with {@code [INFO] [stdout]} before it, even when the log is silent: no JSON, no SQL and no
 * answer alone would come out of it.
 */
public final class StandardOutput {
  private static final String OF_MAVEN_4 = "org.apache.maven.logging.";

  private StandardOutput() {}

  /**
   * @return where lines go as they are
   */
  public static PrintStream stream() {
    return beside(System.out);
  }

  static PrintStream beside(PrintStream out) {
    return out.getClass().getName().startsWith(OF_MAVEN_4)
        ? new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset())
        : out;
  }

  /** As the JVM has chosen it for the stream that Maven has replaced. */
  private static Charset charset() {
    String name = System.getProperty("stdout.encoding");
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }
}
