package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Cryptographic digest over texts and files, the key of a cache: equal digests, equal inputs. */
final class InputDigest {
  private final MessageDigest digest;

  InputDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Length first, so that no two sequences of texts feed the same bytes. */
  InputDigest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  private InputDigest add(byte[] bytes) {
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
    return this;
  }

  /** What a schema depends on besides scripts. */
  InputDigest add(Scope scope, HistoryOptions options) {
    add(scope.toString()).add(options.schema().orElse("")).add(options.table());
    options.schemas().forEach(this::add);
    options.placeholders().facts().forEach((name, value) -> add(name).add(value));
    return this;
  }

  InputDigest addFile(Path file) {
    try {
      return add(file.getFileName().toString()).add(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Every file of a folder, if it is there. */
  InputDigest addFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return add("no folder");
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      files.forEach(file -> add(folder.relativize(file).toString()).addFile(file));
      return this;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static MigrateException unreadable(Path path, IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "%s cannot be read: %s.".formatted(path, e.getMessage()),
        "Check that it exists and that you may read it.",
        e);
  }

  /**
   * @return the digest of what was added so far; more may be added
   */
  String soFar() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own digests can be copied", e);
    }
  }
}
