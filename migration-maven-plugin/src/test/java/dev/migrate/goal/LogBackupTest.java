package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How a backup gets on")
class LogBackupTest {
  private final List<String> lines = new ArrayList<>();
  private final LogBackup backup =
      new LogBackup(
          new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
              lines.add(line.toString());
            }
          });

  @AfterEach
  void close() {
    backup.close();
  }

  @Test
  @DisplayName("is told when something has moved, and never twice the same")
  void news() {
    backup.begins("Copying the database", 3, 53 * 1024);
    assertThat(lines).containsExactly("Copying the database: 3 tables, about 53.0 kB");
    lines.clear();

    backup.tell();
    backup.tell();
    assertThat(lines).isEmpty();

    backup.moved(0, 52 * 1024);
    backup.tell();
    backup.tell();
    assertThat(lines).singleElement().asString().startsWith("  52.0 kB of about 53.0 kB, ");
    lines.clear();

    backup.moved(1, 0);
    backup.tell();
    backup.tell();
    assertThat(lines).singleElement().asString().startsWith("  1 of 3 tables, 52.0 kB of about ");
  }

  @Test
  @DisplayName("says nothing of bytes while none has moved, nor of how many nobody knows")
  void noBytes() {
    backup.begins("Copying the database", 3, 0);
    lines.clear();
    backup.moved(1, 0);
    backup.tell();
    assertThat(lines).containsExactly("  1 of 3 tables");
    backup.moved(0, 52 * 1024);
    backup.tell();
    assertThat(lines.get(1))
        .startsWith("  1 of 3 tables, 52.0 kB, ")
        .doesNotContain("of about", "0 bytes");
  }

  @Test
  @DisplayName("begins anew with each part")
  void parts() {
    backup.begins("Copying", 3, 100);
    backup.moved(3, 100);
    backup.ends();
    backup.begins("Restoring", 3, 100);
    lines.clear();
    backup.tell();
    assertThat(lines).isEmpty();
  }
}
