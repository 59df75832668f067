package dev.migrate.files;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The serialised content of a {@link Journal}: what a change of several files is going to do.
 *
 * @param goal which goal does it
 * @param process who does it
 * @param steps file by file; none as long as it is not known
 */
record JournalEntry(String goal, String process, List<FileStep> steps) {
  private static final String BEFORE = "before";
  private static final String AFTER = "after";

  JournalEntry {
    steps = List.copyOf(steps);
  }

  /** Nothing has happened before the steps are written down. */
  boolean isBegun() {
    return !steps.isEmpty();
  }

  byte[] text(Path root) {
    JsonArray files = new JsonArray();
    for (FileStep step : steps) {
      JsonObject file = new JsonObject();
      boolean inside = step.path().startsWith(root);
      Path path = inside ? root.relativize(step.path()) : step.path();
      file.addProperty("path", path.toString().replace('\\', '/'));
      step.before().ifPresent(content -> file.addProperty(BEFORE, encoded(content)));
      step.after().ifPresent(content -> file.addProperty(AFTER, encoded(content)));
      files.add(file);
    }
    JsonObject document = new JsonObject();
    document.addProperty("unfinished", "mvn migrate:%s; run it again".formatted(goal));
    document.addProperty("goal", goal);
    document.addProperty("process", process);
    document.add("files", files);
    return (document + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what {@link #text} has written; it is never there by halves. */
  static JournalEntry parse(String text, Path root) {
    JsonObject document = new Gson().fromJson(text, JsonObject.class);
    List<FileStep> steps = new ArrayList<>();
    for (JsonElement one : document.getAsJsonArray("files")) {
      JsonObject file = one.getAsJsonObject();
      steps.add(
          new FileStep(
              root.resolve(file.get("path").getAsString()),
              content(file, BEFORE),
              content(file, AFTER)));
    }
    return new JournalEntry(
        document.get("goal").getAsString(), document.get("process").getAsString(), steps);
  }

  private static String encoded(byte[] content) {
    return Base64.getEncoder().encodeToString(content);
  }

  private static Optional<byte[]> content(JsonObject file, String name) {
    return file.has(name)
        ? Optional.of(Base64.getDecoder().decode(file.get(name).getAsString()))
        : Optional.empty();
  }
}
