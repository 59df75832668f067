package dev.migrate.script;

import static java.util.stream.Collectors.joining;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.revision.Rebase;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.text.SqlComment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives the files of a moved branch their new names and headers. */
final class BranchMover {
  private final RevisionFiles files;
  private final RevisionFolders folders;

  BranchMover(RevisionFiles files) {
    this.files = files;
    this.folders = files.folders();
  }

  void move(Rebase rebase) {
    refuseShiftedPlainFiles(rebase);
    List<Path> old = new ArrayList<>();
    String writing = folders.display(folders.upgrade());
    try (AtomicFiles moved = new AtomicFiles()) {
      for (Rebase.Move move : rebase.moves()) {
        RevisionFile file = files.get(move.from().id());
        writing = file.upgrade().name();
        stage(moved, file.upgrade(), move.to().id(), rewritten(file, move.to()));
        old.add(file.upgrade().path());
        Path configuration = ScriptConfiguration.of(file.upgrade().path());
        if (Files.exists(configuration)) {
          writing = folders.display(configuration);
          stageConfiguration(moved, file.upgrade(), move.to().id());
          old.add(configuration);
        }
        if (file.downgrade().isPresent()) {
          Script downgrade = file.downgrade().get();
          writing = downgrade.name();
          stage(moved, downgrade, move.to().id(), rewrittenDowngrade(downgrade, move.to()));
          old.add(downgrade.path());
        }
      }
      moved.publish();
    } catch (IOException e) {
      throw FileFailures.cannotWrite(writing, e);
    }
    for (Path path : old) {
      try {
        Disk.delete(path);
      } catch (IOException e) {
        throw new MigrateException(
            FailureCode.FILE_ACCESS,
            "The branch was moved, but its old file " + folders.display(path) + " is still there.",
            "Remove by hand: "
                + old.stream().filter(Files::exists).map(folders::display).collect(joining(", "))
                + ".",
            e);
      }
    }
  }

  /**
   * A file without a header revises the one before it in version order, so a move across it would
   * silently give it another parent.
   */
  private void refuseShiftedPlainFiles(Rebase rebase) {
    Set<RevisionId> moved =
        rebase.moves().stream().map(move -> move.from().id()).collect(Collectors.toSet());
    RevisionId lowest = moved.stream().min(Comparator.naturalOrder()).orElse(RevisionId.of("0"));
    files.all().stream()
        .filter(file -> !file.hasHeader() && !moved.contains(file.id()))
        .filter(file -> !moved.isEmpty() && file.id().compareTo(lowest) > 0)
        .findFirst()
        .ifPresent(
            plain -> {
              throw new MigrateException(
                  FailureCode.INVALID_REVISION_FILE,
                  plain.upgrade().name()
                      + " has no header, so it revises the file before it, and the move would"
                      + " change which one that is.",
                  "Write its lines '-- revision: "
                      + plain.id()
                      + "' and '-- revises: "
                      + plain.revision().parents().stream()
                          .map(RevisionId::toString)
                          .collect(joining(", "))
                      + "' at its top first.");
            });
  }

  private void stage(AtomicFiles moved, Script script, RevisionId id, byte[] content)
      throws IOException {
    Path path = script.path();
    String name = path.getFileName().toString();
    FileName parts = FileName.parse(name).orElseThrow();
    String start = name.substring(0, 1) + id;
    Path target = path.resolveSibling(start + parts.rest());
    if (!moved.stage(path.resolveSibling("." + start + ".sql.tmp"), target, content)) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The id "
              + id
              + " is being used by another run that writes "
              + folders.display(target)
              + ".",
          "Wait for it to end and run the command again; a killed run leaves the hidden file ."
              + start
              + ".sql.tmp, which may be removed.");
    }
  }

  /** Flyway finds it by the script's name. */
  private static void stageConfiguration(AtomicFiles moved, Script script, RevisionId id)
      throws IOException {
    Path path = script.path();
    FileName parts = FileName.parse(path.getFileName().toString()).orElseThrow();
    String start = "V" + id;
    moved.stage(
        path.resolveSibling("." + start + ".conf.sql.tmp"),
        ScriptConfiguration.of(path.resolveSibling(start + parts.rest())),
        Files.readAllBytes(ScriptConfiguration.of(path)));
  }

  private byte[] rewritten(RevisionFile file, Revision to) {
    ScriptText text = ScriptText.read(file.upgrade().path(), file.upgrade().name());
    Header header = Header.parse(text.text(), file.upgrade().name());
    String lineEnd = text.text().contains("\r\n") ? "\r\n" : "\n";
    if (!header.isPresent()) {
      String added = HeaderText.of(to, true, false, false).replace("\n", lineEnd) + lineEnd;
      return bytes(text, added + text.text());
    }
    String parents = to.parents().stream().map(RevisionId::toString).collect(joining(", "));
    Map<Header.Key, String> values = new TreeMap<>();
    values.put(Header.Key.REVISION, to.id().toString());
    values.put(Header.Key.REVISES, parents);
    if (!to.dependencies().isEmpty()) {
      values.put(Header.Key.DEPENDS, String.join(", ", to.dependencies()));
    }
    List<Change> changes = changes(header, values);
    if (header.line(Header.Key.REVISES).isEmpty()) {
      // Then the header has a line "revision", else it would be none; the new line goes above it.
      int at = header.line(Header.Key.REVISION).orElseThrow().start();
      int start =
          1 + Math.max(text.text().lastIndexOf('\n', at), text.text().lastIndexOf('\r', at));
      changes.add(
          new Change(
              start, start, SqlComment.line("revises: " + parents).stripTrailing() + lineEnd));
    }
    return bytes(text, replaced(text.text(), changes));
  }

  private static byte[] rewrittenDowngrade(Script script, Revision to) {
    ScriptText text = ScriptText.read(script.path(), script.name());
    Header header = Header.parse(text.text(), script.name());
    return bytes(
        text,
        replaced(text.text(), changes(header, Map.of(Header.Key.REVISION, to.id().toString()))));
  }

  private record Change(int start, int end, String value) {}

  private static List<Change> changes(Header header, Map<Header.Key, String> values) {
    List<Change> changes = new ArrayList<>();
    values.forEach(
        (key, value) ->
            header
                .line(key)
                .ifPresent(line -> changes.add(new Change(line.start(), line.end(), value))));
    return changes;
  }

  /** Replaces from the bottom up, so that the places above stay where they are. */
  private static String replaced(String text, List<Change> changes) {
    StringBuilder result = new StringBuilder(text);
    changes.stream()
        .sorted(Comparator.comparingInt(Change::start).reversed())
        .forEach(change -> result.replace(change.start(), change.end(), change.value()));
    return result.toString();
  }

  private static byte[] bytes(ScriptText text, String content) {
    return ((text.bom() ? "\uFEFF" : "") + content).getBytes(StandardCharsets.UTF_8);
  }
}
