package dev.migrate.replay;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.revision.Revision;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cache keys of replayed databases: a hash over everything that Flyway looks at, for each revision.
 * Equal keys, equal databases. Into a key goes everything that Flyway looks at: the scripts so far,
 * callbacks and other files beside them, placeholders, and, when nothing is left to run, the
 * repeatable migrations.
 */
final class ReplayKeys {
  private static final int LENGTH = 40;

  private final RevisionFiles files;
  private final HistoryOptions options;

  ReplayKeys(RevisionFiles files, HistoryOptions options) {
    this.files = files;
    this.options = options;
  }

  /**
   * @param chain revisions in version order
   * @return a name for each beginning of the chain
   */
  List<String> of(List<Revision> chain) {
    MessageDigest digest = sha256();
    feed(digest, "1 " + options.schema().orElse("") + " " + options.table());
    options.schemas().forEach(schema -> feed(digest, "schema " + schema));
    options.placeholders().facts().forEach((name, value) -> feed(digest, name + "=" + value));
    others().forEach(file -> feed(digest, file.getFileName() + "\n" + text(file)));
    List<String> names = new ArrayList<>();
    List<JavaMigration> java = new ArrayList<>(files.javaSteps());
    for (Revision revision : chain) {
      if (java.removeIf(step -> step.id().orElseThrow().compareTo(revision.id()) < 0)) {
        feed(digest, files.javaRunner().fingerprint());
      }
      RevisionFile file = files.get(revision.id());
      feed(digest, file.upgrade().path().getFileName() + "\n" + file.upgrade().text());
      if (names.size() == files.all().size() - 1) {
        files.repeatables().forEach(script -> feed(digest, script.text()));
        Stream.concat(java.stream(), files.javaRepeatables().stream())
            .forEach(step -> feed(digest, step + files.javaRunner().fingerprint()));
      }
      names.add(HexFormat.of().formatHex(copy(digest).digest()).substring(0, LENGTH));
    }
    return names;
  }

  /** Files beside the scripts that are neither revisions nor repeatable migrations. */
  private List<Path> others() {
    Set<Path> known =
        Stream.concat(
                files.all().stream().map(RevisionFile::upgrade),
                Stream.concat(
                    files.all().stream().flatMap(file -> file.downgrade().stream()),
                    files.repeatables().stream()))
            .map(Script::path)
            .collect(Collectors.toSet());
    return files.found().stream().filter(path -> !known.contains(path)).toList();
  }

  private static String text(Path file) {
    try {
      return HexFormat.of().formatHex(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static MigrateException unreadable(Path path, IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "%s cannot be read: %s.".formatted(path, e.getMessage()),
        "Check that it exists and that you may read it.",
        e);
  }

  private static void feed(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own digests can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
