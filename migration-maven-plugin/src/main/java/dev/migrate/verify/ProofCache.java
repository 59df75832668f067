package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cache file of what was proven before, one line a proof: the key that stands for everything the
 * proof depends on, and what was noted. Losing it costs time and nothing else.
 */
final class ProofCache {
  private static final int MOST = 50_000;

  private final Path file;
  private final Map<String, String> notes = new LinkedHashMap<>();
  private boolean changed;

  private ProofCache(Path file) {
    this.file = file;
  }

  static ProofCache in(Path file) {
    ProofCache proofs = new ProofCache(file);
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          String[] parts = line.split("\t", 2);
          proofs.notes.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
      } catch (IOException e) {
        throw failure("read", file, e);
      }
    }
    return proofs;
  }

  /**
   * @return what was noted, if it was proven; an empty text is nothing
   */
  Optional<String> find(Check check, String key) {
    return Optional.ofNullable(notes.get(check.label() + " " + key));
  }

  void add(Check check, String key, String note) {
    notes.put(check.label() + " " + key, note.replaceAll("[\\t\\r\\n]+", " "));
    changed = true;
  }

  void save() {
    if (!changed) {
      return;
    }
    List<String> lines = new ArrayList<>();
    notes.forEach((key, note) -> lines.add(key + "\t" + note));
    List<String> kept = lines.subList(Math.max(0, lines.size() - MOST), lines.size());
    try {
      Disk.createFolders(file.getParent());
      Disk.keepOutOfGit(file.getParent());
      Disk.replace(file, String.join("\n", kept) + "\n");
    } catch (IOException e) {
      throw failure("write", file, e);
    }
    changed = false;
  }

  private static MigrateException failure(String verb, Path file, IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "The proofs of earlier runs in %s cannot be %s: %s."
            .formatted(file, verb.equals("read") ? "read" : "written", e.getMessage()),
        "Delete the file, or check that you may write there.",
        e);
  }
}
