package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of {@code src/test/resources/formats}, which are never changed: a released form is added.
 */
@DisplayName("The manifest of a backup")
class OlderManifestsTest {
  private static final Path FORMATS = Path.of("src/test/resources/formats");

  @TempDir private Path folder;

  @Test
  @DisplayName("reads in each form that an older version has written, however few members it had")
  void older() throws Exception {
    try (Stream<Path> files = Files.list(FORMATS.resolve("manifest-1"))) {
      List<Manifest> manifests = files.sorted().map(ManifestFile::read).toList();
      assertThat(manifests).hasSize(2);
      assertThat(manifests)
          .allSatisfy(
              manifest -> {
                assertThat(manifest.revisions()).containsExactly("20260118103000");
                assertThat(manifest.rows()).isEqualTo(3);
              });
      assertThat(manifests.get(0).superuserExtensions()).isEmpty();
      assertThat(manifests.get(0).verifiedAt()).isEmpty();
      assertThat(manifests.get(1).superuserExtensions()).containsExactly("file_fdw");
      assertThat(manifests.get(1).verifiedAt()).contains(Instant.parse("2026-02-01T00:01:00Z"));
    }
  }

  @Test
  @DisplayName("is the same when it is written again, and read")
  void again() throws Exception {
    for (String name : List.of("shop-20260118T103000Z", "shop-20260201T000000Z")) {
      String file = name + ManifestFile.EXTENSION;
      Manifest manifest = ManifestFile.read(FORMATS.resolve("manifest-1").resolve(file));
      Path copy = Files.write(folder.resolve(file), ManifestFile.write(manifest));
      assertThat(ManifestFile.read(copy)).isEqualTo(manifest);
    }
  }

  @Test
  @DisplayName("is refused when a newer version has written it, whatever it says, and named so")
  void newer() {
    Path file = FORMATS.resolve("manifest-2/shop-20270101T000000Z" + ManifestFile.EXTENSION);
    assertThatThrownBy(() -> ManifestFile.read(file))
        .isInstanceOfSatisfying(
            MigrateException.class,
            failure -> assertThat(failure.code()).isEqualTo(FailureCode.BACKUP_DAMAGED))
        .hasMessageContaining("was written by a newer version of this plugin");
  }

  @Test
  @DisplayName("is refused when anything in it was changed or added")
  void changed() throws Exception {
    String name = "shop-20260118T103000Z" + ManifestFile.EXTENSION;
    String text = Files.readString(FORMATS.resolve("manifest-1").resolve(name));
    for (String other :
        List.of(
            text.replace("\"rows\": 3", "\"rows\": 4"),
            text.replace("\"millis\": 56", "\"millis\": 56, \"later\": true"))) {
      assertThat(other).isNotEqualTo(text);
      Path file = Files.writeString(folder.resolve(name), other);
      assertThatThrownBy(() -> ManifestFile.read(file))
          .hasMessageContaining("it was changed since");
    }
  }
}
