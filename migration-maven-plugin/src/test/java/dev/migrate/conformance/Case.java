package dev.migrate.conformance;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A pair of schemas, as a line of the cases file holds it. */
final class Case {
  String id;
  String source;

  @SerializedName("from_sql")
  String fromSql;

  @SerializedName("to_sql")
  String toSql;

  /** Roles that must exist before, written as in SQL; may be missing. */
  List<String> roles = List.of();

  /** The oldest major version that loads it; may be missing. */
  @SerializedName("min_version")
  int minVersion;

  static List<Case> read(Path file) throws IOException {
    Gson gson = new Gson();
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(line -> gson.fromJson(line, Case.class))
        .toList();
  }
}
