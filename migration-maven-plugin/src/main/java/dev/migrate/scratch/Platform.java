package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Operating system and processor architecture, as the artifacts with the binaries name them. */
record Platform(String name) {
  /**
   * @return the platform that this JVM runs on
   * @throws MigrateException when there are no binaries for it
   */
  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), usesMusl());
  }

  /**
   * @param osName the system property {@code os.name}
   * @param osArch the system property {@code os.arch}
   * @param musl whether the C library of the system is musl
   * @return the platform
   * @throws MigrateException when there are no binaries for it
   */
  static Platform of(String osName, String osArch, boolean musl) {
    String system = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    String processor =
        switch (arch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64v8";
          case "x86", "i386", "i486", "i586", "i686" -> "i386";
          case "arm" -> "arm32v7";
          case "ppc64le" -> "ppc64le";
          default -> throw unsupported(osName, osArch);
        };
    if (system.startsWith("linux")) {
      return new Platform("linux-" + processor + (musl ? "-alpine" : ""));
    }
    boolean common = processor.equals("amd64") || processor.equals("arm64v8");
    if (common && (system.startsWith("mac") || system.startsWith("darwin"))) {
      return new Platform("darwin-" + processor);
    }
    if (common && system.startsWith("windows")) {
      return new Platform("windows-amd64"); // Windows on ARM runs these in emulation
    }
    throw unsupported(osName, osArch);
  }

  static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  /** Alpine may have a glibc shim installed, so its own mark decides before the loaders do. */
  private static boolean usesMusl() {
    if (Files.exists(Path.of("/etc/alpine-release"))) {
      return true;
    }
    return Files.exists(Path.of("/lib/ld-musl-" + System.getProperty("os.arch") + ".so.1"))
        && !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"));
  }

  private static MigrateException unsupported(String osName, String osArch) {
    return new MigrateException(
        FailureCode.EMBEDDED_POSTGRES,
        "There is no embedded PostgreSQL for " + osName + " on " + osArch + ".",
        "Give migrate.url (for instance -Dmigrate.url=jdbc:postgresql://localhost/app) to use a"
            + " server of your own.");
  }
}
