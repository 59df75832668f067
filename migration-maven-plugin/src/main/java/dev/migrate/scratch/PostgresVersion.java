package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the embedded PostgreSQL: the major version that people ask for and the full version
 * of the artifact that provides it.
 *
 * @param major the major version, which decides whether a data folder can be used
 * @param full the version of the artifact, for instance {@code 18.6.0}
 */
public record PostgresVersion(int major, String full) {
  /** The newest artifact of each major version, so that the same build gives the same server. */
  private static final Map<Integer, String> PINNED =
      new TreeMap<>(
          Map.of(
              13, "13.23.0", 14, "14.24.0", 15, "15.19.0", 16, "16.15.0", 17, "17.11.0", 18,
              "18.6.0"));

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,3})(?:\\.\\d+)*(?:-\\d+)?");

  /** What is used when nobody asks for a version. */
  public static final PostgresVersion DEFAULT = of("18");

  /** Both parts are needed, and they must agree. */
  public PostgresVersion {
    Objects.requireNonNull(full, "full");
    if (!full.startsWith(major + ".")) {
      throw new IllegalArgumentException(full + " is not a version of PostgreSQL " + major);
    }
  }

  /**
   * Reads a version as users write it.
   *
   * @param text a major version ({@code 17}), which stands for the newest known version of it, or
   *     the full version of an artifact ({@code 17.10.0})
   * @return the version
   * @throws MigrateException when the text is no version, or a major version that we know no
   *     artifact of
   */
  public static PostgresVersion of(String text) {
    String wanted = text.strip();
    Matcher shape = SHAPE.matcher(wanted);
    if (!shape.matches()) {
      throw unusable(wanted, "is not a PostgreSQL version");
    }
    int major = Integer.parseInt(shape.group(1));
    if (!PINNED.containsKey(major)) {
      throw unusable(wanted, "is not available as an embedded server");
    }
    return new PostgresVersion(
        major, wanted.indexOf('.') < 0 ? PINNED.get(major) : withThreeParts(wanted));
  }

  /** PostgreSQL says 17.10 where the artifact is called 17.10.0. */
  private static String withThreeParts(String version) {
    return version.matches("\\d+\\.\\d+") ? version + ".0" : version;
  }

  private static MigrateException unusable(String version, String why) {
    return new MigrateException(
        FailureCode.EMBEDDED_POSTGRES,
        "PostgreSQL \"" + version + "\" " + why + ".",
        "Set migrate.postgresVersion to one of the major versions "
            + PINNED.keySet().stream().map(String::valueOf).reduce((a, b) -> a + ", " + b).get()
            + " or to the full version of an artifact such as "
            + PINNED.get(18)
            + ", or give migrate.url to use a server of your own.");
  }

  @Override
  public String toString() {
    return full;
  }
}
