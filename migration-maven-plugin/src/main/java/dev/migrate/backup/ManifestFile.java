package dev.migrate.backup;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A manifest as JSON. */
final class ManifestFile {
  static final String EXTENSION = ".manifest.json";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ManifestFile() {}

  static byte[] write(Manifest manifest) {
    return (GSON.toJson(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static Manifest read(Path file) {
    try {
      Manifest manifest = parse(file, Files.readString(file));
      if (manifest == null || manifest.format() > Manifest.FORMAT) {
        throw damaged(file, "it was written by a newer version of this plugin, or is empty", null);
      }
      boolean elsewhere = Path.of(manifest.file()).getNameCount() != 1;
      if (elsewhere || !file.getFileName().toString().equals(manifest.name() + EXTENSION)) {
        throw damaged(file, "it names another file", null);
      }
      return manifest;
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The manifest %s cannot be read: %s.".formatted(file, e.getMessage()),
          "Check the rights of the file.",
          e);
    }
  }

  private static Manifest parse(Path file, String text) {
    try {
      return GSON.fromJson(text, Manifest.class);
    } catch (RuntimeException e) {
      // Gson wraps what the constructor of a record throws.
      throw damaged(file, "it is no manifest", e);
    }
  }

  private static MigrateException damaged(Path file, String why, Exception cause) {
    return new MigrateException(
        FailureCode.BACKUP_DAMAGED,
        "The manifest %s cannot be used: %s.".formatted(file, why),
        "Take another backup of the list that mvn migrate:backups shows, or move this file away.",
        cause);
  }
}
