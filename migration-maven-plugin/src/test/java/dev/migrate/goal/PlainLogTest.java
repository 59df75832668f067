package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.text.HostileNames;
import dev.migrate.text.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a goal says in the log of a build")
class PlainLogTest {
  /** The lines that Maven's log gets to print. */
  private static List<String> printed(java.util.function.Consumer<Log> said) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      said.accept(new PlainLog(new SystemStreamLog()));
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static void assertOurs(String line) {
    assertThat(line)
        .startsWith("[info] ")
        .matches(
            one -> one.codePoints().allMatch(c -> c == '\t' || PlainText.isPlain(c)), "plain text");
  }

  @Test
  @DisplayName("are lines of the log, the further ones of a notice indented below it")
  void notice() {
    assertThat(
            printed(
                log -> new LogProgress(log).notice("x\n[INFO] BUILD SUCCESS\r\n\u001b[2Ky\r[z")))
        .containsExactly(
            "[info]     PostgreSQL says: x",
            "[info]       [INFO] BUILD SUCCESS",
            "[info]       \\u001b[2Ky\\r[z");
  }

  @Test
  @DisplayName("are plain, whatever ten thousand names and notices say")
  void bulk() {
    List<String> lines =
        printed(
            log -> {
              try (LogProgress progress = new LogProgress(log);
                  LogBackup backup = new LogBackup(log)) {
                for (String text : HostileNames.texts(10_000)) {
                  progress.notice(text);
                  progress.waiting(text);
                  log.info("Target: " + text);
                }
                HostileNames.names(1_000).forEach(name -> backup.begins("Copying " + name, 1, 1));
              }
            });
    assertThat(lines).hasSizeGreaterThan(31_000);
    lines.forEach(PlainLogTest::assertOurs);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("[info]     PostgreSQL says: "))
        .hasSize(10_000);
    assertThat(lines).filteredOn(line -> line.startsWith("[info] Target: ")).hasSize(10_000);
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("[info]  ") && !line.equals("[info] "))
        .allMatch(line -> line.matches("\\[info\\] (Target: |Waiting for the lock |Copying ).*"));
  }

  @Test
  @DisplayName("and in a failure and its trace has no line of somebody else in it")
  void failure() {
    for (String text : HostileNames.texts(10_000)) {
      MigrateException failure =
          new MigrateException(
              FailureCode.DATABASE,
              "The table " + PlainText.line(text) + " is not there.",
              "Look at " + text,
              new IllegalStateException(text, new RuntimeException(text)));
      assertThat(failure.problem().lines()).hasSize(1);
      StringWriter trace = new StringWriter();
      PlainThrowable.of(failure).printStackTrace(new PrintWriter(trace, true));
      assertThat(trace.toString().lines())
          .allMatch(
              line ->
                  line.isEmpty()
                      || line.startsWith(" ")
                      || line.startsWith("\tat ")
                      || line.startsWith("\t... ")
                      || line.startsWith("Caused by: java.lang.")
                      || line.startsWith("dev.migrate.failure.MigrateException: "))
          .allMatch(line -> line.codePoints().allMatch(c -> c == '\t' || PlainText.isPlain(c)));
    }
  }
}
