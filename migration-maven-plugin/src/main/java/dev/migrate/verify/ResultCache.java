package dev.migrate.verify;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cache of the results of the last run in which nothing was wrong, keyed by what they were found
 * from.
 */
final class ResultCache {
  private final Path file;

  ResultCache(Path file) {
    this.file = file;
  }

  /**
   * @param fingerprint of the inputs as they are now
   * @return the results, if they were found from the same inputs
   */
  Optional<List<CheckResult>> of(String fingerprint) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonObject document =
          new Gson().fromJson(Files.readString(file, StandardCharsets.UTF_8), JsonObject.class);
      if (!document.get("inputs").getAsString().equals(fingerprint)) {
        return Optional.empty();
      }
      List<CheckResult> results = new ArrayList<>();
      for (JsonElement one : document.getAsJsonArray("results")) {
        results.add(result(one.getAsJsonObject()));
      }
      return Optional.of(results);
    } catch (IOException e) {
      throw failure(e);
    } catch (JsonParseException | NullPointerException | IllegalArgumentException damaged) {
      // Half a file, or one of another version: as good as none.
      return Optional.empty();
    }
  }

  private static CheckResult result(JsonObject one) {
    List<String> notes = new ArrayList<>();
    one.getAsJsonArray("notes").forEach(note -> notes.add(note.getAsString()));
    return new CheckResult(
        Check.valueOf(one.get("check").getAsString()),
        CheckResult.Status.valueOf(one.get("status").getAsString()),
        one.get("summary").getAsString(),
        List.of(),
        notes,
        Duration.ofMillis(one.get("millis").getAsLong()));
  }

  void put(String fingerprint, List<CheckResult> results) {
    JsonArray list = new JsonArray();
    for (CheckResult result : results) {
      JsonObject one = new JsonObject();
      one.addProperty("check", result.check().name());
      one.addProperty("status", result.status().name());
      one.addProperty("summary", result.summary());
      JsonArray notes = new JsonArray();
      result.notes().forEach(notes::add);
      one.add("notes", notes);
      one.addProperty("millis", result.took().toMillis());
      list.add(one);
    }
    JsonObject document = new JsonObject();
    document.addProperty("inputs", fingerprint);
    document.add("results", list);
    try {
      Disk.createFolders(file.getParent());
      Disk.replace(file, document.toString());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  void forget() {
    try {
      Disk.deleteIfThere(file);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private MigrateException failure(IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "The results of the last run in %s cannot be read or written: %s."
            .formatted(file, e.getMessage()),
        "Delete the file, or check that you may write there.",
        e);
  }
}
