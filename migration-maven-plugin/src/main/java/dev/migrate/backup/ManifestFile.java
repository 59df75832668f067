package dev.migrate.backup;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads and writes a backup manifest as JSON. */
final class ManifestFile {
  static final String EXTENSION = ".manifest.json";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ManifestFile() {}

  /**
   * A checksum of everything else in the document, so that nothing in it can change unnoticed: of
   * what stands there, not of what this version makes of it, which may know more members.
   */
  private static final String SEAL = "seal";

  static byte[] write(Manifest manifest) {
    JsonObject document = GSON.toJsonTree(manifest).getAsJsonObject();
    document.addProperty(SEAL, seal(document));
    return (GSON.toJson(document) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String seal(JsonObject document) {
    JsonObject sealed = document.deepCopy();
    sealed.remove(SEAL);
    try {
      byte[] content = GSON.toJson(sealed).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static Manifest read(Path file) {
    try {
      Manifest manifest = parse(file, Files.readString(file));
      boolean elsewhere = Path.of(manifest.file()).getNameCount() != 1;
      if (elsewhere || !file.getFileName().toString().equals(manifest.name() + EXTENSION)) {
        throw damaged(file, "it names another file", null);
      }
      return manifest;
    } catch (CharacterCodingException e) {
      throw damaged(file, "it is no text", e);
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
      JsonObject document = GSON.fromJson(text, JsonObject.class);
      if (document == null) {
        throw damaged(file, "it is empty", null);
      }
      if (document.get("format").getAsInt() > Manifest.FORMAT) {
        throw damaged(file, "it was written by a newer version of this plugin", null);
      }
      JsonElement seal = document.get(SEAL);
      if (seal == null || !seal.getAsString().equals(seal(document))) {
        throw damaged(file, "it was changed since it was written", null);
      }
      Manifest manifest = GSON.fromJson(document, Manifest.class);
      return manifest;
    } catch (MigrateException e) {
      throw e;
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
