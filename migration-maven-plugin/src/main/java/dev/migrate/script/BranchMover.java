package dev.migrate.script;

import static java.util.stream.Collectors.joining;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileChange;
import dev.migrate.files.FileFailures;
import dev.migrate.revision.RebasePlan;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.sql.SqlComment;
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

/** Renames the files of a rebased branch and rewrites their headers. */
final class BranchMover {
  private final RevisionFiles files;
  private final RevisionFolders folders;

  BranchMover(RevisionFiles files) {
    this.files = files;
    this.folders = files.folders();
  }

  void move(RebasePlan rebase) {
    refuseShiftedPlainFiles(rebase);
    folders.journal().change("rebase", () -> changes(rebase));
  }

  /** The new files first; only then the old ones go. */
  private List<FileChange> changes(RebasePlan rebase) {
    List<FileChange> created = new ArrayList<>();
    List<FileChange> removed = new ArrayList<>();
    for (RebasePlan.Move move : rebase.moves()) {
      RevisionFile file = files.get(move.from().id());
      RevisionId id = move.to().id();
      if (file.downgrade().isPresent()) {
        Script downgrade = file.downgrade().get();
        Path path = downgrade.path();
        created.add(
            new FileChange.Create(renamed(path, id), rewrittenDowngrade(downgrade, move.to())));
        removed.add(new FileChange.Remove(path));
      }
      Path path = file.upgrade().path();
      Path configuration = ScriptConfiguration.of(path);
      if (Files.exists(configuration)) {
        // Flyway finds it by the script's name.
        created.add(
            new FileChange.Create(
                ScriptConfiguration.of(renamed(path, id)), content(configuration)));
        removed.add(new FileChange.Remove(configuration));
      }
      created.add(new FileChange.Create(renamed(path, id), rewritten(file, move.to())));
      removed.add(new FileChange.Remove(path));
    }
    created.addAll(removed);
    return created;
  }

  private Path renamed(Path path, RevisionId id) {
    MigrationFileName name =
        folders.conventions().parse(path.getFileName().toString()).orElseThrow();
    return path.resolveSibling(name.prefix() + id + name.rest());
  }

  private byte[] content(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw FileFailures.cannotRead(folders.display(path), e);
    }
  }

  /**
   * A file without a header revises the one before it in version order, so a move across it would
   * silently give it another parent.
   */
  private void refuseShiftedPlainFiles(RebasePlan rebase) {
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

  private byte[] rewritten(RevisionFile file, Revision to) {
    ScriptText text =
        ScriptText.read(
            file.upgrade().path(), file.upgrade().name(), folders.conventions().encoding());
    RevisionHeader header = RevisionHeader.parse(text.text(), file.upgrade().name());
    String lineEnd = text.text().contains("\r\n") ? "\r\n" : "\n";
    if (!header.isPresent()) {
      String added = HeaderWriter.of(to, true, false, false).replace("\n", lineEnd) + lineEnd;
      return bytes(text, added + text.text());
    }
    String parents = to.parents().stream().map(RevisionId::toString).collect(joining(", "));
    Map<RevisionHeader.Key, String> values = new TreeMap<>();
    values.put(RevisionHeader.Key.REVISION, to.id().toString());
    values.put(RevisionHeader.Key.REVISES, parents);
    if (!to.dependencies().isEmpty()) {
      values.put(RevisionHeader.Key.DEPENDS, String.join(", ", to.dependencies()));
    }
    List<Change> changes = changes(header, values);
    if (header.line(RevisionHeader.Key.REVISES).isEmpty()) {
      // Then the header has a line "revision", else it would be none; the new line goes above it.
      int at = header.line(RevisionHeader.Key.REVISION).orElseThrow().start();
      int start =
          1 + Math.max(text.text().lastIndexOf('\n', at), text.text().lastIndexOf('\r', at));
      changes.add(
          new Change(
              start, start, SqlComment.line("revises: " + parents).stripTrailing() + lineEnd));
    }
    return bytes(text, replaced(text.text(), changes));
  }

  private byte[] rewrittenDowngrade(Script script, Revision to) {
    ScriptText text =
        ScriptText.read(script.path(), script.name(), folders.conventions().encoding());
    RevisionHeader header = RevisionHeader.parse(text.text(), script.name());
    return bytes(
        text,
        replaced(
            text.text(), changes(header, Map.of(RevisionHeader.Key.REVISION, to.id().toString()))));
  }

  private record Change(int start, int end, String value) {}

  private static List<Change> changes(
      RevisionHeader header, Map<RevisionHeader.Key, String> values) {
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

  private byte[] bytes(ScriptText text, String content) {
    return folders
        .conventions()
        .encoded(
            ((text.bom() ? "\uFEFF" : "") + content).getBytes(StandardCharsets.UTF_8),
            "A moved script");
  }
}
