package dev.migrate.conformance;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pair of schemas, as a line of the cases file holds it. */
public final class Case {
  private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.\\d+)*");

  String id;
  String source;

  @SerializedName("from_sql")
  String fromSql;

  @SerializedName("to_sql")
  String toSql;

  /** Rows for the first database, put there before the plan runs; may be missing. */
  @SerializedName("seed_sql")
  String seedSql;

  /** Roles that must exist before; may be missing. */
  public List<String> roles = List.of();

  /** The oldest version that loads it, such as 15 or 9.1; may be missing. */
  @SerializedName("min_version")
  String minVersion;

  /** The cases of a file. */
  public static List<Case> read(Path file) throws IOException {
    Gson gson = new Gson();
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(line -> gson.fromJson(line, Case.class))
        .toList();
  }

  /** The oldest major version that loads it; 0 when it does not say. */
  public int minMajor() {
    if (minVersion == null || minVersion.isBlank()) {
      return 0;
    }
    Matcher version = VERSION.matcher(minVersion.strip());
    if (!version.matches()) {
      throw new IllegalStateException(id + " needs a version that is none: " + minVersion);
    }
    return Integer.parseInt(version.group(1));
  }

  /** The pair of schemas. */
  public Pair pair() {
    return new Pair(id, fromSql, toSql, seedSql == null ? "" : seedSql, List.of());
  }
}
