package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.MigrateException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The platform")
class PlatformTest {
  @ParameterizedTest(name = "{0} on {1}, musl {2}: {3}")
  @CsvSource({
    "Linux, amd64, false, linux-amd64",
    "Linux, amd64, true, linux-amd64-alpine",
    "Linux, aarch64, false, linux-arm64v8",
    "Linux, aarch64, true, linux-arm64v8-alpine",
    "Linux, i386, false, linux-i386",
    "Linux, arm, false, linux-arm32v7",
    "Linux, ppc64le, false, linux-ppc64le",
    "Mac OS X, x86_64, false, darwin-amd64",
    "Mac OS X, aarch64, false, darwin-arm64v8",
    "Windows 11, amd64, false, windows-amd64",
    "Windows 11, aarch64, false, windows-amd64"
  })
  void isNamedAsTheArtifactsAre(String os, String arch, boolean musl, String name) {
    assertThat(Platform.of(os, arch, musl).name()).isEqualTo(name);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({"Linux, s390x", "SunOS, amd64", "Mac OS X, i386", "Windows 10, x86"})
  @DisplayName("without binaries is refused with the way out")
  void withoutBinaries(String os, String arch) {
    assertThatThrownBy(() -> Platform.of(os, arch, false))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining(os + " on " + arch)
        .hasMessageContaining("migrate.url");
  }
}
