package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rotation of backups")
class BackupRotationTest {
  private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

  static Manifest manifest(String name, int daysOld, boolean verified) {
    return manifest(name, daysOld, verified, List.of());
  }

  private static Manifest manifest(
      String name, int daysOld, boolean verified, List<String> warnings) {
    String created = NOW.minus(Duration.ofDays(daysOld)).toString();
    return new Manifest(
        1,
        name,
        name + ".dump",
        Manifest.Layout.CUSTOM,
        BackupEngine.PG_DUMP,
        "pg_dump",
        "shop",
        "server",
        "18.1",
        18,
        List.of(),
        "flyway_schema_history",
        "f",
        List.of(),
        List.of(),
        warnings,
        1,
        "s",
        created,
        1,
        verified ? created : null,
        List.of(),
        null);
  }

  private static List<String> expired(BackupRotation rotation, Manifest... backups) {
    return rotation.expired(List.of(backups), NOW).stream().map(Manifest::name).toList();
  }

  @Test
  @DisplayName("keeps the wanted number, the newest ones")
  void byCount() {
    assertThat(
            expired(
                new BackupRotation(2, Duration.ZERO),
                manifest("b", 2, false),
                manifest("d", 4, false),
                manifest("a", 1, false),
                manifest("c", 3, false)))
        .containsExactly("d", "c");
  }

  @Test
  @DisplayName("deletes what is too old, but never the newest, however old")
  void byAge() {
    assertThat(
            expired(
                new BackupRotation(0, Duration.ofDays(7)),
                manifest("a", 30, false),
                manifest("b", 31, false)))
        .containsExactly("b");
  }

  @Test
  @DisplayName("never deletes the newest verified one")
  void keepsVerified() {
    assertThat(
            expired(
                new BackupRotation(1, Duration.ZERO),
                manifest("a", 1, false),
                manifest("b", 2, true),
                manifest("c", 3, true)))
        .containsExactly("c");
  }

  @Test
  @DisplayName("never deletes the newest that lacks nothing")
  void keepsComplete() {
    assertThat(
            expired(
                new BackupRotation(1, Duration.ofDays(1)),
                manifest("a", 1, false, List.of("not in it: a label")),
                manifest("b", 2, false, List.of("not in it: a label")),
                manifest("c", 3, false),
                manifest("d", 4, false)))
        .containsExactly("d", "b");
  }

  @Test
  @DisplayName("keeps everything when nothing is asked for")
  void none() {
    assertThat(expired(BackupRotation.NONE, manifest("a", 1, false), manifest("b", 999, false)))
        .isEmpty();
  }
}
