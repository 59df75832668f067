package dev.migrate.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.backup.BackupFolder;
import dev.migrate.backup.Manifest;
import dev.migrate.backup.RestoreResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Formats backups: lines for people, JSON for programs. */
public final class BackupText {
  private BackupText() {}

  /**
   * @param manifest a backup that was just taken
   * @param now the present
   * @return what is in it
   */
  public static List<String> of(Manifest manifest, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Backed up as %s: %s, %s, %s in %s, by %s."
            .formatted(
                manifest.file(),
                Sizes.text(manifest.bytes()),
                StateText.count(manifest.tables().size(), "table"),
                rows(manifest),
                Durations.text(Duration.ofMillis(manifest.millis())),
                manifest.tool()));
    lines.add("  " + revision(manifest));
    manifest
        .verifiedAt()
        .ifPresent(
            at ->
                lines.add(
                    "  Verified: restored into scratch, schema and rows are the same as in the"
                        + " database."));
    addGaps(manifest, lines);
    return lines;
  }

  private static void addGaps(Manifest manifest, List<String> lines) {
    if (!manifest.complete()) {
      lines.add("  INCOMPLETE:");
      manifest.warnings().forEach(gap -> lines.add("    " + gap));
    }
  }

  private static String rows(Manifest manifest) {
    return manifest.rows() == 1 ? "1 row" : manifest.rows() + " rows";
  }

  private static String revision(Manifest manifest) {
    return manifest.revisions().isEmpty()
        ? "at base"
        : "at revision " + String.join(", ", manifest.revisions());
  }

  /**
   * @param content what stands in it
   * @param now the present
   * @return the list
   */
  public static List<String> list(Path folder, BackupFolder.Content content, Instant now) {
    List<String> lines = new ArrayList<>();
    if (content.backups().isEmpty()) {
      lines.add("There are no backups in %s; take one with mvn migrate:backup.".formatted(folder));
    }
    for (Manifest one : content.backups()) {
      lines.add(
          "%s  %10s  %s old  %s  %s  %s"
              .formatted(
                  one.name(),
                  Sizes.text(one.bytes()),
                  age(Duration.between(one.createdAt(), now)),
                  one.engine().word(),
                  revision(one),
                  one.verifiedAt().isPresent() ? "verified" : "not verified"));
      addGaps(one, lines);
    }
    content.broken().forEach(problem -> lines.add("Broken: " + problem));
    content
        .strangers()
        .forEach(file -> lines.add("Not a backup, because it has no manifest: " + file));
    return lines;
  }

  private static String age(Duration age) {
    return age.toDays() > 1 ? age.toDays() + " days" : Durations.text(age);
  }

  /**
   * @param restored what a restore did
   * @return the same for people
   */
  public static List<String> of(RestoreResult restored) {
    List<String> lines = new ArrayList<>();
    Manifest manifest = restored.manifest();
    lines.add(
        "Restored %s into %s in %s: %s, %s."
            .formatted(
                manifest.name(),
                restored.database(),
                Durations.text(restored.took()),
                StateText.count(manifest.tables().size(), "table"),
                rows(manifest)));
    lines.add("  The database is " + revision(manifest) + ".");
    addGaps(manifest, lines);
    lines.add(
        restored.sameVersion()
            ? "  Schema and number of rows are those of the manifest."
            : "  The number of rows is that of the manifest; the schema was not compared, because"
                + " the server is of another version or pg_restore did it in one transaction.");
    restored
        .kept()
        .ifPresent(
            name ->
                lines.add(
                    "  What was there before is the database %s now; drop it when you are sure."
                        .formatted(name)));
    restored
        .safetyBackup()
        .ifPresent(
            safety ->
                lines.add("  What was there before is the backup %s.".formatted(safety.name())));
    return lines;
  }

  /**
   * @param manifest a backup
   * @return the same for programs
   */
  public static JsonObject json(Manifest manifest) {
    JsonObject object = new JsonObject();
    object.addProperty("name", manifest.name());
    object.addProperty("file", manifest.file());
    object.addProperty("engine", manifest.engine().word());
    object.addProperty("tool", manifest.tool());
    object.addProperty("database", manifest.database());
    object.addProperty("serverVersion", manifest.serverVersion());
    JsonArray revisions = new JsonArray();
    manifest.revisions().forEach(revisions::add);
    object.add("revisions", revisions);
    object.addProperty("fingerprint", manifest.fingerprint());
    object.addProperty("bytes", manifest.bytes());
    object.addProperty("sha256", manifest.sha256());
    object.addProperty("rows", manifest.rows());
    object.addProperty("created", manifest.created());
    object.addProperty("millis", manifest.millis());
    manifest.verifiedAt().ifPresent(at -> object.addProperty("verified", at.toString()));
    JsonArray warnings = new JsonArray();
    manifest.warnings().forEach(warnings::add);
    object.add("warnings", warnings);
    return object;
  }
}
